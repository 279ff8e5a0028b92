"""Makes changes in a profile, as data."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Final

from legengine.domain.change import Change
from legengine.domain.profile import Profile
from legengine.domain.quantities import parse_weekday
from legengine.errors import Fault, InputError
from legengine.intake.reader import profile_from_data


def changed_profile(profile: Profile, changes: Iterable[Change]) -> Profile:
    """The profile with the changes made, checked like any other.

    Raises:
        InputError: the changed profile is not valid.
    """
    data = profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    return profile_from_data(changed_data(data, changes))


def changed_data(data: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """A copy of a document's data with the changes made.

    Raises:
        InputError: a change names a place that isn't there.
    """
    result = deepcopy(data)
    for change in changes:
        _make(result, change)
    return result


def _make(data: dict[str, Any], change: Change) -> None:
    *way, last = change.path
    holder: Any = data
    for part in way:
        holder = _inside(holder, part, change)
    there = last in holder if isinstance(holder, dict) else _has(holder, last)
    if change.action == "set" and (there or isinstance(holder, dict)):
        holder[last] = change.value
    elif change.action == "add" and (there or isinstance(holder, dict)):
        holder[last] = [*_listed(holder[last] if there else None), change.value]
    elif change.action == "remove" and there and change.value is None:
        del holder[last]
    elif change.action == "remove" and there:
        holder[last] = [
            entry for entry in _listed(holder[last]) if not _means(entry, change.value, last)
        ]
    else:
        raise InputError([Fault("isn't there to be changed", field=change.field)])


def _inside(holder: Any, part: str | int, change: Change) -> Any:
    """What a part of the path leads to; a mapping that is missing on the way is made."""
    if isinstance(holder, dict) and isinstance(part, str):
        if holder.get(part) is None:
            holder[part] = {}
        elif isinstance(holder[part], str) and part in _NAMED:
            holder[part] = {"name": holder[part]}
        return holder[part]
    if not _has(holder, part):
        raise InputError([Fault("isn't there to be changed", field=change.field)])
    return holder[part]


_NAMED: Final = ("protocol", "progression")
"""Fields in which a name may stand for a mapping with a name."""


def _has(holder: Any, index: str | int) -> bool:
    return isinstance(holder, list) and isinstance(index, int) and 0 <= index < len(holder)


def _listed(value: Any) -> list[Any]:
    """A list as it is; a word that stands alone is a list of one, and nothing a list of none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _means(entry: Any, value: Any, field: str | int) -> bool:
    """Whether two entries are the same; a weekday has several spellings."""
    if field == "days" and isinstance(entry, str) and isinstance(value, str):
        return bool(parse_weekday(entry) == parse_weekday(value))
    return bool(entry == value)
