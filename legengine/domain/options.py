"""What plugins' objects have in common: a name, and a model of their options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel

OptionsT = TypeVar("OptionsT", bound=BaseModel)
_OptionsT_co = TypeVar("_OptionsT_co", bound=BaseModel, covariant=True)


class Configurable(Protocol[_OptionsT_co]):
    """An object with options of its own."""

    @property
    def name(self) -> str: ...
    @property
    def options(self) -> type[_OptionsT_co]: ...


def options_in(settings: Mapping[str, Any], owner: Configurable[OptionsT]) -> OptionsT:
    """The options of an object among the settings of many, by name; else its defaults.

    Raises:
        pydantic.ValidationError: the settings, or the defaults, don't fit its model.
    """
    found = settings.get(owner.name, {})
    return found if isinstance(found, owner.options) else owner.options.model_validate(found)
