"""Tells errors: to a person in plain words, to a program as JSON; always on standard error."""

from __future__ import annotations

import traceback
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from legengine.cli.failed_formats import FormatsFailed
from legengine.errors import (
    Fault,
    InputError,
    InternalError,
    LegengineError,
    NoScheduleError,
    PluginError,
    ReferralError,
)

if TYPE_CHECKING:
    from legengine.cli.state import State


def report_error(error: LegengineError, state: State) -> int:
    """Tell a refusal or a failure; return its exit code."""
    if state.debug:
        traceback.print_exception(error)
    if state.json:
        import json

        click.echo(json.dumps(error_data(error), indent=2, ensure_ascii=False), err=True)
        return error.exit_code
    message = str(error)
    if isinstance(error, InputError) and len(error.problems) > 1:
        message = f"{len(error.problems)} problems:\n{message}"
    if isinstance(error, InternalError):
        message = f"internal error: {message}"
        for violation in error.violations:
            message += f"\n  {violation}"
        message += _how_to_report()
    click.echo(f"legengine: {message}", err=True)
    return error.exit_code


def report_bug(error: Exception, state: State) -> int:
    """Tell an exception that nobody expected; it is a bug of ours."""
    if state.debug:
        traceback.print_exception(error)
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    if state.json:
        import json

        data = {"error": "internal", "exit_code": 1, "message": what}
        click.echo(json.dumps(data, indent=2), err=True)
        return 1
    click.echo(f"legengine: internal error: {what}{_how_to_report()}", err=True)
    return 1


def _how_to_report() -> str:
    return (
        "\nThis is a bug of legengine. Please report it, with the command and with what "
        "'legengine --debug ...' prints; leave out what is private in your profile."
    )


def error_data(error: LegengineError) -> dict[str, Any]:
    """An error as plain data."""
    data: dict[str, Any] = {
        "error": error.code,
        "exit_code": error.exit_code,
        "message": str(error),
    }
    if isinstance(error, InputError):
        data["source"] = error.source
        data["problems"] = [_problem(problem) for problem in error.problems]
    elif isinstance(error, NoScheduleError):
        data["conflict"] = error.conflict.as_data()
    elif isinstance(error, ReferralError):
        data["referral"] = error.referral.as_data()
    elif isinstance(error, PluginError):
        data |= {"plugin": error.plugin, "distribution": error.distribution}
        if isinstance(error, FormatsFailed):
            data |= {"failed": list(error.places), "written": list(map(str, error.written))}
    elif isinstance(error, InternalError):
        data["violations"] = [asdict(violation) for violation in error.violations]
    return data


def _problem(fault: Fault) -> dict[str, Any]:
    data = asdict(fault)
    del data["about_key"]  # its line and column say it
    return data
