"""The builder that rules of other distributions get: it refuses what can't have been meant.

It stands between such a rule and the real builder, gives nothing but what the contract names, and
keeps the columns of a rule apart from those of every other. Rules that come with legengine don't
pay for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.domain.vocabulary import did_you_mean
from legengine.hooks.contracts import (
    OBJECTIVE_LEVELS,
    Column,
    ModelBuilder,
    ObjectiveLevel,
    Terms,
)
from legengine.hooks.inspection import Wrong
from legengine.hooks.returned import kind, label_of, whole

LARGEST: Final = 1 << 32
"""Factors and bounds stay below it: sums of them are exact everywhere."""


class GuardedBuilder:
    """Implements ``ModelBuilder`` for one rule or wish, over the real one."""

    def __init__(
        self,
        builder: ModelBuilder,
        problem: Problem,
        rule: str,
        level: ObjectiveLevel | None = None,
    ) -> None:
        """``level`` is that of a wish; a rule has none, and penalises nothing."""
        self._builder = builder
        self._rule = rule
        self._level = level
        self._exercises = problem.exercises
        self._groups = {*problem.groups, *problem.muscle_groups.values()}
        self._slots = {slot.id for slot in problem.slots}
        self._weeks = {week.number for week in problem.weeks}
        self._given: dict[Column, bool] = {}
        """The columns that the rule was given: whether each is known to be 0 or 1."""
        self._bounds: dict[str, tuple[int, int]] = {}

    # --- decisions -------------------------------------------------------------------------

    def used(self, slot: str) -> Column:
        """As ``ModelBuilder.used``."""
        return self._binary(self._builder.used(self._slot(slot)))

    def easy(self, slot: str) -> Column | None:
        """As ``ModelBuilder.easy``."""
        return self._if_there(self._builder.easy(self._slot(slot)))

    def pick(self, slot: str, exercise: str) -> Column | None:
        """As ``ModelBuilder.pick``."""
        return self._if_there(self._builder.pick(self._slot(slot), self._exercise(exercise)))

    def sets(self, slot: str, exercise: str) -> Column | None:
        """As ``ModelBuilder.sets``."""
        column = self._builder.sets(self._slot(slot), self._exercise(exercise))
        return None if column is None else self._counting(column)

    def extra_set(self, slot: str, exercise: str) -> Column | None:
        """As ``ModelBuilder.extra_set``."""
        return self._if_there(self._builder.extra_set(self._slot(slot), self._exercise(exercise)))

    def exposure(self, slot: str, group: str) -> Column | None:
        """As ``ModelBuilder.exposure``."""
        return self._if_there(self._builder.exposure(self._slot(slot), self._group(group)))

    def exercises(self, slot: str) -> Sequence[str]:
        """As ``ModelBuilder.exercises``."""
        return tuple(self._builder.exercises(self._slot(slot)))

    def slots(self, week: int | None = None) -> Sequence[Slot]:
        """As ``ModelBuilder.slots``."""
        return tuple(self._builder.slots(None if week is None else self._week(week)))

    def distinct_weeks(self) -> Sequence[tuple[int, int]]:
        """As ``ModelBuilder.distinct_weeks``."""
        return tuple(self._builder.distinct_weeks())

    def credit(self, slot: str, group: str) -> Sequence[tuple[Column, int]]:
        """As ``ModelBuilder.credit``."""
        return self._counted(self._builder.credit(self._slot(slot), self._group(group)))

    def seconds(self, slot: str, week: int) -> Sequence[tuple[Column, int]]:
        """As ``ModelBuilder.seconds``."""
        return self._counted(self._builder.seconds(self._slot(slot), self._week(week)))

    # --- columns of the rule's own -----------------------------------------------------------

    def flag(self, name: str) -> Column:
        """As ``ModelBuilder.flag``."""
        return self._binary(self.number(name, 0, 1))

    def number(self, name: str, low: int, high: int) -> Column:
        """As ``ModelBuilder.number``."""
        if not isinstance(name, str):
            raise Wrong(f"the name of a column must be text, not {kind(name)}")
        bounds = (_exact("low", low), _exact("high", high))
        if low > high:
            raise Wrong(f"column '{name}' can have no value: {low} to {high}")
        if self._bounds.setdefault(name, bounds) != bounds:
            before = "{} to {}".format(*self._bounds[name])
            raise Wrong(f"column '{name}' has the bounds {before}, and not {low} to {high}")
        # Another rule may use the same word for a column of its own.
        return self._counting(self._builder.number(f"{self._rule}: {name}", low, high))

    # --- rows --------------------------------------------------------------------------------

    def require(
        self,
        label: Label | None,
        terms: Terms,
        *,
        low: int | None = None,
        high: int | None = None,
    ) -> None:
        """As ``ModelBuilder.require``."""
        kept = self._terms(terms)
        row = self._named(label)
        if low is None and high is None:
            raise Wrong(f"a row{row} has neither 'low' nor 'high': it says nothing")
        for name, bound in (("low", low), ("high", high)):
            if bound is not None:
                _exact(name, bound)
        if low is not None and high is not None and low > high:
            raise Wrong(
                f"a row{row} asks for at least {low} and at most {high}: nothing can be both"
            )
        nothing = not any(factor for _, factor in kept)
        if label is None and nothing and not ((low or 0) <= 0 <= (high or 0)):
            raise Wrong(
                "a row without columns and without a label can't hold, and nobody could be told "
                "why: give it a label, or leave it out where no exercise is open"
            )
        self._builder.require(label, kept, low=low, high=high)

    def at_most_one(self, label: Label | None, columns: Iterable[Column]) -> None:
        """As ``ModelBuilder.at_most_one``."""
        self._named(label)
        kept = [self._column(column) for column in _ordered("the columns", columns)]
        for column in kept:
            if not self._given[column]:
                raise Wrong(
                    f"'at_most_one' is for columns that are 0 or 1, such as those of 'used' and "
                    f"'pick'; {column} counts: use 'require'"
                )
        self._builder.at_most_one(label, kept)

    def penalise(self, label: Label, terms: Terms, level: ObjectiveLevel) -> None:
        """As ``ModelBuilder.penalise``."""
        if self._level is None:
            raise Wrong("a constraint penalises nothing: hand over an objective for what is a wish")
        label_of(self._rule, label)
        if level not in OBJECTIVE_LEVELS:
            hint = did_you_mean(str(level), OBJECTIVE_LEVELS)
            raise Wrong(f"there is no level {level!r}; {hint or 'see OBJECTIVE_LEVELS'}")
        if level != self._level:
            raise Wrong(f"it is on the level '{self._level}', and penalises on '{level}'")
        self._builder.penalise(label, self._terms(terms), level)

    def _named(self, label: Label | None) -> str:
        return "" if label is None else f" of {label_of(self._rule, label)}"

    def _terms(self, terms: Terms) -> list[tuple[Column, int]]:
        kept: list[tuple[Column, int]] = []
        for term in _ordered("the terms", terms):
            if not isinstance(term, tuple) or len(term) != 2:
                raise Wrong(f"a term is a pair of a column and a factor, not {term!r:.60}")
            column, factor = term
            kept.append((self._column(column), _exact("a factor", factor)))
        return kept

    # --- what is asked about -----------------------------------------------------------------

    def _slot(self, slot: object) -> str:
        return _known("slot", slot, self._slots)

    def _exercise(self, exercise: object) -> str:
        return _known("exercise", exercise, self._exercises)

    def _group(self, group: object) -> str:
        return _known("muscle group", group, self._groups)

    def _week(self, week: int) -> int:
        if week not in self._weeks:
            first, last = min(self._weeks), max(self._weeks)
            raise Wrong(f"there is no week {week!r} in this phase, which has {first} to {last}")
        return week

    # --- what is given -----------------------------------------------------------------------

    def _binary(self, column: Column) -> Column:
        self._given[column] = True
        return column

    def _if_there(self, column: Column | None) -> Column | None:
        return None if column is None else self._binary(column)

    def _counting(self, column: Column) -> Column:
        self._given.setdefault(column, False)
        return column

    def _counted(self, terms: Iterable[tuple[Column, int]]) -> tuple[tuple[Column, int], ...]:
        return tuple((self._counting(column), factor) for column, factor in terms)

    def _column(self, column: object) -> Column:
        if column is None:
            raise Wrong(
                "a column is None: what the builder has no column for, such as an exercise that "
                "is closed, has to be left out"
            )
        if not isinstance(column, int) or isinstance(column, bool):
            raise Wrong(f"a column is a number that the builder gave, not {kind(column)}")
        if column not in self._given:
            raise Wrong(f"column {column} is none that the builder gave to this rule")
        return column


def _exact(name: str, number: object) -> int:
    if not isinstance(number, int) or not whole(number):
        raise Wrong(f"{name} must be a whole number, not {number!r}")
    if abs(number) >= LARGEST:
        raise Wrong(f"{name} is too large: {number}")
    return number


def _ordered(what: str, values: object) -> Iterator[object]:
    """The values, where they come in an order of their own and each as often as it is meant."""
    if isinstance(values, (set, frozenset, Mapping, str)) or not isinstance(values, Iterable):
        raise Wrong(f"{what} must be a list, a tuple or a generator, not {kind(values)}")
    return iter(values)


def _known(what: str, name: object, known: Collection[str]) -> str:
    if isinstance(name, str) and name in known:
        return name
    hint = did_you_mean(str(name), known)
    raise Wrong(f"there is no {what} {name!r}" + (f"; {hint}" if hint else ""))


__all__ = ["LARGEST", "GuardedBuilder"]
