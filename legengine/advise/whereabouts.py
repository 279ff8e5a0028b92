"""Where in a program a person is on the day of the tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from legengine.domain.program import Program, ProgramPhase
from legengine.domain.protocol import Moving
from legengine.domain.results import Results
from legengine.domain.vocabulary import PhaseName, did_you_mean
from legengine.errors import Fault, InputError
from legengine.intake.case import Case
from legengine.intake.criteria import phase_of
from legengine.intake.phases import PhasePlan
from legengine.intake.results import Elapsed
from legengine.intake.suits import fits

WEEK: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The phase that results are about, within its program."""

    program: Program
    case: Case
    plan: PhasePlan
    tested_on: dt.date
    elapsed: Elapsed

    @property
    def written(self) -> ProgramPhase:
        """The phase as the program holds it."""
        return self.program.phases[self.plan.order]

    def weeks_over(self, day: dt.date) -> int:
        """Whole weeks of the program before a day."""
        return min((day - self.program.start).days // 7, self.program.weeks)

    def weeks_done(self, day: dt.date) -> int:
        """Weeks of the phase before a day, those of earlier documents too."""
        here = sum(week.start + WEEK <= day for week in self.written.weeks)
        return self.plan.weeks_done + here

    def weeks_in(self, *stages: PhaseName) -> int:
        """Weeks of the program up to the tests in phases of some stages."""
        return sum(
            weeks_until(phase, self.tested_on)
            for phase in self.program.phases[: self.plan.order + 1]
            if phase.stage in stages
        )

    @property
    def exit(self) -> str | None:
        """The exit that the results are about, in a profile's words."""
        suited = [each for each in self.case.protocol.phases if fits(each.when, self.case.subject)]
        place = phase_of(suited, self.plan.phase.id)
        following = suited[place + 1].stage if place is not None and suited[place + 1 :] else ""
        stage = self.plan.phase.stage
        if stage == "foundation" and following != "foundation":
            return "foundation_exit"
        return "strength_exit" if stage == "strength" and following == "power" else None


def weeks_until(phase: ProgramPhase, day: dt.date) -> int:
    """Weeks of a phase that are over on the evening of a day: no session is left in them."""
    return sum(
        week.start + WEEK <= day + dt.timedelta(days=1)
        or (bool(week.sessions) and week.sessions[-1].start.date() <= day)
        for week in phase.weeks
    )


# --- where -------------------------------------------------------------------------------------


def locate(program: Program, case: Case, results: Results) -> Whereabouts:
    """Find the phase that results are about.

    Raises:
        InputError: the tests lie before the program, or are about another phase.
    """
    if results.date < program.start:
        message = f"{results.date} is before the program, which starts on {program.start}"
        raise InputError([Fault(message, "date")])
    begun = [phase for phase in program.phases if phase.weeks[0].start <= results.date]
    names = [phase.id for phase in program.phases]
    order = len(begun) - 1
    if results.phase != begun[order].id and order and results.phase == begun[order - 1].id:
        order -= 1
    if results.phase != begun[order].id:
        there = results.phase in names
        message = (
            f"on {results.date} the program is in phase '{begun[order].id}',"
            f" not in '{results.phase}'"
            if there
            else f"the program has no phase '{results.phase}'"
        )
        hint = "" if there else did_you_mean(results.phase, names)
        raise InputError([Fault(message, "phase", hint=hint)])
    plan = case.plans[order]
    passed = plan.weeks_done + weeks_until(begun[order], results.date)
    if results.weeks is not None and results.weeks > passed:
        message = f"{results.weeks} weeks are more than the {passed} that are over"
        raise InputError([Fault(message, "weeks")])
    here = Whereabouts(program, case, plan, results.date, Elapsed(0, 0, 0, 0))
    experience = program.profile.experience
    over = sum(weeks_until(phase, results.date) for phase in program.phases[: order + 1])
    elapsed = Elapsed(
        phase_weeks=passed if results.weeks is None else results.weeks,
        program_weeks=over + (program.before.weeks if program.before else 0),
        trained_weeks=experience.trained_weeks + over,
        strength_weeks=experience.strength_weeks + here.weeks_in("strength", "power"),
    )
    return Whereabouts(program, case, plan, results.date, elapsed)


def first_day_of(program: Program, results: Results, on: dt.date | None, moving: Moving) -> dt.date:
    """The first day of what follows: as asked for, else the next training week.

    Raises:
        InputError: the day is not after the tests, or so late that they say nothing any more.
    """
    if on is None:
        weeks = (results.date - program.start).days // 7 + 1
        return program.start + weeks * WEEK
    latest = results.date + moving.review_weeks * WEEK
    if on <= results.date:
        raise InputError([Fault(f"{on} is not after the tests of {results.date}", "on")])
    if on > latest:
        message = f"{on} is more than {moving.review_weeks} weeks after the tests: test again"
        raise InputError([Fault(message, "on")])
    return on
