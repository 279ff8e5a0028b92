"""Where in a program a number stands, with the case and the problem that it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from legengine.domain.exercise import Exercise
from legengine.domain.numbers import Value
from legengine.domain.problem import Dose, Week
from legengine.domain.program import (
    Prescription,
    Program,
    ProgramPhase,
    ProgramWeek,
    Session,
)
from legengine.domain.protocol import DoseRow
from legengine.history import Stretch
from legengine.intake.suits import fits, row_name

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A number of the document, or a text, with its path from the root and from its part."""

    path: Path
    inside: Path
    """From the part of the document that knows about it."""
    value: Value

    @property
    def field(self) -> str:
        """The name of the field in its part."""
        return str(self.inside[0])

    @property
    def at(self) -> str:
        """``phases[0].weeks[1].number``."""
        text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.path)
        return text.removeprefix(".")


@dataclass(frozen=True)
class Scene:
    """The program as a whole."""

    program: Program
    stretches: Sequence[Stretch]


@dataclass(frozen=True)
class PhaseScene(Scene):
    """A phase."""

    order: int
    """From 0."""

    @property
    def phase(self) -> ProgramPhase:
        """The phase of the document."""
        return self.program.phases[self.order]

    @cached_property
    def stretch(self) -> Stretch:
        """What the part was made from: of a revised phase, what was in force for it."""
        return [each for each in self.stretches if self._made_from(each)][-1]

    def _made_from(self, stretch: Stretch) -> bool:
        return stretch.plan.order == self.order

    @property
    def here(self) -> str:
        """``leg-restoration / foundation``."""
        return f"{self.stretch.case.protocol.id} / {self.stretch.plan.phase.id}"


@dataclass(frozen=True)
class WeekScene(PhaseScene):
    """A week of a phase."""

    week: ProgramWeek

    def _made_from(self, stretch: Stretch) -> bool:
        weeks = {week.number for week in stretch.problem.weeks}
        return super()._made_from(stretch) and self.week.number in weeks

    @property
    def asked(self) -> Week:
        """What the problem says of the week."""
        return self.stretch.problem.week(self.week.number)

    @property
    def lighter(self) -> bool:
        """Whether it is a lighter week."""
        return self.week.kind == "deload"


@dataclass(frozen=True)
class SessionScene(WeekScene):
    """A session of a week."""

    session: Session

    def _made_from(self, stretch: Stretch) -> bool:
        return super()._made_from(stretch) and self.session in stretch.sessions


@dataclass(frozen=True)
class Line(SessionScene):
    """A prescription with the dose and the row that it was made from."""

    written: Prescription

    @cached_property
    def exercise(self) -> Exercise:
        """The exercise of the library."""
        return self.stretch.problem.exercises[self.written.exercise]

    @cached_property
    def dose(self) -> Dose:
        """The dose of its week."""
        return self.stretch.problem.dose(self.written.exercise, self.week.number)

    @cached_property
    def row(self) -> DoseRow | None:
        """The row of the protocol's table; ``None`` where the dose comes from elsewhere."""
        case, phase = self.stretch.case, self.stretch.plan.phase
        table = next(table for table in phase.doses if fits(table.when, case.subject))
        name = row_name(case.protocol, phase, table, "doses", self.dose.role)
        return table.roles.get(self.dose.role) if name == self.dose.row else None

    @property
    def library(self) -> str:
        """``library / chair_squat``."""
        return f"library / {self.exercise.id}"
