"""The half of ``explain`` that speaks about a profile: why no program exists, and what helps."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from legengine.cli import standard_output, worker
from legengine.cli.dates import next_monday, today_here
from legengine.cli.files import refuse_to_overwrite, write_files
from legengine.cli.pointing import pointing_into
from legengine.cli.state import State, warn
from legengine.cli.tables import show, terminal_width, wrapped
from legengine.errors import Fault, InputError

MOST_MEMBERS: Final = 8
"""More members of a conflict than this explain nothing to a person."""

if TYPE_CHECKING:
    from legengine.documents.reading import Document
    from legengine.domain.explanation import Explanation, Relaxation
    from legengine.domain.findings import Conflict, ConflictMember
    from legengine.engine import Engine
    from legengine.intake.reader import ReadProfile


def explain_profile(
    state: State,
    file: Path,
    *,
    today: dt.date | None,
    start: dt.date | None,
    apply: int | None,
    output: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Explain a profile, or write it with one of the changes that help."""
    to_file = output is not None and str(output) != "-"
    if to_file and output is not None:
        refuse_to_overwrite([output], force=force)
    from legengine.intake.reader import read_profile

    read = read_profile(file)
    with pointing_into(read.document):
        engine = state.engine(read.profile, file)
    if not as_json:
        warn(engine.registry)
    explanation = explained(engine, read, today=today, start=start)
    if apply is None:
        if as_json:
            show(json.dumps(as_data(explanation, read.document), indent=2, ensure_ascii=False))
        else:
            show(text(explanation, read.document))
        return 0
    chosen = _chosen(explanation, apply)
    changed = _changed(read.document, chosen)
    if to_file and output is not None:
        write_files({output: changed})
        click.echo(f"wrote {output}: {chosen.sentence}", err=True)
    else:
        standard_output.show(changed, newline=False)
    return 0


def explained(
    engine: Engine, read: ReadProfile, *, today: dt.date | None, start: dt.date | None
) -> Explanation:
    """Explain in a worker, so that an interrupt is heard; problems point at the lines."""
    day = today or today_here()
    profile = read.profile.model_copy(update={"start": start}) if start else read.profile
    with pointing_into(read.document):
        return worker.run(
            lambda cancel, _: engine.explain(
                profile, cancel=cancel, today=day, start=profile.start or next_monday(day)
            ),
            progress=True,
        )


def _chosen(explanation: Explanation, number: int) -> Relaxation:
    if explanation.conflict is None:
        raise InputError([Fault("a program exists already: there is nothing to change", "--apply")])
    offered = len(explanation.relaxations)
    if not 1 <= number <= offered:
        known = f"1 to {offered}" if offered else "none is offered"
        raise InputError([Fault(f"there is no change {number}", "--apply", hint=known)])
    return explanation.relaxations[number - 1]


def _changed(document: Document, relaxation: Relaxation) -> str:
    from legengine.intake.text_changes import changed_text

    return changed_text(document, relaxation.changes)


# --- what is told -------------------------------------------------------------------------------


def text(explanation: Explanation, document: Document) -> str:
    """The explanation for a person."""
    conflict = explanation.conflict
    if conflict is None:
        return "a program exists: 'legengine generate' makes it"
    width = terminal_width()
    lines = [f"No schedule holds all rules of phase '{conflict.phase}'.", ""]
    lines += [wrapped(conflict.derivation(), width)]
    lines += [wrapped(f"- {line}", width, "  ") for line in conflict.closed]
    if explanation.shortfalls:
        lacking = ", ".join(f"{item.day} {item.missing}" for item in explanation.shortfalls)
        least = "" if all(item.least for item in explanation.shortfalls) else " (perhaps fewer)"
        lines += [wrapped(f"Minutes that are missing in this phase: {lacking}{least}.", width)]
    needed = "each of them is needed" if conflict.minimal else "these suffice, perhaps not all"
    lines += ["", f"What collides ({needed}):"]
    if len(conflict.members) > MOST_MEMBERS:
        lines.append(wrapped(_families(conflict), width, "  "))
    else:
        told = dict.fromkeys((m.sentence, _where(m, document)) for m in conflict.members)
        for sentence, where in told:
            lines.append(wrapped(f"- {sentence}", width, "  "))
            if where:
                lines.append(wrapped(where, width, "      "))
        cited = sorted(explanation.sources.items())
        lines += [wrapped(f"[{key}] {citation}", width, "    ") for key, citation in cited]
    return "\n".join([*lines, "", *_offered(explanation, document.source, width)])


def _families(conflict: Conflict) -> str:
    """Too many members to explain anything: the rules that take part."""
    counts = Counter(member.label.rule for member in conflict.members)
    rules = ", ".join(f"{rule.replace('_', ' ')} ({counts[rule]})" for rule in sorted(counts))
    return f"- {len(conflict.members)} demands of the rules {rules}; --json has all of them"


def _where(member: ConflictMember, document: Document) -> str:
    """Where the numbers come from: line and field of the profile, part of the protocol."""
    parts = []
    if member.origin.field:
        line = _line(member.origin.field, document)
        place = f"{document.source}:{line}: " if line else ""
        parts.append(f"{place}{member.origin.field}")
    if member.origin.protocol:
        sources = ", ".join(member.origin.sources)
        parts.append(f"protocol {member.origin.protocol}" + (f" [{sources}]" if sources else ""))
    return "; ".join(parts)


def _line(field: str, document: Document) -> int | None:
    """The line of a field; of what stands around it where the profile leaves it out."""
    path = document.path_of(field)
    while path is None and "." in field:
        field = field.rpartition(".")[0]
        path = document.path_of(field)
    position = None if path is None else document.position(path, key=True)
    return None if position is None else position.line


def _offered(explanation: Explanation, source: str, width: int | None) -> list[str]:
    if not explanation.relaxations:
        return [
            wrapped(
                f"No change that was tried helps ({explanation.tried} tries). Limits that protect "
                "are not offered: talk to whoever set them.",
                width,
            )
        ]
    lines = ["What would help, the smallest first; each was tried:"]
    for number, item in enumerate(explanation.relaxations, start=1):
        first, *others = item.parts
        lines.append(wrapped(f"{number}. {first}", width, "  "))
        lines += [wrapped(f"and {part}", width, "     ") for part in others]
    lines += ["", f"To write one of them: legengine explain {source} --apply 1 -o changed.yaml"]
    return lines


def as_data(explanation: Explanation, document: Document) -> dict[str, Any]:
    """The explanation as plain data, with the lines of the profile."""
    data: dict[str, Any] = explanation.as_data()
    if data["conflict"] is not None:
        for member in data["conflict"]["members"]:
            member["line"] = _line(member["field"], document) if member["field"] else None
    return data
