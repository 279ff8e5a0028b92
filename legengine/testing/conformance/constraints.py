"""What a constraint is asked: two halves that agree, labels with sentences, margins, explaining."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain.findings import Label, Violation
from legengine.domain.margin import Margin
from legengine.domain.problem import Pin, Problem
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Constraint
from legengine.hooks.sealing import fingerprint
from legengine.rules import CONSTRAINTS
from legengine.solve.solver import build_model
from legengine.testing.agreement import Completion
from legengine.testing.conformance.check import Check, CheckFailed, CheckSkipped, expect
from legengine.testing.conformance.described import Examined
from legengine.testing.conformance.halves import Case, Halves, readable, smallest
from legengine.testing.conformance.trials import (
    given_trials,
    later_trials,
    small_trials,
    trials_for,
)

SAMPLE: Final = 60
"""Assignments of a problem that are looked at where each look costs more than a check."""


@dataclass
class Tried:
    """A constraint on its problems: with each of its options, whatever they mean."""

    examined: Examined

    @property
    def rule(self) -> Constraint:
        """The constraint itself, not guarded: what it raises is told with its place."""
        rule: Constraint = self.examined.value
        return rule

    @cached_property
    def ordinary(self) -> tuple[tuple[BaseModel, tuple[Halves, ...]], ...]:
        """Options, each with the problems that every rule is tried on."""
        subject, name = self.examined.subject, self.examined.name
        library = subject.loaded.library()
        mine = subject.problems_of(name)
        return tuple(
            (
                options,
                tuple(
                    Halves(trial, (self.rule,))
                    for trial in (
                        *given_trials(mine, name, options),
                        *trials_for(library, name, options),
                    )
                ),
            )
            for options in self.examined.settings()
        )

    @cached_property
    def tried(self) -> tuple[tuple[BaseModel, tuple[Halves, ...]], ...]:
        """The same, with more problems where none of the ordinary ones was forbidden anything."""
        return tuple(
            (options, (*halves, *self._more(options, halves))) for options, halves in self.ordinary
        )

    def _more(self, options: BaseModel, halves: Sequence[Halves]) -> Iterator[Halves]:
        if any(_bites(each) for each in halves):
            return
        subject, name = self.examined.subject, self.examined.name
        for trial in later_trials(subject.loaded.library(), name, options):
            more = Halves(trial, (self.rule,))
            yield more
            if _bites(more):
                return

    @cached_property
    def all(self) -> tuple[Halves, ...]:
        """Every problem that it is tried on."""
        return tuple(each for _, halves in self.tried for each in halves)


def constraint_checks(examined: Examined) -> Iterator[Check]:
    """What a constraint is asked, the plain things first."""
    tried = Tried(examined)
    questions: tuple[tuple[str, str, Callable[[Tried], None]], ...] = (
        ("pure", "it changes nothing that it is given, and says the same twice", pure),
        ("returns", "what its methods return is what the contract says", returns),
        (
            "model and checker agree",
            "on every schedule of tiny problems the rows allow what the check accepts",
            agree,
        ),
        ("bites", "with its defaults or examples it forbids something, and not everything", bites),
        ("labels", "every label is its own and has a sentence for a person", labels),
        (
            "beside the built-in rules",
            "both halves agree when all rules hold at once",
            beside_the_others,
        ),
        ("margins", "their slack is below zero exactly where the check finds a violation", margins),
        ("explaining", "a week that it makes impossible is told with its name", explaining),
    )
    for what, about, question in questions:
        yield examined.check(what, about, _asking(question, tried))


def _asking(question: Callable[[Tried], None], tried: Tried) -> Callable[[], None]:
    return lambda: question(tried)


def _bites(halves: Halves) -> bool:
    return any(not case.allowed or case.violations for case in halves.cases)


# --- purity and types ----------------------------------------------------------------------


def pure(tried: Tried) -> None:
    """Nothing that it is given changes; asked twice, it says the same."""
    rule = tried.rule
    others = _others_say(tried)
    for halves in tried.all:
        problem = halves.problem
        before = fingerprint(problem)
        digests = [build_model(problem, (rule,), (), widen=True)[0].model for _ in range(2)]
        expect(
            digests[0].digest() == digests[1].digest()
            and digests[0].names == digests[1].names
            and digests[0].labels() == digests[1].labels(),
            f"'post' writes other rows when it is asked a second time ({halves.trial.thought}): it "
            "must depend on its arguments alone, and never on the order of a set",
        )
        for label in digests[0].labels():
            with suppress(Exception):  # what has no sentence is told by 'labels'
                rule.describe(label, problem)
        _unchanged(problem, before, "'admits', 'post' or 'describe'")
        for items in _few(halves):
            schedule = Schedule(items)
            seen = fingerprint(schedule)
            answers = [tuple(rule.check(problem, schedule)) for _ in range(2)]
            expect(
                answers[0] == answers[1],
                "'check' finds something else when it is asked a second time about "
                f"{readable(problem, items)}",
            )
            if (measure := getattr(rule, "margins", None)) is not None:
                tuple(measure(problem, schedule))
            _unchanged(problem, before, "'check' or 'margins'")
            expect(fingerprint(schedule) == seen, "'check' or 'margins' changes the schedule")

    expect(
        _others_say(tried) == others,
        "the built-in rules write other rows after it was asked: a plugin must not change "
        "modules or objects of legengine",
    )


def _others_say(tried: Tried) -> list[str]:
    """What the built-in rules write where everything is scarce; asked before anything else."""
    subject, name = tried.examined.subject, tried.examined.name
    others = [rule for rule in CONSTRAINTS if rule.name != name]
    options = tried.examined.settings()[0]
    return [
        build_model(trial.problem, others, (), widen=True)[0].model.digest()
        for trial in small_trials(subject.loaded.library(), name, options)
    ]


def _unchanged(problem: Problem, before: bytes, what: str) -> None:
    expect(
        fingerprint(problem) == before,
        f"{what} changes the problem that it is given; copy what you want to change",
    )


def _few(halves: Halves) -> list[Any]:
    """Some assignments, spread over all, with some that both halves refuse among them."""
    cases = halves.cases
    step = max(1, len(cases) // SAMPLE)
    refused = [case for case in cases if case.violations][: SAMPLE // 4]
    return [case.items for case in (*cases[::step], *refused)]


def returns(tried: Tried) -> None:
    """The types that the contract asks for, in an order that is fixed."""
    rule = tried.rule
    for halves in tried.all:
        problem = halves.problem
        post: Any = rule.post
        posted = post(halves.asked.builder, problem)
        expect(posted is None, f"'post' returns {posted!r}; it writes rows and returns nothing")
        for slot in problem.slots:
            for exercise in problem.exercises.values():
                label: Any = rule.admits(problem, exercise, slot)
                expect(
                    label is None or isinstance(label, Label),
                    f"'admits' must return a Label or None, not {label!r}",
                )
        for items in _few(halves):
            found: Any = rule.check(problem, Schedule(items))
            _in_order(found, "check")
            for violation in found:
                expect(
                    isinstance(violation, Violation),
                    f"'check' must return Violation objects, not {violation!r}",
                )
                expect(
                    violation.rule == rule.name,
                    f"a violation is said to be of '{violation.rule}'; write Violation(self.name, "
                    "...)",
                )
                expect(
                    all(isinstance(text, str) and text for text in _texts(violation)),
                    f"where, required and found of a violation must be texts, not {violation!r}",
                )
    halves = tried.all[0]
    halves.__dict__.pop("asked", None)  # its rows now stand there twice


def _in_order(found: Any, method: str) -> None:
    expect(
        isinstance(found, Iterable) and not isinstance(found, (set, frozenset, dict, str)),
        f"'{method}' returns {type(found).__name__}: return a list, a tuple or a generator, in an "
        "order that is fixed",
    )


def _texts(violation: Violation) -> tuple[str, str, str]:
    return violation.where, violation.required, violation.found


# --- the two halves ------------------------------------------------------------------------


def agree(tried: Tried) -> None:
    """On every schedule of every problem both halves say the same."""
    for options, several in tried.tried:
        for halves in several:
            _agree(halves, f"with {options!r}")


def _agree(halves: Halves, how: str) -> None:
    differ = [case for case in halves.cases if not case.agreed]
    if not differ:
        return
    case = smallest(differ)
    schedule = readable(halves.problem, case.items)
    about = f"of {len(halves.cases)} schedules of '{halves.trial.thought}' {how} they part on "
    about += f"{len(differ)}; the smallest is {schedule}"
    if case.allowed:
        raise CheckFailed(
            f"{about}. The rows of 'post' allow it, and 'check' finds: {case.violations[0]}. "
            "Either 'post' states too little or 'check' asks for too much"
        )
    by = [str(label) for label in halves.forbidding(case.items)]
    if case.closed:
        reason = "'admits' closes an exercise of it"
    elif by:
        reason = f"the rows of {', '.join(by)} forbid it"
    else:
        reason = "the rows of 'post' forbid it"
    raise CheckFailed(
        f"{about}. {reason[:1].upper()}{reason[1:]}, and 'check' finds nothing wrong. Either "
        "'post' states too much or 'check' overlooks something"
    )


def bites(tried: Tried) -> None:
    """With its defaults or its examples it forbids something; each example does."""
    bitten = [(options, any(_bites(each) for each in halves)) for options, halves in tried.tried]
    if not any(bit for _, bit in bitten):
        raise CheckFailed(
            "it never forbids anything, so that nothing about it is known: give 'examples' whose "
            "options name real exercises, patterns, muscles or items and limit them hard, or tiny "
            "problems of your own (problems=)"
        )
    examples = [tried.rule.options.model_validate(dict(e)) for e in tried.examined.examples]
    for options, bit in bitten:
        expect(
            bit or options not in examples,
            f"its example {options!r} never forbids anything: let it name real exercises, "
            "patterns, muscles or items, and limit them hard enough for two or three sessions",
        )
    expect(
        any(case.allowed for halves in tried.all for case in halves.cases),
        "it lets no schedule through at all, not even an empty one",
    )


def beside_the_others(tried: Tried) -> None:
    """Both halves agree when the built-in rules hold as well."""
    subject, name = tried.examined.subject, tried.examined.name
    others = [rule for rule in CONSTRAINTS if rule.name != name]
    for options in tried.examined.settings():
        for trial in small_trials(subject.loaded.library(), name, options):
            _agree(
                Halves(trial, (*others, tried.rule)), f"with {options!r} and every built-in rule"
            )


# --- labels, margins, explaining -----------------------------------------------------------


def labels(tried: Tried) -> None:
    """Every label is its own and has a sentence."""
    subject = tried.examined.subject
    mine = {name for kind, name, _ in subject.objects() if kind == "constraints"}
    for halves in tried.all:
        problem = halves.problem
        closing = (
            tried.rule.admits(problem, exercise, slot)
            for exercise in problem.exercises.values()
            for slot in problem.slots
        )
        found = dict.fromkeys(label for label in closing if label is not None)
        for label in (*halves.asked.model.labels(), *found):
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
    """Slack is below zero exactly where the check finds a violation."""
    measure = getattr(tried.rule, "margins", None)
    if measure is None:
        raise CheckSkipped("it measures nothing; a rule that counts may have a method 'margins'")
    measured = False
    wrong: CheckFailed | None = None
    for halves in tried.all:
        problem = halves.problem
        for case in halves.cases:
            found: Any = measure(problem, Schedule(case.items))
            _in_order(found, "margins")
            broken = set()
            for each in found:
                expect(
                    isinstance(each, tuple) and len(each) == len(Margin._fields),
                    f"'margins' must return Margin objects, not {each!r}",
                )
                margin = Margin(*each)
                measured = True
                if margin.slack < 0:
                    broken.add(margin.where)
            wrong = wrong or _other_places(problem, case, broken)
    if not measured:
        raise CheckSkipped("it has nothing to measure in these problems")
    if wrong is not None:
        raise wrong


def _other_places(problem: Problem, case: Case, broken: set[str]) -> CheckFailed | None:
    """What is wrong where margins and violations are not at the same places."""
    violated = {violation.where for violation in case.violations}
    if broken == violated:
        return None
    schedule = readable(problem, case.items)
    if extra := sorted(broken - violated):
        return CheckFailed(
            f"in {schedule} a margin at '{extra[0]}' has a slack below zero, and 'check' finds no "
            "violation there"
        )
    missing = sorted(violated - broken)
    return CheckFailed(
        f"in {schedule} 'check' finds a violation at '{missing[0]}', and no margin there has a "
        "slack below zero; 'where' must be the same text in both"
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


__all__ = ["constraint_checks"]
