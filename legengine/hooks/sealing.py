"""Tells whether a plugin changed what it was given."""

from __future__ import annotations

import hashlib


def fingerprint(value: object) -> bytes:
    """A digest of everything that a value shows; the same within a process while it is unchanged.

    What is only cached on the way (``cached_property``) doesn't count.
    """
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).digest()
