"""Makes changes in a profile, as data."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from legengine.domain.change import Change
from legengine.domain.profile import Profile
from legengine.intake.reader import profile_from_data


def changed_profile(profile: Profile, changes: Iterable[Change]) -> Profile:
    """The profile with the changes made, checked like any other.

    Raises:
        InputError: the changed profile is not valid.
    """
    data = profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    return profile_from_data(changed_data(data, changes))


def changed_data(data: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """A copy of a document's data with the changes made."""
    result = deepcopy(data)
    for change in changes:
        _make(result, change)
    return result


def _make(data: Any, change: Change) -> None:
    *way, last = change.path
    holder = data
    for part in way:
        if isinstance(part, str) and isinstance(holder, dict):
            holder = holder.setdefault(part, {})
        else:
            holder = holder[part]
    if change.action == "set":
        holder[last] = change.value
    elif change.action == "add":
        holder.setdefault(last, [])
        holder[last] = [*holder[last], change.value]
    elif change.value is None:
        del holder[last]
    else:
        holder[last] = [entry for entry in holder[last] if entry != change.value]
