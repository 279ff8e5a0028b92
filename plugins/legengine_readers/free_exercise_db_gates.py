"""Gates before the harder exercises of free-exercise-db, which knows none itself.

An imported lift must not open sooner than the same movement of the bundled library. The numbers
are those of its gates ``barbell``, ``lunge`` and ``single_leg``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from legengine.domain.exercise import Exercise, Gate, Need

BARBELL: Final = (
    Need(
        fact="goblet_squat_reps",
        at_least=10,
        text="10 goblet squats with a quarter of body mass or more",
    ),
    Need(fact="balance_flag", at_most=0, text="no mark for poor balance"),
)
TAUGHT: Final = (
    Need(fact="trained_weeks", at_least=12, text="at least 12 weeks of regular strength training"),
    Need(fact="coached", at_least=1, text="or a coach who teaches and watches the lifts"),
)
ONE_LEG: Final = (
    Need(fact="split_squat_reps", at_least=10, text="2 sets of 10 split squats on each side"),
    Need(fact="tandem_stance_s", at_least=10, text="10 s in tandem stance"),
    Need(fact="single_leg_stance_s", at_least=20, text="20 s on one leg, each side"),
    Need(
        fact="step_down_reps",
        at_least=10,
        text="2 sets of 10 low step-downs on each side with a level pelvis",
    ),
)


def gates_for(exercises: Iterable[Exercise], prefix: str) -> Iterator[Gate]:
    """The gates that imported exercises need: barbell lifts, and lunges and step-ups."""
    kept = sorted(exercises, key=lambda each: each.id)
    barbell = tuple(each.id for each in kept if "barbell" in each.equipment[0])
    one_leg = tuple(each.id for each in kept if each.pattern == "lunge")
    if barbell:
        yield Gate(
            id=f"{prefix}_barbell",
            opens=barbell,
            needs=BARBELL,
            either=(TAUGHT,),
            summary="Imported barbell lifts open after goblet squats with a real load, 12 weeks "
            "of training or a coach, and steady balance.",
            sources=("D",),
        )
    if one_leg:
        yield Gate(
            id=f"{prefix}_one_leg",
            opens=one_leg,
            needs=ONE_LEG,
            summary="Imported lunges and step-ups open after split squats on the spot, steady "
            "balance and clean low step-downs.",
            sources=("D",),
        )
