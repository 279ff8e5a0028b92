"""What the benchmarks measure on: people from a seed, and libraries of any size."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from legengine.domain.exercise import Condition, Exercise, LibraryData
from legengine.domain.pictures import Pictures
from legengine.domain.problem import Past, Problem
from legengine.domain.profile import Profile
from legengine.domain.protocol import Phase, Protocol
from legengine.engine import Engine
from legengine.hooks import ExerciseLibrary, ProtocolPlugin, hookimpl
from legengine.intake.compile import compile_phase
from legengine.intake.reader import profile_from_data

TODAY = dt.date(2026, 11, 23)
START = dt.date(2026, 11, 30)

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EQUIPMENT = {
    "home": ["home_dumbbells", "stairs_rail"],
    "gym": ["full_gym"],
    "small": ["home_basics"],
}
BASICS = frozenset({
    "bodyweight_squat", "calf_raise_bw", "calf_raise_single", "calf_stretch", "chair_squat",
    "dead_bug", "glute_bridge", "goblet_squat", "hip_hinge_drill", "hip_thrust_bw",
    "leg_swings", "long_lever_bridge", "plank", "rdl_db", "side_lying_abd",
    "single_leg_balance", "single_leg_bridge", "split_squat", "split_squat_supported",
    "standing_leg_curl",
})  # fmt: skip
"""The twenty exercises of the small library: enough for a person, hard for a solver."""


# --- people ------------------------------------------------------------------------------------


def people(seed: int = 1) -> Iterator[dict[str, Any]]:
    """Healthy people without end, as the data of profiles: each seed gives its own line of them."""
    chance = random.Random(seed)
    while True:
        days = chance.sample(DAYS, chance.randint(2, 5))
        trained = chance.choice((0, 0, 12, 80))
        yield {
            "person": {"age": chance.randint(20, 85), "sex": chance.choice(("female", "male"))},
            "cause": "disuse",
            "goal": chance.choice(("function", "strength", "hypertrophy", "endurance")),
            "history": {"weeks_inactive": chance.choice((4, 20, 60))},
            "screening": {"red_flags": "none", "parq_page1": "all_no"},
            "assessments": {
                "chair_stand_30s": chance.randint(10, 28),
                **({"foundation_exit": "pass"} if trained else {}),
            },
            "experience": {"trained_weeks": trained, "coached": bool(trained)},
            "places": {"there": {"equipment": EQUIPMENT[chance.choice(sorted(EQUIPMENT))]}},
            "availability": [
                {
                    "days": sorted(days, key=DAYS.index),
                    "start": "18:00",
                    "minutes": chance.randrange(20, 80, 5),
                }
            ],
            "start": START,
        }


def profile(data: dict[str, Any], *, weeks: int) -> Profile:
    return profile_from_data({**data, "weeks": weeks})


# --- libraries ---------------------------------------------------------------------------------


class Shelf:
    """A plugin with its own exercises, and a protocol that names no others."""

    def __init__(self, library: LibraryData, protocol: Protocol) -> None:
        self._library, self._protocol = library, protocol

    @hookimpl
    def legengine_exercises(self) -> Sequence[ExerciseLibrary]:
        return (ExerciseLibrary("legs", "for a benchmark", load=lambda: self._library),)

    @hookimpl
    def legengine_protocols(self) -> Sequence[ProtocolPlugin]:
        return (ProtocolPlugin(self._protocol.id, "for a benchmark", load=lambda: self._protocol),)


def engine_of(size: int) -> Engine:
    """A warm engine whose library has about so many exercises."""
    engine = Engine()
    library, protocol = engine.registry.library(), engine.registry.protocol("leg-restoration")
    bundled = len(library.exercises)
    if size < bundled:
        plugin = Shelf(_only(library, BASICS), _naming(protocol, BASICS))
        engine = Engine([("shelf", plugin)], disable=["legs", "leg-restoration"])
    elif size > bundled:
        plugin = Shelf(_cloned(library, size), protocol)
        engine = Engine([("shelf", plugin)], disable=["legs", "leg-restoration"])
    engine.registry.library()
    engine.registry.protocol("leg-restoration")
    return engine


def _among(names: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in kept)


def _pruned(part: Any, names: set[str], kept: Collection[str]) -> Any:
    """What a condition says, without the exercises that are gone and what was only about them."""
    if not isinstance(part, dict):
        return part
    found: dict[str, Any] = {}
    for field, value in part.items():
        if isinstance(value, tuple | list) and value and names.issuperset(map(str, value)):
            found[field] = _among(value, kept)
        elif isinstance(value, tuple | list) and value and isinstance(value[0], dict):
            pruned = (_pruned(item, names, kept) for item in value)
            found[field] = tuple(item for item in pruned if item is not None)
        else:
            found[field] = _pruned(value, names, kept)
    emptied = "exercises" in part and part["exercises"] and not found["exercises"]
    return None if emptied else found


def _only(library: LibraryData, kept: Collection[str]) -> LibraryData:
    """The library without all other exercises, and without what is said about them."""
    gates = [
        gate.model_copy(update={"opens": _among(gate.opens, kept)})
        for gate in library.gates
        if _among(gate.opens, kept)
    ]
    names = {exercise.id for exercise in library.exercises}
    conditions = [
        Condition.model_validate(_pruned(condition.model_dump(), names, kept))
        for condition in library.conditions
    ]
    exercises = [
        exercise.model_copy(update={"progressions": _among(exercise.progressions, kept)})
        for exercise in library.exercises
        if exercise.id in kept
    ]
    return library.model_copy(
        update={
            "exercises": tuple(exercises),
            "pictures": Pictures(),
            "gates": tuple(gates),
            "conditions": tuple(conditions),
        }
    )


def _naming(protocol: Protocol, kept: Collection[str]) -> Protocol:
    """The protocol without what it asks of other exercises."""

    def phase_of(phase: Phase) -> Phase:
        rows = [
            row.model_copy(update={"exercises": _among(row.exercises, kept)})
            for row in phase.coverage
            if row.patterns or row.blocks or _among(row.exercises, kept)
        ]
        starters = _among(phase.starters, kept)
        return phase.model_copy(update={"coverage": tuple(rows), "starters": starters})

    return protocol.model_copy(update={"phases": tuple(map(phase_of, protocol.phases))})


def _cloned(library: LibraryData, size: int) -> LibraryData:
    """The library with copies under other ids, each a little longer to set up, up to a size."""
    names = {exercise.id for exercise in library.exercises}
    exercises = list(library.exercises)
    while len(exercises) < size:
        turn, index = divmod(len(exercises), len(names))
        exercises.append(_clone(library.exercises[index], turn))
    gates = [
        gate.model_copy(
            update={"opens": tuple(e.id for e in exercises if _origin(e.id) in gate.opens)}
        )
        for gate in library.gates
    ]
    return library.model_copy(update={"exercises": tuple(exercises), "gates": tuple(gates)})


def _clone(exercise: Exercise, turn: int) -> Exercise:
    return exercise.model_copy(
        update={
            "id": f"{exercise.id}_copy{turn}",
            "name": f"{exercise.name} ({turn})",
            "progressions": (),
            "setup_seconds": exercise.setup_seconds + 5 * turn,
        }
    )


def _origin(id: str) -> str:
    return id.rpartition("_copy")[0] or id


# --- problems ----------------------------------------------------------------------------------


def first_problem(engine: Engine, person: Profile) -> Problem:
    """The first phase of a program, as the engine itself compiles it."""
    case = engine.pipeline.open(person, today=TODAY, start=START).case
    return compile_phase(case, case.plans[0], Past())
