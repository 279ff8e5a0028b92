"""Requests that no week can meet: the conflict, the smallest change, the whole answer.

The people are those of the tests, each impossible for another reason. "Conflict" is the few rules
that collide, shrunk, confirmed and, where it says so, proven minimal; "smallest change" the least
amounts by which minutes, sets, sessions and rows must give way in the phase that fails; "answer" is
all of ``Engine.explain``: with every change that is offered verified in every phase.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cases import TODAY
from measure import Span, Watch, arguments, number, percentile, report, share

sys.path.insert(0, str(Path(__file__).parents[1]))

from legengine.advise.feasible import Failure, Feasible
from legengine.advise.quantities import KINDS, quantities
from legengine.domain.findings import Conflict
from legengine.engine import Engine
from legengine.intake.origins import Origins
from legengine.intake.reader import profile_from_data
from legengine.solve.conflict import find_conflict, rules_model
from legengine.solve.elastic import Amounts, least_amounts
from legengine.solve.native import Search
from tests.advise.impossible import CAUSES, IMPOSSIBLE

SEARCH = Search(0.3, 30.0)
LOCAL = 3
"""A conflict with at most so many members is local."""


def failure_of(engine: Engine, name: str) -> Failure:
    opened = engine.pipeline.open(profile_from_data(IMPOSSIBLE[name]), today=TODAY, start=None)
    failure = Feasible(engine.pipeline, SEARCH, most=1000).first_failure(opened.case)
    assert failure is not None
    return failure


def conflict(engine: Engine, failure: Failure) -> tuple[Conflict, Span]:
    watch = Watch()
    found = find_conflict(failure.problem, engine.pipeline.constraints, SEARCH)
    assert found is not None
    return found, watch.read()


def smallest_change(engine: Engine, failure: Failure) -> tuple[bool | None, Span]:
    """Whether the amounts are proven least; ``None`` where no amount helps."""
    watch = Watch()
    builder, _ = rules_model(failure.problem, engine.pipeline.constraints)
    origins = Origins(failure.case, failure.plan, failure.problem)
    slacks = [q.slack for q in quantities(origins, builder.model.labels(), KINDS)]
    found = least_amounts(builder.model, slacks, SEARCH)
    return found.least if isinstance(found, Amounts) else None, watch.read()


def answer(engine: Engine, name: str) -> Span:
    watch = Watch()
    engine.explain(profile_from_data(IMPOSSIBLE[name]), today=TODAY)
    return watch.read()


def row(what: str, spans: list[Span], proven: str) -> list[str]:
    walls, cpus = [span.wall for span in spans], [span.cpu for span in spans]
    figures = [percentile(values, p) for values in (walls, cpus) for p in (50, 95)]
    return [what, str(len(spans)), *map(number, figures), proven]


def main() -> None:
    options = arguments(__doc__).parse_args()
    names = list(IMPOSSIBLE)[:2] if options.quick else list(IMPOSSIBLE)
    engine = Engine()
    answer(engine, names[0])
    local: list[tuple[Conflict, Span]] = []
    large: list[tuple[Conflict, Span]] = []
    amounts: list[tuple[bool | None, Span]] = []
    answers: dict[str, list[Span]] = {}
    for name in names:
        failure = failure_of(engine, name)
        found = conflict(engine, failure)
        (local if len(found[0].members) <= LOCAL else large).append(found)
        amounts.append(smallest_change(engine, failure))
        answers.setdefault(CAUSES[name], []).append(answer(engine, name))
    spans = [span for several in answers.values() for span in several]
    rows = [
        row("conflict, local", [s for _, s in local], share([c.minimal for c, _ in local])),
        row(
            "conflict, of more members", [s for _, s in large], share([c.minimal for c, _ in large])
        ),
        row(
            "smallest change",
            [s for _, s in amounts],
            share([proven for proven, _ in amounts if proven is not None]),
        ),
        row("the whole answer", spans, "-"),
    ]
    rows += [row(f"  about {rule}", answers[rule], "-") for rule in sorted(answers)]
    head = ["what", "n", "wall p50", "p95", "CPU p50", "p95", "proven"]
    report([("Requests without a schedule, ms", head, rows)], options)


if __name__ == "__main__":
    main()
