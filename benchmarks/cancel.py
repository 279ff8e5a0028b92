"""From a set cancel token to the return of the solve, on models of about 700 and 7,000 columns.

Each solve is stopped at a random moment of its search for the proof of wishes and volume. The time
counts from the call that sets the token, in another thread, to the return.
"""

from __future__ import annotations

import random
import threading
import time

from cases import engine_of, first_problem, people, profile
from measure import arguments, number, percentile, report

from legengine.domain.problem import Problem
from legengine.engine import Engine
from legengine.solve.flat import FlatModel
from legengine.solve.native import NativeModel, Search
from legengine.solve.solver import build_model
from legengine.solve.stages import STAGES, stage_terms

TARGET_MS = 10.0


def model_of(engine: Engine, problem: Problem, *, widen: bool) -> FlatModel:
    rules = tuple(engine.registry.constraints.values())
    objectives = tuple(engine.registry.objectives.values())
    return build_model(problem, rules, objectives, widen=widen)[0].model


def models(engine: Engine, low: int, high: int, count: int, *, widen: bool) -> list[FlatModel]:
    """The first models of generated people with so many columns."""
    found: list[FlatModel] = []
    for data in people(seed=2):
        model = model_of(engine, first_problem(engine, profile(data, weeks=1)), widen=widen)
        if low <= len(model.names) <= high:
            found.append(model)
        if len(found) == count:
            return found
    raise AssertionError("there are always more people")


def latency(model: FlatModel, delay_s: float) -> float | None:
    """Milliseconds from the set to the return; nothing where the solve was faster."""
    stop = threading.Event()
    lowered = NativeModel(model)
    terms = stage_terms(model, STAGES[0])
    lowered.minimise([column for column, _ in terms], [factor for _, factor in terms])
    set_at: list[float] = []

    def cancel() -> None:
        set_at.append(time.perf_counter())
        stop.set()

    timer = threading.Timer(delay_s, cancel)
    timer.start()
    lowered.solve(Search(60.0, 60.0, stop=stop))
    returned = time.perf_counter()
    timer.cancel()
    return 1e3 * (returned - set_at[0]) if set_at else None


def row(label: str, chosen: list[FlatModel], times: int, longest_s: float) -> list[str]:
    chance = random.Random(1)
    spans: list[float] = []
    tries = 0
    while len(spans) < times and tries < 5 * times:
        tries += 1
        span = latency(chance.choice(chosen), chance.uniform(0.0, longest_s))
        if span is not None:
            spans.append(span)
    columns = sorted(len(model.names) for model in chosen)
    within = sum(span <= TARGET_MS for span in spans)
    return [
        label,
        f"{columns[0]}-{columns[-1]}",
        str(len(spans)),
        number(percentile(spans, 50)),
        number(percentile(spans, 99)),
        number(max(spans, default=float("nan"))),
        f"{within}/{len(spans)}",
    ]


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--times", type=int, default=100, help="cancels of each size")
    options = parser.parse_args()
    head = ["model", "columns", "n", "ms p50", "p99", "max", f"within {TARGET_MS:.0f} ms"]
    small = engine_of(144)
    if options.quick:
        rows = [row("reduced library", models(small, 100, 900, 1, widen=False), 2, 0.01)]
    else:
        large = engine_of(873)
        rows = [
            row("reduced library", models(small, 500, 900, 5, widen=False), options.times, 0.05),
            row("873 exercises", models(large, 5000, 9000, 3, widen=True), options.times, 1.0),
        ]
    report([("From a set cancel token to the return of the solve", head, rows)], options)


if __name__ == "__main__":
    main()
