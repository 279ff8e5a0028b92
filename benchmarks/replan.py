"""Re-planning on a warm engine: the distance of one phase, proven least, and the whole command.

``python benchmarks/replan.py``: people from a seed, a program of twelve weeks each, and for each
the kinds of change that leave something to solve, from the second week on.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from cases import START, TODAY, engine_of, people, profile
from measure import Span, Table, Watch, arguments, number, percentile, report, share

import legengine.pipeline
from legengine import Engine, LegengineError, NoScheduleError, Program
from legengine.domain.change import Change
from legengine.solve.climb import Climb
from legengine.solve.least_change import DISTANCE

SINCE = START + dt.timedelta(days=9)
PHASE = "one phase: solved, levels below included"
LEAST = "  of it, the distance (proven least)"
WHOLE = "the program: checked, re-planned, checked again, diff"
ORDER = (LEAST, PHASE, WHOLE)


class Figures:
    """Times and proofs of the changes of one library."""

    def __init__(self) -> None:
        self.spans: dict[str, list[Span]] = defaultdict(list)
        self.proven: list[bool] = []
        self.refused = 0

    def watching(self) -> Callable[[], None]:
        """Measure every solve of a phase, and its first stage, until the answer is called."""
        solve, stage = legengine.pipeline.solve, Climb.find_schedule
        least: list[Span] = []

        def watched_solve(*args: Any, **options: Any) -> Any:
            least.clear()
            watch = Watch()
            schedule = solve(*args, **options)
            self.spans[PHASE].append(watch.read())
            # a narrow search that fails and the wide one after it are one answer
            walls, cpus = sum(span.wall for span in least), sum(span.cpu for span in least)
            self.spans[LEAST].append(Span(walls, cpus))
            told = [level for level in schedule.levels if level.name in DISTANCE]
            self.proven.append(all(level.status == "optimal" for level in told))
            return schedule

        def watched_stage(climb: Climb) -> bool:
            watch = Watch()
            found = stage(climb)
            least.append(watch.read())
            return found

        legengine.pipeline.solve, Climb.find_schedule = watched_solve, watched_stage

        def stop() -> None:
            legengine.pipeline.solve, Climb.find_schedule = solve, stage

        return stop

    def table(self, size: int, programs: int) -> Table:
        rows = []
        for what in ORDER:
            wall, cpu = ([getattr(s, kind) for s in self.spans[what]] for kind in ("wall", "cpu"))
            figures = [percentile(values, p) for values in (wall, cpu) for p in (50, 95)]
            proven = share(self.proven) if what == LEAST else "-"
            rows.append([what, str(len(wall)), *map(number, figures), proven])
        head = ["what", "n", "wall p50", "p95", "CPU p50", "p95", "proven"]
        title = f"Library of {size}, {programs} programs; {self.refused} changes leave no schedule"
        return f"{title}, milliseconds", head, rows


def changes_of(program: Program) -> Iterator[Change]:
    """What happens to a program: an exercise refused, an item gone, a day off, less time."""
    sessions = [
        session
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        if session.start.date() >= SINCE
    ]
    entries = [entry for session in sessions for entry in session.prescriptions]
    compound = next((e for e in entries if e.block == "compound"), entries[0])
    yield Change("add", ("wishes", "never"), compound.exercise)
    day = sessions[1].start.date().isoformat()
    yield Change("add", ("exceptions",), {"from": day, "minutes": sessions[1].minutes - 5})
    yield Change("add", ("exceptions",), {"from": day, "off": True})
    yield Change("set", ("wishes", "rest_hours"), 72)


def measure(size: int, count: int, weeks: int, seed: int) -> Table:
    engine = engine_of(size)
    figures = Figures()
    line, done = people(seed), 0
    while done < count:
        try:
            program = engine.generate(profile(next(line), weeks=weeks), today=TODAY, start=START)
        except NoScheduleError:
            continue
        done += 1
        stop = figures.watching()
        for change in changes_of(program):
            replan(engine, program, change, figures)
        stop()
    return figures.table(size, done)


def replan(engine: Engine, program: Program, change: Change, figures: Figures) -> None:
    watch = Watch()
    try:
        engine.replan(program, [change], since=SINCE, today=TODAY)
    except LegengineError:
        figures.refused += 1
        return
    figures.spans[WHOLE].append(watch.read())


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.quick:
        tables = [measure(144, 1, 4, seed=4)]
    else:
        tables = [measure(144, options.people, 12, options.seed)]
    report(tables, options)


if __name__ == "__main__":
    main()
