"""Answers that can't be so: each is an error that names the field and what was expected.

Only what can't be true is told here. What is merely grave is left to the rules, whose referral is
the safer answer: new, severe pain beside ``red_flags: none`` is referred, not returned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from legengine.domain.findings import ScreeningFinding
from legengine.domain.profile import Profile
from legengine.errors import Fault, InputError
from legengine.hooks import NoOptions
from legengine_screening.answers import Answers, read_answers
from legengine_screening.clearances import REDUCED_EGFR
from legengine_screening.vocabulary import KNOWN_TABLE, MEDICATIONS, PARQ_ITEMS, PRESCRIBED

WEEKS_A_YEAR: Final = 53
"""Weeks that a year of life can hold, rounded up."""

MEDICINE_ITEM: Final = "medication_for_chronic_condition"


@dataclass(frozen=True, slots=True)
class AnswersAgree:
    """A rule that finds nothing, and lets no unknown word and no contradiction pass."""

    name: str = "answers-agree"
    summary: str = "unknown words, and answers that contradict each other, are errors"
    options: type[BaseModel] = NoOptions

    def screen(self, profile: Profile, today: dt.date) -> ScreeningFinding | None:
        """Raise ``InputError`` with every contradiction; there is nothing else to find."""
        faults = tuple(contradictions(read_answers(profile, today)))
        if faults:
            raise InputError(faults)
        return None


def contradictions(answers: Answers) -> Iterator[Fault]:
    """Every pair of answers that can't both be so."""
    yield from _pain(answers.profile)
    yield from _form(answers)
    yield from _measurements(answers)
    yield from _weeks(answers.profile)


def _pain(profile: Profile) -> Iterator[Fault]:
    for region, report in sorted(profile.pain.items()):
        scores = {"rest": report.rest}
        scores |= {f"during.{what}": score for what, score in report.during.items()}
        for what, score in scores.items():
            if score > report.worst:
                yield Fault(
                    f"pain of {score} is more than the worst of the last week ({report.worst})",
                    f"pain.{region}.{what}",
                    hint=f"'worst' has to be at least {score}",
                )


def _form(answers: Answers) -> Iterator[Fault]:
    said = answers.profile.screening
    if said.parq_followup is not None and not answers.parq:
        page_1 = "no to every item" if said.parq_page1 == "all_no" else "not answered"
        yield Fault(
            f"page 1 is {page_1}, and the follow-up pages are for a yes on page 1",
            "screening.parq_followup",
            hint="leave it out, or list the items of page 1 that were answered yes",
        )
    if said.parq_page1 != "all_no":
        return
    found = [(KNOWN_TABLE[word].meaning, KNOWN_TABLE[word].asked_by) for word in answers.known]
    found += [(MEDICATIONS[word], MEDICINE_ITEM) for word in said.medications if word in PRESCRIBED]
    for what, item in sorted(entry for entry in found if entry[1]):
        yield Fault(
            f"'all_no', but the profile names {what}, which {PARQ_ITEMS[item]} asks for",
            "screening.parq_page1",
            hint=f"list what was answered yes: [{item}]",
        )


def _measurements(answers: Answers) -> Iterator[Fault]:
    said = answers.profile.screening
    upper, lower = said.systolic, said.diastolic
    if upper is not None and lower is not None and upper <= lower:
        yield Fault(
            f"{upper} is not above the diastolic value ({lower})",
            "screening.systolic",
            hint="the upper value is the systolic one; were they swapped?",
        )
    if said.egfr is not None and said.egfr >= REDUCED_EGFR and "dialysis" in answers.known:
        yield Fault(
            f"{said.egfr:g} is the kidney function of someone without dialysis, which is named",
            "screening.egfr",
            hint="correct it, or take 'dialysis' off 'known_conditions'",
        )
    if said.falls_12_months == 0:
        for sign in answers.present("injurious_fall", "unexplained_fall"):
            yield Fault(
                f"0 falls in 12 months, but the sign '{sign}' says that there was one",
                "screening.falls_12_months",
                hint="expected at least 1",
            )


def _weeks(profile: Profile) -> Iterator[Fault]:
    history = profile.history
    since, still = history.weeks_since_event, history.immobilised_weeks
    if since is not None and since < still:
        yield Fault(
            f"{still} weeks without moving don't fit into the {since} since the event",
            "history.immobilised_weeks",
            hint=f"expected at most {since}, or an earlier event",
        )
    lived = (profile.person.age + 1) * WEEKS_A_YEAR
    spans = {
        "history.weeks_inactive": history.weeks_inactive,
        "history.weeks_since_event": since or 0,
        "experience.trained_weeks": profile.experience.trained_weeks,
    }
    for field, weeks in spans.items():
        if weeks > lived:
            yield Fault(
                f"{weeks} weeks is more than a life of {profile.person.age} years",
                field,
                hint=f"expected at most {lived}",
            )
