"""The calendar, read by parsers that we did not write."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from legengine.domain.program import Program, Session
from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats import wording
from legengine_formats.calendar_format import CalendarFormat, CalendarOptions

recurring_ical_events = pytest.importorskip("recurring_ical_events")
icalendar = pytest.importorskip("icalendar")
vobject = pytest.importorskip("vobject")

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:vobject"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:recurring_ical_events"),
]

BERLIN = ZoneInfo("Europe/Berlin")


def written(program: Program, previous: Program | None = None, **own: Any) -> str:
    options = RenderOptions(own=CalendarOptions(**own), previous=previous)
    return CalendarFormat().program(program, options)


def sessions(program: Program) -> list[Session]:
    return [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]


def events(text: str) -> list[Any]:
    """All events as vobject reads them."""
    calendar = vobject.readOne(text)
    return list(calendar.contents.get("vevent", []))


def uids(text: str) -> dict[str, Any]:
    found = {event.uid.value: event for event in events(text)}
    assert len(found) == len(events(text))
    return found


def moved(program: Program, days: int, drop: int = 0) -> Program:
    """The program as if a re-plan had moved its last week, and dropped some of its sessions."""
    phase = program.phases[-1]
    week = phase.weeks[-1]
    kept = tuple(
        session.model_copy(update={"start": session.start + dt.timedelta(days=days)})
        for session in week.sessions[: len(week.sessions) - drop]
    )
    weeks = (*phase.weeks[:-1], week.model_copy(update={"sessions": kept}))
    phases = (*program.phases[:-1], phase.model_copy(update={"weeks": weeks}))
    revision = sample_program("replanned").revisions[0]
    return program.model_copy(
        update={"phases": phases, "revisions": (*program.revisions, revision)}
    )


# --- read back -----------------------------------------------------------------------------


def test_every_session_reads_back_with_its_time_its_place_and_its_doses(program: Program) -> None:
    found = events(written(program, timezone="Europe/Berlin", alarm_minutes=45))
    assert len(found) == len(sessions(program))
    for event, session in zip(found, sessions(program), strict=True):
        assert event.dtstart.value == session.start.replace(tzinfo=BERLIN)
        length = dt.timedelta(minutes=session.minutes)
        assert event.dtend.value - event.dtstart.value == length
        assert event.location.value == session.place
        assert event.summary.value.startswith(program.title)
        assert event.status.value == "CONFIRMED"
        assert event.transp.value == "OPAQUE"
        assert event.valarm.trigger.value == dt.timedelta(minutes=-45)
        lines = event.description.value.splitlines()
        for item in session.prescriptions:
            place = lines.index(f"- {item.name}: {wording.dose_text(item)}")
            told = [line.strip() for line in lines[place + 1 :]]
            details = list(wording.detail_texts(item))
            assert told[: len(details)] == details
            del lines[place]


def test_a_second_reader_finds_the_same_sessions_day_by_day(program: Program) -> None:
    calendar = icalendar.Calendar.from_ical(written(program, timezone="Europe/Berlin"))
    expander = recurring_ical_events.of(calendar)
    for session in sessions(program):
        found = expander.at(session.start.date())
        starts = [event.start for event in found]
        assert session.start.replace(tzinfo=BERLIN) in starts
    first, last = sessions(program)[0].start, sessions(program)[-1].start
    every = expander.between(first, last + dt.timedelta(days=1))
    assert len(every) == len(sessions(program))


def test_lines_are_short_and_end_as_the_standard_says(program: Program) -> None:
    data = written(program, timezone="Europe/Berlin", rest_days=True).encode()
    assert data.endswith(b"\r\n")
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(b"\n" not in line and b"\r" not in line for line in lines)


def test_reading_and_writing_again_gives_the_same_bytes(program: Program) -> None:
    text = written(program, timezone="America/New_York", alarm_minutes=10, rest_days=True)
    again = str(icalendar.Calendar.from_ical(text).to_ical(), "utf-8")
    assert again == text
    assert written(program, timezone="America/New_York", alarm_minutes=10, rest_days=True) == text


def test_no_event_is_stamped_by_the_clock(program: Program) -> None:
    for event in events(written(program)):
        stamp = dt.datetime.combine(program.provenance.screened_on, dt.time(), dt.UTC)
        assert event.dtstamp.value == stamp
        assert event.last_modified.value == stamp


# --- time zones ----------------------------------------------------------------------------


def on(day: dt.date, hour: int, minute: int = 0) -> Program:
    """A program whose first session is at a time of a day."""
    program = handmade_program()
    phase = program.phases[0]
    start = dt.datetime.combine(day, dt.time(hour, minute))
    session = phase.weeks[0].sessions[0].model_copy(update={"start": start})
    week = phase.weeks[0].model_copy(update={"sessions": (session,)})
    return program.model_copy(update={"phases": (phase.model_copy(update={"weeks": (week,)}),)})


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        (dt.date(2026, 3, 28), 18, "17:00"),
        (dt.date(2026, 3, 29), 1, "00:00"),
        (dt.date(2026, 3, 29), 3, "01:00"),
        (dt.date(2026, 3, 29), 18, "16:00"),
        (dt.date(2026, 7, 1), 18, "16:00"),
        (dt.date(2026, 10, 24), 18, "16:00"),
        (dt.date(2026, 10, 25), 18, "17:00"),
        (dt.date(2026, 10, 26), 7, "06:00"),
    ],
)
def test_a_session_stays_at_its_local_hour_across_the_switch(
    day: dt.date, hour: int, utc: str
) -> None:
    """The hour as UTC is worked out here by hand; each reader reads it from what was written."""
    program = on(day, hour)
    expected = dt.datetime.fromisoformat(f"{day} {utc}").replace(tzinfo=dt.UTC)
    for own in ({"timezone": "Europe/Berlin"}, {"timezone": "Europe/Berlin", "utc": True}):
        (event,) = events(written(program, **own))
        assert event.dtstart.value.astimezone(dt.UTC) == expected
        calendar = icalendar.Calendar.from_ical(written(program, **own))
        (found,) = calendar.walk("VEVENT")
        assert found.start.astimezone(dt.UTC) == expected


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Etc/UTC"]
)
def test_the_description_of_the_zone_agrees_with_the_zone_at_every_hour(zone: str) -> None:
    """Read by dateutil, which knows nothing but the text."""
    from io import StringIO

    from dateutil.tz import tzical

    text = written(on(dt.date(2026, 3, 29), 18), timezone=zone)
    told = tzical(StringIO(text.replace("\r\n", "\n"))).get(zone)
    assert told is not None
    moment = dt.datetime(2025, 6, 1)
    while moment < dt.datetime(2027, 1, 1):
        there = moment.replace(tzinfo=ZoneInfo(zone))
        exists = there.astimezone(dt.UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == moment
        if exists:
            assert moment.replace(tzinfo=told).utcoffset() == there.utcoffset(), moment
        moment += dt.timedelta(minutes=30)


def test_without_a_zone_times_are_local_and_nothing_names_one() -> None:
    text = written(handmade_program())
    assert "DTSTART:20260105T180000\r\n" in text
    assert "TZ" not in text
    assert "X-WR-TIMEZONE" not in text


def test_with_utc_nothing_names_a_zone() -> None:
    text = written(handmade_program(), timezone="Europe/Berlin", utc=True)
    assert "DTSTART:20260105T170000Z\r\n" in text
    assert "VTIMEZONE" not in text


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"timezone": "berlin"}, "Europe/Berlin"),
        ({"timezone": "New York"}, "America/New_York"),
        ({"timezone": "../etc/passwd"}, "not a time zone"),
        ({"timezone": "Mars/Olympus"}, "not a time zone"),
        ({"utc": True}, "needs 'timezone'"),
        ({"alarm_minutes": -1}, "greater than or equal"),
        ({"alarm": 5}, "Extra inputs"),
    ],
)
def test_wrong_options_are_refused(own: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        CalendarOptions(**own)


# --- identity ------------------------------------------------------------------------------


def test_a_replan_keeps_the_identity_of_every_session_and_raises_the_sequence() -> None:
    before, after = sample_program("short"), sample_program("replanned")
    old, new = uids(written(before)), uids(written(after))
    assert set(new) == set(old)
    for uid, event in new.items():
        assert int(event.sequence.value) > int(old[uid].sequence.value)


def test_a_session_that_moves_keeps_its_identity() -> None:
    before = handmade_program()
    after = moved(before, days=1)
    old, new = uids(written(before)), uids(written(after))
    assert list(old) == list(new)
    assert [old[uid].dtstart.value for uid in old] != [new[uid].dtstart.value for uid in old]


def test_every_further_replan_raises_the_sequence_even_of_the_same_day() -> None:
    once = moved(handmade_program(), days=1)
    revision = once.revisions[0]
    twice = once.model_copy(
        update={
            "revisions": (
                revision.model_copy(update={"changes": (*revision.changes, "ill on Monday")}),
            )
        }
    )
    first, second = events(written(once))[0], events(written(twice))[0]
    assert int(second.sequence.value) > int(first.sequence.value)


def test_a_changed_program_is_newer_than_the_previous_whatever_its_revisions_say() -> None:
    before = handmade_program()
    after = moved(before, days=1).model_copy(update={"revisions": ()})
    assert {int(event.sequence.value) for event in events(written(after, before))} == {1}
    assert {int(event.sequence.value) for event in events(written(before, before))} == {0}


def test_a_dropped_session_is_cancelled_where_the_previous_program_is_known() -> None:
    before = handmade_program()
    after = moved(before, days=0, drop=1)
    old, new = uids(written(before)), uids(written(after, before))
    assert set(new) == set(old)
    (gone,) = [event for event in new.values() if event.status.value == "CANCELLED"]
    same = old[gone.uid.value]
    assert gone.dtstart.value == same.dtstart.value
    assert int(gone.sequence.value) > int(same.sequence.value)
    assert len(uids(written(after))) == len(old) - 1


def test_another_title_or_day_is_another_plan_but_for_its_id() -> None:
    one, other = handmade_program(), handmade_program(title="Somebody else")
    assert not set(uids(written(one))) & set(uids(written(other)))
    assert set(uids(written(one, id="anna"))) == set(uids(written(other, id="anna")))
    assert not set(uids(written(one, id="anna"))) & set(uids(written(one, id="ben")))


def test_identities_stay_what_they_were() -> None:
    """Calendars of people hold them: a change of this test loses every event they have."""
    first = events(written(handmade_program()))[0]
    assert first.uid.value == "e73e3da9-abfe-521f-a50b-9110d23e7b71@legengine"


# --- what else may stand in it -------------------------------------------------------------


def test_rest_days_are_all_day_and_take_no_time() -> None:
    program = sample_program("endurance")
    days = [day for phase in program.phases for week in phase.weeks for day in week.rest_days]
    assert days
    found = {
        event.dtstart.value: event
        for event in events(written(program, rest_days=True))
        if event.transp.value == "TRANSPARENT"
    }
    assert list(found) == [day.date for day in days]
    for day in days:
        event = found[day.date]
        assert event.dtend.value == day.date + dt.timedelta(days=1)
        for item in day.items:
            assert item.name in event.description.value
            assert str(item.minutes or item.hold_s) in event.description.value
    assert len(events(written(program))) == len(sessions(program))


def test_one_week_alone_and_a_week_that_is_not_there() -> None:
    program = handmade_program()
    options = RenderOptions(week=2)
    starts = [event.dtstart.value for event in events(CalendarFormat().program(program, options))]
    assert starts == [session.start for session in program.phases[0].weeks[1].sessions]
    both = replace(options, previous=moved(program, days=1))
    assert len(events(CalendarFormat().program(program, both))) == len(starts)
    with pytest.raises(InputError, match="no week 9"):
        CalendarFormat().program(program, replace(options, week=9))


def test_a_referral_is_one_entry_without_any_exercise() -> None:
    text = CalendarFormat().referral(handmade_referral(), RenderOptions())
    (event,) = events(text)
    assert event.dtstart.value == dt.date(2026, 1, 2)
    assert "EMERGENCY" in event.summary.value
    assert "Call the emergency number" in event.description.value


def test_hostile_texts_stay_texts(hostile_program: Program) -> None:
    text = written(hostile_program, timezone="Europe/Berlin")
    found = events(text)
    assert len(found) == len(sessions(hostile_program))
    assert text.count("BEGIN:VEVENT\r\n") == len(found)
    assert not any(character in text for character in "\x00\x07\x1b\u202e")
    place = found[0].location.value
    assert "\n" not in place
    assert '=HYPERLINK("http://x","y") BEGIN:VEVENT SUMMARY:owned ;,\\n <script>' in place
