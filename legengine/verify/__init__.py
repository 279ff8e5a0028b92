"""The independent checker: what the rules mean, said a second time from ``docs/rules.md``.

Nothing here shares code with the model. The facts of a schedule are derived from the problem
alone, each rule is one module under ``checks``, and the finished document is read as written.
"""

from __future__ import annotations

from legengine.verify.checker import check_schedule, score_levels
from legengine.verify.finished import check_program, schedules_of

__all__ = ["check_program", "check_schedule", "schedules_of", "score_levels"]
