"""A protocol: one JSON file beside this module."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from legengine.hooks import ProtocolPlugin

if TYPE_CHECKING:
    from legengine.domain.protocol import Protocol


def load() -> Protocol:
    """Read and check the file."""
    from legengine.hooks.library import load_protocol

    return load_protocol(files(__package__) / "data" / "protocol.json")


PROTOCOL = ProtocolPlugin(
    name="example",
    summary="four weeks of body weight for adults who begin",
    load=load,
)
