"""Whom a row or a protocol is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol as Structural

from legengine.domain.protocol import ExperienceLevel, Mark, Phase, Protocol, When
from legengine.errors import Fault, InputError


@dataclass(frozen=True, slots=True)
class Subject:
    """What the ``when`` of a row asks about."""

    goal: str
    experience: ExperienceLevel
    age: int
    conditions: frozenset[str]
    falls: int | None = None
    """In the last 12 months; ``None`` where nobody said."""
    marks: frozenset[Mark] = frozenset()


def fits(when: When, subject: Subject) -> bool:
    """Whether a row is for this person."""
    return (
        (not when.goals or subject.goal in when.goals)
        and (not when.experience or subject.experience in when.experience)
        and (when.age_min is None or subject.age >= when.age_min)
        and (when.age_max is None or subject.age <= when.age_max)
        and (when.falls_min is None or (subject.falls or 0) >= when.falls_min)
        and (not when.conditions or bool(subject.conditions.intersection(when.conditions)))
        and (not when.marks or bool(subject.marks.intersection(when.marks)))
    )


def whom(when: When) -> str:
    """Whom a row is for, in brackets; empty where it is for anyone."""
    words = [f"goal {goal}" for goal in when.goals] + list(when.experience)
    if when.age_min is not None:
        words.append(f"from {when.age_min} years")
    if when.age_max is not None:
        words.append(f"up to {when.age_max} years")
    if when.falls_min is not None:
        words.append(f"falls from {when.falls_min}")
    words += [name.replace("_", " ") for name in (*when.conditions, *when.marks)]
    return f" ({', '.join(words)})" if words else ""


class ForSome(Structural):
    """A row, or a table of rows, that is for some people."""

    @property
    def when(self) -> When: ...


def row_name(protocol: Protocol, phase: Phase, row: ForSome, part: str, entry: str = "") -> str:
    """``leg-restoration / foundation / doses / compound (from 65 years)``."""
    return " / ".join(filter(None, (protocol.id, phase.id, part, entry))) + whom(row.when)


def suited_notes(protocol: Protocol, subject: Subject) -> Iterator[str]:
    """Say so where the protocol is meant for others but may be followed.

    Raises:
        InputError: it must not be followed by this person.
    """
    suits = protocol.suits
    if suits is None:
        return
    closed = any(fits(when, subject) for when in suits.never)
    if not closed and any(fits(when, subject) for when in suits.anyone):
        return
    meant = f"protocol '{protocol.id}' is for {suits.text}"
    if closed or suits.otherwise == "refuse":
        hint = f"take '{suits.instead}'"
        raise InputError([Fault(meant, "protocol", hint=hint)])
    yield f"{meant[0].upper()}{meant[1:]}; look at '{suits.instead}' as well."
