"""What a rule decides, and how its words are found in the plugin's data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from legengine.domain.findings import SEVERITIES, ScreeningFinding, Severity
from legengine_screening.answers import Answers
from legengine_screening.vocabulary import KNOWN_TABLE, SIGN_TABLE, load

NO_IMPACT: Final = "no_impact"
"""The condition of a library that closes every impact."""

NO_JUMPS: Final = "no_jumps"
"""The condition of a library that closes jumping and landing work."""

SUPPORTED: Final = "balance_impairment"
"""The condition of a library that asks for support in standing and balance work."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule fires: which of its texts, what the text is about, and what then holds."""

    text: str = "base"
    values: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()


Decide = Callable[[Answers], Verdict | None]
"""One rule as a function: a verdict where it fires, else ``None``."""


def about(
    phrases: Iterable[str], text: str = "base", conditions: Iterable[str] = ()
) -> Verdict | None:
    """A verdict about some phrases; none where there is no phrase."""
    listed = tuple(phrases)
    if not listed:
        return None
    return Verdict(text, {"signs": join(listed)}, tuple(sorted(set(conditions))))


def join(phrases: Iterable[str]) -> str:
    """Phrases as a person lists them: a, b and c."""
    *most, last = phrases
    return f"{', '.join(most)} and {last}" if most else last


def signs(names: Iterable[str]) -> list[str]:
    """The signs in words."""
    return [SIGN_TABLE[name].phrase for name in names]


def conditions_in_words(words: Iterable[str]) -> list[str]:
    """Known conditions in words."""
    return [KNOWN_TABLE[word].meaning for word in words]


def conditions_of(words: Iterable[str]) -> tuple[str, ...]:
    """The library's conditions that known conditions stand for."""
    return tuple(sorted({entry for word in words for entry in KNOWN_TABLE[word].conditions}))


@cache
def rule_texts() -> dict[str, dict[str, Any]]:
    """Every rule's summary, sources and texts, as the plugin's data holds them."""
    texts: dict[str, dict[str, Any]] = load("rules")
    return texts


def severity_of(rule: str, verdict: Verdict) -> Severity:
    """How grave a verdict of a rule is."""
    severity: Severity = rule_texts()[rule]["texts"][verdict.text]["severity"]
    return severity


def is_grave(severity: Severity) -> bool:
    """Whether it is urgent or an emergency."""
    return SEVERITIES.index(severity) <= SEVERITIES.index("urgent")


def finding(rule: str, verdict: Verdict) -> ScreeningFinding:
    """The finding in words. What a text leaves out it takes from the rule's base text."""
    entry = rule_texts()[rule]
    words = {**entry["texts"].get("base", {}), **entry["texts"][verdict.text]}
    return ScreeningFinding(
        rule=rule,
        severity=severity_of(rule, verdict),
        noticed=words["noticed"].format_map(verdict.values),
        why=words["why"].format_map(verdict.values),
        # Actions hold lines of YAML with braces; they are never filled in.
        action=words["action"],
        sources=tuple(entry["sources"]),
        conditions=verdict.conditions,
    )
