"""Rules that a professional's clearance can satisfy.

Where a clearance satisfies them, they either fall silent or name the conditions that then hold.
"""

from __future__ import annotations

from typing import Final

from legengine_screening.answers import Answers
from legengine_screening.verdicts import (
    NO_JUMPS,
    SUPPORTED,
    Decide,
    Verdict,
    about,
    conditions_in_words,
    conditions_of,
    signs,
)
from legengine_screening.vocabulary import NEED_CLEARANCE, PARQ_ITEMS

URGENT_PRESSURE: Final = (180, 110)
HIGH_PRESSURE: Final = (160, 90)
"""Systolic and diastolic in mmHg from which on the rules R22a and R22b fire."""

EVENT_WEEKS: Final = 12
SURGERY_WEEKS: Final = 12
SEVERE_EGFR: Final = 30
REDUCED_EGFR: Final = 60
"""Kidney function in mL/min/1.73 m2 below which it is severely reduced, or reduced."""

_SYMPTOMS = (
    "chest_pain_on_exertion",
    "breathless",
    "breathless_on_exertion",
    "palpitations",
    "ankle_swelling_both",
    "calf_pain_when_walking",
)
_SYMPTOM_ITEMS = ("chest_pain_rest_daily_or_exertion", "dizziness_balance_loss_or_blackout_12mo")


def r20(answers: Answers) -> Verdict | None:
    """A yes on the PAR-Q+; a chronic condition that is known counts as one."""
    screening = answers.profile.screening
    chronic = answers.in_group("chronic")
    items = [PARQ_ITEMS[item] for item in PARQ_ITEMS if item in (answers.parq or ())]
    found = items + conditions_in_words(chronic)
    if not chronic:
        found += signs(answers.present("active_cancer"))
    if screening.parq_followup == "any_yes":
        found.append("the follow-up pages")
    if answers.cleared(*chronic):
        return None
    # Who was told to train under supervision only is never cleared by the form alone.
    supervised = "told_supervised_only" in (answers.parq or ())
    if screening.parq_followup == "all_no" and not supervised:
        return about(found, "light")
    return about(found)


def r21(answers: Answers) -> Verdict | None:
    """The ACSM branch, read strictly: known disease or a symptom needs clearance.

    Its branch for people who already train regularly needs answers that a profile doesn't hold,
    and a program rises to vigorous effort, for which that branch asks for clearance too.
    """
    words = answers.in_group("heart", "metabolic", "kidney")
    words += tuple(word for word in ("stroke",) if word in answers.known)
    found = [] if answers.cleared(*words) else conditions_in_words(words)
    event = answers.signs.get("cardiac_or_stroke_event_weeks")
    if not answers.cleared(weeks_ago=event):
        found += signs(answers.present(*_SYMPTOMS, "cardiac_or_stroke_event_weeks"))
        found += [PARQ_ITEMS[item] for item in _SYMPTOM_ITEMS if item in (answers.parq or ())]
    return about(found)


def _reaches(answers: Answers, limits: tuple[int, int]) -> bool:
    systolic, diastolic = answers.profile.screening.systolic, answers.profile.screening.diastolic
    return (systolic is not None and systolic >= limits[0]) or (
        diastolic is not None and diastolic >= limits[1]
    )


def _pressure(answers: Answers) -> dict[str, str]:
    screening = answers.profile.screening
    return {"pressure": f"{screening.systolic or '?'}/{screening.diastolic or '?'}"}


def r22a(answers: Answers) -> Verdict | None:
    """Blood pressure at which exertion is unsafe."""
    return Verdict("base", _pressure(answers)) if _reaches(answers, URGENT_PRESSURE) else None


def r22b(answers: Answers) -> Verdict | None:
    """High blood pressure, measured or known."""
    controlled = Verdict("controlled", conditions=("hypertension_controlled",))
    if _reaches(answers, HIGH_PRESSURE):
        return controlled if answers.cleared() else Verdict("base", _pressure(answers))
    if "hypertension" not in answers.known:
        return None
    measured = None not in (
        answers.profile.screening.systolic,
        answers.profile.screening.diastolic,
    )
    return controlled if measured or answers.cleared("hypertension") else Verdict("unmeasured")


def r24(answers: Answers) -> Verdict | None:
    """A heart event or stroke not long ago."""
    weeks = answers.signs.get("cardiac_or_stroke_event_weeks")
    if weeks is None or weeks >= EVENT_WEEKS:
        return None
    if answers.cleared(weeks_ago=weeks):
        return Verdict("cleared", conditions=("cvd_stable_cleared",))
    return Verdict()


def r25(answers: Answers) -> Verdict | None:
    """Diabetes or a foot ulcer; insulin stands for diabetes."""
    words = set(answers.in_group("metabolic", "foot"))
    if answers.takes("insulin"):
        words.add("diabetes")
    listed = sorted(words)
    if not answers.cleared(*listed):
        return about(conditions_in_words(listed))
    return about(conditions_in_words(listed), "cleared", conditions_of(listed))


def r26(answers: Answers) -> Verdict | None:
    """Surgery within twelve weeks, or a condition that follows surgery, without clearance."""
    history = answers.profile.history
    weeks = history.weeks_since_event
    found = []
    if (
        answers.profile.cause == "surgery"
        and (weeks is None or weeks < SURGERY_WEEKS)
        and not answers.cleared(weeks_ago=weeks)
    ):
        when = "at a time not given" if weeks is None else "less than twelve weeks ago"
        found.append(f"surgery {when}")
    for name in sorted(NEED_CLEARANCE.intersection(answers.profile.conditions)):
        words = () if name.startswith("weight_bearing_") else (name,)
        if not answers.cleared(*words):
            found.append(f"the condition '{name}'")
    return about(found)


def r30(answers: Answers) -> Verdict | None:
    """Pregnancy or the time after birth."""
    words = answers.in_group("birth")
    if not answers.cleared(*words):
        return about(conditions_in_words(words))
    return about(conditions_in_words(words), "cleared", conditions_of(words))


def r34(answers: Answers) -> Verdict | None:
    """Reduced kidney function: no protein target, and clearance where it is severe."""
    rate = answers.profile.screening.egfr
    words = answers.in_group("kidney")
    if not words and (rate is None or rate >= REDUCED_EGFR):
        return None
    values = {"egfr": "" if rate is None else f" (eGFR {rate:g})"}
    severe = "dialysis" in words or (rate is not None and rate < SEVERE_EGFR)
    return Verdict("severe" if severe and not answers.cleared(*words) else "base", values)


def r36(answers: Answers) -> Verdict | None:
    """Problems that straining or loading could make worse."""
    found = signs(
        answers.present(
            "hernia_symptomatic",
            "eye_surgery_recent",
            "retinal_bleed",
            "acute_inflammatory_joint",
            "hot_swollen_joint",
            "fracture_lt_6mo_uncleared",
        )
    )
    eyes = answers.in_group("eye")
    if not answers.cleared(*eyes):
        return about(found + conditions_in_words(eyes))
    return about(conditions_in_words(eyes), "cleared", (NO_JUMPS,))


def r38(answers: Answers) -> Verdict | None:
    """Blood pressure that falls on standing."""
    found = signs(answers.present("dizzy_on_standing", "orthostatic_drop"))
    if not answers.cleared():
        return about(found)
    return about(found, "cleared", (SUPPORTED,))


def r42(answers: Answers) -> Verdict | None:
    """Causes and conditions that a professional has to have seen."""
    cause = answers.profile.cause
    neuro = answers.in_group("neuro")
    if cause == "neuro" and not neuro:
        neuro = ("neuro",)
    words = (*answers.in_group("heart"), *neuro)
    missing = [word for word in words if not answers.cleared(word)]
    because = [_CAUSES[cause]] if cause in _CAUSES else []
    # Only an injury or surgery has a day that a clearance has to come after.
    event = answers.profile.history.weeks_since_event if cause in ("injury", "surgery") else None
    uncleared = conditions_in_words(missing)
    if not answers.cleared(weeks_ago=event):
        uncleared += because
    if uncleared:
        return about(uncleared)
    return about(conditions_in_words(words) + because, "cleared", conditions_of(words))


_CAUSES: Final = {
    "injury": "an injury as the cause",
    "surgery": "surgery as the cause",
    "systemic": "a disease of the whole body as the cause",
}
"""Causes that need a professional's word by themselves."""


RULES: Final[dict[str, Decide]] = {
    "R20": r20,
    "R21": r21,
    "R22a": r22a,
    "R22b": r22b,
    "R24": r24,
    "R25": r25,
    "R26": r26,
    "R30": r30,
    "R34": r34,
    "R36": r36,
    "R38": r38,
    "R42": r42,
}
