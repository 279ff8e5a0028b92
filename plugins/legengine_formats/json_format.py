"""A program or a referral as JSON: the same bytes every time, and safe to print."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from legengine.hooks import NoOptions, RenderOptions

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program

_UNPRINTED: Final = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON leaves raw although a terminal may obey it; it can only stand inside strings."""


def _escaped(text: str) -> str:
    return _UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """The whole record; reading it back gives an equal program."""

    name: str = "json"
    summary: str = "the whole program for machines"
    suffixes: tuple[str, ...] = (".json",)
    options: type[BaseModel] = NoOptions

    def program(self, program: Program, options: RenderOptions) -> str:  # noqa: ARG002
        """The program; always whole."""
        return _escaped(program.model_dump_json(indent=2, by_alias=True)) + "\n"

    def referral(self, referral: Referral, options: RenderOptions) -> str:  # noqa: ARG002
        """The referral."""
        return _escaped(json.dumps(referral.as_data(), indent=2, ensure_ascii=False)) + "\n"
