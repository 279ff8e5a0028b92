"""A phase of one exercise, walked week by week as the engine would: shared by the tests here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from legengine.domain.exercise import Exercise
from legengine.domain.problem import WeekKind
from legengine.domain.protocol import Deload, DoseRow
from legengine.hooks import DoseRequest, LoadPlan, LoadRequest, ProgressionPolicy
from legengine_progressions.plugin import legengine_progressions

POLICIES = {policy.name: policy for policy in legengine_progressions()}
DELOAD = Deload(every_weeks=4, sets_percent=50, load_percent=90, rir_add=2, sources=("DELO",))
MOVE = Exercise(
    id="goblet_squat",
    name="Goblet squat",
    pattern="squat",
    block="compound",
    primary=("quadriceps",),
    laterality="both",
    dose_kind="repetitions",
    resistance="external",
    level=3,
    phases=("strength",),
    progressions=("db_squat", "front_squat"),
    knee_flexion=110,
    hip_flexion=110,
    range_adjustable=True,
    weight_bearing=50,
    position="standing",
    seconds_per_rep=4,
    setup_seconds=30,
    rest_seconds=120,
    instruction="",
    cues=(),
    sources=("D",),
)
ROW = DoseRow(sets=(3, 4), reps=(8, 12), rir=(1, 3), rest_s=(90, 150), sources=("S60",))
BODY = MOVE.model_copy(update={"resistance": "bodyweight"})
HOLD = BODY.model_copy(update={"dose_kind": "hold", "hold_seconds": 20})
GYM = tuple(20 + 2.5 * index for index in range(60))


@dataclass(frozen=True)
class Case:
    """A phase of one exercise, walked week by week as the engine would."""

    policy: ProgressionPolicy
    exercise: Exercise = MOVE
    role: Any = "compound"
    row: DoseRow = ROW
    weeks: int = 6
    deloads: tuple[int, ...] = ()
    experience: Any = "novice"
    goal: Any = "function"
    available: tuple[float, ...] = ()
    item: str = "dumbbell"
    mass: float | None = None
    maximum: float | None = None
    cap: int | None = None
    share: int | None = None
    knee_cap: int | None = None
    before: LoadPlan | None = None
    options: Any = None

    def walk(self) -> Iterator[tuple[LoadRequest, LoadPlan]]:
        previous = self.before
        options = self.options or self.policy.options()
        for week in range(1, self.weeks + 1):
            kind: WeekKind = "deload" if week in self.deloads else "build"
            asked = DoseRequest(
                exercise=self.exercise,
                role=self.role,
                row=self.row,
                week=week,
                weeks=self.weeks,
                kind=kind,
                experience=self.experience,
                goal=self.goal,
                deload=DELOAD,
                options=options,
            )
            dose = self.policy.dose(asked)
            request = LoadRequest(
                exercise=self.exercise,
                dose=dose,
                sets=dose.sets_max,
                week=week,
                weeks=self.weeks,
                kind=kind,
                experience=self.experience,
                goal=self.goal,
                deload=DELOAD,
                body_mass_kg=self.mass,
                one_rep_max_kg=self.maximum,
                available_kg=self.available,
                item=self.item,
                knee_flexion_cap=self.knee_cap,
                previous=previous,
                occurrence=week - 1,
                options=options,
                percent_cap=self.cap,
                body_mass_share_max=self.share,
            )
            plan = self.policy.load(request)
            yield request, plan
            if kind == "build":
                previous = plan

    def plans(self) -> list[LoadPlan]:
        return [plan for _, plan in self.walk()]


def case(name: str = "double_progression", **changes: Any) -> Case:
    return Case(POLICIES[name], **changes)
