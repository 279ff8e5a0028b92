"""Whole programs and referrals in German: nothing stays English, and it reads well."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from legengine import results_from_data
from legengine.advise import events
from legengine.domain.findings import SEVERITIES, Severity
from legengine.domain.program import Program
from legengine.engine import Engine
from legengine.errors import ReferralError
from legengine.hooks import RenderOptions
from legengine.language import Language, Unit, noting_unknown, said, speaking
from legengine.testing.registries import engine_with, sealed_registry
from legengine.testing.samples import PROGRAMS, TODAY, sample_profile, sample_program
from legengine_formats.pages import MarkdownFormat, TerminalFormat
from tests.advise import advancing

SENTENCES = Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines()
"""What the programs of the examples and of 126 random profiles say, one of each kind of sentence,
and 209 referrals; without the texts of exercises."""

ENGLISH_WORDS = re.compile(
    r"\b(the|with|without|and|week|weeks|sets|rest|each|your|you|session|sessions|every|from)\b"
)
"""Words that give away a text that stayed English."""

KEPT = re.compile(r"\[[^\]]*\]|`[^`]*`|\(\w+ \d[^)]*\)|legengine \d.*|SHA-256.*|Timed-Up-and-Go")
"""What stays as it is: keys of sources, words of a profile, versions and digests."""


@cache
def german() -> Language:
    return sealed_registry().language("de")


@cache
def engine() -> Engine:
    return engine_with()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_a_program_is_known(sentence: str) -> None:
    with speaking(german()), noting_unknown() as unknown:
        said(sentence)
    assert unknown == {}


def test_every_text_of_the_bundled_library_is_known() -> None:
    library = sealed_registry().library()
    with speaking(german()), noting_unknown() as unknown:
        for exercise in library.exercises:
            for text in (exercise.name, exercise.instruction, *exercise.cues):
                said(text)
        for condition in library.conditions:
            for text in (condition.summary, *condition.reminders, *condition.session_checks):
                said(text)
    assert unknown == {}


def spoken(program: Program, format: Any, **options: Any) -> tuple[str, dict[str, int]]:
    with speaking(german()), noting_unknown() as unknown:
        return format.program(program, RenderOptions(**options)), unknown


@pytest.mark.parametrize("kind", PROGRAMS)
@pytest.mark.parametrize("format", [TerminalFormat(), MarkdownFormat()], ids=lambda each: each.name)
def test_a_program_is_said_in_german(kind: str, format: Any) -> None:
    text, unknown = spoken(sample_program(kind), format)
    assert unknown == {}
    body = text.split("## Einstellungen")[0] if format.name == "markdown" else text
    left = ENGLISH_WORDS.findall(KEPT.sub("", body.replace(sample_program(kind).title, "")))
    assert left == []


@pytest.mark.parametrize("format", sorted(sealed_registry().formats))
def test_every_format_says_all_of_a_program_in_german(format: str) -> None:
    for kind in PROGRAMS:
        with noting_unknown() as unknown:
            engine().render(sample_program(kind), format, language="de")
        assert unknown == {}, kind


@pytest.mark.parametrize("unit", ["kg", "lb"])
def test_no_other_unit_is_left_in_a_page(unit: Unit) -> None:
    other = {"kg": "lb", "lb": "kg"}[unit]
    for kind in ("uneven", "endurance"):
        text = engine().render(sample_program(kind), "markdown", language="de", mass_unit=unit)
        body = str(text).partition("## Einstellungen")[0]
        left = re.findall(rf"\d {other}\b(?!/)", re.sub(r"g pro kg|\(\d[^)]*pro kg\)", "", body))
        assert left == []


def test_a_week_is_said_in_german() -> None:
    text, unknown = spoken(sample_program("short"), TerminalFormat(), week=2)
    assert unknown == {}
    assert "Woche 2 von 2" in text


def test_dates_and_numbers_are_german() -> None:
    text, _ = spoken(sample_program("short"), TerminalFormat())
    assert "Mo, 30. Nov. 2026 bis " in text
    assert "3 Einheiten pro Woche" in text
    assert "Pause" in text


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_headline_of_every_severity_is_german(severity: Severity) -> None:
    from legengine.testing.handmade import handmade_referral

    with speaking(german()):
        text = TerminalFormat().referral(handmade_referral(severity), RenderOptions(width=100))
    title = text.splitlines()[1]
    assert not ENGLISH_WORDS.search(title), title


EMERGENCY = {"red_flags": {"saddle_numbness": True, "bladder_or_bowel_change": True}}


@pytest.mark.parametrize(
    ("screening", "heard"),
    [
        ({"red_flags": {"chest_pain_now": True}, "parq_page1": "all_no"}, "Rufen Sie jetzt den"),
        ({**EMERGENCY, "parq_page1": "all_no"}, "Gehen Sie jetzt in eine Notaufnahme"),
        ({"red_flags": {"fever": True}, "parq_page1": "all_no"}, "48 Stunden ohne Beschwerden"),
        ({}, "Schweigen gilt nie als Nein"),
        ({"red_flags": "none", "parq_page1": "all_no", "systolic": 185, "diastolic": 100},
         "Der Blutdruck in Ruhe beträgt 185/100 mmHg"),
        ({"red_flags": "none", "parq_page1": ["heart_condition_or_high_bp"],
          "parq_followup": "any_yes", "known_conditions": ["heart"], "medications": ["statin"]},
         "Herz-, Stoffwechsel- oder Nierenkrankheiten"),
    ],
)  # fmt: skip
def test_a_refusal_is_said_in_german(screening: dict[str, Any], heard: str) -> None:
    with pytest.raises(ReferralError) as refused:
        engine().generate(sample_profile(screening=screening), today=TODAY)
    with speaking(german()), noting_unknown() as unknown:
        text = TerminalFormat().referral(refused.value.referral, RenderOptions(width=400))
    assert unknown == {}
    assert heard in text
    assert ENGLISH_WORDS.findall(KEPT.sub("", text)) == []


SINCE = dt.date(2026, 12, 7)
MONDAY, WEDNESDAY, SATURDAY = SINCE, dt.date(2026, 12, 9), dt.date(2026, 12, 12)

HAPPENED: dict[str, Callable[[events.Now], events.Event]] = {
    "missed": lambda now: events.missed(now, dt.date(2026, 12, 4)),
    "moved": lambda now: events.moved(now, MONDAY, SATURDAY, dt.time(9)),
    "off": lambda now: events.off(now, (MONDAY, MONDAY)),
    "off for days": lambda now: events.off(now, (MONDAY, WEDNESDAY)),
    "dropped day": lambda now: events.dropped_day(now, "friday"),
    "place": lambda now: events.at_place(now, (MONDAY, MONDAY), "home"),
    "minutes": lambda now: events.minutes(now, (MONDAY, MONDAY), 40),
    "without": lambda now: events.without(now, "chair"),
    "pain": lambda now: events.pain(now, "knee", 3),
    "condition": lambda now: events.condition(now, "knee_oa"),
    "restricted": lambda now: events.restricted(now, "kneeling"),
    "refused": lambda now: events.refused(now, "wall_sit"),
    "pinned": lambda now: events.pinned(now, MONDAY),
}


@pytest.mark.parametrize("what", HAPPENED)
def test_what_happened_is_said_in_german(what: str) -> None:
    program = sample_program("short")
    now = events.Now(program, program.profile, SINCE, sealed_registry().library())
    words = HAPPENED[what](now).words
    with speaking(german()), noting_unknown() as unknown:
        text = said(words)
    assert unknown == {}
    assert text != words
    assert not ENGLISH_WORDS.search(text), text


@pytest.mark.slow
@pytest.mark.parametrize("left_out", [(), ("tests",), ("pain",), ("sessions",)])
def test_what_the_tests_decided_is_said_in_german(left_out: tuple[str, ...]) -> None:
    data = {name: each for name, each in advancing.SHOWN.items() if name not in left_out}
    program = engine().generate(advancing.profile(), today=advancing.TODAY)
    advanced = engine().advance(program, results_from_data(data), today=advancing.TESTED)
    assert advanced.program is not None
    text, unknown = spoken(advanced.program, MarkdownFormat())
    assert unknown == {}
    assert "Was die letzten Tests entschieden haben" in text
