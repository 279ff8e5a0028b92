"""Rules that let a program through and name what it must keep to."""

from __future__ import annotations

from typing import Final

from legengine_screening.answers import Answers, body_mass_index
from legengine_screening.verdicts import (
    NO_IMPACT,
    NO_JUMPS,
    SUPPORTED,
    Decide,
    Verdict,
    about,
    conditions_in_words,
    conditions_of,
    signs,
)
from legengine_screening.vocabulary import IMPLIES, MEDICATIONS

TESTS_AGE: Final = 65
SEVERE_OBESITY_BMI: Final = 40

_LIMITS = {
    "NWB": "none on that leg",
    "TTWB": "touching the floor with the toes",
    "PWB": "a part of your weight",
    "WBAT": "what you tolerate",
}


def r27(answers: Answers) -> Verdict | None:
    """A limit on weight bearing; it outlives the clearance that set it."""
    given = answers.profile.clearance
    if given is None or given.weight_bearing == "FWB":
        return None
    values = {"limit": _LIMITS[given.weight_bearing]}
    return Verdict("base", values, (f"weight_bearing_{given.weight_bearing.lower()}",))


def r28(answers: Answers) -> Verdict | None:
    """Precautions after a hip replacement."""
    named = sorted(
        name for name in answers.profile.conditions if name.startswith("hip_replacement_")
    )
    return about((name.replace("_", " ") for name in named), conditions=named)


def r29(answers: Answers) -> Verdict | None:
    """Weak bone; with a fractured vertebra only the stricter condition holds."""
    words = answers.in_group("bone")
    strict = tuple(word for word in words if word == "vertebral_fracture")
    return about(conditions_in_words(words), conditions=conditions_of(strict or words))


def r32(answers: Answers) -> Verdict | None:
    """Older people without the tests that say where to start."""
    if answers.profile.person.age < TESTS_AGE:
        return None
    tests = answers.profile.assessments
    missing = []
    if tests.chair_stand_30s is None:
        missing.append("the 30-second chair stand")
    if tests.tandem_s is None and tests.single_leg_stance_s is None:
        missing.append("a balance test")
    return about(missing, conditions=(SUPPORTED,))


def r33a(answers: Answers) -> Verdict | None:
    """A statin with new muscle pain."""
    if not answers.takes("statin"):
        return None
    return about(signs(answers.present("new_muscle_pain", "severe_muscle_pain")))


def r33b(answers: Answers) -> Verdict | None:
    """Steroid tablets for a long time."""
    return Verdict(conditions=(NO_JUMPS,)) if answers.takes("oral_steroid") else None


def r33c(answers: Answers) -> Verdict | None:
    """A fluoroquinolone antibiotic not long ago."""
    if not answers.takes("fluoroquinolone"):
        return None
    pain = about(signs(answers.present("tendon_pain")), "tendon")
    return pain or Verdict(conditions=(NO_JUMPS,))


def r33d(answers: Answers) -> Verdict | None:
    """A blood thinner."""
    return Verdict(conditions=(SUPPORTED, NO_IMPACT)) if answers.takes("anticoagulant") else None


def r33e(answers: Answers) -> Verdict | None:
    """A beta blocker."""
    return Verdict() if answers.takes("beta_blocker") else None


def r33f(answers: Answers) -> Verdict | None:
    """Medicines that make dizzy."""
    taken = [name for name in ("sedative", "new_antihypertensive") if answers.takes(name)]
    return about((MEDICATIONS[name] for name in taken), conditions=(SUPPORTED,))


def r40(answers: Answers) -> Verdict | None:
    """Severe obesity."""
    index = body_mass_index(answers.profile.person)
    if index is None or index < SEVERE_OBESITY_BMI:
        return None
    return Verdict(conditions=(NO_IMPACT,))


def r45(answers: Answers) -> Verdict | None:
    """Conditions that limit training, and that no other rule tells of."""
    named = [
        name.replace("_", " ")
        for name in answers.profile.conditions
        if name not in IMPLIES and not name.startswith("hip_replacement_")
    ]
    return about(sorted(named))


RULES: Final[dict[str, Decide]] = {
    "R27": r27,
    "R28": r28,
    "R29": r29,
    "R32": r32,
    "R33a": r33a,
    "R33b": r33b,
    "R33c": r33c,
    "R33d": r33d,
    "R33e": r33e,
    "R33f": r33f,
    "R40": r40,
    "R45": r45,
}
