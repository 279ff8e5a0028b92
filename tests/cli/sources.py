"""Sources of plugin modules that tests write into a folder and give to the command line."""

from __future__ import annotations

OPTIONS = '''
from dataclasses import dataclass
from typing import Literal
from pydantic import BaseModel, ConfigDict, Field, field_validator
from legengine.hooks import LibraryContents, NoOptions, hookimpl

class Options(BaseModel):
    """One pair of exercises."""
    model_config = ConfigDict(extra="forbid", frozen=True)
    first: str = Field(description="the id of an exercise")
    gap_days: int = Field(default=0, ge=0, le=7)

class Apart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    most: int = Field(default=1, ge=0, description="held exercises in a session")
    pairs: list[Options] = Field(default=[], description="never together")
    mode: Literal["soft", "hard"] = "hard"
    odd: str = ""

    @field_validator("odd")
    @classmethod
    def _odd(cls, value):
        if value:
            raise TypeError("no such thing")
        return value

class Needing(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    hours: int = Field(description="hours of pool time")

Clash = type("Options", (Apart,), {})

@dataclass(frozen=True)
class Rule:
    name: str
    options: type
    summary: str = "keeps exercises apart"
    examples: tuple = ({"most": 2, "pairs": [{"first": "wall_sit"}]},)
    def admits(self, problem, exercise, slot): return None
    def post(self, builder, problem): pass
    def check(self, problem, schedule): return ()
    def describe(self, label, problem): return "apart"

@dataclass(frozen=True)
class Wish:
    name: str = "calm"
    options: type = Clash
    summary: str = "a calm week"
    level: str = "preference"
    def post(self, builder, problem): pass
    def score(self, problem, schedule): return 0
    def describe(self, label, problem): return "calm"

@dataclass(frozen=True)
class Answers:
    name: str = "dizzy"
    options: type = Apart
    summary: str = "asks for dizziness"
    def screen(self, profile, today): return None

class Page(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    heading: str = "plain"

@dataclass(frozen=True)
class Paper:
    name: str = "paper"
    options: type = Page
    summary: str = "a page"
    suffixes: tuple = (".paper",)
    def program(self, program, options): return f"{options.of(self).heading}: {program.title}\\n"
    def referral(self, referral, options): return f"{options.of(self).heading}: see a doctor\\n"

@dataclass(frozen=True)
class Reader:
    name: str = "lists"
    options: type = Needing
    summary: str = "reads lists"
    def recognises(self, path): return False
    def read(self, path, options): return LibraryContents()

@hookimpl
def legengine_constraints(): return [Rule("apart", Apart)]

@hookimpl
def legengine_objectives(): return [Wish()]

@hookimpl
def legengine_screenings(): return [Answers()]

@hookimpl
def legengine_formats(): return [Paper()]

@hookimpl
def legengine_readers(): return [Reader()]
'''

NEEDING = (
    OPTIONS.partition("@hookimpl")[0]
    + """
@hookimpl
def legengine_constraints(): return [Rule("pool", Needing, examples=())]
"""
)

PRINTING = """
print("at import")
import os, subprocess, sys
from dataclasses import dataclass
from legengine.hooks import NoOptions, hookimpl

@dataclass(frozen=True)
class Rule:
    name: str = "loud"
    summary: str = "prints"
    options: type = NoOptions
    def admits(self, problem, exercise, slot): return None
    def post(self, builder, problem): print("in post")
    def check(self, problem, schedule):
        print("in check")
        os.write(1, b"past Python\\n")
        subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
        return ()
    def describe(self, label, problem): return "loud"

@dataclass(frozen=True)
class Loud:
    name: str = "loud"
    summary: str = "prints"
    suffixes: tuple = ()
    options: type = NoOptions
    def program(self, program, options):
        print("in render")
        return "the page\\n"
    def referral(self, referral, options): return ""

@hookimpl
def legengine_constraints():
    print("in a hook")
    return [Rule()]

@hookimpl
def legengine_formats(): return [Loud()]
"""

BROKEN = "raise RuntimeError('out of order')\n"

PROFILE = """\
person: {age: 34, sex: female, mass: 68 kg}
cause: disuse
screening: {red_flags: none, parq_page1: all_no}
places: {home: {equipment: [home_basics]}}
availability:
  - {days: [mon, wed, fri], start: "18:00", minutes: 30}
weeks: 2
"""
"""A profile with which a program is made in a second."""

FAILING = """
import sys
from dataclasses import dataclass
from legengine.hooks import NoOptions, hookimpl

def explode(program):
    raise RuntimeError("out of ink")

@dataclass(frozen=True)
class Failing:
    name: str
    make: object
    summary: str = "fails"
    suffixes: tuple = ()
    options: type = NoOptions
    def program(self, program, options): return self.make(program)
    def referral(self, referral, options): return self.make(referral)

@hookimpl
def legengine_formats():
    return [
        Failing("raises", explode),
        Failing("number", lambda program: 3),
        Failing("lines", lambda program: ["a", "b"]),
        Failing("leaves", lambda program: sys.exit(0)),
        Failing("halves", lambda program: "text \\ud800"),
    ]
"""
