"""Where the protocol goes on after the tests: the phase, the levels, the weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from legengine.advise.whereabouts import WEEK, Whereabouts
from legengine.domain.before import Advice
from legengine.domain.protocol import Moving, Phase
from legengine.domain.results import Results
from legengine.domain.standing import Easing, Standing
from legengine.domain.vocabulary import PhaseName
from legengine.intake.case import Case
from legengine.intake.criteria import phase_of, shown
from legengine.intake.judging import Judgement
from legengine.intake.phases import for_person, levels_after, open_phases
from legengine.intake.placement import Start, place
from legengine.intake.results import measured

LOADED: Final[frozenset[PhaseName]] = frozenset({"strength", "power"})
"""Stages whose weeks count towards a lighter one."""

WEEKS_MOST: Final = 52
"""The longest document."""


@dataclass(frozen=True, slots=True)
class Onward:
    """The way from a phase, with the phases that are open by the new tests."""

    here: Whereabouts
    after: Case
    """The case of the profile with the new answers."""
    moving: Moving
    results: Results
    starts: dt.date
    facts: Mapping[str, float]
    """What the results show."""

    @property
    def phases(self) -> Sequence[Phase]:
        """The phases that are open by now, in order."""
        return open_phases(self.after.protocol, self.after.subject, self.after.facts)[0]

    @property
    def place(self) -> int | None:
        """The place of the phase among them."""
        return phase_of(self.phases, self.here.plan.phase.id)

    def confirmed(self, judged: Judgement) -> Judgement:
        """The judgement; a phase that the new tests close can't go on."""
        if judged.outcome != "stay" or self.place is not None:
            return judged
        reason = Advice(text="the new tests close this phase: its entry asks for more")
        return replace(judged, outcome="step_back", reasons=(reason, *judged.reasons), patterns=())

    def standing(self, judged: Judgement) -> Standing | None:
        """Phase, levels and weeks to go on with; ``None`` where the tests place anew."""
        if judged.outcome == "pass":
            return self._pass(judged)
        if judged.outcome == "stay":
            return self._stay(judged)
        return None if judged.row.action == "placement" else self._step_back(judged)

    def weeks(self, standing: Standing | None) -> int:
        """Weeks of what follows: to the old end, and long enough to be of use."""
        program = self.here.program
        left = program.weeks - self.here.weeks_over(self.starts)
        if standing is None:
            return min(WEEKS_MOST, max(left, self.phases[0].weeks.default))
        place = phase_of(self.phases, standing.phase)
        least = self.phases[place].weeks.least if place is not None else 1
        return min(WEEKS_MOST, max(left, standing.weeks or least))

    # --- the three ways ------------------------------------------------------------------------

    def _pass(self, judged: Judgement) -> Standing:
        plan, phase = self.here.plan, self._following()
        grown = levels_after(Start("foundation", plan.level, plan.levels, ()), 1, phase)
        level = min(phase.level_max, plan.level + 1)
        tested = self._tested(phase)
        better = {each: value for each, value in tested.items() if value > grown.get(each, level)}
        return Standing(
            phase=phase.id,
            level=level,
            patterns=dict(sorted({**grown, **better}.items())),
            loaded_weeks=self._loaded_weeks(),
            easing=_easing(judged),
        )

    def _stay(self, judged: Judgement) -> Standing:
        plan, done = self.here.plan, self.here.weeks_done(self.starts)
        levels = {**plan.levels, **self._tested(plan.phase)}
        most = self._following().level_max
        for pattern in judged.patterns:
            levels[pattern] = min(most, levels.get(pattern, plan.level) + 1)
        fewest, longest = self.moving.stay_weeks
        planned = (self.here.written.weeks[-1].start + WEEK - self.starts).days // 7
        return Standing(
            phase=plan.phase.id,
            weeks_done=done,
            weeks=max(planned, fewest if judged.only_silent else longest),
            level=plan.level,
            patterns=dict(sorted(levels.items())),
            ahead=judged.patterns,
            loaded_weeks=self._loaded_weeks(),
            easing=_easing(judged),
        )

    def _step_back(self, judged: Judgement) -> Standing:
        plan, phase = self.here.plan, self._before(judged)
        level = max(1, min(phase.level_max, plan.level - 1))
        levels = {
            pattern: max(1, min(phase.level_max, value - 1))
            for pattern, value in plan.levels.items()
        }
        for pattern, value in self._tested(phase).items():
            levels[pattern] = min(value, levels.get(pattern, level))
        return Standing(
            phase=phase.id,
            level=level,
            patterns=dict(sorted(levels.items())),
            easing=_easing(judged),
        )

    # --- which phase ---------------------------------------------------------------------------

    def _following(self) -> Phase:
        """The next phase; after the last the first of those that come again."""
        place, phases = self._near(), self.phases
        if place + 1 < len(phases):
            return phases[place + 1]
        return next((phase for phase in phases if phase.cycle), phases[-1])

    def _before(self, judged: Judgement) -> Phase:
        """The phase to go back to; a protected phase is a clinician's to begin."""
        phases, subject = self.phases, self.after.subject
        first = next(index for index, phase in enumerate(phases) if phase.stage != "protected")
        if judged.row.action != "previous_phase":
            closed = self.place is None
            return phases[self._near() if closed else max(first, self._near() - 1)]
        exits = [
            each
            for phase in phases
            if phase.stage == "foundation"
            for each in for_person(phase.exit, subject)
        ]
        loaded = [index for index, phase in enumerate(phases) if phase.stage == "strength"]
        if loaded and all(shown(each, self.facts) is True for each in exits):
            return phases[min(self._near(), loaded[0])]
        return phases[first]

    def _near(self) -> int:
        """The place of the phase; of the last open one before it where it is closed by now."""
        if self.place is not None:
            return self.place
        names = [phase.id for phase in self.after.protocol.phases]
        own = names.index(self.here.plan.phase.id)
        earlier = [index for index, each in enumerate(self.phases) if names.index(each.id) < own]
        return earlier[-1] if earlier else 0

    # --- levels and weeks ----------------------------------------------------------------------

    def _tested(self, phase: Phase) -> dict[str, int]:
        """The levels that the new tests alone give, for the patterns that were tested."""
        tests = measured(self.results).model_copy(update={"foundation_exit": None})
        profile = self.here.program.profile.model_copy(update={"assessments": tests})
        return {
            pattern: min(phase.level_max, level)
            for pattern, level in sorted(place(profile, self.facts).patterns.items())
            if pattern != "hinge"
        }

    def _loaded_weeks(self) -> int:
        """Loaded weeks since the last lighter one, up to the first day of what follows."""
        standing = self.here.program.profile.progress
        loaded = standing.loaded_weeks if standing else 0
        for phase in self.here.program.phases:
            for week in phase.weeks:
                if week.start >= self.starts:
                    return loaded
                lighter = week.kind == "deload" or phase.stage not in LOADED
                loaded = 0 if lighter else loaded + 1
        return loaded


def _easing(judged: Judgement) -> Easing | None:
    """Lighter first weeks where a break or pain asks for them; one week where no row says it."""
    row, percent = judged.row, judged.load_percent
    if not row.hold_weeks and percent == 100:
        return None
    return Easing(weeks=max(1, row.hold_weeks), sets_less=row.sets_less, load_percent=percent)
