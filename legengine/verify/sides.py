"""What a difference between the legs asks of a schedule and of a written prescription."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine.domain.asymmetry import Weakness
from legengine.domain.exercise import Exercise
from legengine.domain.problem import Problem, Week
from legengine.domain.profile import Side
from legengine.domain.program import Prescription
from legengine.domain.schedule import Schedule
from legengine.verify.facts import facts_of, trained

OTHER: Final[dict[Side, Side]] = {"left": "right", "right": "left"}


def weak_side(problem: Problem, exercise: Exercise) -> Side | None:
    """The side that comes first in a one-sided exercise, where one is weaker."""
    facts = problem.asymmetry
    if facts is None or exercise.laterality != "each":
        return None
    asked = (facts.balance, facts.strength) if exercise.block == "balance" else (facts.strength,)
    for weakness in asked:
        if weakness is None:
            continue
        if weakness.index is None or weakness.index < facts.limits.weak_first_below:
            return weakness.side
    return None


def far_behind(weakness: Weakness | None, limit: int) -> bool:
    """Whether a test shows a side below a limit; history alone is no measure."""
    return weakness is not None and weakness.index is not None and weakness.index < limit


def extra_most(problem: Problem, exercise: Exercise, week: Week) -> int:
    """How many sets more the weak side may do of an exercise in a session of a week."""
    facts = problem.asymmetry
    if facts is None or not far_behind(facts.strength, facts.limits.extra_set_below):
        return 0
    works_the_leg = exercise.block == "compound" or exercise.block == "isolation"
    return int(works_the_leg and exercise.laterality == "each" and week.kind != "deload")


def missing_extras(problem: Problem, schedule: Schedule) -> int:
    """Sets more that the sessions of build weeks could have on the weak side, and have not."""
    facts = problem.asymmetry
    if facts is None or not far_behind(facts.strength, facts.limits.extra_set_below):
        return 0
    most = facts.limits.extra_sets_session
    return sum(
        max(0, most - sum(work.extra for work in session.works))
        for week, sessions in facts_of(problem, schedule).weeks
        if week.kind == "build"
        for session in trained(sessions)
    )


def free_lift(problem: Problem, exercise: Exercise) -> bool:
    """Whether a two-legged lift is one of those, and no machine can stand in for the weights."""
    if bilateral_percent(problem, exercise) is None:
        return False
    words = {word for ways in exercise.equipment for item in ways for word in item.split("_")}
    return "machine" not in words


def bilateral_percent(problem: Problem, exercise: Exercise) -> int | None:
    """The cap on percent 1RM of a two-legged lift, where the legs differ too much for more."""
    facts = problem.asymmetry
    if facts is None or not far_behind(facts.strength, facts.limits.bilateral_limit_below):
        return None
    lifts = exercise.block in ("power", "compound", "isolation")
    if exercise.laterality == "both" and lifts and exercise.resistance in ("external", "optional"):
        return facts.limits.bilateral_percent_1rm
    return None


def wrong_sides(
    problem: Problem, exercise: Exercise, line: Prescription
) -> Iterator[tuple[str, str]]:
    """What is required of the sides as they are written, and what is found."""
    first = weak_side(problem, exercise)
    if first is None:
        if line.sides:
            yield "no sides", ", ".join(dose.side for dose in line.sides)
        return
    order = [dose.side for dose in line.sides]
    if order != [first, OTHER[first]]:
        yield f"{first}, then {OTHER[first]}", ", then ".join(order) or "no sides"
        return
    weak, strong = line.sides
    if strong.sets != line.sets:
        yield f"{line.sets} sets {strong.side}", str(strong.sets)
    if weak.sets < line.sets:
        yield f"at least {line.sets} sets {weak.side}", str(weak.sets)
    for field in ("reps", "hold_s", "load_kg"):
        asked = getattr(line, field)
        for dose in line.sides:
            there = getattr(dose, field)
            if there != asked:
                yield f"{field} {asked} {dose.side}", str(there)
