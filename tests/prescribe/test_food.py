"""What diet, allergies and meals change in the advice, and what they never change."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legengine import InputError, profile_from_data
from legengine.domain.nutrition import Diet, Food
from legengine.domain.profile import Profile
from legengine.hooks.registry import Registry
from legengine.prescribe.food import per_meal
from legengine.prescribe.guidance import _data, guidance

WORDS = {
    "meat": r"\bmeat\b",
    "poultry": r"\bpoultry\b",
    "fish": r"\bfish\b",
    "eggs": r"\beggs\b",
    "dairy": r"\bdairy\b",
    "soy": r"\btofu\b",
    "legumes": r"\b(legumes|tofu)\b",
    "nuts": r"\bnuts\b",
    "seeds": r"\bseeds\b",
}
LEFT_OUT = {
    "omnivore": set(),
    "pescatarian": {"meat", "poultry"},
    "vegetarian": {"meat", "poultry", "fish"},
    "vegan": {"meat", "poultry", "fish", "eggs", "dairy"},
}


def data(**changes: Any) -> dict[str, Any]:
    return {
        "person": {"age": 34, "sex": "female", "mass": "68 kg"},
        "cause": "disuse",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "places": {"home": {}},
        "availability": [{"days": ["mon"], "start": "18:00", "minutes": 30}],
        **changes,
    }


def profile(**changes: Any) -> Profile:
    return profile_from_data(data(**changes))


def block(title: str, *conditions: str, **changes: Any) -> str:
    blocks = guidance(profile(**changes), conditions=conditions)
    lines = next(item for item in blocks if item.title == title).lines
    return "\n".join(line.text for line in lines)


def food(**changes: Any) -> str:
    return block("Nutrition", **changes)


# --- diet and allergies --------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(get_args(Diet)),
    st.lists(st.sampled_from(get_args(Food)), unique=True, max_size=6),
    st.sampled_from([34, 70]),
)
def test_nothing_is_named_that_is_left_out(diet: str, avoid: list[str], age: int) -> None:
    person = {"age": age, "sex": "female", "mass": "68 kg"}
    text = food(person=person, nutrition={"diet": diet, "avoid": avoid})
    for word in LEFT_OUT[diet] | set(avoid) & WORDS.keys():
        assert not re.search(WORDS[word], text), word
    assert re.search("Good sources|every usual source", text)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(get_args(Diet)),
    st.lists(st.sampled_from(get_args(Food)), unique=True),
)
def test_what_is_eaten_never_changes_an_amount(diet: str, avoid: list[str]) -> None:
    def amounts(text: str) -> list[str]:
        return re.findall(r"\d[\d.-]* (?:g|%|micrograms|mg)\b", text)

    assert amounts(food(nutrition={"diet": diet, "avoid": avoid})) == amounts(food())


def test_the_rest_of_a_food_keeps_its_name() -> None:
    assert "dairy without lactose" in food(nutrition={"avoid": "lactose"})
    text = food(nutrition={"avoid": ["soy", "gluten"]})
    assert "legumes other than soy" in text
    assert "whole grains without gluten" in text


def test_where_nothing_is_left_a_dietitian_is_named() -> None:
    text = food(nutrition={"diet": "vegan", "avoid": "legumes"})
    assert "takes away every usual source of protein" in text
    assert "Good sources" not in text


def test_without_an_answer_the_diet_is_left_open() -> None:
    assert "as far as they fit your diet and allergies" in food()
    assert "as far as they fit" not in food(nutrition={"diet": "vegetarian"})


@pytest.mark.parametrize(
    ("said", "where", "near"),
    [
        ({"diet": "vegetarien"}, "nutrition.diet", "vegetarian"),
        ({"avoid": ["egs"]}, "nutrition.avoid[0]", "eggs"),
        ({"meals": 2}, "nutrition.meals", "at least 3"),
        ({"meals": 6}, "nutrition.meals", "at most 5"),
        ({"protein": 200}, "nutrition.protein", "unknown field"),
    ],
)
def test_what_the_section_does_not_know_is_an_error(
    said: dict[str, Any], where: str, near: str
) -> None:
    with pytest.raises(InputError) as raised:
        profile(nutrition=said)
    (fault,) = raised.value.problems
    assert fault.field == where
    assert near in str(fault)


# --- meals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("meals", "grams"), [(3, "36-50"), (4, "27-37"), (5, "27-30")])
def test_the_day_is_spread_over_the_meals(meals: int, grams: str) -> None:
    assert f"over {meals} meals of about {grams} g each" in food(nutrition={"meals": meals})


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 5))
def test_the_meals_make_the_day(meals: int) -> None:
    low, high = per_meal((1.6, 2.2), meals)
    assert 0.4 <= low <= high
    assert 1.6 - 1e-9 <= low * meals <= 2.2
    assert high * meals <= 2.2 + 1e-9


def test_older_people_get_the_grams_of_a_main_meal() -> None:
    person = {"age": 70, "sex": "male", "mass": "80 kg"}
    text = food(person=person, nutrition={"meals": 5})
    assert "over 5 meals, with 25-40 g at each main meal" in text


# --- who gets which row --------------------------------------------------------------------

OLDER = {"age": 70, "sex": "female", "mass": "60 kg"}


@pytest.mark.parametrize(
    ("changes", "grams"),
    [
        ({}, "72-96 g (1.2-1.6 g per kg)"),
        ({"cause": "nutrition"}, "72-90 g a day (1.2-1.5 g per kg"),
        ({"cause": "systemic"}, "72-90 g a day (1.2-1.5 g per kg"),
        ({"screening": {"known_conditions": "lung"}}, "72-90 g a day (1.2-1.5 g per kg"),
    ],
)
def test_rows_of_the_older(changes: dict[str, Any], grams: str) -> None:
    assert grams in food(person=OLDER, **changes)


def test_illness_changes_nothing_below_65() -> None:
    assert "109-150 g a day" in food(cause="systemic")


@pytest.mark.parametrize(
    ("screening", "said"),
    [
        ({"egfr": 30}, "is or may be reduced"),
        ({"egfr": 29}, "severely reduced"),
        ({"known_conditions": "kidney"}, "is or may be reduced"),
        ({"known_conditions": "dialysis"}, "dialysis changes what you need"),
        ({"known_conditions": "dialysis", "egfr": 9}, "dialysis changes what you need"),
    ],
)
@pytest.mark.parametrize("cause", ["disuse", "nutrition"])
def test_rows_of_the_kidney(screening: dict[str, Any], said: str, cause: str) -> None:
    for person in (OLDER, {"age": 40, "sex": "male", "mass": "80 kg"}):
        text = food(person=person, screening=screening, cause=cause, nutrition={"meals": 3})
        assert said in text
        assert text.count("no target is given") == 1
        assert not re.search(r"\d g\b", text)
        assert "Good sources" not in text


def test_eating_too_little_is_named_where_it_is_the_cause() -> None:
    assert "eating enough comes before training hard" in food(cause="nutrition")
    assert "eating enough comes before" not in food()


# --- this person's pain --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("worst", "default", "strict"),
    [(2, "green", "green"), (3, "green", "amber"), (4, "amber", "red"), (6, "red", "red")],
)
def test_where_the_pain_stands_now(worst: int, default: str, strict: str) -> None:
    pain = {"lower_back": {"worst": worst}}
    now = f"Your lower back now: {worst} of 10 at its worst in the last week, which is in the"
    assert f"{now} {default} band." in block("Pain", pain=pain)
    assert f"{now} {strict} band." in block("Pain", pain=pain, conditions="adductor_groin_pain")


@pytest.mark.parametrize(
    ("condition", "limit"),
    [("knee_oa", 5), ("hamstring_strain_acute", 3), ("adductor_groin_pain", 3)],
)
def test_a_condition_may_have_a_limit_of_its_own(condition: str, limit: int) -> None:
    said = f"up to {limit} of 10 is acceptable while you train"
    assert said in block("Pain", conditions=condition)
    assert said in block("Pain", condition)
    assert "is acceptable while you train" not in block("Pain", conditions="patellofemoral_pain")


def test_the_limits_name_conditions_of_the_library_and_agree_with_it() -> None:
    library = {item.id: item.model_dump() for item in Registry.create().library().conditions}
    told = _data()["own_pain"]["limits"]
    assert told.keys() <= library.keys()
    for name, limit in told.items():
        of_library = library[name].get("pain_limit")
        assert of_library is None or of_library["score"] == limit["pain_limit"], name
