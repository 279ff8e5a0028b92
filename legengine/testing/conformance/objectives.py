"""What an objective is asked: the least that its rows charge is what its score says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from legengine.domain.findings import Label
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Objective, ObjectiveLevel
from legengine.hooks.sealing import fingerprint
from legengine.solve.solver import build_model
from legengine.testing.agreement import Items
from legengine.testing.conformance.check import Check, CheckFailed, CheckWarning, expect
from legengine.testing.conformance.described import Examined
from legengine.testing.conformance.halves import (
    every_assignment,
    readable,
    score_and_least,
    smallest_items,
)
from legengine.testing.conformance.stage import Trial
from legengine.testing.conformance.trials import given_trials, small_trials

MOST: Final = 400
"""Assignments of a problem of which the least charge is looked for."""

POLISH: Final[tuple[ObjectiveLevel, ...]] = ("minutes", "canonical")
"""Levels that choose between equals: they charge for whatever there is."""


@dataclass
class Wished:
    """An objective on its problems, with each of its options."""

    examined: Examined

    @property
    def wish(self) -> Objective:
        """The objective itself."""
        wish: Objective = self.examined.value
        return wish

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """Every problem that it is tried on."""
        subject, name = self.examined.subject, self.examined.name
        library = subject.loaded.library()
        return tuple(
            trial
            for options in self.examined.settings()
            for trial in (
                *given_trials(subject.problems_of(name), name, options),
                *small_trials(library, name, options),
            )
        )

    @cached_property
    def charged(self) -> tuple[tuple[Trial, tuple[tuple[Items, int, int], ...]], ...]:
        """Problems, each with its assignments: score, and the least that the rows charge."""
        return tuple(
            (trial, tuple(score_and_least(trial, self.wish, MOST))) for trial in self.trials
        )


def objective_checks(examined: Examined) -> Iterator[Check]:
    """What an objective is asked, the plain things first."""
    wished = Wished(examined)
    questions: tuple[tuple[str, str, Callable[[Wished], None]], ...] = (
        ("pure", "it changes nothing that it is given, and says the same twice", pure),
        ("whole numbers", "penalties and scores are whole numbers, on its own level", whole),
        ("model and score agree", "the least that the rows charge is the score", agree),
        ("weighs", "it charges for some schedules and not for all", weighs),
        ("sentence", "it has a sentence for a person", sentence),
    )
    for what, about, question in questions:
        yield examined.check(what, about, _asking(question, wished))


def _asking(question: Callable[[Wished], None], wished: Wished) -> Callable[[], None]:
    return lambda: question(wished)


def pure(wished: Wished) -> None:
    """Nothing that it is given changes; asked twice, it says the same."""
    for trial in wished.trials:
        problem = trial.problem
        before = fingerprint(problem)
        models = [build_model(problem, (), (wished.wish,), widen=True)[0].model for _ in range(2)]
        expect(
            models[0].digest() == models[1].digest(),
            "'post' charges something else when it is asked a second time; it must depend on its "
            "arguments alone, and never on the order of a set",
        )
        for items in list(every_assignment(trial))[:MOST:7]:
            schedule = Schedule(items)
            scores = [wished.wish.score(problem, schedule) for _ in range(2)]
            expect(scores[0] == scores[1], "'score' says something else when it is asked again")
        expect(
            fingerprint(problem) == before,
            "'post' or 'score' changes the problem that it is given; copy what you want to change",
        )


def whole(wished: Wished) -> None:
    """Whole numbers on its own level."""
    for trial in wished.trials:
        model = build_model(trial.problem, (), (wished.wish,), widen=True)[0].model
        for level, terms in model.objective.items():
            expect(
                level == wished.wish.level or not any(terms.values()),
                f"it says that it is on the level '{wished.wish.level}', and penalises on "
                f"'{level}'",
            )
            for factor in terms.values():
                _is_whole(factor, "a factor of 'penalise'")
        score: Any = wished.wish.score(trial.problem, Schedule(()))
        _is_whole(score, "the score")


def _is_whole(number: Any, what: str) -> None:
    expect(
        isinstance(number, int) and not isinstance(number, bool),
        f"{what} must be a whole number, not {number!r}; coarse steps are proven faster too",
    )


def agree(wished: Wished) -> None:
    """The score is the least that the rows charge."""
    for trial, charged in wished.charged:
        differ = [items for items, score, least in charged if score != least]
        if not differ:
            continue
        items = smallest_items(differ)
        score, least = next((s, c) for held, s, c in charged if held == items)
        raise CheckFailed(
            f"of {len(charged)} schedules of '{trial.thought}' they part on {len(differ)}; the "
            f"smallest is {readable(trial.problem, items)}: 'score' says {score}, and the least "
            f"that the rows of 'post' charge is {least}"
        )


def weighs(wished: Wished) -> None:
    """It prefers something; zero can be reached."""
    scores = {score for _, charged in wished.charged for _, score, _ in charged}
    expect(
        len(scores) > 1,
        "it charges the same for every schedule, so that it wishes nothing: give 'examples' whose "
        "options name real exercises, patterns, muscles or items, or problems of your own "
        "(problems=)",
    )
    expect(min(scores) >= 0, f"a score is below zero: {min(scores)}")
    if min(scores) > 0 and wished.wish.level not in POLISH:
        raise CheckWarning(
            f"no schedule costs nothing, the best costs {min(scores)}: a dead band around the "
            "target, in which nothing is charged, makes a proof many times faster"
        )


def sentence(wished: Wished) -> None:
    """It has a sentence."""
    for trial in wished.trials:
        text: Any = wished.wish.describe(Label.of(wished.wish.name), trial.problem)
        expect(
            isinstance(text, str) and bool(text.strip()) and "\n" not in text,
            f"'describe' must return one line, not {text!r}",
        )


__all__ = ["objective_checks"]
