"""A diff of two programs for people: what is different, where it repeats, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from legengine.advise.diff import ExerciseChange, ProgramDiff, SessionChange
from legengine.advise.telling import count
from legengine.cli.tables import bullet, hanging
from legengine.domain.program import Revision


def diff_text(diff: ProgramDiff, revision: Revision, width: int | None) -> str:
    """The changes with their reasons; sessions that change alike stand together."""
    lines = [f"From {revision.on:%a} {revision.on}:"]
    lines += [bullet(change, width) for change in revision.changes]
    lines.append("")
    for group in _alike(diff.sessions):
        lines += _session(group, revision, width)
    if not diff.sessions:
        lines.append("Nothing has to change.")
    lines += ["", hanging("", _counts(diff), width)]
    return "\n".join(lines)


def _counts(diff: ProgramDiff) -> str:
    every = [each for change in diff.sessions for each in change.exercises]
    went = sum(each.after is None for each in every)
    came = sum(each.before is None for each in every)
    told = f"{count(len(diff.sessions), 'session')} changed, {diff.untouched} as before"
    if every:
        stayed = len(every) - went - came
        told += f"; exercises: {went} out, {came} in, {stayed} with another dose"
    return f"{told} ({'proven least' if diff.proven == 'optimal' else 'not proven to be least'})"


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


def _session(
    group: Sequence[SessionChange], revision: Revision, width: int | None
) -> Iterator[str]:
    first = group[0]
    days = ", ".join(f"{moment:%m-%d}" for c in group[1:] if (moment := c.before or c.after))
    head = _head(first) + (f" (and {days})" if days else "")
    framed = f", {', '.join(first.frame)}" if first.frame else ""
    yield hanging("", f"{head}: {first.kind}{framed}", width)
    if first.reason not in revision.changes and not first.exercises:
        yield hanging("    because ", first.reason, width)
    for change in first.exercises:
        because = "" if change.reason in revision.changes else f": {change.reason}"
        sign, what = _exercise(change)
        yield hanging(f"  {sign}", what + because, width)


def _head(change: SessionChange) -> str:
    moment = change.before or change.after
    told = f"{moment:%a %Y-%m-%d}" if moment else ""
    if change.kind == "moved" and change.after is not None:
        told += f" to {change.after:%a %Y-%m-%d %H:%M}"
    return told


def _exercise(change: ExerciseChange) -> tuple[str, str]:
    """A sign (in, out, other), and the name with its sets."""
    if change.before is None:
        sign, sets = "+ ", count(change.after or 0, "set")
    elif change.after is None:
        sign, sets = "- ", count(change.before, "set")
    elif change.before == change.after:
        sign, sets = "~ ", count(change.before, "set")
    else:
        sign, sets = "~ ", f"{change.before} to {count(change.after, 'set')}"
    return sign, f"{change.name}, {sets}"
