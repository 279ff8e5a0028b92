"""Endurance minutes over the weeks: never more than the ramp allows, and in doses that share."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from legengine.domain.protocol import EnduranceRow, Phase
from legengine.hooks.registry import Registry
from legengine.intake.easy import easy_sessions
from legengine.intake.endurance import endurance_weeks, ramped
from legengine.intake.phases import PhasePlan, Subject
from legengine.testing import tiny

PROTOCOL = Registry.create().sound_protocol("leg-restoration")
SUBJECT = Subject("function", "novice", 40, frozenset())


def phase(**fields: object) -> Phase:
    ramp = tiny.ramp(**({"minutes": (10, 20), "sessions": (3, 5)} | fields))
    row = EnduranceRow(week_minutes=(30, 150), ramp=ramp, sources=("D",))
    return PROTOCOL.phases[0].model_copy(update={"endurance": (row,)})


def plan(first: int, weeks: int, made: Phase, deload: frozenset[int] = frozenset()) -> PhasePlan:
    return PhasePlan(made, 0, first, weeks, deload, 2, {})


def loads(*plans: PhasePlan) -> list[tuple[int, int]]:
    weeks = endurance_weeks(plans, SUBJECT)
    return [weeks[number] for number in sorted(weeks)]


def test_minutes_grow_by_a_fifth_at_most_and_end_at_the_top() -> None:
    assert loads(plan(1, 8, phase())) == [
        (3, 10), (3, 12), (3, 14), (3, 16), (3, 18), (3, 20), (3, 20), (3, 20),
    ]  # fmt: skip


def test_a_step_limits_what_a_percentage_would_allow() -> None:
    later = phase(minutes=(20, 40), step_minutes=3)
    assert [minutes for _, minutes in loads(plan(1, 4, later))] == [20, 22, 24, 26]


def test_lighter_weeks_stay_where_the_last_one_was() -> None:
    found = loads(plan(1, 5, phase(), frozenset({3})))
    assert [minutes for _, minutes in found] == [10, 12, 12, 14, 16]


def test_a_phase_goes_on_from_the_one_before_and_adds_a_session_at_the_top() -> None:
    loaded = phase(minutes=(20, 40))
    found = loads(plan(1, 4, phase()), plan(5, 12, loaded), plan(17, 2, loaded))
    assert found[3:5] == [(3, 16), (3, 18)]  # not 20, where the second phase would begin
    assert found[15:17] == [(3, 40), (4, 36)]
    totals = [sessions * minutes for sessions, minutes in found]
    assert all(later <= 1.2 * earlier for earlier, later in pairwise(totals))


def test_the_ramp_ends_at_its_aim() -> None:
    found = loads(plan(1, 12, phase(aim=(40, 60))))
    assert max(sessions * minutes for sessions, minutes in found) == 36
    assert found[-1] == (3, 12)


TRAINED = [made for made in PROTOCOL.phases if made.stage != "protected"]
"""In the protected phase the clinician says how much is walked."""


@pytest.mark.parametrize("made", TRAINED, ids=lambda made: made.id)
def test_every_phase_after_the_protected_one_has_a_ramp_within_the_guideline(made: Phase) -> None:
    for row in made.endurance:
        assert row.ramp is not None
        assert row.ramp.growth_percent <= 20
        assert row.ramp.step_minutes <= 10
        assert row.ramp.aim[0] <= 150


def test_doses_change_in_their_minutes_only() -> None:
    dose = tiny.dose(role="endurance", sets_min=1, sets_max=4, unit_s=300, sources=("S103",))
    first, second = ramped((dose, dose), range(5, 7), {5: (3, 10), 6: (3, 12)}, ("WHO20",))
    assert (first.sets_min, first.sets_max, first.unit_s) == (1, 2, 300)
    assert second == replace(first, unit_s=360)
    assert first.sources == ("S103", "WHO20")


@pytest.mark.parametrize(
    ("days", "wished", "expected"),
    [(3, None, 0), (4, None, 1), (6, None, 3), (7, None, 3), (6, 3, 0), (6, 4, 1), (2, None, 0)],
)
def test_easy_sessions_take_days_that_training_leaves(
    days: int, wished: int | None, expected: int
) -> None:
    assert easy_sessions(tiny.frequency(sessions=(2, 3)), days, wished) == expected
