"""The group of commands, and the one place where every failure becomes a message and a code.

Exit codes: 0 done; 1 a bug of ours; 2 wrong usage or an invalid file (also a program that breaks
rules); 3 no schedule exists; 4 see a professional first; 5 a plugin failed; 6 a limit ran out;
130 interrupted; 143 terminated; 141 the reader of the output went away.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from legengine.cli import standard_output
from legengine.cli.lazy import LazyGroup
from legengine.cli.report import report_bug, report_error
from legengine.cli.state import State
from legengine.cli.worker import THREAD_NAME, Terminated
from legengine.errors import LegengineError, PluginError

COMMANDS: Final[dict[str, str]] = {
    "init": "write a starter profile",
    "screen": "ask whether training may begin, and make nothing",
    "generate": "make a program from a profile",
    "replan": "change a program after something happened",
    "swap": "put another exercise in the place of one",
    "advance": "decide by tests what follows a phase, and go on",
    "render": "write a program in another format: page, print, calendar, sheet",
    "formats": "list the output formats",
    "check": "check a program against every rule",
    "explain": "why there is no program, or why a program is as it is",
    "exercises": "search and show the exercises",
    "protocols": "show the protocols",
    "plugins": "list, show, check and make plugins",
    "schema": "print a JSON Schema",
}
"""Command to its line in the help; the module of the same name is imported when it is called."""

INTERRUPTED: Final = 130
TERMINATED: Final = 143
READER_GONE: Final = 141

COMPLETION: Final = "_LEGENGINE_COMPLETE"
"""Environment variable by which a shell asks click for completions."""

_OUTPUT_ERRORS: Final = frozenset((errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if not value or ctx.resilient_parsing:
        return
    from legengine.hooks.discovery import find, own_version

    click.echo(f"legengine {own_version() or '(not installed)'}")
    plugins: dict[str, list[str]] = {}
    for plugin in find():
        plugins.setdefault(plugin.provider, []).append(plugin.name)
    for provider, names in sorted(plugins.items()):
        click.echo(f"  plugins of {provider}: {', '.join(names)}")
    ctx.exit()


@click.command(
    cls=LazyGroup,
    modules="legengine.cli.",
    summaries=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="In the environment LEGENGINE_DISABLE_PLUGINS=NAME,... and LEGENGINE_NO_AUTOLOAD=1 do "
    "what --disable and --no-autoload do, and LEGENGINE_PLUGINS=NAME,... loads no plugins of "
    "others but these. legengine gives exercise programs, not diagnoses.",
)
@click.option(
    "--plugin",
    "plugins",
    multiple=True,
    metavar="MODULE",
    help="Load a module as a plugin too; repeatable.",
)
@click.option(
    "--library",
    "libraries",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Read exercises or a protocol from a file or folder too; repeatable.",
)
@click.option(
    "--disable", multiple=True, metavar="NAME", help="Leave out an installed plugin; repeatable."
)
@click.option(
    "--no-autoload",
    is_flag=True,
    help="Load only the plugins that come with legengine and those that are given.",
)
@click.option(
    "--strict-plugins",
    is_flag=True,
    help="Let any broken plugin be an error, also one that isn't needed.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version, and the plugins with theirs.",
)
@click.pass_context
def app(
    ctx: click.Context,
    plugins: tuple[str, ...],
    libraries: tuple[Path, ...],
    disable: tuple[str, ...],
    no_autoload: bool,
    strict_plugins: bool,
    debug: bool,
) -> None:
    """Training programs for restoring leg strength, chosen by a constraint solver."""
    state = ctx.ensure_object(State)
    state.libraries = libraries
    state.plugins, state.disable, state.debug = plugins, disable, debug
    state.autoload, state.strict = not no_autoload, strict_plugins
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; never raises."""
    given = list(sys.argv[1:] if args is None else args)
    state = State(debug="--debug" in given)
    try:
        try:
            code = _run(given, state)
        finally:
            standard_output.give_back()
            sys.stdout.flush()
    except BrokenPipeError:
        _abandon_output()
        return READER_GONE
    except OSError as error:
        _abandon_output()
        return _said(f"can't write the output: {error.strerror or error}")
    return code


def _run(args: list[str], state: State) -> int:
    # Not click's own main: it turns interrupts and broken pipes into codes of its own.
    try:
        with app.make_context("legengine", args, obj=state) as context:
            result: Any = app.invoke(context)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        return _said("stopped", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return 2
    except LegengineError as error:
        return report_error(error, state)
    except (KeyboardInterrupt, EOFError):
        return _said("interrupted", INTERRUPTED)
    except Terminated:
        return _said("terminated", TERMINATED)
    except SystemExit as leave:  # nothing of ours leaves so
        return _said(f"a plugin ended the process: SystemExit: {leave.code}", PluginError.exit_code)
    except Exception as error:  # the last line of defence: no traceback unless it is asked for
        if isinstance(error, OSError) and error.errno in _OUTPUT_ERRORS:
            raise
        return report_bug(error, state)
    return result if isinstance(result, int) else 0


def _said(message: str, code: int = 2) -> int:
    click.echo(f"legengine: {message}", err=True)
    return code


def _abandon_output() -> None:
    """Let what is still buffered go nowhere, so that leaving doesn't fail once more."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())


def main() -> NoReturn:
    """Run the command line and leave the process."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    if COMPLETION in os.environ:
        app.main(prog_name="legengine")
    code = run()
    if any(thread.name == THREAD_NAME for thread in threading.enumerate()):
        # A solver that didn't listen: don't wait for it, don't take the process down around it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
