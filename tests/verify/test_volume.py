import pytest

from legengine.domain.protocol import Growth
from legengine.testing.tiny import (
    BRIDGE,
    FRI,
    MON,
    MON2,
    SET,
    SQUAT,
    WED,
    dose,
    exercise,
    found,
    past,
    problem,
    schedule,
    slot,
    volume,
    week,
)
from legengine.verify.checks.volume import check


def roomy(number, **fields):
    """A week whose caps are far away."""
    far = volume(aim_high=9999, cap=9999, session_cap=9999)
    return week(number, volume={"quadriceps": far}, **fields)


def _week(sets, row, **fields):
    only = week(1, volume={"quadriceps": row}, **fields)
    return list(check(problem(SQUAT, weeks=(only,)), schedule(*sets)))


@pytest.mark.parametrize(("sets", "wrong"), [(3, 1), (4, 0), (6, 0), (7, 1)])
def test_a_week_lies_between_floor_and_cap(sets, wrong):
    row = volume(floor=4 * SET, cap=6 * SET)
    assert len(_week([f"{MON} squat 2", f"{WED} squat {sets - 2}"], row)) == wrong


def test_a_violation_is_told_in_sets():
    row = volume(floor=4 * SET, cap=6 * SET)
    assert found(_week([f"{MON} squat 3"], row)) == [
        ("week 1 quadriceps", "4 sets to 6 sets", "3 sets")
    ]


def test_a_week_without_sessions_has_no_volume():
    assert len(_week([], volume(floor=1))) == 1


def test_a_reduced_week_has_no_floor_but_a_cap():
    row = volume(floor=4 * SET, cap=6 * SET)
    assert _week([f"{MON} squat 1"], row, reduced=True) == []
    assert len(_week([f"{MON} squat 7"], row, reduced=True)) == 1


def test_a_deload_week_has_a_floor():
    assert len(_week([f"{MON} squat 3"], volume(floor=4 * SET), kind="deload")) == 1


@pytest.mark.parametrize(("sets", "wrong"), [(5, 0), (6, 1)])
def test_a_session_has_a_cap(sets, wrong):
    row = volume(session_cap=5 * SET)
    violations = _week([f"{MON} squat {sets}", f"{FRI} squat 5"], row)
    assert [each.where for each in violations] == [f"{MON} quadriceps"] * wrong


@pytest.mark.parametrize(("sets", "wrong"), [(1, 1), (2, 0), (4, 0), (5, 1)])
def test_sets_lie_within_the_dose(sets, wrong):
    there = problem(SQUAT, doses={"squat": dose(sets_min=2, sets_max=4)})
    assert len(list(check(there, schedule(f"{MON} squat {sets}")))) == wrong


def test_the_dose_is_that_of_the_week():
    there = problem(SQUAT, doses={"squat": (dose(sets_max=2), dose(sets_max=3))})
    plan = schedule(f"{MON} squat 3", f"{MON2} squat 3")
    assert [each.where for each in check(there, plan)] == [f"{MON} squat"]


def test_halved_credit_counts_in_the_week():
    """Two easy holds of a secondary muscle give a quarter of a set."""
    hold = exercise("hold", primary=("hamstrings",), secondary=("quadriceps",), dose_kind="hold")
    for floor, wrong in ((2, 0), (3, 1)):
        only = week(1, volume={"quadriceps": volume(floor=floor)})
        there = problem(hold, weeks=(only,), doses={"hold": dose(rir=(5, 6))})
        assert len(list(check(there, schedule(f"{MON} hold 2")))) == wrong


def _growth(*sets, sets_growth=2, percent=20, before=None, weeks=None):
    number = len(sets)
    there = problem(
        SQUAT,
        weeks=weeks or [week(each) for each in range(1, number + 1)],
        growth=Growth(sets=sets_growth, percent=percent, sources=("D",)),
        past=past(volume={} if before is None else {"quadriceps": before}),
    )
    mondays = [each for each in there.slots if each.start.weekday() == 0]
    plan = [f"{each.id} squat {count}" for each, count in zip(mondays, sets, strict=True) if count]
    return found(check(there, schedule(*plan)))


def test_growth_by_sets_where_they_are_more():
    assert _growth(4, 6) == []
    assert _growth(4, 7) == [
        ("week 2 quadriceps", "growth from 4 sets by at most 2 sets or 20 %", "7 sets")
    ]


def test_growth_by_percent_where_it_is_more():
    assert _growth(15, 18) == []
    assert len(_growth(15, 19)) == 1


def test_growth_by_percent_is_exact():
    # 20 % of 12 sets are 2.4 sets: 14 sets pass, 15 don't
    assert _growth(12, 14) == []
    assert len(_growth(12, 15)) == 1


def test_growth_from_the_phase_before_where_it_is_known():
    assert _growth(6, before=4 * SET) == []
    assert len(_growth(7, before=4 * SET)) == 1
    assert _growth(7) == []


def test_growth_from_nothing():
    assert len(_growth(3, before=0)) == 1
    assert len(_growth(0, 3)) == 1


def test_only_the_first_week_grows_from_the_phase_before():
    assert _growth(4, 6, before=4 * SET) == []
    assert _growth(6, 8, before=4 * SET) == []


def test_growth_passes_over_deload_and_reduced_weeks():
    deload = [week(1), week(2, kind="deload"), week(3)]
    assert _growth(4, 2, 6, weeks=deload) == []
    assert len(_growth(4, 2, 7, weeks=deload)) == 1
    reduced = [week(1), week(2, reduced=True), week(3)]
    assert _growth(4, 9, 6, weeks=reduced) == []
    assert len(_growth(4, 9, 7, weeks=reduced)) == 1


def test_volume_may_fall_and_grows_from_where_it_fell():
    assert _growth(9, 4, 6) == []
    assert len(_growth(9, 4, 7)) == 1


def test_a_deload_week_has_at_most_the_build_week_before():
    weeks = [week(1), week(2, kind="deload")]
    assert _growth(4, 4, weeks=weeks) == []
    assert _growth(4, 5, weeks=weeks) == [
        ("week 2 quadriceps", "at most 4 sets in a deload week", "5 sets")
    ]


def test_a_deload_week_looks_at_the_last_build_week_only():
    weeks = [week(1), week(2), week(3, kind="deload")]
    assert len(_growth(5, 4, 5, weeks=weeks)) == 1
    assert _growth(4, 5, 5, weeks=weeks) == []


def test_a_deload_week_after_a_deload_week_looks_at_the_build_week():
    weeks = [week(1), week(2, kind="deload"), week(3, kind="deload")]
    assert _growth(4, 2, 4, weeks=weeks) == []


def test_a_deload_week_that_comes_first_has_nothing_before_it():
    assert _growth(9, weeks=[week(1, kind="deload")], before=SET) == []


def test_each_group_is_looked_at():
    there = problem(
        SQUAT,
        BRIDGE,
        growth=Growth(sets=1, percent=10, sources=("D",)),
        slots=(slot(MON), slot(MON2)),
    )
    plan = schedule(f"{MON} squat 3", f"{MON} bridge 3", f"{MON2} squat 4", f"{MON2} bridge 5")
    assert [each.where for each in check(there, plan)] == ["week 2 glutes"]


@pytest.mark.parametrize(
    ("before", "growth", "most"),
    [
        (0, Growth(sets=1, percent=20, sources=("D",)), 8),
        (0, Growth(sets=50, percent=20, sources=("D",)), 400),
        (200, Growth(sets=1, percent=20, sources=("D",)), 240),
        (204, Growth(sets=1, percent=20, sources=("D",)), 244),
    ],
)
@pytest.mark.parametrize("kind", ["past", "week"])
def test_growth_is_exact_to_the_eighth_of_a_set(before, growth, most, kind):
    """One easy hold of a secondary muscle is an eighth of a set."""
    hold = exercise("hold", primary=("hamstrings",), secondary=("quadriceps",), dose_kind="hold")
    rules = {"groups": ("quadriceps",), "growth": growth}
    easy = {"hold": dose(rir=(5, 6), sets_max=999)}
    for sets, wrong in ((most, 0), (most + 1, 1)):
        if kind == "past":
            known = past(volume={"quadriceps": before})
            there = problem(hold, weeks=[roomy(1)], doses=easy, past=known, **rules)
            plan = schedule(f"{MON} hold {sets}")
        else:
            there = problem(hold, weeks=[roomy(1), roomy(2)], doses=easy, **rules)
            plan = schedule(*[f"{MON} hold {before}"] * bool(before), f"{MON2} hold {sets}")
        assert len(list(check(there, plan))) == wrong


def test_a_deload_week_is_exact_to_the_eighth_of_a_set():
    hold = exercise("hold", primary=("hamstrings",), secondary=("quadriceps",), dose_kind="hold")
    there = problem(
        hold,
        weeks=[roomy(1), roomy(2, kind="deload")],
        doses={"hold": dose(rir=(5, 6))},
        groups=("quadriceps",),
    )
    assert list(check(there, schedule(f"{MON} hold 3", f"{MON2} hold 3"))) == []
    assert len(list(check(there, schedule(f"{MON} hold 3", f"{MON2} hold 4")))) == 1
    assert len(list(check(there, schedule(f"{MON2} hold 1")))) == 1
