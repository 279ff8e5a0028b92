"""Reads the public set free-exercise-db as an exercise library; the set itself is not shipped.

What the set lacks is filled from the table ``DEFAULTS`` and marked [D]. Every exercise that comes
out of it is ``vetted: false``: open only to people of whom nothing that limits is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from legengine.domain.exercise import Exercise, LibraryData
from legengine.domain.vocabulary import Block, Pattern
from legengine.hooks import LibraryContents
from legengine_readers.free_exercise_db_gates import gates_for
from legengine_readers.free_exercise_db_records import Record, looks_like_records, read_records
from legengine_readers.free_exercise_db_tables import (
    ALSO_NEEDS,
    ANGLE,
    BENDING,
    CLOSED,
    COMPOUND,
    DEFAULTS,
    EQUIPMENT,
    FAST,
    HARD,
    HOLD_S,
    LEG_MUSCLES,
    LOADS,
    MOVEMENTS,
    MUSCLES,
    NAMED_MACHINES,
    NO_ITEM,
    ON_ONE_LEG,
    ON_THE_BACK,
    ONE_SIDED,
    ONE_SIDED_PATTERNS,
    STANDING_LIFTS,
    STRETCH_S,
    TRUNK_EQUIPMENT,
    TRUNK_MUSCLES,
    UNLOADED,
    WEIGHT_BEARING,
)

SOURCE: Final = "free-exercise-db"
"""The key of the set among the sources of an exercise."""

LONGEST_ID: Final = 64


class FreeExerciseDbOptions(BaseModel):
    """What is taken of the set. What it doesn't say is filled in; see ``defaults``."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
    )

    include_trunk: bool = Field(
        default=True, description="also planks and such, for the trunk of a session"
    )
    include_crunches: bool = Field(
        default=False,
        description="also crunches, sit-ups and twists: they bend the spine under load, as nothing "
        "of the bundled library does, since weak bone is often not known",
    )
    include_stretches: bool = Field(
        default=False, description="also held stretches without equipment, to cool down"
    )
    prefix: str = Field(
        default="fed",
        pattern=r"^[a-z][a-z0-9]*$",
        max_length=16,
        description="in front of every id, so that none is that of another library",
    )
    level_of_beginner: int = Field(
        default=3, ge=1, le=5, description="level of 'beginner' [D]: its beginner visits a gym"
    )
    level_of_intermediate: int = Field(
        default=4, ge=1, le=5, description="level of 'intermediate' [D]"
    )
    level_of_expert: int = Field(default=5, ge=1, le=5, description="level of 'expert' [D]")
    seconds_per_rep: float = Field(
        default=4, gt=0, le=15, description="seconds of a repetition [D]: a slow one"
    )


class _LeftOut(Exception):  # noqa: N818 - not an error: it carries the reason of a decision
    """Why a record is not taken, in a few words."""


@dataclass(frozen=True, slots=True)
class FreeExerciseDb:
    """The reader of the JSON list that the project publishes as one file."""

    name: str = "free-exercise-db"
    summary: str = "the public set free-exercise-db: one JSON list of exercises"
    options: type[BaseModel] = FreeExerciseDbOptions
    examples: Sequence[Mapping[str, Any]] = (
        {},
        {"include_trunk": False},
        {"include_crunches": True},
        {"include_stretches": True, "prefix": "public"},
    )

    @property
    def fills(self) -> Mapping[str, str]:
        """What the set doesn't hold: the value that is taken, and why."""
        return {each.field: f"{each.value} [D]: {each.reason}" for each in DEFAULTS}

    def recognises(self, path: Path) -> bool:
        """Whether a file begins as the set does; by its shape, not by its name."""
        return looks_like_records(path)

    def read(self, path: Path, options: BaseModel) -> LibraryContents:
        """Read the set as a library, and say what was left out.

        Raises:
            InputError: the file is no such set, or records are wrong; each with its line.
        """
        asked = FreeExerciseDbOptions.model_validate(options.model_dump())
        records = read_records(path)
        exercises: dict[str, Exercise] = {}
        reasons: Counter[str] = Counter()
        for record in sorted(records, key=lambda each: each.id):
            try:
                exercise = _exercise(record, asked, exercises)
            except _LeftOut as reason:
                reasons[str(reason)] += 1
            else:
                exercises[exercise.id] = exercise
        return LibraryContents(
            library=LibraryData(
                exercises=tuple(exercises[id] for id in sorted(exercises)),
                gates=tuple(gates_for(exercises.values(), asked.prefix)),
                sources={SOURCE: "free-exercise-db (github.com/yuhonas/free-exercise-db)"},
            ),
            remarks=tuple(_remarks(len(records), len(exercises), reasons)),
        )


def _remarks(read: int, taken: int, reasons: Counter[str]) -> Iterable[str]:
    if reasons:
        ranked = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        told = "; ".join(f"{reason} ({number})" for reason, number in ranked)
        yield f"{read - taken} of {read} were left out: {told}"
    if taken:
        yield (
            f"the {taken} that were taken are open only to people of whom nothing that limits is "
            "known: the set does not say what its exercises do to a sore, weak or healing body"
        )
        fields = ", ".join(each.field for each in DEFAULTS if each.field != "vetted")
        yield f"the set does not hold these, which were filled in [D]: {fields}"


# --- one record ----------------------------------------------------------------------------------


def _exercise(
    record: Record, options: FreeExerciseDbOptions, known: Mapping[str, Exercise]
) -> Exercise:
    """An exercise of a record.

    Raises:
        _LeftOut: the record is not for this library, or can't be taken without a guess.
    """
    _refuse_what_is_not_asked_for(record, options)
    name, text = _plain(record.name), _plain(" ".join((record.name, *record.instructions)))
    stretch = record.category == "stretching"
    pattern = "mobility" if stretch else _movement(record, name)
    if pattern == "core" and _has(name, BENDING) and not options.include_crunches:
        raise _LeftOut("crunches, sit-ups and twists, which were not asked for")
    items = _items(record, name, text, pattern)
    external = record.equipment not in UNLOADED and not stretch
    hold = record.force == "static" or stretch
    block = _block(pattern)
    primary, secondary = _muscles(record, name, pattern)
    barbell = record.equipment == "barbell"
    return Exercise(
        id=_id(record, options.prefix, known),
        name=record.name.strip(),
        pattern=pattern,
        block=block,
        primary=primary,
        secondary=secondary,
        equipment=(items,),
        laterality="each" if _one_sided(record, name, pattern) else "both",
        dose_kind="hold" if hold else "repetitions",
        resistance="external" if external else "bodyweight",
        level={
            "beginner": options.level_of_beginner,
            "intermediate": options.level_of_intermediate,
            "expert": options.level_of_expert,
        }[record.level],
        phases=("strength", "power"),
        knee_flexion=ANGLE,
        hip_flexion=ANGLE,
        range_adjustable=False,
        weight_bearing=WEIGHT_BEARING,
        position="unknown",
        seconds_per_rep=0 if hold else options.seconds_per_rep,
        hold_seconds=0 if not hold else STRETCH_S if stretch else HOLD_S,
        setup_seconds=15 if not external else 120 if barbell else 60,
        rest_seconds=_rest(block, barbell=barbell),
        instruction=" ".join(part.strip() for part in record.instructions),
        cues=(),
        vetted=False,
        sources=("D", SOURCE),
    )


def _refuse_what_is_not_asked_for(record: Record, options: FreeExerciseDbOptions) -> None:
    main = record.primaryMuscles[0]
    if main not in MUSCLES:
        raise _LeftOut("no muscle of the legs or trunk")
    if main in TRUNK_MUSCLES and not options.include_trunk:
        raise _LeftOut("trunk work, which was not asked for")
    if record.category in CLOSED:
        raise _LeftOut(CLOSED[record.category])
    if record.category == "stretching":
        if not options.include_stretches:
            raise _LeftOut("stretches, which were not asked for")
        if main not in LEG_MUSCLES or record.force != "static" or record.level == "expert":
            raise _LeftOut("stretches that move, need a helper or are for the trunk")
    if not any(step.strip() for step in record.instructions):
        raise _LeftOut("no instructions")


def _movement(record: Record, name: str) -> Pattern:
    if _has(name, FAST):
        raise _LeftOut("fast by their name")
    for words, pattern, muscles in MOVEMENTS:
        if _has(name, words):
            if record.primaryMuscles[0] not in muscles:
                raise _LeftOut("a name that contradicts the main muscle")
            if _has(name, HARD) or (pattern in STANDING_LIFTS and _has(name, ON_ONE_LEG)):
                raise _LeftOut("lifts that only tests could open, and the set has none")
            return pattern
    if _has(name, ("hip flexion",)):
        return "hip_flexion"
    raise _LeftOut("no movement in the name that is known here")


def _items(record: Record, name: str, text: str, pattern: Pattern) -> tuple[str, ...]:
    """Everything that the exercise needs, as far as words tell; what can't be told is refused."""
    if record.equipment == "machine":
        found = next((item for words, item in NAMED_MACHINES if _has(name, (words,))), None)
        if found is None or _has(text, NO_ITEM):
            raise _LeftOut("a machine that the name does not tell")
        needed = [found]
    elif record.equipment in EQUIPMENT:
        needed = [*EQUIPMENT[record.equipment]]
    else:
        raise _LeftOut("equipment not given, or not known here")
    if _has(text, NO_ITEM):
        raise _LeftOut("a thing beside what is listed that is not known here")
    needed += [item for words, item in ALSO_NEEDS if _has(text, (words,))]
    if record.equipment == "barbell" and pattern in ON_THE_BACK:
        needed.append("rack")
    if pattern == "core" and record.equipment not in TRUNK_EQUIPMENT:
        raise _LeftOut("the trunk under a weight")
    if len(LOADS.intersection(needed)) > 1:
        raise _LeftOut("two kinds of load at once")
    return tuple(dict.fromkeys(needed))


def _muscles(
    record: Record, name: str, pattern: Pattern
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Muscles that a set credits in full and by half; those of the upper body are passed over."""
    primary = tuple(dict.fromkeys(MUSCLES[m] for m in record.primaryMuscles if m in MUSCLES))
    if pattern == "hip_flexion":
        primary = ("hip_flexors",)  # the set has no word for them
    elif pattern == "plantarflexion" and _has(name, ("seated",)):
        primary = ("soleus",)  # a bent knee takes the calf's other muscle out
    secondary = dict.fromkeys(MUSCLES[m] for m in record.secondaryMuscles if m in MUSCLES)
    return primary, tuple(muscle for muscle in secondary if muscle not in primary)


def _one_sided(record: Record, name: str, pattern: Pattern) -> bool:
    by_band = record.equipment in ("bands", "cable") and pattern in ONE_SIDED_PATTERNS
    return by_band or pattern in ("hip_flexion", "lunge") or _has(name, ONE_SIDED)


def _block(pattern: Pattern) -> Block:
    if pattern == "mobility":
        return "cool_down"
    if pattern == "core":
        return "trunk"
    return "compound" if pattern in COMPOUND else "isolation"


def _rest(block: Block, *, barbell: bool) -> int:
    if block == "compound":
        return 180 if barbell else 120
    return {"isolation": 75, "trunk": 45}.get(block, 10)


def _id(record: Record, prefix: str, known: Mapping[str, Exercise]) -> str:
    """Lower-case words with the prefix in front; a number behind where two would be the same."""
    words = _plain(record.id).replace(" ", "_") or "exercise"
    whole = f"{prefix}_{words}"[:LONGEST_ID].rstrip("_")
    number, id = 1, whole
    while id in known:
        number += 1
        end = f"_{number}"
        id = whole[: LONGEST_ID - len(end)] + end
    return id


def _plain(text: str) -> str:
    """Lower-case ASCII words with one space between, so that tables can be compared with them."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _has(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands in a plain text, in the singular or plural."""
    padded = f" {text} "
    return any(f" {word}{end} " in padded for word in words for end in ("", "s", "es"))
