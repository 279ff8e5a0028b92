"""What was checked and what is proven, in plain words."""

from __future__ import annotations

from typing import Final

from legengine.domain.program import LevelReport, Program, ProgramPhase
from legengine_formats.blocks import Paragraph, Tone
from legengine_formats.wording import listing, plural, spoken

LEVELS: Final[dict[str, str]] = {
    "wishes": "wishes kept",
    "volume": "weekly volume",
    "endurance": "endurance in the sessions",
    "preference": "fit of the exercises",
    "continuity": "continuity",
    "evenness": "evenness",
    "minutes": "short sessions",
    "canonical": "choice between equals",
    "changed_sessions": "fewest sessions changed",
    "changed_exercises": "fewest exercises changed",
    "changed_sets": "fewest sets changed",
}
"""The levels of the objective, and those of a re-planning, for a person."""


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
    """What is proven of every phase, what is only known to be good; the gaps stand at the end."""
    names = dict.fromkeys(level.name for phase in program.phases for level in phase.solve.levels)
    proven = [name for name in names if all(_proven(phase, name) for phase in program.phases)]
    unproven = [name for name in names if name not in proven]
    tone: Tone = "notice" if unproven else "good"
    if not unproven:
        lines = [
            Paragraph(f"Chosen by a solver: the best possible{_among(program)}, proven.", tone)
        ]
    else:
        best = f" Proven best{_among(program)}: {_spoken(proven)}." if proven else ""
        text = f"Chosen by a solver.{best} Good, but not proven best: {_spoken(unproven)}."
        lines = [Paragraph(text, tone)]
    if any(phase.solve.stopped for phase in program.phases):
        lines.append(Paragraph("Stopped before it was finished: good, not proven.", "notice"))
    if any(phase.solve.wall_clock_struck for phase in program.phases):
        text = "The time limit struck: the same run may give another program."
        lines.append(Paragraph(text, "notice"))
    return tuple(lines)


def _spoken(names: list[str]) -> str:
    return listing([LEVELS.get(name, spoken(name)) for name in names])


def _proven(phase: ProgramPhase, name: str) -> bool:
    return all(_met(level) for level in phase.solve.levels if level.name == name)


def _among(program: Program) -> str:
    """Over which part of the library the proof goes, where it isn't the whole."""
    parts = [
        f"{phase.solve.candidates} of {phase.solve.eligible}"
        for phase in program.phases
        if phase.solve.library == "reduced" and phase.solve.candidates < phase.solve.eligible
    ]
    fitting = listing(list(dict.fromkeys(parts)))
    return f" among the best fitting exercises ({fitting} open to you)" if parts else ""


def _met(level: LevelReport) -> bool:
    return level.status == "optimal"
