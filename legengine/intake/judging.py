"""Pass, stay, or step back: what the results show of the criteria, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from legengine.domain.before import Advice, Outcome, State, Verdict
from legengine.domain.exercise import Need
from legengine.domain.profile import Profile
from legengine.domain.protocol import Criterion, Moving, ReturnRow
from legengine.domain.results import Results
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError
from legengine.intake.criteria import (
    JUDGEMENT,
    SIGNS,
    SIGNS_SOURCES,
    met,
    named,
    shown,
    target_text,
)
from legengine.intake.found import found_text


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the results decide, before anything is planned."""

    outcome: Outcome
    criteria: tuple[Verdict, ...]
    setbacks: tuple[Verdict, ...]
    row: ReturnRow
    load_percent: int
    reasons: tuple[Advice, ...]
    patterns: tuple[str, ...]
    """Patterns that move on singly where the phase goes on."""

    @property
    def only_silent(self) -> bool:
        """Whether nothing is known to fail: what is missing was only not tested."""
        return not any(verdict.state == "not_met" for verdict in self.criteria)


def judge(
    profile: Profile,
    moving: Moving,
    criteria: Sequence[Criterion],
    results: Results,
    facts: Mapping[str, float],
) -> Judgement:
    """Decide; any known setback outweighs everything, and silence is never a pass."""
    _refuse_unknown(results, criteria)
    verdicts = (
        *(_verdict(name, each, facts, profile, results) for name, each in named(criteria)),
        _signs(results),
    )
    setbacks = tuple(
        Verdict(
            id=setback.id,
            text=setback.text,
            state=_absent(met(setback.need, facts)),
            needed=f"not: {setback.need.text}",
            found=_found((setback.need,), facts),
            sources=setback.sources,
        )
        for setback in moving.setbacks
    )
    row = return_row(moving, facts, profile.person.age)
    back = [setback for setback in setbacks if setback.state == "not_met"]
    outcome: Outcome = "stay"
    if back or row.action != "go_on":
        outcome = "step_back"
    elif all(verdict.state == "shown" for verdict in (*verdicts, *setbacks)):
        outcome = "pass"
    lightest = [each.load_percent for each in moving.setbacks if met(each.need, facts)]
    return Judgement(
        outcome=outcome,
        criteria=verdicts,
        setbacks=setbacks,
        row=row,
        load_percent=min([row.load_percent, *lightest]),
        reasons=tuple(_reasons(outcome, verdicts, setbacks, row)),
        patterns=_patterns(criteria, verdicts) if outcome == "stay" else (),
    )


def return_row(moving: Moving, facts: Mapping[str, float], age: int) -> ReturnRow:
    """The row for the days without training; a later one for older or ill people."""
    gap = int(facts.get("days_since_last_session", 0))
    rows = moving.returns
    place = next(
        (index for index, row in enumerate(rows) if row.gap_days[0] <= gap <= row.gap_days[1]),
        len(rows) - 1,
    )
    if (place and age >= moving.one_row_down_from_age) or facts.get("ill_days", 0):
        place = min(place + 1, len(rows) - 1)
    return rows[place]


def maintains(moving: Moving, facts: Mapping[str, float]) -> bool:
    """Whether a program to maintain is enough from here."""
    return bool(moving.maintain) and all(shown(each, facts) is True for each in moving.maintain)


# --- verdicts ----------------------------------------------------------------------------------


def _refuse_unknown(results: Results, criteria: Sequence[Criterion]) -> None:
    """What a professional judged must be one of the criteria that are theirs to judge."""
    known = [name for name, criterion in named(criteria) if not criterion.asked]
    faults = [
        Fault(
            f"'{name}' is not for a professional to judge in this phase",
            f"judged.{name}",
            hint=did_you_mean(name, known) or "nothing is",
        )
        for name in results.judged
        if name not in known
    ]
    if faults:
        raise InputError(faults)


def _judged(name: str, results: Results) -> State:
    word = results.judged.get(name)
    return "not_shown" if word is None else "shown" if word == "pass" else "not_met"


def _verdict(
    name: str,
    criterion: Criterion,
    facts: Mapping[str, float],
    profile: Profile,
    results: Results,
) -> Verdict:
    joint = " or " if criterion.any_of else "; "
    needed = joint.join(target_text(need, profile) for need in criterion.asked)
    return Verdict(
        id=name,
        text=criterion.text,
        state=_state(shown(criterion, facts)) if criterion.asked else _judged(name, results),
        needed=needed or JUDGEMENT,
        found=_found(criterion.asked, facts) if criterion.asked else _word(name, results),
        patterns=criterion.patterns,
        sources=criterion.sources,
    )


def _word(name: str, results: Results) -> str:
    word = results.judged.get(name)
    return f"{word.replace('_', ' ')} ({results.judged_by})" if word else ""


def _signs(results: Results) -> Verdict:
    """The question for warning signs is asked anew at the end of each phase."""
    answer = results.red_flags
    present: list[str] = []
    if isinstance(answer, dict):
        present = sorted(sign for sign, value in answer.items() if value)
    state: State = "not_shown" if answer is None else "not_met" if present else "shown"
    found = "" if answer is None else ", ".join(present).replace("_", " ") or "none"
    return Verdict(
        id=SIGNS,
        text="no warning sign since the last tests",
        state=state,
        needed="none of the warning signs",
        found=found,
        sources=SIGNS_SOURCES,
    )


def _state(holds: bool | None) -> State:
    return "not_shown" if holds is None else "shown" if holds else "not_met"


def _absent(there: bool | None) -> State:
    return "not_shown" if there is None else "not_met" if there else "shown"


def _found(needs: Sequence[Need], facts: Mapping[str, float]) -> str:
    """What the results say of each need, in the order of the needs."""
    return "; ".join(found_text(need.fact, facts) for need in needs if need.fact in facts)


# --- what follows ------------------------------------------------------------------------------


def _reasons(
    outcome: Outcome, criteria: Sequence[Verdict], setbacks: Sequence[Verdict], row: ReturnRow
) -> Iterator[Advice]:
    """Every reason for the outcome."""
    if outcome == "pass":
        yield Advice(text="every exit criterion is shown and nothing speaks against it")
    for setback in setbacks:
        if setback.state == "not_met":
            yield Advice(text=f"{setback.text} ({setback.found})", sources=setback.sources)
    if row.gap_days[0]:
        yield Advice(text=row.text, sources=row.sources)
    if outcome != "stay":
        return
    for verdict in criteria:
        if verdict.state == "not_met":
            text = f"not reached: {verdict.text}{_needed(verdict)}; found: {verdict.found}"
            yield Advice(text=text, sources=verdict.sources)
    for verdict in criteria:
        if verdict.state == "not_shown":
            yield Advice(
                text=f"not shown: {verdict.text}{_needed(verdict)}", sources=verdict.sources
            )
    for setback in setbacks:
        if setback.state == "not_shown":
            yield Advice(text=f"not answered: {setback.text}?", sources=setback.sources)


def _needed(verdict: Verdict) -> str:
    """The number, where the words don't say it already."""
    said = all(part in verdict.text for part in verdict.needed.split("; "))
    return "" if said else f" (needed: {verdict.needed})"


def _patterns(criteria: Sequence[Criterion], verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """Patterns all of whose own criteria are shown, where every criterion for patterns is."""
    states = {verdict.id: verdict.state for verdict in verdicts}
    gate = [name for name, each in named(criteria) if each.for_patterns]
    if not gate or any(states[name] != "shown" for name in gate) or states[SIGNS] != "shown":
        return ()
    own: dict[str, list[State]] = {}
    for name, criterion in named(criteria):
        for pattern in criterion.patterns:
            own.setdefault(pattern, []).append(states[name])
    return tuple(
        pattern for pattern, found in sorted(own.items()) if all(s == "shown" for s in found)
    )
