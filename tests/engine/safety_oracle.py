"""What may never be in a program, from the raw data files and plain comparisons alone.

It knows nothing of the engine: it reads the JSON of conditions, exercises and protocol, and the
program as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
LEGS = PLUGINS / "legengine_legs" / "data"

Data = dict[str, Any]


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


EXERCISES: dict[str, Data] = {
    entry["id"]: entry
    for file in sorted((LEGS / "exercises").glob("*.json"))
    for entry in _read(file)
}
CONDITIONS: dict[str, Data] = {entry["id"]: entry for entry in _read(LEGS / "conditions.json")}
PROTOCOL: Data = _read(PLUGINS / "legengine_protocols" / "data" / "leg-restoration.json")
KNOWN: dict[str, Data] = _read(PLUGINS / "legengine_screening" / "data" / "vocabulary.json")[
    "known_conditions"
]
IMPACTS = ["none", "low", "moderate", "high"]
STRENGTH = ("power", "compound", "isolation")
LOADS = (
    "dumbbell", "kettlebell", "ankle_weight", "barbell", "trap_bar", "plates", "band", "machine",
    "sled",
)  # fmt: skip


def named_conditions(person: Data) -> list[Data]:
    """What the profile names, what its known conditions mean, and what tests and days add."""
    names = set(person.get("conditions", ()))
    tests, trained = person.get("assessments", {}), person.get("experience", {})
    if tests.get("sppb", 12) <= 6 or tests.get("gait_speed_m_s", 9) < 0.5:
        names.add("frail")
    if trained.get("trained_weeks", 0) < 26 and not trained.get("coached"):
        names.add("novice_uncoached")
    for word in person.get("screening", {}).get("known_conditions", ()):
        names.update(KNOWN[word].get("conditions", ()))
    return [CONDITIONS[name] for name in sorted(names)]


def weeks_known(person: Data, fact: str, first: int, last: int) -> list[float] | None:
    """The value of a fact in the first and last week of a phase."""
    history = person.get("history", {})
    if fact in ("weeks_since_event", "pregnancy_week"):
        value = history.get(fact)
        return None if value is None else [value + first - 1, value + last - 1]
    if fact == "hamstring_graft":
        graft = history.get("graft")
        return None if graft is None else [float(graft == "hamstring")] * 2
    assert fact == "limb_symmetry"
    tests = person.get("assessments", {})
    shares = [
        100 * min(pair.values()) / max(pair.values()) if max(pair.values()) else 100.0
        for name in ("heel_raise", "leg_press_1rm_kg")
        if (pair := tests.get(name))
    ]
    return [round(min(shares), 1)] * 2 if shares else None


def limits_in(person: Data, first: int, last: int) -> list[Data]:
    """Every set of limits that holds in a phase: conditions, stages not over, own limits."""
    limits = []
    for condition in named_conditions(person):
        limits.append(condition)
        for stage in condition.get("stages", ()):
            ended = False
            for end in stage["until"]:
                value = weeks_known(person, end["fact"], first, last)
                ended |= value is not None and (
                    all(each >= end.get("at_least", each) for each in value)
                    and all(each <= end.get("at_most", each) for each in value)
                )
            if not ended:
                allowed = condition.get("allow_exercises", [])
                limits.append({"allow_exercises": allowed, **stage, "id": condition["id"]})
    own = person.get("restrictions", {})
    limits.append({"id": "own", **own, "exclude_patterns": own.get("exclude_patterns", [])})
    return limits


def dose_rows(person: Data) -> list[Data]:
    """The dose rows that hold: chosen by a known word, all of a condition where none is."""
    words = set(person.get("screening", {}).get("known_conditions", ()))
    rows: list[Data] = []
    for condition in named_conditions(person):
        every = condition.get("doses", [])
        rows += [row for row in every if words & set(row.get("known", words))] or every
    return rows


def pain_in(person: Data, region: str) -> int:
    report = person.get("pain", {}).get(region)
    return 10 if report is None else int(report["worst"])


def what_limits(person: Data) -> list[str]:
    """Everything that a profile says of a body that limits, whatever it limits.

    An exercise whose own risks aren't known may be in no program of such a person.
    """
    said, tests = person.get("screening", {}), person.get("assessments", {})
    history, cleared = person.get("history", {}), person.get("clearance") or {}
    found = [condition["id"] for condition in named_conditions(person)]
    found += said.get("known_conditions", [])
    found += said.get("medications", [])
    found += [field for field, value in person.get("restrictions", {}).items() if value]
    found += [region for region, pain in person.get("pain", {}).items() if pain["worst"] > 0]
    found += [said["red_flags"]] if said.get("red_flags") != "none" else []
    found += ["page 1"] if said.get("parq_page1") != "all_no" else []
    found += ["cause"] if person["cause"] not in ("disuse", "ageing") else []
    found += [
        field for field in ("weeks_since_event", "graft", "pregnancy_week") if field in history
    ]
    found += ["side"] if history.get("affected_side") else []
    found += ["weight bearing"] if cleared.get("weight_bearing", "FWB") != "FWB" else []
    found += ["protected"] if cleared.get("protected") else []
    found += ["effusion"] if tests.get("knee_effusion") == "present" else []
    found += ["falls"] if said.get("falls_12_months", 0) > 1 else []
    for test in ("heel_raise", "leg_press_1rm_kg", "single_leg_stance_s"):
        sides = tests.get(test)
        if sides and min(sides.values()) < 0.9 * max(sides.values()):
            found.append(f"{test} differs")
    return list(map(str, found))


# --- one prescription ----------------------------------------------------------------------------


def wrongs(person: Data, item: Data, limits: list[Data]) -> Iterator[str]:
    """Everything about one prescription that the limits forbid."""
    exercise = EXERCISES[item["exercise"]]
    for limit in limits:
        for wrong in _closed(person, exercise, item, limit):
            yield f"{item['exercise']}: {wrong} ({limit['id']})"
        for wrong in (*_caps(person, exercise, item, limit), *_effort(exercise, item, limit)):
            yield f"{item['exercise']}: {wrong} ({limit['id']})"


def _closed(person: Data, exercise: Data, item: Data, limit: Data) -> Iterator[str]:
    has, tags = set(item["equipment"]), set(exercise.get("tags", ()))
    allowed = exercise["id"] in limit.get("allow_exercises", ())
    waived = has & {*limit.get("waived_by_equipment", ()), *limit.get("waived_by_support", ())}
    if tags & set(limit.get("exclude_tags", ())) and not allowed and not waived:
        yield "a forbidden tag"
    if exercise["id"] in limit.get("exclude_exercises", ()):
        yield "forbidden by name"
    if exercise["position"] in limit.get("exclude_positions", ()):
        yield f"forbidden position {exercise['position']}"
    if exercise["pattern"] in limit.get("exclude_patterns", ()):
        yield "forbidden pattern"
    for words in limit.get("exclude_combinations", ()):
        if set(words) <= tags | {exercise["pattern"]}:
            yield "a forbidden combination"
    if has & set(limit.get("drop_equipment", ())):
        yield "dropped equipment"
    pain = limit.get("pain_limit")
    closes = pain and exercise["id"] in pain.get("closes_above", ())
    if closes and pain_in(person, pain["region"]) > pain["score"]:
        yield "too painful"
    if exercise["weight_bearing"] > limit.get("weight_bearing_max", 9999):
        yield "too much weight"
    if exercise["level"] > limit.get("level_max", 9):
        yield "too high a level"
    if "axial_load" in tags and exercise["level"] > limit.get("axial_level_max", 9):
        yield "too much on the spine"
    if IMPACTS.index(exercise.get("impact", "none")) > IMPACTS.index(
        limit.get("impact_max", "high")
    ):
        yield "too much impact"
    no_load = limit.get("no_external_load") and exercise["weight_bearing"] > 0
    no_load = no_load or tags & set(limit.get("unloaded_tags", ()))
    loaded = item["load_kg"] is not None or item["load_text"]
    resistance = exercise.get("resistance", "bodyweight")
    if resistance != "bodyweight":
        loaded = loaded or any(word in thing for thing in has for word in LOADS)
    if no_load and loaded and not allowed:
        yield "an external load"
    share = limit.get("load_share")
    if share and exercise["id"] in share["exercises"] and item["load_kg"] is not None:
        mass = float(str(person.get("person", {}).get("mass", "0 kg")).split()[0])
        if item["load_kg"] > mass * share["percent_of_body_mass"] / 100:
            yield "more than a share of body mass"


def _caps(person: Data, exercise: Data, item: Data, limit: Data) -> Iterator[str]:
    knee, hip = [limit.get("knee_flexion_max")], [limit.get("hip_flexion_max")]
    by_pain = limit.get("knee_flexion_max_by_pain")
    if by_pain:
        score = pain_in(person, by_pain["region"])
        band = "pain_0_3" if score <= 3 else "pain_4_5" if score <= 5 else "pain_6_10"
        knee.append(by_pain[band])
    if exercise["weight_bearing"] > 0:
        knee.append(limit.get("knee_flexion_max_weight_bearing"))
    if exercise["knee_flexion"] == 0:
        hip.append(limit.get("hip_flexion_max_knee_straight"))
    for joint, angle, caps in (
        ("knee", exercise["knee_flexion"], knee),
        ("hip", exercise["hip_flexion"], hip),
    ):
        printed = re.findall(joint + r" no further than (\d+) degrees", item["range_note"])
        for cap in caps:
            if cap is None or angle <= cap:
                continue
            if limit.get("strict") or not exercise["range_adjustable"] or cap < angle / 2:
                yield f"{joint} at {angle} over {cap} degrees"
            elif not printed or int(printed[0]) > cap:
                yield f"{joint} limit of {cap} degrees not printed: '{item['range_note']}'"
    margin = limit.get("hip_flexion_margin")
    said = re.findall(r"hip no further than (\d+) degrees", item["range_note"])
    kept = margin is None or exercise["hip_flexion"] <= margin
    if not kept and not any(int(each) <= margin for each in said):
        yield "the hip's margin isn't printed"
    arc = limit.get("open_chain_knee_extension_range")
    if arc and any("okc_knee_ext" in tag for tag in exercise.get("tags", ())):
        if exercise["knee_flexion"] <= arc[1]:
            yield "outside of the arc that is left"
        if f"knee from {arc[0]} to {arc[1]} degrees only" not in item["range_note"]:
            yield "the arc that is left isn't printed"


def _effort(exercise: Data, item: Data, limit: Data) -> Iterator[str]:
    held = (item["hold_s"] or 0) if "isometric_sustained" in exercise.get("tags", ()) else 0
    if held > limit.get("hold_seconds_max", 9999):
        yield f"a hold of {held} s"
    if effort_of(item) > limit.get("rpe_max", 10):
        yield f"effort {effort_of(item)}"
    if (item["percent_1rm"] or 0) > limit.get("percent_1rm_max", 100):
        yield f"{item['percent_1rm']} % of 1RM"


def effort_of(item: Data) -> int:
    said = [item["rpe"][1]] if item["rpe"] else []
    said += [10 - item["rir"][0]] if item["rir"] else []
    return max(said, default=0)


# --- doses ---------------------------------------------------------------------------------------


def row_of_phase(phase_id: str, person: Data, experience: str, exercise: Data) -> Data | None:
    """The protocol's dose row for a strengthening exercise."""
    phase = next(phase for phase in PROTOCOL["phases"] if phase["id"] == phase_id)
    for table in phase["doses"]:
        when = table.get("when", {})
        age = person["person"]["age"]
        if when.get("goals") and person.get("goal", "function") not in when["goals"]:
            continue
        if when.get("experience") and experience not in when["experience"]:
            continue
        if not when.get("age_min", 0) <= age <= when.get("age_max", 999):
            continue
        names = {condition["id"] for condition in named_conditions(person)}
        if when.get("conditions") and not names & set(when["conditions"]):
            continue
        kind = exercise["dose_kind"]
        role = kind if kind in ("hold", "distance") else exercise["block"]
        found: Data | None = table["roles"].get(role)
        return found
    return None


def dose_wrongs(item: Data, row: Data | None, rows: list[Data], *, deload: bool) -> Iterator[str]:
    """What is outside of the phase's row met with the conditions' rows."""
    exercise = EXERCISES[item["exercise"]]
    if exercise["block"] not in STRENGTH or row is None:
        return
    name = item["exercise"]
    fields = [("sets", item["sets"]), ("rest_s", item["rest_s"])]
    if exercise["dose_kind"] == "repetitions" and item["reps"] is not None:
        fields.append(("reps", item["reps"]))
    if exercise["dose_kind"] == "hold" and row.get("hold_s"):
        fields.append(("hold_s", item["hold_s"]))
    for field, value in fields:
        power = field == "reps" and exercise["block"] == "power"
        spans = [each[field] for each in rows if each.get(field)] if not power else []
        low, high = _met(field, spans, row[field])
        if field == "hold_s" or (deload and field == "sets"):
            low = 0
        if not low <= value <= high:
            yield f"{name}: {field} {value} outside of {low} to {high}"
    tops = [each["rpe"][1] for each in rows if each.get("rpe")]
    tops += [10 - each["rir"][0] for each in rows if each.get("rir")]
    tops += [row["rpe"][1]] if row.get("rpe") else []
    tops += [10 - row["rir"][0]] if row.get("rir") else []
    if tops and effort_of(item) > min(tops):
        yield f"{name}: effort {effort_of(item)} over {min(tops)}"
    percents = [each["percent_1rm"][1] for each in rows if each.get("percent_1rm")]
    if percents and (item["percent_1rm"] or 0) > min(percents):
        yield f"{name}: {item['percent_1rm']} % over {min(percents)} % of 1RM"


def _met(field: str, spans: list[list[int]], phase: list[int]) -> tuple[int, int]:
    """The conditions' spans met, then with the phase's; the conditions' where they part."""
    low, high = 0, 10**6
    for span in spans:
        low, high = max(low, span[0]), min(high, span[1])
    if low > high:
        low = high = high if field == "sets" else low
    met = max(low, phase[0]), min(high, phase[1])
    return met if met[0] <= met[1] else (low, high)


def all_wrongs(person: Data, program: Data, experience: str) -> list[str]:
    """Everything that a program holds and may not."""
    found: list[str] = []
    rows = dose_rows(person)
    most = min((row["sessions"][1] for row in rows if row.get("sessions")), default=7)
    for phase in program["phases"]:
        numbers = [week["number"] for week in phase["weeks"]]
        limits = limits_in(person, numbers[0], numbers[-1])
        for week in phase["weeks"]:
            training = [each for each in week["sessions"] if each["kind"] == "training"]
            if len(training) > most:
                found.append(f"week {week['number']}: {len(training)} sessions")
            for session in week["sessions"]:
                for item in session["prescriptions"]:
                    found += wrongs(person, item, limits)
                    row = row_of_phase(phase["id"], person, experience, EXERCISES[item["exercise"]])
                    found += dose_wrongs(item, row, rows, deload=week["kind"] == "deload")
    return found
