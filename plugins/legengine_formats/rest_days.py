"""Days without a session: what may be done on them, in words."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.domain.program import ProgramWeek, RestItem
from legengine_formats import wording
from legengine_formats.blocks import Block, Bullets, Entries, Entry, Paragraph


def of_week(week: ProgramWeek) -> tuple[Block, ...]:
    """The rest days of a week, one line for each thing, with its days."""
    days: dict[str, list[str]] = {}
    for day in week.rest_days:
        for item in day.items:
            days.setdefault(_text(item), []).append(wording.day_text(day.date))
    lines = [f"{wording.listing(dates)}: {text}" for text, dates in days.items()]
    return (
        Paragraph("Optional, easy, and not part of the time that you gave:", "quiet"),
        Bullets(tuple(lines)),
    )


def _text(item: RestItem) -> str:
    amount = f"{item.minutes} min" if item.minutes else f"{item.hold_s} s a muscle and side"
    effort = f", effort {wording.span(*item.rpe)} of 10" if item.rpe else ""
    return f"{item.name}, {amount}{effort}"


def of_other_weeks(weeks: Sequence[ProgramWeek]) -> list[Block]:
    """The endurance minutes on the rest days of later weeks; recovery stays as it is."""
    entries = []
    for week in weeks:
        days: dict[str, list[str]] = {}
        for day in week.rest_days:
            for item in day.items:
                if item.kind == "endurance":
                    text = f"{item.name} {item.minutes} min"
                    days.setdefault(text, []).append(wording.day_text(day.date))
        said = [f"{text} on {wording.listing(dates)}" for text, dates in days.items()]
        if said:
            entries.append(Entry(f"Week {week.number}", ("; ".join(said),)))
    if not entries:
        return []
    return [Paragraph("On days without a session:"), Entries(tuple(entries), tight=True)]


def where_minutes_are(weeks: Sequence[ProgramWeek]) -> str:
    """How many of the endurance minutes the sessions hold, and how many the rest days."""
    inside = [week.endurance_minutes_planned for week in weeks]
    beside = [week.endurance_minutes_rest for week in weeks]
    if not max(inside, default=0):
        return f"The sessions hold none of it, days without a session {_minutes(beside)}."
    return f"The sessions hold {_minutes(inside)}, days without a session {_minutes(beside)}."


def _minutes(numbers: Sequence[int]) -> str:
    return f"{wording.span(min(numbers), max(numbers))} min"
