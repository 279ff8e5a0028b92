"""Says what is wrong with what an object of a plugin gave back.

Every function takes what a method returned and gives it on, or raises ``Wrong`` with a sentence
that says what was expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, TypeVar, get_args

from legengine.domain.exercise import LibraryData
from legengine.domain.findings import SEVERITIES, Label, ScreeningFinding, Violation
from legengine.domain.margin import Margin, Side
from legengine.domain.problem import Dose
from legengine.domain.protocol import Protocol
from legengine.domain.vocabulary import did_you_mean
from legengine.hooks.contracts import DoseRequest, Files, LibraryContents, LoadPlan, LoadRequest
from legengine.hooks.inspection import Wrong, a

T = TypeVar("T")

_COUNTS: Final = (
    "sets_min",
    "sets_max",
    "reps_min",
    "reps",
    "hold_s",
    "unit_s",
    "metres",
    "rest_s",
    "warmup_sets",
)
"""The fields of a dose that count something."""

_SPANS: Final = ("rir", "rpe", "percent_1rm")
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_SIDES: Final = get_args(Side)


def kind(value: object) -> str:
    """The type of a value, for messages."""
    return "nothing" if value is None else a(type(value).__name__)


def whole(value: object) -> bool:
    """Whether it is a whole number, and no yes or no."""
    return isinstance(value, int) and not isinstance(value, bool)


def real(value: object) -> bool:
    """Whether it is a number that can be reckoned with."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


# --- rules ---------------------------------------------------------------------------------


def label_of(rule: str, value: object) -> Label:
    """A label of the rule."""
    if not isinstance(value, Label):
        raise Wrong(f"a label must be a Label of legengine.domain.findings, not {kind(value)}")
    if value.rule != rule:
        raise Wrong(f"the label {value} is of another rule; make it with Label.of(self.name, ...)")
    pairs = value.about
    if not isinstance(pairs, tuple) or not all(
        isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(part, str) for part in pair)
        for pair in pairs
    ):
        raise Wrong(f"what a label is about must be pairs of text, not {pairs!r}; use Label.of")
    return value


def admitted(rule: str, value: object) -> Label | None:
    """What ``admits`` gives back."""
    if value is None:
        return None
    if not isinstance(value, Label):
        raise Wrong(
            f"it returned {kind(value)}; return a Label where the exercise is closed, else None"
        )
    return label_of(rule, value)


def violations(rule: str, value: object) -> tuple[Violation, ...]:
    """What ``check`` gives back."""
    found = _sequence(value, Violation)
    for each in found:
        if each.rule != rule:
            raise Wrong(
                f"it returned a Violation of the rule {each.rule!r}; the first field is the "
                "name of the rule itself"
            )
        for name in ("where", "required", "found"):
            if not isinstance(getattr(each, name), str):
                raise Wrong(
                    f"'{name}' of a Violation must be text, not {kind(getattr(each, name))}"
                )
    return found


def margins(rule: str, value: object) -> tuple[Margin, ...]:
    """What ``margins`` gives back."""
    found = _sequence(value, Margin)
    for each in found:
        if each.rule != rule:
            raise Wrong(
                f"it returned a Margin of the rule {each.rule!r}; its 'rule' is the name of the "
                "rule itself"
            )
        for name in ("clause", "about", "where", "who", "when", "unit"):
            if not isinstance(getattr(each, name), str):
                raise Wrong(f"'{name}' of a Margin must be text, not {kind(getattr(each, name))}")
        for name in ("found", "required"):
            if not real(getattr(each, name)):
                raise Wrong(f"'{name}' of a Margin must be a number, not {getattr(each, name)!r}")
        if not whole(each.week):
            raise Wrong(f"'week' of a Margin must be the number of a week, not {each.week!r}")
        if each.side not in _SIDES:
            expected = " or ".join(map(repr, _SIDES))
            raise Wrong(f"'side' of a Margin must be {expected}, not {each.side!r}")
    return found


def _sequence(value: object, wanted: type[T]) -> tuple[T, ...]:
    """The parts of a list, a tuple or a generator, in an order that every run has."""
    name = wanted.__name__
    if value is None:
        raise Wrong(
            f"it returned nothing; return a list of {name} objects, empty where there are none"
        )
    if not isinstance(value, (list, tuple, Iterator)) or isinstance(value, wanted):
        raise Wrong(
            f"it returned {kind(value)}; return a list of {name} objects, or yield them, so that "
            "their order is the same in every run"
        )
    found = tuple(value)
    for each in found:
        if not isinstance(each, wanted):
            raise Wrong(f"it returned {kind(each)} where {a(name)} is expected: {each!r:.60}")
    return found


def sentence(value: object) -> str:
    """What ``describe`` gives back."""
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        shown = kind(value) if not isinstance(value, str) else repr(value)
        raise Wrong(f"it returned {shown}; return one line of text")
    return value


def score(value: object) -> int:
    """What ``score`` gives back."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(f"it returned {kind(value)}; a score is a whole number, the sum of penalties")
    if value < 0:
        raise Wrong(f"it returned {value}; penalties are never below 0")
    return value


# --- policies ------------------------------------------------------------------------------


def dose(request: DoseRequest, value: object) -> Dose:
    """What ``dose`` gives back."""
    if not isinstance(value, Dose):
        raise Wrong(f"it returned {kind(value)}; return a Dose of legengine.domain.problem")
    where = f"the dose of '{request.exercise.id}' in week {request.week}"
    for name in _COUNTS:
        number = getattr(value, name)
        if not whole(number) or number < 0:
            raise Wrong(f"{where}: '{name}' must be a whole number from 0, not {number!r}")
    if value.role != request.role:
        raise Wrong(f"{where}: 'role' must be that of the request, {request.role!r}")
    if not 1 <= value.sets_min <= value.sets_max:
        raise Wrong(
            f"{where}: expected 1 <= sets_min <= sets_max, got {value.sets_min} and "
            f"{value.sets_max}"
        )
    _counted(request, value, where)
    for name in _SPANS:
        span = getattr(value, name)
        if span is not None and not _is_span(span):
            raise Wrong(f"{where}: '{name}' must be a pair such as (2, 3) or None, not {span!r}")
    _texts(where, value, ("tempo", "row", "kept_within"))
    _keys(where, value.sources)
    return value


def _counted(request: DoseRequest, value: Dose, where: str) -> None:
    """A set is counted in the exercise's own unit."""
    match request.exercise.dose_kind:
        case "repetitions" if not 1 <= value.reps_min <= value.reps:
            raise Wrong(
                f"{where}: expected 1 <= reps_min <= reps, got {value.reps_min} and {value.reps}"
            )
        case "hold" if value.hold_s < 1:
            raise Wrong(f"{where}: 'hold_s' of a hold must be at least 1 second")
        case "duration" if value.sets_max * value.unit_s < 60:
            raise Wrong(f"{where}: 'unit_s' must make at least one minute of all sets")


def _is_span(value: Any) -> bool:
    return (isinstance(value, tuple) and len(value) == 2 and all(map(whole, value))) and value[
        0
    ] <= value[1]


def plan(request: LoadRequest, value: object) -> LoadPlan:
    """What ``load`` gives back: load and repetitions within the dose."""
    if not isinstance(value, LoadPlan):
        raise Wrong(f"it returned {kind(value)}; return a LoadPlan of legengine.hooks")
    asked, exercise = request.dose, request.exercise
    where = f"the plan of '{exercise.id}' in week {request.week}"
    for name in ("reps", "hold_s", "rest_s"):
        number = getattr(value, name)
        if not whole(number) or number < 0:
            raise Wrong(f"{where}: '{name}' must be a whole number from 0, not {number!r}")
    # 0 leaves it to the dose.
    if exercise.dose_kind == "repetitions" and value.reps:
        _within(where, "reps", value.reps, asked.reps_min, asked.reps)
    if exercise.dose_kind == "hold" and value.hold_s:
        _within(where, "hold_s", value.hold_s, 1, asked.hold_s)
    for name in ("load_kg", "percent_1rm", "knee_flexion_max"):
        number = getattr(value, name)
        if number is not None and (not real(number) or number < 0):
            raise Wrong(f"{where}: '{name}' must be a number from 0 or None, not {number!r}")
    if exercise.resistance == "bodyweight" and (value.load_kg is not None or value.load_text):
        raise Wrong(f"{where}: an exercise with body weight alone has no load")
    if value.load_kg is not None and request.available_kg:
        there = request.available_kg
        if not any(math.isclose(value.load_kg, load, abs_tol=1e-6) for load in there):
            loads = ", ".join(f"{load:g}" for load in there)
            raise Wrong(f"{where}: {value.load_kg:g} kg isn't at the place; there are: {loads}")
    _texts(where, value, ("load_text", "tempo", "reason"))
    _keys(where, value.sources)
    return value


def _within(where: str, name: str, number: int, low: int, high: int) -> None:
    if not low <= number <= high:
        raise Wrong(f"{where}: '{name}' is {number}, outside the dose of {low} to {high}")


# --- screening, formats, readers -----------------------------------------------------------


def finding(value: object) -> ScreeningFinding | None:
    """What ``screen`` gives back."""
    if value is None:
        return None
    if not isinstance(value, ScreeningFinding):
        raise Wrong(f"it returned {kind(value)}; return a ScreeningFinding or None")
    if value.severity not in SEVERITIES:
        hint = did_you_mean(str(value.severity), SEVERITIES) or f"known: {', '.join(SEVERITIES)}"
        raise Wrong(f"the severity {value.severity!r} is unknown; {hint}")
    for field in fields(value):
        part = getattr(value, field.name)
        if field.name in ("sources", "conditions"):
            _keys(f"a finding, '{field.name}'", part)
        elif not isinstance(part, str) or not part.strip():
            raise Wrong(f"'{field.name}' of a ScreeningFinding must be text, not {part!r}")
    return value


def written(value: object) -> str | bytes | Files:
    """What ``program`` and ``referral`` of a format give back."""
    if isinstance(value, Files):
        return _files(value)
    return _content("it", value)


def _content(what: str, value: object) -> str | bytes:
    if not isinstance(value, (str, bytes)):
        raise Wrong(f"{what} returned {kind(value)}; return text, bytes or Files")
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise Wrong(
                f"its text can't be written as UTF-8: character {error.start} is "
                f"{value[error.start]!a}"
            ) from error
    return value


def _files(value: Files) -> Files:
    """Several files: plain names that stay in their directory, and something in each."""
    if not isinstance(value.files, Mapping) or not value.files:
        raise Wrong("'files' of Files must be a mapping of names to text or bytes, and not empty")
    for name, content in value.files.items():
        if not isinstance(name, str) or not _FILE_NAME.fullmatch(name):
            raise Wrong(
                f"{name!r} can't be a file's name: letters, digits, '.', '-' and '_' only, "
                "no directory, no dot in front"
            )
        _content(f"the file '{name}': it", content)
    return value


def recognised(value: object) -> bool:
    """What ``recognises`` gives back."""
    if not isinstance(value, bool):
        raise Wrong(f"it returned {kind(value)}; return True or False")
    return value


def contents(value: object) -> LibraryContents:
    """What ``read`` gives back."""
    if not isinstance(value, LibraryContents):
        raise Wrong(f"it returned {kind(value)}; return LibraryContents of legengine.hooks")
    if value.library is not None and not isinstance(value.library, LibraryData):
        raise Wrong(f"'library' must be LibraryData or None, not {kind(value.library)}")
    if not isinstance(value.protocols, tuple) or not all(
        isinstance(each, Protocol) for each in value.protocols
    ):
        raise Wrong("'protocols' must be a tuple of protocols")
    _keys("remarks", value.remarks)
    return value


def _texts(where: str, value: object, names: Iterable[str]) -> None:
    for name in names:
        if not isinstance(getattr(value, name), str):
            raise Wrong(f"{where}: '{name}' must be text, not {kind(getattr(value, name))}")


def _keys(where: str, value: Sequence[object]) -> None:
    if not isinstance(value, tuple) or not all(isinstance(each, str) for each in value):
        raise Wrong(f"{where}: expected a tuple of texts, got {value!r:.60}")
