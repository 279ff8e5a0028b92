"""Time zones as a person writes them into the options of a format."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator


def known_zone(value: str | None) -> str | None:
    """The zone where the IANA list has it.

    Raises:
        ValueError: it has not; what was perhaps meant is named.
    """
    if value is None:
        return None
    try:
        ZoneInfo(value)
    except (OSError, ValueError, LookupError):
        near = [zone for zone in sorted(available_timezones()) if _alike(zone, value)]
        hint = f"; did you mean {near[0]}?" if near else ", such as Europe/Berlin"
        raise ValueError(f"is not a time zone of the IANA list{hint}") from None
    return value


def _alike(zone: str, text: str) -> bool:
    """Whether a text means the city of a zone: New York for America/New_York."""
    city = text.strip().replace(" ", "_").rpartition("/")[2]
    return zone.rpartition("/")[2].lower() == city.lower()


Zone = Annotated[str | None, AfterValidator(known_zone)]
"""A time zone of the IANA list, or none."""
