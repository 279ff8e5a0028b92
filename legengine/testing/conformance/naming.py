"""Whether a constraint can be told: labels with sentences, margins, conflicts that name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain.findings import Label
from legengine.domain.margin import Margin
from legengine.domain.problem import Pin, Problem
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Constraint
from legengine.rules import CONSTRAINTS
from legengine.testing.agreement import Completion
from legengine.testing.conformance.check import CheckFailed, CheckSkipped, expect
from legengine.testing.conformance.halves import Case, Halves, readable, smallest
from legengine.testing.conformance.stage import Trial
from legengine.testing.conformance.tried import SAMPLE, Tried, in_order, labels_on

STEPS: Final = 3
"""Labels and milder settings that are looked at for a problem."""


def labels(tried: Tried) -> None:
    """Every label is its own and has a sentence."""
    subject = tried.examined.subject
    mine = {name for kind, name, _ in subject.objects() if kind == "constraints"}
    for halves in tried.all:
        problem = halves.problem
        for label in labels_on(tried.rule, halves):
            expect(
                label.rule in mine,
                f"the label {label} is of the rule '{label.rule}', which this plugin doesn't "
                "bring; write Label.of(self.name, ...)",
            )
            if label.rule == tried.rule.name:
                _has_a_sentence(tried.rule, label, problem)


def _has_a_sentence(rule: Constraint, label: Label, problem: Problem) -> None:
    try:
        sentence: Any = rule.describe(label, problem)
    except Exception as error:
        raise CheckFailed(
            f"'describe' has no sentence for {label}: it raised {type(error).__name__}: {error}"
        ) from error
    expect(
        isinstance(sentence, str) and bool(sentence.strip()),
        f"'describe' must return a sentence for {label}, not {sentence!r}",
    )
    expect("\n" not in sentence, f"the sentence of {label} has more than one line: {sentence!r}")
    expect(
        not sentence.rstrip().endswith("."),
        f"the sentence of {label} ends in a full stop; it stands inside of others: {sentence!r}",
    )


def margins(tried: Tried) -> None:
    """Where it measures, slack is below zero exactly where the check finds a violation."""
    measure = getattr(tried.rule, "margins", None)
    if measure is None:
        raise CheckSkipped("it measures nothing; a rule that counts may have a method 'margins'")
    measured = False
    for halves in tried.all:
        for case in halves.cases:
            left = _left(measure(halves.problem, Schedule(case.items)))
            measured = measured or bool(left)
            _same_places(halves.problem, case, left)
    if not measured:
        raise CheckSkipped("it has nothing to measure in these problems")


def _left(found: Any) -> dict[str, float]:
    """The least slack at each place that is measured."""
    in_order(found, "margins")
    left: dict[str, float] = {}
    for each in found:
        expect(
            isinstance(each, tuple) and len(each) == len(Margin._fields),
            f"'margins' must return Margin objects, not {each!r}",
        )
        margin = Margin(*each)
        left[margin.where] = min(margin.slack, left.get(margin.where, margin.slack))
    return left


def _same_places(problem: Problem, case: Case, left: Mapping[str, float]) -> None:
    """What can't be counted has no margin; where there is one, it must say what the check says."""
    violated = {violation.where for violation in case.violations}
    for where, slack in sorted(left.items()):
        if slack < 0 and where not in violated:
            raise CheckFailed(
                f"in {readable(problem, case.items)} a margin at '{where}' has a slack below zero, "
                "and 'check' finds no violation there"
            )
        if slack >= 0 and where in violated:
            raise CheckFailed(
                f"in {readable(problem, case.items)} 'check' finds a violation at '{where}', and "
                "no margin there has a slack below zero"
            )


def explaining(tried: Tried) -> None:
    """What it forbids, a row with its label forbids; a forced conflict names it."""
    name = tried.rule.name
    forced = False
    for halves in tried.all:
        refused = [case for case in halves.cases if not case.allowed and not case.closed]
        if not refused:
            continue
        unnamed = Completion(halves.without(name))
        for case in refused[:: max(1, len(refused) // SAMPLE)]:
            fixed = halves.asked.fixed(case.items)
            expect(
                fixed is not None and unnamed.complete(fixed) is not None,
                f"rows without a label forbid {readable(halves.problem, case.items)}: what has no "
                "label is structure and is never told; give 'require' a Label",
            )
        if not forced:
            forced = _named_where_forced(tried, halves, refused)
    if not any(not case.allowed for halves in tried.all for case in halves.cases):
        raise CheckSkipped("it forbids nothing in these problems")


def _named_where_forced(tried: Tried, halves: Halves, refused: Sequence[Case]) -> bool:
    """Pin a schedule that it forbids, and read the conflict; false where none can be forced."""
    from legengine.solve.conflict import find_conflict
    from legengine.solve.native import Search

    if tried.rule.name == "pins" or halves.problem.pins:
        return False
    allowed = [set(case.items) for case in halves.cases if case.allowed]
    held = [
        case
        for case in refused
        if case.items
        and not any(item.extra for item in case.items)
        and not any(set(case.items) <= accepted for accepted in allowed)
    ]
    if not held:
        return False
    case = smallest(held)
    starts = {slot.id: slot.start.date() for slot in halves.problem.slots}
    pins = tuple(Pin(starts[item.slot], item.exercise, item.sets) for item in case.items)
    problem = replace(halves.problem, pins=pins)
    others = [rule for rule in CONSTRAINTS if rule.name != tried.rule.name]
    if any(_closed(problem, item.exercise, others) for item in case.items):
        return False
    conflict = find_conflict(problem, (*others, tried.rule), Search(0.3, 30.0))
    schedule = readable(halves.problem, case.items)
    if conflict is None:
        raise CheckFailed(f"{schedule} is pinned, and a schedule is found that it must forbid")
    if tried.rule.name in conflict.families:
        return True
    without = find_conflict(problem, others, Search(0.3, 30.0))
    expect(
        without is not None,
        f"{schedule} is pinned, which it forbids, and the conflict that is told doesn't name it: "
        f"{conflict.summary()}",
    )
    return False


def _closed(problem: Problem, exercise: str, rules: Sequence[Constraint]) -> bool:
    return any(
        rule.admits(problem, problem.exercises[exercise], slot) is not None
        for rule in rules
        for slot in problem.slots
    )


def milder(tried: Tried) -> None:
    """Every milder setting that it offers is valid, has words, and forbids nothing more."""
    offer = getattr(tried.rule, "milder", None)
    if offer is None:
        raise CheckSkipped(
            "it offers nothing: with a method 'milder' a program that it makes impossible is told "
            "which setting would help"
        )
    offered = False
    for options, several in tried.tried:
        for halves in several:
            found = labels_on(tried.rule, halves)
            own = [each for each in found if each.rule == tried.rule.name]
            for label in own[:STEPS]:
                for step in list(offer(options, label))[:STEPS]:
                    offered = True
                    _is_a_step(tried, step, label)
                    _forbids_no_more(tried, halves, step[1], f"{options!r} -> {step[1]!r}")
    if not offered:
        raise CheckSkipped("it offers nothing milder for these problems")


def _is_a_step(tried: Tried, step: Any, label: Label) -> None:
    expect(
        isinstance(step, tuple) and len(step) == 2,
        f"'milder' must give pairs of a text and options for {label}, not {step!r}",
    )
    text, options = step
    expect(
        isinstance(text, str) and bool(text.strip()) and "\n" not in text,
        f"the text of a milder setting for {label} must be one line, not {text!r}",
    )
    expect(
        isinstance(options, tried.rule.options),
        f"a milder setting for {label} must be made with {tried.rule.options.__name__}, not be "
        f"{options!r}",
    )


def _forbids_no_more(tried: Tried, halves: Halves, options: BaseModel, how: str) -> None:
    settings = {**halves.problem.settings, tried.rule.name: options}
    problem = replace(halves.problem, settings=settings)
    eased = Halves(Trial(halves.trial.thought, problem), (tried.rule,))
    allowed = [case for case in halves.cases if case.allowed]
    for case in allowed[:: max(1, len(allowed) // SAMPLE)]:
        expect(
            eased.asked.allows(case.items),
            f"what it calls milder ({how}) forbids {readable(problem, case.items)}, which was "
            "allowed before",
        )


__all__ = ["explaining", "labels", "margins", "milder"]
