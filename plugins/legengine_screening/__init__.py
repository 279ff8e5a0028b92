"""Screening before training: triage rules, their words and their sources."""

from __future__ import annotations

from legengine_screening.vocabulary import (
    KNOWN_CONDITIONS,
    MEDICATIONS,
    PARQ_ITEMS,
    SIGNS,
    SOURCES,
)

__all__ = ["KNOWN_CONDITIONS", "MEDICATIONS", "PARQ_ITEMS", "SIGNS", "SOURCES"]
