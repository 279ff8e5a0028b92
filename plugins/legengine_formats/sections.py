"""The sections beside the sessions: how to read it, volume, instructions, tests, provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from legengine.domain.program import Guidance, GuidanceLine, Prescription, Program, ProgramPhase
from legengine_formats import overview, wording
from legengine_formats.blocks import (
    Block,
    Bullets,
    Entries,
    Entry,
    Paragraph,
    Row,
    Section,
    Table,
)
from legengine_formats.status import LEVELS


def prescriptions(program: Program) -> list[Prescription]:
    """Every prescription in order of time."""
    return [
        item
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]


# --- how to read it ------------------------------------------------------------------------


def legend(program: Program) -> tuple[Block, ...]:
    """The words that this program uses, explained."""
    return legend_of(prescriptions(program))


def legend_of(items: Sequence[Prescription]) -> tuple[Block, ...]:
    """The words that these prescriptions use, explained."""
    sides = {wording.side_text(item) for item in items}
    both = any("each side" in wording.dose_text(item) for item in items)
    first = [dose.side for item in items for dose in item.sides[:1]]
    begins = "begin every set with the weaker side; the other one does the same and no more"
    known = (
        (any(item.reps for item in items), "3 x 12", "3 sets of 12 repetitions"),
        (any(item.hold_s for item in items), "3 x 20 s", "3 sets, each held for 20 seconds"),
        (bool(first), " or ".join(f"{side} first" for side in dict.fromkeys(first)), begins),
        (both, "each side", "that many with one side, then with the other")
        if first
        else (both, "each side", "that many with the left, then with the right"),
        ("in all" in sides, "in all", "left and right in turn, both counted"),
        (any(item.rpe for item in items), "effort", "0 is rest, 10 is all that you have"),
        (any(item.rir for item in items), "reps left", "how many more you could still do well"),
        (any(map(wording.range_text, items)), "range", "where the repetitions may lie"),
        (any(item.tempo for item in items), "tempo 2-1-2", "seconds down, held, up"),
        (any(map(wording.percent_text, items)), "1RM", "the most that you could lift once"),
        (any(map(wording.rest_text, items)), "rest", "between the sets"),
    )
    entries = tuple(Entry(term, (text,)) for used, term, text in known if used)
    return (Entries(entries, tight=True),)


# --- volume --------------------------------------------------------------------------------


def volume(program: Program) -> list[Section]:
    """Sets of each muscle group a week against their aim, a table for each phase."""
    blocks: list[Block] = []
    outside = False
    for number, phase in enumerate(program.phases, start=1):
        lines = overview.volume_lines(phase)
        if lines:
            outside = outside or any(line.outside for line in lines)
            blocks += [Paragraph(f"Phase {number}, {phase.title}"), _volume_table(phase, lines)]
    if not blocks:
        return []
    about = "Sets that count for each muscle in a week; a muscle that only helps gets a half."
    about += " * outside the aim, within the limits." if outside else ""
    return [Section("Work for each muscle a week", (Paragraph(about), *blocks))]


def _volume_table(phase: ProgramPhase, lines: Sequence[overview.VolumeLine]) -> Table:
    numbers = [week.number for week in phase.weeks]
    rows, entries = [], []
    for line in lines:
        name = wording.spoken(line.group)
        rows.append(Row((name, line.aim, *line.weeks)))
        said = overview.runs(line.weeks, numbers)
        text = "; ".join(
            f"{value} in {wording.weeks_text(weeks)}" for weeks, value in said if value
        )
        entries.append(Entry(f"{name}, aim {line.aim}", (text,)))
    heads = ("Muscle", "Aim", *(f"Wk {number}" for number in numbers))
    right = frozenset(range(1, len(heads)))
    return Table(heads, tuple(rows), Entries(tuple(entries), tight=True), right=right)


# --- instructions --------------------------------------------------------------------------


def how_to(program: Program, *, sources: bool) -> tuple[Block, ...]:
    """Each exercise once: what to do, cues, why it is there."""
    return how_to_of(prescriptions(program), sources=sources)


def how_to_of(items: Iterable[Prescription], *, sources: bool) -> tuple[Block, ...]:
    """The exercises of some prescriptions, in the order in which they come."""
    firsts: dict[str, Prescription] = {}
    for item in items:
        firsts.setdefault(item.exercise, item)
    return (Entries(tuple(_how(item, sources=sources) for item in firsts.values())),)


def _how(item: Prescription, *, sources: bool) -> Entry:
    lines = [wording.sentence(item.instruction)]
    if item.cues:
        lines.append("Think of: " + "; ".join(cue.rstrip(".") for cue in item.cues) + ".")
    if item.equipment:
        lines.append(f"With: {wording.listing(map(wording.spoken, item.equipment))}.")
    reasons = [wording.reason_text(reason, sources=sources) for reason in item.reasons]
    if reasons:
        lines.append("Why: " + " ".join(reasons))
    return Entry(item.name, tuple(line for line in lines if line))


# --- tests, advice, screening --------------------------------------------------------------


def milestones(program: Program) -> list[Section]:
    """What opens each phase, and what ends it where it has no test card."""
    blocks: list[Block] = []
    for number, phase in enumerate(program.phases, start=1):
        if phase.entry and number > 1:
            blocks += [Paragraph(f"To begin phase {number}, {phase.title}:"), Bullets(phase.entry)]
        if phase.exit and not phase.test_card:
            blocks += [Paragraph(f"To leave phase {number}, {phase.title}:"), Bullets(phase.exit)]
    return [Section("Tests on the way", tuple(blocks))] if blocks else []


def advice(block: Guidance, *, sources: bool) -> tuple[Block, ...]:
    """A block of guidance."""
    return (Bullets(tuple(_advised(line, sources=sources) for line in block.lines)),)


def _advised(line: GuidanceLine, *, sources: bool) -> str:
    return f"{line.text} {wording.keys_text(line.sources) if sources else ''}".rstrip()


def screening(program: Program, *, sources: bool) -> tuple[Block, ...]:
    """What the screening noticed without stopping the program."""
    items = []
    for note in program.screening:
        text = f"{wording.sentence(note.noticed)} {wording.sentence(note.action)}".strip()
        keys = wording.keys_text((note.rule, *note.sources)) if sources else ""
        items.append(f"{text} {keys}".strip())
    return (Bullets(tuple(items)),)


# --- provenance ----------------------------------------------------------------------------


def provenance(program: Program) -> tuple[Block, ...]:
    """What made the program, in two lines."""
    made = program.provenance
    plugins = ", ".join(f"{name} ({version})" for name, version in sorted(made.plugins.items()))
    start = "given by you" if made.start_given else "chosen for you"
    text = (
        f"legengine {made.legengine}, OR-Tools {made.ortools}, protocol {program.protocol};"
        f" screened on {made.screened_on}; first day {start};"
        f" profile {made.profile_hash[:12]}."
    )
    blocks: list[Block] = [Paragraph(text, "quiet")]
    if plugins:
        blocks.append(Paragraph(f"Plugins: {plugins}.", "quiet"))
    return tuple(blocks)


def record(program: Program) -> list[Section]:
    """What only a complete record needs: how each phase was solved, settings, sources."""
    found = [
        Section(f"How phase {number} was found", _solve(phase), level=2)
        for number, phase in enumerate(program.phases, start=1)
    ]
    settings = tuple(
        f"{wording.spoken(key)}: {value}"
        for key, value in sorted(program.provenance.settings.items())
    )
    rules = tuple(f"{rule}: {count}" for rule, count in sorted(program.check.checked.items()))
    whole = (f"SHA-256 of the profile: {program.provenance.profile_hash}",)
    found.append(Section("Settings", (Bullets((*settings, *whole)),), level=2))
    if rules:
        found.append(Section("Facts that were checked, by rule", (Bullets(rules),), level=2))
    if program.sources:
        cited = tuple(Entry(key, (text,)) for key, text in sorted(program.sources.items()))
        found.append(Section("Sources", (Entries(cited, tight=True),)))
    return found


def _solve(phase: ProgramPhase) -> tuple[Block, ...]:
    solve = phase.solve
    text = (
        f"{solve.status}; {solve.candidates} of {solve.eligible} eligible exercises looked at"
        f" ({solve.library} library); {solve.columns} columns, {solve.rows} rows;"
        f" model {solve.model_hash[:12]}; progression: {phase.policy}."
    )
    heads = ("Level", "Penalty", "Bound", "Status")
    rows = tuple(
        Row((LEVELS.get(level.name, level.name), str(level.value), str(level.bound), level.status))
        for level in solve.levels
    )
    entries = tuple(
        Entry(row.cells[0], (f"penalty {row.cells[1]}, bound {row.cells[2]}, {row.cells[3]}",))
        for row in rows
    )
    blocks: list[Block] = [Paragraph(text)]
    if rows:
        blocks.append(Table(heads, rows, Entries(entries, tight=True), right=frozenset({1, 2})))
    return tuple(blocks)
