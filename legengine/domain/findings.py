"""What the engine tells besides a program: labels, violations, conflicts, referrals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Severity = Literal[
    "emergency", "urgent", "refer", "clearance_required", "defer", "plan_restricted", "plan"
]
SEVERITIES: Final[tuple[Severity, ...]] = (
    "emergency",
    "urgent",
    "refer",
    "clearance_required",
    "defer",
    "plan_restricted",
    "plan",
)
"""Outcomes of screening, the gravest first."""

REFUSALS: Final[frozenset[Severity]] = frozenset(SEVERITIES[:5])
"""Outcomes that end in a referral instead of a program."""


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """What explanations, violations and statistics speak about: a rule and what it is about."""

    rule: str
    about: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, rule: str, **about: object) -> Label:
        """Make a label; the order in which the keywords are given is kept."""
        return cls(rule, tuple((key, str(value)) for key, value in about.items()))

    def get(self, key: str, default: str = "") -> str:
        """Return one of the things that the label is about."""
        return dict(self.about).get(key, default)

    def __str__(self) -> str:
        inside = ", ".join(f"{key}={value}" for key, value in self.about)
        return f"{self.rule}[{inside}]" if inside else self.rule


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What the checker found: the rule, where, what is required, what is there."""

    rule: str
    where: str
    required: str
    found: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: required {self.required}, found {self.found}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the numbers of a rule come from: a field of the profile, or a part of the protocol."""

    field: str = ""
    """``availability[0].minutes``; empty where the profile says nothing of it."""
    protocol: str = ""
    """``leg-restoration, foundation: frequency``; empty where the profile decides alone."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictMember:
    """One label of a conflict with its sentence."""

    label: Label
    sentence: str
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Labels that cannot hold together; ``minimal`` only where that was proven by deletion."""

    phase: str
    members: tuple[ConflictMember, ...]
    minimal: bool
    confirmed: bool
    because: tuple[str, ...] = ()
    """The derivation: what is given, sentence by sentence."""
    therefore: str = ""
    """What follows from it, against what is asked for."""
    closed: tuple[str, ...] = ()
    """Where no exercise is left for something: how many which filter took away."""

    @property
    def families(self) -> tuple[str, ...]:
        """The rules that collide, each once."""
        return tuple(dict.fromkeys(member.label.rule for member in self.members))

    def derivation(self) -> str:
        """One sentence: because of what is given, this follows."""
        if not self.because:
            return f"{self.therefore[:1].upper()}{self.therefore[1:]}." if self.therefore else ""
        *first, last = self.because
        given = f"{', '.join(first)} and {last}" if first else last
        return f"Because {given}, {self.therefore}."

    def summary(self) -> str:
        """A few lines for a person."""
        how = "each of them is needed" if self.minimal else "these suffice, perhaps not all"
        lines = [f"no schedule holds all rules of phase '{self.phase}'"]
        lines += [line for line in (self.derivation(), *self.closed) if line]
        lines.append(f"What collides ({how}):")
        lines += [f"  - {each}" for each in dict.fromkeys(m.sentence for m in self.members)]
        return "\n".join(lines)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "phase": self.phase,
            "minimal": self.minimal,
            "confirmed": self.confirmed,
            "because": list(self.because),
            "therefore": self.therefore,
            "closed": list(self.closed),
            "families": list(self.families),
            "members": [
                {
                    "rule": member.label.rule,
                    "about": dict(member.label.about),
                    "sentence": member.sentence,
                    "field": member.origin.field,
                    "protocol": member.origin.protocol,
                    "sources": list(member.origin.sources),
                }
                for member in self.members
            ],
        }


@dataclass(frozen=True, slots=True)
class ScreeningFinding:
    """One screening rule that fired."""

    rule: str
    severity: Severity
    noticed: str
    why: str
    action: str
    sources: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    """Conditions of the library that hold because of this finding (``plan_restricted``)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a profile answers to the questions before training."""

    field: str
    """``screening.red_flags``"""
    question: str
    said: str
    """In words; what isn't answered is told as that, and never as a no."""


@dataclass(frozen=True, slots=True)
class Referral:
    """What screening found, as a document: no exercise, no nutrition target.

    Where the severity is a refusal it stands in place of a program. ``legengine screen`` writes
    the same document where training may begin.
    """

    severity: Severity
    findings: tuple[ScreeningFinding, ...]
    screened_on: str
    answers: tuple[Answer, ...] = ()
    """What the profile answers, in the order of the questions."""

    @property
    def refuses(self) -> bool:
        """Whether a professional comes before any program."""
        return self.severity in REFUSALS

    @property
    def conditions(self) -> tuple[str, ...]:
        """The library's conditions that hold because of the findings, sorted."""
        return tuple(sorted({name for item in self.findings for name in item.conditions}))

    def summary(self) -> str:
        """The most urgent finding first, in one line a finding."""
        lines = [f"no program: {self.severity.replace('_', ' ')}"]
        lines += [f"  {item.rule}: {item.noticed} {item.action}" for item in self.findings]
        return "\n".join(lines)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "document": "referral" if self.refuses else "screening",
            "severity": self.severity,
            "screened_on": self.screened_on,
            "conditions": list(self.conditions),
            "answers": [
                {"field": item.field, "question": item.question, "said": item.said}
                for item in self.answers
            ],
            "findings": [
                {
                    "rule": item.rule,
                    "severity": item.severity,
                    "noticed": item.noticed,
                    "why": item.why,
                    "action": item.action,
                    "sources": list(item.sources),
                    "conditions": list(item.conditions),
                }
                for item in self.findings
            ],
        }


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checker looked at and what it found."""

    violations: tuple[Violation, ...]
    checked: Mapping[str, int]
    """Rule to the number of facts that were looked at."""

    @property
    def ok(self) -> bool:
        """Whether no rule is broken."""
        return not self.violations
