"""``python -m legengine``."""

from __future__ import annotations

import sys

from legengine.cli import main

if __name__ == "__main__":
    sys.exit(main())
