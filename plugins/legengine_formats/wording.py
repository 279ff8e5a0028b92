"""How doses, loads, effort, times and dates are written, in one place for every format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from legengine.domain.program import Prescription, Reason, Session
from legengine.domain.vocabulary import Block, Laterality

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

SIDES: Final[dict[Laterality, str]] = {"both": "", "each": "each side", "alternating": "in all"}
"""What a count speaks about."""

PARTS: Final[dict[Block, str]] = {
    "warm_up": "Warm-up",
    "power": "Power",
    "balance": "Balance",
    "compound": "Strength",
    "isolation": "Strength",
    "trunk": "Trunk",
    "endurance": "Endurance",
    "cool_down": "Cool-down",
}
"""The headings of a session."""


# --- numbers, times, dates -----------------------------------------------------------------


def number(value: float, digits: int = 2) -> str:
    """A number without needless digits: 3, 3.5, 12.25."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def span(low: float, high: float) -> str:
    """A range, or one number where both ends are the same."""
    return number(low) if low == high else f"{number(low)}-{number(high)}"


def duration(seconds: int) -> str:
    """A short time: 45 s, 90 s, 2 min, 2 min 30 s."""
    if seconds < 120:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def minutes_text(least: int, most: int | None = None) -> str:
    """The length of sessions, in whole minutes."""
    return f"about {span(least, least if most is None else most)} min"


def plural(count: int, word: str) -> str:
    """A count with its word."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def day_text(day: dt.date, *, year: bool = False) -> str:
    """A date with its weekday: Mon 5 Jan, or Mon 5 Jan 2026."""
    text = f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def clock(moment: dt.datetime) -> str:
    """The time of day."""
    return f"{moment.hour:02}:{moment.minute:02}"


def days_between(first: dt.date, last: dt.date) -> str:
    """A stretch of days without weekdays: 5-18 Jan, 26 Jan - 8 Feb."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{last.day} {MONTHS[last.month - 1]}"
    return f"{first.day} {MONTHS[first.month - 1]} - {last.day} {MONTHS[last.month - 1]}"


def weeks_text(numbers: Sequence[int]) -> str:
    """Week numbers in words: week 3, weeks 1-4, weeks 1, 3 and 5-6."""
    runs: list[tuple[int, int]] = []
    for week in sorted(numbers):
        if runs and runs[-1][1] == week - 1:
            runs[-1] = (runs[-1][0], week)
        else:
            runs.append((week, week))
    word = "week" if len(numbers) == 1 else "weeks"
    return f"{word} {listing([str(a) if a == b else f'{a}-{b}' for a, b in runs])}"


def listing(words: Iterable[str]) -> str:
    """Words in a row: a, b and c."""
    items = list(words)
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def spoken(identifier: str) -> str:
    """An identifier as words."""
    return identifier.replace("_", " ").strip()


def sentence(text: str) -> str:
    """Text with a capital and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:" else ".")


# --- prescriptions -------------------------------------------------------------------------


def amount_text(item: Prescription) -> str:
    """Sets and what a set is: 3 x 12, 3 x 30 s, 2 x 20 m, 15 min.

    The side is left out, but where the legs differ: right 4 x 12, then left 3 x 12.
    """
    if item.dose_kind == "duration" and item.minutes is not None:
        return f"{item.minutes} min"
    if not item.sides:
        return _sets_text(item, item.sets, item.reps, item.hold_s)
    each = [_sets_text(item, dose.sets, dose.reps, dose.hold_s) for dose in item.sides]
    if len(set(each)) == 1:
        return f"{each[0]} each side"
    return ", then ".join(
        f"{dose.side} {text}" for dose, text in zip(item.sides, each, strict=True)
    )


def _sets_text(item: Prescription, sets: int, reps: int | None, hold_s: int | None) -> str:
    """So many sets of what a set is."""
    counts = {
        "repetitions": str(reps) if reps else "",
        "hold": duration(hold_s) if hold_s else "",
        "distance": f"{item.metres} m" if item.metres else "",
        "duration": "",
    }
    unit = counts[item.dose_kind]
    if not unit:
        return plural(sets, "set")
    held = f", {duration(hold_s)} held" if hold_s and item.dose_kind != "hold" else ""
    return f"{sets} x {unit}{held}"


def side_text(item: Prescription) -> str:
    """What a count speaks about: each side, in all, which side first, or nothing."""
    if item.sides:
        return f"{item.sides[0].side} first"
    return "" if item.dose_kind == "duration" else SIDES[item.laterality]


def dose_text(item: Prescription) -> str:
    """The dose in full: 3 x 12 each side, or right 4 x 12, then left 3 x 12."""
    if item.sides:
        amount = amount_text(item)
        return f"{amount}, {side_text(item)}" if amount.endswith("each side") else amount
    return f"{amount_text(item)} {side_text(item)}".rstrip()


def kilograms(item: Prescription) -> str:
    """The load as a number, where there is one."""
    return "" if item.load_kg is None else f"{number(item.load_kg)} kg"


def percent_text(item: Prescription) -> str:
    """The load as a share of the most that can be lifted once."""
    return "" if item.percent_1rm is None else f"{number(item.percent_1rm)} % of 1RM"


def load_text(item: Prescription) -> str:
    """The load, or how to find it; empty for bodyweight."""
    load, percent = kilograms(item), percent_text(item)
    if load:
        return f"{load} ({percent})" if percent else load
    return item.load_text or percent


def effort_text(item: Prescription) -> str:
    """Effort of 10 and repetitions left."""
    effort = [f"{span(*item.rpe)} of 10"] if item.rpe else []
    if item.rir:
        effort.append(f"{span(*item.rir)} reps left")
    return ", ".join(effort)


def rest_text(item: Prescription) -> str:
    """Rest between sets; empty where there is nothing to rest between."""
    single = item.sets + item.extra == 1 or (
        item.dose_kind == "duration" and item.minutes is not None
    )
    return "" if single or not item.rest_s else duration(item.rest_s)


def range_text(item: Prescription) -> str:
    """The range in which the repetitions may lie, where it is one."""
    bounds = item.reps_range
    if not bounds or not bounds[0] or not item.reps or bounds == (item.reps, item.reps):
        return ""
    return f"range {span(*bounds)}"


def warmup_text(item: Prescription) -> str:
    """Lighter sets before the first."""
    return f"{plural(item.warmup_sets, 'lighter set')} first" if item.warmup_sets else ""


def tempo_text(item: Prescription) -> str:
    """The tempo with its word."""
    return f"tempo {item.tempo}" if item.tempo else ""


def note_text(item: Prescription) -> str:
    """What belongs to a dose beside its numbers; a shortened range of motion comes first."""
    limits = item.range_note.strip().rstrip(".")
    parts = (limits, warmup_text(item), tempo_text(item), range_text(item))
    return "; ".join(part for part in parts if part)


def detail_texts(item: Prescription) -> tuple[str, ...]:
    """All of a prescription but its name and dose, as short lines."""
    load, effort, rest = load_text(item), effort_text(item), rest_text(item)
    effort = f"effort {effort}" if item.rpe else effort
    first = "; ".join(part for part in (load, effort, f"rest {rest}" if rest else "") if part)
    return tuple(line for line in (first, note_text(item)) if line)


def reason_text(reason: Reason, *, sources: bool) -> str:
    """A reason as a sentence, with the keys of its sources where they are wanted."""
    text = sentence(reason.text)
    return f"{text} {keys_text(reason.sources)}".rstrip() if sources else text


def keys_text(keys: Sequence[str]) -> str:
    """Keys of sources in brackets."""
    return f"[{', '.join(keys)}]" if keys else ""


def equipment_of(items: Iterable[Prescription]) -> tuple[str, ...]:
    """What the exercises need, in the order in which it is needed."""
    return tuple(dict.fromkeys(spoken(thing) for item in items for thing in item.equipment))


def overhead_minutes(session: Session) -> int:
    """Whole minutes of a session that no exercise takes: warming up, changing over, easing off."""
    return max(0, session.seconds - sum(item.seconds for item in session.prescriptions)) // 60
