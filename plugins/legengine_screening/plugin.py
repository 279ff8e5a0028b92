"""The entry point of the bundled screening rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel

from legengine.domain.findings import ScreeningFinding
from legengine.domain.profile import Profile
from legengine.hooks import NoOptions, ScreeningRule, hookimpl
from legengine_screening import unanswered
from legengine_screening.answers import understood
from legengine_screening.contradictions import AnswersAgree
from legengine_screening.verdicts import Decide, finding, rule_texts
from legengine_screening.vocabulary import SOURCES

LEGENGINE_API = 1


@dataclass(frozen=True, slots=True)
class TriageRule:
    """One rule of the triage: a condition in Python, its words in the plugin's data."""

    rule: str
    """Its id in findings and in the data, such as ``R01``; the name is the same in lower case."""
    summary: str
    decide: Decide
    options: type[BaseModel] = NoOptions
    citations: ClassVar[Mapping[str, str]] = SOURCES

    @property
    def name(self) -> str:
        """Names of plugin objects are in lower case."""
        return self.rule.lower()

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of what the rule goes back to."""
        return tuple(rule_texts()[self.rule]["sources"])

    def screen(self, profile: Profile, today: dt.date) -> ScreeningFinding | None:
        """Return a finding where the rule fires; wrong words are told by ``AnswersAgree``."""
        verdict = self.decide(understood(profile, today)[0])
        return None if verdict is None else finding(self.rule, verdict)


@hookimpl
def legengine_screenings() -> Sequence[ScreeningRule]:
    """The rules of this plugin, by name."""
    return (AnswersAgree(), *triage())


def triage() -> tuple[TriageRule, ...]:
    """The rules that fire or don't, by name."""
    decisions = {**unanswered.DECIDING, **unanswered.RULES}
    return tuple(
        TriageRule(rule, rule_texts()[rule]["summary"], decisions[rule])
        for rule in sorted(decisions)
    )
