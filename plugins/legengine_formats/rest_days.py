"""Days without a session: what may be done on them, in words."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.domain.program import ProgramWeek, RestItem
from legengine.language import said, tr
from legengine_formats import wording
from legengine_formats.blocks import Block, Bullets, Entries, Entry, Paragraph


def of_week(week: ProgramWeek) -> tuple[Block, ...]:
    """The rest days of a week, one line for each thing, with its days."""
    days: dict[str, list[str]] = {}
    for day in week.rest_days:
        for item in day.items:
            days.setdefault(item_text(item), []).append(wording.day_text(day.date))
    lines = [f"{wording.listing(dates)}: {text}" for text, dates in days.items()]
    return (
        Paragraph(tr("Optional, easy, and not part of the time that you gave:"), "quiet"),
        Bullets(tuple(lines)),
    )


def item_text(item: RestItem) -> str:
    """Something easy for a day without a session: what, how long, how hard."""
    amount = amount_text(item)
    if item.rpe is None:
        return amount
    return tr("{what}, effort {effort} of 10", what=amount, effort=wording.span(*item.rpe))


def amount_text(item: RestItem) -> str:
    """What, and how long."""
    name = said(item.name)
    if item.minutes:
        return tr("{name}, {minutes} min", name=name, minutes=item.minutes)
    if item.hold_s:
        return tr("{name}, {seconds} s a muscle and side", name=name, seconds=item.hold_s)
    return name


def of_other_weeks(weeks: Sequence[ProgramWeek]) -> list[Block]:
    """The endurance minutes on the rest days of later weeks; recovery stays as it is."""
    entries = []
    for week in weeks:
        days: dict[str, list[str]] = {}
        for day in week.rest_days:
            for item in day.items:
                if item.kind == "endurance":
                    text = tr("{name} {minutes} min", name=said(item.name), minutes=item.minutes)
                    days.setdefault(text, []).append(wording.day_text(day.date))
        lines = [
            tr("{what} on {dates}", what=text, dates=wording.listing(dates))
            for text, dates in days.items()
        ]
        if lines:
            entries.append(Entry(tr("Week {week}", week=week.number), ("; ".join(lines),)))
    if not entries:
        return []
    return [Paragraph(tr("On days without a session:")), Entries(tuple(entries), tight=True)]


def where_minutes_are(weeks: Sequence[ProgramWeek]) -> str:
    """How many of the endurance minutes the sessions hold, and how many the rest days."""
    inside = [week.endurance_minutes_planned for week in weeks]
    beside = [week.endurance_minutes_rest for week in weeks]
    if not max(inside, default=0) and not max(beside, default=0):
        return tr("Neither the sessions nor the days without a session hold any of it.")
    if not max(inside, default=0):
        return tr(
            "The sessions hold none of it, days without a session {beside} min.",
            beside=_spread(beside),
        )
    return tr(
        "The sessions hold {inside} min, days without a session {beside} min.",
        inside=_spread(inside),
        beside=_spread(beside),
    )


def _spread(numbers: Sequence[int]) -> str:
    return wording.span(min(numbers), max(numbers))
