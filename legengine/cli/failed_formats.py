"""The error of formats that failed, while others were written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from legengine.errors import PluginError

if TYPE_CHECKING:
    from pathlib import Path


class FormatsFailed(PluginError):  # noqa: N818 - said as what happened
    """One format or more failed; what the others made is written."""

    def __init__(self, failed: Sequence[tuple[str, PluginError]], written: Sequence[Path]) -> None:
        """Take where each failure should have gone, and the files that are there."""
        self.places = tuple(place for place, _ in failed)
        self.written = tuple(written)
        first = failed[0][1]
        lines = list(dict.fromkeys(str(error) for _, error in failed))
        lines.append(f"not written: {', '.join(self.places)}")
        if written:
            lines.append(f"written: {', '.join(map(str, written))}")
        super().__init__("\n".join(lines), plugin=first.plugin, distribution=first.distribution)
        self.__cause__ = first
