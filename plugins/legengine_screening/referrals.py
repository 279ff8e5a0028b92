"""Rules that send a person to a professional first, whatever clearance says, or make them wait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine_screening.answers import Answers, body_mass_index
from legengine_screening.verdicts import (
    SUPPORTED,
    Decide,
    Verdict,
    about,
    conditions_in_words,
    signs,
)

TUMOUR_AGE: Final = 50
ADULT_AGE: Final = 18
FALLS_REVIEW: Final = 2
"""Falls in twelve months from which on a review is due [FALLS]."""

TANDEM_S: Final = 10
"""A shorter tandem stance marks a risk of falling [STG4]."""

TIMED_UP_AND_GO_S: Final = 12
"""From this time on the timed up and go marks a risk of falling [m:TUGS]."""

ONE_LEG_S: Final = 10
ONE_LEG_AGE: Final = 50
"""From this age on a one-leg stance below 10 s is a flag [m:UPSTb]."""

REST_PAIN: Final = 6
NEW_PAIN: Final = 4
UNDERWEIGHT_BMI: Final = 18.5

_ABSOLUTE = (
    "unstable_angina",
    "recent_mi_uncleared",
    "uncontrolled_arrhythmia",
    "decompensated_hf",
    "severe_symptomatic_valve_stenosis",
    "acute_myo_endo_pericarditis",
    "aortic_dissection",
    "marfan",
    "expanding_aneurysm",
    "acute_dvt",
    "acute_pe",
    "recent_intracranial_bleed",
)


def r12(answers: Answers) -> Verdict | None:
    """Weakness that keeps growing."""
    return about(
        signs(
            answers.present(
                "weakness_progressing_days",
                "progressive_weakness_weeks",
                "fasciculation",
                "visible_wasting_unexplained",
            )
        )
    )


def r13(answers: Answers) -> Verdict | None:
    """Numbness or tingling."""
    return about(signs(answers.present("numbness", "tingling")))


def r14(answers: Answers) -> Verdict | None:
    """Severe weakness."""
    return about(
        signs(
            answers.present(
                "cannot_stand_from_chair_with_hands",
                "cannot_stand_unaided",
                "cannot_take_4_steps",
                "mrc_grade",
            )
        )
    )


def r15(answers: Answers) -> Verdict | None:
    """General red flags of a tumour or an infection. A loss in three months is one in six."""
    cancer = answers.has("cancer_history", "active_cancer") or "cancer" in answers.known
    if not (cancer or answers.profile.person.age >= TUMOUR_AGE):
        return None
    return about(
        signs(
            answers.present(
                "night_pain", "weight_loss_pct_6mo", "weight_loss_pct_3mo", "fever_unexplained"
            )
        )
    )


def r16(answers: Answers) -> Verdict | None:
    """Fever or infection."""
    return about(signs(answers.present("fever", "fever_unexplained", "acute_infection", "unwell")))


def r17(answers: Answers) -> Verdict | None:
    """Falls refer until they are reviewed; one fall or a poor balance test asks for support."""
    falls = answers.profile.screening.falls_12_months or 0
    found = signs(answers.present("injurious_fall", "unexplained_fall"))
    if falls >= FALLS_REVIEW:
        found.insert(0, f"{falls} falls in the last 12 months")
    new = signs(answers.present("new_balance_trouble"))
    if new or not _falls_reviewed(answers):
        return about([*found, *new]) or about(_poor_balance(answers), "supported", (SUPPORTED,))
    return about(
        found or _poor_balance(answers), "reviewed" if found else "supported", (SUPPORTED,)
    )


def _falls_reviewed(answers: Answers) -> bool:
    """Whether the clearance says so: only by naming the poor balance, never by its silence."""
    return answers.clearance is not None and SUPPORTED in answers.clearance.conditions


def _poor_balance(answers: Answers) -> Iterator[str]:
    tests = answers.profile.assessments
    if answers.profile.screening.falls_12_months:
        yield "a fall in the last 12 months"
    if tests.tandem_s is not None and tests.tandem_s < TANDEM_S:
        yield f"tandem stance {tests.tandem_s:g} s, below {TANDEM_S} s"
    if tests.timed_up_and_go_s is not None and tests.timed_up_and_go_s >= TIMED_UP_AND_GO_S:
        yield f"timed up and go {tests.timed_up_and_go_s:g} s, {TIMED_UP_AND_GO_S} s or more"
    stance = tests.single_leg_stance_s
    if stance is not None and answers.profile.person.age >= ONE_LEG_AGE:
        worse = min(stance.left, stance.right)
        if worse < ONE_LEG_S:
            yield f"one-leg stance {worse:g} s, below {ONE_LEG_S} s"


def r18(answers: Answers) -> Verdict | None:
    """No progress in spite of steady training."""
    return about(signs(answers.present("no_progress_weeks")))


def r19(answers: Answers) -> Verdict | None:
    """Pain of a bad quality, that lasts, or at rest."""
    found = signs(answers.present("sharp_or_radiating_pain_sessions", "pain_over_48h"))
    found += [
        f"pain at rest of {report.rest} of 10 ({_region(region)})"
        for region, report in sorted(answers.profile.pain.items())
        if report.rest >= REST_PAIN
    ]
    return about(found)


def r23(answers: Answers) -> Verdict | None:
    """Absolute contraindications."""
    return about(signs(answers.present(*_ABSOLUTE)))


def r31(answers: Answers) -> Verdict | None:
    """Minors."""
    return Verdict() if answers.profile.person.age < ADULT_AGE else None


def r35(answers: Answers) -> Verdict | None:
    """Nutrition before training."""
    found = signs(answers.present("weight_loss_pct_3mo", "eating_disorder"))
    index = body_mass_index(answers.profile.person)
    if index is not None and index < UNDERWEIGHT_BMI:
        found.append(f"a body mass index below {UNDERWEIGHT_BMI:g}")
    if not answers.has("eating_disorder"):
        found += conditions_in_words(answers.in_group("nutrition"))
    return about(found)


def r37(answers: Answers) -> Verdict | None:
    """Severe cognitive impairment."""
    found = signs(answers.present("severe_cognitive_impairment"))
    return about(found or conditions_in_words(answers.in_group("cognition")))


def r39(answers: Answers) -> Verdict | None:
    """Unstable joints."""
    return about(signs(answers.present("prosthesis_unstable", "joint_gives_way_weekly")))


def r41(answers: Answers) -> Verdict | None:
    """The cause is unknown."""
    return Verdict() if answers.profile.cause == "unknown" else None


def r43(answers: Answers) -> Verdict | None:
    """New pain that nobody has assessed, at rest or in daily life."""
    return about(
        f"{_region(region)} {score} of 10"
        for region, report in sorted(answers.profile.pain.items())
        if report.new
        and not report.assessed
        and (score := max(report.worst, report.rest, *report.during.values())) >= NEW_PAIN
    )


def _region(region: str) -> str:
    return region.replace("_", " ")


RULES: Final[dict[str, Decide]] = {
    "R12": r12,
    "R13": r13,
    "R14": r14,
    "R15": r15,
    "R16": r16,
    "R17": r17,
    "R18": r18,
    "R19": r19,
    "R23": r23,
    "R31": r31,
    "R35": r35,
    "R37": r37,
    "R39": r39,
    "R41": r41,
    "R43": r43,
}
