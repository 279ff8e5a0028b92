"""A decision for people: what follows, why, and what every test showed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine.cli.tables import bullet, hanging
from legengine.domain.before import Decision, Outcome, State, Verdict
from legengine.domain.program import Program

HEADS: Final[dict[Outcome, str]] = {
    "pass": "Passed",
    "stay": "Not yet",
    "step_back": "A step back",
}

SIGNS: Final[dict[State, str]] = {"shown": "+", "not_met": "-", "not_shown": "?"}


def decision_text(decision: Decision, program: Program, width: int | None) -> str:
    """The outcome, its reasons, the tests one by one, and advice."""
    first = program.phases[0]
    weeks = f"{len(first.weeks)} week" + ("s" if len(first.weeks) != 1 else "")
    onward = f"{first.title}, {weeks} from {program.start:%a} {program.start}"
    passed = f"{decision.weeks_in_phase} weeks" if decision.weeks_in_phase != 1 else "1 week"
    tested = f"{decision.phase}, tested on {decision.tested_on} after {passed}"
    lines = [
        hanging("", f"{HEADS[decision.outcome]}: {tested}", width),
        hanging("", f"Goes on with: {onward}", width),
        "",
        "Why",
    ]
    lines += [bullet(reason.text, width) for reason in decision.reasons]
    if decision.patterns_ahead:
        names = ", ".join(pattern.replace("_", " ") for pattern in decision.patterns_ahead)
        lines += ["", hanging("", f"Ahead of the phase, their own tests passed: {names}", width)]
    lines += ["", "Tests (+ shown, - not reached, ? not shown)"]
    lines += [
        hanging(f"  {SIGNS[each.state]} ", text + _found(each), width)
        for each, text in _verdicts(decision)
    ]
    lines += ["", "Mind"]
    lines += [bullet(advice.text, width) for advice in decision.advice]
    return "\n".join(lines)


def _verdicts(decision: Decision) -> Iterator[tuple[Verdict, str]]:
    """The criteria, and what must not be; what was not shown stands among the reasons already."""
    waiting = decision.outcome == "stay"
    for verdict in decision.criteria:
        if not waiting or verdict.state == "shown":
            yield verdict, verdict.text
    for verdict in decision.setbacks:
        if not waiting or verdict.state == "shown":
            yield verdict, f"not: {verdict.text}"


def _found(verdict: Verdict) -> str:
    return f": {verdict.found}" if verdict.found else ""
