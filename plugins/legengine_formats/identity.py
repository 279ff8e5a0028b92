"""Names that stay: by them a calendar or a record knows what an earlier file brought."""

from __future__ import annotations

import uuid
from typing import Final

from legengine.domain.program import Program

NAMESPACE: Final = uuid.UUID("6e0f7c1b-6a3c-5d0e-9a57-2f4b8f0f6c11")
"""Never changes: what is out there is known by what is made with it."""


def plan_id(program: Program, given: str) -> str:
    """What the identities of a plan's parts are made of.

    Generating it again and re-planning it keep title and first day, whatever else they change.
    """
    return given.strip() or f"{program.start.isoformat()} {program.title}"


def identity(plan: str, *parts: object) -> uuid.UUID:
    """The identity of a part: of the plan and the part's place in it, not of its content."""
    return uuid.uuid5(NAMESPACE, "/".join((plan, *map(str, parts))))
