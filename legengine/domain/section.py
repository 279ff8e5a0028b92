"""What the parts of documents that people write have in common."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Score = Annotated[int, Field(ge=0, le=10)]
"""A 0-10 score."""


def as_list(value: Any) -> Any:
    """One word as a list of one."""
    return [value] if isinstance(value, str) else value


Words = Annotated[
    tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | tuple[str, ...])
]
"""A list of names; one name may stand alone."""


class Section(BaseModel):
    """A part of a profile: unknown fields are refused, values don't change."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        serialize_by_alias=True,
        validate_by_name=True,
    )
