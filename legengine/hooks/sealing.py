"""Tells whether a plugin changed what it was given.

A ``fingerprint`` sees everything and takes milliseconds: it is for the checks of a plugin. A
``Seal`` takes microseconds once it is made, so that it can be held around every call: it sees what
can be changed by ordinary means, which is what dicts, lists, sets and models that aren't frozen
hold, and puts it back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final
from weakref import ref

from pydantic import BaseModel

from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule

_PLAIN: Final = (str, int, float, bytes, type(None), type)


def fingerprint(value: object) -> bytes:
    """A digest of everything that a value shows; the same within a process while it is unchanged.

    What is only cached on the way (``cached_property``) doesn't count.
    """
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).digest()


@dataclass(frozen=True, slots=True)
class _Container:
    """Something that can be changed, with what it held when it was sealed."""

    path: str
    value: Any
    held: Any

    def changed(self) -> str:
        """What of it is different now, or an empty string."""
        if self.value == self.held:
            return ""
        if isinstance(self.held, dict):
            for key in (*self.held, *self.value):
                gone = key not in self.value or key not in self.held
                if gone or self.value[key] != self.held[key]:
                    return self._part(key)
        return self.path

    def _part(self, key: Any) -> str:
        return f"{self.path[:-2]}.{key}" if self.path.endswith("{}") else f"{self.path}[{key!r}]"

    def restore(self) -> None:
        """Make it hold what it held."""
        self.value.clear()
        if isinstance(self.held, list):
            self.value.extend(self.held)
        else:
            self.value.update(self.held)


class Seal:
    """What a value held that can be changed."""

    def __init__(self, name: str, value: object) -> None:
        """``name`` is what messages call the value."""
        self._containers = tuple(_containers(name, value, set()))

    def broken(self) -> str:
        """What was changed since, such as ``problem.rest_hours['glutes']``; it is put back.

        An empty string where nothing was.
        """
        changed = ""
        for container in self._containers:
            if what := container.changed():
                changed = changed or what
                container.restore()
        return changed


def _containers(path: str, value: object, seen: set[int]) -> Iterator[_Container]:
    """Everything inside a value that can be changed."""
    if isinstance(value, _PLAIN) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict):
        yield _Container(path, value, dict(value))
        for key, each in value.items():
            yield from _containers(f"{path}[{key!r}]", each, seen)
    elif isinstance(value, (list, tuple)):
        if isinstance(value, list):
            yield _Container(path, value, list(value))
        for index, each in enumerate(value):
            yield from _containers(f"{path}[{index}]", each, seen)
    elif isinstance(value, set):
        yield _Container(path, value, set(value))
    elif isinstance(value, BaseModel):
        if not type(value).model_config.get("frozen"):
            yield _Container(f"{path}{{}}", vars(value), dict(vars(value)))
        for name in type(value).model_fields:
            yield from _containers(f"{path}.{name}", getattr(value, name), seen)
    elif is_dataclass(value) and not isinstance(value, type):
        # What a schedule keeps beside its own fields is the checker's memory.
        shown = fields(Schedule) if isinstance(value, Schedule) else fields(value)
        for field in shown:
            yield from _containers(f"{path}.{field.name}", getattr(value, field.name), seen)


class Seals:
    """The seals of problems, each made once: many calls are about the same one."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[ref[Problem], Seal]] = {}

    def of(self, name: str, value: object) -> Seal:
        """The seal of what a method is given."""
        if not isinstance(value, Problem):
            return Seal(name, value)
        key = id(value)
        known = self._made.get(key)
        if known is not None and known[0]() is value:
            return known[1]
        seal = Seal(name, value)
        self._made[key] = (ref(value, lambda _: self._made.pop(key, None)), seal)
        return seal


__all__ = ["Seal", "Seals", "fingerprint"]
