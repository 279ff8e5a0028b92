"""Who speaks what, and in which unit; the functions that formats use."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from legengine.errors import InputError
from legengine.language import (
    ENGLISH,
    language,
    mass,
    noting_unknown,
    number,
    said,
    speaking,
    spoken_language,
    spoken_unit,
    tr,
    trn,
)
from legengine.language.speaking import Unit
from legengine.language.units import KG_PER_LB, pounds

GERMAN = language("de")


def test_english_says_every_text_as_it_stands() -> None:
    assert language("en") is ENGLISH
    assert spoken_language() is ENGLISH
    assert spoken_unit() == "kg"
    assert tr("Week {week}", week=3) == "Week 3"
    assert trn(1, "{count} set", "{count} sets") == "1 set"
    assert trn(0, "{count} set", "{count} sets") == "0 sets"
    assert said("whatever {this} is, 2.5 kg") == "whatever {this} is, 2.5 kg"


def test_german_says_it_in_german() -> None:
    with speaking(GERMAN):
        assert tr("Week {week}", week=3) == "Woche 3"
        assert [trn(n, "{count} set", "{count} sets") for n in (0, 1, 2)] == [
            "0 Sätze",
            "1 Satz",
            "2 Sätze",
        ]
        assert number(2.5) == "2,5"
        assert said("Monday") == "Montag"
    assert tr("Week {week}", week=3) == "Week 3"


def test_a_count_in_words_decides_the_plural() -> None:
    assert trn(2, "{count} session", "{count} sessions", count="1-2") == "1-2 sessions"


def test_the_plural_of_a_sentence_follows_its_number() -> None:
    with speaking(GERMAN):
        assert said("1 repetition more than last week, if every set was clean; 15 is the goal") == (
            "1 Wiederholung mehr als letzte Woche, wenn jeder Satz sauber war; Ziel sind 15"
        )
        assert said(
            "2 repetitions more than last week, if every set was clean; 15 is the goal"
        ).startswith("2 Wiederholungen mehr")


def test_a_library_adds_to_a_language_and_goes_before_it() -> None:
    spoken = language("de", {"de": {"Squat": "Hocke", "Monday": "Mo."}, "fr": {"Squat": "Flexion"}})
    with speaking(spoken):
        assert (said("Squat"), said("Monday"), said("Friday")) == ("Hocke", "Mo.", "Freitag")


def test_a_library_brings_a_language() -> None:
    french = {"Week {week}": "Semaine {week}", "{count} sets": "{count} séries", "1.5": "1,5"}
    with speaking(language("fr", {"fr": french})):
        assert tr("Week {week}", week=3) == "Semaine 3"
        assert trn(3, "{count} set", "{count} sets") == "3 séries"
        assert trn(1, "{count} set", "{count} sets") == "1 set"
        assert number(2.5) == "2,5"


@pytest.mark.parametrize("code", ["fr", "xx", "DE", "../de", "", "de_DE", "german"])
def test_a_language_that_nobody_speaks_is_refused(code: str) -> None:
    with pytest.raises(InputError, match="there is no language") as refused:
        language(code)
    assert "there are: de, en" in str(refused.value)


def test_the_language_that_was_meant_is_named() -> None:
    with pytest.raises(InputError, match="did you mean 'de'"):
        language("de_AT")


def test_threads_speak_their_own_language() -> None:
    both = Barrier(2)

    def speak(code: str, unit: Unit) -> set[tuple[str, str]]:
        heard = set()
        with speaking(language(code), unit):
            for _ in range(200):
                both.wait()
                heard.add((tr("Week {week}", week=3), mass(20)))
        return heard

    with ThreadPoolExecutor(2) as threads:
        german = threads.submit(speak, "de", "kg")
        english = threads.submit(speak, "en", "lb")
        assert german.result() == {("Woche 3", "20 kg")}
        assert english.result() == {("Week 3", "44 lb")}


def test_what_is_unknown_is_noted_within_the_block_only() -> None:
    with speaking(GERMAN):
        with noting_unknown() as first:
            said("xyzzy")
            said("xyzzy")
        with noting_unknown() as second:
            said("Monday")
        said("plugh")
    assert (first, second) == ({"xyzzy": 2}, {})


@pytest.mark.parametrize("text", ["{week.__class__}", "{", "{week", "{0}", "{week!r}", "{week:>9}"])
def test_braces_in_a_translation_run_nothing_and_break_nothing(text: str) -> None:
    with speaking(language("fr", {"fr": {"Week {week}": text, "Rest {n:number} s": text}})):
        assert tr("Week {week}", week=3) == text
        assert said("Rest 3 s") == text


# --- units ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kilograms", "text"),
    [
        (20, "44 lb"),
        (10, "22 lb"),
        (60, "132 lb"),
        (2.5, "5.5 lb"),
        (1, "2.2 lb"),
        (1.25, "2.8 lb"),
        (0.5, "1.1 lb"),
        (0, "0 lb"),
        (22.5 * KG_PER_LB, "22.5 lb"),
        (5 * KG_PER_LB, "5 lb"),
        (45 * KG_PER_LB, "45 lb"),
        (10.21, "22.5 lb"),
    ],
)
def test_masses_in_pounds(kilograms: float, text: str) -> None:
    with speaking(ENGLISH, "lb"):
        assert mass(kilograms) == text


def test_a_pound_is_exact() -> None:
    assert KG_PER_LB == 0.45359237
    assert pounds(100_000) == 220_462


@pytest.mark.parametrize("halves", range(1, 400))
def test_a_load_that_was_given_in_pounds_comes_back(halves: int) -> None:
    assert pounds(round(halves / 2 * KG_PER_LB, 2)) == halves / 2


@pytest.mark.parametrize(
    ("sentence", "in_pounds"),
    [
        ("stay at 20 kg", "stay at 44 lb"),
        ("+2.5 kg (4 %) to 60 kg.", "+5.5 lb (4 %) to 132 lb."),
        ("add 2-4 kg", "add 4.4-8.8 lb"),
        ("1.6-2.2 g per kg of body mass", "1.6-2.2 g per kg of body mass"),
        ("25 kg/m2", "25 kg/m2"),
        ("x20 kg", "x20 kg"),
        ("No load in kg without your body mass", "No load in kg without your body mass"),
    ],
)
def test_masses_in_sentences(sentence: str, in_pounds: str) -> None:
    assert said(sentence) == sentence
    with speaking(ENGLISH, "lb"):
        assert said(sentence) == in_pounds


def test_pounds_in_german() -> None:
    with speaking(GERMAN, "lb"):
        assert mass(2.5) == "5,5 lb"
        assert said("otherwise stay at 2.5 kg") == "sonst bleiben Sie bei 5,5 lb"


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (3.5, "3.5"), (12.25, "12.25"), (-0.001, "0"), (100, "100")]
)
def test_numbers(value: float, text: str) -> None:
    assert number(value) == text
