"""Every number of a program followed to its row and its sources. Nothing is solved for it.

The document is walked as it is written. Each part has a table of its fields; a number in a field
that no table knows is told as unknown, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from legengine.advise.analysis import refuse_broken
from legengine.advise.scenes import (
    Leaf,
    Line,
    Path,
    PhaseScene,
    Scene,
    SessionScene,
    WeekScene,
)
from legengine.advise.traced_beside import BEFORE, MISSING, OUTCOME, READING, REST_ITEM
from legengine.advise.traced_doses import PRESCRIPTION
from legengine.advise.traced_frame import (
    DOCUMENT,
    GUIDANCE,
    PHASE,
    SCREENING,
    SESSION,
    VOLUME,
    WEEK,
)
from legengine.domain.numbers import Numbers, Origin, Trace, Value
from legengine.domain.program import Program
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError
from legengine.history import Stretch, stretches
from legengine.pipeline import Pipeline
from legengine.prescribe.guidance import guidance_sources
from legengine.prescribe.provenance import citations_of

OWN_SOURCES: Final = {
    "D": "default of the design, not taken from a source",
    "K22": "load, repetitions and reserve must agree: percent within 3 points of Epley",
    "before": "the program that this one goes on from",
    "profile": "what the profile of this program says",
    "report": "what legengine tells about its own work",
}
"""Keys of sources that need no plugin; what a plugin says of the same key goes before."""


NAMES: Final = frozenset({"id", "sources", "fields"})
"""Fields whose texts are names: a digit in them is no number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document and its fields that hold numbers."""

    pattern: tuple[str, ...]
    """The keys on the way to it; ``*`` is any place in a list."""
    fields: Mapping[str, Callable[[Any, Leaf], Origin]]

    def inside(self, path: Path) -> Path | None:
        """The path from this part on, or ``None`` where it leads elsewhere."""
        size = len(self.pattern)
        if len(path) <= size:
            return None
        for key, asked in zip(path[:size], self.pattern, strict=True):
            if not (isinstance(key, int) if asked == "*" else key == asked):
                return None
        return path[size:]


_WEEK: Final = ("phases", "*", "weeks", "*")
_SESSION: Final = (*_WEEK, "sessions", "*")

PARTS: Final = (
    Part((*_SESSION, "prescriptions", "*"), PRESCRIPTION),
    Part(_SESSION, SESSION),
    Part((*_WEEK, "volume", "*"), VOLUME),
    Part((*_WEEK, "rest_days", "*", "items", "*"), REST_ITEM),
    Part(_WEEK, WEEK),
    Part(("phases", "*"), PHASE),
    Part(("guidance", "*"), GUIDANCE),
    Part(("screening", "*"), SCREENING),
    Part(("assessments", "readings", "*"), READING),
    Part(("assessments", "outcomes", "*"), OUTCOME),
    Part(("assessments", "missing", "*"), MISSING),
    Part((), {**DOCUMENT, **BEFORE}),
)
"""The innermost part that a path leads into knows about it."""


def numbers(
    pipeline: Pipeline,
    program: Program,
    *,
    session: dt.date | None = None,
    exercise: str | None = None,
) -> Numbers:
    """Where the numbers of a program come from: of all of it, a session, an exercise, or both.

    Raises:
        InputError: the program breaks rules, or what is asked about is not there.
    """
    refuse_broken(pipeline.check(program))
    cases = pipeline.cases(program)
    citations = {**OWN_SOURCES, **guidance_sources()}
    for case in cases:
        citations |= citations_of(pipeline.registry, case.library, case.protocol)
    made = [stretch for stretch, _ in stretches(program, cases)]
    found = list(_found(program, made))
    unknown = tuple(each for each in found if isinstance(each, str))
    traces = tuple(each for each in found if isinstance(each, Trace))
    if session is not None or exercise is not None:
        traces = _asked_for(traces, session, exercise)
        unknown = ()
    used = sorted({key for trace in traces for key in trace.origin.sources})
    sources = {key: citations[key] for key in used if key in citations}
    return Numbers(traces, sources, unknown)


def _found(program: Program, made: Sequence[Stretch]) -> Iterator[Trace | str]:
    """A trace of every number; only the place of one that no table knows."""
    for path, value in _leaves(program.model_dump(mode="json"), ()):
        part, inside = next(
            (part, inside) for part in PARTS if (inside := part.inside(path)) is not None
        )
        leaf = Leaf(path, inside, value)
        handler = part.fields.get(leaf.field)
        if handler is not None:
            scene = _scene(program, made, path)
            yield _trace(scene, leaf, handler(scene, leaf))
        elif not isinstance(value, str):
            yield leaf.at


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Value]]:
    """Numbers, and texts with a number in them, in the order of the document."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _leaves(each, (*path, index))
    elif isinstance(value, str):
        if re.search(r"\d", value) and NAMES.isdisjoint(path):
            yield path, value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value


def _scene(program: Program, made: Sequence[Stretch], path: Path) -> Scene:
    """The part of the program that a path leads through."""
    place = dict(zip(path[::2], path[1::2], strict=False))
    if path[0] != "phases":
        return Scene(program, made)
    order = int(place["phases"])
    if len(path) < 3 or path[2] != "weeks":
        return PhaseScene(program, made, order)
    week = program.phases[order].weeks[int(place["weeks"])]
    if path[4] != "sessions":
        return WeekScene(program, made, order, week)
    session = week.sessions[int(place["sessions"])]
    if path[6] != "prescriptions":
        return SessionScene(program, made, order, week, session)
    entry = session.prescriptions[int(place["prescriptions"])]
    return Line(program, made, order, week, session, entry)


def _trace(scene: Scene, leaf: Leaf, origin: Origin) -> Trace:
    return Trace(
        path=leaf.at,
        field=_field(scene, leaf),
        value=leaf.value,
        origin=origin,
        phase=scene.order + 1 if isinstance(scene, PhaseScene) else 0,
        week=scene.week.number if isinstance(scene, WeekScene) else 0,
        session=scene.session.start.date() if isinstance(scene, SessionScene) else None,
        exercise=scene.written.exercise if isinstance(scene, Line) else "",
        about=_about(scene, leaf),
    )


def _field(scene: Scene, leaf: Leaf) -> str:
    """The field; of a side's dose with the side: ``left sets``."""
    if isinstance(scene, Line) and leaf.field == "sides":
        return f"{scene.written.sides[int(leaf.inside[1])].side} {leaf.inside[2]}"
    return leaf.field


def _about(scene: Scene, leaf: Leaf) -> str:
    """The muscle group of a volume or of a rest interval."""
    if isinstance(scene, WeekScene) and len(leaf.path) > 5 and leaf.path[4] == "volume":
        return scene.week.volume[int(leaf.path[5])].group
    return str(leaf.inside[1]) if leaf.field == "rest_hours" else ""


def _asked_for(
    traces: Sequence[Trace], session: dt.date | None, exercise: str | None
) -> tuple[Trace, ...]:
    """The traces of a session, of an exercise where it comes first in each phase, or of both."""
    left = [trace for trace in traces if trace.session is not None]
    if session is not None:
        days = sorted({trace.session for trace in left if trace.session})
        left = [trace for trace in left if trace.session == session]
        if not left:
            near = sorted(days, key=lambda day: (abs(day - session), day))[:2]
            hint = "the nearest: " + " and ".join(map(str, sorted(near))) if near else ""
            raise InputError([Fault(f"there is no session on {session}", "session", hint=hint)])
    if exercise is not None:
        known = {trace.exercise for trace in left} - {""}
        left = [trace for trace in left if trace.exercise == exercise]
        if not left:
            where = "in the program" if session is None else f"on {session}"
            message = f"exercise '{exercise}' is not {where}"
            raise InputError([Fault(message, "exercise", hint=did_you_mean(exercise, known))])
        if session is None:
            first: dict[int, dt.date] = {}
            for trace in left:
                if trace.session is not None:
                    first.setdefault(trace.phase, trace.session)
            left = [trace for trace in left if trace.session == first[trace.phase]]
    return tuple(left)
