"""What a profile answers to the questions before training, told back in words.

Silence is told as silence. The PAR-Q+ is copyrighted: its items are told by their numbers, with
the place of the official form, and never reprinted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from legengine.domain.findings import Answer
from legengine.domain.profile import (
    Clearance,
    PainReport,
    Profile,
    Screening,
    ScreeningAnswer,
)
from legengine.domain.vocabulary import PARQ_PAGE_1

FORM: Final = "eparmedx.com"
"""Where the official PAR-Q+ form is."""

SILENT: Final = "not answered"


def answers_given(profile: Profile) -> tuple[Answer, ...]:
    """Every answer that screening looks at, in the order of the questions."""
    return tuple(Answer(*row) for row in _rows(profile))


def told_before(said: Screening) -> tuple[str, ...]:
    """The words that the answers say yes to, sorted; an unanswered page 1 stands by its name."""
    words = {*said.medications}
    if isinstance(said.red_flags, dict):
        words.update(sign for sign, value in said.red_flags.items() if value is not False)
    if said.parq_page1 is None:
        words.add("parq_page1")
    elif said.parq_page1 != "all_no":
        words.update(said.parq_page1)
    return tuple(sorted(words))


def _rows(profile: Profile) -> Iterator[tuple[str, str, str]]:
    said = profile.screening
    yield "cause", "Cause of the weakness", _spoken(profile.cause)
    yield "screening.red_flags", "Warning signs", _signs(said.red_flags)
    yield "screening.parq_page1", f"PAR-Q+ page 1 ({FORM})", _page_1(said.parq_page1)
    if said.parq_followup is not None:
        yield "screening.parq_followup", "PAR-Q+ follow-up pages", _pages_2(said.parq_followup)
    yield "screening.known_conditions", "Known conditions", _listed(said.known_conditions)
    if profile.conditions:
        yield "conditions", "Conditions that limit training", _listed(profile.conditions)
    yield "screening.medications", "Medicines", _listed(said.medications)
    if not said.systolic is said.diastolic is None:
        pressure = f"{said.systolic or '?'}/{said.diastolic or '?'} mmHg"
        yield "screening.systolic", "Blood pressure at rest", pressure
    if said.egfr is not None:
        yield "screening.egfr", "Kidney function", f"eGFR {said.egfr:g}"
    falls = said.falls_12_months
    told = SILENT if falls is None else str(falls)
    yield "screening.falls_12_months", "Falls in 12 months", told
    for region, report in sorted(profile.pain.items()):
        yield f"pain.{region}", f"Pain, {_spoken(region)}", _pain(report)
    yield "clearance", "Clearance", _clearance(profile.clearance)


def _spoken(word: str) -> str:
    return word.replace("_", " ")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(map(_spoken, words)) or "none named"


def _signs(said: str | dict[str, ScreeningAnswer] | None) -> str:
    if said is None:
        return SILENT
    if isinstance(said, str):
        return "none"
    return ", ".join(_sign(name, value) for name, value in said.items()) or SILENT


def _sign(name: str, value: ScreeningAnswer) -> str:
    if isinstance(value, bool):
        return f"{_spoken(name)}: {'yes' if value else 'no'}"
    return f"{_spoken(name)}: {value}"


def _page_1(said: str | tuple[str, ...] | None) -> str:
    if not said:
        return SILENT
    if isinstance(said, str):
        return "no to every item"
    numbers = {item: f"item {number}" for number, item in enumerate(PARQ_PAGE_1, start=1)}
    ordered = sorted(said, key=lambda item: PARQ_PAGE_1.index(item) if item in numbers else 99)
    return "yes to " + ", ".join(numbers.get(item, _spoken(item)) for item in ordered)


def _pages_2(said: str) -> str:
    return "no to every question" if said == "all_no" else "yes to a question"


def _pain(report: PainReport) -> str:
    parts = [f"worst {report.worst} of 10", f"at rest {report.rest}"]
    parts += [f"{_spoken(what)} {score}" for what, score in report.during.items()]
    parts.append("new" if report.new else "not new")
    parts.append("assessed" if report.assessed else "not assessed")
    return ", ".join(parts)


def _clearance(given: Clearance | None) -> str:
    if given is None:
        return "none"
    parts = [f"{given.by}, {given.on.isoformat()}", f"weight bearing {given.weight_bearing}"]
    if given.conditions:
        parts.append(f"for {_listed(given.conditions)}")
    if given.protected:
        parts.append("protected phase")
    return ", ".join(parts)
