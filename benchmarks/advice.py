"""Questions about a finished program, on a warm engine: none of these answers solves anything.

``python benchmarks/advice.py``: people from a seed, a program of twelve weeks each; every figure
is taken for one exercise of one session, as a service would ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from cases import TODAY, engine_of, people, profile
from measure import Span, Table, Watch, arguments, number, percentile, report

from legengine import NoScheduleError
from legengine.advise.analysis import Change, PhaseAnalysis
from legengine.advise.why import why_item
from legengine.verify.binds import binds_of

OPEN = "program read back and checked"
MARGINS = "every rule of a phase replayed with its slack"
ITEM = "one item: its limits with and without it"
SWAP = "what if: one swap, every rule and wish"
WHY = "one item in full, with every alternative"
BINDS = "what sets the limits of a phase"
ORDER = (OPEN, MARGINS, BINDS, ITEM, SWAP, WHY)


def timed(spans: dict[str, list[Span]], what: str, work: Callable[[], object]) -> None:
    watch = Watch()
    work()
    spans[what].append(watch.read())


def ask(phase: PhaseAnalysis, spans: dict[str, list[Span]], engine_rules: tuple) -> None:
    """The questions about the first session of a phase."""
    fresh = PhaseAnalysis(phase.number, phase.problem, phase.schedule, *engine_rules)
    timed(spans, MARGINS, lambda: fresh.margins)
    timed(spans, BINDS, lambda: binds_of(phase.problem, phase.schedule, engine_rules[0]))
    _ = phase.margins, phase.scores
    slot, items = next(iter(phase.sessions.items()))
    slots = phase.repeats(slot)
    for item in items[:3]:
        gone = phase.items_at(slots, item.exercise)
        other = next(
            id
            for id, exercise in phase.problem.exercises.items()
            if id != item.exercise and phase.closed(exercise, slots) is None
        )
        change = Change(gone, phase.placed(other, slots, item.sets))
        timed(spans, ITEM, lambda gone=gone: phase.moved(phase.after(Change(gone))))
        timed(spans, SWAP, lambda change=change: phase.what_if(change, slot.start))
    timed(spans, WHY, lambda: why_item(phase, slot, items[0]))


def measure(size: int, count: int, weeks: int, seed: int) -> Table:
    engine = engine_of(size)
    rules = (engine.pipeline.constraints, engine.pipeline.objectives)
    spans: dict[str, list[Span]] = defaultdict(list)
    line, done = people(seed), 0
    while done < count:
        try:
            program = engine.generate(profile(next(line), weeks=weeks), today=TODAY)
        except NoScheduleError:
            continue
        done += 1
        engine.analyse(program)
        timed(spans, OPEN, lambda program=program: engine.analyse(program))
        for phase in engine.analyse(program):
            ask(phase, spans, rules)
    head = ["what", "n", "wall p50", "p95", "CPU p50", "p95"]
    rows = []
    for what in ORDER:
        wall, cpu = ([getattr(s, kind) for s in spans[what]] for kind in ("wall", "cpu"))
        figures = [percentile(values, p) for values in (wall, cpu) for p in (50, 95)]
        rows.append([what, str(len(wall)), *map(number, figures)])
    return f"Library of {size}, {count} programs of {weeks} weeks, milliseconds", head, rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.quick:
        tables = [measure(144, 1, 1, seed=4)]
    else:
        tables = [measure(144, options.people, 12, options.seed)]
    report(tables, options)


if __name__ == "__main__":
    main()
