from dataclasses import replace

import pytest

from legengine.domain.problem import Placement
from legengine.testing.tiny import (
    BRIDGE,
    CURL,
    FRI,
    MON,
    MON2,
    SET,
    SQUAT,
    WED,
    dose,
    exercise,
    past,
    problem,
    row,
    schedule,
    slot,
    structure,
    volume,
    week,
)
from legengine.verify import scores


class TestSoftCoverage:
    def _score(self, *items, weeks=None, **fields):
        there = problem(weeks=weeks or [week(1)], coverage=(row(**({"required": False} | fields)),))
        return scores.soft_coverage(there, schedule(*items))

    @pytest.mark.parametrize(("number", "score"), [(0, 6), (1, 3), (2, 0), (3, 3)])
    def test_missing_and_surplus_items_by_priority(self, number, score):
        items = [f"{start} squat" for start in (MON, WED, FRI)[:number]]
        assert self._score(*items, at_least=2, at_most=2, priority=3) == score

    def test_rules_are_no_wishes(self):
        assert self._score(required=True) == 0

    def test_every_session_and_every_week_that_is_not_reduced(self):
        weeks = [week(1), week(2), week(3, reduced=True)]
        assert self._score(at_least=1, weeks=weeks) == 2
        items = [f"{MON} curl", f"{WED} squat", f"{MON2} curl"]
        assert self._score(*items, at_least=1, per="session", weeks=weeks) == 2

    def test_distinct(self):
        items = [f"{MON} squat", f"{WED} squat"]
        assert self._score(*items, at_least=2, distinct=True) == 1


@pytest.mark.parametrize(
    ("wish", "number", "score"), [(2, 2, 0), (2, 1, 5), (2, 3, 0), (2, 0, 10), (None, 1, 10)]
)
def test_sessions_below_the_wish(wish, number, score):
    there = problem(weeks=[week(1, sessions=(1, 3))], preferences={"sessions_wish": wish})
    items = [f"{start} squat" for start in (MON, WED, FRI)[:number]]
    assert scores.sessions_wish(there, schedule(*items)) == score


def test_sessions_of_one_week_do_not_make_up_for_another():
    there = problem(preferences={"sessions_wish": 1})
    assert scores.sessions_wish(there, schedule(f"{MON} squat", f"{WED} squat")) == 5


def test_preferred_exercises_that_come_nowhere():
    there = problem(preferences={"prefer": frozenset({"curl", "bridge", "hip_extension"})})
    assert scores.preferred_absent(there, schedule(f"{MON} squat")) == 4
    assert scores.preferred_absent(there, schedule(f"{MON} curl")) == 2
    assert scores.preferred_absent(there, schedule(f"{MON} curl", f"{MON2} bridge")) == 0


class TestVolume:
    aim = volume(aim_low=4 * SET, aim_high=6 * SET)

    @pytest.mark.parametrize(("sets", "score"), [(2, 2), (3, 1), (4, 0), (6, 0), (7, 1), (9, 3)])
    def test_whole_sets_outside_the_aim(self, sets, score):
        there = problem(weeks=[week(1, volume={"quadriceps": self.aim})])
        assert scores.volume(there, schedule(f"{MON} squat {sets}")) == score

    @pytest.mark.parametrize(
        ("low", "high", "score"), [(9, 99, 1), (16, 99, 1), (17, 99, 2), (0, 7, 1)]
    )
    def test_parts_of_a_set_are_rounded_up(self, low, high, score):
        aim = volume(aim_low=low, aim_high=high)
        there = problem(weeks=[week(1, volume={"quadriceps": aim})])
        assert scores.volume(there, schedule(f"{MON} squat 1")) == score

    def test_every_week_and_group_is_rounded_by_itself(self):
        aim = volume(aim_low=1)
        weeks = [week(number, volume={"quadriceps": aim, "glutes": aim}) for number in (1, 2)]
        assert scores.volume(problem(weeks=weeks), schedule()) == 4


class TestMisfit:
    def _of(self, level=2, placed=2, pattern_level=None, block="compound", **preferences):
        likes = {name: frozenset(words) for name, words in preferences.items()}
        there = problem(
            placement=Placement(placed, {} if pattern_level is None else {"squat": pattern_level}),
            preferences=likes,
        )
        return scores.misfit_of(there, exercise("x", level=level, block=block))

    @pytest.mark.parametrize(("level", "score"), [(4, 0), (3, 1), (2, 2), (1, 2), (5, 0)])
    def test_level(self, level, score):
        assert self._of(level=level, placed=5) == score

    def test_level_for_the_pattern(self):
        assert self._of(level=2, placed=5, pattern_level=3) == 0
        assert self._of(level=2, placed=2, pattern_level=4) == 1

    def test_goal(self):
        assert self._of(goal_patterns=("hinge",)) == 1
        assert self._of(goal_patterns=("hinge", "squat")) == 0
        assert self._of(goal_patterns=()) == 0
        assert self._of(goal_patterns=("hinge",), block="trunk") == 0

    @pytest.mark.parametrize("word", ["x", "squat"])
    def test_avoided(self, word):
        assert self._of(avoid=(word,)) == 3

    @pytest.mark.parametrize(
        "likes", [{"prefer": ("x",)}, {"prefer": ("squat",)}, {"starters": ("x",)}]
    )
    def test_liked(self, likes):
        assert self._of(avoid=("x",), **likes) == 2
        assert self._of(**likes) == 0

    def test_liked_twice_is_liked_once(self):
        assert self._of(avoid=("x",), prefer=("x", "squat"), starters=("x",)) == 2

    def test_avoided_twice_is_avoided_once(self):
        assert self._of(avoid=("x", "squat")) == 3

    def test_all_add_up(self):
        assert self._of(level=1, placed=4, goal_patterns=("hinge",), avoid=("x",)) == 6

    def test_every_item_counts(self):
        there = problem(preferences={"avoid": frozenset({"squat"})})
        # the squat is named by its id and by its pattern
        plan = schedule(f"{MON} squat", f"{WED} squat", f"{WED} curl")
        there_levels = problem(
            placement=Placement(2, {}), preferences={"avoid": frozenset({"squat"})}
        )
        assert scores.misfit(there_levels, plan) == 6
        assert scores.misfit(there, plan) == 6 + 3 * 2  # three levels below the placement's 5


class TestRestWish:
    def _score(self, *starts, hours=72, **fields):
        there = problem(
            slots=tuple(slot(start) for start in starts),
            preferences={"rest_wish_hours": hours},
            **fields,
        )
        return scores.rest_wish(there, schedule(*(f"{start} squat" for start in starts)))

    def test_exactly_the_wish_is_enough(self):
        assert self._score(MON, "2026-12-03T18:00") == 0
        assert self._score(MON, "2026-12-03T17:59") == 1

    def test_without_a_wish(self):
        assert self._score(MON, WED, hours=None) == 0

    def test_every_pair_counts(self):
        assert self._score(MON, "2026-12-01T18:00", WED) == 3

    def test_the_phase_before_does_not_count(self):
        assert self._score(MON, past=past("2026-11-29T18:00")) == 0


def test_continuity():
    stretch = exercise("stretch", block="cool_down")
    there = problem(
        SQUAT, BRIDGE, CURL, stretch, past=past(exercises=frozenset({"squat", "stretch", "curl"}))
    )
    assert scores.continuity(there, schedule()) == 0
    assert scores.continuity(there, schedule(f"{MON} bridge", f"{MON2} bridge")) == 1
    assert scores.continuity(there, schedule(f"{MON} squat", f"{MON2} squat")) == 2
    assert scores.continuity(there, schedule(f"{MON} stretch")) == 1
    assert (
        scores.continuity(there, schedule(f"{MON} squat", f"{MON} bridge", f"{MON} stretch")) == 4
    )


class TestEvenness:
    def _score(self, *sets, **fields):
        """Sessions that differ by so many seconds: one set of a hold, no rests."""
        there = problem(
            *(exercise(f"h{seconds}", dose_kind="hold", setup_seconds=0) for seconds in sets),
            weeks=[week(1)],
            doses={f"h{seconds}": dose(hold_s=seconds) for seconds in sets},
            **fields,
        )
        starts = (MON, WED, FRI)
        plan = schedule(
            *(f"{start} h{seconds}" for start, seconds in zip(starts, sets, strict=False))
        )
        return scores.evenness(there, plan)

    @pytest.mark.parametrize(
        ("longest", "score"), [(601, 0), (1201 - 600, 0), (602, 1), (1201, 1), (1202, 2)]
    )
    def test_ten_minute_steps_beyond_ten_minutes(self, longest, score):
        assert self._score(1, longest) == score

    def test_only_the_longest_and_the_shortest_count(self):
        assert self._score(1, 700, 1201) == 1

    def test_one_session_is_even(self):
        assert self._score(5000) == 0


class TestMinutes:
    def _score(self, seconds, items=(MON,), weeks=1):
        there = problem(
            SQUAT,
            weeks=[week(number) for number in range(1, weeks + 1)],
            structure=structure(warm_up_s=seconds - 60, cool_down_s=0),
        )
        return scores.minutes(there, schedule(*(f"{start} squat" for start in items)))

    @pytest.mark.parametrize(("seconds", "score"), [(300, 1), (301, 2), (600, 2), (601, 3)])
    def test_five_minute_steps(self, seconds, score):
        assert self._score(seconds) == score

    def test_sessions_of_a_week_are_added_before_rounding(self):
        assert self._score(310, (MON, WED)) == 3

    def test_weeks_are_rounded_one_by_one(self):
        assert self._score(310, (MON, MON2), weeks=2) == 4

    def test_no_session_no_minutes(self):
        assert self._score(310, ()) == 0


def test_canonical():
    # ranks: bridge 1, curl 2, squat 3; Monday is the first slot of its week, used or not
    assert scores.canonical(problem(), schedule(f"{MON} squat")) == 3
    assert scores.canonical(problem(), schedule(f"{FRI} squat 5")) == 9
    assert scores.canonical(problem(), schedule(f"{MON2} bridge", f"{WED} curl")) == 1 + 4


def test_a_phase_that_goes_on_keeps_its_exercises():
    """What is new costs more there; what the phase before used costs nothing extra."""
    begun = past(begun=frozenset({"squat"}), exercises=frozenset({"squat"}))
    there = problem(SQUAT, BRIDGE, past=begun)
    assert scores.continuity(there, schedule(f"{MON} squat")) == 1
    assert scores.continuity(there, schedule(f"{MON} bridge")) == 2
    inside = replace(there, since=there.start)
    assert scores.continuity(inside, schedule(f"{MON} bridge")) == 1
    assert scores.continuity(inside, schedule(f"{MON} squat")) == 2
