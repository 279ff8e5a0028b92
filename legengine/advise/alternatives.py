"""Programs that are really different, all within a stated distance of the best."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from legengine.domain.problem import Problem
from legengine.domain.program import Program
from legengine.domain.schedule import Schedule
from legengine.errors import LimitError
from legengine.intake.phases import PhasePlan
from legengine.pipeline import Made, Opened, Pipeline, SolveOptions
from legengine.solve.alternatives import find_alternative
from legengine.solve.climb import Limits, Step

OnPhase = Callable[[PhasePlan, Step], None]


def alternatives(
    pipeline: Pipeline,
    opened: Opened,
    first: Sequence[Made],
    number: int,
    options: SolveOptions,
    cancel: threading.Event | None,
    on_step: OnPhase | None,
) -> tuple[Program, ...]:
    """``first``, and up to ``number - 1`` more programs, each unlike all before it.

    Fewer where there are no more, or none was found within the limits.

    Raises:
        LimitError: ``cancel`` was set and ``options`` don't ask for what there is.
    """
    made = [list(first)]
    while len(made) < number:
        found = _another(pipeline, opened, made, options, cancel, on_step)
        if found is None:
            break
        made.append(found)
    return tuple(pipeline.program(opened, phases, options) for phases in made)


def _another(
    pipeline: Pipeline,
    opened: Opened,
    made: Sequence[Sequence[Made]],
    options: SolveOptions,
    cancel: threading.Event | None,
    on_step: OnPhase | None,
) -> list[Made] | None:
    """The phases of one more program."""

    def choose(plan: PhasePlan, problem: Problem) -> Schedule:
        schedule = find_alternative(
            problem,
            pipeline.constraints,
            pipeline.objectives,
            [phases[opened.case.plans.index(plan)].schedule for phases in made],
            limits=Limits(options.deterministic_limit, wall_s=options.wall_limit_s),
            widen=options.widen,
            stop=cancel,
            on_step=None if on_step is None else lambda step: on_step(plan, step),
        )
        if schedule is None:
            raise _NoneLeftError
        return schedule

    try:
        return list(pipeline.phases(opened.case, choose))
    except _NoneLeftError:
        return None
    except LimitError:
        if cancel is not None and cancel.is_set() and options.on_cancel == "raise":
            raise
        return None


class _NoneLeftError(Exception):
    """No schedule of a phase differs enough."""
