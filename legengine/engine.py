"""The pipeline as one readable function, and the object that services hold.

No step prints, reads the clock, handles a signal or keeps anything outside the engine.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from legengine.domain.findings import CheckReport, Referral, Violation
from legengine.domain.problem import Past, Problem
from legengine.domain.profile import Profile
from legengine.domain.program import CheckResult, Program, ProgramPhase, Provenance
from legengine.domain.schedule import Schedule
from legengine.errors import Fault, InputError, InternalError, PluginError, ReferralError
from legengine.hooks.contracts import LoadPlan, RenderOptions
from legengine.hooks.discovery import own_version
from legengine.hooks.guard import guarded_constraints, guarded_objectives
from legengine.hooks.library import protocol_faults
from legengine.hooks.registry import Registry
from legengine.intake.compile import Case, compile_phase, open_case, policy_of
from legengine.intake.screen import ScreeningResult, screen
from legengine.intake.words import unknown_words
from legengine.prescribe.prescription import Prescriber
from legengine.prescribe.program import SolvedPhase, write_phase, write_program
from legengine.reckoning.past import past_of
from legengine.solve.native import solver_version
from legengine.solve.solver import Limits, Step, solve
from legengine.verify.checker import check_schedule, score_levels
from legengine.verify.finished import check_program, schedules_of


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How long and over what to search."""

    deterministic_limit: float = 0.3
    """Work units for each stage of a phase; the same on every machine."""
    wall_limit_s: float = 30.0
    """A safety net in seconds for each stage; a program says if it struck."""
    widen: bool = False
    """Consider every eligible exercise even where a large library would be reduced."""
    preset: Literal["deterministic", "fast"] = "deterministic"
    """One worker and the same bytes every time, or two workers and whatever comes first."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What a progress callback is told."""

    phase: str
    index: int
    phases: int
    level: str
    value: int | None
    bound: int | None


class Engine:
    """Turns profiles into programs. Holds a registry of plugins and nothing else.

    Safe to share between threads; several engines may live in one process.
    """

    def __init__(
        self,
        plugins: Sequence[object] | None = None,
        *,
        autoload: bool = True,
        disable: Sequence[str] = (),
    ) -> None:
        self.registry = Registry.create(plugins, autoload=autoload, disable=disable)
        self._constraints = guarded_constraints(self.registry)
        self._objectives = guarded_objectives(self.registry)

    def generate(
        self,
        profile: Profile,
        *,
        options: SolveOptions | None = None,
        cancel: threading.Event | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        today: dt.date | None = None,
        start: dt.date | None = None,
    ) -> Program:
        """Choose, check and write a program.

        ``today`` is the date of screening, ``start`` the first day where the profile names none;
        both are inputs, because an engine has no clock.

        Raises:
            InputError: the profile names something unknown, or a date is missing.
            ReferralError: screening refuses a program; its ``referral`` says why.
            NoScheduleError: no schedule holds all rules; its ``conflict`` names them.
            LimitError: a limit ran out before any schedule was found, or ``cancel`` was set.
            PluginError: a plugin that is needed is broken.
            InternalError: legengine contradicts itself.
        """
        options = options or SolveOptions()
        first_day = _given(profile.start or start, "start", "the first day")
        screened_on = _given(today, "today", "the date of screening")
        screened = self.screen(profile, today=screened_on)
        if screened.referral is not None:
            raise ReferralError(screened.referral)
        case = self._open(profile, screened, first_day)
        phases: list[ProgramPhase] = []
        problems: list[Problem] = []
        reports: list[CheckReport] = []
        past, carried = Past(), dict[str, LoadPlan]()
        for plan in case.plans:

            def tell(step: Step, index: int = plan.order, phase: str = plan.phase.id) -> None:
                if on_progress is not None:
                    on_progress(
                        Progress(
                            phase, index + 1, len(case.plans), step.level, step.value, step.bound
                        )
                    )

            problem = compile_phase(case, plan, past)
            schedule = self._solve(problem, options, cancel, tell)
            report, schedule = self._verify(problem, schedule)
            reports.append(report)
            policy, settings = policy_of(case, plan)
            prescriber = Prescriber(
                problem=problem,
                profile=profile,
                policy=policy,
                options=settings,
                experience=case.subject.experience,
                deload=case.protocol.deload,
                carried=carried,
            )
            with self.registry.blame("progressions", policy.name, "load"):
                phases.append(
                    write_phase(
                        SolvedPhase(
                            plan.phase, plan.order, plan.notes, problem, schedule, prescriber
                        )
                    )
                )
            problems.append(problem)
            past, carried = past_of(problem, schedule, past), prescriber.last_plans()
        program = write_program(
            profile,
            case.protocol,
            phases,
            start=first_day,
            placement=case.placed.reasons,
            findings=screened.findings,
            conditions=screened.conditions,
            citations=self._citations(case),
            provenance=self._provenance(profile, options, screened_on),
        )
        violations = check_program(problems, program)
        if violations:
            raise InternalError(
                f"the finished program breaks a rule: {violations[0]}", violations=violations
            )
        return program.model_copy(update={"check": _result(reports, ())})

    def screen(self, profile: Profile, *, today: dt.date) -> ScreeningResult:
        """Screen a profile without solving anything."""
        self.registry.ensure(profile.requires, kinds=("exercises", "screenings", "constraints"))
        return screen(profile, self.registry.screenings, today, blame=self.registry.blame)

    def check(self, program: Program) -> CheckReport:
        """Check any program with the independent checker, however the program was made.

        Raises:
            InputError: the program's profile or protocol names something unknown.
        """
        screened = self.screen(program.profile, today=program.provenance.screened_on)
        case = self._open(program.profile, screened, program.start)
        violations: list[Violation] = []
        checked: dict[str, int] = {}
        problems: list[Problem] = []
        past = Past()
        for plan, schedule in zip(case.plans, schedules_of(program), strict=False):
            problem = compile_phase(case, plan, past)
            report = check_schedule(problem, schedule, self._constraints)
            violations += report.violations
            for rule, count in report.checked.items():
                checked[rule] = checked.get(rule, 0) + count
            problems.append(problem)
            past = past_of(problem, schedule, past)
        missing = case.plans[len(problems) :]
        problems += [compile_phase(case, plan, past) for plan in missing]
        violations += check_program(problems, program)
        return CheckReport(tuple(dict.fromkeys(violations)), checked)

    def render(
        self, document: Program | Referral, format: str, options: RenderOptions | None = None
    ) -> str | bytes:
        """Write a program, or a referral in its place, in an output format.

        Raises:
            InputError: there is no such format.
            PluginError: the format failed.
        """
        writer = self.registry.require("formats", format)
        with self.registry.blame("formats", format, "rendering"):
            if isinstance(document, Referral):
                return _text(writer.referral(document, options or RenderOptions()))
            return _text(writer.program(document, options or RenderOptions()))

    # --- the steps -------------------------------------------------------------------------

    def _open(self, profile: Profile, screened: ScreeningResult, start: dt.date) -> Case:
        """Resolve what the profile names, and place the person."""
        library = self.registry.library()
        faults = [fault for _, fault in unknown_words(profile, library)]
        if faults:
            raise InputError(faults)
        protocol = self.registry.protocol(profile.protocol.name)
        names = {name for phase in protocol.phases for name in phase.policy.values()}
        if profile.progression is not None:
            names.add(profile.progression.name)
            self.registry.options(
                "progressions",
                profile.progression.name,
                profile.progression.options,
                field="progression.options",
            )
        self.registry.options(
            "protocols", profile.protocol.name, profile.protocol.options, field="protocol.options"
        )
        for rule, settings in profile.rules.items():
            self.registry.options("constraints", rule, settings, field=f"rules.{rule}")
        missing = protocol_faults(protocol, library, self.registry.progressions)
        if missing:
            raise PluginError(
                f"protocol '{protocol.id}' names what is not there: " + "; ".join(map(str, missing))
            )
        policies = {
            name: self.registry.require("progressions", name, field="progression")
            for name in sorted(names)
        }
        return open_case(
            profile, library, protocol, policies, start=start, screened=screened.conditions
        )

    def _solve(
        self,
        problem: Problem,
        options: SolveOptions,
        cancel: threading.Event | None,
        on_step: Callable[[Step], None],
    ) -> Schedule:
        return solve(
            problem,
            self._constraints,
            self._objectives,
            limits=Limits(options.deterministic_limit, wall_s=options.wall_limit_s),
            preset=options.preset,
            widen=options.widen,
            stop=cancel,
            on_step=on_step,
        )

    def _verify(self, problem: Problem, schedule: Schedule) -> tuple[CheckReport, Schedule]:
        """Check a schedule and recompute its objective; a contradiction is our bug.

        Where a level was left before it was proven, the solver may have counted more than the
        schedule costs: the recomputed value is what is told.
        """
        report = check_schedule(problem, schedule, self._constraints)
        if report.violations:
            raise InternalError(
                f"phase '{problem.phase}': the schedule breaks a rule: {report.violations[0]}",
                violations=report.violations,
            )
        scores = score_levels(problem, schedule, self._objectives)
        levels = []
        for level in schedule.levels:
            score = scores[level.name]
            if score != level.value and (level.status == "optimal" or score > level.value):
                raise InternalError(
                    f"phase '{problem.phase}', level '{level.name}': "
                    f"the model says {level.value}, the checker {score}"
                )
            levels.append(replace(level, value=score, bound=min(level.bound, score)))
        return report, replace(schedule, levels=tuple(levels))

    def _citations(self, case: Case) -> dict[str, str]:
        """What the keys of sources stand for, from everything that brings some."""
        citations: dict[str, str] = {}
        for kind in ("screenings", "progressions"):
            for brought in self.registry.of(kind).values():
                citations |= getattr(brought, "citations", {})
        return {**citations, **case.library.sources, **case.protocol.sources}

    def _provenance(
        self, profile: Profile, options: SolveOptions, screened_on: dt.date
    ) -> Provenance:
        return Provenance(
            legengine=own_version(),
            ortools=solver_version(),
            plugins=dict(self.registry.versions),
            profile_hash=profile_hash(profile),
            settings={
                "preset": options.preset,
                "deterministic_limit": options.deterministic_limit,
                "wall_limit_s": options.wall_limit_s,
                "widen": options.widen,
                "seed": 1,
            },
            screened_on=screened_on,
            start_given=profile.start is not None,
        )


def profile_hash(profile: Profile) -> str:
    """SHA-256 of the canonical JSON of a profile."""
    data = profile.model_dump(mode="json")
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _given(value: dt.date | None, field: str, what: str) -> dt.date:
    if value is None:
        raise InputError([Fault(f"{what} is missing: pass '{field}'", field)])
    return value


def _result(reports: Sequence[CheckReport], violations: Sequence[Violation]) -> CheckResult:
    checked: dict[str, int] = {}
    for report in reports:
        for rule, count in report.checked.items():
            checked[rule] = checked.get(rule, 0) + count
    return CheckResult(ok=not violations, checked=checked, violations=tuple(map(str, violations)))


def _text(written: Any) -> str | bytes:
    if not isinstance(written, (str, bytes)):
        raise PluginError(f"a format must return text or bytes, not {type(written).__name__}")
    return written
