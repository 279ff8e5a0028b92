"""What a profile answers, checked word by word, in the form that the rules ask for."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from legengine.domain.profile import (
    Assessments,
    Clearance,
    History,
    Person,
    Profile,
    Screening,
    ScreeningAnswer,
)
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError
from legengine_screening.vocabulary import (
    ELSEWHERE,
    IMPLIES,
    KNOWN_TABLE,
    MEDICATIONS,
    PARQ_ITEMS,
    SIGN_TABLE,
    SIGNS,
    Sign,
)

CLEARANCE_YEARS: Final = 1
"""How long a clearance counts [m:PARQb]."""

LONG_AGO_WEEKS: Final = 1000
"""An event longer ago is treated as this long ago: no clearance that counts is older."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A profile as the rules see it: only what is present, only words that are known."""

    profile: Profile
    today: dt.date
    signs: Mapping[str, float]
    """Signs that are present, with their value; 1 where the value is a yes."""
    asked: bool
    """Whether the warning signs are answered at all."""
    parq: frozenset[str] | None
    """Items answered yes; ``None`` where page 1 is not answered."""
    known: frozenset[str]
    """Known conditions, said or implied by the conditions that the profile names."""
    clearance: Clearance | None
    """The clearance, where it is not too old to count."""

    def present(self, *names: str) -> tuple[str, ...]:
        """Those of the signs that are present, in the order asked for."""
        return tuple(name for name in names if name in self.signs)

    def has(self, *names: str) -> bool:
        """Whether any of the signs is present."""
        return any(name in self.signs for name in names)

    def takes(self, medication: str) -> bool:
        """Whether the person takes a medicine of this kind."""
        return medication in self.profile.screening.medications

    def in_group(self, *groups: str) -> tuple[str, ...]:
        """Known conditions of these groups, sorted."""
        return tuple(sorted(word for word in self.known if KNOWN_TABLE[word].group in groups))

    def cleared(self, *about: str, weeks_ago: float | None = None) -> bool:
        """Whether a clearance counts for all of these words, given since an event.

        A clearance that names conditions covers only these. The event's week is rounded in favour
        of the clearance, because weeks are all that a profile says.
        """
        given = self.clearance
        if given is None:
            return False
        if weeks_ago is not None:
            since = dt.timedelta(weeks=min(weeks_ago, LONG_AGO_WEEKS) + 1)
            if given.on <= self.today - since:
                return False
        return not given.conditions or all(_covers(given, word) for word in about)

    def alone(self, *names: str) -> Answers:
        """Someone of this age and with these medicines who says no more than these signs."""
        person = Person(age=self.profile.person.age, sex=self.profile.person.sex)
        screening = Screening(medications=self.profile.screening.medications)
        said = {
            "person": person,
            "cause": "disuse",
            "history": History(),
            "conditions": (),
            "clearance": None,
            "screening": screening,
            "assessments": Assessments(),
            "pain": {},
        }
        return replace(
            self,
            profile=self.profile.model_copy(update=said),
            signs={name: self.signs[name] for name in names},
            parq=frozenset(),
            known=frozenset(),
            clearance=None,
        )


def _covers(given: Clearance, word: str) -> bool:
    known = KNOWN_TABLE.get(word)
    return bool({word, *(known.conditions if known else ())} & set(given.conditions))


def body_mass_index(person: Person) -> float | None:
    """Kilograms per square metre, where mass and height are known."""
    if person.mass is None or not person.height:
        return None
    return person.mass / (person.height / 100) ** 2


def read_answers(profile: Profile, today: dt.date) -> Answers:
    """Check every word of the screening section; raise all problems at once."""
    answers, faults = understood(profile, today)
    if faults:
        raise InputError(faults)
    return answers


def understood(profile: Profile, today: dt.date) -> tuple[Answers, tuple[Fault, ...]]:
    """What can be understood of the screening section, and every problem with the rest.

    An emergency is found in what is understood, whatever else is misspelt.
    """
    faults: list[Fault] = []
    screening = profile.screening
    said = screening.red_flags
    signs: dict[str, float] = {}
    if isinstance(said, dict):
        for name, value in said.items():
            number = _sign_value(name, value, faults)
            if number is not None:
                signs[name] = number
    # Page 1 with no item named is an answer that was begun, not given.
    items = screening.parq_page1
    parq = frozenset[str]() if items == "all_no" else frozenset(items or ()) or None
    if isinstance(items, tuple):
        faults += _unknown("parq_page1", items, PARQ_ITEMS)
    faults += _unknown("medications", screening.medications, MEDICATIONS)
    faults += _unknown("known_conditions", screening.known_conditions, KNOWN_TABLE)
    given = profile.clearance
    if given is not None and given.on > today:
        message = f"is dated {given.on}, after today ({today})"
        faults.append(Fault(message, field="clearance.on", hint="a clearance has to be given"))
    implied = (IMPLIES[name] for name in profile.conditions if name in IMPLIES)
    known = KNOWN_TABLE.keys() & {*screening.known_conditions, *implied}
    counts = given is not None and given.on <= today and not expired(given, today)
    answers = Answers(
        profile=profile,
        today=today,
        signs=signs,
        asked=said == "none" or bool(signs),
        parq=parq,
        known=frozenset(known),
        clearance=given if counts else None,
    )
    return answers, tuple(faults)


def expired(given: Clearance, today: dt.date) -> bool:
    """Whether a clearance is older than twelve months."""
    first = dt.date(given.on.year + CLEARANCE_YEARS, given.on.month, 1)
    return today > first + dt.timedelta(days=given.on.day - 1)


def _unknown(field: str, words: Collection[str], known: Collection[str]) -> Iterator[Fault]:
    for word in words:
        if word not in known:
            yield Fault(f"unknown word '{word}'", f"screening.{field}", hint=_hint(word, known))


def _hint(word: str, known: Collection[str]) -> str:
    if word in ELSEWHERE:
        return ELSEWHERE[word]
    if word in SIGN_TABLE:
        return f"it is a sign: write it under 'red_flags', '{word}: true'"
    if word in KNOWN_TABLE:
        return "write it under 'known_conditions'"
    if known is MEDICATIONS:
        return f"{did_you_mean(word, known)}; 'other' stands for any medicine not listed"
    if known is KNOWN_TABLE:
        return f"{did_you_mean(word, known)}; 'other' stands for any condition not listed"
    return did_you_mean(word, known)


def _sign_value(name: str, value: ScreeningAnswer, faults: list[Fault]) -> float | None:
    """The value of a sign that is present; ``None`` where it is not, or where it is wrong."""
    field = f"screening.red_flags.{name}"
    sign = SIGN_TABLE.get(name)
    if sign is None:
        faults.append(Fault(f"unknown sign '{name}'", field, hint=_hint(name, SIGNS)))
        return None
    if isinstance(value, str):
        word = value.strip().lower()
        if word not in ("yes", "true", "no", "false"):
            faults.append(Fault(f"'{value}' is no value of a sign", field, hint=_expected(sign)))
            return None
        value = word in ("yes", "true")
    if value is False:
        return None
    if value is True:
        if sign.kind not in ("flag", "score"):
            faults.append(Fault("needs a number", field, hint=_expected(sign)))
            return None
        return 1.0
    if not math.isfinite(value) or not 0 <= value <= sign.maximum:
        faults.append(Fault(f"{value} is out of range", field, hint=_expected(sign)))
        return None
    return float(value) if _is_present(sign, value) else None


def _is_present(sign: Sign, value: float) -> bool:
    match sign.kind:
        case "hours" | "weeks":
            return True
        case "grade":
            return value <= sign.at_most
        case "number":
            return value >= sign.at_least
        case "flag" | "score":
            return value > 0


def _expected(sign: Sign) -> str:
    kinds = {
        "flag": "write true or false",
        "score": "write a score from 0 to 10",
        "number": f"write a number from 0 to {sign.maximum:g}",
        "grade": "write a grade from 0 to 5",
        "hours": "write the hours since it began",
        "weeks": "write the weeks since then",
    }
    return f"{kinds[sign.kind]}; it means: {sign.meaning}"
