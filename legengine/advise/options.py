"""Single changes of a profile that a person could make, each with what it costs them.

Never offered, since they protect: conditions, restrictions, clearance, pain, rest floors, the gap
between sessions, growth, caps. The costs are a ranking, not a measurement [D].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from typing import Final, get_args

from legengine.domain.change import Change
from legengine.domain.exercise import Exercise
from legengine.domain.findings import Conflict
from legengine.domain.problem import PlaceFacts, Problem
from legengine.domain.profile import Availability, Profile
from legengine.domain.vocabulary import WEEKDAYS, Goal
from legengine.hooks.registry import Registry
from legengine.intake.case import Case
from legengine.intake.phases import PhasePlan
from legengine.solve.arithmetic import sessions_missing
from legengine.solve.conflict import serves

COSTS: Final[dict[str, int]] = {
    "rest_hours": 4,
    "sessions_per_week": 4,
    "always": 6,
    "exceptions": 8,
    "pins": 8,
    "milder": 10,
    "equipment": 12,
    "days": 15,
    "never": 20,
    "rules": 25,
    "goal": 30,
    "weeks": 45,
}
"""What a change of a kind costs a person [D]: a wish less than a thing to buy, that less than an
evening, that less than what the training is for."""

HELPS: Final[dict[str, frozenset[str]]] = {
    "time": frozenset({"days", "goal", "equipment", "always", "weeks"}),
    "frequency": frozenset({"days", "rest_hours", "sessions_per_week", "goal", "weeks", "never"}),
    "rest_interval": frozenset({"rest_hours", "days", "goal", "weeks"}),
    "coverage": frozenset(
        {"equipment", "never", "days", "sessions_per_week", "goal", "weeks", "rest_hours"}
    ),
    "volume": frozenset({"equipment", "days", "goal", "weeks", "never", "rest_hours"}),
    "structure": frozenset({"equipment", "goal", "weeks"}),
    "wishes": frozenset({"always", "never", "equipment", "weeks"}),
    "pins": frozenset({"pins", "days", "exceptions"}),
}
"""Rule of a conflict to the kinds of change that can touch it."""

MOST_ITEMS: Final = 4
"""Items of equipment that are tried, those that open most first."""


MOST_STEPS: Final = 8
"""Milder settings of a plugin's rule that are tried, the nearest first."""


@dataclass(frozen=True, slots=True)
class Option:
    """One change, or several of a kind that only help together."""

    kind: str
    parts: tuple[str, ...]
    """What to change, a sentence each."""
    changes: tuple[Change, ...]
    cost: int
    ladder: str = ""
    """Options of one ladder do more and more of the same: the first that helps is the least."""

    def also(self, other: Option) -> Option:
        """Both changes, this one first."""
        kinds = [kind for kind in (self.kind, other.kind) if kind]
        return Option(
            "+".join(dict.fromkeys(kinds)),
            (*self.parts, *other.parts),
            (*self.changes, *other.changes),
            self.cost + other.cost,
        )


def options(
    case: Case, plan: PhasePlan, problem: Problem, conflict: Conflict, registry: Registry
) -> list[Option]:
    """The single changes that may help against a conflict, the cheapest first."""
    helpful = frozenset[str]().union(
        *(HELPS.get(rule, frozenset({"milder", "rules"})) for rule in conflict.families)
    )
    profile = case.profile
    found = [
        *_days(profile, max(sessions_missing(problem), 1)),
        *_wishes(profile, conflict),
        *_rest_hours(case, plan, problem),
        *_exceptions(profile),
        *_pins(profile, conflict),
        *_milder(problem, conflict, registry),
        *_rules(profile, conflict, registry),
        *_equipment(case, problem, conflict),
        *_goals(profile),
        *_weeks(plan),
    ]
    return sorted(
        (option for option in found if option.kind in helpful),
        key=lambda option: option.cost,
    )


def _days(profile: Profile, number: int) -> Iterator[Option]:
    """So many more days; those that lie furthest apart first."""
    taken = {day for entry in profile.availability for day in entry.days}
    free = [day for day in WEEKDAYS if day not in taken]
    entry = profile.availability[0]

    def nearest(days: tuple[str, ...]) -> int:
        week = sorted(WEEKDAYS.index(day) for day in (*taken, *days))
        return min(later - day for day, later in pairwise([*week, week[0] + 7]))

    for days in sorted(combinations(free, number), key=lambda days: -nearest(days)):
        names = " and ".join(day.title() for day in days)
        yield Option(
            "days",
            (f"allow {names} ({entry.start:%H:%M}, {entry.minutes} minutes{_at(profile, entry)})",),
            tuple(Change("add", ("availability", 0, "days"), day[:3]) for day in days),
            COSTS["days"] * number,
        )


def _at(profile: Profile, entry: Availability) -> str:
    return f", {profile.place_of(entry)}" if len(profile.places) > 1 else ""


def _wishes(profile: Profile, conflict: Conflict) -> Iterator[Option]:
    """Wishes that could go; of what is always wanted only what takes part, if any does."""
    wishes = profile.wishes
    taking_part = {m.label.get("word") for m in conflict.members if m.label.rule == "wishes"}
    insisted = [word for word in wishes.always if word in taking_part] or wishes.always
    for kind, saying, words in (
        ("always", "don't insist on", insisted),
        ("never", "allow", wishes.never),
    ):
        for word in words:
            change = Change("remove", ("wishes", kind), word)
            said = f"{saying} {word.replace('_', ' ')}"
            yield Option(kind, (said,), (change,), COSTS[kind])
    if wishes.sessions_per_week is not None:
        yield Option(
            "sessions_per_week",
            (f"leave the number of sessions open instead of {wishes.sessions_per_week} a week",),
            (Change("remove", ("wishes", "sessions_per_week")),),
            COSTS["sessions_per_week"],
        )


def _rest_hours(case: Case, plan: PhasePlan, problem: Problem) -> Iterator[Option]:
    """Each shorter rest at which other sessions become possible, down to the protocol's."""
    wished = case.profile.wishes.rest_hours
    if wished is None:
        return
    least = max(max(row.hours, row.floor_hours) for row in plan.phase.rest)
    starts = [slot.start for slot in problem.slots]
    gaps = {
        int((later - earlier).total_seconds() // 3600)
        for index, earlier in enumerate(starts)
        for later in starts[index + 1 : index + 8]
    }
    for hours in sorted((gap for gap in gaps if least <= gap < wished), reverse=True):
        yield Option(
            "rest_hours",
            (f"{hours} h of rest instead of {wished}",),
            (Change("set", ("wishes", "rest_hours"), hours),),
            COSTS["rest_hours"] + (wished - hours) // 24,
            ladder="rest_hours",
        )


def _exceptions(profile: Profile) -> Iterator[Option]:
    for index, change in enumerate(profile.exceptions):
        until = f" to {change.to}" if change.to else ""
        yield Option(
            "exceptions",
            (f"train as usual on {change.from_}{until}",),
            (Change("remove", ("exceptions", index)),),
            COSTS["exceptions"],
        )


def _pins(profile: Profile, conflict: Conflict) -> Iterator[Option]:
    """The pins that take part, one by one."""
    sessions = {
        member.label.get("session")[:10]
        for member in conflict.members
        if member.label.rule == "pins"
    }
    for index, pin in enumerate(profile.pins):
        if pin.date.isoformat() in sessions:
            what = (pin.exercise or "the session").replace("_", " ")
            yield Option(
                "pins",
                (f"don't pin {what} on {pin.date}",),
                (Change("remove", ("pins", index)),),
                COSTS["pins"],
            )


def _milder(problem: Problem, conflict: Conflict, registry: Registry) -> Iterator[Option]:
    """What the rules of plugins offer themselves: settings that ask for less, step by step."""
    for label in dict.fromkeys(member.label for member in conflict.members):
        rule = registry.constraints.get(label.rule)
        milder = getattr(rule, "milder", None)
        if rule is None or milder is None or getattr(rule, "protects", False):
            continue
        with registry.blame("constraints", label.rule, "milder"):
            steps = [
                (text, settings.model_dump(mode="json", by_alias=True))
                for text, settings in islice(milder(problem.options_of(rule), label), MOST_STEPS)
            ]
        for index, (text, settings) in enumerate(steps):
            yield Option(
                "milder",
                (text,),
                (Change("set", ("rules", label.rule), settings),),
                COSTS["milder"] + index,
                ladder=str(label),
            )


def _rules(profile: Profile, conflict: Conflict, registry: Registry) -> Iterator[Option]:
    """Leave the settings of a plugin's rule out, unless the rule protects."""
    for rule in sorted(set(conflict.families) & set(profile.rules)):
        if getattr(registry.constraints.get(rule), "protects", False):
            continue
        yield Option(
            "rules",
            (f"leave the settings of the rule '{rule}' out",),
            (Change("remove", ("rules", rule)),),
            COSTS["rules"],
        )


def _goals(profile: Profile) -> Iterator[Option]:
    for goal in get_args(Goal):
        if goal != profile.goal:
            yield Option(
                "goal",
                (f"train for {goal} instead of {profile.goal}",),
                (Change("set", ("goal",), goal),),
                COSTS["goal"],
            )


def _weeks(plan: PhasePlan) -> Iterator[Option]:
    before = plan.first_week - 1
    if before:
        yield Option(
            "weeks",
            (f"plan {before} weeks for now, and stop before the phase '{plan.phase.title}'",),
            (Change("set", ("weeks",), before),),
            COSTS["weeks"],
        )


def _equipment(case: Case, problem: Problem, conflict: Conflict) -> Iterator[Option]:
    """Items that a place lacks, those first that open most of what the conflict asks for."""
    labels = [member.label for member in conflict.members]
    wanted = [
        exercise
        for exercise in problem.exercises.values()
        if exercise.id in problem.doses
        and any(serves(label, exercise, problem) for label in labels)
    ]
    for place, facts in sorted(problem.places.items()):
        opened: dict[str, int] = {}
        for exercise in wanted:
            for item in _single_items(exercise, facts):
                opened[item] = opened.get(item, 0) + 1
        ranked = sorted(opened, key=lambda item: (-opened[item], item))
        where = f" at {place}" if len(problem.places) > 1 else ""
        for item in [item for item in ranked if item in case.library.equipment][:MOST_ITEMS]:
            yield Option(
                "equipment",
                (f"get this{where}: {item.replace('_', ' ')}",),
                (Change("add", ("places", place, "equipment"), item),),
                COSTS["equipment"],
            )


def _single_items(exercise: Exercise, place: PlaceFacts) -> list[str]:
    """The items of which one alone would make an exercise possible that isn't."""
    lacking = [set(alternative) - place.equipment for alternative in exercise.equipment]
    if not all(lacking):
        return []
    return sorted({next(iter(missing)) for missing in lacking if len(missing) == 1})
