"""Says what is wrong with a plugin, or with an object that one handed over.

Every function returns a sentence without the plugin's name, or an empty string: all is well.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Final, Literal, get_args

from pydantic import BaseModel

from legengine.domain.vocabulary import did_you_mean, nearest
from legengine.hooks import contracts
from legengine.hooks.specs import PROJECT

Kind = Literal[
    "exercises",
    "readers",
    "protocols",
    "constraints",
    "objectives",
    "progressions",
    "screenings",
    "formats",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""What plugins provide; the hook of each is ``legengine_`` and its name."""

HOOKS: Final[Mapping[str, Kind]] = {f"{PROJECT}_{kind}": kind for kind in KINDS}

SINGULAR: Final[Mapping[Kind, str]] = {
    "exercises": "exercise library",
    "readers": "library reader",
    "protocols": "protocol",
    "constraints": "constraint",
    "objectives": "objective",
    "progressions": "progression policy",
    "screenings": "screening rule",
    "formats": "format",
}

CONTRACTS: Final[Mapping[Kind, type]] = {
    "exercises": contracts.ExerciseLibrary,
    "readers": contracts.LibraryReader,
    "protocols": contracts.ProtocolPlugin,
    "constraints": contracts.Constraint,
    "objectives": contracts.Objective,
    "progressions": contracts.ProgressionPolicy,
    "screenings": contracts.ScreeningRule,
    "formats": contracts.Format,
}

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_MARK: Final = f"{PROJECT}_impl"


class Wrong(Exception):  # noqa: N818 - always told as part of a PluginError
    """What an object of a plugin did wrong, as a sentence that says what was expected."""


def told(error: BaseException) -> str:
    """An exception in one line; of ``Wrong`` its sentence."""
    if isinstance(error, Wrong):
        return str(error)
    text = " ".join(str(error).split())
    if len(text) > 300:
        text = text[:297] + "..."
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


# --- the plugin ----------------------------------------------------------------------------


def wrong_hooks(plugin: object) -> str:
    """What is wrong with the hook implementations of a plugin."""
    marked = 0
    for name in sorted(set(dir(plugin))):
        member = None
        with suppress(Exception):  # a property of an object may raise anything
            member = getattr(plugin, name)
        if not inspect.isroutine(member) or hasattr(member, f"{PROJECT}_spec"):
            continue
        options = getattr(member, _MARK, None)
        if not isinstance(options, dict):
            if problem := _unmarked(name, member):
                return problem
            continue
        marked += 1
        if problem := _wrong_hook(name, member, options):
            return problem
    if not marked:
        return "it implements no hook; known: " + ", ".join(sorted(HOOKS))
    return ""


def _unmarked(name: str, member: object) -> str:
    if name in HOOKS:
        others = [key for key in vars(member) if key.endswith("_impl")] if _has(member) else []
        how = f"is marked for another project ({others[0]})" if others else "is not marked"
        return f"'{name}' {how}; put @hookimpl of legengine.hooks above it"
    if name.startswith(f"{PROJECT}_") and nearest(name, HOOKS):
        return f"'{name}' is no hook and is not marked; {did_you_mean(name, HOOKS)}"
    return ""


def _has(member: object) -> bool:
    return hasattr(member, "__dict__")


def _wrong_hook(name: str, member: Any, options: Mapping[str, Any]) -> str:
    hook = options.get("specname") or name
    if hook not in HOOKS:
        if options.get("optionalhook"):
            return ""
        return f"there is no hook '{hook}'; {did_you_mean(hook, HOOKS)}"
    for option in ("wrapper", "hookwrapper", "tryfirst", "trylast"):
        if options.get(option):
            return f"'{name}' uses {option}: hooks only hand over objects, in no order"
    parameters = inspect.signature(member).parameters.values()
    for parameter in parameters:
        if parameter.name == "self" and parameter.default is parameter.empty:
            return f"'{name}' is a method of a class: the plugin must be an instance of it"
        extra = " with a default" if parameter.default is not parameter.empty else ""
        return f"'{name}' must take no arguments, and takes '{parameter.name}'{extra}"
    return ""


# --- what it hands over --------------------------------------------------------------------


def wrong_result(hook: str, result: object) -> str:
    """What is wrong with what a hook returned as a whole."""
    if isinstance(result, (list, tuple)):
        return ""
    if result is None:
        return f"'{hook}' returned nothing; is there a 'return'?"
    return f"'{hook}' must return a list or a tuple, not {_type(result)}"


def wrong_object(kind: Kind, value: Any) -> str:
    """What is wrong with one of the objects."""
    return next(_object_problems(kind, value), "")


def _object_problems(kind: Kind, value: Any) -> Iterator[str]:
    what = SINGULAR[kind]
    contract = CONTRACTS[kind]
    if isinstance(value, type):
        yield f"{a(what)} must be an object, not a class; return {value.__name__}()"
        return
    if kind in ("exercises", "protocols") and not isinstance(value, contract):
        yield f"{a(what)} must be made with {contract.__name__}, not be {_type(value)}"
        return
    attributes, methods = _members(contract)
    found: dict[str, Any] = {}
    title = f"{a(what)} ({_type(value)})"
    for name in sorted((*attributes, *methods), key=lambda name: name != "name"):
        try:
            found[name] = getattr(value, name)
        except AttributeError:
            yield f"{title} has no '{name}'"
            return
        except Exception as error:  # a property may raise anything
            yield f"the '{name}' of {title} raised {told(error)}"
            return
        if name == "name":
            if problem := _wrong_name(found[name]):
                yield f"the name of {title} {problem}"
                return
            title = f"{what} '{found[name]}'"
    for name in attributes:
        if problem := _wrong_attribute(name, found[name]):
            yield f"the {name} of {title} {problem}"
    for name, arguments in methods.items():
        if problem := _wrong_method(found[name], arguments):
            yield f"'{name}' of {title} {problem}"


@cache
def _members(contract: type) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """Attributes and methods (with their arguments) that a contract asks for."""
    fields = getattr(contract, "__dataclass_fields__", None)
    if fields is not None:
        return tuple(name for name in fields if name != "load"), {"load": ()}
    attributes: list[str] = []
    methods: dict[str, tuple[str, ...]] = {}
    for name, member in vars(contract).items():
        if isinstance(member, property):
            attributes.append(name)
        elif inspect.isfunction(member) and not name.startswith("_"):
            methods[name] = tuple(inspect.signature(member).parameters)[1:]
    return tuple(attributes), methods


def _wrong_name(name: object) -> str:
    if isinstance(name, str) and _NAME.fullmatch(name):
        return ""
    return f"must be lower-case letters, digits, '-' and '_', not {name!r}"


def _wrong_attribute(name: str, value: Any) -> str:
    match name:
        case "summary" | "lever":
            if not isinstance(value, str) or not value.strip() or "\n" in value:
                return f"must be one line of text, not {value!r}"
        case "options":
            if not isinstance(value, type) or not issubclass(value, BaseModel):
                return f"must be a pydantic model (the class), not {value!r}"
        case "level":
            if value not in contracts.OBJECTIVE_LEVELS:
                hint = did_you_mean(str(value), contracts.OBJECTIVE_LEVELS)
                return f"is unknown: {value!r}; {hint}"
        case "suffixes":
            good = isinstance(value, tuple) and all(
                isinstance(suffix, str) and re.fullmatch(r"\.\w+(\.\w+)*", suffix)
                for suffix in value
            )
            if not good:
                return f"must be a tuple such as ('.json',), not {value!r}"
    return ""


def _wrong_method(method: Any, arguments: tuple[str, ...]) -> str:
    if not callable(method):
        return f"must be callable, not {_type(method)}"
    try:
        signature = inspect.signature(method)
    except (TypeError, ValueError):
        return ""
    try:
        signature.bind(*arguments)
    except TypeError:
        return f"must take ({', '.join(arguments)}), and takes {signature}"
    return ""


def a(word: str) -> str:
    """The word with its article."""
    return f"an {word}" if word[:1].lower() in "aeio" else f"a {word}"


def _type(value: object) -> str:
    return a(type(value).__name__)


__all__ = [
    "CONTRACTS",
    "HOOKS",
    "KINDS",
    "SINGULAR",
    "Kind",
    "Wrong",
    "told",
    "wrong_hooks",
    "wrong_object",
    "wrong_result",
]
