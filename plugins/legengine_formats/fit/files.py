"""Workouts as FIT files: names, numbers that no two share, a list of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from fit_tool.fit_file_builder import FitFileBuilder  # type: ignore[import-untyped]
from fit_tool.profile import profile_type as words  # type: ignore[import-untyped]
from fit_tool.profile.messages.exercise_title_message import (  # type: ignore[import-untyped]
    ExerciseTitleMessage,
)
from fit_tool.profile.messages.file_id_message import (  # type: ignore[import-untyped]
    FileIdMessage,
)
from fit_tool.profile.messages.workout_message import (  # type: ignore[import-untyped]
    WorkoutMessage,
)
from fit_tool.profile.messages.workout_step_message import (  # type: ignore[import-untyped]
    WorkoutStepMessage,
)

from legengine.domain.program import Program
from legengine.errors import InputError
from legengine.hooks import Files
from legengine.language import Unit, tr
from legengine_formats import wording
from legengine_formats.dated import Dated, session_title, sessions_of
from legengine_formats.fit.format import FitOptions
from legengine_formats.fit.names import WatchName
from legengine_formats.fit.steps import Step, groups_of, packed
from legengine_formats.identity import plan_id

HEAVIEST_KG: Final = 655.34
"""Hundredths of a kilogram in 16 bits; the highest number means that there is none."""

NAME_BYTES: Final = 60
NOTE_BYTES: Final = 200
"""A text may have 254 bytes by the file format; watches show fewer."""

LIST: Final = "read-me.txt"


def workout_files(program: Program, week: int | None, options: FitOptions, unit: Unit) -> Files:
    """One file a session, or several where it has too many steps, and a list of them.

    Raises:
        InputError: the week isn't there, or a load is too heavy for the file format.
    """
    contents: dict[str, str | bytes] = {}
    lines = [program.title or tr("Training program for your legs")]
    lines.append(tr("Copy the .fit files into the folder GARMIN/NewFiles of the watch."))
    for dated in sessions_of(program, week):
        workouts = packed(list(groups_of(dated.session)), options.max_steps)
        for part, steps in enumerate(workouts, start=1):
            tail = f"-part{part}" if len(workouts) > 1 else ""
            name = f"{dated.code}-{dated.session.start:%Y-%m-%d}{tail}.fit"
            title = session_title(dated)
            if tail:
                title = tr("{title}, part {n} of {parts}", title=title, n=part, parts=len(workouts))
            key = f"{plan_id(program, options.id)}/{dated.week.number}/{dated.number}/{part}"
            stamp = program.provenance.screened_on
            contents[name] = _workout(title, steps, key, stamp, unit)
            lines.append(f"{name}: {_about(dated, title)}")
    return Files({LIST: "\n".join(lines) + "\n", **contents})


def _about(dated: Dated, title: str) -> str:
    start = dated.session.start
    day = wording.day_text(start.date(), year=True)
    return f"{title}, {day}, {wording.clock(start)}, {dated.session.place}"


def clipped(text: str, most: int) -> str:
    """A text of so many bytes at most, cut between letters."""
    data = text.encode("utf-8")
    return text if len(data) <= most else data[: most - 3].decode("utf-8", "ignore") + "..."


def serial_number(key: str) -> int:
    """A number that tells a file from others: type, maker, product and it must not come twice."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8")).digest()[:4], "big") or 1


def _workout(title: str, steps: Sequence[Step], key: str, day: dt.date, unit: Unit) -> bytes:
    # Not strict: that wants repeats left out of the count of steps, and Garmin counts them.
    builder = FitFileBuilder(auto_define=True)
    builder.add(_file_id(key, day))
    workout = WorkoutMessage()
    workout.sport = words.Sport.TRAINING
    workout.sub_sport = words.SubSport.STRENGTH_TRAINING
    workout.num_valid_steps = len(steps)
    workout.workout_name = clipped(title, NAME_BYTES)
    builder.add(workout)
    for index, step in enumerate(steps):
        builder.add(_message(index, step, unit))
    for message in _titles(steps):
        builder.add(message)
    return bytes(builder.build_bytes())


def _file_id(key: str, day: dt.date) -> Any:
    message = FileIdMessage()
    message.type = words.FileType.WORKOUT
    message.manufacturer = words.Manufacturer.DEVELOPMENT.value
    message.product = 0
    message.serial_number = serial_number(key)
    made = dt.datetime.combine(day, dt.time(), dt.UTC)
    message.time_created = round(made.timestamp() * 1000)
    return message


def _message(index: int, step: Step, unit: Unit) -> Any:
    message = WorkoutStepMessage()
    message.message_index = index
    if step.kind == "repeat":
        message.duration_type = words.WorkoutStepDuration.REPEAT_UNTIL_STEPS_CMPLT
        message.duration_step = step.first
        message.target_type = words.WorkoutStepTarget.OPEN
        message.target_repeat_steps = step.count
        return message
    if step.title:
        message.workout_step_name = clipped(step.title, NAME_BYTES)
    if step.notes:
        message.notes = clipped(step.notes, NOTE_BYTES)
    message.intensity = _intensity(step)
    message.target_type = words.WorkoutStepTarget.OPEN
    message.target_value = 0
    _measured(message, step)
    if step.exercise is not None:
        message.exercise_category, name = numbers_of(step.exercise)
        if name is not None:
            message.exercise_name = name
    if step.load_kg is not None:
        _loaded(message, step, unit)
    return message


def _intensity(step: Step) -> Any:
    if step.exercise is None:
        return words.Intensity.REST
    return words.Intensity.WARMUP if step.lighter else words.Intensity.ACTIVE


def _measured(message: Any, step: Step) -> None:
    if step.kind == "reps":
        message.duration_type = words.WorkoutStepDuration.REPS
        message.duration_reps = step.count
    elif step.kind == "metres":
        message.duration_type = words.WorkoutStepDuration.DISTANCE
        message.duration_distance = float(step.count)
    elif step.kind == "open":
        message.duration_type = words.WorkoutStepDuration.OPEN
    else:
        message.duration_type = words.WorkoutStepDuration.TIME
        message.duration_time = float(step.count)


def _loaded(message: Any, step: Step, unit: Unit) -> None:
    if step.load_kg is not None and step.load_kg > HEAVIEST_KG:
        raise InputError(
            f"{step.title}: {step.load_kg:g} kg can't be written into a workout, which holds "
            f"{HEAVIEST_KG:g} kg at most"
        )
    message.exercise_weight = step.load_kg
    pounds = words.FitBaseUnit.POUND if unit == "lb" else words.FitBaseUnit.KILOGRAM
    message.weight_display_unit = pounds.value


def numbers_of(found: WatchName) -> tuple[int, int | None]:
    """Category and name as the numbers of the file format."""
    category = words.ExerciseCategory[found.category.upper()].value
    if found.name is None:
        return category, None
    kind = "".join(part.capitalize() for part in found.category.split("_"))
    return category, getattr(words, f"{kind}ExerciseName")[found.name.upper()].value


def _titles(steps: Sequence[Step]) -> Iterator[Any]:
    """Our own names, where no other exercise of the workout goes by the same on the watch."""
    by_name: dict[WatchName, dict[str, None]] = {}
    for step in steps:
        if step.exercise is not None and step.exercise.name is not None:
            by_name.setdefault(step.exercise, {})[step.name] = None
    index = 0
    for found, names in by_name.items():
        if len(names) != 1:
            continue
        message = ExerciseTitleMessage()
        message.message_index = index
        message.exercise_category, message.exercise_name = numbers_of(found)
        message.workout_step_name = clipped(next(iter(names)), NAME_BYTES)
        index += 1
        yield message
