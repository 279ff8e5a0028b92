"""A change of a document, small enough to be said in one line and made in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

ChangePath = tuple[str | int, ...]
"""Keys and indexes from the top level of the document down."""


@dataclass(frozen=True, slots=True)
class Change:
    """Set a value, add one to a list, or remove one.

    ``set`` makes the mappings on the way to ``path`` where they are missing. ``add`` appends
    ``value`` to the list at ``path`` and makes the list where it is missing. ``remove`` takes the
    entry at ``path`` away, or, with a ``value``, that value out of the list at ``path``.
    """

    action: Literal["set", "add", "remove"]
    path: ChangePath
    value: Any = None

    @property
    def field(self) -> str:
        """The path as messages write it: ``availability[0].minutes``."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {"action": self.action, "field": self.field, "value": self.value}
