"""The data of the tests: strict, cited, and the numbers of the evidence."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from pydantic import TypeAdapter

from legengine.assess.catalogue import Catalogue, FunctionTest, Norm, catalogue, raw
from legengine.assess.norms import (
    Body,
    chair_stand_cut,
    expected,
    heel_raise_norm,
    single_leg_stance_pass,
    sit_to_stand_p25,
    verdict,
)
from legengine.domain.profile import Assessments, Pair

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = Path(os.environ.get("LEGENGINE_SHARED", ROOT.parent / "shared"))
EVIDENCE: Final = SHARED / "design" / "evidence.md"
TESTS: Final = {test.id: test for test in catalogue().tests}

with_evidence = pytest.mark.skipif(
    not EVIDENCE.exists(), reason="the design documents are not here"
)
each_test = pytest.mark.parametrize("test", TESTS.values(), ids=lambda test: test.id)


def sourced(value: Any) -> list[dict[str, Any]]:
    """Every record inside the data that names sources."""
    if isinstance(value, dict):
        inner = [found for each in value.values() for found in sourced(each)]
        return [value, *inner] if isinstance(value.get("sources"), list) else inner
    return [found for each in value for found in sourced(each)] if isinstance(value, list) else []


# --- the file ------------------------------------------------------------------------------


def test_the_file_is_what_the_dataclasses_say() -> None:
    made = TypeAdapter(Catalogue).validate_python(raw())
    assert made == catalogue()
    for entry in raw()["tests"]:
        TypeAdapter(FunctionTest).validate_python(entry)


def test_an_unknown_field_is_refused() -> None:
    entry = {**raw()["tests"][0]["norms"][0], "colour": "red"}
    with pytest.raises(TypeError, match="colour"):
        Norm(**entry)


def test_sources_are_named_cited_and_used() -> None:
    records = sourced({key: value for key, value in raw().items() if key != "sources"})
    assert all(record["sources"] for record in records)
    used = {key for record in records for key in record["sources"]}
    assert used == catalogue().sources.keys()
    assert len(records) > 50


@with_evidence
def test_citations_are_those_of_the_evidence() -> None:
    text = EVIDENCE.read_text(encoding="utf-8")
    for key, citation in catalogue().sources.items():
        if key != "D":
            assert f"- **[{key}]** {citation}\n" in text


@each_test
def test_how_to_do_it_is_four_short_lines(test: FunctionTest) -> None:
    assert len(test.how) == 4
    for line in test.how:
        assert line.endswith(".")
        assert len(line) <= 85
    assert len(set(test.how)) == 4


@each_test
def test_a_test_is_a_field_of_the_profile(test: FunctionTest) -> None:
    if test.id == "limb_symmetry":
        return
    assert test.id in Assessments.model_fields
    annotation = str(Assessments.model_fields[test.id].annotation)
    assert test.sides == (Pair.__name__ in annotation)


@each_test
def test_bands_follow_each_other_without_a_gap(test: FunctionTest) -> None:
    for norm in test.norms:
        if norm.kind in ("percentiles", "equation"):
            continue
        for bands in norm.bands.values():
            for young, old in pairwise(bands):
                assert old[0] == young[1] + 1
            width = 4 if norm.kind == "range" else 3
            assert all(len(band) == width for band in bands)


def test_marks_name_the_gravest_first() -> None:
    for test in TESTS.values():
        for first, second in pairwise(test.marks):
            if first.op == second.op and first.age_min <= second.age_min:
                rising = first.value <= second.value
                assert rising == (first.op in ("<", "<=")), test.id


# --- the numbers ---------------------------------------------------------------------------


def evidence() -> dict[str, Any]:
    text = EVIDENCE.read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(tests:\n  sts30:.*?)```", text, re.DOTALL)
    assert block
    found: dict[str, Any] = yaml.safe_load(block[1])["tests"]
    return found


def banded(rows: dict[str, Any]) -> dict[int, tuple[float, ...]]:
    """Youngest age to the numbers."""
    return {
        int(re.split(r"[-+]", ages)[0]): tuple(value) if isinstance(value, list) else (value,)
        for ages, value in rows.items()
    }


def held(norm: Norm, sex: str) -> dict[int, tuple[float, ...]]:
    return {int(band[0]): tuple(band[2:]) for band in norm.bands[sex]}


@with_evidence
def test_norms_by_sex_are_those_of_the_evidence() -> None:
    facts = evidence()
    usual, least, _ = TESTS["chair_stand_30s"].norms
    (raises,) = TESTS["heel_raise"].norms
    _, walk = TESTS["six_minute_walk_m"].norms
    for sex, word in (("male", "men"), ("female", "women")):
        assert held(usual, sex) == banded(facts["sts30"]["usual_range"][word])
        assert held(least, sex) == banded(facts["sts30"]["below_average"][word])
        given = banded(facts["heel_raise_single"][word])
        assert held(raises, sex) == {0 if age == 20 else age: row for age, row in given.items()}
        assert held(walk, sex) == banded(facts["mwt6"]["mean"][word])
    assert raises.margin == facts["heel_raise_single"]["loa_reps"]


@with_evidence
def test_norms_for_everyone_are_those_of_the_evidence() -> None:
    facts = evidence()
    (slow,) = TESTS["five_chair_stands_s"].norms
    assert held(slow, "all") == banded(facts["sts5"]["worse_than_average"])
    (up,) = TESTS["timed_up_and_go_s"].norms
    assert held(up, "all") == {age: row[1:] for age, row in banded(facts["tug"]["mean_ci"]).items()}
    for name, row in (
        ("single_leg_stance_s", "eyes_open_best"),
        ("single_leg_stance_eyes_closed_s", "eyes_closed_best"),
    ):
        (norm,) = TESTS[name].norms
        assert held(norm, "all") == banded(facts["single_leg_stance"][row])
    (speed,) = TESTS["gait_speed_m_s"].norms
    assert list(held(speed, "all")[40]) == facts["gait_speed"]["mean_range"]
    (grip,) = TESTS["grip_kg"].norms
    assert held(grip, "male") == {60: (facts["grip_kg"]["low_men"],)}
    assert held(grip, "female") == {60: (facts["grip_kg"]["low_women"],)}


@with_evidence
def test_changes_and_marks_are_those_of_the_evidence() -> None:
    facts = evidence()
    changes = {test.id: [change.by for change in test.changes] for test in TESTS.values()}
    assert changes["chair_stand_30s"] == [facts["sts30"]["mcid_reps"]]
    assert changes["five_chair_stands_s"] == [facts["sts5"]["mcid_s"]]
    mcid = facts["mwt6"]["mcid_m"]
    assert changes["six_minute_walk_m"] == [mcid["frail"], mcid["small"]]
    assert changes["gait_speed_m_s"] == [facts["gait_speed"]["mcid"][0]]
    marks = {test.id: [mark.value for mark in test.marks] for test in TESTS.values()}
    falls = facts["tug"]["falls"]
    assert marks["timed_up_and_go_s"] == [falls["vivifrail_high"], falls["steadi"]]
    assert marks["five_chair_stands_s"] == [
        facts["sts5"]["sarcopenia"],
        facts["sts5"]["falls"]["screen"],
    ]
    assert marks["knee_to_wall_cm"] == [facts["knee_to_wall_cm"]["side_difference"]]
    assert marks["limb_symmetry"] == [facts["strength_ratio"]["lsi_ok"]]


@with_evidence
def test_the_equation_is_that_of_the_evidence() -> None:
    norm = TESTS["six_minute_walk_m"].norms[0]
    for sex, formula in evidence()["mwt6"]["equation"].items():
        terms = norm.terms[sex]
        written = [float(number) for number in re.findall(r"\d+(?:\.\d+)?(?=\*)", formula)]
        values = {
            abs(value) for key, value in terms.items() if key not in ("one", "lower") and value
        }
        assert values <= set(written)
        assert f"{abs(terms['one']):.2f}" in formula
        assert f"lower limit -{terms['lower']:g}" in formula


@pytest.mark.parametrize(
    ("age", "sex", "cut"),
    [(59, "male", 15), (60, "male", 14), (72, "female", 10), (89, "male", 8), (99, "female", 4)],
)
def test_the_chair_stand_cut(age: int, sex: Any, cut: int) -> None:
    assert chair_stand_cut(age, sex) == cut


def test_limits_that_placement_asks_for() -> None:
    assert heel_raise_norm(45, "male") == 28
    assert heel_raise_norm(19, "female") == 31
    assert heel_raise_norm(85, "female") == 14
    assert sit_to_stand_p25(22, "female") == 39
    assert sit_to_stand_p25(77, "male") == 25
    assert sit_to_stand_p25(34, "female") == pytest.approx(39 - 17 * 12 / 55)
    assert sit_to_stand_p25(95, "male") == 25
    assert [single_leg_stance_pass(age) for age in (64, 65)] == [20, 10]


@pytest.mark.parametrize(
    ("test", "age", "value", "said"),
    [
        ("chair_stand_30s", 65, 11, "below"),
        ("chair_stand_30s", 65, 12, "usual"),
        ("chair_stand_30s", 65, 19, "above"),
        ("timed_up_and_go_s", 65, 9.1, "below"),  # slower is worse
        ("timed_up_and_go_s", 65, 7.0, "above"),
        ("timed_up_and_go_s", 45, 7.0, "unrated"),
        ("five_chair_stands_s", 75, 12.7, "below"),
        ("five_chair_stands_s", 75, 12.6, "usual"),
        ("heel_raise", 45, 21, "below"),
        ("heel_raise", 45, 22, "usual"),
        ("heel_raise", 45, 35, "above"),
        ("single_leg_stance_s", 75, 15.0, "below"),
        ("single_leg_stance_s", 75, 15.1, "usual"),
        ("knee_to_wall_cm", 30, 8.9, "below"),
        ("sppb", 80, 5, "unrated"),
    ],
)
def test_a_result_compares(test: str, age: int, value: float, said: str) -> None:
    asked = TESTS[test]
    assert verdict(asked, expected(asked, Body(age, "male")), value) == said


def test_the_walk_is_reckoned_where_height_and_mass_are_known() -> None:
    walk = TESTS["six_minute_walk_m"]
    found = expected(walk, Body(70, "female", mass=65, height=160))
    assert found is not None
    assert found.average == pytest.approx(492.8, abs=0.1)
    assert verdict(walk, found, 396) == "below"
    assert verdict(walk, found, 397) == "usual"
    without = expected(walk, Body(70, "female"))
    assert without is not None
    assert without.average == 471
    assert verdict(walk, without, 300) == "unrated"  # an average alone has no limits
