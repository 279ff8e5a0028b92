"""One scheduled item becomes one prescription: load, repetitions, range, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose, Problem, Slot, WeekKind
from legengine.domain.profile import Profile
from legengine.domain.program import Prescription, Reason
from legengine.domain.protocol import Deload, ExperienceLevel
from legengine.domain.schedule import Item
from legengine.hooks.contracts import LoadPlan, LoadRequest, ProgressionPolicy
from legengine.prescribe.holding import held
from legengine.prescribe.limits import range_note
from legengine.prescribe.sides import side_doses, why_sides
from legengine.reckoning.condition_doses import LIMITED, rows_of
from legengine.reckoning.eligibility import (
    LOADED_BY,
    Alternative,
    load_exists,
    load_item,
    range_caps,
    usable_alternatives,
)
from legengine.reckoning.sides import begins_anew, percent_limit
from legengine.reckoning.time import item_time


@dataclass(slots=True)
class Progress:
    """What an exercise did so far: its last build-week plan, and how often it came."""

    last: LoadPlan | None = None
    week: int = 0
    kind: WeekKind = "build"
    """Of that week; it may lie before the weeks of the problem."""
    plan: LoadPlan | None = None
    seen: int = 0


def going_on(carried: Mapping[str, LoadPlan]) -> dict[str, Progress]:
    """What the exercises did in the part of a phase that an earlier document holds."""
    return {exercise: Progress(plan=plan, seen=1) for exercise, plan in carried.items()}


@dataclass(slots=True)
class Prescriber:
    """Writes the prescriptions of one phase, in order of time."""

    problem: Problem
    profile: Profile
    policy: ProgressionPolicy
    options: BaseModel
    experience: ExperienceLevel
    deload: Deload | None
    carried: dict[str, LoadPlan] = field(default_factory=dict)
    """Exercise to its last plan in the phases before."""
    novice: tuple[ProgressionPolicy, BaseModel] | None = None
    """The policy of a novice, for one-sided work of a limb that begins anew."""
    progress: dict[str, Progress] = field(default_factory=dict)
    """What the exercises did in the part of the phase that is over."""
    held_weeks: int = 0
    """Weeks of the phase, from its first, in which no load rises above what was carried."""
    held_percent: int = 100
    """What is carried, as a share of what was lifted."""

    def prescribe(self, item: Item, slot: Slot) -> Prescription:
        """The prescription of one item."""
        exercise = self.problem.exercises[item.exercise]
        dose = self.problem.dose(item.exercise, slot.week)
        alternative = self._alternative(exercise, slot.place)
        plan = self._plan(exercise, dose, item.sets, slot, alternative)
        reps = (plan.reps or dose.reps) if exercise.dose_kind == "repetitions" else 0
        hold = (plan.hold_s or dose.hold_s) if exercise.dose_kind == "hold" else 0
        written = replace(dose, reps=reps, hold_s=hold)
        return Prescription(
            **self._frame(item, slot),
            reps=reps or None,
            hold_s=hold or None,
            percent_1rm=plan.percent_1rm,
            load_kg=plan.load_kg,
            load_text=plan.load_text,
            tempo=plan.tempo or dose.tempo,
            sides=side_doses(self.problem, item, reps or None, hold or None, plan.load_kg),
            seconds=item_time(exercise, written).seconds(item.sets, item.extra),
            reasons=(
                self._why_chosen(exercise, slot),
                self._why_dosed(plan, dose),
                *self._why_limited(dose),
                *why_sides(self.problem, item),
            ),
        )

    def _frame(self, item: Item, slot: Slot) -> dict[str, Any]:
        """The fields that don't depend on how the exercise went before."""
        exercise = self.problem.exercises[item.exercise]
        dose = self.problem.dose(item.exercise, slot.week)
        counted = exercise.dose_kind == "repetitions"
        alternative = self._alternative(exercise, slot.place)
        return {
            "exercise": exercise.id,
            "name": exercise.name,
            "block": exercise.block,
            "pattern": exercise.pattern,
            "laterality": exercise.laterality,
            "dose_kind": exercise.dose_kind,
            "sets": item.sets,
            "reps_range": (dose.reps_min, dose.reps) if counted else None,
            "minutes": item.sets * dose.unit_s // 60 if exercise.dose_kind == "duration" else None,
            "metres": dose.metres or None,
            "rest_s": dose.rest_s,
            "rir": dose.rir,
            "rpe": dose.rpe,
            "equipment": alternative,
            "range_note": range_note(self.problem, exercise, alternative, slot.week),
            "warmup_sets": dose.warmup_sets,
            "instruction": exercise.instruction,
            "cues": exercise.cues,
        }

    def would_repeat(self, written: Prescription, slot: Slot) -> bool:
        """Whether a prescription is still what the problem asks for, its progress aside."""
        item = Item(slot.id, written.exercise, written.sets, written.extra)
        sides = side_doses(self.problem, item, written.reps, written.hold_s, written.load_kg)
        return written.sides == sides and all(
            getattr(written, name) == value for name, value in self._frame(item, slot).items()
        )

    def follow(self, written: Prescription, slot: Slot) -> None:
        """Take a prescription that stands as what the exercise did."""
        exercise = self.problem.exercises[written.exercise]
        dose = self.problem.dose(written.exercise, slot.week)
        plan = self._plan(exercise, dose, written.sets, slot, written.equipment)
        self.progress[exercise.id].plan = replace(
            plan,
            reps=written.reps or 0,
            hold_s=written.hold_s or 0,
            load_kg=written.load_kg,
            load_text=written.load_text,
            percent_1rm=written.percent_1rm,
        )

    def _alternative(self, exercise: Exercise, place: str) -> Alternative:
        """The first alternative that fits; one that loads where phase and body allow a load."""
        usable = usable_alternatives(self.problem, exercise, place)
        if exercise.resistance == "optional":
            wanted = self.problem.eligibility.external_load and not self._spared(exercise)
            there = self.problem.places[place]
            loaded = [way for way in usable if load_item(way) and load_exists(way, there)]
            free = [way for way in usable if not load_item(way)]
            usable = (loaded if wanted else free) or free or usable
        return usable[0]

    def _spared(self, exercise: Exercise) -> bool:
        """Whether a condition takes every load from an exercise that bears weight."""
        return exercise.weight_bearing > 0 and any(
            condition.no_external_load and exercise.id not in condition.allow_exercises
            for condition in self.problem.eligibility.conditions
        )

    def _plan(
        self, exercise: Exercise, dose: Dose, sets: int, slot: Slot, alternative: Alternative
    ) -> LoadPlan:
        """The policy's plan; the same for every session of a week at one place."""
        state = self.progress.setdefault(exercise.id, Progress(last=self.carried.get(exercise.id)))
        week = self.problem.week(slot.week)
        new_week = state.week != slot.week and state.plan is not None
        if new_week and state.kind == "build":
            state.last = state.plan
        caps = [cap.degrees for cap in range_caps(self.problem, exercise) if cap.joint == "knee"]
        place = self.problem.places[slot.place]
        policy, options, experience = self._taught(exercise)
        item = load_item(alternative) if load_exists(alternative, place) else ""
        plan = policy.load(
            LoadRequest(
                exercise=exercise,
                dose=dose,
                sets=sets,
                week=week.index,
                weeks=self.problem.phase_weeks or len(self.problem.weeks),
                kind=week.kind,
                experience=experience,
                goal=self.problem.goal,
                deload=self.deload,
                body_mass_kg=self.profile.person.mass,
                one_rep_max_kg=self.profile.assessments.one_rep_max_kg.get(exercise.id),
                available_kg=place.loads.get(LOADED_BY.get(item, ""), ()),
                item=item,
                knee_flexion_cap=min(caps, default=None),
                previous=state.last,
                occurrence=state.seen,
                options=options,
                percent_cap=self._percent_cap(exercise),
                body_mass_share_max=self._body_mass_share(exercise),
            )
        )
        if week.index <= self.held_weeks:
            carried = self.carried.get(exercise.id)
            loads = place.loads.get(LOADED_BY.get(item, ""), ())
            plan = held(plan, carried, loads, self.held_percent)
        state.plan, state.week, state.kind = plan, slot.week, week.kind
        state.seen += 1
        return plan

    def _percent_cap(self, exercise: Exercise) -> int | None:
        """The lowest percent of 1RM that a condition, its dose row or the sides allow at most."""
        body = self.problem.eligibility
        percents = [each.percent_1rm_max for each in body.conditions]
        percents.append(percent_limit(self.problem.asymmetry, exercise))
        if exercise.block in LIMITED:
            for row in rows_of(body.conditions, body.known):
                first = row.percent_1rm_first if body.first_loads else None
                span = first or row.percent_1rm
                percents.append(span[1] if span else None)
        return min((percent for percent in percents if percent is not None), default=None)

    def _body_mass_share(self, exercise: Exercise) -> int | None:
        """The load in percent of body mass that a condition allows at most."""
        shares = [
            condition.load_share.percent_of_body_mass
            for condition in self.problem.eligibility.conditions
            if condition.load_share is not None and exercise.id in condition.load_share.exercises
        ]
        return min(shares, default=None)

    def _taught(self, exercise: Exercise) -> tuple[ProgressionPolicy, BaseModel, ExperienceLevel]:
        """The policy for an exercise: a novice's where a limb begins anew."""
        if self.novice is not None and begins_anew(self.problem.asymmetry, exercise):
            return *self.novice, "novice"
        return self.policy, self.options, self.experience

    def last_plans(self) -> dict[str, LoadPlan]:
        """What the next phase starts from."""
        plans = dict(self.carried)
        for id, state in self.progress.items():
            if state.plan is not None:
                plans[id] = state.plan
        return plans

    def _why_chosen(self, exercise: Exercise, slot: Slot) -> Reason:
        """The rule that it serves: a coverage row, else the volume of its muscles."""
        rows = [
            row
            for row in self.problem.coverage
            if row.at_least
            and (
                exercise.pattern in row.patterns
                or exercise.block in row.blocks
                or exercise.id in row.exercises
            )
        ]
        rows.sort(key=lambda row: (not row.required, -row.priority, row.id))
        if rows:
            return Reason(text=rows[0].summary, sources=rows[0].sources)
        muscles = sorted({self.problem.muscle_groups[muscle] for muscle in exercise.primary})
        volume = self.problem.week(slot.week).volume
        sources = next(
            (volume[group].sources for group in muscles if group in volume), exercise.sources
        )
        named = " and ".join(muscle.replace("_", " ") for muscle in muscles)
        return Reason(text=f"Works the {named} towards the week's aim", sources=sources)

    def _why_limited(self, dose: Dose) -> tuple[Reason, ...]:
        """What the dose rows of conditions changed."""
        if not dose.kept_within:
            return ()
        return (Reason(text=dose.kept_within, sources=dose.sources),)

    def _why_dosed(self, plan: LoadPlan, dose: Dose) -> Reason:
        sources = tuple(dict.fromkeys((*dose.sources, *plan.sources)))
        return Reason(text=plan.reason or "The dose of this phase", sources=sources)
