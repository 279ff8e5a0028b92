"""The facts of a profile: what gates, placement and criteria can ask about."""

from __future__ import annotations

from typing import Final

from legengine.assess.battery import sppb_points
from legengine.assess.norms import chair_stand_cut, heel_raise_norm, symmetry
from legengine.domain.batteries import SppbParts
from legengine.domain.profile import Assessments, Profile
from legengine.domain.protocol import ExperienceLevel

INTERMEDIATE_WEEKS: Final = 26
ADVANCED_WEEKS: Final = 104
"""Weeks of regular training from which a person counts as intermediate, as advanced [D]."""

TANDEM_FLAG_S: Final = 10
TUG_FLAG_S: Final = 12
FALLS_FLAG: Final = 2
STANCE_FLAG_S_FROM_50: Final = 10
"""Limits of the balance flag: tandem [STG4], timed up and go [m:TUGS], falls, stance [UPST]."""

_PLAIN: Final = (
    "chair_stand_30s", "sit_to_stand_1min", "five_chair_stands_s", "timed_up_and_go_s",
    "chair_stands_hands_reps", "gait_speed_m_s", "wall_sit_s", "chair_squat_reps",
    "bodyweight_squat_reps", "goblet_squat_reps", "glute_bridge_reps", "split_squat_reps",
    "step_down_reps", "single_leg_box_squat_reps", "single_leg_rdl_supported_reps",
    "slider_curl_reps", "copenhagen_short_reps",
)  # fmt: skip
_WORSE_SIDE: Final = (
    "single_leg_stance_s", "single_leg_stance_eyes_closed_s", "single_leg_balance_arms_s",
    "heel_raise", "knee_to_wall_cm", "single_leg_quarter_squat_hold_s",
)  # fmt: skip
_SYMMETRY: Final = ("heel_raise", "leg_press_1rm_kg")


def experience_of(profile: Profile) -> ExperienceLevel:
    """Novice, intermediate or advanced, by weeks of regular training."""
    weeks = profile.experience.trained_weeks
    if weeks >= ADVANCED_WEEKS:
        return "advanced"
    return "intermediate" if weeks >= INTERMEDIATE_WEEKS else "novice"


def facts_of(profile: Profile) -> dict[str, float]:
    """Every fact that the profile gives; what it doesn't give is absent."""
    tests, person = profile.assessments, profile.person
    facts: dict[str, float] = {
        "age": person.age,
        "trained_weeks": profile.experience.trained_weeks,
        "strength_weeks": profile.experience.strength_weeks,
        "plyometric_weeks": profile.experience.plyometric_weeks,
        "coached": float(profile.experience.coached),
        "worst_pain": max((report.worst for report in profile.pain.values()), default=0),
        "rest_pain": max((report.rest for report in profile.pain.values()), default=0),
        "back_pain": max(
            (report.worst for region, report in profile.pain.items() if "back" in region),
            default=0,
        ),
    }
    for name in _PLAIN:
        if (value := getattr(tests, name)) is not None:
            facts[name] = value
    facts |= _from_batteries(tests)
    for name in _WORSE_SIDE:
        if (pair := getattr(tests, name)) is not None:
            facts[name] = min(pair.left, pair.right)
    pairs = [pair for name in _SYMMETRY if (pair := getattr(tests, name)) is not None]
    if pairs:
        facts["limb_symmetry"] = round(min(symmetry(p.left, p.right) for p in pairs), 1)
    if "heel_raise" in facts:
        norm = heel_raise_norm(person.age, person.sex)
        facts["heel_raise_norm_share"] = round(facts["heel_raise"] / norm, 3)
    if "chair_stand_30s" in facts:
        cut = chair_stand_cut(person.age, person.sex)
        facts["chair_stand_norm_share"] = round(facts["chair_stand_30s"] / cut, 3)
    for lift, fact in (
        ("barbell_squat", "squat_share_of_body_mass"),
        ("leg_press", "leg_press_share_of_body_mass"),
    ):
        if person.mass and lift in tests.one_rep_max_kg:
            facts[fact] = round(tests.one_rep_max_kg[lift] / person.mass, 3)
    if person.mass and person.height:
        facts["body_mass_index"] = round(person.mass / (person.height / 100) ** 2, 1)
    for name in ("weeks_since_event", "pregnancy_week"):
        if (weeks := getattr(profile.history, name)) is not None:
            facts[name] = weeks
    if profile.history.graft is not None:
        facts["hamstring_graft"] = float(profile.history.graft == "hamstring")
    if tests.knee_effusion is not None:
        facts["effusion"] = float(tests.knee_effusion == "present")
    for name in ("foundation_exit", "strength_exit"):
        if (answer := getattr(tests, name)) is not None:
            facts[name] = float(answer == "pass")
    if (flag := _balance_flag(profile, facts)) is not None:
        facts["balance_flag"] = flag
    return dict(sorted(facts.items()))


def _from_batteries(tests: Assessments) -> dict[str, float]:
    """What the batteries say that no test of its own says."""
    facts: dict[str, float] = {}
    if tests.tandem_s is not None:
        facts["tandem_stance_s"] = tests.tandem_s
    if tests.sppb is None:
        return facts
    facts["sppb"] = sppb_points(tests.sppb)
    if isinstance(tests.sppb, SppbParts):
        if tests.gait_speed_m_s is None:
            facts["gait_speed_m_s"] = tests.sppb.speed_m_s
        if tests.five_chair_stands_s is None and tests.sppb.stands_s is not None:
            facts["five_chair_stands_s"] = tests.sppb.stands_s
    return facts


def _balance_flag(profile: Profile, facts: dict[str, float]) -> float | None:
    """1 where a test or falls mark poor balance, 0 where tests clear it, else unknown."""
    falls = profile.screening.falls_12_months
    marks = [
        facts["tandem_stance_s"] < TANDEM_FLAG_S if "tandem_stance_s" in facts else None,
        facts["timed_up_and_go_s"] >= TUG_FLAG_S if "timed_up_and_go_s" in facts else None,
        facts["single_leg_stance_s"] < STANCE_FLAG_S_FROM_50
        if "single_leg_stance_s" in facts and profile.person.age >= 50
        else None,
        falls >= FALLS_FLAG if falls is not None else None,
    ]
    known = [mark for mark in marks if mark is not None]
    if "single_leg_stance_s" in facts and profile.person.age < 50:
        known.append(False)
    return float(any(known)) if known else None
