"""The end of a phase: decide by the tests, and go on in a new document."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from legengine.advise.aftermath import answered, placed
from legengine.advise.leaving import left_by
from legengine.advise.onward import Onward
from legengine.advise.replanning import refuse_broken
from legengine.advise.whereabouts import Whereabouts, first_day_of, locate
from legengine.domain.before import Advice, Before, Decision
from legengine.domain.problem import Problem
from legengine.domain.program import Program
from legengine.domain.protocol import Moving
from legengine.domain.results import Results
from legengine.domain.schedule import Schedule
from legengine.domain.standing import Standing
from legengine.errors import Fault, InputError
from legengine.intake.judging import Judgement, judge, maintains
from legengine.intake.phases import PhasePlan, for_person
from legengine.intake.results import facts_shown
from legengine.intake.standing import load_before, sessions_before
from legengine.pipeline import Pipeline, SolveOptions
from legengine.solve.climb import Step


@dataclass(frozen=True, slots=True)
class Advance:
    """What the tests decided, and the program that follows from it."""

    decision: Decision
    program: Program

    def as_data(self) -> dict[str, Any]:
        """The decision as plain data, for JSON."""
        data: dict[str, Any] = self.decision.model_dump(mode="json")
        return data


def advance(
    pipeline: Pipeline,
    program: Program,
    results: Results,
    *,
    on: dt.date | None = None,
    today: dt.date | None = None,
    options: SolveOptions | None = None,
    cancel: threading.Event | None = None,
    on_step: Callable[[PhasePlan, Step], None] | None = None,
) -> Advance:
    """Decide by the results, screen again, and make the program that goes on.

    Raises:
        InputError: the program breaks rules, or the results don't belong to it.
        ReferralError: screening refuses to go on with the new answers.
        NoScheduleError: no schedule holds all rules.
        LimitError: a limit ran out before any schedule was found, or ``cancel`` was set.
    """
    options = options or SolveOptions()
    refuse_broken(pipeline.check(program), "the program")
    here = locate(program, pipeline.cases(program)[-1], results)
    moving = _moving(here)
    starts = first_day_of(program, results, on, moving)
    screened_on = today or results.date
    facts = facts_shown(program.profile, results, here.elapsed)
    criteria = for_person(here.plan.phase.exit, here.case.subject)
    judged = judge(program.profile, moving, criteria, results, facts)
    profile = answered(here, judged, results, starts)
    after = pipeline.open(profile, today=screened_on, start=starts).case
    onward = Onward(here, after, moving, results, starts, facts)
    judged = onward.confirmed(judged)
    standing = onward.standing(judged)
    profile = placed(profile, standing, onward.weeks(standing))
    decision = _decision(here, judged, moving, results, starts, facts)
    before = _before(pipeline, here, judged, decision, results, standing)
    opened = pipeline.open(profile, today=screened_on, start=starts, before=before)
    decision = decision.model_copy(update={"goes_on_with": opened.case.plans[0].phase.id})
    opened = replace(opened, before=before.model_copy(update={"decision": decision}))

    def choose(plan: PhasePlan, problem: Problem) -> Schedule:
        step = None if on_step is None else lambda step: on_step(plan, step)
        return pipeline.solve(problem, options, cancel, step)

    made = list(pipeline.phases(opened.case, choose))
    return Advance(decision, pipeline.program(opened, made, options))


def _moving(here: Whereabouts) -> Moving:
    moving = here.case.protocol.moving
    if moving is None:
        message = f"protocol '{here.case.protocol.id}' doesn't say when a person moves on"
        raise InputError([Fault(message, "protocol")])
    return moving


# --- the decision ------------------------------------------------------------------------------


def _decision(
    here: Whereabouts,
    judged: Judgement,
    moving: Moving,
    results: Results,
    starts: dt.date,
    facts: Mapping[str, float],
) -> Decision:
    return Decision(
        outcome=judged.outcome,
        phase=here.plan.phase.id,
        goes_on_with="",
        tested_on=results.date,
        starts_on=starts,
        weeks_in_phase=here.elapsed.phase_weeks,
        criteria=judged.criteria,
        setbacks=judged.setbacks,
        reasons=judged.reasons,
        patterns_ahead=judged.patterns,
        advice=tuple(_advice(here, judged, moving, facts)),
    )


def _advice(
    here: Whereabouts, judged: Judgement, moving: Moving, facts: Mapping[str, float]
) -> list[Advice]:
    told = []
    if judged.outcome != "pass" and here.elapsed.phase_weeks >= moving.most_weeks:
        told.append(
            Advice(
                text=f"{here.elapsed.phase_weeks} weeks in this phase: let a physiotherapist look"
                " at it before you go on for long",
                sources=moving.sources,
            )
        )
    if judged.row.retest:
        told.append(Advice(text="test again in the first week", sources=judged.row.sources))
    if judged.load_percent < 100 and judged.row.action != "placement":
        lighter = 100 - judged.load_percent
        told.append(Advice(text=f"known loads start {lighter} % lower", sources=moving.sources))
    if judged.outcome != "step_back" and maintains(moving, facts):
        text = "your tests are where they should be: a program to maintain is enough from here"
        told.append(Advice(text=text, sources=moving.sources))
    text = f"test again {moving.review_weeks} weeks from now at the latest"
    told.append(Advice(text=text, sources=moving.sources))
    return told


# --- what came before --------------------------------------------------------------------------


def _before(
    pipeline: Pipeline,
    here: Whereabouts,
    judged: Judgement,
    decision: Decision,
    results: Results,
    standing: Standing | None,
) -> Before:
    """The last sessions and the last loads; none of them where the tests place anew."""
    goes_on = standing is not None and standing.weeks_done > 0
    left = left_by(pipeline, here.program, decision.starts_on, results, goes_on=goes_on)
    past, percent = left.past, judged.load_percent
    loads = {} if standing is None else left.loads
    return Before(
        weeks=here.elapsed.program_weeks,
        decision=decision,
        sessions=sessions_before(past),
        volume={group: past.volume[group] for group in sorted(past.volume)},
        exercises=tuple(sorted(past.exercises)),
        begun=tuple(sorted(past.begun)),
        under_way=past.under_way,
        loads={exercise: load_before(plan, percent) for exercise, plan in loads.items()},
    )
