"""A diff of two programs for people: what is different, where it repeats, and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from legengine.advise.diff import ExerciseChange, ProgramDiff, SessionChange
from legengine.domain.program import Revision


def diff_text(diff: ProgramDiff, revision: Revision) -> str:
    """The changes with their reasons; sessions that change alike stand together."""
    lines = [f"from {revision.on:%a} {revision.on}: {'; '.join(revision.changes)}", ""]
    for group in _alike(diff.sessions):
        lines += _session(group)
    if not diff.sessions:
        lines.append("nothing has to change")
    lines += ["", _counts(diff)]
    return "\n".join(lines)


def _counts(diff: ProgramDiff) -> str:
    every = [each for change in diff.sessions for each in change.exercises]
    went = sum(each.after is None for each in every)
    came = sum(each.before is None for each in every)
    told = f"{_count(len(diff.sessions), 'session')} changed, {diff.untouched} as before"
    if every:
        stayed = len(every) - went - came
        told += f"; exercises: {went} out, {came} in, {stayed} with another dose"
    return f"{told} ({'proven least' if diff.proven == 'optimal' else 'not proven to be least'})"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _alike(changes: Sequence[SessionChange]) -> list[list[SessionChange]]:
    """Sessions of one weekday with the same changes, in groups, by their first day."""
    ordered = sorted(changes, key=lambda change: (_what(change), _when(change)))
    groups = [list(group) for _, group in groupby(ordered, key=_what)]
    return sorted(groups, key=lambda group: _when(group[0]))


def _when(change: SessionChange) -> str:
    return str(change.before or change.after)


def _what(change: SessionChange) -> str:
    moment = change.after or change.before
    day = f"{moment:%a %H:%M}" if moment else ""
    exercises = [(each.name, each.before, each.after, each.reason) for each in change.exercises]
    return repr((change.kind, day, change.frame, change.reason, exercises))


def _session(group: Sequence[SessionChange]) -> list[str]:
    first = group[0]
    days = ", ".join(f"{moment:%m-%d}" for c in group[1:] if (moment := c.before or c.after))
    head = _head(first) + (f" (and {days})" if days else "")
    lines = [f"{head}: {first.kind}" + (f", {', '.join(first.frame)}" if first.frame else "")]
    if first.kind != "changed" or not first.exercises:
        lines.append(f"    because {first.reason}")
    lines += [f"  {_exercise(change)}" for change in first.exercises]
    return lines


def _head(change: SessionChange) -> str:
    moment = change.before or change.after
    told = f"{moment:%a %Y-%m-%d}" if moment else ""
    if change.kind == "moved" and change.after is not None:
        told += f" to {change.after:%a %Y-%m-%d %H:%M}"
    return told


def _exercise(change: ExerciseChange) -> str:
    if change.before is None:
        sign, sets = "+", _count(change.after or 0, "set")
    elif change.after is None:
        sign, sets = "-", _count(change.before, "set")
    elif change.before == change.after:
        sign, sets = "~", _count(change.before, "set")
    else:
        sign, sets = "~", f"{change.before} to {_count(change.after, 'set')}"
    return f"{sign} {change.name}, {sets}: {change.reason}"
