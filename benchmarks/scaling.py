"""How model and time grow with the weeks, the library and the slots of a week.

One person, warm; one thing grows, the others stay at 4 weeks, 144 exercises, 3 slots a week. Equal
runs do equal work: the calmest of three is told.
"""

from __future__ import annotations

from typing import Any

from cases import DAYS, EQUIPMENT, START, TODAY, engine_of, profile
from measure import Table, Watch, arguments, number, report

from legengine.engine import Engine, SolveOptions

HEAD = ["", "phases", "columns", "rows", "growth", "wall ms", "CPU ms", "growth", "volume"]


def person(slots: int) -> dict[str, Any]:
    """Trained and passed on from the first phase, in a gym: two slots are enough for a week."""
    return {
        "person": {"age": 40, "sex": "female"},
        "cause": "disuse",
        "goal": "hypertrophy",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "assessments": {"chair_stand_30s": 25, "foundation_exit": "pass"},
        "experience": {"trained_weeks": 80, "coached": True},
        "places": {"gym": {"equipment": EQUIPMENT["gym"]}},
        "availability": [
            {"days": sorted(DAYS, key="mon thu sat tue sun fri wed".index)[:slots]}
            | {"start": "18:00", "minutes": 60}
        ],
        "start": START,
    }


def row(engine: Engine, weeks: int, slots: int, *, widen: bool = False) -> list[float | str]:
    """Phases, columns and rows of all of them, two times, proofs."""
    someone = profile(person(slots), weeks=weeks)
    spans = []
    for _ in range(3):
        watch = Watch()
        program = engine.generate(someone, today=TODAY, options=SolveOptions(widen=widen))
        spans.append(watch.read())
    span = min(spans, key=lambda span: span.cpu)
    solves = [phase.solve for phase in program.phases]
    proven = [
        level.status == "optimal"
        for solve in solves
        for level in solve.levels
        if level.name == "volume"
    ]
    columns, rows = (sum(getattr(solve, name) for solve in solves) for name in ("columns", "rows"))
    return [len(solves), columns, rows, span.wall, span.cpu, f"{sum(proven)}/{len(proven)}"]


def table(title: str, found: dict[str, list[Any]]) -> Table:
    """Growth is told against the first line: of the rows, and of the CPU time."""
    first = next(iter(found.values()))
    rows = [
        [
            *(name, str(phases), str(columns), str(count), f"{count / first[2]:.1f}"),
            *(number(wall), number(cpu), f"{cpu / first[4]:.1f}", volume),
        ]
        for name, (phases, columns, count, wall, cpu, volume) in found.items()
    ]
    return title, HEAD, rows


def main() -> None:
    options = arguments(__doc__).parse_args()
    quick = options.quick
    bundled = engine_of(20 if quick else 144)
    row(bundled, 1, 3)  # pays for the imports
    tables = [
        table(
            "Weeks of the program",
            {
                f"{weeks}": row(bundled, weeks, 3)
                for weeks in ((1,) if quick else (1, 4, 12, 26, 52))
            },
        ),
    ]
    sizes = (20,) if quick else (20, 144, 873)
    libraries = {f"{size}": row(engine_of(size), 1 if quick else 4, 3) for size in sizes}
    if not quick:
        libraries["873, all considered"] = row(engine_of(873), 4, 3, widen=True)
    tables.append(table("Exercises of the library", libraries))
    slots = {
        f"{count}": row(bundled, 1 if quick else 4, count)
        for count in ((2,) if quick else range(2, 8))
    }
    tables.append(table("Slots a week", slots))
    report(tables, options)


if __name__ == "__main__":
    main()
