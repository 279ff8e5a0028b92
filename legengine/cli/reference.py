"""``python -m legengine.cli.reference [FILE]``: the profile reference, made from the models.

Types, bounds, defaults and meanings come from the pydantic models; the words come from the
bundled library and screening. ``docs/profile.md`` is what this module writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from legengine.cli.pages import write_page
from legengine.domain import choices, profile, standing
from legengine.domain.facts import FACTS
from legengine.domain.section import Section
from legengine.domain.vocabulary import MUSCLE_GROUPS

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

SECTIONS: Final[Mapping[str, str]] = {
    "Profile": "The whole profile",
    "Person": "`person`",
    "History": "`history`",
    "Screening": "`screening`",
    "Clearance": "`clearance`",
    "PainReport": "`pain.REGION`",
    "Restrictions": "`restrictions`",
    "Assessments": "`assessments`",
    "SppbParts": "`assessments.sppb`",
    "FourStages": "`assessments.four_stage_balance`",
    "Pair": "A pair of sides",
    "Experience": "`experience`",
    "Nutrition": "`nutrition`",
    "Place": "`places.NAME`",
    "Loads": "`places.NAME.loads`",
    "LoadRange": "A range of loads",
    "Availability": "`availability[]`",
    "DatedException": "`exceptions[]`",
    "Pin": "`pins[]`",
    "Wishes": "`wishes`",
    "Adjustments": "`adjust`",
    "Standing": "`progress`",
    "Easing": "`progress.easing`",
    "Choice": "A name with options",
    "LibraryFile": "A file or folder with more exercises",
}
"""Model to its heading, in the order in which they are told."""

MODELS: Final[Mapping[str, type[Section]]] = {**vars(choices), **vars(profile), **vars(standing)}

MEANINGS: Final[Mapping[str, str]] = {
    "Profile.schema_version": "version of this document; another number is refused",
    "Profile.title": "heading of the program",
    "Profile.person": "who trains",
    "Profile.cause": "what made the legs weak",
    "Profile.goal": "what the training is for; decides the block after the first loads",
    "Profile.history": "what led to the weakness",
    "Profile.restrictions": "what the body must not do now",
    "Profile.clearance": "a professional's word that training may start",
    "Profile.screening": "answers to the questions before training; without them no program",
    "Profile.assessments": "results of tests; they place the person and open exercises",
    "Profile.experience": "what the person already did",
    "Profile.nutrition": "what the person eats; for the examples of the advice",
    "Profile.places": "name to a place with its equipment",
    "Profile.availability": "when there is time in an ordinary week",
    "Profile.exceptions": "dates on which the ordinary week doesn't hold",
    "Profile.pins": "sessions and exercises that have to stay where they are",
    "Profile.wishes": "what the person likes",
    "Profile.adjust": "minimums that were agreed to be lower than the protocol's; see `explain`",
    "Profile.protocol": "the protocol; see `legengine protocols`",
    "Profile.weeks": "length of the program",
    "Person.age": "age",
    "Person.mass": "body mass",
    "Person.height": "height",
    "History.weeks_inactive": "weeks without leg training before now",
    "History.affected_side": "the weaker side, where one leg is behind",
    "History.immobilised_weeks": "weeks in a cast, a boot or bed",
    "Clearance.weight_bearing": (
        "what the leg may carry: none, toe-touch, partial, as tolerated, full"
    ),
    "Clearance.note": "anything else that was said",
    "Screening.systolic": "blood pressure at rest, the upper value",
    "Screening.diastolic": "blood pressure at rest, the lower value",
    "Screening.egfr": "kidney function, estimated filtration rate",
    "Screening.medications": "medicines that matter for training",
    "Screening.falls_12_months": "falls in the last twelve months",
    "Pair.left": "the left side's result",
    "Pair.right": "the right side's result",
    "Assessments.four_stage_balance": "four-stage balance, seconds of each stage",
    "Assessments.leg_press_1rm_kg": "one-leg leg press, 1RM of each side",
    "Assessments.six_minute_walk_m": "distance walked in six minutes",
    "PainReport.rest": "pain at rest",
    "PainReport.new": "whether it began lately and without a known reason",
    "Nutrition.diet": "what kinds of food are eaten",
    "LoadRange.start": "the lightest load",
    "LoadRange.to": "the heaviest load",
    "LoadRange.step": "from one load to the next",
    "Loads.dumbbell": "dumbbells; the load of one",
    "Loads.kettlebell": "kettlebells",
    "Loads.ankle_weight": "ankle weights; the load of one",
    "Loads.machine": "the stacks of the machines",
    "Loads.bar": "the empty bar",
    "Place.equipment": "items, or sets of items; see the words below",
    "Place.loads": "the loads that exist there",
    "Availability.days": "weekdays; three letters are enough",
    "Availability.minutes": "length of the slot; a session never takes longer",
    "Pin.date": "the day; there has to be time to train on it",
    "Pin.exercise": "an exercise that the session has to hold",
    "DatedException.from_": "first day",
    "DatedException.start": "another time of day",
    "DatedException.minutes": "another length",
    "DatedException.place": "another place",
    "DatedException.reason": "why, for the reader",
    "Restrictions.exclude_tags": "exercises with one of these tags are closed",
    "Restrictions.exclude_patterns": "movement patterns that are closed",
    "Restrictions.knee_flexion_max": "bend of the knee under load, at most",
    "Restrictions.hip_flexion_max": "bend of the hip, at most",
    "Restrictions.impact_max": "the highest impact class allowed",
    "Wishes.prefer": "wanted where it fits (a wish)",
    "Wishes.avoid": "not wanted, but allowed (a wish)",
    "Wishes.never": "closed (a rule)",
    "Wishes.sessions_per_week": "wanted sessions a week (a wish within the phase's range)",
    "Choice.name": "name of the object",
    "Choice.options": "its options; each plugin says which it has",
    "LibraryFile.path": "a file or a folder, relative to the file that names it",
    "LibraryFile.reader": "name of a reader; left out, the one that fits",
    "LibraryFile.options": "options of the reader",
}
"""Meanings of fields whose model gives no description, or one that needs its class around it."""

UNITS: Final[Mapping[str, str]] = {
    "Person.age": "years",
    "Person.mass": "kg, lb",
    "Person.height": "cm, m, in, ft in",
    "Screening.systolic": "mmHg",
    "Screening.diastolic": "mmHg",
    "Screening.egfr": "mL/min/1.73 m²",
    "Screening.falls_12_months": "falls",
    "Assessments.chair_stand_30s": "stands",
    "Assessments.sit_to_stand_1min": "stands",
    "Assessments.heel_raise": "raises",
    "Assessments.sppb": "points",
    "Assessments.gait_speed_m_s": "m/s",
    "Restrictions.knee_flexion_max": "degrees",
    "Restrictions.hip_flexion_max": "degrees",
    "Profile.weeks": "weeks",
    "Availability.minutes": "minutes",
    "DatedException.minutes": "minutes",
    "Wishes.sessions_per_week": "sessions",
    "Wishes.rest_hours": "hours",
    "LoadRange.start": "kg, lb",
    "LoadRange.to": "kg, lb",
    "LoadRange.step": "kg, lb",
    "Loads.dumbbell": "kg, lb",
    "Loads.kettlebell": "kg, lb",
    "Loads.ankle_weight": "kg, lb",
    "Loads.machine": "kg, lb",
    "Loads.bar": "kg, lb",
    "Loads.plates": "kg, lb",
    "PainReport.worst": "0-10",
    "PainReport.rest": "0-10",
    "PainReport.during": "0-10",
}

SUFFIXES: Final[Mapping[str, str]] = {
    "_s": "seconds",
    "_cm": "cm",
    "_kg": "kg",
    "_m": "metres",
    "_reps": "repetitions",
    "_weeks": "weeks",
}

OPEN: Final = "none"
"""What stands for an optional field that is left out."""

HEAD: Final = """\
<!-- Made by `python -m legengine.cli.reference docs/profile.md`; don't edit. -->

# The profile

A profile is one YAML, TOML or JSON file. This page lists every field. The same as a JSON Schema,
for an editor: `legengine schema profile`.

- Unknown fields, unknown names and numbers without their unit (masses, lengths) are errors. Every
  error is told at once, with its line and the nearest known word.
- A field without a default has to be given. "none" means: not known. What isn't known is never
  taken for zero, for "no" or for "passed".
- Where a list of names is asked for, one name may stand alone: `avoid: lunge`.
- Masses and lengths are written with their unit: `68 kg`, `150 lb`, `170 cm`, `5 ft 7 in`. Times
  of day are written in quotes: `"18:00"`. They are local; no time zone is involved.

## The shortest profile

Ten lines are enough for a program.

```yaml
person: {age: 34, sex: female}
cause: disuse
screening:
  red_flags: none
  parq_page1: all_no
places:
  home:
    equipment: [mat, chair, wall, counter]
availability:
  - {days: [mon, wed, fri], start: "18:00", minutes: 30}
```

`red_flags: none` says that you have read the list of warning signs below and none of them is
present. `parq_page1: all_no` says that every answer on page 1 of the PAR-Q+ form
(eparmedx.com) is no. Without these answers there is no program but a referral.
"""


def reference() -> str:
    """The whole page; the same text every time."""
    schema = profile.Profile.model_json_schema(mode="validation")
    parts = [HEAD]
    for name, title in SECTIONS.items():
        model = MODELS[name]
        part = schema if name == "Profile" else schema["$defs"][name]
        about = " ".join((model.__doc__ or "").split())
        parts.append("\n".join([f"## {title}", "", about, "", *_table(name, model, part), ""]))
    parts += _words()
    return "\n".join(parts)


def undocumented() -> list[str]:
    """Fields without a meaning, and meanings or units without a field."""
    fields = {
        f"{section}.{name}": info
        for section in SECTIONS
        for name, info in MODELS[section].model_fields.items()
    }
    missing = [key for key, info in fields.items() if not _meaning(key, info)]
    return [*missing, *sorted({*MEANINGS, *UNITS} - fields.keys())]


# --- fields --------------------------------------------------------------------------------


def _table(section: str, model: type[Section], schema: Mapping[str, Any]) -> Iterator[str]:
    yield "| field | type | unit | default | meaning |"
    yield "|---|---|---|---|---|"
    for name, info in model.model_fields.items():
        key = f"{section}.{name}"
        written = info.alias or name
        kind = _type(schema["properties"][written])
        cells = [f"`{written}`", kind, _unit(key), _default(info), _meaning(key, info)]
        yield "| " + " | ".join(cells) + " |"


def _meaning(key: str, info: FieldInfo) -> str:
    fact = FACTS.get(key.partition(".")[2], "").replace(", worse side", "")
    return MEANINGS.get(key) or info.description or fact


def _unit(key: str) -> str:
    if key in UNITS:
        return UNITS[key]
    name = key.partition(".")[2]
    if name.startswith("weeks_"):
        return "weeks"
    return next((unit for suffix, unit in SUFFIXES.items() if name.endswith(suffix)), "")


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "must be given"
    value = info.get_default(call_default_factory=True, validated_data={})
    if value is None:
        return OPEN
    if isinstance(value, choices.Choice):
        return f"`{value.name}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value in ("", (), {}) or isinstance(value, Section):
        return "empty"
    return f"`{value}`"


def _type(schema: Mapping[str, Any]) -> str:
    """A JSON Schema in a few words."""
    if "$ref" in schema:
        return _link(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        kinds = [_type(part) for part in schema["anyOf"] if part != {"type": "null"}]
        return _alternatives(list(dict.fromkeys(kinds)))
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    match schema.get("type"):
        case "array":
            return f"list of: {_type(schema['items'])}"
        case "object":
            inner = schema.get("additionalProperties")
            return f"map to {_type(inner)}" if isinstance(inner, dict) and inner else "map"
        case "string":
            return _string(schema)
        case "integer":
            return "whole number" + _bounds(schema)
        case "number":
            return "number" + _bounds(schema)
        case "boolean":
            return "true or false"
    return "anything"


def _alternatives(kinds: list[str]) -> str:
    for single in [kind for kind in kinds if f"list of: {kind}" in kinds]:
        kinds[kinds.index(single)] = f"{single}, or a list"
        kinds.remove(f"list of: {single}")
    return ", or ".join(kinds)


def _link(name: str) -> str:
    title = SECTIONS[name]
    anchor = "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c in "-_")
    return f"[{title}](#{anchor})"


def _string(schema: Mapping[str, Any]) -> str:
    if schema.get("format") == "date":
        return "date"
    kinds = {"68 kg": "mass", "170 cm": "length", "18:00": "time of day", "mon": "weekday"}
    examples = schema.get("examples") or [""]
    return kinds.get(examples[0], "text")


def _bounds(schema: Mapping[str, Any]) -> str:
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum")
    if low is None and high is None:
        return ""
    if "exclusiveMinimum" in schema:
        return f", above {low}" + ("" if high is None else f" and at most {high}")
    return f", from {low}" if high is None else f", {low}-{high}"


# --- words ---------------------------------------------------------------------------------


def _words() -> Iterator[str]:
    """The names that the bundled library and the bundled screening know."""
    from legengine.domain.vocabulary import Pattern
    from legengine.hooks.discovery import NO_AUTOLOAD_VARIABLE
    from legengine.hooks.registry import Registry

    registry = Registry.create(environment={NO_AUTOLOAD_VARIABLE: "1"}, strict=True)
    library = registry.library()
    yield "## Words\n\nThese names come from the bundled plugins; other plugins may add more.\n"
    yield _list("Warning signs (`screening.red_flags`)", _screening("SIGNS"))
    yield _list("PAR-Q+ items (`screening.parq_page1`)", _screening("PARQ_ITEMS"))
    yield _list("Known conditions (`screening.known_conditions`)", _screening("KNOWN_CONDITIONS"))
    yield _list("Medicines (`screening.medications`)", _screening("MEDICATIONS"))
    conditions = {item.id: item.summary for item in library.conditions}
    yield _list("Conditions (`conditions`)", conditions)
    yield _list("Equipment (`places.NAME.equipment`)", dict(sorted(library.equipment.items())))
    sets = {name: ", ".join(items) for name, items in sorted(library.equipment_sets.items())}
    yield _list("Sets of equipment (`places.NAME.equipment`)", sets)
    yield _list("Tags (`restrictions.exclude_tags`)", dict(sorted(library.tags.items())))
    yield "### Patterns, muscle groups, exercises\n"
    yield f"Patterns: {_names(_arguments(Pattern))}.\n"
    yield f"Muscle groups: {_names(MUSCLE_GROUPS)}.\n"
    yield f"The {len(library.exercises)} exercises: `legengine exercises`.\n"
    policies = registry.progressions
    yield _list("Progression policies (`progression`)", {n: p.summary for n, p in policies.items()})


def _screening(name: str) -> dict[str, str]:
    from importlib import import_module

    return dict(getattr(import_module("legengine_screening.vocabulary"), name))


def _arguments(kind: Any) -> tuple[str, ...]:
    from typing import get_args

    return get_args(kind)


def _names(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _list(title: str, words: Mapping[str, str]) -> str:
    lines = [f"- `{word}`: {meaning}" for word, meaning in words.items()]
    return "\n".join([f"### {title}", "", *lines, ""])


def main(arguments: list[str]) -> int:
    """Write the page to a file, or print it."""
    return write_page("reference", lambda: reference().rstrip("\n") + "\n", arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
