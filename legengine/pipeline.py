"""The steps from a profile to a program, each a method that reads like its arrow.

The engine, the explanations and the re-planning all walk this one way; they differ only in how the
schedule of a phase is chosen. No step prints, reads the clock, handles a signal or keeps anything.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from legengine.domain.before import Before
from legengine.domain.findings import CheckReport, Violation
from legengine.domain.problem import Problem, Week
from legengine.domain.profile import Profile
from legengine.domain.program import CheckResult, Program, ProgramPhase, Provenance, Revision
from legengine.domain.schedule import Schedule
from legengine.errors import (
    Fault,
    InputError,
    InternalError,
    NoScheduleError,
    ReferralError,
)
from legengine.history import eras_of, stretches
from legengine.hooks.contracts import Constraint, LoadPlan, Objective
from legengine.hooks.files import refuse_missing_files
from legengine.hooks.guard import (
    guarded_constraints,
    guarded_objectives,
    guarded_policy,
    guarded_screenings,
    whose_contradiction,
)
from legengine.hooks.named import refuse_unknown_names
from legengine.hooks.registry import Registry
from legengine.hooks.settings import check_settings, rule_settings
from legengine.intake.case import Case, open_case, policy_of
from legengine.intake.compile import compile_phase
from legengine.intake.measurements import impossible_results
from legengine.intake.origins import located
from legengine.intake.phases import PhasePlan
from legengine.intake.protection import refuse_unprotected
from legengine.intake.screen import ScreeningResult, screen
from legengine.intake.words import unknown_words
from legengine.prescribe.prescription import Prescriber, going_on
from legengine.prescribe.program import SolvedPhase, write_phase, write_program
from legengine.prescribe.provenance import citations_of, provenance_of
from legengine.reckoning.past import past_of
from legengine.solve.climb import Limits, OnStop, Step
from legengine.solve.closing import refuse_closed_pins
from legengine.solve.least_change import Reference
from legengine.solve.native import solver_version
from legengine.solve.solver import solve
from legengine.verify.binds import binds_of
from legengine.verify.checker import check_schedule
from legengine.verify.finished import check_program
from legengine.verify.verified import verified


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How long and over what to search."""

    deterministic_limit: float = 0.3
    """Work units for each stage of a phase, the same on every machine; twice as many where the
    weak side may have sets more."""
    wall_limit_s: float = 30.0
    """A safety net in seconds for each stage; a program says if it struck."""
    widen: bool = False
    """Consider every eligible exercise even where a large library would be reduced."""
    preset: Literal["deterministic", "fast"] = "deterministic"
    """One worker and the same bytes every time, or two workers and whatever comes first."""
    on_cancel: Literal["raise", "best"] = "raise"
    """What a set cancel token asks ``generate`` for: to give up, or the best program so far."""

    def __post_init__(self) -> None:
        faults = [
            Fault(f"must be more than 0, got {limit}", field)
            for field, limit in (
                ("deterministic_limit", self.deterministic_limit),
                ("wall_limit_s", self.wall_limit_s),
            )
            if not limit > 0
        ]
        if faults:
            raise InputError(faults)


@dataclass(frozen=True, slots=True)
class Opened:
    """A profile that passed screening, with everything that it names resolved."""

    profile: Profile
    screened: ScreeningResult
    screened_on: dt.date
    case: Case
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A phase that was chosen, checked and written."""

    plan: PhasePlan
    problem: Problem
    schedule: Schedule
    report: CheckReport
    phase: ProgramPhase


Choose = Callable[[PhasePlan, Problem], Schedule]
"""How the schedule of a phase is chosen."""


class Pipeline:
    """The steps, over the plugins of one registry. Safe to share between threads."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.constraints: tuple[Constraint, ...] = tuple(guarded_constraints(registry))
        self.objectives: tuple[Objective, ...] = tuple(guarded_objectives(registry))
        self.screenings = guarded_screenings(registry)

    def screen(self, profile: Profile, today: dt.date) -> ScreeningResult:
        """Screen a profile without solving anything."""
        self.registry.ensure(profile.requires, kinds=("exercises", "screenings", "constraints"))
        refuse_missing_files(self.registry, profile.libraries)
        check_settings(self.registry, profile)
        return screen(profile, self.screenings, today, blame=self.registry.blame)

    def open(
        self,
        profile: Profile,
        *,
        today: dt.date | None,
        start: dt.date | None,
        before: Before | None = None,
    ) -> Opened:
        """Screen a profile, resolve what it names, place the person.

        ``before`` is what a continued program goes on from.

        Raises:
            InputError: the profile names something unknown, or a date is missing.
            ReferralError: screening refuses a program.
            PluginError: a plugin that is needed is broken.
        """
        first_day = _given(profile.start or start, "start", "the first day")
        screened_on = _given(today, "today", "the date of screening")
        screened = self.screen(profile, screened_on)
        if screened.referral is not None:
            raise ReferralError(screened.referral)
        case = self.case(profile, screened, first_day, before)
        refuse_unprotected(case, screened, screened_on)
        return Opened(profile, screened, screened_on, case, before)

    def case(
        self,
        profile: Profile,
        screened: ScreeningResult,
        start: dt.date,
        before: Before | None = None,
    ) -> Case:
        """Resolve what the profile names, and place the person, whatever screening says."""
        library = self.registry.library()
        faults = [fault for _, fault in unknown_words(profile, library)]
        faults += impossible_results(profile)
        if faults:
            raise InputError(faults)
        protocol = self.registry.sound_protocol(profile.protocol.name)
        names = {name for phase in protocol.phases for name in phase.policy.values()}
        if profile.progression is not None:
            names.add(profile.progression.name)
        policies = {
            name: guarded_policy(self.registry, name, field="progression") for name in sorted(names)
        }
        settings = rule_settings(self.registry, profile)
        refuse_unknown_names(self.registry, settings, library, profile)
        return open_case(
            profile,
            library,
            protocol,
            policies,
            start=start,
            screened=screened.conditions,
            before=before,
            settings=settings,
        )

    def walk(self, case: Case, choose: Choose) -> Iterator[tuple[PhasePlan, Problem, Schedule]]:
        """Compile and choose one phase after another; each starts from what the last leaves.

        Raises:
            NoScheduleError: no schedule of a phase holds all rules.
        """
        past = case.past
        for plan in case.plans:
            problem = compile_phase(case, plan, past)
            refuse_closed_pins(problem, self.constraints)
            try:
                schedule = choose(plan, problem)
            except NoScheduleError as error:
                raise NoScheduleError(located(error.conflict, case, plan, problem)) from None
            yield plan, problem, schedule
            past = past_of(problem, schedule, past)

    def phases(self, case: Case, choose: Choose) -> Iterator[Made]:
        """Compile, choose, check and write one phase after another.

        Raises:
            NoScheduleError: no schedule of a phase holds all rules.
            LimitError: a limit ran out before any schedule was found.
            InternalError: a schedule breaks a rule.
        """
        carried = dict(case.carried)
        for plan, problem, chosen in self.walk(case, choose):
            report, schedule = self.verify(problem, chosen)
            prescriber = self.prescriber(case, plan, problem, carried)
            solved = self.solved(plan, problem, schedule, prescriber)
            with self.registry.blame("progressions", prescriber.policy.name, "load"):
                phase = write_phase(solved)
            carried = prescriber.last_plans()
            yield Made(plan, problem, schedule, report, phase)

    def solved(
        self,
        plan: PhasePlan,
        problem: Problem,
        schedule: Schedule,
        prescriber: Prescriber,
        earlier: tuple[Week, ...] = (),
    ) -> SolvedPhase:
        """What a phase is written from; ``earlier`` are its weeks before the problem's."""
        return SolvedPhase(
            phase=plan.phase,
            order=plan.order,
            notes=plan.notes,
            problem=problem,
            schedule=schedule,
            prescriber=prescriber,
            binds=binds_of(problem, schedule, self.constraints),
            earlier=earlier,
            entry=plan.entry,
            card=plan.card,
        )

    def prescriber(
        self, case: Case, plan: PhasePlan, problem: Problem, carried: dict[str, LoadPlan]
    ) -> Prescriber:
        """What writes the prescriptions of a phase."""
        policy, settings = policy_of(case, plan)
        return Prescriber(
            problem=problem,
            profile=case.profile,
            policy=policy,
            options=settings,
            experience=case.subject.experience,
            deload=case.protocol.deload,
            carried=carried,
            novice=policy_of(case, plan, "novice"),
            progress=going_on(carried) if plan.weeks_done else {},
            held_weeks=plan.weeks_done + plan.easing.weeks if plan.easing else 0,
            held_percent=plan.easing.load_percent if plan.easing else 100,
        )

    def solve(
        self,
        problem: Problem,
        options: SolveOptions,
        cancel: threading.Event | None = None,
        on_step: Callable[[Step], None] | None = None,
        reference: Reference | None = None,
        on_stop: OnStop = "raise",
    ) -> Schedule:
        """Find the best schedule of a phase, or the one that changes least of a reference."""
        return solve(
            problem,
            self.constraints,
            self.objectives,
            limits=Limits(options.deterministic_limit, wall_s=options.wall_limit_s),
            preset=options.preset,
            widen=options.widen,
            stop=cancel,
            on_step=on_step,
            on_stop=on_stop,
            reference=reference,
        )

    def verify(
        self, problem: Problem, schedule: Schedule, reference: Schedule | None = None
    ) -> tuple[CheckReport, Schedule]:
        """Check a schedule and recompute its objective; a contradiction is our bug.

        Where a level was left before it was proven, the solver may have counted more than the
        schedule costs: the recomputed value is what is told.

        Raises:
            PluginError: the halves of a rule or a wish of another distribution say two things.
            InternalError: the schedule breaks a rule of legengine, or was counted otherwise.
        """
        try:
            return verified(problem, schedule, self.constraints, self.objectives, reference)
        except InternalError as error:
            raise whose_contradiction(self.registry, error) from error

    def program(self, opened: Opened, made: Sequence[Made], options: SolveOptions) -> Program:
        """Put the document together and check it as it is written.

        Raises:
            InternalError: the finished program breaks a rule.
        """
        return self.document(
            opened,
            [entry.phase for entry in made],
            [entry.problem for entry in made],
            [entry.report for entry in made],
            options,
        )

    def document(
        self,
        opened: Opened,
        phases: Sequence[ProgramPhase],
        problems: Sequence[Problem],
        reports: Sequence[CheckReport],
        options: SolveOptions,
        revisions: Sequence[Revision] = (),
    ) -> Program:
        """The document of written phases, checked; a revised one has several problems a phase.

        Raises:
            InternalError: the finished program breaks a rule.
        """
        case = opened.case
        program = write_program(
            opened.profile,
            case.protocol,
            phases,
            start=case.start,
            placement=case.placed.reasons,
            findings=opened.screened.findings,
            conditions=opened.screened.conditions,
            citations=citations_of(self.registry, case.library, case.protocol),
            provenance=self._provenance(opened, options),
        )
        program = program.model_copy(
            update={"revisions": tuple(revisions), "before": opened.before}
        )
        violations = check_program(problems, program)
        if violations:
            raise InternalError(
                f"the finished program breaks a rule: {violations[0]}", violations=violations
            )
        result = _result(reports)
        return program.model_copy(update={"check": result})

    def check(self, program: Program) -> CheckReport:
        """Check any program with the independent checker, however the program was made.

        Raises:
            InputError: the program's profile or protocol names something unknown.
        """
        reports: list[CheckReport] = []
        problems: list[Problem] = []
        violations: list[Violation] = []
        for stretch, schedule in stretches(program, self.cases(program)):
            problems.append(stretch.judged())
            if stretch.there:
                reports.append(check_schedule(problems[-1], schedule, self.constraints))
                violations += reports[-1].violations
        violations += check_program(problems, program)
        return CheckReport(tuple(dict.fromkeys(violations)), _result(reports).checked)

    def read_back(self, program: Program) -> list[tuple[Problem, Schedule]]:
        """Every phase that the program should have: its problem, and what the program does.

        A revised program has one for each phase and era (``legengine.history``). A phase that the
        program lacks has an empty schedule; one too many is left out.

        Raises:
            InputError: a profile names something unknown, or revisions don't fit.
        """
        return [
            (stretch.judged(), schedule)
            for stretch, schedule in stretches(program, self.cases(program))
        ]

    def cases(self, program: Program) -> list[Case]:
        """The case of each era of a program."""
        made_with = program.provenance.libraries
        refuse_missing_files(self.registry, program.profile.libraries, made_with)
        return [
            self.case(
                era.profile,
                self.screen(era.profile, era.screened_on),
                program.start,
                program.before,
            )
            for era in eras_of(program)
        ]

    def _provenance(self, opened: Opened, options: SolveOptions) -> Provenance:
        return provenance_of(
            self.registry,
            opened.profile,
            opened.screened_on,
            {**asdict(options), "seed": 1},
            solver_version(),
        )


def _given(value: dt.date | None, field: str, what: str) -> dt.date:
    if value is None:
        raise InputError([Fault(f"{what} is missing: pass '{field}'", field)])
    return value


def _result(reports: Sequence[CheckReport]) -> CheckResult:
    checked: dict[str, int] = {}
    for report in reports:
        for rule, count in report.checked.items():
            checked[rule] = checked.get(rule, 0) + count
    return CheckResult(ok=True, checked=checked)
