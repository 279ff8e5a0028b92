"""What a constraint is asked: two halves that agree, labels with sentences, margins, explaining."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from legengine.domain.findings import Label, Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.hooks.sealing import fingerprint
from legengine.rules import CONSTRAINTS
from legengine.solve.solver import build_model
from legengine.testing.conformance.agreeing import agree, beside_the_others, bites
from legengine.testing.conformance.check import Check, expect
from legengine.testing.conformance.described import Examined
from legengine.testing.conformance.halves import Halves, readable
from legengine.testing.conformance.naming import explaining, labels, margins, milder
from legengine.testing.conformance.trials import small_trials
from legengine.testing.conformance.tried import Tried, few, in_order


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
        (
            "margins",
            "where it measures, slack is below zero exactly where the check finds a violation",
            margins,
        ),
        ("explaining", "a week that it makes impossible is told with its name", explaining),
        ("milder", "what it offers as milder is valid, has words, and forbids no more", milder),
    )
    for what, about, question in questions:
        yield examined.check(what, about, _asking(question, tried))


def _asking(question: Callable[[Tried], None], tried: Tried) -> Callable[[], None]:
    return lambda: question(tried)


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
        for items in few(halves):
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
            expect(fingerprint(schedule) == seen, "'check' or 'margins' changes the schedule")
        _unchanged(problem, before, "'check' or 'margins'")

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


def returns(tried: Tried) -> None:
    """The types that the contract asks for, in an order that is fixed."""
    rule = tried.rule
    for halves in tried.all:
        problem = halves.problem
        post: Any = rule.post
        posted = post(halves.asked.builder, problem)
        expect(posted is None, f"'post' returns {posted!r}; it writes rows and returns nothing")
        _are_whole(halves)
        for slot in problem.slots:
            for exercise in problem.exercises.values():
                label: Any = rule.admits(problem, exercise, slot)
                expect(
                    label is None or isinstance(label, Label),
                    f"'admits' must return a Label or None, not {label!r}",
                )
        for items in few(halves):
            found: Any = rule.check(problem, Schedule(items))
            in_order(found, "check")
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


def _are_whole(halves: Halves) -> None:
    for row in halves.asked.model.rows.values():
        for number in (*row.factors, row.low, row.high):
            whole: Any = number
            expect(
                isinstance(whole, int) and not isinstance(whole, bool),
                f"a factor or limit of 'require' must be a whole number, not {whole!r}",
            )


def _texts(violation: Violation) -> tuple[str, str, str]:
    return violation.where, violation.required, violation.found


__all__ = ["constraint_checks"]
