"""The bundled protocols."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from legengine.hooks import ProtocolPlugin, hookimpl

if TYPE_CHECKING:
    from legengine.domain.protocol import Protocol

LEGENGINE_API = 1

SUMMARIES: Final = {
    "falls-prevention-home": "balance and ankle weights at home, three half hours a week",
    "gym-strength-block": "for trained people in a gym: sets, then loads, then the heaviest loads",
    "leg-restoration": "foundation, first loads, then muscle, strength, endurance or power",
}
"""Name to summary; each protocol is the data file of its name."""


def load(name: str = "leg-restoration") -> Protocol:
    """Read and validate a data file beside this module."""
    from legengine.hooks.library import load_protocol

    return load_protocol(Path(__file__).parent / "data" / f"{name}.json")


@hookimpl
def legengine_protocols() -> Sequence[ProtocolPlugin]:
    """Every protocol of this package."""
    return tuple(
        ProtocolPlugin(name=name, summary=summary, load=partial(load, name))
        for name, summary in SUMMARIES.items()
    )
