"""Answers about a program in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from legengine.advise.gains import told
from legengine.advise.telling import count, day_text
from legengine.cli.tables import bullet, wrapped
from legengine.domain.margin import amount
from legengine.verify.binds import NEVER_TOLD

if TYPE_CHECKING:
    from legengine.advise.analysis import PhaseAnalysis
    from legengine.domain.gains import Gains
    from legengine.domain.why import ItemWhy, LeftOut, Moved, SessionWhy, WhatIf, WhyReport

SHOWN: Final = 5
"""How many of a kind are told; JSON has all."""


# --- limits --------------------------------------------------------------------------------


def limits_text(phases: Sequence[PhaseAnalysis], file: str, width: int | None) -> str:
    """What sets the limits of every phase, and how to ask further."""
    lines = []
    for phase in phases:
        numbers = [week.number for week in phase.problem.weeks]
        lines.append(f"Phase {phase.number}: {phase.problem.title} ({weeks_text(numbers)})")
        for bind in phase.binds:
            every = list(bind.weeks) == numbers
            weeks = "" if every else f" ({weeks_text(bind.weeks)})"
            lines.append(bullet(bind.sentence + weeks, width))
        if not phase.binds:
            lines.append(bullet("no rule is at its limit", width))
        lines.append("")
    first = next((slot for phase in phases for slot in phase.sessions), None)
    if first is not None:
        day = first.start.date()
        lines.append(f"why a session:    legengine explain {file} --session {day}")
        lines.append(f"why an exercise:  legengine explain {file} --exercise ID")
    lines.append(f"what would help:  legengine explain {file} --gains")
    return "\n".join(lines)


def weeks_text(numbers: Iterable[int]) -> str:
    """``week 3``, ``weeks 1-4 and 6``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    single = len(runs) == 1 and len(runs[0]) == 1
    return f"{'week' if single else 'weeks'} {_listing(said)}"


def _listing(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


# --- why -----------------------------------------------------------------------------------


def why_text(report: WhyReport, width: int | None) -> str:
    """Every answer of a report."""
    parts = [_session(each, width) for each in report.sessions]
    parts += [_item(each, width) for each in report.items]
    parts += [_left_out(each, width) for each in report.left_out]
    return "\n\n".join("\n".join(part) for part in parts)


def _section(title: str, texts: Sequence[str], width: int | None, more: str = "") -> list[str]:
    """A heading with the first of some texts, and how many more there are; nothing for none."""
    if not texts:
        return []
    lines = [title, *(bullet(text, width) for text in texts[:SHOWN])]
    if len(texts) > SHOWN:
        lines.append(bullet(f"and {len(texts) - SHOWN} more{more}", width))
    return lines


def _session(why: SessionWhy, width: int | None) -> list[str]:
    head = f"{day_text(why.start)} {why.start:%H:%M}, {why.place}: phase {why.phase}, {why.title}"
    lines = [head, "Its exercises, each with what needs it"]
    lines += [bullet(f"{item.name} [{item.exercise}]: {item.because}", width) for item in why.items]
    lines += _section("What the session uses up", list(_used(why.margins)), width)
    lines += _without(f"With every {why.start:%A} free", why.without, width)
    return lines


def _item(why: ItemWhy, width: int | None) -> list[str]:
    lines = [f"{why.name}  [{why.exercise}]"]
    place = f"{count(why.sets, 'set')} on {day_text(why.start)}, phase {why.phase}, {why.title}"
    others = [day for day in why.repeats if day != why.start.date()]
    if others:
        place += f"; the same on {_listing([day_text(day) for day in others])}"
    lines.append(wrapped(place, width))
    lines += _section("Needed for", list(_needed(why.margins)), width)
    lines += _section("Uses up", list(_used(why.margins)), width)
    lines += _without("Without it", why.without, width)
    lines += instead_text(why.alternatives, width)
    return lines


def _needed(margins: Iterable[Moved]) -> Iterator[str]:
    """Limits that would be broken without it, equal ones once."""
    weeks: dict[str, list[int]] = {}
    for each in margins:
        if each.needed and each.without is not None:
            margin = each.margin
            away = each.without if margin.side == "at least" else -each.without
            left = amount(margin.required + away, margin.unit)
            weeks.setdefault(f"{margin.sentence}; without it {left}", []).append(margin.week)
    return (f"{text} ({weeks_text(numbers)})" for text, numbers in weeks.items())


def _used(margins: Iterable[Moved]) -> Iterator[str]:
    """Limits of which it takes the last, equal ones once; that of its own dose is no news."""
    weeks: dict[str, list[int]] = {}
    for each in margins:
        margin = each.margin
        limits = each.used_up and margin.side == "at most" and margin.required
        if limits and (margin.rule, margin.clause) not in NEVER_TOLD:
            weeks.setdefault(margin.sentence, []).append(margin.week)
    return (f"{text} ({weeks_text(numbers)})" for text, numbers in weeks.items())


def _without(title: str, change: WhatIf, width: int | None) -> list[str]:
    texts = [f"breaks {each.rule.replace('_', ' ')}: {each.sentence}" for each in change.breaks]
    texts += [each.sentence for each in change.effects if each.sentence]
    return _section(title, texts or ["nothing gets worse"], width)


def instead_text(alternatives: Sequence[WhatIf], width: int | None) -> list[str]:
    """What could stand in its place, the best first, and what could not."""
    keeping = [each for each in alternatives if each.keeps_rules]
    breaking = [each for each in alternatives if not each.keeps_rules]
    if not alternatives:
        return ["In its place", bullet("no other exercise is open here", width)]
    title = f"In its place ({len(keeping)} of {len(alternatives)} that are open keep every rule)"
    texts = [f"{each.name} [{each.exercise}], {_cost(each)}" for each in keeping]
    lines = _section(title, texts, width, " that keep every rule") or [title]
    texts = [f"{each.name} [{each.exercise}]: {each.breaks[0].sentence}" for each in breaking]
    lines += _section("Would break a rule there", texts, width)
    return lines


def _cost(change: WhatIf) -> str:
    said = [each.sentence for each in change.effects if each.sentence]
    sets = f"{count(change.sets, 'set')}: "
    return sets + ("; ".join(said) or "as good")


def _left_out(why: LeftOut, width: int | None) -> list[str]:
    lines = [f"{why.name}  [{why.exercise}] is not in phase {why.phase}, {why.title}"]
    closed = [f"at {each.place}: {each.sentence}" for each in why.closed]
    lines += _section("Closed", closed, width)
    if why.ways:
        lines += _ways(why.ways, width)
    return lines


def _ways(ways: Sequence[WhatIf], width: int | None) -> list[str]:
    keeping = [each for each in ways if each.keeps_rules]
    if not keeping:
        title = "Open, but no single change lets it in; the nearest"
        texts = [f"{_way(each)}: {each.breaks[0].sentence}" for each in ways]
        return _section(title, texts, width)
    title = _judged(keeping[0])
    return _section(title, [f"{_way(each)}, {_cost(each)}" for each in keeping], width)


def _judged(best: WhatIf) -> str:
    """Why the best way was not taken."""
    for level, change in best.levels.items():
        if level == "canonical" or not change:
            continue
        if change > 0:
            return "Open, but what is there serves the wishes better; the cheapest ways in"
        return "Open, and it would serve the wishes better than what the search found"
    return "Open, and as good as what is there; the ways in"


def _way(change: WhatIf) -> str:
    day = f"{change.start:%A}s from {day_text(change.start)}"
    return f"in place of {change.instead_of}, {day}" if change.instead_of else f"added, {day}"


# --- gains ---------------------------------------------------------------------------------


def gains_text(found: Gains, width: int | None) -> str:
    """Every change that was tried with what it brings."""
    lines = [f"What a little more would bring ({count(len(found.gains), 'change')} tried)"]
    for gain in found.gains:
        opens = f", opens {count(gain.unlocks, 'exercise')}" if gain.unlocks else ""
        lines.append(bullet(f"{gain.summary}{opens}: {told(gain)}", width))
    if not found.gains:
        lines.append(bullet("nothing to try", width))
    if found.untried:
        more = count(found.untried, "more item")
        lines.append(f"not tried: {more}, which open no more than these")
    return "\n".join(lines)
