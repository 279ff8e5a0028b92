"""Runs the screening rules before anything else: go on, go on with limits, or refer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Final, Literal

from legengine.domain.findings import (
    SEVERITIES,
    Referral,
    ScreeningFinding,
    Severity,
)
from legengine.domain.profile import Profile
from legengine.errors import Fault, InputError, PluginError
from legengine.hooks import ScreeningRule
from legengine.intake.answers import answers_given


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """What the screen found."""

    severity: Severity
    """The gravest severity found; ``plan`` where no rule fired."""
    findings: tuple[ScreeningFinding, ...]
    """Every rule that fired, the gravest first, then by rule id."""
    document: Referral
    """The same with what was answered, to be read, sent or kept."""

    @property
    def referral(self) -> Referral | None:
        """The document in place of a program, where the severity is a refusal."""
        return self.document if self.document.refuses else None

    @property
    def conditions(self) -> tuple[str, ...]:
        """The library's conditions that hold because of the findings, sorted."""
        return self.document.conditions


Blame = Callable[[Literal["screenings"], str, str], AbstractContextManager[None]]
"""Names the plugin behind what a rule's own code raises; see ``Registry.blame``."""


def screen(
    profile: Profile,
    rules: Mapping[str, ScreeningRule] | Sequence[ScreeningRule],
    today: dt.date,
    *,
    blame: Blame | None = None,
) -> ScreeningResult:
    """Evaluate every rule; the order in which the rules are given doesn't matter.

    Raises ``InputError`` with every word that no rule knows and every answer that contradicts
    another, unless what the other rules found can't wait; and ``PluginError`` where there is no
    rule at all: without a screen there is no program.
    """
    if not rules:
        raise PluginError(
            "no screening rule is loaded, and nothing is prescribed unscreened: "
            "enable the plugin 'screening' or another plugin that brings screening rules"
        )
    findings: list[ScreeningFinding] = []
    faults: dict[Fault, None] = {}
    given = rules.values() if isinstance(rules, Mapping) else rules
    for rule in sorted(given, key=lambda rule: rule.name):
        try:
            with blame("screenings", rule.name, "screen") if blame else nullcontext():
                found = rule.screen(profile, today)
        except InputError as error:
            faults.update(dict.fromkeys(error.problems))
            continue
        if found is not None:
            _check_severity(rule, found)
            findings.append(found)
    findings.sort(key=lambda found: (SEVERITIES.index(found.severity), found.rule))
    severity: Severity = findings[0].severity if findings else "plan"
    if faults and severity not in WAIT_FOR_NOTHING:
        raise InputError(tuple(faults))
    document = Referral(severity, tuple(findings), today.isoformat(), answers_given(profile))
    return ScreeningResult(severity, tuple(findings), document)


WAIT_FOR_NOTHING: Final[frozenset[Severity]] = frozenset({"emergency", "urgent"})
"""Outcomes that are told even where other answers have to be put right."""


def _check_severity(rule: ScreeningRule, found: ScreeningFinding) -> None:
    if found.severity not in SEVERITIES:
        raise PluginError(
            f"the screening rule '{rule.name}' returned the severity '{found.severity}'; "
            f"expected one of: {', '.join(SEVERITIES)}"
        )
