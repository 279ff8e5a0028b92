"""The solver against its peers, on the same people in one run.

Contenders: this engine, with its own limits and with the time of its peers; the obvious model in
default CP-SAT; the engine's own rows in HiGHS as a mixed-integer program; a greedy planner. Each
has a process of its own and all take turns, so that a busy minute hits all of them. The watch runs
from the compiled problem: building the model is part of the time. Every schedule is judged by the
engine's checker and by its levels. CPU time counts all threads: the obvious model uses every core.
"""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from itertools import count, product

from contenders import Run
from contenders.judge import Verdict, judge
from contenders.process import Case, Worker
from measure import Span, Table, arguments, number, percentile, report, share

ENGINE = "ours"
NAMES = {
    ENGINE: "this engine",
    "patient": "this engine, patient",
    "obvious": "obvious model, default CP-SAT",
    "mip": "same rows, HiGHS",
    "greedy": "greedy planner",
}
MOMENTS_S = (0.1, 1.0, 10.0)
CLOCKS = ("wall", "cpu")

Verdicts = dict[str, list[Verdict]]


def ask(workers: list[Worker], case: Case, limit_s: float) -> dict[str, Run]:
    """Let all of them plan, each time another one first; nothing where no schedule exists."""
    runs = {}
    first = case.person % len(workers)
    for worker in workers[first:] + workers[:first]:
        run = worker.plan(case, limit_s)
        if run is None:
            return {}
        runs[worker.name] = run
    return runs


def measure(size: int, people: int, seed: int, weeks: int, limit_s: float) -> list[Table]:
    names = [name for name in NAMES if name != "mip" or find_spec("highspy")]
    workers = [Worker(name) for name in names]
    verdicts: Verdicts = {name: [] for name in names}
    for person in count():
        case = Case(size, seed, person, weeks)
        if not person:  # the first time pays for the imports
            ask(workers, case, limit_s)
        for name, run in ask(workers, case, limit_s).items():
            verdicts[name].append(judge(case, run))
        if len(verdicts[ENGINE]) == people:
            break
    peaks = {worker.name: worker.close() for worker in workers}
    where = f"library of {size}, {people} people"
    return [
        (f"Time, {where}", *times(verdicts, peaks)),
        (f"Gap, {where}", *gaps(verdicts)),
        (f"Quality, {where}", *quality(verdicts)),
        (f"Ratios to this engine, person by person, {where}", *ratios(verdicts)),
    ]


def spread(spans: list[Span]) -> list[str]:
    """Wall and CPU, each with p50 and p95."""
    return [
        number(percentile([getattr(span, clock) for span in spans], percent))
        for clock in CLOCKS
        for percent in (50, 95)
    ]


def times(verdicts: Verdicts, peaks: dict[str, float]) -> tuple[list[str], list[list[str]]]:
    clocks = ["wall ms p50", "p95", "CPU p50", "p95"]
    head = ["", "first legal", *clocks, "proven", *clocks, "peak MB"]
    rows = []
    for name, of in verdicts.items():
        firsts = [verdict.first for verdict in of if verdict.first is not None]
        legal = share([verdict.first is not None for verdict in of])
        proven = share([verdict.proof is not None for verdict in of])
        ends = [verdict.proof or verdict.end for verdict in of]
        rows.append([NAMES[name], legal, *spread(firsts), proven, *spread(ends)])
        rows[-1].append(number(peaks[name]))
    return head, rows


def known(verdicts: Verdicts) -> tuple[list[int], list[int]]:
    """For each person the best value that anyone found, and the best bound, which is no more."""
    best, bounds = [], []
    for of in zip(*verdicts.values(), strict=True):
        best.append(min(value for verdict in of if (value := verdict.best()) is not None))
        bounds.append(min(best[-1], max(verdict.bound for verdict in of)))
    return best, bounds


def gaps(verdicts: Verdicts) -> tuple[list[str], list[list[str]]]:
    head = ["", "clock"]
    for moment in MOMENTS_S:
        head += [f"{moment:g} s: p50", "p95", "at the best known"]
    best, bounds = known(verdicts)
    rows = []
    for name, clock in product(verdicts, CLOCKS):
        rows.append([NAMES[name], clock])
        for moment in MOMENTS_S:
            values = [verdict.best(1e3 * moment, clock) for verdict in verdicts[name]]
            pairs = zip(values, bounds, strict=True)
            gap = [float("inf") if value is None else value - bound for value, bound in pairs]
            rows[-1] += [number(percentile(gap, percent)) for percent in (50, 95)]
            rows[-1].append(share([v == b for v, b in zip(values, best, strict=True)]))
    return head, rows


def quality(verdicts: Verdicts) -> tuple[list[str], list[list[str]]]:
    head = ["", "plans that break rules", "violations p50", "p95", "which (plans)"]
    head += ["wishes missed, mean", "volume missed, mean sets"]
    rows = []
    for name, of in verdicts.items():
        counts = [verdict.broken.total() for verdict in of]
        which = Counter(rule for verdict in of for rule in verdict.broken)
        levels = [verdict.last for verdict in of if verdict.last is not None]
        rows.append(
            [
                *(NAMES[name], share([bool(found) for found in counts])),
                *(number(percentile(counts, percent)) for percent in (50, 95)),
                ", ".join(f"{rule} {plans}" for rule, plans in which.most_common()) or "-",
                number(sum(level.wishes for level in levels) / max(1, len(levels))),
                number(sum(level.volume for level in levels) / max(1, len(levels))),
            ]
        )
    return head, rows


def ratios(verdicts: Verdicts) -> tuple[list[str], list[list[str]]]:
    """Theirs by ours: above 1 the engine is faster."""
    parts = ["p5", "p50", "p95", "faster for"]
    head = ["", "clock"]
    head += [f"{what} {part}" for what in ("first legal", "proof or end") for part in parts]
    rows = []
    for name, clock in product(verdicts, CLOCKS):
        if name == ENGINE:
            continue
        rows.append([NAMES[name], clock])
        pairs = list(zip(verdicts[ENGINE], verdicts[name], strict=True))
        firsts = [(o.first, t.first) for o, t in pairs if o.first and t.first]
        ends = [(o.proof or o.end, t.proof or t.end) for o, t in pairs]
        for found in (firsts, ends):
            quotients = [getattr(theirs, clock) / getattr(ours, clock) for ours, theirs in found]
            rows[-1] += [number(percentile(quotients, percent)) for percent in (5, 50, 95)]
            rows[-1].append(share([quotient > 1 for quotient in quotients]))
    return head, rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--libraries", type=int, nargs="+", default=[20, 144])
    parser.add_argument("--people", type=int, default=30, help="of each library")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weeks", type=int, default=1, help="of the program; a phase is planned")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for each but the engine")
    options = parser.parse_args()
    if not find_spec("highspy"):
        print("highspy is not installed: HiGHS is left out (pip install 'legengine[bench]')")
    if options.quick:
        options.libraries, options.people, options.limit = [20], 1, 0.5
    tables = []
    for size in options.libraries:
        tables += measure(size, options.people, options.seed, options.weeks, options.limit)
    report(tables, options)


if __name__ == "__main__":
    main()
