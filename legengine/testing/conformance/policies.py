"""What a progression policy is asked: doses within their rows, loads within their doses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose
from legengine.domain.protocol import DoseRow, ExperienceLevel, Span
from legengine.hooks.contracts import DoseRequest, LoadPlan, LoadRequest, ProgressionPolicy
from legengine.hooks.sealing import fingerprint
from legengine.intake.doses import role_of
from legengine.testing.conformance.check import Check, CheckFailed, CheckSkipped, expect
from legengine.testing.conformance.described import Examined

WEEKS: Final = 4
"""Weeks of a phase in which a policy is followed; the last is a lighter one."""

_BODIES: Final[tuple[tuple[float | None, float | None, tuple[float, ...]], ...]] = (
    (None, None, ()),
    (70.0, None, (2.0, 4.0, 6.0, 8.0, 10.0, 12.5, 15.0, 20.0)),
    (70.0, 60.0, tuple(2.5 * number for number in range(1, 41))),
)
"""Body mass, one-repetition maximum and the loads that exist: nothing known, some, all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A policy's answers for one exercise in one week."""

    request: DoseRequest
    dose: Dose
    loads: tuple[tuple[LoadRequest, LoadPlan], ...]


@dataclass
class Followed:
    """A policy that is followed through weeks of every dose row of every protocol."""

    examined: Examined

    @property
    def policy(self) -> ProgressionPolicy:
        """The policy itself."""
        policy: ProgressionPolicy = self.examined.value
        return policy

    @cached_property
    def answers(self) -> tuple[Asked, ...]:
        """Everything that it says."""
        return tuple(
            asked
            for options in self.examined.settings()
            for row, exercise, experience in self._rows()
            for asked in self._weeks(row, exercise, experience, options)
        )

    def _rows(self) -> Iterator[tuple[DoseRow, Exercise, ExperienceLevel]]:
        """Dose rows that differ, each with an exercise that takes it."""
        registry = self.examined.subject.loaded
        by_role: dict[str, list[Exercise]] = {}
        for exercise in registry.library().exercises:
            by_role.setdefault(role_of(exercise), []).append(exercise)
        seen: set[tuple[str, DoseRow]] = set()
        for name in registry.protocols:
            for phase in registry.protocol(name).phases:
                for table in phase.doses:
                    for role, row in table.roles.items():
                        if (role, row) in seen:
                            continue
                        seen.add((role, row))
                        for kind in ("bodyweight", "external", "optional"):
                            fits = [e for e in by_role.get(role, ()) if e.resistance == kind]
                            if fits:
                                yield row, fits[0], phase_experience(table.when.experience)

    def _weeks(
        self, row: DoseRow, exercise: Exercise, experience: ExperienceLevel, options: BaseModel
    ) -> Iterator[Asked]:
        previous: dict[int, LoadPlan | None] = {}
        for week in range(1, WEEKS + 1):
            request = DoseRequest(
                exercise=exercise,
                role=role_of(exercise),
                row=row,
                week=week,
                weeks=WEEKS,
                kind="deload" if week == WEEKS else "build",
                experience=experience,
                goal="function",
                deload=self._deload(),
                options=options,
            )
            dose = self.policy.dose(request)
            if not isinstance(dose, Dose):
                raise CheckFailed(f"'dose' must return a Dose, not {dose!r}")
            loads = []
            for number, (mass, maximum, available) in enumerate(_BODIES):
                item = _carrier(exercise) if exercise.resistance != "bodyweight" else ""
                asked = LoadRequest(
                    exercise=exercise,
                    dose=dose,
                    sets=dose.sets_min,
                    week=week,
                    weeks=WEEKS,
                    kind=request.kind,
                    experience=experience,
                    goal="function",
                    deload=request.deload,
                    body_mass_kg=mass,
                    one_rep_max_kg=maximum if item else None,
                    available_kg=available if item else (),
                    item=item,
                    knee_flexion_cap=None,
                    previous=previous.get(number),
                    occurrence=week - 1,
                    options=options,
                )
                plan = self.policy.load(asked)
                if not isinstance(plan, LoadPlan):
                    raise CheckFailed(f"'load' must return a LoadPlan, not {plan!r}")
                if request.kind == "build":
                    previous[number] = plan
                loads.append((asked, plan))
            yield Asked(request, dose, tuple(loads))

    def _deload(self) -> Any:
        registry = self.examined.subject.loaded
        found = [registry.protocol(name).deload for name in registry.protocols]
        return next((deload for deload in found if deload is not None), None)


def phase_experience(named: tuple[ExperienceLevel, ...]) -> ExperienceLevel:
    """The experience that a table is for; of anyone, a novice's."""
    return named[0] if named else "novice"


def _carrier(exercise: Exercise) -> str:
    """The item that could carry the load of an exercise."""
    items = [item for way in exercise.equipment for item in way]
    carriers = ("dumbbell", "barbell", "kettlebell", "ankle_weight", "machine")
    return next((item for item in items if any(word in item for word in carriers)), "")


def policy_checks(examined: Examined) -> Iterator[Check]:
    """What a policy is asked."""
    followed = Followed(examined)
    questions: tuple[tuple[str, str, Callable[[Followed], None]], ...] = (
        ("pure", "it changes nothing that it is given, and says the same twice", pure),
        ("doses", "every dose lies within its row", doses),
        ("loads", "every load lies within its dose, and exists", loads),
        ("reasons", "it says why, and what it says can be written down", reasons),
        (
            "monotone",
            "where it claims so, nothing goes back from a build week to the next",
            monotone,
        ),
    )
    for what, about, question in questions:
        yield examined.check(what, about, _asking(question, followed))


def _asking(question: Callable[[Followed], None], followed: Followed) -> Callable[[], None]:
    return lambda: question(followed)


def _when(request: DoseRequest) -> str:
    return f"{request.exercise.id} in week {request.week} of {request.weeks} ({request.kind})"


def pure(followed: Followed) -> None:
    """Both methods are functions of their request."""
    policy = followed.policy
    for asked in followed.answers:
        when = _when(asked.request)
        before = fingerprint(asked.request)
        expect(
            policy.dose(asked.request) == asked.dose,
            f"'dose' says something else when it is asked again for {when}: it must depend on its "
            "request alone, and remember nothing",
        )
        expect(fingerprint(asked.request) == before, f"'dose' changes its request for {when}")
        for request, plan in asked.loads:
            before = fingerprint(request)
            expect(
                policy.load(request) == plan,
                f"'load' says something else when it is asked again for {when}: it must depend on "
                "its request alone, and remember nothing",
            )
            expect(fingerprint(request) == before, f"'load' changes its request for {when}")


def doses(followed: Followed) -> None:
    """Within the row; a lighter week may have fewer sets."""
    for asked in followed.answers:
        row, dose, when = asked.request.row, asked.dose, _when(asked.request)
        least, most = row.sets
        light = asked.request.kind == "deload"
        expect(
            (light or least <= dose.sets_min) and 1 <= dose.sets_min <= dose.sets_max <= most,
            f"{dose.sets_min} to {dose.sets_max} sets of {when}: the row says {least} to {most}",
        )
        kind = asked.request.exercise.dose_kind
        if kind == "repetitions" and row.reps is not None:
            _within(f"repetitions of {when}", dose.reps_min, dose.reps, row.reps)
        if kind == "hold" and row.hold_s is not None:
            longest = max(row.hold_s[1], asked.request.exercise.hold_seconds)
            expect(
                0 < dose.hold_s <= longest,
                f"{dose.hold_s} s are held in {when}: the row says {row.hold_s[0]} to "
                f"{row.hold_s[1]}",
            )
        if row.rir is not None and dose.rir is not None:
            expect(
                row.rir[0] <= dose.rir[0] <= dose.rir[1],
                f"{dose.rir} repetitions in reserve of {when}: the row says at least {row.rir[0]}",
            )


def _within(what: str, low: int, high: int, span: Span) -> None:
    expect(
        span[0] <= low <= high <= span[1],
        f"{low} to {high} {what}: the row says {span[0]} to {span[1]}",
    )


def loads(followed: Followed) -> None:
    """Within the dose; a number only of a load that exists."""
    for asked in followed.answers:
        dose, when = asked.dose, _when(asked.request)
        kind = asked.request.exercise.dose_kind
        for request, plan in asked.loads:
            if kind == "repetitions" and plan.reps:
                expect(
                    dose.reps_min <= plan.reps <= dose.reps,
                    f"{plan.reps} repetitions of {when}: the dose says {dose.reps_min} to "
                    f"{dose.reps}",
                )
            if kind == "hold" and plan.hold_s:
                expect(
                    plan.hold_s <= dose.hold_s,
                    f"{plan.hold_s} s are held in {when}: the dose says at most {dose.hold_s}",
                )
            if plan.load_kg is not None:
                expect(plan.load_kg > 0, f"a load of {plan.load_kg} kg for {when}")
                expect(
                    not request.available_kg or plan.load_kg in request.available_kg,
                    f"{plan.load_kg} kg for {when}: the place has "
                    f"{', '.join(f'{load:g}' for load in request.available_kg[:8])}, ... kg",
                )
                expect(
                    request.one_rep_max_kg is None or plan.load_kg <= request.one_rep_max_kg,
                    f"{plan.load_kg} kg for {when}: more than the maximum of "
                    f"{request.one_rep_max_kg} kg",
                )


def reasons(followed: Followed) -> None:
    """A reason in one line; all plain data."""
    for asked in followed.answers:
        when = _when(asked.request)
        said: list[Dose | LoadPlan] = [asked.dose, *(plan for _, plan in asked.loads)]
        for value in said:
            try:
                json.dumps(asdict(value), allow_nan=False)
            except (TypeError, ValueError) as error:
                raise CheckFailed(
                    f"what it says of {when} can't be written down: {error}"
                ) from error
        for _, plan in asked.loads:
            expect("\n" not in plan.reason, f"the reason for {when} has more than one line")
            expect(bool(plan.reason.strip()), f"it gives no reason for {when}: set LoadPlan.reason")


def monotone(followed: Followed) -> None:
    """Where it claims so, no load and no repetition goes back from week to week."""
    if not getattr(followed.policy, "monotone", False):
        raise CheckSkipped("it doesn't claim to be: no attribute 'monotone'")
    last: dict[object, tuple[float, int]] = {}
    for asked in followed.answers:
        if asked.request.kind != "build":
            continue
        for number, (_, plan) in enumerate(asked.loads):
            key = (number, replace(asked.request, week=1))
            now = (plan.load_kg or 0.0, plan.reps)
            before = last.get(key, now)
            expect(
                now[0] > before[0] or (now[0] == before[0] and now[1] >= before[1]),
                f"it claims to be monotone and goes back from {before[0]:g} kg x {before[1]} to "
                f"{now[0]:g} kg x {now[1]} for {_when(asked.request)}",
            )
            last[key] = now


__all__ = ["policy_checks"]
