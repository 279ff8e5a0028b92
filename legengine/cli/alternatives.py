"""What ``generate --alternatives`` writes and shows: numbered files, how the programs differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from legengine.cli import outputs
from legengine.cli.asked import Asked, Output
from legengine.cli.tables import table, terminal_width, wrapped

if TYPE_CHECKING:
    from legengine.domain.program import Program

COSTS: Final = {
    "wishes": ("point of missed wishes", "points of missed wishes"),
    "volume": ("set outside the weekly aims", "sets outside the weekly aims"),
    "endurance": (
        "half session of endurance work left to other days",
        "half sessions of endurance work left to other days",
    ),
    "preference": ("point of misfit of the exercises", "points of misfit of the exercises"),
    "continuity": ("exercise to get used to", "exercises to get used to"),
    "evenness": (
        "ten minutes between long and short sessions",
        "times ten minutes between long and short sessions",
    ),
    "minutes": ("five minutes of training", "times five minutes of training"),
}
"""Level of the objective to what one of it is, and several; the last level only breaks ties."""


def numbered(path: Path, number: int) -> Path:
    """``program.json`` as ``program-1.json``."""
    stem, dot, rest = path.name.partition(".")
    return path.with_name(f"{stem}-{number}{dot}{rest}")


def names(number: int) -> Callable[[Path], Sequence[Path]]:
    """All the numbered names of a file."""
    return lambda path: [numbered(path, each) for each in range(1, number + 1)]


def refuse_standard_output(asked: Asked) -> None:
    """Several programs can't share one output."""
    if asked.anything and (not asked.paths or Path("-") in asked.paths):
        raise click.UsageError("--alternatives writes several programs: give -o PATH for files")


def write(
    renderer: outputs.Renderer, programs: Sequence[Program], targets: Sequence[Output]
) -> outputs.Outcome:
    """Write every program in every format; a format that fails stops no other."""
    wanted = [
        (program, replace(target, path=numbered(target.path, number), folder=None))
        for number, program in enumerate(programs, 1)
        for target in targets
        if target.path is not None
    ]
    return outputs.write(renderer, wanted)


def as_data(programs: Sequence[Program], asked: int) -> dict[str, Any]:
    """How the programs differ, for JSON."""
    return {
        "asked": asked,
        "found": len(programs),
        "slack_per_week": _slack(),
        "programs": [
            {
                "number": number,
                "shared": [round(_shared(before, program), 3) for before in programs[: number - 1]],
                "levels": _levels(program),
                "exercises": sorted(_exercises(program)),
            }
            for number, program in enumerate(programs, 1)
        ],
    }


def text(programs: Sequence[Program], asked: int) -> str:
    """How the programs differ, for people."""
    width = terminal_width()
    heads = ("program", "days shared with earlier ones", "wishes", "volume", "fit")
    rows = []
    for number, program in enumerate(programs, 1):
        shared = ", ".join(
            f"{_shared(before, program):.0%} of {index}"
            for index, before in enumerate(programs[: number - 1], 1)
        )
        levels = _levels(program)
        rows.append((str(number), shared, *(str(levels[name]) for name in list(COSTS)[:3])))
    parts = [table(heads, rows, width)]
    parts += [
        wrapped(f"Program {number}. {_difference(programs[0], program)}", width)
        for number, program in enumerate(programs[1:], 2)
    ]
    slack = _slack()
    parts.append(
        wrapped(
            "In every phase, no program shares more than half of an earlier one's exercise-days; "
            f"each week may cost {slack['wishes']} points of wishes and {slack['volume']} sets "
            "outside the aims more than in program 1. Lower numbers are better.",
            width,
        )
    )
    if len(programs) < asked:
        found = "only program 1 was" if len(programs) == 1 else f"only {len(programs)} were"
        parts.append(wrapped(f"{asked} were asked for; {found} found that differ so much.", width))
    return "\n\n".join(parts)


def _difference(first: Program, other: Program) -> str:
    """What an alternative has and has not, and what it costs, against the first program."""
    known = _exercises(first) | _exercises(other)
    more = sorted(known[id] for id in _exercises(other).keys() - _exercises(first).keys())
    fewer = sorted(known[id] for id in _exercises(first).keys() - _exercises(other).keys())
    said = [
        f"{word}: {'; '.join(names)}."
        for word, names in (("With", more), ("Without", fewer))
        if names
    ]
    return " ".join([*(said or ["The same exercises on other days."]), _cost(first, other)])


def _cost(first: Program, other: Program) -> str:
    before, after = _levels(first), _levels(other)
    steps = {name: after[name] - before[name] for name in COSTS}
    costs = [f"{step} more {_unit(name, step)}" for name, step in steps.items() if step > 0]
    gains = [f"{-step} fewer {_unit(name, step)}" for name, step in steps.items() if step < 0]
    cost = f"Costs {', '.join(costs)}" if costs else "Costs nothing"
    return f"{cost}; gains {', '.join(gains)}." if gains else f"{cost}."


def _unit(name: str, count: int) -> str:
    return COSTS[name][abs(count) != 1]


def _levels(program: Program) -> dict[str, int]:
    """Each level summed over the phases."""
    return {
        name: sum(
            level.value
            for phase in program.phases
            for level in phase.solve.levels
            if level.name == name
        )
        for name in COSTS
    }


def _exercises(program: Program) -> dict[str, str]:
    return {id: name for _, id, name in _placed(program)}


def _shared(before: Program, program: Program) -> float:
    """The part of an earlier program's exercise-days that another has too."""
    days = {(day, id) for day, id, _ in _placed(before)}
    others = {(day, id) for day, id, _ in _placed(program)}
    return len(days & others) / len(days)


def _placed(program: Program) -> list[tuple[dt.datetime, str, str]]:
    return [
        (session.start, entry.exercise, entry.name)
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for entry in session.prescriptions
    ]


def _slack() -> dict[str, int]:
    from legengine.solve.alternatives import SLACK

    return dict(SLACK)
