"""The object that services hold: a registry of plugins, and the ways to use it.

No step prints, reads the clock, handles a signal or keeps anything outside the engine.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from legengine.domain.before import Before
from legengine.domain.choices import LibraryFile
from legengine.domain.findings import CheckReport, Referral
from legengine.domain.hashing import profile_hash
from legengine.domain.problem import Problem
from legengine.domain.profile import Profile
from legengine.domain.program import Program
from legengine.domain.schedule import Schedule
from legengine.errors import Fault, InputError
from legengine.hooks.contracts import Files, RenderOptions
from legengine.hooks.registry import Registry
from legengine.intake.phases import PhasePlan
from legengine.intake.screen import ScreeningResult
from legengine.language import Unit
from legengine.pipeline import Made, Opened, Pipeline, SolveOptions
from legengine.rendering import Rendering
from legengine.solve.climb import OnStop, Step

if TYPE_CHECKING:
    from legengine.advise.advancing import Advance
    from legengine.advise.alternatives import OnPhase
    from legengine.advise.analysis import PhaseAnalysis
    from legengine.advise.replanning import Replan
    from legengine.advise.swaps import Swap
    from legengine.domain.change import Change
    from legengine.domain.event import Event
    from legengine.domain.explanation import Explanation
    from legengine.domain.gains import Gains
    from legengine.domain.numbers import Numbers
    from legengine.domain.results import Results
    from legengine.domain.why import WhyReport
    from legengine.solve.least_change import Keep


@dataclass(frozen=True, slots=True)
class Progress:
    """What a progress callback is told, as the solver finds better schedules and better proofs."""

    phase: str
    index: int
    phases: int
    level: str
    value: int | None
    """Of the best schedule so far; none before the first is found."""
    bound: int | None
    """No schedule is better, as far as is proven."""

    @property
    def gap(self) -> int | None:
        """How much better a schedule could still be; zero is proven best."""
        if self.value is None or self.bound is None:
            return None
        return self.value - self.bound


class Engine:
    """Turns profiles into programs. Holds a registry of plugins and nothing else.

    Safe to share between threads; several engines may live in one process. What answers a
    question is imported when it is asked: making a program needs none of it.
    """

    def __init__(
        self,
        plugins: Sequence[object] | None = None,
        *,
        autoload: bool = True,
        disable: Sequence[str] = (),
        strict: bool = False,
        libraries: Sequence[str | Path | LibraryFile] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Load the plugins; see ``legengine.hooks.registry.Registry.create``.

        ``environment`` stands in for the variables of the process.

        Raises:
            InputError: a plugin that is to be left out isn't there, or a library is wrong.
            PluginError: a plugin that is given is broken; with ``strict`` any that is found.
        """
        self.registry = Registry.create(
            plugins,
            autoload=autoload,
            disable=disable,
            strict=strict,
            libraries=libraries,
            environment=environment,
        )
        self.pipeline = Pipeline(self.registry)
        self._rendering = Rendering(self.registry)

    def generate(
        self,
        profile: Profile,
        *,
        options: SolveOptions | None = None,
        cancel: threading.Event | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        today: dt.date | None = None,
        start: dt.date | None = None,
        before: Before | None = None,
    ) -> Program:
        """Choose, check and write a program.

        ``today`` is the date of screening, ``start`` the first day where the profile names none,
        ``before`` what a continued program goes on from (``Program.before``); they are inputs,
        because an engine has no clock. ``on_progress`` is called in the calling
        thread; what it raises ends the search and is raised here.

        A set ``cancel`` ends the search within some milliseconds: in a ``LimitError``, or with
        ``options.on_cancel="best"`` in the best program so far, whose phases say ``stopped``.

        Raises:
            InputError: the profile names something unknown, or a date is missing.
            ReferralError: screening refuses a program; its ``referral`` says why.
            NoScheduleError: no schedule holds all rules; its ``conflict`` names them.
            LimitError: a limit ran out before any schedule was found, or ``cancel`` was set.
            PluginError: a plugin that is needed is broken.
            InternalError: legengine contradicts itself.
        """
        options = options or SolveOptions()
        opened = self.pipeline.open(profile, today=today, start=start, before=before)
        made = self._best(opened, options, cancel, _telling(len(opened.case.plans), on_progress))
        return self.pipeline.program(opened, made, options)

    def alternatives(
        self,
        profile: Profile,
        number: int,
        *,
        options: SolveOptions | None = None,
        cancel: threading.Event | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        today: dt.date | None = None,
        start: dt.date | None = None,
    ) -> tuple[Program, ...]:
        """Up to ``number`` programs that are really different; the first is that of ``generate``.

        In every phase, each shares at most half of the exercise-days of every one before it, and
        keeps wishes and volume within a slack of the first
        (``legengine.solve.alternatives.SLACK``). Fewer come back where no more were found. All
        are checked like any other; what is proven best is told of the first only.

        Raises:
            InputError: ``number`` is below 1; otherwise as ``generate``, for the first program.
            LimitError: also where ``cancel`` is set, unless ``options.on_cancel`` is ``"best"``:
                then the programs come back that there are.
        """
        from legengine.advise.alternatives import alternatives

        if number < 1:
            raise InputError([Fault(f"must be at least 1, got {number}", "number")])
        options = options or SolveOptions()
        opened = self.pipeline.open(profile, today=today, start=start)
        tell = _telling(len(opened.case.plans), on_progress)
        best = self._best(opened, options, cancel, tell)
        return alternatives(self.pipeline, opened, best, number, options, cancel, tell)

    def _best(
        self,
        opened: Opened,
        options: SolveOptions,
        cancel: threading.Event | None,
        tell: OnPhase | None,
    ) -> list[Made]:
        """The phases of the best program."""

        def choose(plan: PhasePlan, problem: Problem) -> Schedule:
            on_stop: OnStop = "raise"
            if options.on_cancel == "best":
                on_stop = "best" if plan is opened.case.plans[0] else "finish"
            on_step = None if tell is None else lambda step: tell(plan, step)
            return self.pipeline.solve(problem, options, cancel, on_step, on_stop=on_stop)

        return list(self.pipeline.phases(opened.case, choose))

    def replan(
        self,
        program: Program,
        changes: Sequence[Change | Event] | Profile,
        *,
        since: dt.date,
        events: Sequence[Event] = (),
        keep: Keep = "sessions",
        options: SolveOptions | None = None,
        cancel: threading.Event | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        today: dt.date | None = None,
    ) -> Replan:
        """The same program after a change, moved as little as can be, with what is different.

        ``changes`` are changes of the profile, events (``legengine.advise.events``), or a whole
        changed profile, with ``events`` that say what is in it. Sessions before ``since`` are
        over and stay; ``today`` is the date of screening, ``since`` where it is left out.
        ``keep="quality"`` puts wishes and volume before the number of changes.

        Raises:
            InputError: the program breaks rules, the profile is another person's, the changes
                don't make a valid profile, or ``since`` lies outside the program.
            ReferralError: screening refuses the changed profile.
            NoScheduleError: no schedule holds all rules any more.
            LimitError: a limit ran out before any schedule was found, or ``cancel`` was set.
            PluginError: a plugin that is needed is broken.
            InternalError: legengine contradicts itself.
        """
        from legengine.advise.replanning import replan, request_of

        tell = _telling(len(program.phases), on_progress)
        return replan(
            self.pipeline,
            program,
            request_of(program, changes, events, since=since, keep=keep),
            today=today,
            options=options,
            cancel=cancel,
            on_step=None if tell is None else lambda stretch, step: tell(stretch.plan, step),
        )

    def advance(
        self,
        program: Program,
        results: Results,
        *,
        on: dt.date | None = None,
        options: SolveOptions | None = None,
        cancel: threading.Event | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        today: dt.date | None = None,
    ) -> Advance:
        """Decide by the tests whether a phase is passed, and make the program that goes on.

        It is a new document that starts on ``on``, else with the next training week. ``today`` is
        the date of screening, the day of the tests where it is left out.

        Raises:
            InputError: the program breaks rules, or the results don't belong to it.
            ReferralError: screening refuses to go on with the new answers.
            NoScheduleError: no schedule holds all rules.
            LimitError: a limit ran out before any schedule was found, or ``cancel`` was set.
        """
        from legengine.advise.advancing import advance

        return advance(
            self.pipeline,
            program,
            results,
            on=on,
            today=today,
            options=options,
            cancel=cancel,
            on_step=_telling(len(program.phases), on_progress),
        )

    def explain(
        self,
        profile: Profile,
        *,
        options: SolveOptions | None = None,
        cancel: threading.Event | None = None,
        today: dt.date | None = None,
        start: dt.date | None = None,
    ) -> Explanation:
        """Say why no program exists and which smallest changes would let one exist.

        Where one exists, the explanation has no conflict. Every change that is offered was
        verified by solving; safety rules are never offered.

        Raises:
            InputError: the profile names something unknown, or a date is missing.
            ReferralError: screening refuses a program; its ``referral`` says why.
            LimitError: a limit ran out before it was known whether a program exists.
        """
        from legengine.advise.explanation import explain

        opened = self.pipeline.open(profile, today=today, start=start)
        return explain(self.pipeline, opened, options or SolveOptions(), cancel)

    def swaps(
        self,
        program: Program,
        exercise: str,
        *,
        since: dt.date,
        session: dt.date | None = None,
        today: dt.date | None = None,
    ) -> Swap:
        """What could be in the place of an exercise from a day on, the best first.

        In a session and its repeats, or in every session of the phase. Nothing is solved.

        Raises:
            InputError: the program breaks rules, the day lies outside it, or the exercise is in
                no session from there on.
        """
        from legengine.advise.swaps import swaps

        return swaps(self.pipeline, program, exercise, since=since, session=session, today=today)

    def swap(
        self,
        program: Program,
        exercise: str,
        other: str,
        *,
        since: dt.date,
        session: dt.date | None = None,
        today: dt.date | None = None,
    ) -> Replan:
        """Put another exercise in the place of one, and leave everything else as it is.

        Raises:
            InputError: as ``swaps``; or the other exercise is closed there, or breaks a rule.
            ReferralError: screening refuses the profile by now.
        """
        from legengine.advise.swaps import swapped

        return swapped(
            self.pipeline, program, exercise, other, since=since, session=session, today=today
        )

    def screen(self, profile: Profile, *, today: dt.date) -> ScreeningResult:
        """Screen a profile without solving anything."""
        return self.pipeline.screen(profile, today)

    def check(self, program: Program) -> CheckReport:
        """Check any program with the independent checker, however the program was made.

        Raises:
            InputError: the program's profile or protocol names something unknown.
        """
        return self.pipeline.check(program)

    def analyse(self, program: Program) -> tuple[PhaseAnalysis, ...]:
        """Lay the phases of a program open for many questions, none of which is solved.

        Raises:
            InputError: the program breaks rules, or names something unknown.
        """
        from legengine.advise.analysis import analyse

        return analyse(self.pipeline, program)

    def why(
        self, program: Program, *, session: dt.date | None = None, exercise: str | None = None
    ) -> WhyReport:
        """Why a session or an exercise is in a program, or why an exercise is not.

        Raises:
            InputError: the program breaks rules, there is no session on the date, no such
                exercise, or neither is given.
        """
        from legengine.advise.why import why

        return why(self.analyse(program), session=session, exercise=exercise)

    def numbers(
        self, program: Program, *, session: dt.date | None = None, exercise: str | None = None
    ) -> Numbers:
        """Where the numbers of a program come from: each with its row and its sources.

        Of the whole program, of a session, of an exercise where it comes first in each phase.

        Raises:
            InputError: the program breaks rules, or what is asked about is not there.
        """
        from legengine.advise.numbers import numbers

        return numbers(self.pipeline, program, session=session, exercise=exercise)

    def gains(
        self,
        program: Program,
        *,
        options: SolveOptions | None = None,
        cancel: threading.Event | None = None,
    ) -> Gains:
        """What one more day, ten more minutes or one more item would bring, solved exactly.

        Raises:
            InputError: the program's profile or protocol names something unknown.
            LimitError: ``cancel`` was set.
        """
        from legengine.advise.gains import gains

        return gains(self.pipeline, program, options=options, cancel=cancel)

    def render(
        self,
        document: Program | Referral,
        format: str,
        options: RenderOptions | None = None,
        *,
        language: str | None = None,
        mass_unit: Unit | None = None,
        profile: Profile | None = None,
    ) -> str | bytes | Files:
        """Write a program, or a referral in its place, in an output format.

        ``language`` is a code such as ``de``, ``mass_unit`` the unit of loads; left out, the
        profile says both, and how the format is set: that of the program, or for a referral
        ``profile``. Without one it is English and kilograms.

        Raises:
            InputError: there is no such format or language, or a package that the format needs is
                not installed.
            PluginError: the format failed.
        """
        return self._rendering.render(
            document,
            format,
            options or RenderOptions(),
            language=language,
            mass_unit=mass_unit,
            profile=profile,
        )


def _telling(phases: int, on_progress: Callable[[Progress], None] | None) -> OnPhase | None:
    """Tells a callback what a step of one of so many phases is about."""
    if on_progress is None:
        return None

    def tell(plan: PhasePlan, step: Step) -> None:
        on_progress(
            Progress(plan.phase.id, plan.order + 1, phases, step.level, step.value, step.bound)
        )

    return tell


__all__ = ["Engine", "Progress", "SolveOptions", "profile_hash"]
