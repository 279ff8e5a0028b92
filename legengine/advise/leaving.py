"""What a program leaves behind on the day from which another document goes on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from legengine.domain.problem import Past
from legengine.domain.program import Program, Revision
from legengine.domain.results import Results
from legengine.history import stretches
from legengine.hooks.contracts import LoadPlan
from legengine.intake.standing import loads_from
from legengine.pipeline import Pipeline
from legengine.prescribe.rewriting import follow
from legengine.reckoning.past import past_of


@dataclass(frozen=True, slots=True)
class Left:
    """The last sessions and the last loads."""

    past: Past
    loads: dict[str, LoadPlan]


def left_by(
    pipeline: Pipeline, program: Program, on: dt.date, results: Results, *, goes_on: bool
) -> Left:
    """What the sessions before a day leave; ``goes_on`` where the same phase follows."""
    cut = _until(program, on)
    past, loads = Past(), loads_from(program.before)
    for stretch, schedule in stretches(cut, pipeline.cases(cut)):
        if stretch.problem.since is not None and stretch.problem.since >= on:
            break
        if stretch.problem.start >= on:
            break
        problem = replace(stretch.problem, until=on) if goes_on else stretch.problem
        past = past_of(problem, schedule, stretch.problem.past)
        prescriber = pipeline.prescriber(stretch.case, stretch.plan, stretch.problem, loads)
        follow(prescriber, stretch.sessions)
        loads = prescriber.last_plans()
    return Left(_without_missed(past, results), dict(sorted(loads.items())))


def _until(program: Program, on: dt.date) -> Program:
    """The program with a change on that day, so that what comes before it is over."""
    end = program.start + dt.timedelta(weeks=program.weeks)
    kept = tuple(revision for revision in program.revisions if revision.on < on)
    if on >= end:
        return program.model_copy(update={"revisions": kept})
    if len(kept) < len(program.revisions):
        later = program.revisions[len(kept)]
        profile, screened_on = later.profile, later.screened_on
    else:
        profile, screened_on = program.profile, program.provenance.screened_on
    change = Revision(on=on, profile=profile, screened_on=screened_on, changes=("what follows",))
    return program.model_copy(update={"revisions": (*kept, change)})


def _without_missed(past: Past, results: Results) -> Past:
    """The sessions without those that the results say were not done."""
    gap = results.events.days_since_last_session
    if gap is None:
        return past
    last = results.date - dt.timedelta(days=gap)
    done = [
        session
        for session in past.sessions
        if session.start.date() <= last or (session.start.date() > results.date and gap <= 7)
    ]
    return replace(past, sessions=tuple(done))
