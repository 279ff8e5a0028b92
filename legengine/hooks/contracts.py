"""The objects that plugins hand to the engine.

Every object has a ``name`` (unique in its kind), a ``summary`` of one line, and ``options``: the
pydantic model of its settings in a profile. Nothing here imports OR-Tools or the engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label, ScreeningFinding, Violation
from legengine.domain.options import Configurable, OptionsT
from legengine.domain.problem import Dose, Problem, Slot, WeekKind
from legengine.domain.protocol import Deload, DoseRole, DoseRow, ExperienceLevel
from legengine.domain.protocol import Protocol as ProtocolData
from legengine.domain.schedule import Schedule
from legengine.domain.vocabulary import Goal

if TYPE_CHECKING:
    from legengine.domain.exercise import LibraryData
    from legengine.domain.findings import Referral
    from legengine.domain.picture import Picture
    from legengine.domain.profile import Profile
    from legengine.domain.program import Prescription, Program
    from legengine.hooks.reading import Locate

API_VERSION: Final = 1
"""The version of this contract; it rises when something that plugins rely on changes."""

OLDEST_API_VERSION: Final = 1
"""The oldest version of this contract whose plugins are still taken."""


class NoOptions(BaseModel):
    """The options of an object that has none."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# --- data ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExerciseLibrary:
    """A set of exercises with their gates, conditions and sources.

    ``load`` is called when the exercises are needed, once for each engine.
    """

    name: str
    summary: str
    load: Callable[[], LibraryData]


@dataclass(frozen=True, slots=True)
class LibraryContents:
    """What a reader found in a file or folder."""

    library: LibraryData | None = None
    protocols: tuple[ProtocolData, ...] = ()
    remarks: tuple[str, ...] = ()
    """What a person should know of it: what was left out or filled in, a sentence each."""
    name: str = ""
    """What the library is called; empty: after its file."""
    summary: str = ""
    version: str = ""
    locate: Locate | None = None
    """Says where an entry stands, so that what doesn't fit to other libraries has a line."""


class LibraryReader(Protocol):
    """Reads exercises or protocols from a file or folder that is no plugin.

    It may have more:

    - ``fills``: a mapping of fields to what the reader fills in where its source doesn't say, and
      why; shown by ``legengine plugins show``.
    - ``examples``: options to try, and ``example_files``: files to read, for the checks.
    """

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def options(self) -> type[BaseModel]: ...

    def recognises(self, path: Path) -> bool:
        """Whether this reader is meant for the file or folder; it looks, and raises nothing."""
        ...

    def read(self, path: Path, options: BaseModel) -> LibraryContents:
        """Read it.

        Raise ``InputError`` with the place of everything that is wrong.
        """
        ...


@dataclass(frozen=True, slots=True)
class ProtocolPlugin:
    """A protocol: phases as data."""

    name: str
    summary: str
    load: Callable[[], ProtocolData]
    options: type[BaseModel] = NoOptions


# --- rules ---------------------------------------------------------------------------------

Column = int
"""A decision column of the flat model, known by its number."""

Terms = Iterable[tuple[Column, int]]
"""A linear expression: columns with integer factors."""

ObjectiveLevel = Literal[
    "wishes",
    "volume",
    "endurance",
    "preference",
    "continuity",
    "evenness",
    "minutes",
    "canonical",
]
OBJECTIVE_LEVELS: Final[tuple[ObjectiveLevel, ...]] = (
    "wishes",
    "volume",
    "endurance",
    "preference",
    "continuity",
    "evenness",
    "minutes",
    "canonical",
)
"""The levels of the objective in their order; none is traded for a lower one."""


class ModelBuilder(Protocol):
    """The narrow door through which a rule writes into the flat model.

    Slots and exercises are asked for by id. Several slots may answer with the same column: weeks
    that are equal in every respect are decided once. Rows that say the same are kept once.
    """

    def used(self, slot: str) -> Column:
        """The 0/1 column that says whether a slot is a training session."""
        ...

    def easy(self, slot: str) -> Column | None:
        """The 0/1 column that says whether a slot is an easy session; ``None``: it can't be."""
        ...

    def pick(self, slot: str, exercise: str) -> Column | None:
        """The 0/1 column of an exercise in a slot; ``None`` where a filter closed it."""
        ...

    def sets(self, slot: str, exercise: str) -> Column | None:
        """The number of sets of an exercise in a slot, 0 where it is not picked."""
        ...

    def extra_set(self, slot: str, exercise: str) -> Column | None:
        """The 0/1 column of a set more on the weak side; ``None`` where there can't be one."""
        ...

    def exercises(self, slot: str) -> Sequence[str]:
        """The exercises that are open in a slot, sorted."""
        ...

    def slots(self, week: int | None = None) -> Sequence[Slot]:
        """The slots of a week, or of the phase, in order of time."""
        ...

    def distinct_weeks(self) -> Sequence[tuple[int, int]]:
        """One week of each kind of equal weeks, with how many weeks it stands for."""
        ...

    def flag(self, name: str) -> Column:
        """A 0/1 column of the rule's own; the same name gives the same column."""
        ...

    def number(self, name: str, low: int, high: int) -> Column:
        """An integer column of the rule's own; the same name gives the same column."""
        ...

    def exposure(self, slot: str, group: str) -> Column | None:
        """The 0/1 column that says whether a slot exposes a muscle group; ``None``: it can't."""
        ...

    def credit(self, slot: str, group: str) -> Sequence[tuple[Column, int]]:
        """Eighths of an effective set that a slot gives to a muscle group, as terms."""
        ...

    def seconds(self, slot: str, week: int) -> Sequence[tuple[Column, int]]:
        """The length of a session in seconds with that week's doses, as terms."""
        ...

    def require(
        self,
        label: Label | None,
        terms: Terms,
        *,
        low: int | None = None,
        high: int | None = None,
    ) -> None:
        """Require ``low <= terms <= high``. Without a label it is structure: never blamed."""
        ...

    def at_most_one(self, label: Label | None, columns: Iterable[Column]) -> None:
        """Require that at most one of the 0/1 columns is 1."""
        ...

    def penalise(self, label: Label, terms: Terms, level: ObjectiveLevel) -> None:
        """Add terms (integer, coarse, zero reachable) to a level of the objective."""
        ...


class Constraint(Protocol):
    """A named rule that must hold; it says itself twice, in two halves that share no code.

    It may have more:

    - ``margins(problem, schedule)``, for a rule that counts: ``legengine.domain.margin.Margin``
      objects, whose ``slack`` is negative exactly where ``check`` finds a violation; with them a
      program tells where the rule sets the limits.
    - ``milder(options, label)``: settings that ask for less, with a text for a person, the nearest
      first; where the rule is in the way they are tried one by one, and offered if they help.
    - ``protects = True``: the rule keeps somebody safe, and nothing is offered to get around it.
    - ``names(options)``: what the options name, as (field, sort, word); a word that is not there
      is told with the line of the profile. Sorts: exercise, pattern, exercise or pattern,
      equipment, muscle group, place, tag.
    - ``examples``: settings to try, as a profile would have them.
    """

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def options(self) -> type[BaseModel]: ...

    def admits(self, problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
        """Return a label where the rule closes the exercise in this slot, else ``None``."""
        ...

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        """State the rule in the model."""
        ...

    def check(self, problem: Problem, schedule: Schedule) -> Iterable[Violation]:
        """Re-derive the rule from the finished schedule in plain Python."""
        ...

    def describe(self, label: Label, problem: Problem) -> str:
        """One sentence for a person, with the numbers, without a full stop."""
        ...


class Objective(Protocol):
    """A named wish on one level; ``score`` recomputes from the schedule what ``post`` minimises.

    It may have more: ``names(options)`` and ``examples``, as a constraint.
    """

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def level(self) -> ObjectiveLevel: ...
    @property
    def options(self) -> type[BaseModel]: ...

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        """Add penalties to the level."""
        ...

    def score(self, problem: Problem, schedule: Schedule) -> int:
        """The sum of the penalties, re-derived in plain Python."""
        ...

    def describe(self, label: Label, problem: Problem) -> str:
        """One sentence for a person."""
        ...


# --- progression ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DoseRequest:
    """What a policy is told when it is asked for the dose of a week, before solving."""

    exercise: Exercise
    role: DoseRole
    row: DoseRow
    week: int
    """In the phase, from 1."""
    weeks: int
    """Length of the phase."""
    kind: WeekKind
    experience: ExperienceLevel
    goal: Goal
    deload: Deload | None
    options: BaseModel


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """Load and repetitions of one prescription, with the reason."""

    reps: int
    """Repetitions a set to aim at, within the dose; 0 where the dose counts otherwise."""
    hold_s: int = 0
    rest_s: int = 0
    load_kg: float | None = None
    """Total external load; ``None`` where there is none or it has to be found by feel."""
    load_text: str = ""
    """How to choose the load where ``load_kg`` is ``None``; empty for bodyweight."""
    percent_1rm: float | None = None
    tempo: str = ""
    knee_flexion_max: int | None = None
    """A range of motion in degrees of knee flexion where the policy moves it."""
    reason: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadRequest:
    """What a policy is told when it is asked for one prescription, after solving."""

    exercise: Exercise
    dose: Dose
    sets: int
    week: int
    weeks: int
    kind: WeekKind
    experience: ExperienceLevel
    goal: Goal
    deload: Deload | None
    body_mass_kg: float | None
    one_rep_max_kg: float | None
    available_kg: tuple[float, ...]
    """Loads that exist at the place for the item used, ascending; empty: unknown."""
    item: str
    """The equipment item that carries the load, or an empty string."""
    knee_flexion_cap: int | None
    previous: LoadPlan | None
    """The plan of this exercise in the last week that was no deload."""
    occurrence: int
    """How many times the exercise has come before in this phase."""
    options: BaseModel
    percent_cap: int | None = None
    """A cap on percent 1RM from a condition."""
    body_mass_share_max: int | None = None
    """A cap on the external load in percent of body mass from a condition."""


class ProgressionPolicy(Protocol):
    """How a dose moves from week to week. Both methods are pure functions of their request.

    It may have more: ``citations`` maps the keys of its sources to what they stand for;
    ``monotone = True`` claims that no week asks for less than the one before but for a deload, and
    the checks hold it to that; ``examples`` are options to try.
    """

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def lever(self) -> str:
        """What it moves: load, repetitions, sets, rest, range or variation."""
        ...

    @property
    def options(self) -> type[BaseModel]: ...

    def dose(self, request: DoseRequest) -> Dose:
        """The dose of a week: bounds for the sets, and what a set lasts at most."""
        ...

    def load(self, request: LoadRequest) -> LoadPlan:
        """The load and repetitions of a prescription, within the dose."""
        ...


# --- screening and formats -----------------------------------------------------------------


class ScreeningRule(Protocol):
    """One rule before training.

    It may have more: ``citations`` maps the keys of its sources to what they stand for,
    ``sources`` holds the keys of this rule, and ``examples`` are options to try.
    """

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def options(self) -> type[BaseModel]: ...

    def screen(self, profile: Profile, today: dt.date) -> ScreeningFinding | None:
        """Return a finding where the rule fires.

        Raise ``InputError`` for an unknown word or for answers that can't be so. It is told unless
        another rule found what can't wait.
        """
        ...


def _no_picture(exercise: str) -> Picture | None:  # noqa: ARG001
    """What stands in where the caller knows no pictures."""
    return None


def _no_credit(item: Prescription) -> Mapping[str, int]:  # noqa: ARG001
    """What stands in where the caller knows no exercises."""
    return {}


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What the caller knows about the page that is written to."""

    width: int = 80
    colour: bool = False
    week: int | None = None
    """Only this week, where the format can."""
    own: BaseModel | None = None
    """The format's own options, validated: as the profile sets them, else its defaults."""
    picture: Callable[[str], Picture | None] = _no_picture
    """The picture of an exercise, by its id; ``None``: its library has none."""
    credit: Callable[[Prescription], Mapping[str, int]] = _no_credit
    """Muscle group to eighths of an effective set that one set of a prescription gives; empty where
    it gives none, or no library has the exercise."""
    previous: Program | None = None
    """The program that this one takes the place of, where the caller has it."""

    def of(self, format: Configurable[OptionsT]) -> OptionsT:
        """The format's own options, as its own model."""
        return self.own if isinstance(self.own, format.options) else format.options()


@dataclass(frozen=True, slots=True)
class Files:
    """What a format writes that makes several files, such as one a session.

    They go into a directory, or into one ZIP archive where a single file is asked for.
    """

    files: Mapping[str, str | bytes]
    """Name of a file, without any directory, to its content."""


class Format(Protocol):
    """Writes a program, or a referral in its place, in one output format.

    What it writes for people is said through ``legengine.language``, so that it comes in the
    language that was asked for. It may have more:

    - ``needs``: names of modules that it imports when it writes, and ``extra``: what to install
      where one is missing, such as ``legengine[pdf]``; told before anything is solved.
    - ``examples``: options to try.
    """

    @property
    def name(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def suffixes(self) -> tuple[str, ...]: ...
    @property
    def options(self) -> type[BaseModel]: ...

    def program(self, program: Program, options: RenderOptions) -> str | bytes | Files:
        """The program in this format."""
        ...

    def referral(self, referral: Referral, options: RenderOptions) -> str | bytes | Files:
        """What screening found; in place of a program where ``referral.refuses``."""
        ...
