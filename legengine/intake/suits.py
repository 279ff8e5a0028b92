"""Whom a row or a protocol is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from legengine.domain.protocol import ExperienceLevel, Protocol, When
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


def fits(when: When, subject: Subject) -> bool:
    """Whether a row is for this person."""
    return (
        (not when.goals or subject.goal in when.goals)
        and (not when.experience or subject.experience in when.experience)
        and (when.age_min is None or subject.age >= when.age_min)
        and (when.age_max is None or subject.age <= when.age_max)
        and (when.falls_min is None or (subject.falls or 0) >= when.falls_min)
        and (not when.conditions or bool(subject.conditions.intersection(when.conditions)))
    )


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
