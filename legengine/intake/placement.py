"""Where a person starts: the phase, and a level for each movement pattern (evidence 5.5).

The first global rule that holds decides; then every pattern is placed by its own test, the weaker
side first. Every decision carries its reason and the keys of its sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from legengine.assess.norms import chair_stand_cut, sit_to_stand_p25
from legengine.domain.profile import Profile
from legengine.domain.program import Reason
from legengine.intake.deficits import local_deficit
from legengine.intake.patterns import Placed, place_patterns, spoken

Entry = Literal["protected", "foundation", "introduction", "goal", "power"]
"""The first phase: protected, the foundation, first loads, the block of the goal, or power."""

ENTRY_LEVEL: Final[dict[Entry, int]] = {
    "protected": 1,
    "foundation": 2,
    "introduction": 3,
    "goal": 4,
    "power": 5,
}

LIMITED: Final = frozenset({"weight_bearing_nwb", "weight_bearing_ttwb", "weight_bearing_pwb"})
"""Conditions under which a leg carries less than it tolerates."""

REST_PAIN: Final = 4
HANDS_STANDS: Final = 5
FRAIL_SPPB: Final = 6
FRAIL_SPEED: Final = 0.5
OLDER_AGE: Final = 60
OLDER_SPPB: Final = 9
OLDER_TUG_S: Final = 12
OLDER_TANDEM_S: Final = 10
FOUNDATION_SQUATS: Final = 15
INACTIVE_WEEKS: Final = 4
TRAINED_WEEKS: Final = 8
"""Limits of the global rules (evidence 5.5, [D] unless a test's cut-off says so)."""


@dataclass(frozen=True, slots=True)
class Start:
    """The first phase and the levels that the tests give, with every reason."""

    entry: Entry
    level: int
    patterns: Mapping[str, int]
    reasons: tuple[Reason, ...]
    frail: bool = False
    """Whether someone has to stand beside the person."""
    stages: Mapping[str, Literal["foundation"]] = field(default_factory=dict)
    """Patterns that stay at the stage of the foundation while the rest goes on."""
    starts: Mapping[str, str] = field(default_factory=dict)
    """Pattern to the exercise that it begins with."""

    @property
    def said(self) -> tuple[str, ...]:
        """The reasons in words."""
        return tuple(reason.text for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class _Global:
    entry: Entry
    level: int
    why: str
    sources: tuple[str, ...]
    frail: bool = False


def place(profile: Profile, facts: Mapping[str, float]) -> Start:
    """Place a person; the first rule that fits decides, then each pattern by its own test."""
    chosen, behind = _chosen(profile, facts)
    loaded = chosen.entry not in ("protected", "foundation")
    placed = tuple(place_patterns(profile, facts, loaded=loaded))
    return Start(
        entry=chosen.entry,
        level=chosen.level,
        patterns={each.pattern: each.level for each in placed},
        reasons=tuple(_reasons(chosen, placed, behind)),
        frail=chosen.frail,
        stages=dict.fromkeys(behind, "foundation"),
        starts={each.pattern: each.start for each in placed if each.start},
    )


def _chosen(profile: Profile, facts: Mapping[str, float]) -> tuple[_Global, tuple[str, ...]]:
    """The global decision, and the patterns that stay behind it."""
    found = _global(profile, facts)
    if found is not None:
        return found, ()
    deficit = local_deficit(profile, facts)
    if deficit is not None:
        return _Global("introduction", 3, deficit.why, deficit.sources), deficit.patterns
    why = "the foundation tests have not been passed yet"
    return _Global("foundation", 2, why, ("D",)), ()


def _reasons(chosen: _Global, placed: Sequence[Placed], behind: Sequence[str]) -> Iterator[Reason]:
    """Every decision with its sources."""
    yield Reason(text=f"Level {chosen.level}: {chosen.why}.", sources=chosen.sources)
    if chosen.frail:
        text = "Train with someone beside you: the tests mark frailty."
        yield Reason(text=text, sources=("VIVI", "m:NSCA19b"))
    for each in placed:
        yield Reason(text=each.why, sources=each.sources)
    for pattern in behind:
        what = spoken(pattern)
        text = f"For {what}: exercises of the foundation only, until the test of it is passed."
        yield Reason(text=text, sources=("D",))


def held_back(start: Start) -> Start:
    """The start of a person for whom power is not open yet: the block of the goal."""
    level = ENTRY_LEVEL["goal"]
    why = Reason(
        text=f"Level {level}: the strength phase's exit tests are passed; power is not open yet.",
        sources=start.reasons[0].sources,
    )
    return replace(start, entry="goal", level=level, reasons=(why, *start.reasons[1:]))


def _global(profile: Profile, facts: Mapping[str, float]) -> _Global | None:
    """The first global rule that holds; ``None`` leaves the default."""
    return (
        _protected(profile, facts)
        or _frail(facts)
        or _older(profile, facts)
        or _weak(profile, facts)
        or _passed(profile)
    )


def _protected(profile: Profile, facts: Mapping[str, float]) -> _Global | None:
    cleared = profile.clearance
    sources: tuple[str, ...]
    if cleared is not None and cleared.protected:
        why, sources = "the clearance asks for the protected phase", ("D",)
    elif cleared is not None and cleared.weight_bearing not in ("FWB", "WBAT"):
        why, sources = "the clearance limits weight bearing", ("WBS", "D")
    elif LIMITED.intersection(profile.conditions):
        why, sources = "a condition limits weight bearing", ("WBS", "D")
    elif facts.get("rest_pain", 0) >= REST_PAIN:
        why, sources = f"pain at rest is {REST_PAIN} of 10 or more", ("D",)
    elif facts.get("chair_stands_hands_reps", HANDS_STANDS) < HANDS_STANDS:
        why, sources = f"fewer than {HANDS_STANDS} stands with the help of the hands", ("D",)
    else:
        return None
    return _Global("protected", 1, why, sources)


def _frail(facts: Mapping[str, float]) -> _Global | None:
    points, speed = facts.get("sppb"), facts.get("gait_speed_m_s")
    if points is not None and points <= FRAIL_SPPB:
        why = f"the SPPB gives {points:g} points, {FRAIL_SPPB} or less"
    elif speed is not None and speed < FRAIL_SPEED:
        why = f"walking at {speed:g} m/s is below {FRAIL_SPEED} m/s"
    else:
        return None
    return _Global("foundation", 1, why, ("VIVI",), frail=True)


def _older(profile: Profile, facts: Mapping[str, float]) -> _Global | None:
    age = profile.person.age
    if age < OLDER_AGE:
        return None
    cut = chair_stand_cut(age, profile.person.sex)
    stands = facts.get("chair_stand_30s", cut)
    checks = (
        (stands < cut, f"{stands:g} chair stands in 30 s, below {cut:g}", "STEADI30"),
        (facts.get("sppb", 12) <= OLDER_SPPB, f"SPPB of {OLDER_SPPB} or less", "VIVI"),
        (
            facts.get("timed_up_and_go_s", 0) >= OLDER_TUG_S,
            f"the timed up and go takes {OLDER_TUG_S} s or more",
            "m:TUGS",
        ),
        (
            facts.get("tandem_stance_s", OLDER_TANDEM_S) < OLDER_TANDEM_S,
            f"tandem stance below {OLDER_TANDEM_S} s",
            "STG4",
        ),
    )
    failed = [(why, key) for holds, why, key in checks if holds]
    if not failed:
        return None
    why = "; ".join(text for text, _ in failed)
    return _Global("foundation", 2, why, tuple(key for _, key in failed))


def _weak(profile: Profile, facts: Mapping[str, float]) -> _Global | None:
    age = profile.person.age
    if age >= OLDER_AGE:
        return None
    squats = facts.get("chair_squat_reps")
    if squats is not None and squats < FOUNDATION_SQUATS:
        why = f"{squats:g} chair squats a set with 3 in reserve, below {FOUNDATION_SQUATS}"
        return _Global("foundation", 2, why, ("D",))
    p25 = sit_to_stand_p25(age, profile.person.sex)
    stands = facts.get("sit_to_stand_1min", p25)
    if stands < p25:
        why = f"{stands:g} stands in a minute, in the lowest quarter for your age"
        return _Global("foundation", 2, why, ("STS1", "D"))
    inactive = profile.history.weeks_inactive
    if inactive >= INACTIVE_WEEKS:
        return _Global("foundation", 2, f"{inactive} weeks without training", ("D",))
    return None


def _passed(profile: Profile) -> _Global | None:
    """Who passed the foundation's exit. Power comes first: it asks for more than the others."""
    tests, trained = profile.assessments, profile.experience.trained_weeks
    if tests.foundation_exit != "pass":
        return None
    if profile.goal == "power" and tests.strength_exit == "pass" and trained >= TRAINED_WEEKS:
        return _Global("power", 5, "the strength phase's exit tests are passed", ("D",))
    if trained >= TRAINED_WEEKS:
        why = f"foundation tests passed and {TRAINED_WEEKS} or more weeks trained"
        return _Global("goal", 4, why, ("D",))
    return _Global("introduction", 3, "foundation tests passed, new to loads", ("D",))
