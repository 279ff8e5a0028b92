"""Objects of other distributions, wrapped: what goes wrong in one names it and its plugin.

Around every call: what is raised, what comes back and what was changed of what was given. What
comes with legengine, and is tested with it, is not wrapped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label, Referral, ScreeningFinding, Violation
from legengine.domain.margin import Margin
from legengine.domain.problem import Dose, Problem, Slot
from legengine.domain.profile import Profile
from legengine.domain.program import Program
from legengine.domain.schedule import Schedule
from legengine.errors import InputError, InternalError, LegengineError
from legengine.hooks import returned
from legengine.hooks.contracts import (
    Constraint,
    DoseRequest,
    Files,
    Format,
    LibraryContents,
    LibraryReader,
    LoadPlan,
    LoadRequest,
    ModelBuilder,
    Objective,
    ProgressionPolicy,
    RenderOptions,
    ScreeningRule,
)
from legengine.hooks.discovery import OWN_DISTRIBUTION
from legengine.hooks.guarded_builder import GuardedBuilder
from legengine.hooks.inspection import Kind, Wrong
from legengine.hooks.registry import Registry
from legengine.hooks.sealing import Seals

T = TypeVar("T")

_MEANT: Final[Mapping[str, type[Exception]]] = {"screen": InputError, "read": InputError}
"""What a method may raise by its contract: it is told to the person, not held against it."""


class Guarded:
    """One object of a plugin. What it says of itself is its own; what it does is looked at."""

    def __init__(self, kind: Kind, value: Any, registry: Registry) -> None:
        self.name: str = value.name
        self.summary: str = value.summary
        self.options: type[BaseModel] = value.options
        self._kind = kind
        self._value = value
        self._registry = registry
        self._seals = Seals()

    def __getattr__(self, attribute: str) -> Any:
        # Optional attributes, such as ``citations``: there where the object has them.
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        return getattr(self._value, attribute)

    def _call(
        self,
        method: str,
        accept: Callable[[Any], T],
        given: Mapping[str, Any],
        *more: Any,
    ) -> T:
        """Call a method with what is ``given``, which it only reads, and with what is more.

        ``accept`` gives what came back on, or raises ``Wrong``.
        """
        function = getattr(self._value, method)
        seals = [self._seals.of(name, value) for name, value in given.items()]
        try:
            try:
                answer = accept(function(*more, *given.values()))
            finally:
                changed = next(filter(None, [seal.broken() for seal in seals]), "")
            if changed:
                raise Wrong(f"it changed {changed}; what it is given is only to be read")
        except _MEANT.get(method, ()):
            raise
        except (Exception, SystemExit) as error:
            raise self._registry.fault_of(self._kind, self.name, method, error) from error
        return answer


class GuardedConstraint(Guarded):
    """A constraint of another distribution."""

    @property
    def filters_by_place(self) -> bool:
        """Whether ``admits`` asks a slot for nothing but its place."""
        return bool(getattr(self._value, "filters_by_place", False))

    def admits(self, problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
        given = {"problem": problem, "exercise": exercise, "slot": slot}
        return self._call("admits", lambda found: returned.admitted(self.name, found), given)

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        narrow = GuardedBuilder(builder, problem, self.name)
        self._call("post", _nothing, {"problem": problem}, narrow)

    def check(self, problem: Problem, schedule: Schedule) -> Iterable[Violation]:
        given = {"problem": problem, "schedule": schedule}

        def once() -> tuple[Violation, ...]:
            return self._call("check", lambda found: returned.violations(self.name, found), given)

        return _the_same(self, "check", once)

    def margins(self, problem: Problem, schedule: Schedule) -> Iterable[Margin]:
        """What the rule measures, where it measures anything."""
        if getattr(self._value, "margins", None) is None:
            return ()
        given = {"problem": problem, "schedule": schedule}
        return self._call("margins", lambda found: returned.margins(self.name, found), given)

    def describe(self, label: Label, problem: Problem) -> str:
        return self._call("describe", returned.sentence, {"label": label, "problem": problem})


class GuardedObjective(Guarded):
    """An objective of another distribution."""

    def __init__(self, kind: Kind, value: Any, registry: Registry) -> None:
        super().__init__(kind, value, registry)
        self.level = value.level

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        narrow = GuardedBuilder(builder, problem, self.name, self.level)
        self._call("post", _nothing, {"problem": problem}, narrow)

    def score(self, problem: Problem, schedule: Schedule) -> int:
        given = {"problem": problem, "schedule": schedule}
        return _the_same(self, "score", lambda: self._call("score", returned.score, given))

    def describe(self, label: Label, problem: Problem) -> str:
        return self._call("describe", returned.sentence, {"label": label, "problem": problem})


class GuardedPolicy(Guarded):
    """A progression policy of another distribution."""

    def __init__(self, kind: Kind, value: Any, registry: Registry) -> None:
        super().__init__(kind, value, registry)
        self.lever: str = value.lever

    def dose(self, request: DoseRequest) -> Dose:
        return self._call("dose", lambda found: returned.dose(request, found), {"request": request})

    def load(self, request: LoadRequest) -> LoadPlan:
        return self._call("load", lambda found: returned.plan(request, found), {"request": request})


class GuardedScreening(Guarded):
    """A screening rule of another distribution."""

    def screen(self, profile: Profile, today: dt.date) -> ScreeningFinding | None:
        return self._call("screen", returned.finding, {"profile": profile, "today": today})


class GuardedFormat(Guarded):
    """A format of another distribution."""

    def __init__(self, kind: Kind, value: Any, registry: Registry) -> None:
        super().__init__(kind, value, registry)
        self.suffixes: tuple[str, ...] = value.suffixes

    def program(self, program: Program, options: RenderOptions) -> str | bytes | Files:
        given = {"program": program, "options": options}
        return self._call("program", returned.written, given)

    def referral(self, referral: Referral, options: RenderOptions) -> str | bytes | Files:
        given = {"referral": referral, "options": options}
        return self._call("referral", returned.written, given)


class GuardedReader(Guarded):
    """A library reader of another distribution."""

    def recognises(self, path: Path) -> bool:
        return self._call("recognises", returned.recognised, {"path": path})

    def read(self, path: Path, options: BaseModel) -> LibraryContents:
        return self._call("read", returned.contents, {"path": path, "options": options})


def _nothing(found: object) -> None:
    """Whatever ``post`` gives back means nothing."""


def _the_same(guarded: Guarded, method: str, once: Callable[[], T]) -> T:
    """What a method says, asked twice: a judge that contradicts itself is none."""
    first, second = once(), once()
    if first != second:
        wrong = Wrong(
            "asked twice about the same schedule, it gave two answers; it may depend on nothing "
            "but what it is given"
        )
        raise guarded._registry.fault_of(guarded._kind, guarded.name, method, wrong)
    return first


# --- wrapping ------------------------------------------------------------------------------


def _guarded(registry: Registry, kind: Kind, name: str, wrapper: type[Guarded]) -> Any:
    value = registry.of(kind)[name]
    return wrapper(kind, value, registry) if _of_others(registry, kind, name) else value


def guarded_constraints(registry: Registry) -> tuple[Constraint, ...]:
    """Every constraint by name; those of other distributions are wrapped."""
    return tuple(
        _guarded(registry, "constraints", name, GuardedConstraint) for name in registry.constraints
    )


def guarded_objectives(registry: Registry) -> tuple[Objective, ...]:
    """Every objective by name; those of other distributions are wrapped."""
    return tuple(
        _guarded(registry, "objectives", name, GuardedObjective) for name in registry.objectives
    )


def guarded_screenings(registry: Registry) -> Mapping[str, ScreeningRule]:
    """Every screening rule by name; those of other distributions are wrapped."""
    return {
        name: _guarded(registry, "screenings", name, GuardedScreening)
        for name in registry.screenings
    }


def guarded_policy(registry: Registry, name: str, *, field: str = "") -> ProgressionPolicy:
    """A progression policy, wrapped where it is of another distribution.

    Raises:
        InputError: there is no such policy; ``field`` is what asked for it.
        PluginError: it can't be had.
    """
    registry.require("progressions", name, field=field)
    policy: ProgressionPolicy = _guarded(registry, "progressions", name, GuardedPolicy)
    return policy


def guarded_format(registry: Registry, name: str, *, field: str = "") -> Format:
    """A format, wrapped where it is of another distribution.

    Raises:
        InputError: there is no such format; ``field`` is what asked for it.
        PluginError: it can't be had.
    """
    registry.require("formats", name, field=field)
    format: Format = _guarded(registry, "formats", name, GuardedFormat)
    return format


def guarded_readers(registry: Registry) -> Mapping[str, LibraryReader]:
    """Every library reader by name; those of other distributions are wrapped."""
    return {name: _guarded(registry, "readers", name, GuardedReader) for name in registry.readers}


def whose_contradiction(registry: Registry, error: InternalError) -> LegengineError:
    """The error to raise where the model and the checker don't agree about a schedule.

    Where only what other distributions bring can be behind it, it names them; else it is ours.
    """
    broken = sorted({each.rule for each in error.violations})
    if broken and all(_of_others(registry, "constraints", rule) for rule in broken):
        first = error.violations[0]
        wrong = Wrong(
            f"it refuses a schedule that its 'post' allows ({first}); the two halves of a rule "
            "must say the same"
        )
        return registry.fault_of("constraints", first.rule, "check", wrong)
    wishes = [
        name
        for name, wish in registry.objectives.items()
        if wish.level == error.level and _of_others(registry, "objectives", name)
    ]
    if not wishes:
        return error
    first_wish, *others = wishes
    beside = "".join(
        f"; or that of '{name}' of {registry.provider('objectives', name)}" for name in others
    )
    wrong = Wrong(
        f"{error}; it must be the sum of what its 'post' penalises{beside}",
    )
    return registry.fault_of("objectives", first_wish, "score", wrong)


def _of_others(registry: Registry, kind: Kind, name: str) -> bool:
    there = name in registry.of(kind)
    return there and registry.provider(kind, name).distribution != OWN_DISTRIBUTION


__all__ = [
    "guarded_constraints",
    "guarded_format",
    "guarded_objectives",
    "guarded_policy",
    "guarded_readers",
    "guarded_screenings",
    "whose_contradiction",
]
