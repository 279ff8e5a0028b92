"""Whoever it is, whatever the tests say: what follows keeps every rule, the border too."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legengine import ReferralError, results_from_data
from legengine.domain.program import Program
from legengine.engine import Engine

from .advancing import TODAY, profile

ENGINE = Engine()

PEOPLE: tuple[dict[str, Any], ...] = (
    {"person": {"age": 34, "sex": "female", "mass": "68 kg"}},
    {
        "person": {"age": 71, "sex": "male", "mass": "80 kg"},
        "assessments": {
            "chair_stand_30s": 11,
            "single_leg_stance_s": {"left": 12, "right": 12},
            "timed_up_and_go_s": 9,
        },
        "availability": [{"days": ["mon", "wed", "fri"], "start": "10:00", "minutes": 60}],
    },
    {
        "person": {"age": 45, "sex": "male", "mass": "85 kg"},
        "history": {},
        "assessments": {"foundation_exit": "pass", "one_rep_max_kg": {"goblet_squat": 40}},
        "weeks": 6,
    },
)


@cache
def planned(index: int) -> Program:
    return ENGINE.generate(profile(**PEOPLE[index]), today=TODAY)


@st.composite
def answers(draw: st.DrawFn, phase: str) -> dict[str, Any]:
    """Results of any quality, with anything left out."""

    def maybe(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(st.none() | strategy)

    day = draw(st.integers(10, 26))
    two = st.fixed_dictionaries({"left": st.integers(0, 40), "right": st.integers(0, 40)})
    return {
        "date": (dt.date(2026, 11, 30) + dt.timedelta(days=day)).isoformat(),
        "phase": phase,
        "sessions": {"done": maybe(st.integers(0, 12)), "last_3_weeks_planned": 9,
                     "last_3_weeks_done": maybe(st.integers(0, 9))},
        "tests": {
            "chair_squat_reps": maybe(st.integers(0, 20)),
            "chair_stand_30s": maybe(st.integers(8, 20)),
            "wall_sit_s": maybe(st.integers(0, 60)),
            "glute_bridge_reps": maybe(st.integers(0, 20)),
            "calf_raise_reps": maybe(st.integers(0, 20)),
            "heel_raise": maybe(two),
            "single_leg_stance_s": maybe(two),
            "bird_dog_reps": maybe(st.integers(0, 20)),
            "technique": maybe(st.sampled_from(["pass", "not_passed"])),
            "loads_found": maybe(st.booleans()),
        },
        "pain": {"during": maybe(st.integers(0, 5)), "next_morning": maybe(st.just("usual")),
                 "weeks": maybe(st.integers(0, 4)), "red_days": maybe(st.integers(0, 3))},
        "events": {"new_falls": maybe(st.integers(0, 1)), "ill_days": maybe(st.integers(0, 9)),
                   "days_since_last_session": maybe(st.integers(0, 80)),
                   "effusion": maybe(st.sampled_from(["none", "1+", "2+"]))},
        "red_flags": maybe(st.just("none")),
    }  # fmt: skip


@settings(max_examples=14, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_follows_keeps_every_rule(data: st.DataObject) -> None:
    program = planned(data.draw(st.integers(0, len(PEOPLE) - 1), "person"))
    given_results = data.draw(answers(program.phases[0].id), "results")
    on = None
    if data.draw(st.booleans(), "soon"):
        on = dt.date.fromisoformat(given_results["date"]) + dt.timedelta(days=1)
    try:
        advanced = ENGINE.advance(program, results_from_data(given_results), on=on)
    except ReferralError:
        return
    after, decision = advanced.program, advanced.decision
    assert ENGINE.check(after).ok
    assert after.start == decision.starts_on > decision.tested_on
    silent = [v for v in (*decision.criteria, *decision.setbacks) if v.state != "shown"]
    assert (decision.outcome == "pass") == (not silent)
    assert after.before is not None
    hours = after.phases[0].rest_hours
    (problem, schedule), *_ = ENGINE.pipeline.read_back(after)
    from legengine.verify.facts import Facts

    facts = Facts(problem, schedule)
    every = {s.start: set(s.exposures) for s in after.before.sessions}
    every |= {s.slot.start: set(facts.exposures(s)) for s in facts.sessions}
    for group, rest in hours.items():
        times = sorted(moment for moment, groups in every.items() if group in groups)
        border = [
            (earlier, later) for earlier, later in pairwise(times) if later.date() >= after.start
        ]
        for earlier, later in border:
            assert later - earlier >= dt.timedelta(hours=rest)


@pytest.mark.parametrize("index", range(len(PEOPLE)))
def test_the_people_start_where_the_tests_of_this_page_mean(index: int) -> None:
    starts = ("foundation", "foundation", "introduction")
    assert planned(index).phases[0].id == starts[index]
