"""Rules R01 to R11: what can't wait.

Leg weakness is what a profile is about, so a rule that asks for a sign together with weakness
(R02, R07, R10) takes the weakness as given.
"""

from __future__ import annotations

from typing import Final

from legengine_screening.answers import Answers
from legengine_screening.verdicts import Decide, Verdict, about, join, signs
from legengine_screening.vocabulary import SIGN_TABLE

SUDDEN_HOURS: Final = 72
"""Weakness that began within these hours is sudden."""

CAUDA_HOURS: Final = 14 * 24
"""Weakness in both legs that began within these hours belongs to R02 [CES]."""

WELLS_LIKELY: Final = 2
"""Points of the Wells score from which on a leg clot is likely [WELLS]."""

WELLS_WEEKS: Final = 12
"""How long surgery or a cast counts for the Wells score, in weeks [WELLS]."""

_STROKE = ("face_droop", "arm_drift", "speech_change")
_SPHINCTER = ("bladder_or_bowel_change", "saddle_numbness")
_LUNG = (
    "breathless",
    "severe_breathless_rest",
    "pleuritic_pain",
    "chest_pain_now",
    "coughing_blood",
)


def r01(answers: Answers) -> Verdict | None:
    """Sudden weakness; an emergency with a sign of the brain, the spine or both legs."""
    onset = answers.signs.get("weakness_onset_h")
    if onset is None or onset >= SUDDEN_HOURS:
        return None
    worse = answers.present("bilateral", "bilateral_leg_motor_loss", *_STROKE, *_SPHINCTER)
    return about(signs(worse), "raised") or Verdict()


def r02(answers: Answers) -> Verdict | None:
    """Signs of a compressed cauda equina."""
    found = list(answers.present(*_SPHINCTER, "bilateral_leg_motor_loss", "new_sexual_dysfunction"))
    onset = answers.signs.get("weakness_onset_h")
    if onset is not None and onset < CAUDA_HOURS:
        found += answers.present("bilateral")
    if found:
        found += answers.present("back_pain", "leg_pain")
    return about(signs(found))


def r03(answers: Answers) -> Verdict | None:
    """Signs of a stroke."""
    return about(signs(answers.present(*_STROKE)))


def r04(answers: Answers) -> Verdict | None:
    """Signs of an emergency of the heart or the lungs."""
    return about(
        signs(
            answers.present(
                "chest_pain_now",
                "syncope_last_24h",
                "severe_breathless_rest",
                "pleuritic_pain",
                "coughing_blood",
            )
        )
    )


def r05(answers: Answers) -> Verdict | None:
    """Signs of a leg clot by the Wells score.

    The item that lowers the score (another diagnosis as likely) is a clinician's judgement and is
    not asked for. Surgery, a cast and cancer that the profile tells of count with a sign in a leg.
    """
    items = {name for name in answers.signs if SIGN_TABLE[name].wells}
    if any(SIGN_TABLE[name].leg for name in answers.signs):
        items |= _wells_background(answers)
    swollen = answers.has("leg_swelling_new", "whole_leg_swollen", "calf_diff_gt_3cm")
    if len(items) < WELLS_LIKELY and not (swollen and items):
        return None
    lung = answers.present(*_LUNG)
    named = signs(dict.fromkeys((*answers.present("leg_swelling_new"), *sorted(items), *lung)))
    values = {"signs": join(named), "score": str(len(items))}
    return Verdict("raised" if lung else "base", values)


def _wells_background(answers: Answers) -> set[str]:
    history = answers.profile.history
    recent = history.weeks_since_event is None or history.weeks_since_event <= WELLS_WEEKS
    items = set()
    if answers.profile.cause == "surgery" and recent:
        items.add("bedridden_gt_3d_or_major_surgery_le_12wk")
    if history.immobilised_weeks and recent:
        items.add("paralysis_or_recent_cast")
    if "cancer" in answers.known:
        items.add("active_cancer")
    return items


def r06(answers: Answers) -> Verdict | None:
    """A leg without blood flow."""
    return about(signs(answers.present("cold_pale_pulseless_leg")))


def r07(answers: Answers) -> Verdict | None:
    """Muscle breakdown."""
    if not answers.has("dark_urine"):
        return None
    return about(signs(answers.present("dark_urine", "severe_muscle_pain", "muscle_swelling")))


def r08(answers: Answers) -> Verdict | None:
    """An infected joint."""
    ill = answers.present("fever", "fever_unexplained", "unwell", "acute_infection")
    if not (ill and answers.has("hot_swollen_joint")):
        return None
    return about(signs(("hot_swollen_joint", *ill)))


def r09(answers: Answers) -> Verdict | None:
    """A possible fracture."""
    found = answers.present("cannot_take_4_steps", "bone_tenderness")
    if not (found and answers.has("recent_trauma")):
        return None
    return about(signs(("recent_trauma", *found)))


def r10(answers: Answers) -> Verdict | None:
    """Weakness that climbs, or reaches breathing or swallowing."""
    found = answers.present("ascending", "breathing_or_swallowing_trouble")
    return about(signs((*answers.present("weakness_progressing_days"), *found))) if found else None


def r11(answers: Answers) -> Verdict | None:
    """A new foot drop."""
    return about(signs(answers.present("new_foot_drop", "dorsiflexion_grade")))


RULES: Final[dict[str, Decide]] = {
    "R01": r01,
    "R02": r02,
    "R03": r03,
    "R04": r04,
    "R05": r05,
    "R06": r06,
    "R07": r07,
    "R08": r08,
    "R09": r09,
    "R10": r10,
    "R11": r11,
}
