"""Whether any schedule of a phase exists, without looking for a good one."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.errors import LimitError
from legengine.hooks.contracts import Constraint
from legengine.solve.conflict import rules_model
from legengine.solve.flat import FlatModel
from legengine.solve.inquiry import PATIENT, QUICK, asking
from legengine.solve.native import Outcome, Search, lower


def any_schedule(
    problem: Problem,
    constraints: Sequence[Constraint],
    search: Search,
    *,
    widen: bool = False,
    patient: bool = True,
) -> Schedule | None:
    """Some schedule that holds all rules; ``None`` where none exists.

    A reduced candidate list is asked first unless ``widen``: quicker where there is a schedule.

    Raises:
        LimitError: a limit ran out before it was known, or the search was stopped.
    """
    outcome: Outcome = "unknown"
    for wide in (True,) if widen else (False, True):
        builder, candidates = rules_model(problem, constraints, widen=wide)
        outcome, values = _solution(builder.model, asking(search, PATIENT if patient else QUICK))
        if values:
            return Schedule(items=builder.items(values))
        if not candidates.reduced:
            break
    if outcome == "unknown":
        raise LimitError("the limit ran out before it was known whether a schedule exists")
    return None


def _solution(model: FlatModel, search: Search) -> tuple[Outcome, tuple[int, ...]]:
    if model.empty_rows:
        return "infeasible", ()
    answer = lower(model).solve(search)
    if search.stopped:
        raise LimitError("cancelled while a schedule was being looked for")
    return answer.outcome, answer.values
