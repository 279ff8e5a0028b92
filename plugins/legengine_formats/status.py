"""What was checked and what is proven, in plain words."""

from __future__ import annotations

from typing import Final

from legengine.domain.program import LevelReport, Program, ProgramPhase
from legengine.language import marked, said, tr, trn
from legengine_formats.blocks import Paragraph, Tone
from legengine_formats.wording import listing, spoken

LEVELS: Final[dict[str, str]] = {
    "wishes": marked("wishes kept"),
    "volume": marked("weekly volume"),
    "endurance": marked("endurance in the sessions"),
    "preference": marked("fit of the exercises"),
    "continuity": marked("continuity"),
    "evenness": marked("evenness"),
    "minutes": marked("short sessions"),
    "canonical": marked("choice between equals"),
    "changed_sessions": marked("fewest sessions changed"),
    "changed_exercises": marked("fewest exercises changed"),
    "changed_sets": marked("fewest sets changed"),
}
"""The levels of the objective, and those of a re-planning, to be said by ``level_name``."""


def level_name(name: str) -> str:
    """A level of the objective in words."""
    return tr(LEVELS[name]) if name in LEVELS else spoken(name)


def check_line(program: Program) -> Paragraph:
    """What the checker says."""
    check = program.check
    if check.ok and not check.violations:
        facts = sum(check.checked.values())
        if not facts:
            return Paragraph(tr("Checked: every rule holds."), "good")
        return Paragraph(
            trn(
                len(check.checked),
                "Checked: every rule holds ({count} rule, {facts} facts).",
                "Checked: every rule holds ({count} rules, {facts} facts).",
                facts=facts,
            ),
            "good",
        )
    if not check.violations:
        text = tr("NOT VALID, don't train by it. The check found a broken rule")
        return Paragraph(text, "warning")
    return Paragraph(
        trn(
            len(check.violations),
            "NOT VALID, don't train by it. The check found {count} broken rule: {violations}",
            "NOT VALID, don't train by it. The check found {count} broken rules: {violations}",
            violations="; ".join(map(said, check.violations)),
        ),
        "warning",
    )


def proof_lines(program: Program) -> tuple[Paragraph, ...]:
    """What is proven of every phase, what is only known to be good; the gaps stand at the end."""
    names = dict.fromkeys(level.name for phase in program.phases for level in phase.solve.levels)
    proven = [name for name in names if all(_proven(phase, name) for phase in program.phases)]
    unproven = [name for name in names if name not in proven]
    tone: Tone = "notice" if unproven else "good"
    lines = [Paragraph(_proof(proven, unproven, _open_to(program)), tone)]
    if any(phase.solve.stopped for phase in program.phases):
        lines.append(Paragraph(tr("Stopped before it was finished: good, not proven."), "notice"))
    if any(phase.solve.wall_clock_struck for phase in program.phases):
        text = tr("The time limit struck: the same run may give another program.")
        lines.append(Paragraph(text, "notice"))
    return tuple(lines)


def _proof(proven: list[str], unproven: list[str], open_to: str) -> str:
    """What the solver proved, as sentences."""
    best = listing(map(level_name, proven))
    good = listing(map(level_name, unproven))
    if not unproven and open_to:
        return tr(
            "Chosen by a solver: the best possible among the best fitting exercises"
            " ({numbers} open to you), proven.",
            numbers=open_to,
        )
    if not unproven:
        return tr("Chosen by a solver: the best possible, proven.")
    if not proven:
        return tr("Chosen by a solver. Good, but not proven best: {good}.", good=good)
    if open_to:
        return tr(
            "Chosen by a solver. Proven best among the best fitting exercises"
            " ({numbers} open to you): {best}. Good, but not proven best: {good}.",
            numbers=open_to,
            best=best,
            good=good,
        )
    return tr(
        "Chosen by a solver. Proven best: {best}. Good, but not proven best: {good}.",
        best=best,
        good=good,
    )


def _proven(phase: ProgramPhase, name: str) -> bool:
    return all(_met(level) for level in phase.solve.levels if level.name == name)


def _open_to(program: Program) -> str:
    """Over which part of the library the proof goes, where it isn't the whole."""
    parts = [
        tr("{some} of {all}", some=phase.solve.candidates, all=phase.solve.eligible)
        for phase in program.phases
        if phase.solve.library == "reduced" and phase.solve.candidates < phase.solve.eligible
    ]
    return listing(dict.fromkeys(parts))


def _met(level: LevelReport) -> bool:
    return level.status == "optimal"
