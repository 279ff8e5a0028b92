"""``legengine exercises``: searches and shows what the libraries hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

import click

from legengine.cli.state import State, pass_state, warn
from legengine.cli.tables import fields, show, table, terminal_width, wrapped
from legengine.errors import Fault, InputError

if TYPE_CHECKING:
    from legengine.domain.exercise import Exercise, LibraryData

UNVETTED = "not known: open only to people of whom nothing that limits is known"


@click.command("exercises")
@click.argument("words", nargs=-1)
@click.option("--pattern", metavar="NAME", help="Only this movement pattern.")
@click.option("--muscle", metavar="NAME", help="Only with this muscle or muscle group as primary.")
@click.option(
    "--equipment",
    multiple=True,
    metavar="ITEM",
    help="Only what can be done with these items or sets of items; repeatable.",
)
@click.option("--level", metavar="N", help="Only this level, or levels from-to such as 1-3.")
@click.option("--phase", metavar="NAME", help="Only what is open in this phase.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def command(
    state: State,
    words: tuple[str, ...],
    pattern: str | None,
    muscle: str | None,
    equipment: tuple[str, ...],
    level: str | None,
    phase: str | None,
    as_json: bool,
) -> None:
    """List the exercises that match all WORDS; the id of one shows its details."""
    state.json = as_json
    registry = state.registry()
    if not as_json:
        warn(registry)
    library = registry.library()
    known = {exercise.id: exercise for exercise in library.exercises}
    found: Sequence[Exercise] = library.exercises
    chosen = [known[word] for word in words if word in known]
    if words and len(chosen) == len(words):
        found = chosen
    elif words:
        found = [exercise for exercise in found if _says(exercise, words)]
    if pattern is not None:
        from legengine.domain.vocabulary import Pattern

        _known("--pattern", pattern, get_args(Pattern))
        found = [exercise for exercise in found if exercise.pattern == pattern]
    if muscle is not None:
        from legengine.domain.vocabulary import MUSCLES

        _known("--muscle", muscle, {*MUSCLES, *MUSCLES.values()})
        found = [
            exercise
            for exercise in found
            if any(muscle in (name, MUSCLES[name]) for name in exercise.primary)
        ]
    if equipment:
        items = _items(equipment, library)
        found = [e for e in found if any(items.issuperset(needed) for needed in e.equipment)]
    if level is not None:
        low, high = _levels(level)
        found = [exercise for exercise in found if low <= exercise.level <= high]
    if phase is not None:
        from legengine.domain.vocabulary import PHASE_NAMES

        _known("--phase", phase, PHASE_NAMES)
        found = [exercise for exercise in found if phase in exercise.phases]
    if as_json:
        data = [exercise.model_dump(mode="json") for exercise in found]
        show(json.dumps(data, indent=2, ensure_ascii=False))
    elif chosen and found == chosen:
        show("\n\n".join(_details(exercise, library) for exercise in chosen))
    elif found:
        show(_listed(found))
    else:
        _nothing(words, list(known))


def _nothing(words: Sequence[str], known: Sequence[str]) -> None:
    from legengine.domain.vocabulary import nearest

    close = nearest(words[0], known) if len(words) == 1 else ()
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    click.echo(f"no exercise matches{hint}", err=True)


def _known(option: str, word: str, known: Sequence[str] | set[str]) -> None:
    if word not in known:
        from legengine.domain.vocabulary import did_you_mean

        raise InputError([Fault(f"unknown name '{word}'", option, hint=did_you_mean(word, known))])


def _levels(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    if low.isdecimal() and (high or low).isdecimal():
        return int(low), int(high or low)
    raise InputError([Fault(f"expected a level or from-to such as 1-3, got '{text}'", "--level")])


def _items(words: Sequence[str], library: LibraryData) -> set[str]:
    items: set[str] = set()
    for word in words:
        _known("--equipment", word, {*library.equipment, *library.equipment_sets})
        items.update(library.equipment_sets.get(word, (word,)))
    return items


def _says(exercise: Exercise, words: Sequence[str]) -> bool:
    """Whether every word stands somewhere in what an exercise is called by."""
    parts = (exercise.id, exercise.name, exercise.pattern, exercise.block, exercise.position)
    text = " ".join((*parts, *exercise.primary, *exercise.secondary, *exercise.tags)).lower()
    return all(word.lower() in text or word.lower() in text.replace("_", " ") for word in words)


def _listed(exercises: Sequence[Exercise]) -> str:
    order = sorted(exercises, key=lambda e: (e.pattern, e.level, e.id))
    rows = [(e.id, str(e.level), e.pattern, e.name) for e in order]
    width = terminal_width()
    count = "1 exercise" if len(rows) == 1 else f"{len(rows)} exercises"
    text = table(("id", "level", "pattern", "name"), rows, width)
    return text if width is None else f"{text}\n{count}"


def _details(exercise: Exercise, library: LibraryData) -> str:
    width = terminal_width()
    easier = [other.id for other in library.exercises if exercise.id in other.progressions]
    gates = [gate.summary for gate in library.gates if exercise.id in gate.opens]
    needs = "; or ".join(" and ".join(items) or "nothing" for items in exercise.equipment)
    sources = [f"{key} ({library.sources[key]})" for key in exercise.sources if key != "D"]
    pairs = [
        ("pattern", f"{exercise.pattern} ({exercise.block})"),
        ("level", f"{exercise.level} of 5"),
        ("phases", ", ".join(exercise.phases)),
        ("muscles", ", ".join(exercise.primary)),
        ("also", ", ".join(exercise.secondary)),
        ("equipment", needs),
        ("legs", {"each": "one, then the other"}.get(exercise.laterality, exercise.laterality)),
        ("counted in", exercise.dose_kind),
        ("load", exercise.resistance),
        ("position", exercise.position),
        ("bend", f"knee {exercise.knee_flexion}°, hip {exercise.hip_flexion}°"),
        ("weight on the working foot", f"{exercise.weight_bearing} % of body mass"),
        ("impact", exercise.impact if exercise.impact != "none" else ""),
        ("tags", ", ".join(exercise.tags)),
        ("easier", ", ".join(sorted(easier))),
        ("harder", ", ".join(exercise.progressions)),
        ("risks", "" if exercise.vetted else UNVETTED),
        ("opens after", " ".join(gates)),
        ("cues", "; ".join(exercise.cues)),
        ("sources", "; ".join(sources)),
    ]
    head = f"{exercise.name}  [{exercise.id}]"
    return "\n".join([head, wrapped(exercise.instruction, width), fields(pairs, width)])
