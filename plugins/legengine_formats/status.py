"""What was checked and what is proven, in plain words."""

from __future__ import annotations

from typing import Final

from legengine.domain.program import LevelReport, Program, ProgramPhase
from legengine_formats.blocks import Paragraph, Tone
from legengine_formats.wording import listing, plural, spoken

LEVELS: Final[dict[str, str]] = {
    "wishes": "wishes kept",
    "volume": "weekly volume",
    "preference": "fit of the exercises",
    "continuity": "continuity",
    "evenness": "evenness",
    "minutes": "short sessions",
    "canonical": "choice between equals",
}
"""The levels of the objective for a person."""


def check_line(program: Program) -> Paragraph:
    """What the checker says."""
    check = program.check
    if check.ok and not check.violations:
        facts = sum(check.checked.values())
        looked = f" ({plural(len(check.checked), 'rule')}, {facts} facts)" if facts else ""
        return Paragraph(f"Checked: every rule holds{looked}.", "good")
    count = len(check.violations)
    found = f"{plural(count, 'broken rule')}: " if count else "a broken rule"
    return Paragraph(
        f"NOT VALID, don't train by it. The check found {found}" + "; ".join(check.violations),
        "warning",
    )


def proof_lines(program: Program) -> tuple[Paragraph, ...]:
    """What is proven about the schedules, honest about gaps; equal words are said once."""
    said: dict[tuple[str, Tone], list[str]] = {}
    for index, phase in enumerate(program.phases, start=1):
        tone: Tone = "good" if phase.solve.status == "optimal" else "notice"
        said.setdefault((_proof(phase), tone), []).append(str(index))
    lines = []
    for (text, tone), numbers in said.items():
        word = "Phase" if len(numbers) == 1 else "Phases"
        where = f"{word} {listing(numbers)}: " if len(said) > 1 else ""
        lines.append(Paragraph(where + (text[0].lower() + text[1:] if where else text), tone))
    if any(phase.solve.wall_clock_struck for phase in program.phases):
        text = "The time limit struck: the same run may give another program."
        lines.append(Paragraph(text, "notice"))
    return tuple(lines)


def _proof(phase: ProgramPhase) -> str:
    solve = phase.solve
    reduced = solve.library == "reduced" and solve.candidates < solve.eligible
    among = (
        f" among {solve.candidates} of the {solve.eligible} exercises open to you"
        if reduced
        else ""
    )
    choice = "The choice of exercises, days and sets is"
    if solve.status == "optimal":
        return f"{choice} the best possible{among} (proven)."
    best = [LEVELS.get(level.name, spoken(level.name)) for level in solve.levels if _met(level)]
    open_levels = [gap_text(level) for level in solve.levels if not _met(level)]
    proven = f" Proven best{among}: {listing(best)}." if best else ""
    rest = f" Not proven: {'; '.join(open_levels)}." if open_levels else ""
    return f"{choice} good, but not proven best: the search ended early.{proven}{rest}"


def _met(level: LevelReport) -> bool:
    return level.status == "optimal"


def gap_text(level: LevelReport) -> str:
    """A level that isn't proven, with what is known of its gap."""
    name = LEVELS.get(level.name, spoken(level.name))
    return f"{name} (penalty {level.value}, no choice has less than {level.bound})"
