"""What can have happened to a program, as flags of the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import click

from legengine.advise import events
from legengine.advise.events import Days, Now
from legengine.domain.event import Event
from legengine.domain.vocabulary import WEEKDAYS, Weekday, did_you_mean
from legengine.errors import Fault, InputError


@dataclass(frozen=True, slots=True)
class Happening:
    """A repeatable flag, and how its value is read."""

    flag: str
    metavar: str
    help: str
    read: Callable[[Now, str], Event]

    @property
    def name(self) -> str:
        """The name of the flag's parameter."""
        return self.flag.replace("-", "_")


def happening_options(command: Any) -> Any:
    """Add every flag to a command."""
    for happening in reversed(HAPPENINGS):
        option = click.option(
            f"--{happening.flag}",
            happening.name,
            multiple=True,
            metavar=happening.metavar,
            help=happening.help,
        )
        command = option(command)
    return command


def _wrong(flag: str, message: str, hint: str = "") -> InputError:
    return InputError([Fault(message, f"--{flag}", hint=hint)])


def _day(text: str, flag: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise _wrong(flag, f"'{text}' is not a date such as 2026-12-03") from None


def _days(text: str, flag: str) -> Days:
    first, _, last = text.partition("..")
    return _day(first, flag), _day(last or first, flag)


def _days_and(text: str, flag: str) -> tuple[Days, str]:
    days, _, value = text.partition("=")
    if not value:
        raise _wrong(flag, f"'{text}' needs a '=' and a value after the day")
    return _days(days, flag), value


def _move(text: str) -> tuple[dt.date, dt.date, dt.time | None]:
    day, _, to = text.partition("=")
    if not to:
        raise _wrong("move", f"'{text}' needs a '=' and the day to move to")
    target, _, time = to.partition("T")
    try:
        start = dt.time.fromisoformat(time) if time else None
    except ValueError:
        raise _wrong("move", f"'{time}' is not a time such as 18:00") from None
    return _day(day, "move"), _day(target, "move"), start


def _weekday(text: str) -> Weekday:
    word = text.strip().lower()
    for weekday in WEEKDAYS:
        if len(word) >= 3 and weekday.startswith(word):
            return weekday
    raise _wrong("drop-day", f"'{text}' is not a weekday", did_you_mean(text, WEEKDAYS))


def _minutes(text: str) -> tuple[Days, int]:
    days, value = _days_and(text, "minutes")
    if not value.isdecimal() or not 5 <= int(value) <= 240:
        raise _wrong("minutes", f"'{value}' is not a number of minutes from 5 to 240")
    return days, int(value)


def _item(text: str) -> tuple[str, str | None]:
    item, _, place = text.partition("@")
    return item, place or None


def _pain(text: str) -> tuple[str, int]:
    region, _, score = text.partition("=")
    if not score.isdecimal() or int(score) > 10:
        raise _wrong("pain", f"'{text}' needs a '=' and a score from 0 to 10")
    return region, int(score)


def _pin(text: str) -> tuple[dt.date, str | None]:
    day, _, exercise = text.partition(":")
    return _day(day, "pin"), exercise or None


HAPPENINGS: Final = (
    Happening(
        "missed",
        "DATE",
        "The session did not take place.",
        lambda now, text: events.missed(now, _day(text, "missed")),
    ),
    Happening(
        "move",
        "DATE=DATE[THH:MM]",
        "The session takes place on another day.",
        lambda now, text: events.moved(now, *_move(text)),
    ),
    Happening(
        "off",
        "DATE[..DATE]",
        "No session on these days.",
        lambda now, text: events.off(now, _days(text, "off")),
    ),
    Happening(
        "drop-day",
        "WEEKDAY",
        "The weekday is gone.",
        lambda now, text: events.dropped_day(now, _weekday(text)),
    ),
    Happening(
        "place",
        "DATE[..DATE]=PLACE",
        "These days are at another place.",
        lambda now, text: events.at_place(now, *_days_and(text, "place")),
    ),
    Happening(
        "minutes",
        "DATE[..DATE]=N",
        "These days have so many minutes.",
        lambda now, text: events.minutes(now, *_minutes(text)),
    ),
    Happening(
        "without",
        "ITEM[@PLACE]",
        "The item of equipment is gone.",
        lambda now, text: events.without(now, *_item(text)),
    ),
    Happening(
        "pain",
        "REGION=SCORE",
        "The pain, 0-10, that there is now.",
        lambda now, text: events.pain(now, *_pain(text)),
    ),
    Happening("condition", "NAME", "The condition holds from now on.", events.condition),
    Happening("restrict", "TAG", "Exercises with the tag are closed now.", events.restricted),
    Happening("refuse", "EXERCISE", "The exercise is never wanted again.", events.refused),
    Happening(
        "pin",
        "DATE[:EXERCISE]",
        "The session or exercise stays as it is planned.",
        lambda now, text: events.pinned(now, *_pin(text)),
    ),
)
"""In the order in which they are made: each starts from the profile after those before."""
