"""Reads a date given as an option."""

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
