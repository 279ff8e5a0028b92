"""What a profile chooses of plugins: an object with its options, a file that one reads."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from legengine.domain.section import Section


class Choice(Section):
    """A plugin's object by name, with its options."""

    name: str
    options: dict[str, Any] = Field(default_factory=dict)


class LibraryFile(Section):
    """A file or folder with exercises or protocols, and how it is read."""

    path: str = Field(min_length=1, description="relative to the file that names it")
    reader: str = Field(default="", description="name of a reader; left out, the one that fits")
    options: dict[str, Any] = Field(default_factory=dict, description="of the reader")


def _as_choice(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _as_library(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


NamedChoice = Annotated[Choice, BeforeValidator(_as_choice, json_schema_input_type=str | Choice)]
"""A name, or a name with options."""

NamedLibrary = Annotated[
    LibraryFile, BeforeValidator(_as_library, json_schema_input_type=str | LibraryFile)
]
"""A path, or a path with a reader and its options."""
