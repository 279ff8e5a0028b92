"""The words that a profile may use in its screening section, read from the plugin's data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Literal

from legengine.domain.vocabulary import PARQ_PAGE_1

SignKind = Literal["flag", "score", "number", "grade", "hours", "weeks"]
"""What the value of a sign is: yes or no, 0-10, a count, 0-5, or the time since it began."""


def load(name: str) -> Any:
    """Read one of the plugin's JSON files."""
    text = files("legengine_screening").joinpath("data", f"{name}.json").read_text("utf-8")
    return json.loads(text)


@dataclass(frozen=True, slots=True)
class Sign:
    """One warning sign: what it means, what its value is, and from where on it is present."""

    meaning: str
    kind: SignKind
    at_least: float = 0
    """A number below this is no sign."""
    at_most: float = 0
    """A grade above this is no sign."""
    maximum: float = 100_000
    wells: bool = False
    """Counts one point of the Wells score for a leg clot."""
    leg: bool = False
    """A sign in one leg that makes a leg clot a question at all."""
    background: bool = False
    """Means something only together with another sign."""

    @property
    def phrase(self) -> str:
        """The meaning without the note on its value, to be told back to the person."""
        return self.meaning.split(" (value:", maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Known:
    """One known condition: its meaning, its group, and the library's conditions it stands for."""

    meaning: str
    group: str
    conditions: tuple[str, ...] = ()
    asked_by: str = ""
    """The item of the PAR-Q+ that asks for it beyond doubt."""


def _sign(entry: dict[str, Any]) -> Sign:
    kind: SignKind = entry["kind"]
    top = {"score": 10.0, "grade": 5.0}.get(kind, 100_000.0)
    return Sign(
        meaning=entry["meaning"],
        kind=kind,
        at_least=entry.get("from", 0),
        at_most=entry.get("upto", 0),
        maximum=entry.get("max", top),
        wells=entry.get("wells", False),
        leg=entry.get("leg", False),
        background=entry.get("background", False),
    )


def _known(entry: dict[str, Any]) -> Known:
    return Known(
        meaning=entry["meaning"],
        group=entry["group"],
        conditions=tuple(entry.get("conditions", ())),
        asked_by=PARQ_PAGE_1[entry["parq"] - 1] if "parq" in entry else "",
    )


_WORDS: Final[dict[str, Any]] = load("vocabulary")

SIGN_TABLE: Final[dict[str, Sign]] = {name: _sign(entry) for name, entry in load("signs").items()}
"""Sign to what is known about it."""

SIGNS: Final[dict[str, str]] = {name: sign.meaning for name, sign in SIGN_TABLE.items()}
"""Names of ``screening.red_flags`` with their meaning."""

PARQ_ITEMS: Final[dict[str, str]] = {
    item: f"item {number} of page 1" for number, item in enumerate(PARQ_PAGE_1, start=1)
}
"""Names of ``screening.parq_page1``. The form is copyrighted: items are numbered, not reprinted."""

MEDICATIONS: Final[dict[str, str]] = _WORDS["medications"]
"""Names of ``screening.medications`` with their meaning."""

PRESCRIBED: Final[frozenset[str]] = frozenset(_WORDS["prescribed"])
"""Medicines that are prescribed for a chronic condition: item 5 of the PAR-Q+ asks for them."""

KNOWN_TABLE: Final[dict[str, Known]] = {
    name: _known(entry) for name, entry in _WORDS["known_conditions"].items()
}
"""Known condition to what is known about it."""

KNOWN_CONDITIONS: Final[dict[str, str]] = {
    name: known.meaning for name, known in KNOWN_TABLE.items()
}
"""Names of ``screening.known_conditions`` with their meaning."""

IMPLIES: Final[dict[str, str]] = _WORDS["implies"]
"""A library's condition to the known condition that it can't be without."""

NEED_CLEARANCE: Final[frozenset[str]] = frozenset(_WORDS["need_clearance"])
"""Conditions of a library that follow surgery or a tear, and hold only with a clearance."""

ELSEWHERE: Final[dict[str, str]] = _WORDS["elsewhere"]
"""Words that belong elsewhere in a profile, with the place."""

SOURCES: Final[dict[str, str]] = load("sources")
"""Key to citation, for every source that a rule names."""
