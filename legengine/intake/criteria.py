"""The criteria of a phase for one person: which hold for them, with which numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from legengine.assess.norms import chair_stand_cut, heel_raise_norm
from legengine.domain.exercise import Condition, Need
from legengine.domain.profile import Profile
from legengine.domain.program import CardItem
from legengine.domain.protocol import Criterion, Mark, Moving, Phase

RIGHT_ANGLE: Final = 90
"""Degrees of knee flexion below which a cap closes the wall sit with level thighs."""

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "adherence_percent": ("sessions.last_3_weeks_planned", "sessions.last_3_weeks_done"),
    "sessions_done": ("sessions.done",),
    "chair_stand_norm_share": ("tests.chair_stand_30s",),
    "chair_stand_change": ("tests.chair_stand_30s",),
    "heel_raise_norm_share": ("tests.heel_raise",),
    "limb_symmetry": ("tests.heel_raise", "tests.leg_press_1rm_kg"),
    "squat_share_of_body_mass": ("tests.one_rep_max_kg.barbell_squat",),
    "leg_press_share_of_body_mass": ("tests.one_rep_max_kg.leg_press",),
    "pain_during": ("pain.during",),
    "rest_pain": ("pain.rest",),
    "pain_settled": ("pain.next_morning",),
    "pain_weeks": ("pain.weeks",),
    "red_pain_days": ("pain.red_days",),
    "effusion": ("tests.knee_effusion",),
    "effusion_grade": ("events.effusion",),
    "new_falls": ("events.new_falls",),
    "ill_days": ("events.ill_days",),
    "days_since_last_session": ("events.days_since_last_session",),
}
"""Fact to the fields of a results file that say it; the others are tests of the same name."""

SIGNS: Final = "warning_signs"
SIGNS_TEXT: Final = "a warning sign since the last tests"
SIGNS_SOURCES: Final = ("S20",)
"""The question that every protocol asks anew at the end of a phase."""

COUNTED: Final = frozenset({"phase_weeks", "program_weeks", "strength_weeks", "trained_weeks"})
"""Facts that are counted from the dates."""


def fields_of(needs: Iterable[Need]) -> tuple[str, ...]:
    """Where a results file says what the needs ask for."""
    names = [
        name
        for need in needs
        if need.fact not in COUNTED
        for name in FIELDS.get(need.fact, (f"tests.{need.fact}",))
    ]
    return tuple(dict.fromkeys(names))


def marks_of(profile: Profile, conditions: Iterable[Condition]) -> frozenset[Mark]:
    """What the body can't do, as far as criteria ask about it."""
    marks: set[Mark] = set()
    for condition in conditions:
        caps = (condition.knee_flexion_max, condition.knee_flexion_max_weight_bearing)
        if any(cap is not None and cap < RIGHT_ANGLE for cap in caps):
            marks.add("knee_bend")
        if condition.knee_flexion_max_by_pain is not None:
            marks.add("knee_bend")
        if "kneeling" in condition.exclude_tags:
            marks.add("kneeling")
    if "kneeling" in profile.restrictions.exclude_tags:
        marks.add("kneeling")
    if profile.history.immobilised_weeks:
        marks.add("immobilised")
    return frozenset(marks)


JUDGEMENT: Final = "a professional's judgement"
"""What a criterion without a need asks for."""


def card_of(profile: Profile, criteria: Sequence[Criterion]) -> tuple[CardItem, ...]:
    """The test card: every criterion with the numbers for this age and sex."""
    return tuple(
        CardItem(
            id=name,
            text=criterion.text,
            target=tuple(target_text(need, profile) for need in criterion.asked) or (JUDGEMENT,),
            any_of=criterion.any_of,
            how=criterion.how,
            fields=fields_of(criterion.asked) if criterion.asked else (f"judged.{name}",),
            patterns=criterion.patterns,
            sources=criterion.sources,
        )
        for name, criterion in named(criteria)
    )


def maintain_card(
    profile: Profile, criteria: Sequence[Criterion], exit: Sequence[CardItem]
) -> tuple[CardItem, ...]:
    """What shows that maintaining is enough, beyond what the exit asks for anyway."""
    asked = {item.fields for item in exit}
    return tuple(
        item.model_copy(update={"id": f"maintain_{item.id}", "maintain": True})
        for item in card_of(profile, criteria)
        if item.fields and item.fields not in asked
    )


def setback_card(moving: Moving) -> tuple[CardItem, ...]:
    """What must not have happened, and the question for warning signs, which is asked anew."""
    items = [
        CardItem(
            id=setback.id,
            text=setback.text,
            target=(setback.need.text,),
            absent=True,
            fields=fields_of((setback.need,)),
            sources=setback.sources,
        )
        for setback in moving.setbacks
    ]
    signs = CardItem(
        id=SIGNS,
        text=SIGNS_TEXT,
        target=("one of the signs in the questions before training",),
        absent=True,
        fields=("red_flags",),
        sources=SIGNS_SOURCES,
    )
    return (*items, signs)


def named(criteria: Sequence[Criterion]) -> Iterator[tuple[str, Criterion]]:
    """Every criterion with its id; its place in the list where it has none."""
    for number, criterion in enumerate(criteria, start=1):
        yield criterion.id or f"criterion_{number}", criterion


def first_of_each(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Of several with one id the first; those without an id all."""
    seen: set[str] = set()
    kept = []
    for criterion in criteria:
        if criterion.id is None or criterion.id not in seen:
            kept.append(criterion)
            seen.update(filter(None, (criterion.id,)))
    return tuple(kept)


def target_text(need: Need, profile: Profile) -> str:
    """What to reach, with the number for this person where a norm gives it."""
    number = number_of(need, profile)
    return need.text if number is None else need.text.replace("{number}", str(number))


def number_of(need: Need, profile: Profile) -> int | None:
    """The number that a share of a norm means for this person."""
    if need.at_least is None:
        return None
    person = profile.person
    if need.fact == "chair_stand_norm_share":
        return math.ceil(round(need.at_least * chair_stand_cut(person.age, person.sex), 6))
    if need.fact == "heel_raise_norm_share":
        return math.ceil(round(need.at_least * heel_raise_norm(person.age, person.sex), 6))
    return None


def met(need: Need, facts: Mapping[str, float]) -> bool | None:
    """Whether a need is shown; ``None`` where nothing is known about it."""
    value = facts.get(need.fact)
    if value is None:
        return None
    return (need.at_least is None or value >= need.at_least) and (
        need.at_most is None or value <= need.at_most
    )


def shown(criterion: Criterion, facts: Mapping[str, float]) -> bool | None:
    """Whether a criterion is shown; what nobody can decide from facts is never shown."""
    states = [met(need, facts) for need in criterion.asked]
    if criterion.any_of and states:
        return True if True in states else None if None in states else False
    return False if False in states else None if None in states or not states else True


def phase_of(phases: Sequence[Phase], name: str) -> int | None:
    """The place of a phase in a list."""
    return next((index for index, phase in enumerate(phases) if phase.id == name), None)
