"""The pictures of a library, each checked when somebody looks at it.

Reading what 144 drawings say takes longer than reading all exercises, and most runs draw nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

    from legengine.domain.picture import Picture

Unread = Callable[[], "Picture"]
"""Reads and checks a picture, or raises ``InputError`` with its place."""


class Pictures(Mapping[str, "Picture"]):
    """Pictures by the id of their exercise; to ask for one may raise ``InputError``."""

    __slots__ = ("_found",)

    def __init__(self, found: Mapping[str, Picture | Unread] | None = None) -> None:
        """``found`` are pictures, or what reads them, by exercise."""
        self._found: dict[str, Any] = dict(found or {})

    def __getitem__(self, exercise: str) -> Picture:
        found = self._found[exercise]
        if callable(found):
            found = self._found[exercise] = found()
        return found  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, exercise: object) -> bool:
        return exercise in self._found

    def __repr__(self) -> str:
        return f"Pictures of {len(self)} exercises"

    def unread(self, exercise: str) -> Picture | Unread:
        """A picture, or what reads it: to hand it on without looking at it."""
        return self._found[exercise]  # type: ignore[no-any-return]

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """In a document they are a mapping, and checked as a whole."""
        from legengine.domain.exercise import Identifier
        from legengine.domain.picture import Picture

        return core_schema.no_info_after_validator_function(
            cls,
            handler.generate_schema(dict[Identifier, Picture]),
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )


__all__ = ["Pictures", "Unread"]
