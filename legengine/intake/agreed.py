"""Minimums that were agreed: they must be about something that the protocol asks for."""

from __future__ import annotations

from legengine.domain.profile import Profile
from legengine.domain.protocol import Protocol
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError


def refuse_unknown_rows(profile: Profile, protocol: Protocol) -> None:
    """A coverage row that is adjusted must be there, and ask for something."""
    rows = {row.id for phase in protocol.phases for row in phase.coverage if row.at_least}
    faults = [
        Fault(
            f"protocol '{protocol.id}' asks for no coverage row '{name}'",
            f"adjust.coverage.{name}",
            hint=did_you_mean(name, rows),
        )
        for name in profile.adjust.coverage
        if name not in rows
    ]
    if faults:
        raise InputError(faults)
