"""The advice beside the sessions: numbers of the evidence base, and what is left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legengine.domain.profile import Profile
from legengine.domain.program import Guidance
from legengine.prescribe.guidance import guidance, guidance_sources
from legengine_screening import SOURCES
from legengine_screening.verdicts import rule_texts

TITLES = [
    "Stop now",
    "Pain",
    "Nutrition",
    "Drinking",
    "Sleep and recovery",
    "What to expect",
    "When to see someone",
]


def profile(**changes: Any) -> Profile:
    data: dict[str, Any] = {
        "person": {"age": 34, "sex": "female", "mass": "68 kg"},
        "cause": "disuse",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "places": {"home": {}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
    }
    for key, value in changes.items():
        data[key] = {**data[key], **value} if key in ("person", "screening") else value
    return Profile.model_validate(data)


def block(title: str, found: Iterable[str] = (), /, **changes: Any) -> str:
    blocks = guidance(profile(**changes), conditions=found)
    lines = next(item for item in blocks if item.title == title).lines
    return "\n".join(line.text for line in lines)


def everything(blocks: Iterable[Guidance]) -> str:
    return "\n".join(line.text for item in blocks for line in item.lines)


def test_the_blocks_and_their_order() -> None:
    blocks = guidance(profile())
    assert [item.title for item in blocks] == TITLES
    for item in blocks:
        assert item.lines
        for line in item.lines:
            assert line.sources, line.text
            assert set(line.sources) <= guidance_sources().keys()


def test_t01() -> None:
    assert "109-150 g a day (1.6-2.2 g per kg" in block("Nutrition")
    assert "27-37 g each" in block("Nutrition")
    assert "Sleep 7-9 hours" in block("Sleep and recovery")
    assert "1.6 litres" in block("Drinking")
    assert "Green, 0-3" in block("Pain")
    assert "2 to 6 weeks" in block("What to expect")
    assert "6 to 12 weeks" in block("What to expect")


def test_t01_at_70_takes_the_older_rows() -> None:
    older = {"person": {"age": 70}}
    food = block("Nutrition", **older)
    assert "at least 68-82 g a day" in food
    assert "82-109 g (1.2-1.6 g per kg) while you train" in food
    assert "25-40 g at each main meal" in food
    assert "2.2" not in food
    assert "Sleep 7-8 hours" in block("Sleep and recovery", **older)
    assert "improvable" in block("What to expect", **older)


@pytest.mark.parametrize(
    ("mass", "grams"), [(60, "96-132"), (70, "112-154"), (80, "128-176"), (90, "144-198")]
)
def test_protein_of_the_evidence_table(mass: int, grams: str) -> None:
    assert f"Protein: {grams} g a day" in block("Nutrition", person={"mass": f"{mass} kg"})


def test_protein_of_the_undernourished_older() -> None:
    food = block("Nutrition", person={"age": 70, "mass": "60 kg"}, cause="nutrition")
    assert "Protein: 72-90 g a day (1.2-1.5 g per kg" in food


@pytest.mark.parametrize("age", [34, 70])
@pytest.mark.parametrize("cause", ["disuse", "nutrition"])
def test_without_a_mass_no_grams(age: int, cause: str) -> None:
    food = block("Nutrition", person={"age": age, "mass": None}, cause=cause)
    assert len(re.findall(r"^Protein:", food, re.MULTILINE)) == 1
    assert "per kg of body mass" in food
    assert "reference mass" not in food


def test_obesity_takes_the_reference_mass() -> None:
    food = block("Nutrition", person={"mass": "120 kg", "height": "200 cm"})
    assert "160-220 g a day" in food
    assert "reference mass of 100 kg" in food
    food = block("Nutrition", person={"mass": "119 kg", "height": "200 cm"})
    assert "reference mass" not in food
    assert "190-262 g a day" in food


def test_a_heavy_person_without_height_is_told() -> None:
    assert "add your height" in block("Nutrition", person={"mass": "110 kg"})
    assert "add your height" not in block("Nutrition")


KIDNEYS = [
    {"screening": {"egfr": 59}},
    {"screening": {"known_conditions": "kidney"}},
    {"screening": {"known_conditions": "dialysis"}},
]


@pytest.mark.parametrize("changes", KIDNEYS)
def test_kidneys_suppress_protein_and_water(changes: dict[str, Any]) -> None:
    for age in (34, 70):
        food = block("Nutrition", person={"age": age}, **changes)
        assert "no target is given" in food
        assert not re.search(r"\d g a day", food)
        assert not re.search(r"litres", block("Drinking", person={"age": age}, **changes))


@pytest.mark.parametrize("word", ["heart", "heart_failure"])
def test_a_weak_heart_suppresses_water(word: str) -> None:
    drinking = block("Drinking", screening={"known_conditions": word})
    assert "litres" not in drinking
    assert "109-150 g" in block("Nutrition", screening={"known_conditions": word})
    assert "litres" not in block("Drinking", ("cvd_stable_cleared",))


@pytest.mark.parametrize("word", ["pregnancy", "postpartum", "liver"])
def test_no_target_where_the_table_has_no_row(word: str) -> None:
    food = block("Nutrition", screening={"known_conditions": word})
    assert "no target is given" in food
    assert not re.search(r"\d g a day", food)


def test_drinks_by_sex() -> None:
    assert "2.0 litres a day; with the water in food that makes 2.5" in block(
        "Drinking", person={"sex": "male"}
    )


def test_vitamin_d_by_age() -> None:
    assert "15 micrograms" in block("Nutrition", person={"age": 70})
    assert "20 micrograms" in block("Nutrition", person={"age": 71})


def test_diabetes_gets_its_session_checks_and_no_carbohydrate_target() -> None:
    for changes in ({"screening": {"known_conditions": "diabetes"}}, {"conditions": "diabetes_t2"}):
        assert "5.0 mmol/L" in block("Stop now", **changes)
        assert "Carbohydrate: about" not in block("Nutrition", **changes)
    assert "mmol" not in block("Stop now")


STRICT: list[tuple[bool, dict[str, Any]]] = [
    (True, {"cause": "surgery", "history": {"weeks_since_event": 11}}),
    (True, {"cause": "surgery"}),
    (True, {"conditions": "hamstring_strain_acute"}),
    (True, {"conditions": "adductor_groin_pain"}),
    (True, {"screening": {"known_conditions": "vertebral_fracture"}}),
    (False, {"cause": "surgery", "history": {"weeks_since_event": 12}}),
    (False, {"conditions": "patellofemoral_pain"}),
    (False, {"conditions": "osteoporosis_no_vertebral_fracture"}),
]


@pytest.mark.parametrize(("strict", "changes"), STRICT)
def test_pain_bands(strict: bool, changes: dict[str, Any]) -> None:
    pain = block("Pain", **changes)
    assert ("Green, 0-2" in pain) is strict
    assert ("Green, 0-3" in pain) is not strict
    assert len(re.findall("Green", pain)) == len(re.findall("Red", pain)) == 1


def test_a_condition_found_by_screening_counts() -> None:
    assert "Green, 0-2" in block("Pain", ("osteoporosis_vertebral_fracture",))
    assert "never hold your breath" in block("Stop now", ("hypertension_controlled",))


def test_it_says_what_it_is_not() -> None:
    text = block("When to see someone")
    assert "legengine gives exercise programs, not diagnoses" in text


def test_days_places_and_goal_do_not_matter() -> None:
    changed = profile(
        goal="power",
        places={"gym": {"equipment": ["barbell"]}},
        availability=[{"days": ["sat"], "start": "07:00", "minutes": 90}],
    )
    assert guidance(changed) == guidance(profile())


# --- claims that are not repeated (evidence.md 9.1: K4, K5, K18) ---------------------------

FORBIDDEN = [
    r"growth hormone",
    r"\bhormon",
    r"blood flow",
    r"circulation",
    r"stretch[^.]*\b(prevent|injur|recover|sore)",
    r"(prevent|injur|recover|sore)[^.]*\bstretch",
    r"foam roll[^.]*\b(prevent|injur|recover|sore)",
    r"tight muscles",
    r"2\.2[^.\n]*\b(better|best|more|optimal|ideal)\b",
    r"\b(better|best|optimal|ideal)\b[^.\n]*2\.2",
    r"\bcur(e|es|ed|able)\b",
    r"\bguarantee",
]


def screening_texts() -> str:
    return "\n".join(
        words
        for entry in rule_texts().values()
        for text in entry["texts"].values()
        for words in text.values()
    )


def all_lines() -> str:
    variants = [
        profile(),
        profile(person={"age": 70, "mass": "95 kg"}),
        profile(person={"mass": None}, cause="nutrition"),
        profile(person={"age": 80, "mass": None}, cause="nutrition"),
        profile(cause="surgery", screening={"known_conditions": ["diabetes", "hypertension"]}),
        profile(screening={"known_conditions": ["kidney", "pregnancy", "heart"]}),
        profile(person={"mass": "140 kg", "height": "170 cm"}),
    ]
    return "\n".join(everything(guidance(item)) for item in variants)


@pytest.mark.parametrize("claim", FORBIDDEN)
def test_no_text_has_a_claim_that_is_not_repeated(claim: str) -> None:
    citations = "\n".join((*SOURCES.values(), *guidance_sources().values()))
    for text in (all_lines(), screening_texts()):
        assert not re.search(claim, text, re.IGNORECASE)
    assert not re.search("growth hormone|blood flow", citations, re.IGNORECASE)


def test_the_two_tables_of_sources_agree() -> None:
    both = SOURCES.keys() & guidance_sources().keys()
    assert {key: SOURCES[key] for key in both} == {key: guidance_sources()[key] for key in both}


@given(
    st.integers(18, 100),
    st.one_of(st.none(), st.integers(30, 250)),
    st.one_of(st.none(), st.integers(130, 215)),
    st.sampled_from(["disuse", "ageing", "injury", "surgery", "nutrition", "neuro", "msk"]),
    st.one_of(st.none(), st.floats(5, 120)),
    st.lists(
        st.sampled_from(["heart", "kidney", "diabetes", "hypertension", "pregnancy", "liver"]),
        unique=True,
    ),
)
def test_every_person_gets_one_protein_line_and_whole_sentences(
    age: int,
    mass: int | None,
    height: int | None,
    cause: str,
    egfr: float | None,
    known: list[str],
) -> None:
    person = {
        "age": age,
        "mass": mass and f"{mass} kg",
        "height": height and f"{height} cm",
    }
    screening = {"egfr": egfr, "known_conditions": known}
    blocks = guidance(profile(person=person, cause=cause, screening=screening))
    assert [item.title for item in blocks] == TITLES
    text = everything(blocks)
    assert len(re.findall(r"^Protein:", text, re.MULTILINE)) == 1
    assert len(re.findall(r"litres a day|No amount is given", text)) == 1
    assert "{" not in text
    assert "}" not in text
    for line in text.splitlines():
        assert line.endswith(".")
    if "kidney" in known or (egfr is not None and egfr < 60):
        assert not re.search(r"\d g a day", text)
