"""Sets more on the weak side, and the two sides of a written prescription."""

import pytest

from legengine.domain.asymmetry import Weakness
from legengine.domain.program import SideDose
from legengine.testing.tiny import (
    MON,
    MON2,
    SQUAT,
    WED,
    asymmetry,
    dose,
    exercise,
    found,
    more,
    problem,
    schedule,
    volume,
    week,
)
from legengine.verify import check_program
from legengine.verify.checks.sides import check
from legengine.verify.sides import missing_extras, weak_side
from tests.verify.papers import change, document

LUNGE = exercise("lunge", pattern="lunge", laterality="each")
HIP = exercise("hip", block="isolation", primary=("gluteus_maximus",), laterality="each")
HOP = exercise("hop", block="power", laterality="each")
STAND = exercise("stand", block="balance", primary=(), dose_kind="hold", laterality="each")
BAR = exercise("bar", resistance="external", equipment=(("barbell",),))


def there(index=22, *, limits=None, **fields):
    return problem(
        LUNGE, HIP, HOP, STAND, SQUAT, asymmetry=asymmetry(index, **(limits or {})), **fields
    )


def told(made, *items):
    return found(check(made, more(*items)))


class TestWhere:
    @pytest.mark.parametrize(("index", "most"), [(79.9, 1), (80, 0), (None, 0)])
    def test_below_80_only(self, index, most):
        wrong = told(there(index), f"{MON} lunge 2 1")
        assert bool(wrong) is not bool(most)
        if wrong:
            assert wrong[0] == (f"{MON} lunge", "at most 0 sets more on the weak side", "1")

    def test_nobody_else_has_sets_more(self):
        assert told(problem(LUNGE), f"{MON} lunge 2 1")[0][1:] == (
            "at most 0 sets more on the weak side",
            "1",
        )

    @pytest.mark.parametrize("name", ["squat", "hop", "stand"])
    def test_one_sided_strengthening_only(self, name):
        assert told(there(), f"{MON} {name} 2 1")

    @pytest.mark.parametrize("extra", [2, -1])
    def test_one_set_at_most_and_never_fewer(self, extra):
        assert told(there(), f"{MON} lunge 9 {extra}")[0][2] == str(extra)

    def test_none_in_a_lighter_week(self):
        made = there(weeks=[week(1), week(2, kind="deload")])
        assert not told(made, f"{MON} lunge 2 1")
        assert told(made, f"{MON2} lunge 2 1")[0][0] == f"{MON2} lunge"


class TestHowMany:
    def test_two_a_session(self):
        two = [f"{MON} lunge 2 1", f"{MON} hip 2 1", f"{WED} lunge 2 1"]
        assert not told(there(), *two)
        less = there(limits={"extra_sets_session": 1})
        assert told(less, *two) == [
            (MON, "at most 1 sets more on the weak side in a session", "2"),
        ]

    def test_half_of_the_strong_sides_sets_a_week(self):
        assert not told(there(), f"{MON} lunge 2 1", f"{WED} lunge 2 1")
        assert not told(there(), f"{MON} lunge 1 1", f"{WED} lunge 1 0")
        assert told(there(), f"{MON} lunge 1 1", f"{WED} lunge 2 1") == [
            ("week 1 lunge", "weak side at most 150 % of the strong side's 3 sets", "5"),
        ]
        # another week doesn't make up for it
        assert told(there(), f"{MON} lunge 1 1", f"{MON2} lunge 3 0")

    def test_the_weak_sides_own_maximums(self):
        row = volume(cap=40, session_cap=24)
        made = there(weeks=[week(1, volume={"quadriceps": row})])
        assert not told(made, f"{MON} lunge 2 1", f"{WED} lunge 2 0")
        assert told(made, f"{MON} lunge 3 1") == [
            (f"{MON} quadriceps", "weak side at most 3 sets a session", "4 sets"),
        ]
        assert told(made, f"{MON} lunge 2 1", f"{WED} lunge 2 1") == [
            ("week 1 quadriceps", "weak side at most 5 sets", "6 sets"),
        ]


class TestTwoLeggedLifts:
    @pytest.mark.parametrize(
        ("index", "percent", "wrong"), [(69, 81, True), (69, 80, False), (70, 90, False)]
    )
    def test_below_70_none_is_heavy(self, index, percent, wrong):
        made = problem(
            BAR,
            LUNGE,
            asymmetry=asymmetry(index),
            doses=dict.fromkeys(("bar", "lunge"), dose(percent_1rm=(60, percent))),
        )
        violations = told(made, f"{MON} bar 1 0", f"{MON} lunge 1 0")
        assert [where for where, *_ in violations] == ([f"{MON} bar"] if wrong else [])


class TestWishes:
    def test_what_a_session_lacks(self):
        made = there(weeks=[week(1), week(2, kind="deload")])
        assert missing_extras(made, more(f"{MON} lunge 2 1", f"{MON} hip 2 1")) == 0
        assert missing_extras(made, more(f"{MON} lunge 2 1", f"{WED} squat 1 0")) == 3
        assert missing_extras(made, more(f"{MON2} lunge 1 0")) == 0
        assert missing_extras(there(80), more(f"{MON} lunge 2 0")) == 0


class TestWhichSide:
    @pytest.mark.parametrize(("index", "side"), [(89.9, "right"), (90, None), (None, "right")])
    def test_below_90(self, index, side):
        assert weak_side(there(index), LUNGE) == side
        assert weak_side(there(index), SQUAT) is None

    def test_the_stance_speaks_about_balance_only(self):
        facts = asymmetry(80)
        both = type(facts)(facts.limits, facts.strength, Weakness("left", 50, "stance"))
        alone = type(facts)(facts.limits, None, Weakness("left", 50, "stance"))
        even = type(facts)(facts.limits, facts.strength, Weakness("left", 95, "stance"))
        for known, stand, lunge in (
            (both, "left", "right"),
            (alone, "left", None),
            (even, "right", "right"),
        ):
            made = problem(LUNGE, STAND, asymmetry=known)
            assert (weak_side(made, STAND), weak_side(made, LUNGE)) == (stand, lunge)


class TestAsWritten:
    THERE = there(weeks=[week(1)])
    PAPER = document((THERE, more(f"{MON} lunge 2 1", f"{MON} stand 2 0")))
    LINE = "phases.0.weeks.0.sessions.0.prescriptions.1"

    def wrong(self, path, value):
        violations = check_program([self.THERE], change(self.PAPER, path, value))
        return [(each.required, each.found) for each in violations if each.rule == "sides"]

    def test_the_document_is_right(self):
        assert check_program([self.THERE], self.PAPER) == ()
        lines = self.PAPER.phases[0].weeks[0].sessions[0].prescriptions
        assert [(line.exercise, line.extra) for line in lines] == [("stand", 0), ("lunge", 1)]
        # 30 + 2 x 2 x 30 + 60, and 30 + 60 for the right leg alone
        assert lines[1].seconds == 300

    def test_the_set_more_takes_its_time(self):
        even = tuple(SideDose(side=side, sets=2, reps=10) for side in ("right", "left"))
        violations = check_program([self.THERE], change(self.PAPER, f"{self.LINE}.sides", even))
        assert (f"{MON} lunge", "210 s", "300 s") in found(violations)

    def test_the_weak_side_comes_first(self):
        assert self.wrong(f"{self.LINE}.sides", lambda sides: sides[::-1]) == [
            ("right, then left", "left, then right")
        ]
        assert self.wrong(f"{self.LINE}.sides", ()) == [("right, then left", "no sides")]

    def test_the_strong_side_is_never_ahead(self):
        for number, side in ((0, "right"), (1, "left")):
            assert self.wrong(f"{self.LINE}.sides.{number}.reps", 9) == [(f"reps 10 {side}", "9")]
            assert self.wrong(f"{self.LINE}.sides.{number}.load_kg", 5.0) == [
                (f"load_kg None {side}", "5.0")
            ]
        assert self.wrong(f"{self.LINE}.sides.1.sets", 3) == [("2 sets left", "3")]

    def test_no_sides_where_the_legs_are_equal(self):
        equal = problem(*self.THERE.exercises.values(), weeks=[week(1)])
        violations = check_program([equal], self.PAPER)
        assert ("no sides", "right, left") in [
            (each.required, each.found) for each in violations if each.rule == "sides"
        ]

    def test_two_legged_lifts_as_written(self):
        made = problem(
            BAR, weeks=[week(1)], asymmetry=asymmetry(60), places={"home": problem().places["home"]}
        )
        paper = document((made, schedule(f"{MON} bar 1")))
        line = "phases.0.weeks.0.sessions.0.prescriptions.0.percent_1rm"
        for percent, wrong in ((81.0, True), (80.0, False)):
            violations = check_program([made], change(paper, line, percent))
            assert ("sides" in {each.rule for each in violations}) is wrong
