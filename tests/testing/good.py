"""One good object of every kind, as third parties write them; planted wrongs start from these."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from legengine.domain.exercise import Exercise, LibraryData
from legengine.domain.findings import Label, ScreeningFinding, Violation
from legengine.domain.margin import Margin
from legengine.domain.problem import Dose
from legengine.errors import InputError
from legengine.hooks import LibraryContents, LoadPlan, NoOptions
from legengine.testing import ThrowAwayPlugin


class Most(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    word: str = "squat"
    most: int = Field(default=1, ge=0)


class FewOf:
    """At most so many exercises of a pattern in a session."""

    name = "few_of"
    summary = "at most so many exercises of a pattern in a session"
    options: Any = Most
    examples: Any = ({"word": "squat", "most": 1}, {"word": "hinge", "most": 0})

    def admits(self, problem: Any, exercise: Any, slot: Any) -> Any:
        return None

    def meant(self, problem: Any, exercise: str) -> bool:
        return bool(problem.exercises[exercise].pattern == problem.options_of(self).word)

    def limit(self, problem: Any) -> int:
        return int(problem.options_of(self).most)

    def label(self, slot: Any) -> Label | None:
        return Label.of(self.name, slot=slot.id)

    def post(self, builder: Any, problem: Any) -> Any:
        for slot in builder.slots():
            terms = [
                (pick, 1)
                for id in builder.exercises(slot.id)
                if self.meant(problem, id) and (pick := builder.pick(slot.id, id)) is not None
            ]
            builder.require(self.label(slot), terms, high=self.limit(problem))

    def counts(self, problem: Any, schedule: Any) -> list[tuple[str, int]]:
        return [
            (slot, sum(self.meant(problem, item.exercise) for item in items))
            for slot, items in schedule.by_slot().items()
        ]

    def check(self, problem: Any, schedule: Any) -> Any:
        most = self.limit(problem)
        return [
            Violation(self.name, slot, f"at most {most}", str(number))
            for slot, number in self.counts(problem, schedule)
            if number > most
        ]

    def margins(self, problem: Any, schedule: Any) -> Any:
        return [
            Margin(
                rule=self.name,
                clause="",
                about="",
                where=slot,
                week=1,
                who="exercises",
                when="in a session",
                found=number,
                side="at most",
                required=self.limit(problem),
                unit="",
            )
            for slot, number in self.counts(problem, schedule)
        ]

    def milder(self, options: Any, label: Any) -> Any:
        more = options.most + 1
        return [(f"{more} of a kind instead of {options.most}", Most(word=options.word, most=more))]

    def describe(self, label: Any, problem: Any) -> Any:
        return f"at most {self.limit(problem)} of a kind in the session of {label.get('slot')}"


class FewSets:
    """As few sets of a pattern as can be."""

    name = "few_sets"
    summary = "as few sets of a pattern as can be"
    level = "wishes"
    options: Any = Most
    examples: Any = ({"word": "squat"},)

    def factor(self) -> Any:
        return 2

    def post(self, builder: Any, problem: Any) -> None:
        word = problem.options_of(self).word
        for slot in builder.slots():
            for id in builder.exercises(slot.id):
                sets = builder.sets(slot.id, id)
                if sets is not None and problem.exercises[id].pattern == word:
                    builder.penalise(Label.of(self.name), [(sets, self.factor())], self.level)

    def score(self, problem: Any, schedule: Any) -> Any:
        word = problem.options_of(self).word
        return 2 * sum(
            item.sets for item in schedule.items if problem.exercises[item.exercise].pattern == word
        )

    def describe(self, label: Any, problem: Any) -> Any:
        return "few sets of a pattern"


class Steady:
    """The same dose in every week."""

    name = "steady"
    summary = "the same dose in every week"
    lever = "nothing"
    options: Any = NoOptions
    monotone = True

    def dose(self, request: Any) -> Any:
        row = request.row
        low, high = row.reps or (0, 0)
        return Dose(
            role=request.role,
            sets_min=row.sets[0],
            sets_max=row.sets[1],
            reps_min=low,
            reps=high,
            hold_s=(row.hold_s or (0, 0))[1],
            unit_s=60 * (row.minutes or (0, 0))[0],
            metres=(row.metres or (0, 0))[1],
            rest_s=row.rest_s[0],
            rir=row.rir,
            rpe=row.rpe,
            sources=row.sources,
        )

    def load(self, request: Any) -> Any:
        return LoadPlan(
            reps=request.dose.reps_min,
            hold_s=request.dose.hold_s,
            load_kg=min(request.available_kg, default=None),
            load_text="" if request.available_kg or not request.item else "a light one",
            reason="the same as last week",
            sources=("D",),
        )


class Plain:
    """Titles and nothing else."""

    name = "plain"
    summary = "the title, the weeks and what is in them"
    suffixes: tuple[str, ...] = (".plain",)
    options: Any = NoOptions

    def clean(self, text: str) -> str:
        return "".join(c for c in text if c.isprintable())

    def program(self, program: Any, options: Any) -> Any:
        lines = [self.clean(program.title) or "-"]
        for phase in program.phases:
            for week in phase.weeks:
                if options.week in (None, week.number):
                    lines += [self.line(session) for session in week.sessions]
        return "\n".join(lines) + "\n"

    def line(self, session: Any) -> str:
        return f"{session.start} {self.clean(session.place)} {len(session.prescriptions)}"

    def referral(self, referral: Any, options: Any) -> Any:
        return referral.summary() + "\n"


class Asks:
    """Refers people who say that they have chest pain."""

    name = "asks"
    summary = "refers people with chest pain"
    options: Any = NoOptions
    citations: Any = MappingProxyType({"X1": "A guideline"})
    sources: Any = ("X1",)

    def severity(self) -> Any:
        return "emergency"

    def screen(self, profile: Any, today: Any) -> Any:
        flags = profile.screening.red_flags
        if not isinstance(flags, dict) or not flags.get("chest_pain_now"):
            return None
        return ScreeningFinding(
            "ASKS", self.severity(), "chest pain", "the heart", "call for help", ("X1",)
        )


def squat(id: str = "my_squat", **fields: Any) -> Exercise:
    plain: dict[str, Any] = {
        "id": id,
        "name": "My squat",
        "pattern": "squat",
        "block": "compound",
        "primary": ("quadriceps",),
        "laterality": "both",
        "dose_kind": "repetitions",
        "level": 2,
        "phases": ("foundation",),
        "knee_flexion": 90,
        "hip_flexion": 80,
        "range_adjustable": True,
        "weight_bearing": 50,
        "position": "standing",
        "seconds_per_rep": 3,
        "setup_seconds": 30,
        "rest_seconds": 60,
        "instruction": "Sit down and stand up.",
        "cues": (),
        "sources": ("D",),
    }
    return Exercise(**(plain | fields))


def library(*exercises: Exercise) -> LibraryData:
    return LibraryData(exercises=exercises or (squat(),))


@dataclass
class Reads:
    """Reads ids of exercises, one a line."""

    example_files: Sequence[Path]
    name: str = "ids"
    summary: str = "ids of exercises in a JSON list"
    options: Any = NoOptions

    def recognises(self, path: Path) -> Any:
        return path.suffix == ".ids"

    def read(self, path: Path, options: Any) -> Any:
        try:
            ids = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"can't be read: {error}", source=str(path)) from error
        if not isinstance(ids, list):
            raise InputError("must be a list", source=str(path))
        return LibraryContents(library(*(squat(id) for id in ids)))


def plugin(**provided: Sequence[Any]) -> tuple[str, object]:
    return ("mine", ThrowAwayPlugin(dict(provided)))
