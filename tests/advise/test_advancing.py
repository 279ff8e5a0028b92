"""A program goes on after its tests: where, how, and bound by what came before."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from legengine import InputError, ReferralError, profile_from_data
from legengine.advise.advancing import Advance
from legengine.domain.program import Program, Session
from legengine.engine import Engine

from .advancing import PERSON, SETBACKS, START, TESTED, TODAY, profile, results
from .conftest import sessions_of

MONDAY = dt.date(2026, 12, 28)


@pytest.fixture(scope="module")
def planned(engine: Engine) -> Program:
    return engine.generate(profile(), today=TODAY)


MAXIMA = {"goblet_squat": 24, "rdl_db": 36, "db_squat": 30, "calf_raise_db": 40}
"""With a known maximum loads are planned as numbers."""


@pytest.fixture(scope="module")
def passed(engine: Engine, planned: Program) -> Advance:
    return engine.advance(planned, results({("tests", "one_rep_max_kg"): MAXIMA}))


def loads(program: Program, week: int = 0) -> dict[str, float]:
    return {
        entry.exercise: entry.load_kg
        for session in program.phases[0].weeks[week].sessions
        for entry in session.prescriptions
        if entry.load_kg is not None
    }


# --- pass ----------------------------------------------------------------------------------


def test_a_pass_goes_on_with_the_next_phase(passed: Advance, planned: Program) -> None:
    after = passed.program
    assert passed.decision.outcome == "pass"
    assert (after.start, after.weeks) == (MONDAY, 4)
    assert [phase.id for phase in after.phases] == ["introduction"]
    assert not after.phases[0].provisional
    assert planned.phases[1].provisional
    assert after.before is not None
    assert after.before.decision == passed.decision
    assert after.before.weeks == 4
    who = after.profile
    assert who.assessments.foundation_exit == "pass"
    assert who.assessments.chair_stand_30s == 18
    assert (who.experience.trained_weeks, who.experience.strength_weeks) == (4, 0)
    assert who.history.weeks_inactive == 0
    assert who.progress is not None
    assert who.progress.phase == "introduction"


def test_the_continued_program_is_checked_and_made_again_from_itself(
    engine: Engine, passed: Advance
) -> None:
    after = passed.program
    assert engine.check(after).ok
    again = engine.generate(after.profile, today=TESTED, before=after.before)
    assert again == after
    read = Program.model_validate_json(after.model_dump_json(by_alias=True))
    assert read == after


def test_the_same_results_give_the_same_bytes(planned: Program, passed: Advance) -> None:
    given = results({("tests", "one_rep_max_kg"): MAXIMA})
    again = Engine().advance(planned, given).program
    assert again.model_dump_json(by_alias=True) == passed.program.model_dump_json(by_alias=True)


def test_chained_to_the_end(engine: Engine, passed: Advance) -> None:
    """The introduction is passed too: its weeks count, and the loads are carried over."""
    given = results(
        date="2027-01-23",
        phase="introduction",
        tests={"technique": "pass", "loads_found": True, "chair_stand_30s": 18},
    )
    after = engine.advance(passed.program, given)
    assert after.decision.outcome == "pass"
    assert after.program.phases[0].id == "hypertrophy"
    assert after.program.start == dt.date(2027, 1, 25)
    assert after.program.profile.experience.strength_weeks == 4
    assert after.program.before is not None
    assert after.program.before.weeks == 8
    assert after.program.profile.progress is not None
    assert after.program.profile.progress.loaded_weeks == 4
    assert engine.check(after.program).ok
    first, carried = loads(after.program), after.program.before.loads
    both = sorted(name for name in first if name in carried and carried[name].load_kg)
    assert both
    for name in both:
        assert first[name] <= 1.1 * carried[name].load_kg  # type: ignore[operator]


def test_a_program_to_maintain_is_advised_once_all_is_well(engine: Engine, passed: Advance) -> None:
    """Four weeks of muscle building after eight others, with every line of its card shown."""
    who = passed.program.profile
    assert who.progress is not None
    standing = {"phase": "hypertrophy", "level": 4, "patterns": who.progress.patterns}
    later = engine.generate(
        profile(progress=standing, weeks=4, experience={"strength_weeks": 4}), today=TODAY
    )
    card = {item.id: item for item in later.phases[0].test_card}
    assert card["maintain_timed_up_and_go"].fields == ("tests.timed_up_and_go_s",)
    before = passed.program.before
    assert before is not None
    decided = before.decision.model_copy(
        update={"goes_on_with": "hypertrophy", "starts_on": later.start}
    )
    later = later.model_copy(
        update={
            "before": before.model_copy(
                update={"weeks": 8, "sessions": (), "volume": {}, "decision": decided}
            )
        }
    )
    tests = {
        "technique": "pass",
        "reserve_error": 1,
        "chair_stand_30s": 18,
        "heel_raise": {"left": 19, "right": 20},
        "timed_up_and_go_s": 8,
        "goal_met": True,
    }
    enough, slow = (
        engine.advance(later, results(phase="hypertrophy", tests={**tests, **change})).decision
        for change in ({}, {"timed_up_and_go_s": 12})
    )
    assert (enough.outcome, slow.outcome) == ("pass", "pass")
    assert any("maintain is enough" in each.text for each in enough.advice)
    assert not any("maintain is enough" in each.text for each in slow.advice)


# --- stay ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "weeks"),
    [({("tests", "wall_sit_s"): None}, 1), ({("tests", "wall_sit_s"): 10}, 2)],
    ids=["not tested", "not reached"],
)
def test_a_phase_goes_on(
    engine: Engine, planned: Program, changes: dict[tuple[str, ...], Any], weeks: int
) -> None:
    after = engine.advance(planned, results(changes)).program
    first = after.phases[0]
    assert (first.id, len(first.weeks), first.provisional) == ("foundation", weeks, False)
    assert after.phases[1].provisional
    assert after.weeks == 4
    assert engine.check(after).ok
    progress = after.profile.progress
    assert progress is not None
    assert progress.weeks_done == 4
    (problem, _), *_ = engine.pipeline.read_back(after)
    assert problem.weeks[0].index == 5


def test_patterns_that_are_ahead_are_open_further(engine: Engine, planned: Program) -> None:
    after = engine.advance(planned, results({("tests", "glute_bridge_reps"): 9})).program
    (problem, _), *_ = engine.pipeline.read_back(after)
    body = problem.eligibility
    assert body.phases == ("foundation",)
    assert body.ahead["squat"] == ("foundation", "strength")
    assert "hip_extension" not in body.ahead
    assert problem.placement.level_of("squat") == 3
    assert problem.placement.level_of("hip_extension") == 1
    stages = {
        problem.exercises[name].pattern
        for name in problem.doses
        if set(problem.exercises[name].phases).isdisjoint(body.phases)
    }
    assert stages
    assert stages <= set(body.ahead)


def test_tests_in_the_middle_keep_the_weeks_that_were_planned(
    engine: Engine, planned: Program
) -> None:
    given = results({("tests", "wall_sit_s"): 10}, date="2026-12-07")
    after = engine.advance(planned, given).program
    assert after.start == dt.date(2026, 12, 14)
    assert [len(phase.weeks) for phase in after.phases] == [2, 4]


def test_too_long_in_a_phase_asks_for_a_review(engine: Engine) -> None:
    who = profile(
        progress={"phase": "foundation", "weeks_done": 4, "weeks": 4, "level": 2}, weeks=4
    )
    planned = engine.generate(who, today=TODAY)
    late = engine.advance(planned, results({("tests", "wall_sit_s"): 10}))
    assert late.decision.weeks_in_phase == 8
    assert any("physiotherapist" in each.text for each in late.decision.advice)
    early = engine.advance(planned, results({("tests", "wall_sit_s"): 10}, date="2026-12-19"))
    assert early.decision.weeks_in_phase == 7
    assert not any("physiotherapist" in each.text for each in early.decision.advice)


# --- step back -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(SETBACKS), ids=".".join)
def test_a_setback_in_the_introduction_leads_back(
    engine: Engine, passed: Advance, path: tuple[str, ...]
) -> None:
    value = 16 if path == ("tests", "chair_stand_30s") else SETBACKS[path]
    given = results({path: value}, date="2027-01-09", phase="introduction")
    after = engine.advance(passed.program, given)
    assert after.decision.outcome == "step_back"
    first = after.program.phases[0]
    expected = "introduction" if path[1] == "days_since_last_session" else "foundation"
    assert first.id == expected
    progress = after.program.profile.progress
    assert progress is not None
    assert progress.level < passed.program.profile.progress.level  # type: ignore[union-attr]
    assert engine.check(after.program).ok


def test_after_two_months_the_tests_place_anew(engine: Engine, planned: Program) -> None:
    path = ("events", "days_since_last_session")
    after = engine.advance(planned, results({path: 70})).program
    assert after.profile.progress is None
    assert after.profile.history.weeks_inactive == 10
    assert after.before is not None
    assert after.before.loads == {}


def test_after_a_break_loads_and_sets_are_lower_and_stay_so_for_a_week(
    engine: Engine, passed: Advance
) -> None:
    rested, usual = (
        engine.advance(
            passed.program,
            results(
                {("events", "days_since_last_session"): days},
                date="2027-01-09",
                phase="introduction",
            ),
        ).program
        for days in (15, 1)
    )
    assert rested.before is not None
    assert usual.before is not None
    known = {name: load.load_kg for name, load in usual.before.loads.items() if load.load_kg}
    assert known
    for exercise, load in known.items():
        assert rested.before.loads[exercise].load_kg == pytest.approx(0.85 * load)
    first = loads(rested)
    assert set(first) & set(known)
    for exercise in sorted(first.keys() & known.keys()):
        assert first[exercise] <= rested.before.loads[exercise].load_kg  # type: ignore[operator]
    (problem, _), *_ = engine.pipeline.read_back(rested)
    (plain, _), *_ = engine.pipeline.read_back(usual)
    for name, doses in problem.doses.items():
        if problem.exercises[name].dose_kind != "duration":
            assert doses[0].sets_max == max(1, plain.doses[name][0].sets_max - 1)
            assert doses[1].sets_max == plain.doses[name][1].sets_max


# --- the border ----------------------------------------------------------------------------


DAILY = [
    {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "18:00", "minutes": 45}
]


def exposed(engine: Engine, program: Program) -> dict[dt.datetime, set[str]]:
    """The muscle groups that the first phase exposes, by session."""
    from legengine.verify.facts import Facts

    (problem, schedule), *_ = engine.pipeline.read_back(program)
    facts = Facts(problem, schedule)
    return {session.slot.start: set(facts.exposures(session)) for session in facts.sessions}


def test_muscles_rest_across_the_border(engine: Engine) -> None:
    who = profile(availability=DAILY, wishes={"rest_hours": 72})
    planned = engine.generate(who, today=TODAY)
    last = max(moment.date() for moment in exposed(engine, planned) if moment.date() < MONDAY)
    given = results(
        {("tests", "wall_sit_s"): 10, ("events", "days_since_last_session"): 0},
        date=last.isoformat(),
    )
    after = engine.advance(planned, given, on=last + dt.timedelta(days=1)).program
    hours = after.phases[0].rest_hours
    assert set(hours.values()) == {72}
    assert after.before is not None
    assert after.before.sessions[-1].start.date() == last
    every = {s.start: set(s.exposures) for s in after.before.sessions} | exposed(engine, after)
    for group in hours:
        times = sorted(moment for moment, groups in every.items() if group in groups)
        for earlier, later in pairwise(times):
            assert later - earlier >= dt.timedelta(hours=72)
    alone = engine.generate(after.profile, today=TESTED)
    joined = engine.check(alone.model_copy(update={"before": after.before}))
    assert "rest_interval" in {violation.rule for violation in joined.violations}


def test_a_tampered_border_is_found(engine: Engine, passed: Advance) -> None:
    after = passed.program
    assert after.before is not None
    *others, last = after.before.sessions
    first = next(iter(sessions_of(after).values()))

    def check(**changes: Any) -> set[str]:
        moved = last.model_copy(update=changes)
        before = after.before.model_copy(update={"sessions": (*others, moved)})  # type: ignore[union-attr]
        broken = after.model_copy(update={"before": before})
        return {violation.rule for violation in engine.check(broken).violations}

    assert check() == set()
    assert "rest_interval" in check(start=first.start - dt.timedelta(hours=20))
    assert "calendar" in check(start=first.start + dt.timedelta(hours=20))
    assert check(exposures=()) == {"volume"}
    small = after.before.model_copy(update={"volume": dict.fromkeys(after.before.volume, 8)})
    shrunk = after.model_copy(update={"before": small})
    assert {v.rule for v in engine.check(shrunk).violations} == {"volume"}


def test_another_first_day_or_phase_than_decided_is_found(engine: Engine, passed: Advance) -> None:
    after = passed.program
    assert after.before is not None
    for changes in ({"starts_on": START}, {"goes_on_with": "power"}):
        decision = after.before.decision.model_copy(update=changes)
        before = after.before.model_copy(update={"decision": decision})
        report = engine.check(after.model_copy(update={"before": before}))
        assert [violation.where for violation in report.violations] == ["before"]
    first = after.phases[0].model_copy(update={"provisional": True})
    report = engine.check(after.model_copy(update={"phases": (first,)}))
    assert [violation.found for violation in report.violations] == ["provisional"]


def test_the_continued_program_can_be_changed_like_any_other(
    engine: Engine, passed: Advance
) -> None:
    day = max(sessions_of(passed.program))
    change = {"from": day.isoformat(), "off": True}
    from legengine import Change

    done = engine.replan(
        passed.program, [Change("add", ("exceptions",), change)], since=day, today=day
    ).program
    assert done.before == passed.program.before
    assert day not in sessions_of(done)
    assert engine.check(done).ok


# --- screening again -----------------------------------------------------------------------


def test_a_second_fall_ends_in_a_referral(engine: Engine) -> None:
    screening = {"red_flags": "none", "parq_page1": "all_no", "falls_12_months": 1}
    planned = engine.generate(profile(screening=screening), today=TODAY)
    with pytest.raises(ReferralError) as refused:
        engine.advance(planned, results({("events", "new_falls"): 1}))
    assert "2 falls" in str(refused.value.referral.findings)


@pytest.mark.parametrize(
    "changes",
    [
        {("red_flags",): {"numbness": True}},
        {("pain", "regions"): {"knee": {"worst": 7, "rest": 6, "new": True}}},
    ],
    ids=["sign", "pain"],
)
def test_new_answers_are_screened(
    engine: Engine, planned: Program, changes: dict[tuple[str, ...], Any]
) -> None:
    with pytest.raises(ReferralError):
        engine.advance(planned, results(changes))


# --- what can't be meant -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("top", "on", "field", "said"),
    [
        ({"date": "2026-11-29"}, None, "date", "before the program, which starts on 2026-11-30"),
        ({"phase": "introduction"}, None, "phase", "is in phase 'foundation'"),
        ({"phase": "foundatoin"}, None, "phase", "has no phase 'foundatoin'"),
        ({"weeks": 5}, None, "weeks", "5 weeks are more than the 4 that are over"),
        ({}, TESTED, "on", "is not after the tests of 2026-12-26"),
        ({}, dt.date(2027, 1, 24), "on", "more than 4 weeks after the tests: test again"),
        ({"date": "2027-01-23"}, None, "", ""),
    ],
)
def test_results_that_do_not_belong(
    engine: Engine, planned: Program, top: dict[str, Any], on: Any, field: str, said: str
) -> None:
    if not field:
        # A phase may be left late: nobody begins the next one before it is passed.
        assert engine.advance(planned, results(**top)).decision.phase == "foundation"
        return
    with pytest.raises(InputError) as refused:
        engine.advance(planned, results(**top), on=on)
    (fault,) = refused.value.problems
    assert fault.field == field
    assert said in fault.message


def test_a_program_that_breaks_rules_is_not_advanced(engine: Engine, planned: Program) -> None:
    session: Session = planned.phases[0].weeks[0].sessions[0]
    broken = planned.model_dump(mode="json", by_alias=True)
    broken["phases"][0]["weeks"][0]["sessions"][0]["seconds"] = session.seconds + 1
    with pytest.raises(InputError, match="the program breaks rules"):
        engine.advance(Program.model_validate(broken), results())


@pytest.mark.parametrize(
    ("progress", "field", "hint"),
    [
        ({"phase": "fundation", "level": 2}, "progress.phase", "foundation"),
        (
            {"phase": "foundation", "level": 2, "ahead": ["sqat"]},
            "progress.ahead[0]",
            "squat",
        ),
        (
            {"phase": "foundation", "level": 2, "patterns": {"lunges": 2}},
            "progress.patterns.lunges",
            "lunge",
        ),
    ],
)
def test_a_place_that_does_not_exist(
    engine: Engine, progress: dict[str, Any], field: str, hint: str
) -> None:
    with pytest.raises(InputError) as refused:
        engine.generate(profile_from_data({**PERSON, "progress": progress}), today=TODAY)
    (fault,) = refused.value.problems
    assert fault.field == field
    assert hint in fault.hint


@pytest.mark.parametrize(("loaded", "lighter"), [(0, [7]), (3, [4]), (5, [2])])
def test_the_lighter_week_comes_when_it_is_due(
    engine: Engine, loaded: int, lighter: list[int]
) -> None:
    """After six loaded weeks, those of the document before counted too."""
    progress = {"phase": "hypertrophy", "level": 4, "weeks": 8, "loaded_weeks": loaded}
    who = profile(progress=progress)
    pipeline = engine.pipeline
    case = pipeline.case(who, pipeline.screen(who, TODAY), START)
    assert sorted(case.plans[0].deload_weeks) == lighter
