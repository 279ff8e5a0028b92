"""Puts together what a plugin is asked: as a whole, then object by object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from legengine.hooks.inspection import Kind
from legengine.testing.conformance.check import Check
from legengine.testing.conformance.constraints import constraint_checks
from legengine.testing.conformance.described import Examined, common_checks
from legengine.testing.conformance.formats import format_checks
from legengine.testing.conformance.libraries import (
    library_checks,
    protocol_checks,
    reader_checks,
)
from legengine.testing.conformance.objectives import objective_checks
from legengine.testing.conformance.plugin import plugin_level_checks
from legengine.testing.conformance.policies import policy_checks
from legengine.testing.conformance.screenings import screening_checks
from legengine.testing.conformance.subject import Problems, Subject, subjects_of

_CHECKS: Final[Mapping[Kind, Callable[[Examined], Iterator[Check]]]] = {
    "exercises": library_checks,
    "readers": reader_checks,
    "protocols": protocol_checks,
    "constraints": constraint_checks,
    "objectives": objective_checks,
    "progressions": policy_checks,
    "screenings": screening_checks,
    "formats": format_checks,
}


def checks_of(plugin: object, *, problems: Problems = ()) -> tuple[Check, ...]:
    """Everything that a plugin is asked. Nothing is asked before a check is called.

    ``plugin`` is a module, an object, a ``(name, object)`` pair, the name of an installed plugin,
    an import path, or the path of a project folder or of a file or folder of data. ``problems``
    are tiny problems on which its rules and wishes are tried besides the suite's own: for all of
    them, or by name. Where a folder has several plugins, every id begins with its plugin's name.

    Raises:
        InputError: there is no such plugin.
    """
    subjects = subjects_of(plugin, problems)
    if len(subjects) == 1:
        return tuple(_of_subject(subjects[0]))
    return tuple(
        replace(check, id=f"{subject.found.name}: {check.id}")
        for subject in subjects
        for check in _of_subject(subject)
    )


def _of_subject(subject: Subject) -> Iterator[Check]:
    yield from plugin_level_checks(subject)
    if subject.failure:
        return
    for kind, name, value in subject.objects():
        examined = Examined(subject, kind, name, value)
        yield from common_checks(examined)
        yield from _CHECKS[kind](examined)


__all__ = ["checks_of"]
