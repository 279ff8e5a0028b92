"""The sections beside the sessions: how to read it, volume, instructions, tests, provenance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from legengine.domain.program import Guidance, GuidanceLine, Prescription, Program, ProgramPhase
from legengine.language import marked, said, tr
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
from legengine_formats.status import level_name


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
    each = tr("each side")
    both = any(wording.says_each_side(item) for item in items)
    turns = any(item.laterality == "alternating" and wording.side_text(item) for item in items)
    sides = dict.fromkeys(dose.side for item in items for dose in item.sides[:1])
    first = wording.either(map(wording.first_text, sides))
    begins = tr("begin every set with the weaker side; the other one does the same and no more")
    held = any(item.hold_s for item in items)
    left = any(item.rir for item in items)
    known = (
        (any(item.reps for item in items), tr("3 x 12"), tr("3 sets of 12 repetitions")),
        (
            held,
            tr("3 x 20 s"),
            tr("3 sets, each held for 20 seconds"),
        ),
        (bool(sides), first, begins),
        (both, each, tr("that many with one side, then with the other"))
        if sides
        else (both, each, tr("that many with the left, then with the right")),
        (turns, tr("in all"), tr("left and right in turn, both counted")),
        (any(item.rpe for item in items), tr("effort"), tr("0 is rest, 10 is all that you have")),
        (
            left,
            tr("reps left"),
            tr("how many more you could still do well"),
        ),
        (any(map(wording.range_text, items)), tr("range"), tr("where the repetitions may lie")),
        (any(item.tempo for item in items), tr("tempo 2-1-2"), tr("seconds down, held, up")),
        (any(map(wording.percent_text, items)), tr("1RM"), tr("the most that you could lift once")),
        (any(map(wording.rest_text, items)), tr("rest"), tr("between the sets")),
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
            title = tr("Phase {number}, {title}", number=number, title=said(phase.title))
            blocks += [Paragraph(title), _volume_table(phase, lines)]
    if not blocks:
        return []
    about = tr("Sets that count for each muscle in a week; a muscle that only helps gets a half.")
    if outside:
        about += " " + tr("* outside the aim, within the limits.")
    return [Section(tr("Work for each muscle a week"), (Paragraph(about), *blocks))]


def _volume_table(phase: ProgramPhase, lines: Sequence[overview.VolumeLine]) -> Table:
    numbers = [week.number for week in phase.weeks]
    rows, entries = [], []
    for line in lines:
        name = wording.spoken(line.group)
        rows.append(Row((name, line.aim, *line.weeks)))
        text = "; ".join(
            f"{value} {wording.in_weeks(weeks)}"
            for weeks, value in overview.runs(line.weeks, numbers)
            if value
        )
        entries.append(Entry(tr("{muscle}, aim {aim}", muscle=name, aim=line.aim), (text,)))
    heads = (tr("Muscle"), tr("Aim"), *(tr("Wk {week}", week=number) for number in numbers))
    right = frozenset(range(1, len(heads)))
    return Table(heads, tuple(rows), Entries(tuple(entries), tight=True), right=right)


# --- instructions --------------------------------------------------------------------------


def how_to(program: Program, *, sources: bool) -> tuple[Block, ...]:
    """Each exercise once: what to do, cues, why it is there."""
    return how_to_of(prescriptions(program), sources=sources)


def how_to_of(items: Iterable[Prescription], *, sources: bool) -> tuple[Block, ...]:
    """The exercises of some prescriptions, in the order in which they come."""
    return (Entries(tuple(how_entry(item, sources=sources) for item in first_times(items))),)


def first_times(items: Iterable[Prescription]) -> tuple[Prescription, ...]:
    """Of each exercise the prescription that comes first."""
    firsts: dict[str, Prescription] = {}
    for item in items:
        firsts.setdefault(item.exercise, item)
    return tuple(firsts.values())


def how_entry(item: Prescription, *, sources: bool) -> Entry:
    """One exercise: what to do, cues, equipment, why it is there."""
    lines = [wording.told(item.instruction)]
    if item.cues:
        cues = "; ".join(said(cue).rstrip(".") for cue in item.cues)
        lines.append(tr("Think of: {cues}.", cues=cues))
    if item.equipment:
        things = wording.listing(map(wording.spoken, item.equipment))
        lines.append(tr("With: {things}.", things=things))
    reasons = [wording.reason_text(reason, sources=sources) for reason in item.reasons]
    if reasons:
        lines.append(tr("Why: {reasons}", reasons=" ".join(reasons)))
    return Entry(said(item.name), tuple(line for line in lines if line))


# --- tests, advice, screening --------------------------------------------------------------


def milestones(program: Program) -> list[Section]:
    """What opens each phase, and what ends it where it has no test card."""
    blocks: list[Block] = []
    for number, phase in enumerate(program.phases, start=1):
        if phase.entry and number > 1:
            title = tr("To begin phase {number}, {title}:", number=number, title=said(phase.title))
            blocks += [Paragraph(title), Bullets(tuple(map(said, phase.entry)))]
        if phase.exit and not phase.test_card:
            title = tr("To leave phase {number}, {title}:", number=number, title=said(phase.title))
            blocks += [Paragraph(title), Bullets(tuple(map(said, phase.exit)))]
    return [Section(tr("Tests on the way"), tuple(blocks))] if blocks else []


def advice(block: Guidance, *, sources: bool) -> tuple[Block, ...]:
    """A block of guidance."""
    return (Bullets(tuple(_advised(line, sources=sources) for line in block.lines)),)


def _advised(line: GuidanceLine, *, sources: bool) -> str:
    return f"{said(line.text)} {wording.keys_text(line.sources) if sources else ''}".rstrip()


def screening(program: Program, *, sources: bool) -> tuple[Block, ...]:
    """What the screening noticed without stopping the program."""
    items = []
    for note in program.screening:
        text = f"{wording.told(note.noticed)} {wording.told(note.action)}".strip()
        keys = wording.keys_text((note.rule, *note.sources)) if sources else ""
        items.append(f"{text} {keys}".strip())
    return (Bullets(tuple(items)),)


# --- provenance ----------------------------------------------------------------------------


def provenance(program: Program) -> tuple[Block, ...]:
    """What made the program, in two lines."""
    made = program.provenance
    plugins = ", ".join(f"{name} ({version})" for name, version in sorted(made.plugins.items()))
    text = tr(
        "legengine {legengine}, OR-Tools {ortools}, protocol {protocol};"
        " screened on {date}; first day {start}; profile {profile}.",
        legengine=made.legengine,
        ortools=made.ortools,
        protocol=program.protocol,
        date=made.screened_on,
        start=tr("given by you") if made.start_given else tr("chosen for you"),
        profile=made.profile_hash[:12],
    )
    blocks: list[Block] = [Paragraph(text, "quiet")]
    if plugins:
        blocks.append(Paragraph(tr("Plugins: {names}.", names=plugins), "quiet"))
    return tuple(blocks)


def record(program: Program) -> list[Section]:
    """What only a complete record needs: how each phase was solved, settings, sources."""
    found = [
        Section(tr("How phase {number} was found", number=number), _solve(phase), level=2)
        for number, phase in enumerate(program.phases, start=1)
    ]
    settings = tuple(
        f"{key.replace('_', ' ')}: {value}"
        for key, value in sorted(program.provenance.settings.items())
    )
    rules = tuple(f"{rule}: {count}" for rule, count in sorted(program.check.checked.items()))
    whole = (tr("SHA-256 of the profile: {hash}", hash=program.provenance.profile_hash),)
    found.append(Section(tr("Settings"), (Bullets((*settings, *whole)),), level=2))
    if rules:
        found.append(Section(tr("Facts that were checked, by rule"), (Bullets(rules),), level=2))
    if program.sources:
        cited = tuple(Entry(key, (text,)) for key, text in sorted(program.sources.items()))
        found.append(Section(tr("Sources"), (Entries(cited, tight=True),)))
    return found


STATUS: Final = {"optimal": marked("optimal"), "feasible": marked("feasible")}
SEARCHED: Final = {"whole": marked("whole"), "reduced": marked("reduced")}


def _solve(phase: ProgramPhase) -> tuple[Block, ...]:
    solve = phase.solve
    text = tr(
        "{status}; {some} of {all} eligible exercises looked at ({library} library);"
        " {columns} columns, {rows} rows; model {model}; progression: {policy}.",
        status=tr(STATUS[solve.status]),
        some=solve.candidates,
        all=solve.eligible,
        library=tr(SEARCHED[solve.library]),
        columns=solve.columns,
        rows=solve.rows,
        model=solve.model_hash[:12],
        policy=phase.policy,
    )
    heads = (tr("Level"), tr("Penalty"), tr("Bound"), tr("Status"))
    rows = tuple(
        Row((level_name(level.name), str(level.value), str(level.bound), tr(STATUS[level.status])))
        for level in solve.levels
    )
    entries = tuple(
        Entry(
            row.cells[0],
            (
                tr(
                    "penalty {value}, bound {bound}, {status}",
                    value=row.cells[1],
                    bound=row.cells[2],
                    status=row.cells[3],
                ),
            ),
        )
        for row in rows
    )
    blocks: list[Block] = [Paragraph(text)]
    if rows:
        blocks.append(Table(heads, rows, Entries(entries, tight=True), right=frozenset({1, 2})))
    return tuple(blocks)
