"""The text of a starter profile."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from legengine.domain.vocabulary import Cause, Goal

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_TEXT: Final = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


@dataclass(slots=True)
class Starter:
    """What a starter profile says; what isn't known stays a comment."""

    age: int = 45
    sex: str = "female"
    mass: str = ""
    height: str = ""
    cause: str = "disuse"
    goal: str = "function"
    days: Sequence[str] = ("monday", "wednesday", "friday")
    start_time: str = "18:00"
    minutes: int = 45
    place: str = "home"
    equipment: Sequence[str] = ("home_basics",)
    weeks: int = 12
    red_flags: Mapping[str, bool | float] | None = None
    """Signs that are present; empty: none is; ``None``: not answered."""
    parq: Sequence[str] | None = None
    """Items of PAR-Q+ page 1 that were answered yes; ``None``: not answered."""

    def text(self) -> str:
        """The profile as YAML with comments."""
        parts = [_HEAD, self._person(), self._screening(), self._when_and_where(), _EXAMPLES]
        return "\n".join(parts)

    def _person(self) -> str:
        mass = (
            f"  mass: {json.dumps(self.mass)}" if self.mass else '  # mass: "68 kg"      # kg or lb'
        )
        height = (
            f"  height: {json.dumps(self.height)}"
            if self.height
            else '  # height: "170 cm"   # cm or in'
        )
        return f"""\
person:
  age: {self.age}
  sex: {self.sex}  # female or male: norms of tests differ
{mass}
{height}

# What made the legs weak: {", ".join(get_args(Cause))}
cause: {self.cause}

# What for: {", ".join(get_args(Goal))}
goal: {self.goal}
"""

    def _screening(self) -> str:
        if self.red_flags is None and self.parq is None:
            return _SCREENING + "# screening:\n#   red_flags: none\n#   parq_page1: all_no\n"
        lines = ["screening:"]
        if self.red_flags is None:
            lines.append("  # red_flags: none")
        elif not self.red_flags:
            lines.append("  red_flags: none")
        else:
            lines.append("  red_flags:")
            lines += [
                f"    {name}: {'true' if value is True else f'{value:g}'}"
                for name, value in self.red_flags.items()
            ]
        if self.parq is None:
            lines.append("  # parq_page1: all_no")
        else:
            lines.append(f"  parq_page1: {_list(self.parq) if self.parq else 'all_no'}")
        return _SCREENING + "\n".join(lines) + "\n"

    def _when_and_where(self) -> str:
        return f"""\
# What is there to train with: single items, or a set of items such as home_basics or full_gym.
# 'legengine exercises --equipment NAME' shows what can be done with it.
places:
  {_word(self.place)}:
    equipment: {_list(self.equipment)}
    # loads:
    #   dumbbell: {{from: 2 kg, to: 20 kg, step: 2 kg}}

# When there is time in an ordinary week.
availability:
  - days: {_list(self.days)}
    start: {json.dumps(self.start_time)}
    minutes: {self.minutes}

weeks: {self.weeks}
# start: 2026-11-30  # the first day; left out: the next Monday
"""


def _list(words: Sequence[str]) -> str:
    return "[" + ", ".join(map(_word, words)) + "]"


def _word(text: str) -> str:
    """A word as YAML; in quotes where it could be read as something else."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT
    return text if plain else json.dumps(text, ensure_ascii=False)


_HEAD: Final = """\
# A profile for legengine: who trains, what for, when, where and with what.
# Change what isn't so, and then: legengine generate THIS-FILE
# Every field that a profile can have: legengine schema profile

schema_version: 1
"""

_SCREENING: Final = """\
# Questions before training. What isn't answered is never taken for no: without answers there is
# no program but a note on what to clear up first.
# - red_flags: 'none' only after reading the list of warning signs; otherwise the signs that are
#   present, such as {numbness: true}. The list: legengine init, or the guide to the screening.
# - parq_page1: 'all_no', or the items of the PAR-Q+ (eparmedx.com) that were answered yes.
"""

_EXAMPLES: Final = """\
# More that a program can take into account; take away the '#' where it fits.
# conditions: [knee_oa]             # known conditions, by the library's names
# pain:
#   knee: {worst: 3, assessed: true}
# assessments:
#   chair_stand_30s: 12             # stands in 30 seconds, arms crossed
#   single_leg_stance_s: {left: 20, right: 20}
# experience:
#   trained_weeks: 0
# nutrition: {diet: vegetarian, avoid: [nuts], meals: 4}
# wishes:
#   prefer: [glute_bridge]
#   never: [lunge]
# clearance:                        # where a professional has allowed training
#   by: "name of the professional"
#   on: 2026-11-01
"""
