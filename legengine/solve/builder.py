"""The door through which rules write into the flat model.

Weeks are decided once where they are equal: regular weeks of a phase share the choice of days and
exercises, and weeks that are equal in doses and ranges too share the sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot, Week
from legengine.domain.schedule import Item
from legengine.domain.vocabulary import EASY_BLOCKS
from legengine.hooks.contracts import Column, ObjectiveLevel, Terms
from legengine.reckoning.credit import SET, is_easy, set_credit
from legengine.reckoning.sides import may_have_extra
from legengine.reckoning.time import ItemTime, item_time
from legengine.solve.candidates import Candidates
from legengine.solve.flat import UNBOUNDED, FlatModel


class Builder:
    """Implements ``legengine.hooks.ModelBuilder`` over a problem and its candidates."""

    def __init__(self, problem: Problem, candidates: Candidates, *, merge: bool = True) -> None:
        """``merge=False`` decides the sets of every week by themselves."""
        self.problem = problem
        self.model = FlatModel()
        self.near: FlatModel | None = None
        """The rules and a distance alone, the same columns first: small enough for proofs."""
        self._open = candidates.by_slot
        self._slots = {slot.id: slot for slot in problem.slots}
        self._slots_of_week: dict[int, list[Slot]] = {week.number: [] for week in problem.weeks}
        for slot in problem.slots:
            self._slots_of_week[slot.week].append(slot)
        self._kind_of_week = self._sort_weeks(merge=merge)
        self._regular = {week.number: week.regular for week in problem.weeks}
        self._used: dict[str, Column] = {}
        self._easy: dict[str, Column | None] = {}
        self._picks: dict[str, dict[str, Column]] = {}
        self._sets: dict[str, dict[str, Column]] = {}
        self._extras: dict[str, dict[str, Column]] = {}
        self._amounts: dict[str, tuple[object, ...]] = {}
        self._times: dict[tuple[str, int], ItemTime] = {}
        self._credits: dict[tuple[object, ...], dict[str, list[tuple[Column, int]]]] = {}
        self._exposures: dict[tuple[object, ...], Column | None] = {}
        self._named: dict[str, Column] = {}
        self._link_slots()

    # --- weeks -----------------------------------------------------------------------------

    def _sort_weeks(self, *, merge: bool) -> dict[int, int]:
        """Give each week the number of the first week that is equal to it."""
        if not merge:
            return {week.number: week.number for week in self.problem.weeks}
        first: dict[tuple[object, ...], int] = {}
        kinds: dict[int, int] = {}
        for week in self.problem.weeks:
            kinds[week.number] = first.setdefault(self._signature(week), week.number)
        return kinds

    def _signature(self, week: Week) -> tuple[object, ...]:
        """What the decisions about a week depend on."""
        if not week.regular:
            return (week.number,)
        used = sorted({id for ids in self._open.values() for id in ids})
        doses = (self.problem.dose(id, week.number) for id in used)
        return (
            tuple(slot.weekly for slot in self._slots_of_week[week.number]),
            tuple((dose.sets_min, dose.sets_max, is_easy(dose)) for dose in doses),
            tuple(sorted(week.volume.items(), key=lambda pair: pair[0])),
            week.sessions,
            week.kind,
            week.reduced,
            week.easy_sessions,
            week.endurance[0],
        )

    def distinct_weeks(self) -> Sequence[tuple[int, int]]:
        """One week of each kind of equal weeks, with how many weeks it stands for."""
        counts: dict[int, int] = {}
        for number in self._kind_of_week.values():
            counts[number] = counts.get(number, 0) + 1
        return sorted(counts.items())

    def slots(self, week: int | None = None) -> Sequence[Slot]:
        """The slots of a week, or of the phase, in order of time."""
        return self.problem.slots if week is None else self._slots_of_week[week]

    # --- decisions -------------------------------------------------------------------------

    def _link_slots(self) -> None:
        """Create the decisions, and the structure that ties them together.

        Slots of regular weeks share the choice; those of equal weeks share the sets too.
        """
        choices: dict[tuple[object, ...], tuple[Column, Column | None, dict[str, Column]]] = {}
        amounts: dict[tuple[object, ...], dict[str, Column]] = {}
        extras: dict[tuple[object, ...], dict[str, Column]] = {}
        for slot in self.problem.slots:
            if self._regular[slot.week]:
                choice: tuple[object, ...] = slot.weekly
                amount: tuple[object, ...] = (self._kind_of_week[slot.week], *choice)
            else:
                choice = amount = (slot.id,)
            if choice not in choices:
                choices[choice] = self._choose(slot)
            if amount not in amounts:
                amounts[amount] = self._measure(slot, choices[choice][2])
                extras[amount] = self._add_to_weak_side(slot, choices[choice][2])
            self._used[slot.id], self._easy[slot.id], self._picks[slot.id] = choices[choice]
            self._sets[slot.id] = amounts[amount]
            self._extras[slot.id] = extras[amount]
            self._amounts[slot.id] = amount

    def _choose(self, slot: Slot) -> tuple[Column, Column | None, dict[str, Column]]:
        """Whether the slot is a session, or an easy one, and with which exercises."""
        model = self.model
        used = model.column(f"used {slot.id}", 0, 1)
        picks = {id: model.column(f"pick {slot.id} {id}", 0, 1) for id in self._open[slot.id]}
        gentle = {id for id in picks if self.problem.exercises[id].block in EASY_BLOCKS}
        easy: Column | None = None
        held = [(used, 1)]
        if self.problem.week(slot.week).easy_sessions and gentle:
            easy = model.column(f"easy {slot.id}", 0, 1)
            held.append((easy, 1))
            work = [(pick, -1) for id, pick in picks.items() if id not in gentle]
            model.add(None, [(used, 1), *work], -UNBOUNDED, 0)
            model.add(None, held, -UNBOUNDED, 1)
        for id, pick in picks.items():
            around = held if id in gentle else held[:1]
            model.add(None, [(pick, 1), *((column, -1) for column, _ in around)], -UNBOUNDED, 0)
        model.add(None, [*held, *((pick, -1) for pick in picks.values())], -UNBOUNDED, 0)
        return used, easy, picks

    def _measure(self, slot: Slot, picks: dict[str, Column]) -> dict[str, Column]:
        """The sets of each exercise: none, or within the dose of the week."""
        model = self.model
        columns: dict[str, Column] = {}
        for id, pick in picks.items():
            dose = self.problem.dose(id, slot.week)
            if dose.sets_max == 1:
                columns[id] = pick
                continue
            sets = model.column(f"sets {slot.id} {id}", 0, dose.sets_max)
            columns[id] = sets
            if dose.sets_min == dose.sets_max:
                model.add(None, [(sets, 1), (pick, -dose.sets_max)], 0, 0)
                continue
            model.add(None, [(sets, 1), (pick, -dose.sets_min)], 0, UNBOUNDED)
            model.add(None, [(sets, 1), (pick, -dose.sets_max)], -UNBOUNDED, 0)
        return columns

    def _add_to_weak_side(self, slot: Slot, picks: dict[str, Column]) -> dict[str, Column]:
        """Whether the weak side does a set more, for the exercises that may have one."""
        model, problem = self.model, self.problem
        columns: dict[str, Column] = {}
        for id, pick in picks.items():
            if may_have_extra(problem, problem.exercises[id], slot.week):
                columns[id] = model.column(f"extra {slot.id} {id}", 0, 1)
                model.add(None, [(columns[id], 1), (pick, -1)], -UNBOUNDED, 0)
        return columns

    def used(self, slot: str) -> Column:
        """The 0/1 column that says whether a slot is a training session."""
        return self._used[slot]

    def easy(self, slot: str) -> Column | None:
        """The 0/1 column that says whether a slot is an easy session; ``None``: it can't be."""
        return self._easy[slot]

    def pick(self, slot: str, exercise: str) -> Column | None:
        """The 0/1 column of an exercise in a slot; ``None`` where a filter closed it."""
        return self._picks[slot].get(exercise)

    def sets(self, slot: str, exercise: str) -> Column | None:
        """The number of sets of an exercise in a slot, 0 where it is not picked."""
        return self._sets[slot].get(exercise)

    def extra_set(self, slot: str, exercise: str) -> Column | None:
        """The 0/1 column of a set more on the weak side; ``None`` where there can't be one."""
        return self._extras[slot].get(exercise)

    def exercises(self, slot: str) -> Sequence[str]:
        """The exercises that are open in a slot, sorted."""
        return self._open[slot]

    def items(self, solution: Sequence[int]) -> tuple[Item, ...]:
        """The dated items of a solution, sorted."""
        items = []
        for slot, picks in self._picks.items():
            for id, pick in picks.items():
                if solution[pick]:
                    extra = self._extras[slot].get(id)
                    more = 0 if extra is None else solution[extra]
                    items.append(Item(slot, id, solution[self._sets[slot][id]], more))
        return tuple(sorted(items))

    def training(self, solution: Sequence[int]) -> dict[Column, int]:
        """Which sessions a solution trains in, and with which exercises, as fixed columns."""
        columns = set(self._used.values())
        for picks in self._picks.values():
            for id, pick in picks.items():
                if self.problem.exercises[id].block not in EASY_BLOCKS:
                    columns.add(pick)
        return {column: solution[column] for column in sorted(columns)}

    def picks_left_out(self, solution: Sequence[int]) -> list[Column]:
        """The picks of all exercises that a solution has nowhere."""
        chosen: set[str] = set()
        columns: dict[str, set[Column]] = {}
        for picks in self._picks.values():
            for id, pick in picks.items():
                columns.setdefault(id, set()).add(pick)
                if solution[pick]:
                    chosen.add(id)
        return sorted(pick for id in columns.keys() - chosen for pick in columns[id])

    # --- what follows ----------------------------------------------------------------------

    def _time(self, exercise: str, week: int) -> ItemTime:
        key = (exercise, week)
        if key not in self._times:
            self._times[key] = item_time(
                self.problem.exercises[exercise], self.problem.dose(exercise, week)
            )
        return self._times[key]

    def seconds(self, slot: str, week: int) -> Sequence[tuple[Column, int]]:
        """The length of a session in seconds with a week's doses, as terms."""
        frame = self.problem.structure
        around = frame.warm_up_s + frame.cool_down_s - frame.change_s
        terms = [(self._used[slot], around)]
        if (easy := self._easy[slot]) is not None:
            terms.append((easy, around))
        sets = self._sets[slot]
        for id, pick in self._picks[slot].items():
            time = self._time(id, week)
            terms.append((pick, time.fixed + frame.change_s))
            terms.append((sets[id], time.each))
            if (extra := self._extras[slot].get(id)) is not None:
                terms.append((extra, time.one_side))
        return terms

    def credit(self, slot: str, group: str) -> Sequence[tuple[Column, int]]:
        """Eighths of an effective set that a slot gives to a muscle group, as terms."""
        amount = self._amounts[slot]
        if amount not in self._credits:
            week = self._slots[slot].week
            groups: dict[str, list[tuple[Column, int]]] = {}
            for id, sets in self._sets[slot].items():
                credit = set_credit(
                    self.problem.exercises[id],
                    self.problem.dose(id, week),
                    self.problem.muscle_groups,
                )
                for name, eighths in credit.items():
                    groups.setdefault(name, []).append((sets, eighths))
            self._credits[amount] = groups
        return self._credits[amount].get(group, ())

    def exposure(self, slot: str, group: str) -> Column | None:
        """The 0/1 column that says whether a slot exposes a muscle group; ``None``: it can't."""
        key = (group, *self._amounts[slot])
        if key not in self._exposures:
            terms = self.credit(slot, group)
            most = sum(self.model.highs[column] * factor for column, factor in terms)
            if most < SET:
                self._exposures[key] = None
            else:
                exposed = self.model.column(f"exposed {slot} {group}", 0, 1)
                self._exposures[key] = exposed
                # exposed <=> credit >= one set
                self.model.add(None, [*terms, (exposed, -SET)], 0, UNBOUNDED)
                self.model.add(None, [*terms, (exposed, SET - 1 - most)], -UNBOUNDED, SET - 1)
        return self._exposures[key]

    # --- columns and rows of the rules -----------------------------------------------------

    def flag(self, name: str) -> Column:
        """A 0/1 column of the rule's own; the same name gives the same column."""
        return self.number(name, 0, 1)

    def number(self, name: str, low: int, high: int) -> Column:
        """An integer column of the rule's own; the same name gives the same column."""
        if name not in self._named:
            self._named[name] = self.model.column(name, low, high)
        return self._named[name]

    def require(
        self,
        label: Label | None,
        terms: Terms,
        *,
        low: int | None = None,
        high: int | None = None,
    ) -> None:
        """Require ``low <= terms <= high``. Without a label it is structure: never blamed."""
        self.model.add(
            label,
            terms,
            -UNBOUNDED if low is None else low,
            UNBOUNDED if high is None else high,
        )

    def at_most_one(self, label: Label | None, columns: Iterable[Column]) -> None:
        """Require that at most one of the 0/1 columns is 1."""
        distinct = sorted(set(columns))
        if len(distinct) > 1:
            self.model.add(label, [(column, 1) for column in distinct], -UNBOUNDED, 1)

    def penalise(self, label: Label, terms: Terms, level: ObjectiveLevel) -> None:
        """Add terms to a level of the objective."""
        del label  # the explanations name the terms of a level through it
        self.model.penalise(terms, level)
