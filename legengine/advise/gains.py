"""What one more day, ten more minutes or one more item of equipment would bring, solved exactly."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from legengine.advise.telling import count, effect
from legengine.domain.change import Change
from legengine.domain.gains import Gain, Gains, Verdict
from legengine.domain.problem import PlaceFacts, Problem, Slot
from legengine.domain.profile import Profile
from legengine.domain.program import Program
from legengine.domain.schedule import Schedule
from legengine.domain.vocabulary import WEEKDAYS
from legengine.errors import LimitError, NoScheduleError
from legengine.hooks.contracts import OBJECTIVE_LEVELS
from legengine.intake.changes import changed_profile
from legengine.intake.phases import PhasePlan
from legengine.pipeline import Made, Pipeline, SolveOptions

MORE_MINUTES: Final = 10
LONGEST: Final = 240
"""Minutes that a profile may give a session."""

MOST_TRIED: Final = 12
"""Changes that are solved, each as long as a program takes."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A change that may bring something."""

    kind: Literal["day", "minutes", "item"]
    summary: str
    change: Change
    unlocks: int = 0


@dataclass(frozen=True, slots=True)
class Solved:
    """A whole program as far as it is compared."""

    scores: Mapping[str, int]
    """Wish to its penalty, over all phases."""
    proven: frozenset[str]
    """Levels that are proven best in every phase."""
    sessions: int


def gains(
    pipeline: Pipeline,
    program: Program,
    *,
    options: SolveOptions | None = None,
    cancel: threading.Event | None = None,
    most: int = MOST_TRIED,
) -> Gains:
    """Solve the program's profile as it is and once with each change, and compare.

    Raises:
        InputError: the program's profile or protocol names something unknown.
        LimitError: ``cancel`` was set.
    """
    options = options or SolveOptions()
    problems = [problem for problem, _ in pipeline.read_back(program)]
    ideas = [*_days(program.profile), *_minutes(program.profile), *_items(pipeline, problems)]
    now = _solve(pipeline, program, program.profile, options, cancel)
    tried = [_tried(pipeline, program, idea, now, options, cancel) for idea in ideas[:most]]
    return Gains(tuple(sorted(tried, key=_most_useful_first)), len(ideas) - len(tried))


# --- ideas ---------------------------------------------------------------------------------


def _days(profile: Profile) -> Iterator[Idea]:
    """Every free weekday, like the first entry of the availability."""
    taken = {day for entry in profile.availability for day in entry.days}
    entry = profile.availability[0]
    place = f" at {entry.place}" if entry.place else ""
    for day in WEEKDAYS:
        if day not in taken:
            yield Idea(
                "day",
                f"{day.title()} too, {entry.start:%H:%M}, {entry.minutes} min{place}",
                Change("add", ("availability", 0, "days"), day),
            )


def _minutes(profile: Profile) -> Iterator[Idea]:
    """Ten minutes more in every entry of the availability."""
    for index, entry in enumerate(profile.availability):
        longer = entry.minutes + MORE_MINUTES
        if longer <= LONGEST:
            days = ", ".join(day.title() for day in entry.days)
            yield Idea(
                "minutes",
                f"{longer} min in place of {entry.minutes} ({days})",
                Change("set", ("availability", index, "minutes"), longer),
            )


def _items(pipeline: Pipeline, problems: Sequence[Problem]) -> Iterator[Idea]:
    """Every item that would open an exercise at a place that is used; the most useful first."""
    opened: dict[tuple[str, str], set[str]] = {}
    for problem in problems:
        for slot in {slot.place: slot for slot in problem.slots}.values():
            for item, found in _opened_at(pipeline, problem, slot).items():
                opened.setdefault((slot.place, item), set()).update(found)
    ranked = sorted(opened.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for (place, item), exercises in ranked:
        yield Idea(
            "item",
            f"{item.replace('_', ' ')} at {place}",
            Change("add", ("places", place, "equipment"), item),
            len(exercises),
        )


def _opened_at(pipeline: Pipeline, problem: Problem, slot: Slot) -> dict[str, list[str]]:
    """Item to the exercises that would be open in a slot if its place had that item too."""
    there = problem.places[slot.place].equipment
    asked = [
        (next(iter(missing)), id)
        for id, exercise in problem.exercises.items()
        for missing in {frozenset(way) - there for way in exercise.equipment}
        if len(missing) == 1
    ]
    opened: dict[str, list[str]] = {}
    for item, id in sorted(asked):
        if _admitted(pipeline, problem, id, slot):
            continue
        facts = PlaceFacts(there | {item}, problem.places[slot.place].loads)
        richer = replace(problem, places={**problem.places, slot.place: facts})
        if _admitted(pipeline, richer, id, slot):
            opened.setdefault(item, []).append(id)
    return opened


def _admitted(pipeline: Pipeline, problem: Problem, id: str, slot: Slot) -> bool:
    exercise = problem.exercises[id]
    return all(rule.admits(problem, exercise, slot) is None for rule in pipeline.constraints)


# --- solving and comparing -----------------------------------------------------------------


def _solve(
    pipeline: Pipeline,
    program: Program,
    profile: Profile,
    options: SolveOptions,
    cancel: threading.Event | None,
) -> Solved:
    today = program.provenance.screened_on
    before = program.before
    case = pipeline.open(profile, today=today, start=program.start, before=before).case

    def choose(plan: PhasePlan, problem: Problem) -> Schedule:  # noqa: ARG001
        return pipeline.solve(problem, options, cancel)

    made = list(pipeline.phases(case, choose))
    return Solved(
        {
            wish.name: sum(wish.score(each.problem, each.schedule) for each in made)
            for wish in pipeline.objectives
        },
        frozenset(name for name in OBJECTIVE_LEVELS if all(_proves(each, name) for each in made)),
        sum(len(each.schedule.by_slot()) for each in made),
    )


def _proves(made: Made, level: str) -> bool:
    return all(each.status == "optimal" for each in made.schedule.levels if each.name == level)


def _tried(
    pipeline: Pipeline,
    program: Program,
    idea: Idea,
    now: Solved,
    options: SolveOptions,
    cancel: threading.Event | None,
) -> Gain:
    verdict: Verdict
    profile = changed_profile(program.profile, [idea.change])
    try:
        then = _solve(pipeline, program, profile, options, cancel)
    except NoScheduleError:
        return _nothing(idea, "no schedule")
    except LimitError:
        if cancel is not None and cancel.is_set():
            raise
        return _nothing(idea, "not found in time")
    level = OBJECTIVE_LEVELS.index
    effects = tuple(
        effect(wish, then.scores[wish.name] - now.scores[wish.name])
        for wish in sorted(pipeline.objectives, key=lambda wish: (level(wish.level), wish.name))
        if then.scores[wish.name] != now.scores[wish.name]
    )
    levels: dict[str, int] = dict.fromkeys(OBJECTIVE_LEVELS, 0)
    for each in effects:
        levels[each.level] += each.change
    verdict, decided = _verdict(levels)
    upper = OBJECTIVE_LEVELS[: decided + 1]
    proven = {*upper} <= now.proven & then.proven
    more = then.sessions - now.sessions
    return Gain(
        idea.kind, idea.summary, idea.change, idea.unlocks, verdict, proven, more, effects, levels
    )


def _verdict(levels: Mapping[str, int]) -> tuple[Verdict, int]:
    """Whether it is better, and the index of the level that says so."""
    told = OBJECTIVE_LEVELS[:-1]
    for index, name in enumerate(told):
        if levels[name]:
            return ("better" if levels[name] < 0 else "worse"), index
    return "the same", len(told) - 1


def _nothing(idea: Idea, verdict: Verdict) -> Gain:
    return Gain(idea.kind, idea.summary, idea.change, idea.unlocks, verdict, False, 0, (), {})


def _most_useful_first(gain: Gain) -> tuple[object, ...]:
    cost = tuple(gain.levels.values())[:-1]
    return (gain.verdict != "better", not gain.levels, cost, gain.kind, gain.summary)


TOLD_LEVELS: Final = ("wishes", "volume", "preference")
"""Levels that are told; what lies below only where nothing above differs."""


def told(gain: Gain) -> str:
    """What a change brings, in one line."""
    doubt = "" if gain.proven else " (not proven)"
    if gain.verdict != "better":
        return _NOTHING[gain.verdict] + (doubt if gain.verdict == "the same" else "")
    upper = [each for each in gain.effects if each.level in TOLD_LEVELS]
    said = [each.sentence for each in upper or gain.effects if each.sentence]
    if gain.sessions:
        said = [text for text in said if not text.endswith(("session more", "sessions more"))]
        way = "more" if gain.sessions > 0 else "fewer"
        said.insert(0, f"{count(abs(gain.sessions), 'session')} {way}")
    return "; ".join(said) + doubt


_NOTHING: Final[dict[Verdict, str]] = {
    "the same": "nothing",
    "worse": "nothing: the program that was found with it is no better",
    "no schedule": "nothing: no schedule would hold all rules",
    "not found in time": "no answer within the limit",
}
