"""Everything that a plugin's objects say, as texts that can be compared between processes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from legengine.domain.schedule import Schedule
from legengine.errors import InputError
from legengine.hooks.contracts import RenderOptions
from legengine.hooks.discovery import FoundPlugin
from legengine.hooks.inspection import Kind
from legengine.hooks.registry import Registry
from legengine.solve.solver import build_model
from legengine.testing.conformance.described import Examined
from legengine.testing.conformance.halves import every_assignment
from legengine.testing.conformance.policies import Followed
from legengine.testing.conformance.stage import Trial
from legengine.testing.conformance.subject import Subject
from legengine.testing.conformance.trials import small_trials, trials_for
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.people import PEOPLE
from legengine.testing.samples import TODAY, sample_profile

EVERY: int = 9
"""Of so many schedules one is asked about."""


def everything_told(registry: Registry, objects: Sequence[tuple[Kind, str]]) -> dict[str, str]:
    """What each object says of itself and of standard problems, programs and people."""
    subject = Subject(FoundPlugin(""), registry)
    result: dict[str, str] = {}
    for kind, name in objects:
        examined = Examined(subject, kind, name, registry.of(kind)[name])
        result[examined.title] = _digest("\n".join(_said(examined)))
    return result


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _said(examined: Examined) -> Iterator[str]:
    value = examined.value
    yield examined.name
    yield value.summary
    if hasattr(value, "options"):
        yield json.dumps(value.options.model_json_schema())
    match examined.kind:
        case "exercises" | "protocols":
            yield value.load().model_dump_json()
        case "constraints":
            yield from _rule(examined)
        case "objectives":
            yield from _wish(examined)
        case "progressions":
            yield from (repr((asked.dose, asked.loads)) for asked in Followed(examined).answers)
        case "screenings":
            yield from _screening(examined)
        case "formats":
            yield repr(value.suffixes)
            own = examined.settings()[0]
            for week in (None, 1):
                options = RenderOptions(own=own, week=week)
                yield repr(value.program(handmade_program(), options))
                try:
                    yield repr(value.referral(handmade_referral(), options))
                except InputError as error:
                    yield str(error)
        case "readers":
            yield from _reading(examined)


def _some_trials(examined: Examined) -> Iterator[Trial]:
    registry = examined.subject.loaded
    library = registry.library()
    for options in examined.settings():
        for number, trial in enumerate(trials_for(library, examined.name, options)):
            if number < 2:
                yield trial
        for number, trial in enumerate(small_trials(library, examined.name, options)):
            if number < 2:
                yield trial


def _rule(examined: Examined) -> Iterator[str]:
    rule = examined.value
    for trial in _some_trials(examined):
        problem = trial.problem
        model = build_model(problem, (rule,), (), widen=True)[0].model
        yield model.digest()
        yield repr((model.names, [row.labels for row in model.rows.values()]))
        for label in model.labels():
            if label.rule == rule.name:
                yield rule.describe(label, problem)
        for items in list(every_assignment(trial))[::EVERY]:
            yield repr([*rule.check(problem, Schedule(items))])
            if (measure := getattr(rule, "margins", None)) is not None:
                yield repr([*measure(problem, Schedule(items))])


def _wish(examined: Examined) -> Iterator[str]:
    for trial in _some_trials(examined):
        yield build_model(trial.problem, (), (examined.value,), widen=True)[0].model.digest()
        for items in list(every_assignment(trial))[::EVERY]:
            yield repr(examined.value.score(trial.problem, Schedule(items)))


def _screening(examined: Examined) -> Iterator[str]:
    for person in PEOPLE:
        for own in examined.settings():
            rules = {examined.name: own.model_dump(mode="json", by_alias=True)}
            answers = {**PEOPLE[person]["screening"], "rules": rules}
            profile = sample_profile(person, screening=answers)
            try:
                found: Any = examined.value.screen(profile, TODAY)
            except InputError as error:
                found = str(error)
            yield repr(found)


def _reading(examined: Examined) -> Iterator[str]:
    for file in getattr(examined.value, "example_files", ()):
        for own in examined.settings():
            yield repr(examined.value.read(file, own))


__all__ = ["everything_told"]
