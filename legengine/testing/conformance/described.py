"""What every object is asked: its line, its options, the examples of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from legengine.hooks.inspection import Kind
from legengine.testing.conformance.check import Check, CheckFailed, expect
from legengine.testing.conformance.subject import Subject

WORDS: Final[Mapping[Kind, str]] = {
    "exercises": "library",
    "readers": "reader",
    "protocols": "protocol",
    "constraints": "constraint",
    "objectives": "objective",
    "progressions": "policy",
    "screenings": "screening",
    "formats": "format",
}
"""The first word of the checks of a kind."""

LINE: Final = 100
"""Characters of a summary at most: it stands in tables."""

_NOBODYS: Final = "no_such_option_"


@dataclass(frozen=True, slots=True)
class Examined:
    """One object of a plugin that is examined."""

    subject: Subject
    kind: Kind
    name: str
    value: Any

    @property
    def title(self) -> str:
        """``constraint few_holds``."""
        return f"{WORDS[self.kind]} {self.name}"

    def check(self, what: str, about: str, run: Any) -> Check:
        """A check of this object."""
        return Check(f"{self.title}: {what}", about, run)

    @property
    def examples(self) -> tuple[Mapping[str, Any], ...]:
        """The options that its author wants to be tried.

        Raises:
            CheckFailed: they are no sequence of mappings.
        """
        given = getattr(self.value, "examples", ())
        if not isinstance(given, (list, tuple)) or not all(isinstance(e, Mapping) for e in given):
            raise CheckFailed(
                "'examples' must be a list or tuple of mappings, each the options of one try, as "
                "a profile would write them"
            )
        return tuple(given)

    def settings(self) -> tuple[BaseModel, ...]:
        """The options to try it with: its defaults where they are valid, then every example.

        Raises:
            CheckFailed: there are none, or an example doesn't fit.
        """
        model: type[BaseModel] = self.value.options
        tried: list[BaseModel] = []
        try:
            tried.append(model())
        except ValidationError:
            expect(
                bool(self.examples),
                "its options have no defaults, so nothing is known to try it with: add an "
                "attribute 'examples' with a list of options",
            )
        for number, example in enumerate(self.examples, start=1):
            try:
                made = model.model_validate(dict(example))
            except ValidationError as error:
                raise CheckFailed(
                    f"example {number} does not fit its own options: {_first(error)}"
                ) from error
            if made not in tried:
                tried.append(made)
        return tuple(tried)


def common_checks(examined: Examined) -> Iterator[Check]:
    """What an object of any kind is asked."""
    yield examined.check(
        "says what it is",
        f"its summary is one line of at most {LINE} characters",
        lambda: _summary(examined),
    )
    if hasattr(examined.value, "options"):
        yield examined.check(
            "options",
            "they have a schema, refuse what they don't know, and every example fits",
            lambda: _options(examined),
        )


def _summary(examined: Examined) -> None:
    summary: str = examined.value.summary
    expect(
        len(summary) <= LINE,
        f"its summary has {len(summary)} characters, at most {LINE} fit into a line of a table",
    )
    expect(
        summary.strip().lower() != examined.name.lower(),
        f"its summary says no more than its name, '{examined.name}'",
    )


def _options(examined: Examined) -> None:
    model: type[BaseModel] = examined.value.options
    try:
        json.dumps(model.model_json_schema())
    except Exception as error:
        raise CheckFailed(
            f"no JSON Schema can be made of {model.__name__}: {error}; use types that pydantic can "
            "describe"
        ) from error
    settings = examined.settings()
    base = dict(examined.examples[0]) if examined.examples else {}
    try:
        model.model_validate({**base, _NOBODYS: 1})
    except ValidationError as error:
        kinds = {detail["type"] for detail in error.errors()}
        unknown = "extra_forbidden" in kinds or any(
            _NOBODYS in map(str, detail["loc"]) for detail in error.errors()
        )
        expect(unknown or bool(kinds), "an unknown option is refused without saying which it is")
    else:
        raise CheckFailed(
            f"{model.__name__} takes options that it doesn't know, so that a slip of a profile "
            'goes unnoticed; add model_config = ConfigDict(extra="forbid")'
        )
    for made in settings:
        try:
            again = model.model_validate(json.loads(made.model_dump_json(by_alias=True)))
        except (ValidationError, ValueError) as error:
            raise CheckFailed(
                f"its options {made!r} don't come back from JSON: {str(error).splitlines()[0]}"
            ) from error
        expect(
            again == made,
            f"its options change on the way through JSON: {made!r} comes back as {again!r}",
        )


def _first(error: ValidationError) -> str:
    detail = error.errors(include_url=False)[0]
    where = ".".join(map(str, detail["loc"]))
    return f"{where}: {detail['msg']}" if where else str(detail["msg"])


__all__ = ["LINE", "WORDS", "Examined", "common_checks"]
