"""What made a document, and what its sources stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from legengine.assess.catalogue import catalogue
from legengine.domain.exercise import LibraryData
from legengine.domain.hashing import profile_hash
from legengine.domain.profile import Profile
from legengine.domain.program import Provenance
from legengine.domain.protocol import Protocol
from legengine.hooks.discovery import own_version
from legengine.hooks.registry import Registry

SETTINGS = ("preset", "deterministic_limit", "wall_limit_s", "widen", "seed")
"""Settings of the search that decide what comes out."""


def citations_of(registry: Registry, library: LibraryData, protocol: Protocol) -> dict[str, str]:
    """What the keys of sources stand for, from everything that brings some."""
    citations: dict[str, str] = {}
    for kind in ("screenings", "progressions"):
        for brought in registry.of(kind).values():
            citations |= getattr(brought, "citations", {})
    citations |= catalogue().sources
    return {**citations, **library.sources, **protocol.sources}


def provenance_of(
    registry: Registry,
    profile: Profile,
    screened_on: dt.date,
    settings: Mapping[str, Any],
    ortools: str,
) -> Provenance:
    """The versions, the profile and the settings that a document was made with."""
    return Provenance(
        legengine=own_version(),
        ortools=ortools,
        plugins=dict(registry.versions),
        libraries={file.record.plugin.name: file.digest for file in registry.files},
        profile_hash=profile_hash(profile),
        settings={name: settings[name] for name in SETTINGS},
        screened_on=screened_on,
        start_given=profile.start is not None,
    )
