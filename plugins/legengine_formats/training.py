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
from legengine.language import said, tr, trn
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
    how_often, how_long = overview.sessions_a_week(weeks), overview.lengths(weeks)
    if not how_long:
        return how_often
    return tr("{sessions}, {length} each", sessions=how_often, length=how_long)


def week_numbers(phase: ProgramPhase) -> str:
    """The weeks of a phase: weeks 1-4."""
    return wording.weeks_text([week.number for week in phase.weeks])


# --- road map ------------------------------------------------------------------------------


def road_map(program: Program) -> tuple[Block, ...]:
    """One entry a phase: when, how often, its focus, what ends it."""
    rows, entries = [], []
    for number, phase in enumerate(program.phases, start=1):
        when = _dates(phase)
        title = f"{number}. {said(phase.title)}"
        lighter = [week.number for week in phase.weeks if week.kind == "deload"]
        focus = wording.told(phase.summary)
        if lighter:
            focus += " " + tr("Lighter: {weeks}.", weeks=wording.weeks_text(lighter))
        ends = _exit(phase)
        sessions = lengths_of(phase.weeks)
        numbers = wording.week_numbers([week.number for week in phase.weeks])
        rows.append(Row((title, numbers, when, sessions, focus, ends)))
        moving_on = tr("Move on when: {tests}", tests=ends) if ends else ""
        lines = [f"{sessions}." if sessions else "", focus, moving_on]
        aside = f"{week_numbers(phase)}, {when}"
        entries.append(Entry(title, tuple(filter(None, lines)), aside=aside))
    heads = (
        tr("Phase"),
        tr("Weeks"),
        tr("Dates"),
        tr("Sessions"),
        tr("Focus"),
        tr("Move on when"),
    )
    return (Table(heads, tuple(rows), Entries(tuple(entries)), prefer_narrow=True),)


def _dates(phase: ProgramPhase) -> str:
    if not phase.weeks:
        return ""
    return wording.days_between(phase.weeks[0].start, overview.last_day(phase.weeks[-1]))


def _exit(phase: ProgramPhase) -> str:
    if not phase.exit:
        return ""
    more = len(phase.exit) - 1
    first = said(phase.exit[0].strip()).rstrip(".")
    if not more:
        return first
    return trn(
        more,
        "{first} (and {count} more test, see below)",
        "{first} (and {count} more tests, see below)",
        first=first,
    )


# --- a phase -------------------------------------------------------------------------------


def phase_sections(number: int, phase: ProgramPhase, *, places: bool) -> list[Section]:
    """A phase: its first week in full, then what the later weeks change."""
    intro: list[Block] = [Paragraph(wording.told(text)) for text in phase.notes]
    rest = _rest_hours(phase)
    if rest:
        intro.append(Paragraph(rest, "quiet"))
    facts = {"number": number, "title": said(phase.title), "weeks": week_numbers(phase)}
    heading = (
        tr("Phase {number}: {title} ({weeks}, provisional)", **facts)
        if phase.provisional
        else tr("Phase {number}: {title} ({weeks})", **facts)
    )
    found = [Section(heading, tuple(intro))]
    if not phase.weeks:
        return found
    base = overview.base_week(phase)
    found += session_sections(base, provisional=phase.provisional)
    others = [week for week in phase.weeks if week is not base]
    if others:
        title = _capital(wording.weeks_text([week.number for week in others]))
        title = tr("{title} (provisional)", title=title) if phase.provisional else title
        blocks = _other_weeks(phase, base, others, places=places)
        found.append(Section(title, blocks, level=2))
    elif _endurance(phase):
        found.append(Section(tr("Endurance"), _endurance(phase), level=2))
    if phase.binds:
        found.append(Section(tr("What sets the limits"), _limits(phase), level=2))
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
        lines.append(f"{wording.headline(bind.sentence)}{weeks}.")
    return (Bullets(tuple(lines)),)


def _rest_hours(phase: ProgramPhase) -> str:
    by_hours: dict[int, list[str]] = {}
    for group, hours in phase.rest_hours.items():
        by_hours.setdefault(hours, []).append(wording.spoken(group))
    if not by_hours:
        return ""
    if len(by_hours) == 1:
        return tr(
            "From one session of a muscle to its next, at least {hours} h for every muscle.",
            hours=next(iter(by_hours)),
        )
    lines = [
        tr("{hours} h for {muscles}", hours=hours, muscles=wording.listing(groups))
        for hours, groups in sorted(by_hours.items(), reverse=True)
    ]
    return tr("From one session of a muscle to its next, at least {hours}.", hours="; ".join(lines))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def week_intro(phase: ProgramPhase, week: ProgramWeek) -> tuple[Block, ...]:
    """What there is to say about one week before its sessions."""
    lines = [wording.told(phase.summary)] if phase.summary else []
    if week.kind == "deload":
        lines.append(tr("A lighter week: less work, so that your body can catch up."))
    endurance = _endurance_text(week)
    if endurance:
        asked = tr("Endurance in this week: {minutes}.", minutes=endurance)
        lines.append(f"{asked} {_inside([week])}")
    return tuple(Paragraph(line) for line in lines)


# --- sessions ------------------------------------------------------------------------------


def session_sections(week: ProgramWeek, *, provisional: bool = False) -> list[Section]:
    """The sessions of a week in full; those that don't differ are shown once."""
    found = []
    for group in overview.same_sessions(week.sessions):
        days = wording.listing(wording.day_text(item.start.date()) for item in group.sessions)
        title = tr("Week {week}: {days}", week=week.number, days=days)
        if group.first.kind == "easy":
            title = tr("{title} (easy session)", title=title)
        if provisional:
            title = tr("{title} (provisional)", title=title)
        found.append(Section(title, _session(group.first, len(group.sessions)), level=2))
    if not found:
        blocks: tuple[Block, ...] = (Paragraph(tr("No session in this week.")),)
        found = [Section(tr("Week {week}", week=week.number), blocks, level=2)]
    if week.rest_days:
        title = tr("Week {week}: days without a session", week=week.number)
        found.append(Section(title, rest_days.of_week(week), level=2))
    return found


def _session(session: Session, count: int) -> tuple[Block, ...]:
    facts = {
        "time": wording.clock(session.start),
        "place": session.place,
        "length": wording.minutes_text(session.minutes),
        "minutes": session.slot_minutes,
    }
    lines = [
        tr("{time}, {place}, {length} each (you have {minutes}).", **facts)
        if count > 1
        else tr("{time}, {place}, {length} (you have {minutes}).", **facts)
    ]
    overhead = wording.overhead_minutes(session)
    if overhead:
        lines.append(
            tr(
                "{minutes} of them are for warming up, changing over and easing off.",
                minutes=overhead,
            )
        )
    things = wording.equipment_of(session.prescriptions)
    if things:
        lines.append(tr("You need: {things}.", things=wording.listing(things)))
    blocks: list[Block] = [Paragraph(" ".join(lines))]
    if session.prescriptions:
        blocks.append(_session_table(session.prescriptions))
    return tuple(blocks)


LOAD_CELL: Final = 16
"""The longest load text that stands in a table; a longer one goes under the row."""


def _session_table(items: Sequence[Prescription]) -> Table:
    rows, entries = [], []
    for item in items:
        part = wording.part(item.block)
        dose = wording.dose_text(item)
        load, note = wording.load_text(item), wording.note_text(item)
        if len(load) > LOAD_CELL:
            where, load = tr("load: {load}", load=load), tr("see below")
            note = "; ".join(filter(None, (where, note)))
        name = said(item.name)
        cells = (
            name,
            dose,
            load,
            wording.rest_text(item),
            wording.effort_text(item),
        )
        rows.append(Row(cells, group=part, note=note))
        entries.append(Entry(name, wording.detail_texts(item), aside=dose, group=part))
    heads = (tr("Exercise"), tr("Dose"), tr("Load"), tr("Rest"), tr("Effort"))
    return Table(heads, tuple(rows), Entries(tuple(entries), tight=True)).without_empty_columns()


# --- other weeks ---------------------------------------------------------------------------


def _other_weeks(
    phase: ProgramPhase, base: ProgramWeek, weeks: Sequence[ProgramWeek], *, places: bool
) -> tuple[Block, ...]:
    dates = tuple(Entry(_week_name(week), (_week_dates(week, places=places),)) for week in weeks)
    blocks: list[Block] = [
        Paragraph(tr("The sessions of week {week} again, on these dates:", week=base.number)),
        Entries(dates, tight=True),
    ]
    others = overview.other_sessions(phase)
    if others:
        blocks += [Paragraph(tr("Days that hold something else:")), Bullets(others)]
    lines = overview.tracks(phase)
    moving = [track for track in lines if track.moves]
    if moving:
        blocks.append(_progression(phase, moving))
    constant = [
        f"{track.label} {overview.amount(track.first)}" for track in lines if not track.moves
    ]
    if constant and moving:
        same = tr("The same in every week: {exercises}.", exercises="; ".join(constant))
        blocks.append(Paragraph(same))
    elif constant:
        blocks.append(Paragraph(tr("Every exercise keeps the dose of the first week.")))
    blocks += _asides(phase, base, lines)
    blocks += rest_days.of_other_weeks(weeks)
    blocks += _endurance(phase)
    return tuple(blocks)


def _week_name(week: ProgramWeek) -> str:
    if week.kind == "deload":
        return tr("Week {week} (lighter)", week=week.number)
    return tr("Week {week}", week=week.number)


def _week_dates(week: ProgramWeek, *, places: bool) -> str:
    if not week.sessions:
        return tr("no session")
    times = dict.fromkeys(
        tr("at {time}", time=wording.clock(session.start))
        + (f", {session.place}" if places else "")
        for session in week.sessions
    )
    length = overview.lengths([week])
    if len(times) == 1:
        days = wording.listing(wording.day_text(session.start.date()) for session in week.sessions)
        return f"{days} {next(iter(times))}, {length}"
    lines = [
        f"{wording.day_text(session.start.date())} {wording.clock(session.start)}"
        + (f" {session.place}" if places else "")
        for session in week.sessions
    ]
    return f"{'; '.join(lines)}; {length}"


def _progression(phase: ProgramPhase, moving: Sequence[overview.Track]) -> Table:
    numbers = [week.number for week in phase.weeks]
    rows = tuple(Row((track.label, *(text or "-" for text in track.amounts()))) for track in moving)
    entries = []
    for track in moving:
        lines = [
            f"{wording.weeks_text(weeks)}: {text or tr('not done')}"
            for weeks, text in overview.runs(track.amounts(), numbers)
        ]
        entries.append(Entry(track.label, tuple(lines)))
    heads = (tr("Exercise"), *(_short_week(week) for week in phase.weeks))
    return Table(heads, rows, Entries(tuple(entries), tight=True))


def _short_week(week: ProgramWeek) -> str:
    if week.kind == "deload":
        return tr("Week {week} lighter", week=week.number)
    return tr("Week {week}", week=week.number)


def _asides(phase: ProgramPhase, base: ProgramWeek, lines: Sequence[overview.Track]) -> list[Block]:
    """Exercises that come later, and changes beside dose and load."""
    numbers = [week.number for week in phase.weeks]
    told = [
        tr(
            "New in week {week}: {exercise}: {dose}",
            week=numbers[track.begins],
            exercise=track.label,
            dose="; ".join((overview.amount(track.first), *wording.detail_texts(track.first))),
        )
        for track in lines
        if numbers[track.begins] > base.number
    ]
    for change in overview.changes(phase, lines):
        weeks = wording.weeks_text(change.weeks)
        names = "; ".join(change.names) or tr("wherever it is given")
        told.append(f"{_capital(weeks)}: {change.text} ({names})")
    return [Bullets(tuple(told))] if told else []


def _endurance_text(week: ProgramWeek) -> str:
    low, high = week.endurance_minutes
    return tr("{minutes} min", minutes=wording.span(low, high)) if high else ""


def _endurance(phase: ProgramPhase) -> tuple[Block, ...]:
    """Minutes of endurance work that the weeks ask for, and how many the sessions hold."""
    numbers = [week.number for week in phase.weeks]
    found = overview.runs([_endurance_text(week) for week in phase.weeks], numbers)
    lines = [f"{text} {wording.in_weeks(weeks)}" for weeks, text in found if text]
    if not lines:
        return ()
    asked = tr("Endurance: {minutes}.", minutes="; ".join(lines))
    return (Paragraph(f"{asked} {_inside(phase.weeks)}"),)


def _inside(weeks: Sequence[ProgramWeek]) -> str:
    if any(week.rest_days for week in weeks):
        return rest_days.where_minutes_are(weeks)
    planned = [week.endurance_minutes_planned for week in weeks]
    if not max(planned):
        return tr("The sessions hold none of it: do it on any day.")
    if all(week.endurance_minutes_planned >= week.endurance_minutes[1] for week in weeks):
        return tr("The sessions hold all of it.")
    held = wording.span(min(planned), max(planned))
    return tr("The sessions hold {held} min a week: do the rest on any day.", held=held)
