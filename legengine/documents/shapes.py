"""What a document may hold where, read from its pydantic model."""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from legengine.documents.positions import DataPath


@dataclass(frozen=True, slots=True)
class Shape:
    """The types, words and descriptions along the paths of a document."""

    root: type[BaseModel]
    noun: str = "field"
    """What its names are called in messages."""

    def types(self, path: DataPath) -> list[Any]:
        """Return the types that the document has at a path."""
        kinds: list[Any] = [self.root]
        for part in path:
            kinds = inside(kinds, part)
        return kinds

    def models(self, path: DataPath) -> list[type[BaseModel]]:
        """Return the models that the document has at a path."""
        kinds = self.types(path)
        return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]

    def choices(self, path: DataPath) -> list[Any]:
        """Return the words that a path may hold, where there is a list of them."""
        kinds = self.types(path)
        return [word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)]

    def wanted(self, path: DataPath) -> str:
        """Say what a missing field should hold."""
        for model in self.models(path[:-1]):
            for label, info in fields(model):
                if label == path[-1] and info.description:
                    return info.description
        return ", ".join(map(repr, self.choices(path)))

    def known(self, path: DataPath) -> list[str]:
        """Return the names of the fields beside a path."""
        return [label for model in self.models(path[:-1]) for label, _ in fields(model)]

    def needed(self, path: DataPath) -> list[str]:
        """Return the names that a mapping at a path can't do without."""
        return [
            repr(name)
            for model in self.models(path)
            for name, info in fields(model)
            if info.is_required()
        ]


def inside(kinds: list[Any], part: str | int) -> list[Any]:
    """Return the types that a key or an index leads to."""
    found: list[Any] = []
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for label, info in fields(kind):
                found += _plain(info.annotation) if label == part else ()
        elif get_origin(kind) in (dict, tuple, list):
            # The last but an ellipsis: a mapping's values, a list's items.
            found += _plain([arg for arg in get_args(kind) if arg is not ...][-1])
    return found


def fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """Return the fields by the names that they have in a file."""
    return [(info.alias or name, info) for name, info in model.model_fields.items()]


def _plain(annotation: Any) -> list[Any]:
    """Take an annotation apart into the types that a value may have."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [leaf for branch in get_args(annotation) for leaf in _plain(branch)]
    return [annotation]
