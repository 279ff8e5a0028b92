"""The bundled protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from legengine.hooks import ProtocolPlugin, hookimpl

if TYPE_CHECKING:
    from legengine.domain.protocol import Protocol


def load() -> Protocol:
    """Read and validate the data file beside this module."""
    from legengine.hooks.library import load_protocol

    return load_protocol(Path(__file__).parent / "data" / "leg-restoration.json")


@hookimpl
def legengine_protocols() -> Sequence[ProtocolPlugin]:
    """The leg-restoration protocol."""
    return (
        ProtocolPlugin(
            name="leg-restoration",
            summary="foundation, first loads, then muscle, strength, endurance or power",
            load=load,
        ),
    )
