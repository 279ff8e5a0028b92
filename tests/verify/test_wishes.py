from legengine.testing.tiny import MON, MON2, exercise, found, problem, schedule, week
from legengine.verify.checks.wishes import check


def _check(*items, weeks=None, **eligibility):
    there = problem(weeks=weeks or [week(1)], eligibility=eligibility)
    return found(check(there, schedule(*items)))


def test_never_an_exercise():
    assert _check(f"{MON} squat", never=frozenset({"squat"})) == [
        (f"{MON} squat", "never squat", "squat")
    ]
    assert _check(f"{MON} curl", never=frozenset({"squat"})) == []


def test_never_a_pattern():
    assert _check(f"{MON} curl", never=frozenset({"knee_flexion"})) == [
        (f"{MON} curl", "never knee_flexion", "curl")
    ]


def test_always_an_exercise_in_every_week():
    weeks = [week(1), week(2)]
    assert _check(f"{MON} curl", f"{MON2} curl", weeks=weeks, always=("curl",)) == []
    assert _check(f"{MON} curl", weeks=weeks, always=("curl",)) == [
        ("week 2", "always curl", "not there")
    ]


def test_always_a_pattern():
    assert _check(f"{MON} curl", always=("knee_flexion",)) == []
    assert len(_check(f"{MON} squat", always=("knee_flexion",))) == 1


def test_always_does_not_bind_reduced_weeks():
    weeks = [week(1), week(2, reduced=True)]
    assert _check(f"{MON} curl", weeks=weeks, always=("curl",)) == []


def test_always_binds_only_phases_that_are_open_for_the_exercise():
    jump = exercise("jump", pattern="plyometric", phases=("power",))
    for phases, wrong in ((("foundation",), 0), (("foundation", "power"), 1)):
        there = problem(
            exercise(),
            jump,
            weeks=[week(1)],
            eligibility={"always": ("jump",), "phases": phases},
        )
        assert len(list(check(there, schedule(f"{MON} squat")))) == wrong


def test_a_pattern_is_open_always():
    there = problem(weeks=[week(1)], eligibility={"always": ("plyometric",)})
    assert len(list(check(there, schedule(f"{MON} squat")))) == 1
