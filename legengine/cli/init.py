"""``legengine init [FILE]``: writes a valid starter profile that says what can be changed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import click

from legengine.cli.files import refuse_to_overwrite, write_files
from legengine.cli.starter import Starter
from legengine.cli.state import State, pass_state
from legengine.domain.vocabulary import Cause, Goal, did_you_mean
from legengine.errors import Fault, InputError


def _words(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001
    return tuple(word for text in value for word in _split(text))


def _split(text: str) -> list[str]:
    return [word for word in re.split(r"[,\s]+", text) if word]


@click.command("init")
@click.argument("file", type=click.Path(path_type=Path), default="profile.yaml")
@click.option("--age", type=int, help="Years.")
@click.option("--sex", type=click.Choice(["female", "male"]))
@click.option("--mass", metavar="TEXT", help="Body mass with its unit, '68 kg'.")
@click.option("--height", metavar="TEXT", help="Height with its unit, '170 cm'.")
@click.option("--cause", type=click.Choice(get_args(Cause)), help="What made the legs weak.")
@click.option("--goal", type=click.Choice(get_args(Goal)))
@click.option("--days", multiple=True, callback=_words, help="Weekdays, 'mon,wed,fri'.")
@click.option("--start-time", metavar="HH:MM", help="When sessions begin, '18:00'.")
@click.option("--minutes", type=int, help="Length of a session.")
@click.option("--place", metavar="NAME", help="What to call the place, 'home'.")
@click.option(
    "--equipment", multiple=True, callback=_words, help="Items or sets of items, 'chair,wall'."
)
@click.option("--weeks", type=int, help="Length of the program.")
@click.option("--no-red-flags", is_flag=True, help="None of the warning signs is present.")
@click.option("--parq-all-no", is_flag=True, help="Every answer on page 1 of the PAR-Q+ is no.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@pass_state
def command(
    state: State, /, file: Path, no_red_flags: bool, parq_all_no: bool, force: bool, **given: Any
) -> None:
    """Write a starter profile to FILE (profile.yaml).

    On a terminal it asks a few questions; with options it doesn't. Questions about warning signs
    that aren't answered stay open in the file, and then 'generate' makes no program.
    """
    if file.suffix.lower() not in (".yaml", ".yml"):
        fault = Fault("init writes YAML", str(file), hint="give a name that ends in .yaml")
        raise InputError([fault])
    refuse_to_overwrite([file], force=force)
    known = {name: value for name, value in given.items() if value not in (None, ())}
    starter = Starter(**known)
    if known or no_red_flags or parq_all_no or not _on_terminal():
        starter.red_flags = {} if no_red_flags else None
        starter.parq = () if parq_all_no else None
    else:
        _ask(starter)
    if given["equipment"]:
        _check_equipment(state, starter.equipment)
    text = starter.text()
    _check(text)
    write_files({file: text})
    click.echo(f"wrote {file}", err=True)
    if starter.red_flags is None or starter.parq is None:
        note = "the questions before training are open: answer them in the section 'screening'"
        click.echo(note, err=True)
    click.echo(f"next: legengine generate {file}", err=True)


def _check(text: str) -> None:
    """Read the profile as ``generate`` will; nothing is written that it would refuse."""
    from legengine.documents.reading import parse_document
    from legengine.intake.reader import profile_from_document

    try:
        profile_from_document(parse_document(text, kind="yaml", source=""))
    except InputError as error:
        # There is no file yet whose lines could be told.
        faults = [Fault(each.message, each.field, hint=each.hint) for each in error.problems]
        raise InputError(faults) from None


def _check_equipment(state: State, words: Sequence[str]) -> None:
    library = state.registry().library()
    known = {*library.equipment, *library.equipment_sets}
    faults = [
        Fault(f"unknown name '{word}'", "--equipment", hint=did_you_mean(word, known))
        for word in words
        if known and word not in known
    ]
    if faults:
        raise InputError(faults)


# --- asking --------------------------------------------------------------------------------


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(starter: Starter) -> None:
    """Ask for what differs most between people."""
    from legengine.domain.quantities import parse_length, parse_mass, parse_time, parse_weekday

    starter.age = click.prompt("age in years", type=click.IntRange(0, 120), err=True)
    starter.sex = _choose("sex", ("female", "male"), None)
    starter.mass = _text("body mass with its unit, such as 68 kg (empty: leave out)", parse_mass)
    starter.height = _text("height with its unit, such as 170 cm (empty: leave out)", parse_length)
    starter.cause = _choose("what made the legs weak", get_args(Cause), starter.cause)
    starter.goal = _choose("goal", get_args(Goal), starter.goal)
    days = _text(
        "days to train on", lambda text: list(map(parse_weekday, _split(text))), "mon, wed, fri"
    )
    starter.days = [parse_weekday(day) for day in _split(days)]
    starter.start_time = _text("time that sessions begin", parse_time, starter.start_time)
    starter.minutes = click.prompt(
        "minutes for a session", type=click.IntRange(5, 240), default=starter.minutes, err=True
    )
    equipment = click.prompt(
        "equipment, items or sets of items", default=", ".join(starter.equipment), err=True
    )
    starter.equipment = _split(equipment)
    _ask_signs(starter)


def _choose(question: str, choices: Sequence[str], default: str | None) -> str:
    answer: str = click.prompt(question, type=click.Choice(choices), default=default, err=True)
    return answer


def _text(question: str, parse: Callable[[str], object], default: str = "") -> str:
    """Ask until the answer can be read."""
    while True:
        show = bool(default)
        answer: str = click.prompt(question, default=default, show_default=show, err=True).strip()
        if not answer and not default:
            return ""
        try:
            parse(answer)
        except ValueError as error:
            click.echo(f"  {error}", err=True)
        else:
            return answer


def _ask_signs(starter: Starter) -> None:
    """Show the whole list of warning signs: 'none' counts only from someone who has read it."""
    try:
        words = import_module("legengine_screening.vocabulary")
        signs, items = dict(words.SIGNS), dict(words.PARQ_ITEMS)
        kinds = {name: sign.kind for name, sign in words.SIGN_TABLE.items()}
    except (ImportError, AttributeError):
        return
    click.echo("\nWarning signs, each with its name:", err=True)
    for name, meaning in signs.items():
        click.echo(f"  {name}: {meaning}", err=True)
    present = _names("signs that are present, or 'none' (empty: answer later)", signs, "none")
    if present is not None:
        starter.red_flags = {
            name: True
            if kinds[name] == "flag"
            else click.prompt(f"{signs[name]}", type=float, err=True)
            for name in present
        }
    click.echo("\nPAR-Q+, page 1 (the form is at eparmedx.com):", err=True)
    for name, meaning in items.items():
        click.echo(f"  {name}: {meaning}", err=True)
    question = "items answered yes, or 'all_no' (empty: answer later)"
    starter.parq = _names(question, items, "all_no")


def _names(question: str, known: dict[str, str], nothing: str) -> list[str] | None:
    while True:
        answer = click.prompt(question, default="", show_default=False, err=True)
        words = _split(answer)
        if not words:
            return None
        if words == [nothing]:
            return []
        unknown = [word for word in words if word not in known]
        if not unknown:
            return words
        for word in unknown:
            hint = did_you_mean(word, [*known, nothing])
            click.echo(f"  unknown name '{word}': {hint}", err=True)
