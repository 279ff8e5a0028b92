"""A program as the text that the app Liftosaur takes: Liftoscript, by its documentation.

Written from https://www.liftosaur.com/docs/ and the rules for names in the app's manual; nothing
of the app itself is in here. What the language can't say stands above each exercise as its
description, which the app shows: effort as a range, sides, range of motion, how to find a load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.language import said, spoken_unit, tr

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Prescription, Program, ProgramWeek, SideDose
    from legengine.language import Unit
    from legengine_formats.dated import Dated

KG_PER_LB: Final = 0.45359237
"""The international avoirdupois pound of 1959, exactly."""

LONGEST_LABEL: Final = 8
"""Letters in the label of a set, by the documentation."""

_NOT_IN_NAMES: Final = re.compile(r"[/{}()\[\]|!#:,\\]+")
"""Signs with a meaning of their own: a comma begins the equipment, a colon ends a label."""


class LiftoscriptOptions(BaseModel):
    """How the text is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    timed_sets: bool = Field(
        default=True,
        description="holds and endurance work as timed sets (60s|30s), which the app has known "
        "since 2026; else seconds and minutes are written in place of repetitions",
    )


@dataclass(frozen=True, slots=True)
class LiftoscriptFormat:
    """Weeks, days and exercises to paste into the full text of a program."""

    name: str = "liftoscript"
    summary: str = "text to paste into the app Liftosaur"
    suffixes: tuple[str, ...] = (".liftoscript",)
    options: type[LiftoscriptOptions] = LiftoscriptOptions
    examples: tuple[dict[str, Any], ...] = ({"timed_sets": False},)

    def program(self, program: Program, options: RenderOptions) -> str:
        """The program; with ``options.week`` that week alone.

        Raises:
            InputError: the week isn't there.
        """
        from legengine_formats.clean import cleaned

        lines = _Writer(options.of(self), spoken_unit()).lines(cleaned(program), options.week)
        return "\n".join(lines) + "\n"

    def referral(self, referral: Referral, options: RenderOptions) -> str:  # noqa: ARG002
        """Nothing: the language holds exercises and nothing else.

        Raises:
            InputError: always.
        """
        raise InputError(
            "Liftoscript holds exercises, and screening allows none: "
            "write the referral as text, with -f terminal or -f markdown"
        )


def name_of(text: str) -> str:
    """A name without the signs that mean something in the language; empty where nothing is left."""
    plain = _NOT_IN_NAMES.sub(" - ", text).strip(" -.")
    return " ".join(re.sub(r"(?:\s-)+\s", " - ", f" {plain} ").split())


@dataclass(frozen=True, slots=True)
class _Writer:
    options: LiftoscriptOptions
    unit: Unit

    def lines(self, program: Program, only: int | None) -> Iterator[str]:
        """The whole text, line by line."""
        from legengine_formats.dated import Dated, weeks_of

        weeks = list(weeks_of(program, only))
        items = [item for _, week in weeks for one in week.sessions for item in one.prescriptions]
        names = _names(items)
        yield from _head(program, names)
        for phase, week in weeks:
            yield ""
            yield from _comment([*_week_texts(week), said(phase.title)])
            yield f"# {tr('Week {n}', n=week.number)}"
            if not week.sessions:
                yield f"## {tr('No session')}"
            for number, session in enumerate(week.sessions, start=1):
                yield from self._day(Dated(phase, week, number, session), names)

    def _day(self, dated: Dated, names: Mapping[str, str]) -> Iterator[str]:
        from legengine_formats import wording

        session = dated.session
        day = wording.day_text(session.start.date(), year=True)
        yield ""
        yield from _comment([wording.minutes_text(session.minutes), session.place])
        yield f"## {day}, {wording.clock(session.start)}"
        for item in session.prescriptions:
            yield from _comment([wording.dose_text(item), *wording.detail_texts(item)])
            warm_up = "" if item.warmup_sets else " / warmup: none"
            yield f"{names[item.exercise]} / {', '.join(self._sets(item))}{warm_up}"

    def _sets(self, item: Prescription) -> Iterator[str]:
        """One group of equal sets after the other."""
        same = {(dose.sets, dose.reps, dose.hold_s, dose.load_kg) for dose in item.sides}
        if len(same) < 2:
            first = item.sides[0] if item.sides else None
            yield self._group(item, first, "")
            return
        from legengine_formats import wording

        for dose in item.sides:
            yield self._group(item, dose, wording.side_name(dose.side))

    def _group(self, item: Prescription, dose: SideDose | None, label: str) -> str:
        sets = dose.sets if dose else item.sets
        reps = dose.reps if dose else item.reps
        hold_s = dose.hold_s if dose else item.hold_s
        load_kg = dose.load_kg if dose else item.load_kg
        seconds = (item.minutes or 0) * 60 or (hold_s if item.dose_kind == "hold" else 0) or 0
        parts = []
        if seconds and self.options.timed_sets:
            rest = 0 if item.minutes else item.rest_s
            parts = [f"{1 if item.minutes else sets}x1", f"{seconds}s|{rest}s"]
        elif item.minutes:
            parts = [f"1x{item.minutes}"]
            label = label or tr("minutes")
        else:
            parts = [f"{sets}x{reps or hold_s or item.metres or 1}"]
            parts += [f"{item.rest_s}s"] if item.rest_s else []
            if not reps and (hold_s or item.metres):
                label = label or (tr("seconds") if hold_s else tr("metres"))
        parts += self._load(item, load_kg)
        if label:
            parts.append(f"({name_of(label)[:LONGEST_LABEL].strip()})")
        return " ".join(parts)

    def _load(self, item: Prescription, load_kg: float | None) -> list[str]:
        """The load, and the effort where it stands.

        A load that has to be found is left out with its effort: the app asks for it then. Beside an
        effort it would take one out of a table.
        """
        effort = _effort(item)
        if load_kg is not None:
            value = load_kg / KG_PER_LB if self.unit == "lb" else load_kg
            return [f"{_number(value)}{self.unit}", *effort]
        if item.percent_1rm is not None:
            return [f"{_number(item.percent_1rm)}%", *effort]
        return [] if item.load_text else [f"0{self.unit}", *effort]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _effort(item: Prescription) -> list[str]:
    """The middle of the effort that is asked for: 10 less the repetitions that are left."""
    if item.rir:
        return [f"@{_number(max(0.0, 10 - sum(item.rir) / 2))}"]
    return [f"@{_number(sum(item.rpe) / 2)}"] if item.rpe else []


def _names(items: Iterable[Prescription]) -> dict[str, str]:
    """Exercise to its name; two exercises never share one."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for item in items:
        if item.exercise in names:
            continue
        name = name_of(said(item.name)) or name_of(item.exercise.replace("_", " ")) or "-"
        unique, number = name, 1
        while unique.lower() in taken:
            number += 1
            unique = f"{name} {number}"
        taken.add(unique.lower())
        names[item.exercise] = unique
    return names


def _head(program: Program, names: Mapping[str, str]) -> Iterator[str]:
    """What the app doesn't show: whose program it is, and the exercises that it has to know."""
    yield f"/// {program.title or tr('Training program for your legs')}"
    yield f"/// {tr('Paste this into the full text of a program in the app Liftosaur.')}"
    yield f"/// {tr('First make those of these exercises in the app that it does not have:')}"
    yield from (f"/// - {name}" for name in names.values())


def _week_texts(week: ProgramWeek) -> list[str]:
    return [tr("lighter week")] if week.kind == "deload" else []


def _comment(texts: Iterable[str]) -> Iterator[str]:
    """A description; one that is empty, so that no earlier one goes on, has no text."""
    kept = [text for text in texts if text]
    yield from (f"// {text}" for text in kept or [""])
