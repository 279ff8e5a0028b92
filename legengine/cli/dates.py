"""Dates: those given as options, and the only clock of the command line."""

from __future__ import annotations

import datetime as dt

import click


def read_date(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    """The callback of an option that is a date."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(
            f"'{value}' is not a date such as 2026-11-30", ctx, param
        ) from None


def today_here() -> dt.date:
    """Today's date where the computer is."""
    return dt.datetime.now().astimezone().date()


def next_monday(today: dt.date) -> dt.date:
    """The first Monday after a day."""
    return today + dt.timedelta(days=7 - today.weekday())
