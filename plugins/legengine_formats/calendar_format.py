"""A program as a calendar: one event a session, which keeps its identity when the plan changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from legengine.hooks import RenderOptions
from legengine_formats.zones import Zone

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program


class CalendarOptions(BaseModel):
    """How the calendar is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(
        default="",
        max_length=200,
        description="names the plan in the identity of its events, so that a later calendar "
        "replaces an earlier one; give it where two people's plans share a calendar; left out, "
        "title and first day of the plan",
    )
    timezone: Zone = Field(
        default=None,
        description="time zone of the sessions, such as Europe/Berlin; left out, times are local "
        "wherever the calendar is opened, which some services that subscribe to a file take as UTC",
    )
    utc: bool = Field(
        default=False, description="write times as UTC, for services that know no time zones"
    )
    alarm_minutes: int | None = Field(
        default=None,
        ge=0,
        le=7 * 24 * 60,
        description="minutes before a session at which it reminds; some services ignore it",
    )
    rest_days: bool = Field(
        default=False, description="also what may be done on days without a session, as all-day"
    )

    @model_validator(mode="after")
    def _utc_needs_zone(self) -> CalendarOptions:
        if self.utc and self.timezone is None:
            raise ValueError("'utc' needs 'timezone': the sessions' times are local")
        return self


@dataclass(frozen=True, slots=True)
class CalendarFormat:
    """Events with the whole prescription in words (RFC 5545)."""

    name: str = "calendar"
    summary: str = "an event a session for a calendar on phone or computer"
    suffixes: tuple[str, ...] = (".ics",)
    options: type[CalendarOptions] = CalendarOptions
    needs: tuple[str, ...] = ("icalendar",)
    extra: str = "legengine[calendar]"
    examples: tuple[dict[str, Any], ...] = (
        {"timezone": "Europe/Berlin", "alarm_minutes": 60, "rest_days": True},
        {"timezone": "America/New_York", "utc": True, "id": "anna"},
    )

    def program(self, program: Program, options: RenderOptions) -> str:
        """The calendar; with ``options.week`` that week alone.

        With ``options.previous``, sessions that are no longer there are written as cancelled.

        Raises:
            InputError: the week isn't there.
        """
        from legengine_formats.calendar_events import program_events
        from legengine_formats.calendar_text import calendar_text
        from legengine_formats.clean import cleaned

        own = options.of(self)
        shown = cleaned(program)
        before = None if options.previous is None else cleaned(options.previous)
        events = program_events(shown, before, own, options.week)
        return calendar_text(shown.title, events, own)

    def referral(self, referral: Referral, options: RenderOptions) -> str:
        """One all-day entry on the day of screening that says what to do first; no exercise."""
        from legengine_formats.calendar_events import referral_event
        from legengine_formats.calendar_text import calendar_text

        event = referral_event(referral)
        return calendar_text(event.summary, [event], options.of(self))
