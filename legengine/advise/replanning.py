"""The same program after a change: what is over stays, and as little as possible moves."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from legengine.advise.diff import ProgramDiff, diff_of
from legengine.advise.planned import Ahead, Planned, missed_days
from legengine.domain.change import Change
from legengine.domain.event import Event
from legengine.domain.findings import CheckReport
from legengine.domain.problem import Problem, Slot, Week
from legengine.domain.profile import Profile
from legengine.domain.program import Prescription, Program, ProgramPhase, Revision, Session
from legengine.domain.schedule import Item, LevelResult, Schedule
from legengine.errors import Fault, InputError, NoScheduleError
from legengine.history import Stretch, eras_of, stretches
from legengine.hooks.contracts import LoadPlan
from legengine.intake.case import Case
from legengine.intake.changes import changed_profile
from legengine.intake.origins import located
from legengine.pipeline import Opened, Pipeline, SolveOptions
from legengine.prescribe.prescription import Progress
from legengine.prescribe.rewriting import follow, recounted, rewrite_phase
from legengine.solve.climb import Step
from legengine.solve.closing import refuse_closed_pins
from legengine.solve.least_change import DISTANCE, Keep, Reference
from legengine.verify.checker import check_schedule
from legengine.verify.finished import schedule_of
from legengine.verify.written import check_session

SHOWN_VIOLATIONS = 3
"""How many broken rules of a program that can't be re-planned are told."""

UNCHANGEABLE = ("person", "cause", "goal", "protocol", "weeks")
"""Parts of a profile that make it another program."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the profile as it is now, from which day on, and what happened."""

    profile: Profile
    since: dt.date
    """The first day that may change."""
    events: tuple[Event, ...] = ()
    keep: Keep = "sessions"
    gone: frozenset[Item] = frozenset()
    """Items that are not wanted any more, where nothing of the profile changes."""
    new: frozenset[Item] = frozenset()
    """Items that are wanted in their place."""


def request_of(
    program: Program,
    changes: Sequence[Change | Event] | Profile,
    events: Sequence[Event] = (),
    *,
    since: dt.date,
    keep: Keep = "sessions",
) -> Request:
    """Make a request of changes, events, or a whole changed profile.

    Raises:
        InputError: the changes don't make a valid profile.
    """
    if isinstance(changes, Profile):
        told = tuple(events) or (Event("the profile changed"),)
        return Request(changes, since, told, keep)
    made = tuple(
        change if isinstance(change, Event) else Event(said(change), (change,))
        for change in changes
    )
    profile = changed_profile(program.profile, [c for event in made for c in event.changes])
    return Request(profile, since, (*made, *events), keep)


@dataclass(frozen=True, slots=True)
class Replan:
    """The program after a change, with what became different."""

    program: Program
    diff: ProgramDiff

    def as_data(self) -> dict[str, Any]:
        """What changed, as plain data, for JSON."""
        revision = self.program.revisions[-1]
        return {
            "from": revision.on.isoformat(),
            "changes": list(revision.changes),
            **self.diff.as_data(),
        }


def replan(
    pipeline: Pipeline,
    program: Program,
    request: Request,
    *,
    today: dt.date | None = None,
    options: SolveOptions | None = None,
    cancel: threading.Event | None = None,
    on_step: Callable[[Stretch, Step], None] | None = None,
) -> Replan:
    """Make the program fit the changed profile, from a day on, with the least change.

    Raises:
        InputError: the program breaks rules, the profile is another person's or asks for other
            phases, a day lies outside the program, or pins contradict what is asked.
        ReferralError: screening refuses the changed profile.
        NoScheduleError: no schedule holds all rules any more.
        LimitError: a limit ran out before any schedule was found, or ``cancel`` was set.
        InternalError: legengine contradicts itself.
    """
    options = options or SolveOptions()
    refuse_outside(program, request)
    request = _without_old_pins(request)
    _refuse_foreign(program, request.profile)
    refuse_broken(pipeline.check(program), "the program")
    opened = pipeline.open(
        request.profile,
        today=today or request.since,
        start=program.start,
        before=program.before,
    )
    draft = draft_of(program, request, opened)
    planned = Planned.of(program, request.events)
    work = _Work(pipeline, draft, planned, request, options, cancel, on_step)
    work.carried = dict(opened.case.carried)
    work.walk([*pipeline.cases(draft)[:-1], opened.case])
    revised = pipeline.document(
        opened, work.phases(), work.problems, work.reports, options, draft.revisions
    )
    return Replan(
        revised, diff_of(planned, revised, request.events, work.ahead, pipeline.constraints)
    )


# --- what can't be re-planned ------------------------------------------------------------------


def said(change: Change) -> str:
    """A change of the profile in a few words."""
    if change.action == "set":
        return f"{change.field} is {_short(change.value)}"
    what = change.field if change.value is None else f"{_short(change.value)} in {change.field}"
    return f"{what} is {'new' if change.action == 'add' else 'gone'}"


def _short(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items())
    return str(value)


def refuse_broken(report: CheckReport, what: str) -> None:
    """Raise the first violations of what is to be changed."""
    if report.ok:
        return
    shown = "; ".join(map(str, report.violations[:SHOWN_VIOLATIONS]))
    more = len(report.violations) - SHOWN_VIOLATIONS
    tail = f"; and {more} more" if more > 0 else ""
    raise InputError(
        [Fault(f"{what} breaks rules: {shown}{tail}", hint="'legengine check' tells all")]
    )


def _refuse_foreign(program: Program, profile: Profile) -> None:
    """A profile that belongs to another program says so."""
    before = program.profile
    differing = [name for name in UNCHANGEABLE if getattr(before, name) != getattr(profile, name)]
    if profile.start not in (None, program.start):
        differing.append("start")
    if differing:
        message = "the profile doesn't belong to the program: " + ", ".join(differing)
        raise InputError(
            [Fault(message + (" differs" if len(differing) == 1 else " differ"), differing[0])]
        )


def refuse_outside(program: Program, request: Request) -> None:
    """Raise where the first day that may change is no day of the program."""
    end = program.start + dt.timedelta(weeks=program.weeks)
    if not program.start <= request.since < end:
        last = end - dt.timedelta(days=1)
        message = f"{request.since} is outside the program ({program.start} to {last})"
        raise InputError([Fault(message, "since")])


def _without_old_pins(request: Request) -> Request:
    """What is over needs no pins."""
    kept = tuple(pin for pin in request.profile.pins if pin.date >= request.since)
    return replace(request, profile=request.profile.model_copy(update={"pins": kept}))


# --- the draft ---------------------------------------------------------------------------------


def draft_of(program: Program, request: Request, opened: Opened) -> Program:
    """The program under the changed profile, before anything is chosen anew."""
    missed = missed_days(request.events)
    provenance = program.provenance.model_copy(update={"screened_on": opened.screened_on})
    return program.model_copy(
        update={
            "profile": opened.profile,
            "provenance": provenance,
            "revisions": _revisions(program, request),
            "phases": tuple(_without(phase, missed) for phase in program.phases),
        }
    )


def _revisions(program: Program, request: Request) -> tuple[Revision, ...]:
    """The revisions before the day, and this one; those after it are taken into it."""
    before = [revision for revision in program.revisions if revision.on < request.since]
    after = [revision for revision in program.revisions if revision.on >= request.since]
    era = eras_of(program)[len(before)]
    words = [word for revision in after for word in revision.changes]
    words += [event.words for event in request.events]
    return (
        *before,
        Revision(
            on=request.since,
            profile=era.profile,
            screened_on=era.screened_on,
            changes=tuple(dict.fromkeys(words)),
        ),
    )


def _without(phase: ProgramPhase, missed: Collection[dt.date]) -> ProgramPhase:
    """The phase without the sessions of some days."""
    weeks = [
        week.model_copy(
            update={
                "sessions": tuple(
                    session for session in week.sessions if session.start.date() not in missed
                )
            }
        )
        for week in phase.weeks
    ]
    return phase.model_copy(update={"weeks": tuple(weeks)}) if missed else phase


# --- the work ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Work:
    """Walks through the draft: what is over is read, what lies ahead is chosen and written."""

    pipeline: Pipeline
    draft: Program
    planned: Planned
    request: Request
    options: SolveOptions
    cancel: threading.Event | None
    on_step: Callable[[Stretch, Step], None] | None
    problems: list[Problem] = field(default_factory=list)
    reports: list[CheckReport] = field(default_factory=list)
    ahead: list[Ahead] = field(default_factory=list)
    _phases: dict[int, ProgramPhase] = field(default_factory=dict)
    _weeks: dict[int, tuple[Week, ...]] = field(default_factory=dict)
    carried: dict[str, LoadPlan] = field(default_factory=dict)
    """Exercise to how it was done before."""
    _progress: dict[str, Progress] = field(default_factory=dict)

    def phases(self) -> list[ProgramPhase]:
        """Every phase, in order."""
        return [self._phases[order] for order in sorted(self._phases)]

    def walk(self, cases: Sequence[Case]) -> None:
        """Go through every stretch in order of time."""
        for stretch, schedule in stretches(self.draft, cases, self._choose):
            judged = stretch.judged()
            self.problems.append(judged)
            self.reports.append(check_schedule(judged, schedule, self.pipeline.constraints))
            self._write(stretch, schedule)

    def _choose(self, stretch: Stretch) -> Schedule:
        """What is over stands as it is written; what lies ahead changes least."""
        if stretch.over:
            return stretch.written()
        problem = stretch.problem
        refuse_closed_pins(problem, self.pipeline.constraints)
        origins = self.planned.origins(problem)
        reference = schedule_of(
            session.model_copy(update={"start": dt.datetime.fromisoformat(slot)})
            for slot, session in origins.items()
        )
        asked = {item for item in self.request.new if item.slot in origins}
        items = (set(reference.items) - self.request.gone) | asked
        reference = Schedule(tuple(sorted(items)))
        schedule = self._least_change(stretch, reference)
        self.ahead.append(Ahead(problem, reference, schedule, origins))
        return schedule

    def _least_change(self, stretch: Stretch, reference: Schedule) -> Schedule:
        """The old schedule where it holds: nothing is nearer; else what the solver finds."""
        problem, pipeline = stretch.problem, self.pipeline
        if (
            self.request.keep == "sessions"
            and not check_schedule(problem, reference, pipeline.constraints).violations
        ):
            levels = tuple(LevelResult(level, 0, 0, "optimal") for level in DISTANCE)
            return replace(reference, levels=levels, status="optimal")
        try:
            chosen = pipeline.solve(
                problem,
                self.options,
                self.cancel,
                lambda step: self.on_step(stretch, step) if self.on_step else None,
                Reference(reference, self.request.keep),
            )
        except NoScheduleError as error:
            conflict = located(error.conflict, stretch.case, stretch.plan, problem)
            raise NoScheduleError(conflict) from None
        return pipeline.verify(problem, chosen, reference)[1]

    def _write(self, stretch: Stretch, schedule: Schedule) -> None:
        """Take over what stands, and prescribe the rest after it."""
        plan, problem = stretch.plan, stretch.problem
        prescriber = self.pipeline.prescriber(stretch.case, plan, problem, self.carried)
        if problem.since is not None:
            prescriber.progress = self._progress
        before = self._phases.get(plan.order, self.draft.phases[plan.order])
        earlier = self._weeks.get(plan.order, ())
        with self.pipeline.registry.blame("progressions", prescriber.policy.name, "load"):
            if stretch.over:
                follow(prescriber, stretch.sessions)
                phase = recounted(problem, before, self.planned.missed)
            else:
                solved = self.pipeline.solved(plan, problem, schedule, prescriber, earlier)
                phase = rewrite_phase(
                    solved,
                    before,
                    self.ahead[-1].origins,
                    lambda slot, entry: _stands(problem, slot, entry),
                )
        self._phases[plan.order] = phase
        self._weeks[plan.order] = (*earlier, *problem.weeks)
        self._progress = prescriber.progress
        if problem.until is None:
            self.carried = prescriber.last_plans()


def _stands(problem: Problem, slot: Slot, entry: Prescription) -> bool:
    """Whether the checker finds nothing wrong with a prescription in a slot."""
    alone = Session(
        start=slot.start,
        place=slot.place,
        slot_minutes=slot.minutes,
        seconds=0,
        prescriptions=(entry,),
    )
    where = f"{slot.id} {entry.exercise}"
    return not any(found.where == where for found in check_session(problem, alone))
