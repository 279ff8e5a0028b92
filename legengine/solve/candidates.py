"""Which exercises are open in which slots, and which of them the model considers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.domain.vocabulary import STRENGTHENING_BLOCKS
from legengine.hooks.contracts import Constraint
from legengine.reckoning.time import item_time
from legengine.solve.objectives.misfit import misfit

REDUCE_ABOVE = 40
"""With more open exercises than this, the model considers the best fitting ones."""

KEEP_PER_PATTERN = 4
KEEP_PER_MUSCLE = 4
"""How many of the best fitting exercises of a pattern (in a block) and of a primary muscle stay
at every place. ``benchmarks/README.md`` tells what this costs and brings."""

SHORT_SLOT_MINUTES = 40
"""At places with slots up to this length the quickest exercises stay too, where time decides."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Open exercises by slot, and why the others are closed."""

    by_slot: dict[str, tuple[str, ...]]
    eligible: int
    """Exercises that are open in at least one slot."""
    kept: int
    excluded: dict[str, Label]
    """Exercise to the label of the rule that closed it in every slot."""

    @property
    def reduced(self) -> bool:
        """Whether open exercises were left out of the model."""
        return self.kept < self.eligible


def find_candidates(
    problem: Problem, constraints: Sequence[Constraint], *, widen: bool
) -> Candidates:
    """Ask every rule about every exercise and slot; reduce large libraries unless ``widen``."""
    kinds: dict[tuple[str, bool], list[Slot]] = {}
    filters = sorted(constraints, key=lambda rule: rule.name)
    open_at: dict[str, list[str]] = {slot.id: [] for slot in problem.slots}
    excluded: dict[str, Label] = {}
    eligible: list[str] = []
    # Built-in filters depend on a slot's place only; a plugin's may depend on the very slot.
    by_place_only = all(getattr(rule, "filters_by_place", False) for rule in filters)
    for slot in problem.slots:
        kinds.setdefault((slot.place if by_place_only else slot.id, by_place_only), []).append(slot)
    for id in problem.exercises:
        exercise = problem.exercises[id]
        closing: Label | None = None
        open_somewhere = False
        for slots in kinds.values():
            label = next(
                (
                    found
                    for rule in filters
                    if (found := rule.admits(problem, exercise, slots[0])) is not None
                ),
                None,
            )
            if label is None:
                open_somewhere = True
                for slot in slots:
                    open_at[slot.id].append(id)
            else:
                closing = closing or label
        if open_somewhere:
            eligible.append(id)
        elif closing is not None:
            excluded[id] = closing
    kept = set(eligible)
    if len(eligible) > REDUCE_ABOVE and not widen:
        kept = _best(problem, open_at, eligible)
    return Candidates(
        by_slot={slot: tuple(id for id in ids if id in kept) for slot, ids in open_at.items()},
        eligible=len(eligible),
        kept=len(kept),
        excluded=excluded,
    )


def _fit(problem: Problem, id: str) -> tuple[int, bool, bool, int]:
    """Sorts the best fitting first: misfit, liked ones, known risks, nearest to the level."""
    exercise = problem.exercises[id]
    level = problem.placement.level_of(exercise.pattern)
    return (
        misfit(problem, exercise),
        id not in problem.preferences.starters,
        not exercise.vetted,
        level - exercise.level,
    )


def _best(problem: Problem, open_at: dict[str, list[str]], eligible: list[str]) -> set[str]:
    """The best fitting exercises of each pattern, muscle and place, with all named ones."""
    ranked = sorted(eligible, key=lambda id: (*_fit(problem, id), id))
    named = {*problem.eligibility.always, *problem.preferences.prefer}
    named.update(pin.exercise for pin in problem.pins)
    for row in problem.coverage:
        named.update(row.exercises)
    kept = {id for id in eligible if id in named}
    by_place = {
        slot.place: set(open_at[slot.id]) for slot in sorted(problem.slots, key=lambda s: s.start)
    }
    for place in sorted(by_place):
        patterns: dict[str, int] = {}
        muscles: dict[str, int] = {}
        for id in ranked:
            if id not in by_place[place]:
                continue
            exercise = problem.exercises[id]
            kind = f"{exercise.pattern} {exercise.block}"
            credited = exercise.primary if exercise.block in STRENGTHENING_BLOCKS else ()
            if patterns.get(kind, 0) < KEEP_PER_PATTERN or any(
                muscles.get(muscle, 0) < KEEP_PER_MUSCLE for muscle in credited
            ):
                kept.add(id)
                patterns[kind] = patterns.get(kind, 0) + 1
                for muscle in credited:
                    muscles[muscle] = muscles.get(muscle, 0) + 1
        if any(s.place == place and s.minutes <= SHORT_SLOT_MINUTES for s in problem.slots):
            kept |= _quickest(problem, [id for id in ranked if id in by_place[place]])
    return kept


def _quickest(problem: Problem, ranked: Sequence[str]) -> set[str]:
    """The quickest exercise of each pattern in a block, on one leg and on both."""
    quickest: dict[tuple[str, str, bool], tuple[int, str]] = {}
    for id in ranked:
        exercise, dose = problem.exercises[id], problem.doses[id][0]
        kind = (exercise.pattern, exercise.block, exercise.laterality == "both")
        seconds = item_time(exercise, dose).seconds(dose.sets_min)
        if kind not in quickest or seconds < quickest[kind][0]:
            quickest[kind] = (seconds, id)
    return {id for _, id in quickest.values()}
