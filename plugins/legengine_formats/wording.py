"""How doses, loads, effort, times and dates are written, in one place for every format.

All of it is in the language and the unit that are spoken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from legengine import language
from legengine.domain.program import Prescription, Reason, Session
from legengine.domain.vocabulary import Block
from legengine.language import marked, mass, said, tr, trn

DAYS: Final = (
    marked("Mon"), marked("Tue"), marked("Wed"), marked("Thu"), marked("Fri"), marked("Sat"),
    marked("Sun"),
)  # fmt: skip
MONTHS: Final = (
    marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), marked("May"), marked("Jun"),
    marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec"),
)  # fmt: skip

PARTS: Final[dict[Block, str]] = {
    "warm_up": marked("Warm-up"),
    "power": marked("Power"),
    "balance": marked("Balance"),
    "compound": marked("Strength"),
    "isolation": marked("Strength"),
    "trunk": marked("Trunk"),
    "endurance": marked("Endurance"),
    "cool_down": marked("Cool-down"),
}
"""The headings of a session, to be said by ``part``."""


# --- numbers, times, dates -----------------------------------------------------------------


def number(value: float, digits: int = 2) -> str:
    """A number without needless digits: 3, 3.5, 12.25."""
    return language.number(value, digits)


def span(low: float, high: float) -> str:
    """A range, or one number where both ends are the same."""
    return number(low) if low == high else f"{number(low)}-{number(high)}"


def duration(seconds: int) -> str:
    """A short time: 45 s, 90 s, 2 min, 2 min 30 s."""
    if seconds < 120:
        return tr("{seconds} s", seconds=seconds)
    minutes, rest = divmod(seconds, 60)
    if rest:
        return tr("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return tr("{minutes} min", minutes=minutes)


def minutes_text(least: int, most: int | None = None) -> str:
    """The length of sessions, in whole minutes."""
    return tr("about {minutes} min", minutes=span(least, least if most is None else most))


def day_text(day: dt.date, *, year: bool = False) -> str:
    """A date with its weekday: Mon 5 Jan, or Mon 5 Jan 2026."""
    parts = {"weekday": tr(DAYS[day.weekday()]), "day": day.day, "month": month_text(day)}
    if year:
        return tr("{weekday} {day} {month} {year}", year=day.year, **parts)
    return tr("{weekday} {day} {month}", **parts)


def month_text(day: dt.date) -> str:
    """The month of a date, short."""
    return tr(MONTHS[day.month - 1])


def clock(moment: dt.datetime) -> str:
    """The time of day."""
    return f"{moment.hour:02}:{moment.minute:02}"


def days_between(first: dt.date, last: dt.date) -> str:
    """A stretch of days without weekdays: 5-18 Jan, 26 Jan - 8 Feb."""
    end = {"last": last.day, "last_month": month_text(last)}
    if (first.year, first.month) == (last.year, last.month):
        return tr("{first}-{last} {last_month}", first=first.day, **end)
    begin = {"first": first.day, "first_month": month_text(first)}
    return tr("{first} {first_month} - {last} {last_month}", **begin, **end)


def week_numbers(numbers: Sequence[int]) -> str:
    """Numbers of weeks without a word: 3, 1-4, 1, 3 and 5-6."""
    runs: list[tuple[int, int]] = []
    for week in sorted(numbers):
        if runs and runs[-1][1] == week - 1:
            runs[-1] = (runs[-1][0], week)
        else:
            runs.append((week, week))
    return listing([str(a) if a == b else f"{a}-{b}" for a, b in runs])


def weeks_text(numbers: Sequence[int]) -> str:
    """Week numbers in words: week 3, weeks 1-4, weeks 1, 3 and 5-6."""
    return trn(len(numbers), "week {weeks}", "weeks {weeks}", weeks=week_numbers(numbers))


def in_weeks(numbers: Sequence[int]) -> str:
    """When, in words: in week 3, in weeks 1-4."""
    return trn(len(numbers), "in week {weeks}", "in weeks {weeks}", weeks=week_numbers(numbers))


def listing(words: Iterable[str]) -> str:
    """Words in a row: a, b and c."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return tr("{items} and {last}", items=", ".join(items[:-1]), last=items[-1])


def either(words: Iterable[str]) -> str:
    """Words of which one is meant: a or b or c."""
    between = tr("or")
    return f" {between} ".join(words)


def spoken(identifier: str) -> str:
    """An identifier as words."""
    return said(identifier.replace("_", " ").strip())


def sentence(text: str) -> str:
    """Text with a capital and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:" else ".")


def told(text: str) -> str:
    """A text of the program as a sentence in the language that is spoken."""
    return sentence(said(text.strip()))


def headline(text: str) -> str:
    """A text of the program as a sentence without its full stop."""
    return told(text).rstrip(".")


# --- prescriptions -------------------------------------------------------------------------


def part(block: Block) -> str:
    """The heading of a part of a session."""
    return tr(PARTS[block])


def in_parts(items: Iterable[Prescription]) -> Iterator[tuple[str, list[Prescription]]]:
    """The exercises of a session by its parts, each with its heading."""
    for heading, found in groupby(items, key=lambda item: part(item.block)):
        yield heading, list(found)


def side_name(side: str) -> str:
    """A side as a word beside a dose: left, right."""
    return tr("left") if side == "left" else tr("right")


def amount_text(item: Prescription) -> str:
    """Sets and what a set is: 3 x 12, 3 x 30 s, 2 x 20 m, 15 min.

    The side is left out, but where the legs differ: right 4 x 12, then left 3 x 12.
    """
    if item.dose_kind == "duration" and item.minutes is not None:
        return tr("{minutes} min", minutes=item.minutes)
    if not item.sides:
        return _sets_text(item, item.sets, item.reps, item.hold_s)
    each = _of_sides(item)
    if each[0] == each[-1]:
        return tr("{dose} each side", dose=each[0])
    return tr(
        "{side} {dose}, then {other_side} {other_dose}",
        side=side_name(item.sides[0].side),
        dose=each[0],
        other_side=side_name(item.sides[1].side),
        other_dose=each[1],
    )


def _of_sides(item: Prescription) -> list[str]:
    return [_sets_text(item, dose.sets, dose.reps, dose.hold_s) for dose in item.sides]


def sides_alike(item: Prescription) -> bool:
    """Whether both sides do the same, where a prescription tells them one by one."""
    return len(set(_of_sides(item))) == 1


def _sets_text(item: Prescription, sets: int, reps: int | None, hold_s: int | None) -> str:
    """So many sets of what a set is."""
    counts = {
        "repetitions": str(reps) if reps else "",
        "hold": duration(hold_s) if hold_s else "",
        "distance": tr("{metres} m", metres=item.metres) if item.metres else "",
        "duration": "",
    }
    unit = counts[item.dose_kind]
    if not unit:
        return trn(sets, "{count} set", "{count} sets")
    if hold_s and item.dose_kind != "hold":
        return tr("{sets} x {unit}, {held} held", sets=sets, unit=unit, held=duration(hold_s))
    return tr("{sets} x {unit}", sets=sets, unit=unit)


def side_text(item: Prescription) -> str:
    """What a count speaks about: each side, in all, which side first, or nothing."""
    if item.sides:
        return first_text(item.sides[0].side)
    if item.dose_kind == "duration" or item.laterality == "both":
        return ""
    return tr("each side") if item.laterality == "each" else tr("in all")


def first_text(side: str) -> str:
    """Which side begins: left first."""
    return tr("left first") if side == "left" else tr("right first")


def says_each_side(item: Prescription) -> bool:
    """Whether the dose speaks of each side."""
    if item.sides:
        return sides_alike(item) and item.dose_kind != "duration"
    return item.laterality == "each" and item.dose_kind != "duration"


def dose_text(item: Prescription) -> str:
    """The dose in full: 3 x 12 each side, or right 4 x 12, then left 3 x 12."""
    amount = amount_text(item)
    if item.sides:
        if not says_each_side(item):
            return amount
        return tr("{dose}, {side}", dose=amount, side=side_text(item))
    return f"{amount} {side_text(item)}".rstrip()


def kilograms(item: Prescription) -> str:
    """The load with its unit, where there is a number: 20 kg, or 44 lb."""
    return "" if item.load_kg is None else mass(item.load_kg)


def percent_text(item: Prescription) -> str:
    """The load as a share of the most that can be lifted once."""
    if item.percent_1rm is None:
        return ""
    return tr("{percent} % of 1RM", percent=number(item.percent_1rm))


def load_text(item: Prescription) -> str:
    """The load, or how to find it; empty for bodyweight."""
    load, percent = kilograms(item), percent_text(item)
    if load:
        return f"{load} ({percent})" if percent else load
    return said(item.load_text) if item.load_text else percent


def effort_text(item: Prescription) -> str:
    """Effort of 10 and repetitions left."""
    effort = [tr("{effort} of 10", effort=span(*item.rpe))] if item.rpe else []
    if item.rir:
        effort.append(tr("{reps} reps left", reps=span(*item.rir)))
    return ", ".join(effort)


def named_effort(item: Prescription) -> str:
    """Effort with its word where it needs one: effort 5-6 of 10, 2 reps left."""
    effort = effort_text(item)
    return tr("effort {effort}", effort=effort) if item.rpe else effort


def rest_text(item: Prescription) -> str:
    """Rest between sets; empty where there is nothing to rest between."""
    single = item.sets + item.extra == 1 or (
        item.dose_kind == "duration" and item.minutes is not None
    )
    return "" if single or not item.rest_s else duration(item.rest_s)


def named_rest(item: Prescription) -> str:
    """Rest with its word: rest 90 s."""
    rest = rest_text(item)
    return tr("rest {rest}", rest=rest) if rest else ""


def range_text(item: Prescription) -> str:
    """The range in which the repetitions may lie, where it is one."""
    bounds = item.reps_range
    if not bounds or not bounds[0] or not item.reps or bounds == (item.reps, item.reps):
        return ""
    return tr("range {bounds}", bounds=span(*bounds))


def range_note(item: Prescription) -> str:
    """A shortened range of motion, without a full stop."""
    return said(item.range_note.strip()).rstrip(".")


def warmup_text(item: Prescription) -> str:
    """Lighter sets before the first."""
    if not item.warmup_sets:
        return ""
    return trn(item.warmup_sets, "{count} lighter set first", "{count} lighter sets first")


def tempo_text(item: Prescription) -> str:
    """The tempo with its word."""
    return tr("tempo {tempo}", tempo=said(item.tempo)) if item.tempo else ""


def note_text(item: Prescription) -> str:
    """What belongs to a dose beside its numbers; a shortened range of motion comes first."""
    parts = (range_note(item), warmup_text(item), tempo_text(item), range_text(item))
    return "; ".join(part for part in parts if part)


def detail_texts(item: Prescription) -> tuple[str, ...]:
    """All of a prescription but its name and dose, as short lines."""
    facts = (load_text(item), named_effort(item), named_rest(item))
    first = "; ".join(fact for fact in facts if fact)
    return tuple(line for line in (first, note_text(item)) if line)


def reason_text(reason: Reason, *, sources: bool) -> str:
    """A reason as a sentence, with the keys of its sources where they are wanted."""
    text = told(reason.text)
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
