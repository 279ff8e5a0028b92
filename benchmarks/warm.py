"""A warm engine over many generated people: one week, and programs of twelve weeks.

The baseline solves the very same rows, for wishes and volume, through the solver's public API with
default parameters: as many workers as there are cores, all of its presolve.
"""

from __future__ import annotations

import math
from collections import defaultdict

from cases import TODAY, engine_of, first_problem, people, profile
from measure import Span, Table, Watch, arguments, number, percentile, report, share

from legengine.domain.profile import Profile
from legengine.domain.schedule import Schedule
from legengine.engine import Engine, Progress
from legengine.errors import NoScheduleError
from legengine.solve.builder import Builder
from legengine.solve.climb import Climb, Limits
from legengine.solve.flat import UNBOUNDED, FlatModel, value_of
from legengine.solve.native import NativeModel, Search
from legengine.solve.solver import build_model
from legengine.solve.stages import STAGES, stage_terms
from legengine.verify.checker import check_schedule

FIRST = "one week: first checked schedule"
PROVEN = "one week: wishes and volume"
THREE = "one week: first three levels"
WEEK = "one week: program written and checked"
OURS = "  solve of wishes and volume, this engine"
BASELINE = "  solve of the same rows, baseline"
PROGRAM = "twelve weeks: program written and checked"
RATIO = "  ratio baseline / this engine, person by person"
REFUSED = "no schedule: conflict named"
ORDER = (FIRST, PROVEN, THREE, WEEK, OURS, BASELINE, PROGRAM, REFUSED)


class Figures:
    """Times and proofs of one library."""

    def __init__(self) -> None:
        self.spans: dict[str, list[Span]] = defaultdict(list)
        self.proven: dict[str, list[bool]] = defaultdict(list)
        self.as_good: list[bool] = []

    def note(self, what: str, span: Span, proven: bool | None = None) -> None:
        self.spans[what].append(span)
        if proven is not None:
            self.proven[what].append(proven)

    def table(self, size: int, refused: tuple[int, int]) -> Table:
        rows = [
            [
                what,
                str(len(self.spans[what])),
                number(percentile([span.wall for span in self.spans[what]], 50)),
                number(percentile([span.wall for span in self.spans[what]], 95)),
                number(percentile([span.cpu for span in self.spans[what]], 50)),
                number(percentile([span.cpu for span in self.spans[what]], 95)),
                share(self.proven[what]),
            ]
            for what in ORDER
        ]
        pairs = list(zip(self.spans[BASELINE], self.spans[OURS], strict=True))
        wall = [theirs.wall / ours.wall for theirs, ours in pairs]
        cpu = [theirs.cpu / ours.cpu for theirs, ours in pairs]
        summary = [number(percentile(r, p)) for r in (wall, cpu) for p in (50, 95)]
        rows.append([RATIO, str(len(pairs)), *summary, f"as good: {share(self.as_good)}"])
        title = (
            f"Library of {size}, limit {Limits().deterministic:g}; without a schedule: "
            f"{refused[0]} people for one week, {refused[1]} for twelve weeks"
        )
        head = ["what", "n", "wall p50", "p95", "CPU p50", "p95", "proven"]
        return title, head, rows


def first_schedule(engine: Engine, person: Profile) -> None:
    """Any schedule that the checker agrees with."""
    rules = tuple(engine.registry.constraints.values())
    problem = first_problem(engine, person)
    builder, _ = build_model(problem, rules, tuple(engine.registry.objectives.values()))
    search = Search(1.0, 30.0, proving=False, first_solution=True)
    values = NativeModel(builder.model).solve(search).values
    if (
        not values
        or check_schedule(problem, Schedule(items=builder.items(values)), rules).violations
    ):
        raise AssertionError("no checked schedule")


def ours(builder: Builder) -> tuple[bool, int]:
    """Lower and solve the first stage as the engine does: whether it is proven, the value."""
    limits = Limits()
    climb = Climb("", builder, Search(limits.deterministic, limits.wall_s), limits)
    climb.find_schedule()
    proven = all(level.status == "optimal" for level in climb.levels)
    return proven, value_of(stage_terms(builder.model, STAGES[0]), climb.values)


def baseline(model: FlatModel, limit_s: float) -> tuple[bool, float]:
    """Lower and solve the same as the solver's manual says: whether it is proven, the value."""
    from ortools.sat.python import cp_model

    cp = cp_model.CpModel()
    columns = [
        cp.new_int_var(low, high, name)
        for low, high, name in zip(model.lows, model.highs, model.names, strict=True)
    ]
    for row in model.rows.values():
        total = sum(f * columns[c] for c, f in zip(row.columns, row.factors, strict=True))
        if row.low > -UNBOUNDED:
            cp.add(total >= row.low)
        if row.high < UNBOUNDED:
            cp.add(total <= row.high)
    cp.minimize(sum(f * columns[c] for c, f in stage_terms(model, STAGES[0])))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit_s
    status = solver.solve(cp)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return status == cp_model.OPTIMAL, solver.objective_value if found else math.inf


def one_week(engine: Engine, person: Profile, figures: Figures) -> None:
    """Measure a week from the outside: by what the engine tells of its progress."""
    told: dict[str, Span] = {}
    watch = Watch()

    def tell(progress: Progress) -> None:
        told[progress.level] = watch.read()

    program = engine.generate(person, today=TODAY, on_progress=tell)
    figures.note(WEEK, watch.read())
    levels = {level.name: level.status == "optimal" for level in program.phases[0].solve.levels}
    volume = levels["wishes"] and levels["volume"]
    figures.note(PROVEN, told["volume"], volume)
    figures.note(THREE, told["preference"], volume and levels["preference"])


def twelve_weeks(engine: Engine, person: Profile, figures: Figures) -> None:
    watch = Watch()
    program = engine.generate(person, today=TODAY)
    volumes = [
        level.status == "optimal"
        for phase in program.phases
        for level in phase.solve.levels
        if level.name == "volume"
    ]
    figures.note(PROGRAM, watch.read(), all(volumes))


def same_rows(engine: Engine, person: Profile, figures: Figures, limit_s: float) -> None:
    rules = tuple(engine.registry.constraints.values())
    objectives = tuple(engine.registry.objectives.values())
    builder, _ = build_model(first_problem(engine, person), rules, objectives)
    watch = Watch()
    proven, value = ours(builder)
    figures.note(OURS, watch.read(), proven)
    watch = Watch()
    proven, theirs = baseline(builder.model, limit_s)
    figures.note(BASELINE, watch.read(), proven)
    figures.as_good.append(value <= theirs)


def measure(size: int, count: int, weeks: int, limit_s: float, seed: int) -> Table:
    engine = engine_of(size)
    line = people(seed)
    figures, refused = Figures(), [0, 0]
    warmed = False
    while len(figures.spans[WEEK]) < count:
        data = next(line)
        watch = Watch()
        try:
            one_week(engine, profile(data, weeks=1), figures)
        except NoScheduleError:
            figures.note(REFUSED, watch.read())
            refused[0] += 1
            continue
        if not warmed:  # the first one pays for the imports
            figures, warmed = Figures(), True
            baseline(FlatModel(["x"], [0], [1]), limit_s)
            continue
        watch = Watch()
        first_schedule(engine, profile(data, weeks=1))
        figures.note(FIRST, watch.read())
        same_rows(engine, profile(data, weeks=1), figures, limit_s)
        try:
            twelve_weeks(engine, profile(data, weeks=weeks), figures)
        except NoScheduleError:
            refused[1] += 1
    return figures.table(size, (refused[0], refused[1]))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=30, help="of each library")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for the baseline")
    options = parser.parse_args()
    if options.quick:
        tables = [measure(144, 1, 1, 0.5, seed=4)]  # two people who are soon served
    else:
        tables = [
            measure(size, options.people, 12, options.limit, options.seed) for size in (20, 144)
        ]
    report(tables, options)


if __name__ == "__main__":
    main()
