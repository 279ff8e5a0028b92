"""Room for easy sessions beside the training of a week."""

from __future__ import annotations

from typing import Final

from legengine.domain.protocol import FrequencyRow

BUSY_DAYS: Final = 6
"""Most days of a week with a session on them [D]."""


def easy_sessions(row: FrequencyRow, days: int, wished: int | None) -> int:
    """Days beyond the phase's most training sessions; one day of the week stays free.

    Who wishes for a number of sessions wishes for no more of any kind.
    """
    room = min(days, BUSY_DAYS, days if wished is None else wished)
    return max(room - row.sessions[1], 0)
