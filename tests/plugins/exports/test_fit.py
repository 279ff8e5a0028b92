"""Workouts, read by the vendor's decoder and by another that neither he nor we wrote."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from itertools import chain
from typing import Any

import pytest
from pydantic import ValidationError

from legengine.domain.program import Prescription, Program, Session
from legengine.engine import Engine
from legengine.errors import InputError
from legengine.hooks import Files, RenderOptions
from legengine.language import ENGLISH, speaking
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats.fit.format import FitFormat, FitOptions

garmin = pytest.importorskip("garmin_fit_sdk")
fitdecode = pytest.importorskip("fitdecode")
pytest.importorskip("fit_tool")

READY = "Get ready: "


def written(program: Program, week: int | None = None, unit: Any = "kg", **own: Any) -> Files:
    options = RenderOptions(own=FitOptions(**own), week=week)
    with speaking(ENGLISH, unit):
        return FitFormat().program(program, options)


def workouts(files: Files) -> dict[str, bytes]:
    found = {name: data for name, data in files.files.items() if name.endswith(".fit")}
    assert all(isinstance(data, bytes) for data in found.values())
    assert set(files.files) - set(found) == {"read-me.txt"}
    return {name: bytes(data) for name, data in found.items() if isinstance(data, bytes)}


def decoded(data: bytes) -> Mapping[str, list[dict[str, Any]]]:
    """What the vendor's decoder reads."""
    assert garmin.Decoder(garmin.Stream.from_byte_array(bytearray(data))).check_integrity()
    messages, errors = garmin.Decoder(garmin.Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    found: Mapping[str, list[dict[str, Any]]] = messages
    return found


def sessions(program: Program) -> list[Session]:
    return [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]


def by_session(files: Files) -> list[list[dict[str, Any]]]:
    """The steps of each session; parts joined, each step with what it repeats."""
    parts: dict[str, list[list[dict[str, Any]]]] = {}
    for name, data in workouts(files).items():
        steps = decoded(data)["workout_step_mesgs"]
        assert [step["message_index"] for step in steps] == list(range(len(steps)))
        assert decoded(data)["workout_mesgs"][0]["num_valid_steps"] == len(steps)
        for index, step in enumerate(steps):
            if step["duration_type"] == "repeat_until_steps_cmplt":
                assert step["duration_step"] < index
                step["from_here"] = index - step["duration_step"]
        parts.setdefault(re.sub(r"-part\d+", "", name), []).append(steps)
    return [list(chain.from_iterable(steps)) for steps in parts.values()]


# --- doses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [50, 12])
def test_the_doses_read_back_equal_the_programs(program: Program, most: int) -> None:
    found = by_session(written(program, max_steps=most))
    assert len(found) == len(sessions(program))
    for steps, session in zip(found, sessions(program), strict=True):
        rest = steps
        for item in session.prescriptions:
            rest = taken(item, rest)
        assert rest == []


def taken(item: Prescription, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Check the steps of an exercise; those after them are given back."""
    at = 0
    if item.dose_kind in ("hold", "duration"):
        assert steps[at]["duration_type"] == "open"
        assert steps[at]["intensity"] == "rest"
        at += 1
    for _ in range(item.warmup_sets):
        assert steps[at]["intensity"] == "warmup"
        assert steps[at]["duration_type"] == "open"
        at += 1
    for sides, sets, reps, hold_s, load_kg in expected(item):
        for side in sides:
            step = steps[at]
            assert step["intensity"] == "active"
            same_name(step, item, side)
            same_count(step, item, reps, hold_s)
            assert step.get("exercise_weight") == pytest.approx(load_kg, abs=0.005)
            at += 1
        if sets > 1:
            if item.rest_s:
                assert steps[at]["duration_type"] == "time"
                assert steps[at]["intensity"] == "rest"
                assert steps[at]["duration_time"] == item.rest_s
                at += 1
            assert steps[at]["repeat_steps"] == sets
            assert steps[at]["from_here"] == len(sides) + bool(item.rest_s)
            at += 1
    return steps[at:]


def expected(item: Prescription) -> list[tuple[list[str], int, int | None, int | None, Any]]:
    if item.dose_kind == "duration":
        return [([""], 1, None, None, item.load_kg)]
    if item.sides:
        doses = [(d.sets, d.reps, d.hold_s, d.load_kg) for d in item.sides]
        if len(set(doses)) == 1:
            return [([d.side for d in item.sides], *doses[0])]
        return [([d.side], *dose) for d, dose in zip(item.sides, doses, strict=True)]
    sides = ["left", "right"] if item.laterality == "each" else [""]
    return [(sides, item.sets, item.reps, item.hold_s, item.load_kg)]


def same_name(step: dict[str, Any], item: Prescription, side: str) -> None:
    title = f"{item.name}, {side}" if side else item.name
    told = step["wkt_step_name"]
    assert told == title or (told.endswith("...") and title.startswith(told[:-3]))


def same_count(
    step: dict[str, Any], item: Prescription, reps: int | None, hold_s: int | None
) -> None:
    if item.dose_kind == "duration":
        assert item.minutes
        assert (step["duration_type"], step["duration_time"]) == ("time", item.minutes * 60)
    elif item.dose_kind == "hold":
        assert (step["duration_type"], step["duration_time"]) == ("time", hold_s)
    elif item.dose_kind == "distance":
        assert (step["duration_type"], step["duration_distance"]) == ("distance", item.metres)
    else:
        assert (step["duration_type"], step["duration_reps"]) == ("reps", reps)


def test_a_second_decoder_reads_the_same(program: Program) -> None:
    names = {
        "workout_step": "workout_step_mesgs",
        "workout": "workout_mesgs",
        "exercise_title": "exercise_title_mesgs",
        "file_id": "file_id_mesgs",
    }
    for data in list(workouts(written(program)).values())[:6]:
        first = decoded(data)
        second: dict[str, list[Any]] = {name: [] for name in names}
        with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
            for frame in reader:
                if isinstance(frame, fitdecode.FitDataMessage):
                    second[frame.name].append(frame)
        for name, key in names.items():
            assert len(second[name]) == len(first.get(key, []))
        for frame, step in zip(second["workout_step"], first["workout_step_mesgs"], strict=True):
            for field in ("wkt_step_name", "duration_type", "duration_reps", "duration_time",
                          "repeat_steps", "exercise_weight", "intensity"):  # fmt: skip
                if field in step:
                    assert frame.get_value(field) == step[field], field


# --- names ---------------------------------------------------------------------------------


def test_every_exercise_of_the_library_has_a_name_on_the_watch() -> None:
    from legengine_formats.fit.names import table

    ids = {exercise.id for exercise in Engine().registry.library().exercises}
    assert set(table()) == ids


def test_the_words_of_the_table_mean_the_vendors_numbers() -> None:
    """Our table speaks in the words of one package; the vendor's own profile must agree."""
    from legengine_formats.fit.files import numbers_of
    from legengine_formats.fit.names import WatchName, table

    types = garmin.Profile["types"]
    for exercise, (category, *names) in table().items():
        for name in names:
            found = WatchName(str(category), name)
            numbers = numbers_of(found)
            assert str(types["exercise_category"][numbers[0]]) == category, exercise
            if name is not None:
                assert types[f"{category}_exercise_name"][numbers[1]] == name, exercise


def test_a_loaded_exercise_goes_by_the_name_of_the_loaded_one() -> None:
    from legengine.testing.handmade import prescription
    from legengine_formats.fit.names import WatchName, watch_name

    item = prescription("goblet_squat").model_copy(update={"exercise": "step_up"})
    assert watch_name(item) == WatchName("squat", "weighted_step_up")
    bare = item.model_copy(update={"load_kg": None, "load_text": "", "percent_1rm": None})
    assert watch_name(bare) == WatchName("squat", "step_up")


def test_an_exercise_that_nobody_mapped_goes_by_its_pattern_and_its_own_name() -> None:
    program = handmade_program()
    unmapped = program.phases[0].weeks[0].sessions[0].prescriptions[2]
    other = unmapped.model_copy(update={"exercise": "somebodys_squat"})
    session = program.phases[0].weeks[0].sessions[0].model_copy(update={"prescriptions": (other,)})
    week = program.phases[0].weeks[0].model_copy(update={"sessions": (session,)})
    phase = program.phases[0].model_copy(update={"weeks": (week,)})
    (steps,) = by_session(written(program.model_copy(update={"phases": (phase,)})))
    assert steps[0]["exercise_category"] == "squat"
    assert "exercise_name" not in steps[0]
    assert steps[0]["wkt_step_name"] == other.name


def test_titles_are_ours_where_one_exercise_alone_goes_by_a_name(program: Program) -> None:
    for data in list(workouts(written(program)).values())[:6]:
        messages = decoded(data)
        names: dict[tuple[Any, Any], set[str]] = {}
        for step in messages["workout_step_mesgs"]:
            if "exercise_name" in step:
                key = (step["exercise_category"], step["exercise_name"])
                names.setdefault(key, set()).add(step["wkt_step_name"])
        titles = messages.get("exercise_title_mesgs", [])
        keys = [(title["exercise_category"], title["exercise_name"]) for title in titles]
        assert len(set(keys)) == len(keys)
        for key, title in zip(keys, titles, strict=True):
            clipped = title["wkt_step_name"].removesuffix("...")
            assert all(name.startswith(clipped[:40]) for name in names[key])


# --- files ---------------------------------------------------------------------------------


def test_a_session_with_too_many_steps_is_cut_between_exercises() -> None:
    whole = workouts(written(sample_program("short"), max_steps=200))
    cut = workouts(written(sample_program("short"), max_steps=12))
    assert len(cut) > len(whole)
    for data in cut.values():
        steps = decoded(data)["workout_step_mesgs"]
        assert len(steps) <= 12
        assert steps[-1]["intensity"] != "rest" if "intensity" in steps[-1] else True
    assert any(
        "part 2 of" in decoded(data)["workout_mesgs"][0]["wkt_name"] for data in cut.values()
    )


def test_no_two_files_share_type_maker_product_and_number(program: Program) -> None:
    numbers = [
        tuple(decoded(data)["file_id_mesgs"][0][field] for field in
              ("type", "manufacturer", "product", "serial_number"))
        for data in workouts(written(program, max_steps=12)).values()
    ]  # fmt: skip
    assert len(set(numbers)) == len(numbers)
    assert {number[:3] for number in numbers} == {("workout", "development", 0)}


def test_a_replan_keeps_the_numbers_and_the_same_program_the_bytes() -> None:
    def serials(program: Program) -> list[int]:
        files = workouts(written(program))
        return [decoded(data)["file_id_mesgs"][0]["serial_number"] for data in files.values()]

    assert serials(sample_program("short")) == serials(sample_program("replanned"))
    assert written(sample_program("short")) == written(sample_program("short"))
    assert serials(sample_program("short")) != [
        decoded(data)["file_id_mesgs"][0]["serial_number"]
        for data in workouts(written(sample_program("short"), id="ben")).values()
    ]


def test_names_of_files_are_plain_and_the_list_tells_each() -> None:
    files = written(handmade_program())
    listed = files.files["read-me.txt"]
    assert isinstance(listed, str)
    for name in workouts(files):
        assert re.fullmatch(r"w\d\d-s\d-\d{4}-\d\d-\d\d(-part\d+)?\.fit", name)
        assert f"{name}: " in listed


# --- limits --------------------------------------------------------------------------------


def heavy(load_kg: float) -> Program:
    program = handmade_program()
    phase = program.phases[1]
    week = phase.weeks[0]
    session = week.sessions[0]
    items = tuple(
        item.model_copy(update={"load_kg": load_kg}) for item in session.prescriptions[1:2]
    )
    session = session.model_copy(update={"prescriptions": items})
    weeks = (week.model_copy(update={"sessions": (session,)}),)
    return program.model_copy(update={"phases": (phase.model_copy(update={"weeks": weeks}),)})


def test_a_load_that_the_file_format_cannot_hold_is_refused() -> None:
    (steps,) = by_session(written(heavy(655.34)))
    assert any(step.get("exercise_weight") == pytest.approx(655.34) for step in steps)
    for load in (655.35, 900.0):
        with pytest.raises(InputError, match="can't be written into a workout"):
            written(heavy(load))


def test_loads_are_shown_in_pounds_where_that_is_the_unit() -> None:
    for unit, word in (("kg", "kilogram"), ("lb", "pound")):
        (steps,) = by_session(written(heavy(20), unit=unit))
        loaded = [step for step in steps if "exercise_weight" in step]
        assert {step["weight_display_unit"] for step in loaded} == {word}
        assert {step["exercise_weight"] for step in loaded} == {20.0}


@pytest.mark.parametrize("own", [{"max_steps": 3}, {"steps": 50}])
def test_wrong_options_are_refused(own: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FitOptions(**own)


def test_hostile_texts_are_cut_to_what_fits(hostile_program: Program) -> None:
    for data in workouts(written(hostile_program)).values():
        for step in decoded(data)["workout_step_mesgs"]:
            assert len(step.get("wkt_step_name", "").encode()) <= 60
            assert len(step.get("notes", "").encode()) <= 200
            told = step.get("wkt_step_name", "") + step.get("notes", "")
            assert not any(sign in told for sign in "\x00\x07\x1b\u202e\r\n")


def test_one_week_alone_and_a_week_that_is_not_there() -> None:
    assert all(name.startswith("w02-") for name in workouts(written(handmade_program(), week=2)))
    with pytest.raises(InputError, match="no week 9"):
        written(handmade_program(), week=9)


def test_a_referral_is_refused_and_says_how_to_get_it() -> None:
    with pytest.raises(InputError, match="-f terminal"):
        FitFormat().referral(handmade_referral(), RenderOptions())
