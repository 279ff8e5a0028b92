"""What 873 more exercises cost: the bundled library alone, and a public set beside it.

The set is read by the reader ``free-exercise-db`` from ``--data FILE``, or from where the tests
look for it; where it is not there, a stand-in of its size and shape is written. "Proven" counts the
phases of a program of twelve weeks in which a level has a proof. Medians of all rounds; the
libraries take turns.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from cases import START, TODAY, first_problem
from measure import Span, Table, Watch, arguments, number, report
from warm import first_schedule

from legengine import Engine, read_profile
from legengine.domain.exercise import LibraryData
from legengine.domain.profile import Profile
from legengine.domain.program import Program
from legengine.engine import SolveOptions
from legengine.hooks import ExerciseLibrary, hookimpl
from legengine.hooks.registry import Registry

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("LEGENGINE_SHARED", ROOT.parent / "shared"))
REAL = SHARED / "data" / "free-exercise-db.json"
SIZE = 873

PEOPLE = {"in a gym": "gym-strength-block.yaml", "at home": "muscle-at-home.json"}
BUNDLED, IMPORTED, WIDE = "bundled", "and imported", "and imported, all considered"
LEVELS = ("wishes", "volume", "endurance", "preference")

Read = Callable[[], LibraryData]


class Imported:
    """A plugin object with one library, as ``--library FILE`` would make it."""

    def __init__(self, read: Read) -> None:
        self._read = read

    @hookimpl
    def legengine_exercises(self) -> Sequence[ExerciseLibrary]:
        return (ExerciseLibrary("imported", "for a benchmark", load=self._read),)


def reading(path: Path) -> Read:
    """The whole way from the file to a library, each time that it is asked for."""
    reader = Registry.create().readers["free-exercise-db"]
    if not reader.recognises(path):
        raise SystemExit(f"{path} does not look like free-exercise-db")

    def read() -> LibraryData:
        library = reader.read(path, reader.options()).library
        assert library is not None
        return library

    return read


def engine_with(read: Read | None) -> Engine:
    """A fresh engine, with the imported library beside the bundled one where there is one."""
    return Engine([] if read is None else [("imported", Imported(read))])


def stand_in(path: Path) -> Path:
    """A file of the size and shape of the set, in our own words."""
    names = ("Squat", "Lunge", "Deadlift", "Glute Bridge", "Calf Raise", "Crunch", "Arm Curl")
    muscles = ("quadriceps", "quadriceps", "hamstrings", "glutes", "calves", "abdominals", "biceps")
    kinds = ("dumbbell", "kettlebells", "body only", "barbell", None)
    levels = ("beginner", "intermediate", "expert")
    records = [
        {
            "id": f"{names[index % len(names)]} {index}",
            "name": f"{names[index % len(names)]} {index}",
            "level": levels[index % len(levels)],
            "equipment": kinds[index % len(kinds)],
            "primaryMuscles": [muscles[index % len(names)]],
            "secondaryMuscles": [],
            "instructions": ["Do it slowly and with care. "] * 4,
            "category": "strength",
        }
        for index in range(SIZE)
    ]
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


def timed(work: Callable[[], object]) -> Span:
    watch = Watch()
    work()
    return watch.read()


def libraries(read: Read, rounds: int) -> Table:
    """From files to one library that hangs together."""
    spans: dict[str, list[Span]] = {BUNDLED: [], IMPORTED: []}
    for _ in range(rounds):
        for name in spans:
            engine = engine_with(read if name == IMPORTED else None)
            spans[name].append(timed(engine.registry.library))
    first = statistics.median(span.cpu for span in spans[BUNDLED])
    rows = []
    for name, found in spans.items():
        engine = engine_with(read if name == IMPORTED else None)
        cpu = statistics.median(span.cpu for span in found)
        wall = statistics.median(span.wall for span in found)
        exercises = str(len(engine.registry.library().exercises))
        rows.append([name, exercises, number(wall), number(cpu), f"{cpu / first:.2f}"])
    return "Read", ["library", "exercises", "wall ms", "CPU ms", "ratio"], rows


def proven(program: Program) -> list[str]:
    """In how many phases each level has a proof."""
    solves = [{each.name: each for each in phase.solve.levels} for phase in program.phases]
    return [
        f"{sum(solve[level].status == 'optimal' for solve in solves)}/{len(solves)}"
        for level in LEVELS
    ]


def programs(engines: dict[str, Engine], person: Profile, who: str, rounds: int) -> Table:
    """Compile a phase, a first checked schedule of it, the whole program."""
    kinds = {BUNDLED: (BUNDLED, False), IMPORTED: (IMPORTED, False), WIDE: (IMPORTED, True)}
    spans: dict[tuple[str, str], list[Span]] = {}
    made: dict[str, Program] = {}

    for _ in range(rounds):
        for name, (library, widen) in kinds.items():
            engine = engines[library]

            def whole(engine: Engine = engine, widen: bool = widen, name: str = name) -> None:
                options = SolveOptions(widen=widen)
                made[name] = engine.generate(person, today=TODAY, start=START, options=options)

            steps: dict[str, Callable[[], object]] = {
                "compile": lambda engine=engine: first_problem(engine, person),
                "first": lambda engine=engine: first_schedule(engine, person),
                "whole": whole,
            }
            for step, work in steps.items():
                spans.setdefault((name, step), []).append(timed(work))

    def median(name: str, step: str) -> float:
        return statistics.median(span.cpu for span in spans[name, step])

    rows = []
    for name in kinds:
        solves = [phase.solve for phase in made[name].phases]
        unknown = {
            item.exercise
            for phase in made[name].phases
            for week in phase.weeks
            for session in week.sessions
            for item in session.prescriptions
            if item.exercise.startswith("fed_")
        }
        rows.append(
            [
                name,
                str(max(solve.eligible for solve in solves)),
                str(max(solve.candidates for solve in solves)),
                *(number(median(name, step)) for step in ("compile", "first", "whole")),
                f"{median(name, 'whole') / median(BUNDLED, 'whole'):.2f}",
                *proven(made[name]),
                str(len(unknown)),
            ]
        )
    head = [
        *("library", "open", "considered", "compile ms", "first checked ms", "program ms"),
        *("ratio", *(f"{level} proven" for level in LEVELS), "imported, chosen"),
    ]
    return f"Twelve weeks {who}, CPU time", head, rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, default=REAL, metavar="FILE", help="the public set")
    parser.add_argument("--rounds", type=int, default=7, help="times that each is done")
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds
    with tempfile.TemporaryDirectory() as folder:
        given = options.data.exists()
        read = reading(options.data if given else stand_in(Path(folder) / "set.json"))
        kind = "the public set" if given else "a stand-in, the public set is not here"
        title, head, rows = libraries(read, rounds)
        tables = [(f"{title} ({kind})", head, rows)]
        engines = {BUNDLED: engine_with(None), IMPORTED: engine_with(read)}
        people = dict([*PEOPLE.items()][:1]) if options.quick else PEOPLE
        for who, file in people.items():
            person = read_profile(ROOT / "examples" / file).profile
            for engine in engines.values():
                engine.generate(person, today=TODAY, start=START)  # pays for imports and files
            tables.append(programs(engines, person, who, rounds))
        report(tables, options)


if __name__ == "__main__":
    main()
