"""Hypothesis strategies: profiles, tiny problems, schedules for a problem, programs, odd texts.

They need the extra ``testing``: ``pip install 'legengine[testing]'``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError(
        "legengine.testing.strategies needs hypothesis: pip install 'legengine[testing]'"
    ) from error

from legengine.domain.problem import Problem
from legengine.domain.program import Program
from legengine.domain.schedule import Item, Schedule
from legengine.testing import tiny
from legengine.testing.handmade import handmade_program
from legengine.testing.profile_strategies import profiles
from legengine.testing.samples import PROGRAMS, START, TODAY, sample_program

if TYPE_CHECKING:
    from collections.abc import Sequence

_STARTS = (tiny.MON, "2026-12-01T18:00", tiny.WED, "2026-12-03T18:00", tiny.FRI, tiny.MON2)
_LUNGE = tiny.exercise("lunge", pattern="lunge", laterality="each")
_PLANK = tiny.exercise(
    "plank", pattern="core", block="trunk", primary=("core",), dose_kind="hold", seconds_per_rep=0
)
_CAST = (tiny.SQUAT, tiny.BRIDGE, tiny.CURL, _LUNGE, _PLANK)


def texts() -> st.SearchStrategy[str]:
    """What a person may write: any characters that a file may hold, and what breaks pages."""
    odd = ("<b>", "[red]", "| a | b |", "\x1b[31m", "\u202e", "a\nb", "`", "w" * 200, "")
    plain = st.text(st.characters(codec="utf-8"), max_size=40)
    return st.one_of(st.sampled_from(odd), plain)


@st.composite
def problems(draw: st.DrawFn, most_slots: int = 3, most_exercises: int = 3) -> Problem:
    """A tiny problem, small enough for ``legengine.testing.agreement``; some of it is limited.

    Rest, volume, the minutes of slots, the range of sets, what the person refuses, and whether the
    legs differ.
    """
    starts = draw(st.lists(st.sampled_from(_STARTS), min_size=1, max_size=most_slots, unique=True))
    cast = draw(
        st.lists(
            st.sampled_from(_CAST), min_size=1, max_size=most_exercises, unique_by=lambda e: e.id
        )
    )
    least = draw(st.integers(1, 3))
    sets = (least, least + draw(st.integers(0, 1)))
    slots = tuple(
        tiny.slot(start, minutes=draw(st.sampled_from((20, 30, 60)))) for start in sorted(starts)
    )
    cap = draw(st.sampled_from((16, 32, 400)))
    weeks = tuple(
        tiny.week(number, volume={"quadriceps": tiny.volume(aim_high=cap, cap=cap)})
        for number in range(1, max(slot.week for slot in slots) + 1)
    )
    made = tiny.problem(
        *cast,
        slots=slots,
        weeks=weeks,
        doses={each.id: tiny.dose(sets_min=sets[0], sets_max=sets[1]) for each in cast},
        muscle_groups={**tiny.MUSCLES, "core": "trunk"},
        rest_hours=dict.fromkeys(tiny.GROUPS, draw(st.sampled_from((0, 24, 48)))),
        eligibility={"never": frozenset(draw(st.sampled_from(((), (cast[0].id,)))))},
    )
    return replace(made, asymmetry=tiny.asymmetry(50)) if draw(st.booleans()) else made


@st.composite
def schedules(draw: st.DrawFn, problem: Problem) -> Schedule:
    """Any schedule that the columns of a problem could say, whatever the rules say of it."""
    items: list[Item] = []
    for slot in problem.slots:
        for id in problem.exercises:
            if id not in problem.doses or not draw(st.booleans()):
                continue
            dose = problem.dose(id, slot.week)
            items.append(Item(slot.id, id, draw(st.integers(dose.sets_min, dose.sets_max))))
    return Schedule(tuple(sorted(items)))


def programs(kinds: Sequence[str] = tuple(PROGRAMS)) -> st.SearchStrategy[Program]:
    """Programs of sample people, made by the engine once, and one made by hand with odd texts."""
    made = st.sampled_from(tuple(kinds)).map(sample_program)
    written = st.builds(
        lambda title, place: handmade_program(title=title or " ", place=place or " "),
        texts(),
        texts(),
    )
    return st.one_of(made, written)


__all__ = ["START", "TODAY", "problems", "profiles", "programs", "schedules", "texts"]
