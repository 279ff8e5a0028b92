"""What all policies share: the week's dose, and who plans a prescription of which kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from pydantic import BaseModel

from legengine.domain.problem import Dose
from legengine.domain.protocol import Span
from legengine.hooks import DoseRequest, LoadPlan, LoadRequest
from legengine_progressions import loaded, unloaded
from legengine_progressions.cuffs import ANKLE_WEIGHT, weighted
from legengine_progressions.doses import PREPARATION, row_reps, row_rest_s, row_sets, weekly_dose
from legengine_progressions.effort import is_loaded
from legengine_progressions.sources import SOURCES

Settings = TypeVar("Settings", bound=BaseModel)


def settings(options: BaseModel, kind: type[Settings]) -> Settings:
    """The options of a request as the policy's own; the defaults where they are another's."""
    return options if isinstance(options, kind) else kind()


@dataclass(frozen=True)
class Policy(ABC):
    """A policy moves sets, repetitions or rest in ``dose`` and load or repetitions in ``load``."""

    name: str
    summary: str
    lever: str
    options: type[BaseModel]
    citations: ClassVar[Mapping[str, str]] = SOURCES

    # --- the dose, before solving --------------------------------------------------------------

    def dose(self, request: DoseRequest) -> Dose:
        """The dose of a week."""
        return weekly_dose(
            request,
            sets=self.sets(request),
            reps=self.reps(request),
            rest_s=self.rest_s(request),
        )

    def sets(self, request: DoseRequest) -> Span:
        """Fewest and most sets of a build week."""
        return row_sets(request)

    def reps(self, request: DoseRequest) -> Span:
        """Fewest and most repetitions that a plan of the week may hold."""
        return row_reps(request)

    def rest_s(self, request: DoseRequest) -> int:
        """Rest between sets."""
        return row_rest_s(request)

    # --- the plan, after solving ---------------------------------------------------------------

    def load(self, request: LoadRequest) -> LoadPlan:
        """The load and repetitions of a prescription."""
        if request.exercise.dose_kind != "repetitions":
            return unloaded.timed(request)
        if request.dose.role in PREPARATION or request.exercise.pattern == "plyometric":
            return unloaded.steady(request)
        previous = request.previous
        if not is_loaded(request):
            if previous is None or not previous.reps:
                return unloaded.begin(request, self.first_reps(request))
            if request.kind == "deload":
                return unloaded.lighter(request, previous)
            return unloaded.climb(request, previous, self.next_reps(request, previous))
        if request.item == ANKLE_WEIGHT:
            return weighted(request)
        if previous is None or not previous.reps:
            return loaded.begin(request, self.first_reps(request))
        if request.kind == "deload":
            return loaded.lighter(request, previous)
        if self._is_new(request, previous):
            return loaded.carry_over(request, previous, self.first_reps(request))
        return loaded.carry_out(request, previous, self.move(request, previous))

    @staticmethod
    def _is_new(request: LoadRequest, previous: LoadPlan) -> bool:
        """Whether the previous plan comes from the phase before."""
        dose = request.dose
        elsewhere = not dose.reps_min <= previous.reps <= dose.reps
        return request.week == 1 or request.occurrence == 0 or elsewhere

    def first_reps(self, request: LoadRequest) -> int:
        """Repetitions to begin with."""
        return request.dose.reps_min

    def next_reps(self, request: LoadRequest, previous: LoadPlan) -> int:
        """Repetitions a week later where there is no load to move; clipped into the dose."""
        return min(request.dose.reps, previous.reps + 1)

    @abstractmethod
    def move(self, request: LoadRequest, previous: LoadPlan) -> loaded.Move:
        """What to do with load and repetitions after a build week with a load."""
