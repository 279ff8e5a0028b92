"""What the person always wants, counted in every week."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.margin import Margin
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.checks.wishes import RULE, wanted_words
from legengine.verify.facts import facts_of
from legengine.verify.margins.words import spoken


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """Every wanted word in every week that is not reduced."""
    wanted = wanted_words(problem)
    for week, sessions in facts_of(problem, schedule).weeks:
        if week.reduced:
            continue
        works = [work.exercise for session in sessions for work in session.works]
        for word in wanted:
            number = sum(word in (exercise.id, exercise.pattern) for exercise in works)
            yield Margin(
                RULE,
                "always",
                word,
                f"week {week.number}",
                week.number,
                f"{spoken(word)}, which you always want,",
                "in a week",
                number,
                "at least",
                1,
                "times",
            )
