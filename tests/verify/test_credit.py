import pytest

from legengine.testing.tiny import MUSCLES, dose, exercise
from legengine.verify.credit import credit_of_set, easy, sets_text


def _credit(dose_fields=None, **fields):
    return credit_of_set(exercise(**fields), dose(**(dose_fields or {})), MUSCLES)


def test_primary_counts_whole_and_secondary_half():
    credit = _credit(secondary=("hamstrings",))
    assert credit == {"quadriceps": 8, "hamstrings": 4}


def test_a_group_is_credited_once_by_its_best_member():
    assert _credit(primary=("soleus",), secondary=("gastrocnemius",)) == {"calves": 8}
    assert _credit(primary=("soleus", "gastrocnemius")) == {"calves": 8}


def test_muscles_without_a_group_are_left_out():
    assert _credit(secondary=("peroneals",)) == {"quadriceps": 8}


@pytest.mark.parametrize("block", ["power", "compound", "isolation"])
def test_strengthening_blocks_credit(block):
    assert _credit(block=block) == {"quadriceps": 8}


@pytest.mark.parametrize("block", ["warm_up", "balance", "trunk", "endurance", "cool_down"])
def test_other_blocks_do_not(block):
    assert _credit(block=block) == {}


@pytest.mark.parametrize(
    ("rir", "rpe", "is_easy"),
    [
        ((3, 5), None, False),
        ((4, 5), None, True),
        (None, (5, 7), False),
        (None, (5, 6), True),
        ((2, 3), (2, 4), False),
        ((5, 6), (9, 10), True),
        (None, None, False),
    ],
)
def test_easy_is_told_by_the_middle_of_rir_then_rpe(rir, rpe, is_easy):
    assert easy(dose(rir=rir, rpe=rpe)) is is_easy


def test_easy_and_hold_halve_each():
    both = {"primary": ("quadriceps",), "secondary": ("hamstrings",)}
    easy_dose = {"rir": (5, 6)}
    assert _credit(easy_dose, **both) == {"quadriceps": 4, "hamstrings": 2}
    assert _credit(dose_kind="hold", **both) == {"quadriceps": 4, "hamstrings": 2}
    assert _credit(easy_dose, dose_kind="hold", **both) == {"quadriceps": 2, "hamstrings": 1}


def test_sets_are_told_without_needless_digits():
    assert (sets_text(48), sets_text(52)) == ("6 sets", "6.5 sets")
