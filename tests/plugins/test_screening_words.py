"""Unknown words and impossible values are errors, all at once, with a hint."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml

from legengine.domain.profile import Profile
from legengine.errors import InputError
from legengine_screening import KNOWN_CONDITIONS, MEDICATIONS, PARQ_ITEMS, SIGNS
from legengine_screening.answers import Answers, body_mass_index, expired, read_answers
from legengine_screening.vocabulary import ELSEWHERE, IMPLIES, KNOWN_TABLE, SIGN_TABLE, load

TODAY = dt.date(2026, 11, 30)


def read(**changes: Any) -> Answers:
    data = {
        "person": {"age": 40, "sex": "male"},
        "cause": "disuse",
        "places": {"home": {}},
        "availability": [{"days": "mon", "start": "18:00", "minutes": 30}],
        **changes,
    }
    return read_answers(Profile.model_validate(data), TODAY)


def faults(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as raised:
        read(**changes)
    return [(fault.field, fault.hint) for fault in raised.value.problems]


def test_all_wrong_words_are_told_at_once() -> None:
    found = faults(
        screening={
            "red_flags": {"sadle_numbness": True, "mrc_grade": 6, "fever": "perhaps"},
            "parq_page1": ["told_supervised"],
            "medications": ["beta_blockers"],
            "known_conditions": ["diabetis"],
        },
        clearance={"by": "x", "on": "2026-12-01"},
    )
    assert [field for field, _ in found] == [
        "screening.red_flags.sadle_numbness",
        "screening.red_flags.mrc_grade",
        "screening.red_flags.fever",
        "screening.parq_page1",
        "screening.medications",
        "screening.known_conditions",
        "clearance.on",
    ]
    hints = [hint for _, hint in found]
    assert "'saddle_numbness'" in hints[0]
    assert "0 to 5" in hints[1]
    assert "true or false" in hints[2]
    assert "'told_supervised_only'" in hints[3]
    assert "'beta_blocker'" in hints[4]
    assert "'diabetes'" in hints[5]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("knee_oa", "under 'conditions'"),
        ("marfan", "under 'red_flags'"),
        ("zzz", "'other' stands for"),
    ],
)
def test_a_hint_says_where_a_word_belongs(word: str, hint: str) -> None:
    ((_, told),) = faults(screening={"known_conditions": [word]})
    assert hint in told


def test_a_condition_among_the_signs_is_sent_to_its_place() -> None:
    ((_, told),) = faults(screening={"red_flags": {"diabetes": True}})
    assert "'known_conditions'" in told
    ((_, told),) = faults(screening={"medications": "warfarin"})
    assert "'other' stands for any medicine" in told


@pytest.mark.parametrize(
    ("sign", "value"),
    [
        ("weakness_onset_h", True),
        ("weakness_onset_h", -1),
        ("weakness_onset_h", float("nan")),
        ("weakness_onset_h", float("inf")),
        ("weakness_onset_h", "30 hours"),
        ("mrc_grade", True),
        ("back_pain", 11),
        ("weight_loss_pct_3mo", 91),
        ("cardiac_or_stroke_event_weeks", True),
    ],
)
def test_impossible_values(sign: str, value: Any) -> None:
    ((field, _),) = faults(screening={"red_flags": {sign: value}})
    assert field == f"screening.red_flags.{sign}"


@pytest.mark.parametrize(
    ("sign", "value", "expected"),
    [
        ("numbness", True, 1),
        ("numbness", "Yes", 1),
        ("numbness", "no", None),
        ("numbness", False, None),
        ("numbness", 0, None),
        ("weakness_progressing_days", 3, 3),
        ("weakness_onset_h", 0, 0),
        ("weakness_onset_h", False, None),
        ("back_pain", True, 1),
        ("back_pain", 0, None),
        ("mrc_grade", 0, 0),
        ("mrc_grade", 3, 3),
        ("mrc_grade", 4, None),
        ("no_progress_weeks", 7.5, None),
        ("no_progress_weeks", 8, 8),
    ],
)
def test_when_a_sign_is_present(sign: str, value: Any, expected: float | None) -> None:
    assert read(screening={"red_flags": {sign: value}}).signs.get(sign) == expected


def test_none_is_an_answer_and_nothing_else_is() -> None:
    assert read(screening={"red_flags": "none"}).asked
    assert read(screening={"red_flags": {"numbness": True}}).asked
    assert not read(screening={"red_flags": {"numbness": False}}).asked
    assert not read(screening={"red_flags": {}}).asked
    assert not read().asked
    assert read(screening={"parq_page1": "all_no"}).parq == frozenset()
    assert read(screening={"parq_page1": []}).parq is None
    assert read().parq is None


def test_yaml_answers_read_as_they_are_shown() -> None:
    text = "screening: {red_flags: none, parq_page1: all_no}"
    answers = read(**yaml.safe_load(text))
    assert answers.asked
    assert answers.parq == frozenset()


def test_a_clearance_of_today_counts() -> None:
    assert read(clearance={"by": "x", "on": "2026-11-30"}).clearance is not None


@pytest.mark.parametrize(
    ("on", "today", "expected"),
    [
        ("2025-11-30", "2026-11-30", False),
        ("2025-11-29", "2026-11-30", True),
        ("2024-02-29", "2025-03-01", False),
        ("2024-02-29", "2025-03-02", True),
        ("2025-12-31", "2026-12-31", False),
    ],
)
def test_twelve_months(on: str, today: str, expected: bool) -> None:
    given = Profile.model_validate(
        {
            "person": {"age": 40, "sex": "male"},
            "cause": "disuse",
            "places": {"home": {}},
            "availability": [{"days": "mon", "start": "18:00", "minutes": 30}],
            "clearance": {"by": "x", "on": on},
        }
    ).clearance
    assert given is not None
    assert expired(given, dt.date.fromisoformat(today)) is expected


def test_body_mass_index_needs_both() -> None:
    def index(**person: str) -> float | None:
        return body_mass_index(read(person={"age": 40, "sex": "male", **person}).profile.person)

    assert index(mass="80 kg", height="200 cm") == pytest.approx(20)
    assert index(mass="80 kg") is None
    assert index(height="200 cm") is None
    assert index(mass="80 kg", height="0 cm") is None


def test_the_words_hang_together() -> None:
    assert set(IMPLIES.values()) <= set(KNOWN_CONDITIONS)
    assert not set(ELSEWHERE) & set(KNOWN_CONDITIONS)
    for known, entry in KNOWN_TABLE.items():
        for condition in entry.conditions:
            if condition in IMPLIES:
                implied = KNOWN_TABLE[IMPLIES[condition]]
                assert implied.group == entry.group, known
    for table in (SIGNS, PARQ_ITEMS, MEDICATIONS, KNOWN_CONDITIONS):
        assert all(meaning and not meaning.endswith(".") for meaning in table.values())


def test_the_form_is_not_reprinted() -> None:
    """The PAR-Q+ is copyrighted: its items are numbered, never worded."""
    assert list(PARQ_ITEMS.values()) == [f"item {n} of page 1" for n in range(1, 8)]


def test_wells_items_count_one_each() -> None:
    assert sum(sign.wells for sign in SIGN_TABLE.values()) == 9
    assert load("signs").keys() == SIGNS.keys()
