"""Where in a program a number stands, with the case and the problem that it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from legengine.domain.exercise import Exercise
from legengine.domain.numbers import Value
from legengine.domain.problem import Dose
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
    """A part of a program. What lies above the part is there, what lies below is not asked for."""

    program: Program
    stretches: Sequence[Stretch]
    order: int | None = None
    week: ProgramWeek | None = None
    session: Session | None = None
    entry: Prescription | None = None

    @cached_property
    def phase(self) -> ProgramPhase:
        """The phase of the document."""
        assert self.order is not None
        return self.program.phases[self.order]

    @cached_property
    def stretch(self) -> Stretch:
        """What the part was made from: of a revised phase, what was in force for it."""
        of_phase = [each for each in self.stretches if each.plan.order == self.order]
        if self.session is not None:
            return next(each for each in of_phase if self.session in each.sessions)
        if self.week is not None:
            number = self.week.number
            of_week = [
                each for each in of_phase if any(w.number == number for w in each.problem.weeks)
            ]
            return of_week[-1]
        return of_phase[-1]

    @property
    def here(self) -> str:
        """``leg-restoration / foundation``."""
        return f"{self.stretch.case.protocol.id} / {self.stretch.plan.phase.id}"

    @property
    def lighter(self) -> bool:
        """Whether the week is a lighter one."""
        return self.week is not None and self.week.kind == "deload"


@dataclass(frozen=True)
class Line(Scene):
    """A prescription with the dose and the row that it was made from."""

    @cached_property
    def written(self) -> Prescription:
        """The prescription of the document."""
        assert self.entry is not None
        return self.entry

    @cached_property
    def exercise(self) -> Exercise:
        """The exercise of the library."""
        return self.stretch.problem.exercises[self.written.exercise]

    @cached_property
    def dose(self) -> Dose:
        """The dose of its week."""
        assert self.week is not None
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
