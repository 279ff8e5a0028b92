"""The calendar, the numbers printed for a week, and the boundaries between phases."""

import datetime as dt

import pytest

from legengine.testing.tiny import (
    FRI,
    MON,
    MON2,
    MONDAY,
    SET,
    SQUAT,
    WED,
    exercise,
    found,
    frequency,
    past,
    problem,
    schedule,
    slot,
    volume,
    week,
)
from legengine.verify import check_program, schedules_of
from tests.verify.papers import change, document

ROWS = {"quadriceps": volume(floor=1 * SET, aim_low=2 * SET, aim_high=3 * SET, cap=4 * SET)}
THERE = problem(weeks=[week(1, volume=ROWS), week(2, volume=ROWS)], rest_hours={"quadriceps": 48})
PLAN = schedule(f"{MON} squat 2", f"{MON} curl 1", f"{FRI} bridge 3", f"{MON2} squat 2")
PAPER = document((THERE, PLAN))
WEEK = "phases.0.weeks.0"


def _wrong(path, value, rule=None):
    violations = check_program([THERE], change(PAPER, path, value))
    return [each for each in violations if rule is None or each.rule == rule]


def test_the_document_is_right():
    assert check_program([THERE], PAPER) == ()


def test_the_schedule_is_read_back():
    assert [each.items for each in schedules_of(PAPER)] == [PLAN.items]


def test_a_session_by_hand():
    # warm-up 300, cool-down 180, squat 30 + 2 x 30 + 60, change 20, curl 30 + 30
    assert PAPER.phases[0].weeks[0].sessions[0].seconds == 710


class TestCalendar:
    def test_number_of_weeks(self):
        assert found(_wrong("weeks", 3)) == [("program", "3 weeks", "2")]

    def test_the_first_week_starts_with_the_program(self):
        assert len(_wrong("start", MONDAY - dt.timedelta(days=7))) == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [("number", 3), ("start", MONDAY + dt.timedelta(days=8)), ("kind", "deload")],
    )
    def test_weeks_are_those_of_the_problem_and_follow_each_other(self, field, value):
        wrong = found(_wrong(f"phases.0.weeks.1.{field}", value, "calendar"))
        assert ("phase foundation", "week 2 from 2026-12-07 (build)") in {
            each[:2] for each in wrong
        }
        follows = [each for each in wrong if each[1] == "week 2 starts 2026-12-07"]
        assert len(follows) == (field != "kind")

    def test_a_week_is_missing(self):
        wrong = found(_wrong("phases.0.weeks", lambda weeks: weeks[:1], "calendar"))
        assert ("phase foundation", "week 2 from 2026-12-07 (build)", "missing") in wrong

    def test_a_week_too_many(self):
        wrong = found(_wrong("phases.0.weeks", lambda weeks: (*weeks, weeks[1]), "calendar"))
        assert ("phase foundation", "no more weeks", "week 2 from 2026-12-07 (build)") in wrong

    def test_sessions_are_sorted(self):
        wrong = _wrong(f"{WEEK}.sessions", lambda sessions: sessions[::-1])
        assert found(wrong) == [("week 1", f"after {FRI}", MON)]

    def test_two_sessions_at_once_are_not_sorted(self):
        wrong = found(_wrong(f"{WEEK}.sessions", lambda sessions: (sessions[0], *sessions)))
        assert ("week 1", f"after {MON}", MON) in wrong

    def test_sessions_lie_in_the_seven_days_of_their_week(self):
        there = problem(
            SQUAT,
            slots=(slot("2026-12-06T23:59"), slot("2026-12-07T00:00")),
        )
        for start, right in (("2026-12-06T23:59", 1), ("2026-12-07T00:00", 2)):
            paper = document((there, schedule(f"{start} squat")))
            session = paper.phases[0].weeks[right - 1].sessions
            for number in (1, 2):
                moved = paper
                for index in (0, 1):
                    held = session if index == number - 1 else ()
                    moved = change(moved, f"phases.0.weeks.{index}.sessions", held)
                wrong = [
                    each
                    for each in check_program([there], moved)
                    if each.required.startswith("sessions from")
                ]
                assert len(wrong) == (number != right)

    def test_a_session_before_its_week(self):
        first = PAPER.phases[0].weeks[0].sessions[0]
        wrong = _wrong("phases.0.weeks.1.sessions.0", first, "calendar")
        assert "sessions from 2026-12-07 to 2026-12-13" in {each.required for each in wrong}

    def test_one_session_a_day(self):
        slots = (slot("2026-11-30T08:00"), slot(MON))
        there = problem(SQUAT, slots=slots)
        paper = document((there, schedule("2026-11-30T08:00 squat", f"{MON} squat")))
        assert found(check_program([there], paper)) == [("2026-11-30", "one session a day", "2")]

    def test_a_session_stands_in_a_slot_of_its_week(self):
        wrong = _wrong(f"{WEEK}.sessions.0.start", dt.datetime(2026, 11, 30, 17))
        assert ("2026-11-30T17:00", "a slot of week 1", "not one of them") in found(wrong)


class TestPhases:
    def test_they_are_those_of_the_problems(self):
        assert found(_wrong("phases.0.id", "strength"))[0] == ("program", "foundation", "strength")
        assert check_program([], PAPER)[0].rule == "phases"

    def test_rest_hours_are_printed(self):
        wrong = _wrong("phases.0.rest_hours", {"quadriceps": 47})
        assert found(wrong) == [("phase foundation quadriceps", "48 h printed", "47 h")]
        assert len(_wrong("phases.0.rest_hours", {})) == 1


class TestPrintedNumbers:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("sets", 2.5),
            ("floor", 0.0),
            ("aim", (2.0, 4.0)),
            ("aim", (1.0, 3.0)),
            ("cap", 5.0),
            ("group", "glutes"),
        ],
    )
    def test_the_volume_of_a_week(self, field, value):
        assert _wrong(f"{WEEK}.volume.0.{field}", value, "volume")

    def test_how_it_is_told(self):
        assert found(_wrong(f"{WEEK}.volume.0.sets", 2.5)) == [
            ("week 1 quadriceps", "2 sets", "2.5 printed")
        ]

    def test_every_group_is_printed(self):
        wrong = _wrong(f"{WEEK}.volume", lambda rows: rows[1:])
        assert found(wrong) == [("week 1", "glutes, hamstrings, quadriceps", "glutes, hamstrings")]

    def test_a_reduced_week_may_print_no_floor(self):
        reduced = problem(
            weeks=[week(1, volume=ROWS, reduced=True), week(2, volume=ROWS)],
            rest_hours={"quadriceps": 48},
        )
        paper = document((reduced, PLAN))
        assert check_program([reduced], paper) == ()
        assert check_program([reduced], change(paper, f"{WEEK}.volume.0.floor", 0.0)) == ()
        assert len(check_program([reduced], change(paper, f"{WEEK}.volume.0.floor", 0.5))) == 1

    def test_the_volume_is_that_of_the_sets_as_written(self):
        wrong = _wrong(f"{WEEK}.sessions.0.prescriptions.0.sets", 3, "volume")
        assert found(wrong) == [("week 1 quadriceps", "3 sets", "2 printed")]

    def test_endurance(self):
        bike = exercise("bike", block="endurance", dose_kind="duration", laterality="alternating")
        there = problem(SQUAT, bike, weeks=[week(1, endurance_minutes=(60, 90))])
        paper = document((there, schedule(f"{MON} squat", f"{WED} bike 2")))
        assert check_program([there], paper) == ()
        assert paper.phases[0].weeks[0].endurance_minutes_planned == 10
        for field, value in (
            ("endurance_minutes_planned", 11),
            ("endurance_minutes", (60, 91)),
        ):
            wrong = check_program([there], change(paper, f"{WEEK}.{field}", value))
            assert [each.rule for each in wrong] == ["volume"]


class TestBoundaries:
    """Sunday evening in the last week of a phase, Monday or Tuesday in the first of the next."""

    def _wrong(self, first, second, hours=(0, 48), groups=("quadriceps",), names=("squat",) * 2):
        early = problem(weeks=[week(1)], slots=(slot(first),), rest_hours={"quadriceps": hours[0]})
        late = problem(
            weeks=[week(2)],
            slots=(slot(second),),
            phase="strength",
            groups=groups,
            rest_hours={"quadriceps": hours[1]},
        )
        paper = document(
            (early, schedule(f"{first} {names[0]}")), (late, schedule(f"{second} {names[1]}"))
        )
        return found(check_program([early, late], paper))

    def test_exactly_the_later_hours(self):
        assert self._wrong("2026-12-06T18:00", "2026-12-08T18:00") == []
        assert self._wrong("2026-12-06T18:00", "2026-12-08T17:59") == [
            ("2026-12-08T17:59 quadriceps", "48 h after 2026-12-06T18:00", "47 h 59 min")
        ]

    def test_the_earlier_phase_does_not_bind(self):
        assert self._wrong("2026-12-06T18:00", MON2, hours=(48, 24)) == []

    def test_other_groups_need_no_rest(self):
        assert self._wrong("2026-12-06T18:00", MON2, names=("squat", "curl")) == []

    def test_groups_that_the_later_phase_does_not_have_need_no_rest(self):
        assert self._wrong("2026-12-06T18:00", MON2, groups=("glutes",)) == []

    def test_session_gap_and_days_in_a_row_hold_too(self):
        starts = ("2026-12-05T18:00", "2026-12-06T18:00", MON2)
        early = problem(weeks=[week(1)], slots=tuple(slot(start) for start in starts[:2]))
        for rule, right, wrong in (
            ("session_gap_hours", 24, 25),
            ("consecutive_days_max", 3, 2),
        ):
            for value, number in ((right, 0), (wrong, 1)):
                late = problem(
                    weeks=[week(2)], slots=(slot(MON2),), frequency=frequency(**{rule: value})
                )
                paper = document(
                    (early, schedule(*(f"{start} squat" for start in starts[:2]))),
                    (late, schedule(f"{MON2} squat")),
                )
                violations = check_program([early, late], paper)
                assert [each.rule for each in violations] == ["frequency"] * number

    def test_what_the_problem_says_of_the_past_is_not_believed(self):
        late = problem(
            weeks=[week(2)],
            slots=(slot(MON2),),
            rest_hours={"quadriceps": 48},
            past=past("2026-12-06T18:00"),
        )
        early = problem(weeks=[week(1)], slots=(slot(FRI),))
        paper = document((early, schedule(f"{FRI} squat")), (late, schedule(f"{MON2} squat")))
        assert check_program([early, late], paper) == ()

    def test_inside_a_phase_it_is_the_rule_that_speaks(self):
        there = problem(SQUAT, rest_hours={"quadriceps": 72})
        paper = document((there, schedule(f"{MON} squat", f"{WED} squat")))
        assert check_program([there], paper) == ()
