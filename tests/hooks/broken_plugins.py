"""Plugins that are broken, each in one way: what stands in their module, and what is said of it.

``LOADING`` break while they are loaded, ``USING`` while they are used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Broken:
    """One way to be broken."""

    module: str
    said: str
    state: str = "broken"
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failing:
    """One way to fail while it is used."""

    module: str
    said: str
    profile: dict[str, Any] = field(default_factory=dict)
    """What a profile has to say for it to be used."""
    unasked: bool = True
    """Whether it is used although no profile names it."""


HOOK = """
from legengine.hooks import hookimpl
@hookimpl
def legengine_formats({arguments}):
    {body}
"""


def hook(body: str = "return []", arguments: str = "") -> str:
    return HOOK.format(body=body, arguments=arguments)


LOADING: dict[str, Broken] = {
    "raises on import": Broken("1/0", "it can't be imported: ZeroDivisionError: division by zero"),
    "leaves the process": Broken("import sys; sys.exit(3)", "it can't be imported: SystemExit: 3"),
    "is no Python": Broken("def x(:\n", "it can't be imported: SyntaxError: "),
    "needs what is not there": Broken(
        "import surely_not_there",
        "it can't be imported: ModuleNotFoundError: No module named 'surely_not_there'",
    ),
    "takes an argument": Broken(
        hook(arguments="profile"), "'legengine_formats' must take no arguments, and takes 'profile'"
    ),
    "takes an argument with a default": Broken(
        hook(arguments="x=1"),
        "'legengine_formats' must take no arguments, and takes 'x' with a default",
    ),
    "misspells a hook": Broken(
        hook().replace("legengine_formats", "legengine_fromats"),
        "there is no hook 'legengine_fromats'; did you mean 'legengine_formats'",
    ),
    "has no marker": Broken(
        "def legengine_formats(): return []",
        "'legengine_formats' is not marked; put @hookimpl of legengine.hooks above it",
    ),
    "has another project's marker": Broken(
        "import pluggy\n"
        + hook().replace(
            "from legengine.hooks import hookimpl", "hookimpl = pluggy.HookimplMarker('pytest')"
        ),
        "'legengine_formats' is marked for another project (pytest_impl)",
    ),
    "wraps": Broken(
        hook().replace("@hookimpl", "@hookimpl(tryfirst=True)"),
        "'legengine_formats' uses tryfirst: hooks only hand over objects, in no order",
    ),
    "implements nothing": Broken("x = 1", "it implements no hook; known: legengine_constraints"),
    "raises in a hook": Broken(
        hook("raise KeyError('x')"), "hook 'legengine_formats' failed: KeyError: 'x'"
    ),
    "returns nothing": Broken(
        hook("pass"), "'legengine_formats' returned nothing; is there a 'return'?"
    ),
    "returns a set": Broken(
        hook("return {1}"), "'legengine_formats' must return a list or a tuple, not a set"
    ),
    "returns something else": Broken(
        hook("return [3]"), "hook 'legengine_formats': a format (an int) has no 'name'"
    ),
    "has a bad name": Broken(
        hook("""
    class F: name = "My Format"; summary = "x"; suffixes = (); options = None
    return [F()]"""),
        "the name of a format (a F) must be lower-case letters, digits, '-' and '_', "
        "not 'My Format'",
    ),
    "is too new": Broken(
        "LEGENGINE_API = 99\n" + hook(),
        "it is written for version 99 of the plugin contract, and this legengine has version",
        state="incompatible",
    ),
    "is no number of the contract": Broken(
        "LEGENGINE_API = 'one'\n" + hook(), "LEGENGINE_API must be a number from 1, not 'one'"
    ),
    "asks for another legengine": Broken(
        hook(),
        "it needs legengine>=99, and this is legengine",
        state="incompatible",
        requires=("legengine>=99",),
    ),
}

RULE = """
from legengine.domain.findings import Label, Violation
from legengine.domain.margin import Margin
from legengine.hooks import NoOptions, hookimpl
class Rule:
    name = "gap"; summary = "a gap"; options = NoOptions
    def admits(self, problem, exercise, slot): return None
    def post(self, builder, problem): pass
    def check(self, problem, schedule): return []
    def describe(self, label, problem): return "a gap"
class Broken(Rule):
    {method}
@hookimpl
def legengine_constraints(): return [Broken()]
"""

WISH = """
from legengine.domain.findings import Label
from legengine.hooks import NoOptions, hookimpl
class Wish:
    name = "taste"; summary = "a taste"; level = "preference"; options = NoOptions
    def post(self, builder, problem): pass
    def score(self, problem, schedule): return 0
    def describe(self, label, problem): return "a taste"
class Broken(Wish):
    {method}
@hookimpl
def legengine_objectives(): return [Broken()]
"""

POLICY = """
from legengine.domain.problem import Dose
from legengine.hooks import LoadPlan, NoOptions, hookimpl
class Policy:
    name = "mine"; summary = "mine"; lever = "none"; options = NoOptions
    def dose(self, request):
        row, kind = request.row, request.exercise.dose_kind
        reps = (row.reps or (5, 10))[0] if kind == "repetitions" else 0
        return Dose(role=request.role, sets_min=row.sets[0], sets_max=row.sets[1], reps_min=reps,
            reps=reps, hold_s=(row.hold_s or (10, 10))[0] if kind == "hold" else 0,
            unit_s=300 if kind == "duration" else 0,
            metres=(row.metres or (10, 10))[0] if kind == "distance" else 0,
            rest_s=0 if kind == "duration" else row.rest_s[1], sources=row.sources)
    def load(self, request):
        return LoadPlan(reps=request.dose.reps, hold_s=request.dose.hold_s,
            rest_s=request.dose.rest_s, reason="x")
class Broken(Policy):
    {method}
@hookimpl
def legengine_progressions(): return [Broken()]
"""

SCREENING = """
from legengine.hooks import NoOptions, hookimpl
class Broken:
    name = "asks"; summary = "asks"; options = NoOptions
    {method}
@hookimpl
def legengine_screenings(): return [Broken()]
"""

LIBRARY = """
from legengine.hooks import ExerciseLibrary, hookimpl
def load():
    {body}
@hookimpl
def legengine_exercises(): return [ExerciseLibrary("pool", "for a pool", load)]
"""

PROTOCOL = """
from legengine.hooks import ProtocolPlugin, hookimpl
def load():
    {body}
@hookimpl
def legengine_protocols(): return [ProtocolPlugin("water", "in water", load)]
"""


def rule(method: str) -> str:
    return RULE.format(method=method)


def wish(method: str) -> str:
    return WISH.format(method=method)


def policy(method: str) -> str:
    return POLICY.format(method=method)


def screening(method: str) -> str:
    return SCREENING.format(method=method)


MINE = {"progression": {"name": "mine"}}
WATER = {"protocol": {"name": "water"}}
CHANGED = "what it is given is only to be read"

USING: dict[str, Failing] = {
    "admits raises": Failing(
        rule("def admits(self, problem, exercise, slot): return 1/0"),
        "failed in admits: ZeroDivisionError: division by zero",
    ),
    "admits says yes": Failing(
        rule("def admits(self, problem, exercise, slot): return True"),
        "failed in admits: it returned a bool; return a Label where the exercise is closed",
    ),
    "post raises": Failing(
        rule("def post(self, builder, problem): raise ValueError('no')"),
        "failed in post: ValueError: no",
    ),
    "post leaves the process": Failing(
        rule("def post(self, builder, problem): raise SystemExit(1)"),
        "failed in post: SystemExit: 1",
    ),
    "post has a fraction": Failing(
        rule(
            "def post(self, builder, problem):\n"
            "        slot = builder.slots()[0]\n"
            "        used = builder.used(slot.id)\n"
            "        builder.require(Label.of('gap'), [(used, 0.5)], high=1)"
        ),
        "failed in post: a factor must be a whole number, not 0.5",
    ),
    "post has another's label": Failing(
        rule(
            "def post(self, builder, problem):\n"
            "        used = builder.used(builder.slots()[0].id)\n"
            "        builder.require(Label.of('time'), [(used, 1)], high=1)"
        ),
        "the label time is of another rule; make it with Label.of(self.name, ...)",
    ),
    "post changes the problem": Failing(
        rule("def post(self, builder, problem): problem.doses.clear()"), CHANGED
    ),
    "check raises": Failing(
        rule("def check(self, problem, schedule): raise KeyError('x')"),
        "failed in check: KeyError: 'x'",
    ),
    "check returns a set": Failing(
        rule("def check(self, problem, schedule): return {Violation('gap', 'a', 'b', 'c')}"),
        "so that their order is the same in every run",
    ),
    "check returns nothing": Failing(
        rule("def check(self, problem, schedule): return None"),
        "failed in check: it returned nothing; return a list of Violation objects",
    ),
    "check contradicts itself": Failing(
        rule(
            "asked = 0\n"
            "    def check(self, problem, schedule):\n"
            "        Broken.asked += 1\n"
            "        return [Violation('gap', str(Broken.asked), 'b', 'c')]"
        ),
        "asked twice about the same schedule, it gave two answers",
    ),
    "check changes the problem": Failing(
        rule("def check(self, problem, schedule): problem.exercises.clear(); return []"), CHANGED
    ),
    "margins raises": Failing(
        rule("def margins(self, problem, schedule): raise ValueError('m')"),
        "failed in margins: ValueError: m",
    ),
    "score raises": Failing(
        wish("def score(self, problem, schedule): raise ValueError('s')"),
        "failed in score: ValueError: s",
    ),
    "score is a fraction": Failing(
        wish("def score(self, problem, schedule): return 0.5"),
        "a score is a whole number, the sum of penalties",
    ),
    "the level is another": Failing(
        wish(
            "def post(self, builder, problem):\n"
            "        used = builder.used(builder.slots()[0].id)\n"
            "        builder.penalise(Label.of('taste'), [(used, 1)], 'wishes')"
        ),
        "it is on the level 'preference', and penalises on 'wishes'",
    ),
    "dose raises": Failing(
        policy("def dose(self, request): raise ValueError('d')"),
        "failed in dose: ValueError: d",
        MINE,
        unasked=False,
    ),
    "dose is none": Failing(
        policy("def dose(self, request): return 3"),
        "failed in dose: it returned an int; return a Dose of legengine.domain.problem",
        MINE,
        unasked=False,
    ),
    "load raises": Failing(
        policy("def load(self, request): raise ValueError('l')"),
        "failed in load: ValueError: l",
        MINE,
        unasked=False,
    ),
    "load is beyond the dose": Failing(
        policy("def load(self, request): return LoadPlan(reps=99, reason='x')"),
        "failed in load: the plan of ",
        MINE,
        unasked=False,
    ),
    "screen raises": Failing(
        screening("def screen(self, profile, today): raise ValueError('q')"),
        "failed in screen: ValueError: q",
    ),
    "screen says yes": Failing(
        screening("def screen(self, profile, today): return True"), "failed in screen: it returned"
    ),
    "screen changes the profile": Failing(
        screening("def screen(self, profile, today): profile.pain['knee'] = 3"), CHANGED
    ),
    "a library raises": Failing(
        LIBRARY.format(body="raise OSError('gone')"), "failed in load: OSError: gone"
    ),
    "a library leaves the process": Failing(
        LIBRARY.format(body="raise SystemExit(3)"), "failed in load: SystemExit: 3"
    ),
    "a library is none": Failing(
        LIBRARY.format(body="return []"), "expected LibraryData, got list"
    ),
    "a protocol leaves the process": Failing(
        PROTOCOL.format(body="raise SystemExit(3)"),
        "failed in load: SystemExit: 3",
        WATER,
        unasked=False,
    ),
    "a protocol raises": Failing(
        PROTOCOL.format(body="raise OSError('gone')"),
        "failed in load: OSError: gone",
        WATER,
        unasked=False,
    ),
}
"""``program`` and ``referral`` of formats have tests in tests/cli: a command writes several."""
