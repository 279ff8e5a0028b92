"""How badly an exercise fits the person: its level, the goal, likes and dislikes."""

from __future__ import annotations

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Problem
from legengine.domain.vocabulary import STRENGTHENING_BLOCKS
from legengine.reckoning.sides import gives_way


def misfit(problem: Problem, exercise: Exercise) -> int:
    """Zero for a good fit; the penalty of every item with this exercise."""
    wishes = problem.preferences
    names = {exercise.id, exercise.pattern}
    below = problem.placement.level_of(exercise.pattern) - exercise.level
    cost = 2 if below >= 3 else 1 if below == 2 else 0
    if exercise.block == "endurance":
        cost = 0  # an easy pace is no easier exercise
    if (
        exercise.block in STRENGTHENING_BLOCKS
        and wishes.goal_patterns
        and exercise.pattern not in wishes.goal_patterns
    ):
        cost += 1
    if gives_way(problem, exercise):
        cost += 1
    if names & wishes.avoid:
        cost += 3
    if names & wishes.prefer or exercise.id in wishes.starters:
        cost -= 1
    return max(cost, 0)
