"""A program after each kind of change: what is over stays, and as little as possible moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from legengine.advise import events
from legengine.advise.replanning import Replan
from legengine.domain.change import Change
from legengine.domain.program import Program
from legengine.engine import Engine
from legengine.errors import NoScheduleError, ReferralError

from .conftest import as_bytes, day, days, differing, sessions_of, told

SINCE = "2026-12-16"
"""A Wednesday: the Monday session of its week is over, two are not."""

KINDS: dict[str, tuple[Callable, ...]] = {
    "a missed session": (lambda now: events.missed(now, day("2026-12-14")),),
    "a moved session": (lambda now: events.moved(now, day("2026-12-18"), day("2026-12-19")),),
    "days off": (lambda now: events.off(now, (day("2027-01-11"), day("2027-01-16"))),),
    "a weekday that is gone": (lambda now: events.dropped_day(now, "friday"),),
    "days at another place": (
        lambda now: events.at_place(now, (day("2027-01-04"), day("2027-01-08")), "home"),
    ),
    "an item that is gone": (lambda now: events.without(now, "leg_press_machine", "gym"),),
    "a pain": (lambda now: events.pain(now, "knee", 3),),
    "a restriction": (lambda now: events.restricted(now, "deep_knee"),),
    "an exercise that is refused": (lambda now: events.refused(now, "goblet_squat"),),
    "days with less time": (
        lambda now: events.minutes(now, (day("2027-01-04"), day("2027-01-08")), 30),
    ),
    "a condition": (lambda now: events.condition(now, "knee_oa"),),
}


@pytest.mark.parametrize("kind", KINDS)
def test_after_each_kind_of_change(
    engine: Engine, program: Program, happen: Callable[..., Replan], kind: str
) -> None:
    done = happen(program, SINCE, *KINDS[kind])
    old, new = sessions_of(program), sessions_of(done.program)
    different = differing(program, done.program)

    assert engine.check(done.program).ok
    assert different == told(done)  # everything else is the same to the byte
    assert done.diff.untouched == len(old.keys() & new.keys() - different)
    assert done.diff.proven == "optimal"
    assert all(change.reason for change in done.diff.sessions)
    assert all(each.reason for change in done.diff.sessions for each in change.exercises)
    over = {date for date in different if date < day(SINCE)}
    assert over == (days(["2026-12-14"]) if "missed" in kind else set())


def test_nothing_changes_where_nothing_has_to(program: Program, happen) -> None:
    done = happen(program, SINCE)

    assert done.program.phases == program.phases
    assert done.diff.sessions == ()
    assert [revision.on for revision in done.program.revisions] == [day(SINCE)]


def test_phases_that_are_over_stay_as_they_are(program: Program, happen) -> None:
    done = happen(
        program, "2027-01-27", lambda now: events.minutes(now, (day("2027-02-01"),) * 2, 30)
    )

    assert done.program.phases[:2] == program.phases[:2]
    assert done.program.phases[2] != program.phases[2]


def test_a_missed_session_is_gone_and_its_week_counts_without_it(program, happen) -> None:
    done = happen(program, SINCE, KINDS["a missed session"][0])
    week = next(w for p in done.program.phases for w in p.weeks if w.number == 3)
    before = next(w for p in program.phases for w in p.weeks if w.number == 3)

    assert day("2026-12-14") not in sessions_of(done.program)
    assert sum(row.sets for row in week.volume) < sum(row.sets for row in before.volume)
    assert [change.kind for change in done.diff.sessions] == ["missed"]


def test_a_session_missed_weeks_ago_is_gone_too(engine, program, happen) -> None:
    done = happen(program, "2027-01-13", lambda now: events.missed(now, day("2026-12-11")))

    assert differing(program, done.program) == days(["2026-12-11"])
    assert engine.check(done.program).ok


def test_a_moved_session_keeps_its_exercises(engine, program, happen) -> None:
    done = happen(program, SINCE, KINDS["a moved session"][0])
    old, new = sessions_of(program), sessions_of(done.program)

    assert new[day("2026-12-19")].prescriptions == old[day("2026-12-18")].prescriptions
    assert [(change.kind, change.exercises) for change in done.diff.sessions] == [("moved", ())]
    assert "moves to Sat 2026-12-19" in done.diff.sessions[0].reason


def test_a_missed_session_can_be_made_up_for(engine, program, happen) -> None:
    done = happen(
        program,
        "2026-12-19",
        lambda now: events.moved(now, day("2026-12-18"), day("2026-12-19"), dt.time(10)),
    )

    assert day("2026-12-18") not in sessions_of(done.program)
    assert sessions_of(done.program)[day("2026-12-19")].start.hour == 10
    assert engine.check(done.program).ok


def test_reasons_name_the_item_that_is_gone(program, happen) -> None:
    done = happen(program, SINCE, KINDS["an item that is gone"][0])
    reasons = {
        each.reason
        for change in done.diff.sessions
        for each in change.exercises
        if each.after is None
    }

    assert reasons == {"Leg press, one leg needs leg_press_machine, which gym does not have"}


def test_what_moves_along_names_the_rule(program, happen) -> None:
    done = happen(program, SINCE, KINDS["an item that is gone"][0])
    added = [
        each for change in done.diff.sessions for each in change.exercises if each.before is None
    ]

    assert added
    assert all(each.reason.startswith("moved along to keep ") for each in added)


def test_a_pin_keeps_a_session_as_it_is(engine, program, happen) -> None:
    pinned = day("2027-01-13")
    done = happen(
        program,
        SINCE,
        lambda now: events.pinned(now, pinned),
        lambda now: events.without(now, "leg_press_machine"),
        lambda now: events.minutes(now, (day("2027-01-15"),) * 2, 30),
    )

    assert pinned not in differing(program, done.program)
    assert engine.check(done.program).ok
    gone = [
        session.model_copy(update={"prescriptions": session.prescriptions[:-1]})
        for session in [sessions_of(done.program)[pinned]]
    ]
    fake = forged(done.program, "2027-01-13", lambda session: gone[0])
    assert "pins" in {found.rule for found in engine.check(fake).violations}


def test_a_pin_that_a_rule_forbids_is_named(program, happen) -> None:
    with pytest.raises(NoScheduleError) as refusal:
        happen(
            program,
            SINCE,
            lambda now: events.pinned(now, day("2027-01-04")),
            lambda now: events.minutes(now, (day("2027-01-04"), day("2027-01-04")), 10),
        )

    members = refusal.value.conflict.members
    pinned = {m.label.get("session") for m in members if m.label.rule == "pins"}
    assert pinned == {"2027-01-04"}


def test_a_new_pain_can_end_in_a_referral(program, happen) -> None:
    with pytest.raises(ReferralError):
        happen(program, SINCE, lambda now: events.pain(now, "knee", 8))


def test_a_replanned_program_can_be_replanned(engine, program, happen) -> None:
    first = happen(program, "2026-12-09", lambda now: events.refused(now, "goblet_squat"))
    second = happen(
        first.program,
        "2026-12-16",
        KINDS["a missed session"][0],
        KINDS["a moved session"][0],
        KINDS["an item that is gone"][0],
    )
    third = happen(second.program, "2027-01-20", lambda now: events.missed(now, day("2027-01-18")))

    for done in (first, second, third):
        assert engine.check(done.program).ok
    assert differing(first.program, second.program) == told(second)
    assert differing(second.program, third.program) == days(["2027-01-18"])
    assert [revision.on.isoformat() for revision in third.program.revisions] == [
        "2026-12-09",
        "2026-12-16",
        "2027-01-20",
    ]


def test_a_replan_from_an_earlier_day_takes_the_later_one_in(engine, program, happen) -> None:
    later = happen(program, "2027-01-13", lambda now: events.refused(now, "goblet_squat"))
    earlier = happen(later.program, SINCE, lambda now: events.off(now, (day("2026-12-18"),) * 2))

    assert engine.check(earlier.program).ok
    assert len(earlier.program.revisions) == 1
    assert earlier.program.revisions[0].profile == program.profile
    assert len(earlier.program.revisions[0].changes) == 2
    left = [s for date, s in sessions_of(earlier.program).items() if date >= day(SINCE)]
    assert all(entry.exercise != "goblet_squat" for s in left for entry in s.prescriptions)


def test_progress_goes_on_from_what_was_done(program, happen) -> None:
    """A kept exercise is loaded as it was; nothing starts again."""
    done = happen(program, SINCE, KINDS["an item that is gone"][0])
    old, new = sessions_of(program), sessions_of(done.program)
    for date in differing(program, done.program):
        kept = {entry.exercise: entry for entry in old[date].prescriptions}
        for entry in new[date].prescriptions:
            if entry.exercise in kept:
                assert entry == kept[entry.exercise]


def test_the_same_replan_gives_the_same_bytes(engine, program) -> None:
    change = Change("add", ("wishes", "never"), "goblet_squat")
    one, two = (
        engine.replan(program, [change], since=day(SINCE)).program.model_dump_json()
        for _ in range(2)
    )

    assert one == two


def test_quality_first_is_never_worse_in_volume(program, happen) -> None:
    def volume(done: Replan) -> int:
        return sum(
            level.value
            for phase in done.program.phases
            for level in phase.solve.levels
            if level.name in ("wishes", "volume")
        )

    kept = happen(program, SINCE, KINDS["an item that is gone"][0])
    good = happen(program, SINCE, KINDS["an item that is gone"][0], keep="quality")

    assert volume(good) <= volume(kept)
    assert good.diff.distance["changed_sessions"] >= kept.diff.distance["changed_sessions"]


# --- forged history ----------------------------------------------------------------------------


def forged(program: Program, date: str, edit: Callable) -> Program:
    """The program with one session edited."""
    phases = []
    for phase in program.phases:
        weeks = []
        for week in phase.weeks:
            sessions = tuple(
                edit(session) if session.start.date() == day(date) else session
                for session in week.sessions
            )
            weeks.append(week.model_copy(update={"sessions": sessions}))
        phases.append(phase.model_copy(update={"weeks": tuple(weeks)}))
    return program.model_copy(update={"phases": tuple(phases)})


def test_a_closed_exercise_in_a_past_session_is_found(engine, program, happen) -> None:
    done = happen(program, "2027-01-13", lambda now: events.restricted(now, "deep_knee")).program
    donor = next(  # a machine that the gym has, in a session at home
        entry
        for session in sessions_of(program).values()
        for entry in session.prescriptions
        if "leg_press_machine" in entry.equipment
    )
    fake = forged(
        done,
        "2026-12-09",
        lambda session: session.model_copy(
            update={"prescriptions": (*session.prescriptions[:-1], donor)}
        ),
    )

    rules = {found.rule for found in engine.check(fake).violations}
    assert {"equipment", "phase_access"} & rules


def test_a_past_session_under_todays_rule_is_judged_by_its_own(engine, program, happen) -> None:
    """What is refused from today on was allowed before."""
    done = happen(program, "2027-01-13", lambda now: events.refused(now, "goblet_squat")).program
    past = [s for date, s in sessions_of(done).items() if date < day("2027-01-13")]

    assert any(entry.exercise == "goblet_squat" for s in past for entry in s.prescriptions)
    assert engine.check(done).ok


def test_exposures_that_are_too_close_across_the_border_are_found(engine, program, happen) -> None:
    done = happen(program, "2026-12-12", lambda now: events.pain(now, "knee", 1)).program
    moved = forged(
        done,
        "2026-12-11",
        lambda session: session.model_copy(
            update={"start": dt.datetime.combine(day("2026-12-13"), session.start.time())}
        ),
    )
    found = engine.check(moved).violations

    assert found


def test_a_past_session_that_is_moved_nearer_breaks_the_rest_interval(
    engine, program, happen
) -> None:
    """The calendar allows the day (an exception adds it), and the muscles don't."""
    extra = Change(
        "add",
        ("exceptions",),
        {
            "from": "2026-12-13",
            "extra": True,
            "start": "07:00",
            "minutes": 60,
            "place": "gym",
        },
    )
    start = engine.replan(program, [extra], since=day("2026-12-07")).program
    done = happen(start, "2026-12-14", lambda now: events.pain(now, "knee", 1)).program
    fake = forged(
        done,
        "2026-12-11",
        lambda session: session.model_copy(
            update={"start": dt.datetime(2026, 12, 13, 7), "place": "gym", "slot_minutes": 60}
        ),
    )
    rules = {found.rule for found in engine.check(fake).violations}

    assert "rest_interval" in rules


def test_revisions_out_of_order_are_refused(engine, program, happen) -> None:
    done = happen(program, SINCE).program
    twice = done.model_copy(update={"revisions": done.revisions * 2})

    with pytest.raises(Exception, match="revisions stand in order"):
        engine.check(twice)


def test_untouched_weeks_are_written_the_same(program, happen) -> None:
    done = happen(program, SINCE, KINDS["a moved session"][0])
    weeks = {week.number: week for phase in done.program.phases for week in phase.weeks}
    for phase in program.phases:
        for week in phase.weeks:
            if week.number != 3:
                assert weeks[week.number].model_dump_json() == week.model_dump_json()
    assert as_bytes(sessions_of(done.program)[day("2026-12-14")]) == as_bytes(
        sessions_of(program)[day("2026-12-14")]
    )


@pytest.mark.parametrize("since", ["2026-11-30", "2027-01-18", "2027-02-15", "2027-02-21"])
def test_progress_is_told_from_the_weeks_before_the_first_day(
    engine, program, happen, since: str
) -> None:
    """From any day on, an item that is gone leaves the other exercises where they were."""
    done = happen(program, since, lambda now: events.without(now, "mat"))
    old, new = sessions_of(program), sessions_of(done.program)

    assert engine.check(done.program).ok
    assert differing(program, done.program) == told(done)
    for date in old.keys() & new.keys():
        before = {entry.exercise: entry for entry in old[date].prescriptions}
        for entry in new[date].prescriptions:
            kept = before.get(entry.exercise)
            if kept is not None and (kept.sets, kept.equipment) == (entry.sets, entry.equipment):
                assert entry == kept


def test_what_happens_later_overrules_an_earlier_pin(engine, program, happen) -> None:
    moved = happen(program, SINCE, KINDS["a moved session"][0])
    ill = happen(moved.program, SINCE, lambda now: events.off(now, (day("2026-12-19"),) * 2))

    assert day("2026-12-19") not in sessions_of(ill.program)
    assert ill.program.profile.pins == ()


def test_pins_of_days_that_are_over_are_forgotten(engine, program, happen) -> None:
    pinned = happen(program, SINCE, lambda now: events.pinned(now, day("2026-12-18")))
    later = happen(pinned.program, "2027-01-11", lambda now: events.dropped_day(now, "friday"))

    assert later.program.profile.pins == ()
    assert day("2026-12-18") in sessions_of(later.program)
    assert engine.check(later.program).ok
