"""A results file to fill in: the test card of a phase as YAML, with what each line asks for."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, get_args

from legengine.domain.profile import Pair
from legengine.domain.program import CardItem, Program, ProgramPhase
from legengine.domain.results import MeasuredResults

SECTIONS: Final = ("sessions", "tests", "pain", "events", "judged")

EXAMPLES: Final[Mapping[str, str]] = {
    "pain.next_morning": "usual or raised",
    "events.effusion": "none, trace, 1+, 2+ or 3+",
    "red_flags": "none, or the signs that are present, such as {numbness: true}",
    "tests.technique": "pass or not_passed",
    "tests.top_of_range": "pass or not_passed",
    "tests.loads_found": "true or false",
    "tests.goal_met": "true or false",
    "tests.contacts_kept": "true or false",
}
"""Field to what may be written there, where it is not a number."""

WIDTH: Final = 96


def phase_on(program: Program, day: dt.date) -> ProgramPhase:
    """The phase that a day lies in; the first before the program, the last after it."""
    begun = [phase for phase in program.phases if phase.weeks[0].start <= day]
    return begun[-1] if begun else program.phases[0]


def template(phase: ProgramPhase, day: dt.date) -> str:
    """The file, with what the program knows filled in; every empty line counts as not shown."""
    first, last = phase.weeks[0].number, phase.weeks[-1].number
    lines = [
        f"# Results of the tests at the end of: {phase.title} (weeks {first}-{last}).",
        "# Fill in what was tested. An empty line counts as not shown: silence is never a pass.",
        "",
        "schema_version: 1",
        f"date: {day}  # the day of the tests",
        f"phase: {phase.id}",
    ]
    known = {"sessions.last_3_weeks_planned": _planned(phase, day)}
    asked = _asked(phase.test_card)
    told: set[str] = set()
    for section in SECTIONS:
        fields = [name for name in asked if name.startswith(f"{section}.")]
        if not fields:
            continue
        lines += ["", f"{section}:"]
        for name in fields:
            lines += _field(name, asked[name], known.get(name), told, indent=2)
        if section == "judged":
            lines.append("judged_by:  # the professional's name")
        if section == "pain":
            lines.append("  # regions: {knee: {worst: 2, rest: 0}}  # what each region is like now")
    for name in (name for name in asked if "." not in name):
        lines += ["", *_field(name, asked[name], None, told, indent=0)]
    return "\n".join(lines) + "\n"


def _asked(card: Sequence[CardItem]) -> dict[str, list[CardItem]]:
    """Field to the lines of the card that ask for it, maxima under their one name."""
    asked: dict[str, list[CardItem]] = {}
    for item in card:
        for name in item.fields:
            asked.setdefault(".".join(name.split(".")[:2]), []).append(item)
    return asked


def _field(
    name: str, items: Sequence[CardItem], known: str | None, told: set[str], *, indent: int
) -> Iterator[str]:
    """One line to fill in; what it is for stands above the first line of a test."""
    pad = " " * indent
    for item in items:
        if item.id not in told:
            told.add(item.id)
            yield from _comment(pad, _line(item))
            yield from _comment(pad, item.how)
    value = "" if known is None else f" {known}"
    example = _example(name, items)
    yield f"{pad}{name.rpartition('.')[2]}:{value}" + (f"  # {example}" if example else "")


def _line(item: CardItem) -> str:
    text = f"Must not be: {item.text}" if item.absent else item.text[0].upper() + item.text[1:]
    text += " (not needed to pass; shows whether maintaining is enough)" if item.maintain else ""
    new = [each for each in item.target if each not in item.text]
    if item.absent or not new:
        return text
    return f"{text}. Needed: {(' or ' if item.any_of else '; ').join(item.target)}"


def _comment(pad: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=f"{pad}# ", subsequent_indent=f"{pad}#   "
    )  # fmt: skip


def _example(name: str, items: Sequence[CardItem]) -> str:
    if name.startswith("judged."):
        return "pass or not_passed"
    if name in EXAMPLES:
        return EXAMPLES[name]
    if name == "tests.one_rep_max_kg":
        lifts = {
            field.rpartition(".")[2]
            for item in items
            for field in item.fields
            if field.startswith(f"{name}.")
        }
        return "{" + ", ".join(f"{lift}: 60" for lift in sorted(lifts)) + "}"
    info = MeasuredResults.model_fields.get(name.partition(".")[2])
    pairs = info is not None and Pair in get_args(info.annotation)
    return "{left: 0, right: 0}, with your numbers" if pairs else ""


def _planned(phase: ProgramPhase, day: dt.date) -> str:
    """Sessions of the last three weeks as the program holds them."""
    since = day - dt.timedelta(weeks=3)
    planned = [
        session
        for week in phase.weeks
        for session in week.sessions
        if since < session.start.date() <= day
    ]
    return str(len(planned)) if planned else ""
