import pytest

from legengine.testing.tiny import MON, condition, exercise, found, place, problem, schedule, slot
from legengine.verify.alternatives import chosen
from legengine.verify.checks.equipment import check


def _check(there_place, **fields):
    there = problem(exercise(**fields), places={"home": there_place})
    return list(check(there, schedule(f"{MON} squat")))


TWO = (("box", "counter"), ("stairs_rail",))


def test_an_alternative_has_to_be_there_whole():
    assert _check(place("box", "counter"), equipment=TWO) == []
    assert _check(place("stairs_rail"), equipment=TWO) == []
    assert found(_check(place("box"), equipment=TWO)) == [
        (f"{MON} squat at home", "box + counter or stairs_rail", "no counter, no stairs_rail")
    ]


def test_an_exercise_without_equipment_can_be_done_anywhere():
    assert _check(place(), equipment=((),)) == []


def test_each_slot_has_its_own_place():
    there = problem(
        exercise(equipment=(("wall",),)),
        slots=(slot(MON), slot("2026-12-01T18:00", place="gym")),
        places={"home": place("wall"), "gym": place()},
    )
    plan = schedule(f"{MON} squat", "2026-12-01T18:00 squat")
    assert [each.where for each in check(there, plan)] == ["2026-12-01T18:00 squat at gym"]


LOADED = {"resistance": "external", "equipment": (("dumbbell",),)}


def test_loads_that_are_listed_must_not_be_empty():
    assert _check(place("dumbbell", dumbbell=(4.0,)), **LOADED) == []
    assert _check(place("dumbbell"), **LOADED) == []
    violations = _check(place("dumbbell", dumbbell=()), **LOADED)
    assert found(violations) == [(f"{MON} squat at home", "dumbbell", "no load for dumbbell")]


def test_one_load_of_an_item_of_the_alternative_is_enough():
    bar = {"resistance": "external", "equipment": (("barbell", "plates"),)}
    assert _check(place("barbell", "plates", barbell=(20.0,), plates=()), **bar) == []
    assert len(_check(place("barbell", "plates", barbell=(), plates=()), **bar)) == 1


@pytest.mark.parametrize(
    ("items", "shared"),
    [
        (("leg_press_machine",), "machine"),
        (("calf_machine_seated",), "machine"),
        (("trap_bar", "plates"), "barbell"),
    ],
)
def test_machines_and_bars_share_a_list(items, shared):
    fields = {"resistance": "external", "equipment": (items,)}
    assert _check(place(*items, **{shared: (20.0,)}), **fields) == []
    assert len(_check(place(*items, **{shared: ()}), **fields)) == 1
    own = {shared: (), items[0]: (20.0,)}
    assert _check(place(*items, **own), **fields) == []


def test_other_items_have_a_list_of_their_own():
    assert _check(place("dumbbell", machine=(), barbell=()), **LOADED) == []


@pytest.mark.parametrize("resistance", ["optional", "bodyweight"])
def test_an_exercise_that_needs_no_load_needs_no_listed_load(resistance):
    fields = {"resistance": resistance, "equipment": (("dumbbell",),)}
    assert _check(place("dumbbell", dumbbell=()), **fields) == []


def test_the_other_alternative_may_have_the_load():
    fields = {"resistance": "external", "equipment": (("dumbbell",), ("kettlebell",))}
    there = place("dumbbell", "kettlebell", dumbbell=(), kettlebell=(8.0,))
    assert _check(there, **fields) == []
    problem_there = problem(exercise(**fields), places={"home": there})
    assert chosen(problem_there, exercise(**fields), "home") == ("kettlebell",)


def test_the_alternative_used_is_the_first_that_all_accept():
    moving = exercise(equipment=(("bed",), ("mat",), ()))
    drop = condition("a", drop_equipment=("bed",))
    there = problem(
        moving, places={"home": place("bed", "mat")}, eligibility={"conditions": (drop,)}
    )
    assert chosen(there, moving, "home") == ("mat",)


def test_nothing_is_used_where_nothing_is_usable():
    there = problem(exercise(equipment=(("bed",),)))
    assert chosen(there, exercise(equipment=(("bed",),)), "home") is None
