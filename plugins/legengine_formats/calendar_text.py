"""Events as iCalendar text (RFC 5545): the library folds, escapes and describes the time zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Component,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
)
from icalendar import Event as EventComponent

from legengine.language import tr
from legengine_formats.calendar_events import Event
from legengine_formats.calendar_format import CalendarOptions

PRODUCT: Final = "-//legengine//training program//EN"

YEAR: Final = dt.timedelta(days=366)


def calendar_text(title: str, events: Sequence[Event], options: CalendarOptions) -> str:
    """The whole calendar, with CRLF at the end of every line."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", title or tr("Leg training"))
    zone = None if options.timezone is None else ZoneInfo(options.timezone)
    if zone is not None and not options.utc:
        calendar.add("x-wr-timezone", str(options.timezone))
        if any(not event.all_day for event in events):
            calendar.add_component(_described(zone, events))
    for event in events:
        calendar.add_component(_component(event, zone, options))
    return str(calendar.to_ical(), "utf-8")


def _described(zone: ZoneInfo, events: Sequence[Event]) -> Timezone:
    """The rules of the zone from a year before the first session to a year after the last.

    A year on either side, because readers ask it about today, and expect a switch both ways. Not
    the library's own: it gives the hour after a switch to summer time in place of that before.
    """
    days = [event.start for event in events if isinstance(event.start, dt.datetime)]
    first = dt.datetime.combine(min(days).date() - YEAR, dt.time(), dt.UTC)
    last = dt.datetime.combine(max(days).date() + YEAR, dt.time(), dt.UTC)
    described = Timezone()
    described.add("tzid", zone.key)
    described.add_component(_observance(zone, first, first))
    for before, after in _switches(zone, first, last):
        described.add_component(_observance(zone, before, after))
    return described


def _observance(zone: ZoneInfo, before: dt.datetime, after: dt.datetime) -> Component:
    """What holds from a moment on; its start is told in the time that held before."""
    old, new = before.astimezone(zone), after.astimezone(zone)
    offset = old.utcoffset() or dt.timedelta()
    made = TimezoneDaylight() if new.dst() else TimezoneStandard()
    made.add("dtstart", (after + offset).replace(tzinfo=None))
    made.add("tzoffsetfrom", offset)
    made.add("tzoffsetto", new.utcoffset() or dt.timedelta())
    made.add("tzname", new.tzname() or zone.key)
    return made


def _switches(
    zone: ZoneInfo, first: dt.datetime, last: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The second before and the second of every change of the clocks, as UTC."""
    day = first
    while day < last:
        low, high = day, day + dt.timedelta(days=1)
        day = high
        if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
            continue
        while high - low > dt.timedelta(seconds=1):
            middle = low + dt.timedelta(seconds=(high - low) // dt.timedelta(seconds=2))
            same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
            low, high = (middle, high) if same else (low, middle)
        yield low, high


def _component(event: Event, zone: ZoneInfo | None, options: CalendarOptions) -> Component:
    made = EventComponent()
    stamp = dt.datetime.combine(event.stamp, dt.time(), dt.UTC)
    made.add("uid", event.uid)
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    made.add("sequence", event.sequence)
    start, end = _moments(event, zone, options)
    made.add("dtstart", start)
    made.add("dtend", end)
    made.add("summary", event.summary)
    made.add("description", event.description)
    if event.location:
        made.add("location", event.location)
    made.add("categories", [event.category])
    made.add("status", event.status)
    made.add("transp", "TRANSPARENT" if event.all_day else "OPAQUE")
    if options.alarm_minutes is not None and not event.all_day and event.status == "CONFIRMED":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -dt.timedelta(minutes=options.alarm_minutes))
        alarm.add("description", event.summary)
        made.add_component(alarm)
    return made


def _moments(
    event: Event, zone: ZoneInfo | None, options: CalendarOptions
) -> tuple[dt.datetime | dt.date, dt.datetime | dt.date]:
    """Start and end: local in their zone, as UTC, or as they stand; dates stay dates."""
    start, end = event.start, event.end
    if zone is None or not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
        return start, end
    local = start.replace(tzinfo=zone)
    if options.utc:
        begins = local.astimezone(dt.UTC)
        return begins, begins + (end - start)
    return local, end.replace(tzinfo=zone)
