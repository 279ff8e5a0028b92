"""What a screening rule is asked: a finding or none, the same every time, and to fail closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from legengine.domain.findings import SEVERITIES, ScreeningFinding
from legengine.domain.profile import Profile
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import InputError
from legengine.hooks.contracts import ScreeningRule
from legengine.hooks.sealing import fingerprint
from legengine.testing.conformance.check import Check, CheckFailed, expect
from legengine.testing.conformance.described import Examined
from legengine.testing.samples import PEOPLE, TODAY, sample_profile

_SAYING: Final[dict[str, dict[str, Any]]] = {
    "chest pain": {"red_flags": {"chest_pain_now": True}},
    "nothing answered": {},
    "words that nobody knows": {
        "red_flags": "none",
        "parq_page1": ["no_such_item_"],
        "known_conditions": ["no_such_condition_"],
        "medications": ["no_such_medicine_"],
    },
    "a heart condition": {
        "red_flags": "none",
        "parq_page1": ["heart_condition_or_high_bp"],
        "known_conditions": ["heart"],
        "systolic": 190,
    },
}


@dataclass
class Questioned:
    """A screening rule, and people to ask it about."""

    examined: Examined

    @property
    def rule(self) -> ScreeningRule:
        """The rule itself."""
        rule: ScreeningRule = self.examined.value
        return rule

    @cached_property
    def profiles(self) -> tuple[tuple[str, Profile], ...]:
        """Standard people, some with grave or odd answers; with each of the rule's options."""
        own = [
            {self.examined.name: options.model_dump(mode="json", by_alias=True)}
            for options in self.examined.settings()
        ]
        found = []
        for rules in own:
            for person, data in PEOPLE.items():
                answers = {**data["screening"], "rules": rules}
                found.append(
                    (f"the standard person '{person}'", sample_profile(person, screening=answers))
                )
            for what, answers in _SAYING.items():
                said = {**answers, "rules": rules}
                found.append((f"somebody with {what}", sample_profile(screening=said)))
        return tuple(found)


def screening_checks(examined: Examined) -> Iterator[Check]:
    """What a screening rule is asked."""
    questioned = Questioned(examined)
    questions: tuple[tuple[str, str, Callable[[Questioned], None]], ...] = (
        (
            "answers",
            "a finding or none for everybody, with all that a person must be told",
            answers,
        ),
        ("pure", "it changes nothing that it is given, and says the same twice", pure),
        ("sources", "every key of a source is explained", sources),
        ("fails closed", "words that nobody knows never make a finding milder", closed),
    )
    for what, about, question in questions:
        yield examined.check(what, about, _asking(question, questioned))


def _asking(question: Callable[[Questioned], None], questioned: Questioned) -> Callable[[], None]:
    return lambda: question(questioned)


def _screened(
    rule: ScreeningRule, who: str, profile: Profile
) -> ScreeningFinding | InputError | None:
    """A finding, none, or the refusal of words that can't be so."""
    try:
        found: Any = rule.screen(profile, TODAY)
    except InputError as error:
        return error
    except Exception as error:
        raise CheckFailed(f"of {who}: it raised {type(error).__name__}: {error}") from error
    expect(
        found is None or isinstance(found, ScreeningFinding),
        f"of {who} it returns {found!r}: return a ScreeningFinding or None",
    )
    return None if found is None else found


def answers(questioned: Questioned) -> None:
    """A finding or none, complete."""
    conditions = {each.id for each in _library(questioned).conditions}
    for who, profile in questioned.profiles:
        found = _screened(questioned.rule, who, profile)
        if not isinstance(found, ScreeningFinding):
            continue
        hint = did_you_mean(str(found.severity), SEVERITIES)
        expect(found.severity in SEVERITIES, f"its severity '{found.severity}' is unknown: {hint}")
        for field in ("rule", "noticed", "why", "action"):
            expect(
                bool(str(getattr(found, field)).strip()),
                f"its finding for {who} says nothing under '{field}'",
            )
        for condition in found.conditions:
            expect(
                condition in conditions,
                f"its finding names the condition '{condition}', which no library has: "
                f"{did_you_mean(condition, conditions)}",
            )


def _library(questioned: Questioned) -> Any:
    registry = questioned.examined.subject.loaded
    return registry.library()


def pure(questioned: Questioned) -> None:
    """Nothing changes; the same twice."""
    for who, profile in questioned.profiles:
        before = fingerprint(profile)
        first, second = (_screened(questioned.rule, who, profile) for _ in range(2))
        expect(
            str(first) == str(second),
            f"of {who} it says something else when it is asked again: no clock, nothing "
            "remembered; the date of screening is 'today'",
        )
        expect(fingerprint(profile) == before, f"it changes the profile of {who}")


def sources(questioned: Questioned) -> None:
    """Keys that a person can look up."""
    citations = getattr(questioned.rule, "citations", {})
    named = [*getattr(questioned.rule, "sources", ())]
    for who, profile in questioned.profiles:
        found = _screened(questioned.rule, who, profile)
        if isinstance(found, ScreeningFinding):
            named += found.sources
    known = {*citations, *_library(questioned).sources, "D"}
    for key in dict.fromkeys(named):
        expect(
            key in known,
            f"the source '{key}' is explained nowhere: add it to 'citations'; where it is a choice "
            "of yours, say 'D'",
        )


def closed(questioned: Questioned) -> None:
    """Unknown words are refused, or change nothing for the better."""
    for who, profile in questioned.profiles:
        before = _screened(questioned.rule, who, profile)
        if not isinstance(before, ScreeningFinding):
            continue
        screening = profile.screening
        odd = screening.model_copy(
            update={
                "known_conditions": (*screening.known_conditions, "no_such_condition_"),
                "medications": (*screening.medications, "no_such_medicine_"),
            }
        )
        after = _screened(questioned.rule, who, profile.model_copy(update={"screening": odd}))
        if isinstance(after, InputError):
            continue
        expect(
            after is not None
            and SEVERITIES.index(after.severity) <= SEVERITIES.index(before.severity),
            f"of {who} it finds something ({before.severity}), and less once they add a word that "
            "nobody knows: an unknown word must never open anything",
        )


__all__ = ["screening_checks"]
