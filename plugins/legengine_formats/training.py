"""The sections about training itself: the road map, sessions in full, what later weeks change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from legengine.domain.program import (
    Bind,
    Prescription,
    Program,
    ProgramPhase,
    ProgramWeek,
    Session,
)
from legengine_formats import card, overview, rest_days, wording
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


def lengths_of(weeks: Sequence[ProgramWeek]) -> str:
    """How many sessions a week and how long: 3 sessions a week, about 30-40 min each."""
    how_long = overview.lengths(weeks)
    return overview.sessions_a_week(weeks) + (f", {how_long} each" if how_long else "")


def week_numbers(phase: ProgramPhase) -> str:
    """The weeks of a phase: weeks 1-4."""
    return wording.weeks_text([week.number for week in phase.weeks])


# --- road map ------------------------------------------------------------------------------


def road_map(program: Program) -> tuple[Block, ...]:
    """One entry a phase: when, how often, its focus, what ends it."""
    rows, entries = [], []
    for number, phase in enumerate(program.phases, start=1):
        when = _dates(phase)
        title = f"{number}. {phase.title}"
        lighter = [week.number for week in phase.weeks if week.kind == "deload"]
        focus = wording.sentence(phase.summary)
        focus += f" Lighter: {wording.weeks_text(lighter)}." if lighter else ""
        ends = _exit(phase)
        sessions = lengths_of(phase.weeks)
        numbers = week_numbers(phase)
        rows.append(Row((title, numbers.split(" ", 1)[-1], when, sessions, focus, ends)))
        lines = [f"{sessions}." if sessions else "", focus, f"Move on when: {ends}" if ends else ""]
        entries.append(Entry(title, tuple(filter(None, lines)), aside=f"{numbers}, {when}"))
    heads = ("Phase", "Weeks", "Dates", "Sessions", "Focus", "Move on when")
    return (Table(heads, tuple(rows), Entries(tuple(entries)), prefer_narrow=True),)


def _dates(phase: ProgramPhase) -> str:
    if not phase.weeks:
        return ""
    return wording.days_between(phase.weeks[0].start, overview.last_day(phase.weeks[-1]))


def _exit(phase: ProgramPhase) -> str:
    if not phase.exit:
        return ""
    more = len(phase.exit) - 1
    tail = f" (and {wording.plural(more, 'more test')}, see below)" if more else ""
    return phase.exit[0].strip().rstrip(".") + tail


# --- a phase -------------------------------------------------------------------------------


def phase_sections(number: int, phase: ProgramPhase, *, places: bool) -> list[Section]:
    """A phase: its first week in full, then what the later weeks change."""
    intro: list[Block] = [Paragraph(wording.sentence(text)) for text in phase.notes]
    rest = _rest_hours(phase)
    if rest:
        intro.append(Paragraph(rest, "quiet"))
    when = week_numbers(phase) + (", provisional" if phase.provisional else "")
    found = [Section(f"Phase {number}: {phase.title} ({when})", tuple(intro))]
    if not phase.weeks:
        return found
    base = overview.base_week(phase)
    found += session_sections(base, provisional=phase.provisional)
    others = [week for week in phase.weeks if week is not base]
    if others:
        title = wording.weeks_text([week.number for week in others])
        title += " (provisional)" if phase.provisional else ""
        blocks = _other_weeks(phase, base, others, places=places)
        found.append(Section(title[0].upper() + title[1:], blocks, level=2))
    elif _endurance(phase):
        found.append(Section("Endurance", _endurance(phase), level=2))
    if phase.binds:
        found.append(Section("What sets the limits", _limits(phase), level=2))
    if phase.test_card:
        found.append(card.test_card(phase))
    return found


LIMITS_SHOWN: Final = 5
LIMITS_OF_A_RULE: Final = 2
"""How many limits a page tells, and how many of one rule; the document has all."""


def _limits(phase: ProgramPhase) -> tuple[Block, ...]:
    """The first limits of each rule, each with its weeks where it doesn't hold in all."""
    by_rule: dict[str, list[Bind]] = {}
    for bind in phase.binds:
        by_rule.setdefault(bind.rule, []).append(bind)
    shown = [bind for binds in by_rule.values() for bind in binds[:LIMITS_OF_A_RULE]]
    lines = []
    for bind in shown[:LIMITS_SHOWN]:
        every = len(bind.weeks) == len(phase.weeks)
        weeks = "" if every else f" ({wording.weeks_text(bind.weeks)})"
        lines.append(f"{wording.sentence(bind.sentence).rstrip('.')}{weeks}.")
    return (Bullets(tuple(lines)),)


def _rest_hours(phase: ProgramPhase) -> str:
    by_hours: dict[int, list[str]] = {}
    for group, hours in phase.rest_hours.items():
        by_hours.setdefault(hours, []).append(wording.spoken(group))
    said = [
        f"{hours} h for {'every muscle' if len(by_hours) == 1 else wording.listing(groups)}"
        for hours, groups in sorted(by_hours.items(), reverse=True)
    ]
    if not said:
        return ""
    return f"From one session of a muscle to its next, at least {'; '.join(said)}."


def week_intro(phase: ProgramPhase, week: ProgramWeek) -> tuple[Block, ...]:
    """What there is to say about one week before its sessions."""
    lines = [wording.sentence(phase.summary)] if phase.summary else []
    if week.kind == "deload":
        lines.append("A lighter week: less work, so that your body can catch up.")
    endurance = _endurance_text(week)
    if endurance:
        lines.append(f"Endurance in this week: {endurance}. {_inside([week])}")
    return tuple(Paragraph(line) for line in lines)


# --- sessions ------------------------------------------------------------------------------


def session_sections(week: ProgramWeek, *, provisional: bool = False) -> list[Section]:
    """The sessions of a week in full; those that don't differ are shown once."""
    found = []
    for group in overview.same_sessions(week.sessions):
        days = wording.listing(wording.day_text(item.start.date()) for item in group.sessions)
        easy = " (easy session)" if group.first.kind == "easy" else ""
        unsure = " (provisional)" if provisional else ""
        title = f"Week {week.number}: {days}{easy}{unsure}"
        found.append(Section(title, _session(group.first, len(group.sessions)), level=2))
    if not found:
        blocks: tuple[Block, ...] = (Paragraph("No session in this week."),)
        found = [Section(f"Week {week.number}", blocks, level=2)]
    if week.rest_days:
        title = f"Week {week.number}: days without a session"
        found.append(Section(title, rest_days.of_week(week), level=2))
    return found


def _session(session: Session, count: int) -> tuple[Block, ...]:
    each = " each" if count > 1 else ""
    facts = (
        f"{wording.clock(session.start)}, {session.place},"
        f" {wording.minutes_text(session.minutes)}{each} (you have {session.slot_minutes})."
    )
    overhead = wording.overhead_minutes(session)
    if overhead:
        facts += f" {overhead} of them are for warming up, changing over and easing off."
    things = wording.equipment_of(session.prescriptions)
    needs = f"You need: {wording.listing(things)}." if things else ""
    blocks: list[Block] = [Paragraph(f"{facts} {needs}".strip())]
    if session.prescriptions:
        blocks.append(_session_table(session.prescriptions))
    return tuple(blocks)


LOAD_CELL: Final = 16
"""The longest load text that stands in a table; a longer one goes under the row."""


def _session_table(items: Sequence[Prescription]) -> Table:
    rows, entries = [], []
    for item in items:
        part = wording.PARTS[item.block]
        dose = wording.dose_text(item)
        load, note = wording.load_text(item), wording.note_text(item)
        if len(load) > LOAD_CELL:
            load, note = "see below", "; ".join(filter(None, (f"load: {load}", note)))
        cells = (
            item.name,
            dose,
            load,
            wording.rest_text(item),
            wording.effort_text(item),
        )
        rows.append(Row(cells, group=part, note=note))
        entries.append(Entry(item.name, wording.detail_texts(item), aside=dose, group=part))
    heads = ("Exercise", "Dose", "Load", "Rest", "Effort")
    return Table(heads, tuple(rows), Entries(tuple(entries), tight=True)).without_empty_columns()


# --- other weeks ---------------------------------------------------------------------------


def _other_weeks(
    phase: ProgramPhase, base: ProgramWeek, weeks: Sequence[ProgramWeek], *, places: bool
) -> tuple[Block, ...]:
    dates = tuple(Entry(_week_name(week), (_week_dates(week, places=places),)) for week in weeks)
    blocks: list[Block] = [
        Paragraph(f"The sessions of week {base.number} again, on these dates:"),
        Entries(dates, tight=True),
    ]
    others = overview.other_sessions(phase)
    if others:
        blocks += [Paragraph("Days that hold something else:"), Bullets(others)]
    lines = overview.tracks(phase)
    moving = [track for track in lines if track.moves]
    if moving:
        blocks.append(_progression(phase, moving))
    constant = [
        f"{track.label} {overview.amount(track.first)}" for track in lines if not track.moves
    ]
    if constant and moving:
        blocks.append(Paragraph(f"The same in every week: {'; '.join(constant)}."))
    elif constant:
        blocks.append(Paragraph("Every exercise keeps the dose of the first week."))
    blocks += _asides(phase, base, lines)
    blocks += rest_days.of_other_weeks(weeks)
    blocks += _endurance(phase)
    return tuple(blocks)


def _week_name(week: ProgramWeek) -> str:
    return f"Week {week.number}" + (" (lighter)" if week.kind == "deload" else "")


def _week_dates(week: ProgramWeek, *, places: bool) -> str:
    if not week.sessions:
        return "no session"
    times = dict.fromkeys(
        f"at {wording.clock(session.start)}" + (f", {session.place}" if places else "")
        for session in week.sessions
    )
    length = overview.lengths([week])
    if len(times) == 1:
        days = wording.listing(wording.day_text(session.start.date()) for session in week.sessions)
        return f"{days} {next(iter(times))}, {length}"
    said = [
        f"{wording.day_text(session.start.date())} {wording.clock(session.start)}"
        + (f" {session.place}" if places else "")
        for session in week.sessions
    ]
    return f"{'; '.join(said)}; {length}"


def _progression(phase: ProgramPhase, moving: Sequence[overview.Track]) -> Table:
    numbers = [week.number for week in phase.weeks]
    rows = tuple(Row((track.label, *(text or "-" for text in track.amounts()))) for track in moving)
    entries = []
    for track in moving:
        lines = [
            f"{wording.weeks_text(weeks)}: {text or 'not done'}"
            for weeks, text in overview.runs(track.amounts(), numbers)
        ]
        entries.append(Entry(track.label, tuple(lines)))
    heads = ("Exercise", *(_short_week(week) for week in phase.weeks))
    return Table(heads, rows, Entries(tuple(entries), tight=True))


def _short_week(week: ProgramWeek) -> str:
    return f"Week {week.number}" + (" lighter" if week.kind == "deload" else "")


def _asides(phase: ProgramPhase, base: ProgramWeek, lines: Sequence[overview.Track]) -> list[Block]:
    """Exercises that come later, and changes beside dose and load."""
    numbers = [week.number for week in phase.weeks]
    said = [
        f"New in week {numbers[track.begins]}: {track.label}: "
        + "; ".join((overview.amount(track.first), *wording.detail_texts(track.first)))
        for track in lines
        if numbers[track.begins] > base.number
    ]
    for change in overview.changes(phase, lines):
        weeks = wording.weeks_text(change.weeks)
        names = "; ".join(change.names) or "wherever it is given"
        said.append(f"{weeks[0].upper() + weeks[1:]}: {change.text} ({names})")
    return [Bullets(tuple(said))] if said else []


def _endurance_text(week: ProgramWeek) -> str:
    low, high = week.endurance_minutes
    return f"{wording.span(low, high)} min" if high else ""


def _endurance(phase: ProgramPhase) -> tuple[Block, ...]:
    """Minutes of endurance work that the weeks ask for, and how many the sessions hold."""
    numbers = [week.number for week in phase.weeks]
    found = overview.runs([_endurance_text(week) for week in phase.weeks], numbers)
    said = [f"{text} in {wording.weeks_text(weeks)}" for weeks, text in found if text]
    if not said:
        return ()
    return (Paragraph(f"Endurance: {'; '.join(said)}. {_inside(phase.weeks)}"),)


def _inside(weeks: Sequence[ProgramWeek]) -> str:
    if any(week.rest_days for week in weeks):
        return rest_days.where_minutes_are(weeks)
    planned = [week.endurance_minutes_planned for week in weeks]
    if not max(planned):
        return "The sessions hold none of it: do it on any day."
    if all(week.endurance_minutes_planned >= week.endurance_minutes[1] for week in weeks):
        return "The sessions hold all of it."
    held = wording.span(min(planned), max(planned))
    return f"The sessions hold {held} min a week: do the rest on any day."
