"""A Hypothesis strategy for whole profiles: valid, varied, mostly of people who may train."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from legengine.domain.vocabulary import WEEKDAYS
from legengine.testing.registries import sealed_registry
from legengine.testing.samples import START, TODAY

_LIBRARY = sealed_registry().library()
CONDITIONS = tuple(sorted(condition.id for condition in _LIBRARY.conditions))
EXERCISES = tuple(sorted(exercise.id for exercise in _LIBRARY.exercises))
EQUIPMENT = tuple(sorted(_LIBRARY.equipment))
EQUIPMENT_SETS = tuple(sorted(_LIBRARY.equipment_sets))
TAGS = tuple(sorted(_LIBRARY.tags))
PATTERNS = tuple(sorted({exercise.pattern for exercise in _LIBRARY.exercises}))
GROUPS = ("quadriceps", "hamstrings", "glutes", "hip_abductors", "adductors", "calves", "trunk")
KNOWN_CONDITIONS = (
    "heart", "hypertension", "stroke", "parkinson", "neuropathy", "sciatica", "diabetes",
    "kidney", "osteoporosis", "vertebral_fracture", "pregnancy", "cancer", "lung",
    "inflammatory_arthritis", "other",
)  # fmt: skip
MEDICATIONS = ("statin", "oral_steroid", "anticoagulant", "beta_blocker", "insulin", "other")
SIGNS = ("numbness", "back_pain", "fever", "injurious_fall", "saddle_numbness", "leg_pain")
REGIONS = ("knee", "hip", "ankle", "lower_back", "groin", "foot")
ITEMS = [
    "heart_condition_or_high_bp",
    "other_chronic_condition",
    "medication_for_chronic_condition",
]
REASONS = (
    "disuse",
    "disuse",
    "ageing",
    "injury",
    "surgery",
    "nutrition",
    "msk",
    "systemic",
)

Data = dict[str, Any]


def rarely(strategy: st.SearchStrategy[Any], one_in: int = 4) -> st.SearchStrategy[Any]:
    """The strategy's value once in so many times, else nothing."""
    return st.integers(1, one_in).flatmap(
        lambda number: strategy if number == one_in else st.none()
    )


def words(names: tuple[str, ...], most: int = 2) -> st.SearchStrategy[list[str]]:
    """Some of the names, each once."""
    return st.lists(st.sampled_from(names), max_size=most, unique=True)


def kilograms(low: int, high: int) -> st.SearchStrategy[str]:
    """Masses by half a kilogram, written with their unit."""
    return st.integers(2 * low, 2 * high).map(lambda halves: f"{halves / 2:g} kg")


def given(**fields: Any) -> Data:
    """A mapping without what is not given."""
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def _pair(high: int) -> st.SearchStrategy[Data]:
    side = st.integers(0, high)
    return st.fixed_dictionaries({"left": side, "right": side})


def _battery() -> st.SearchStrategy[Data]:
    held = st.sampled_from([0, 4, 10])
    timed = st.one_of(st.just("unable"), st.integers(2, 70))
    return st.fixed_dictionaries(
        {
            "side_by_side_s": st.just(10),
            "semi_tandem_s": st.just(10),
            "tandem_s": held,
            "gait_4m_s": timed,
            "five_stands_s": timed,
        }
    )


def _stages() -> st.SearchStrategy[Data]:
    return st.lists(st.integers(1, 10), min_size=1, max_size=4).map(
        lambda held: dict(
            zip(("side_by_side_s", "semi_tandem_s", "tandem_s", "one_leg_s"), held, strict=False)
        )
    )


@st.composite
def _assessments(draw: st.DrawFn) -> Data:
    return given(
        chair_stand_30s=draw(rarely(st.integers(0, 35), 2)),
        sit_to_stand_1min=draw(rarely(st.integers(5, 60))),
        five_chair_stands_s=draw(
            rarely(st.floats(6, 60, allow_nan=False).map(lambda s: round(s, 1)))
        ),
        timed_up_and_go_s=draw(rarely(st.integers(5, 40))),
        sppb=draw(rarely(st.one_of(st.integers(0, 12), _battery()))),
        four_stage_balance=draw(rarely(_stages(), 6)),
        grip_kg=draw(rarely(st.integers(8, 60), 6)),
        chair_stands_hands_reps=draw(rarely(st.integers(0, 20), 6)),
        six_minute_walk_m=draw(rarely(st.integers(100, 800), 6)),
        gait_speed_m_s=draw(rarely(st.sampled_from([0.3, 0.6, 1.0, 1.3]))),
        tandem_stance_s=draw(rarely(st.integers(0, 60))),
        single_leg_stance_s=draw(rarely(_pair(60), 2)),
        single_leg_stance_eyes_closed_s=draw(rarely(_pair(30))),
        single_leg_balance_arms_s=draw(rarely(_pair(30))),
        heel_raise=draw(rarely(_pair(40), 2)),
        knee_to_wall_cm=draw(rarely(_pair(15))),
        leg_press_1rm_kg=draw(rarely(_pair(150))),
        single_leg_quarter_squat_hold_s=draw(rarely(_pair(60))),
        knee_effusion=draw(rarely(st.sampled_from(["none", "present"]))),
        wall_sit_s=draw(rarely(st.integers(0, 120))),
        chair_squat_reps=draw(rarely(st.integers(0, 30))),
        bodyweight_squat_reps=draw(rarely(st.integers(0, 40))),
        goblet_squat_reps=draw(rarely(st.integers(0, 30))),
        glute_bridge_reps=draw(rarely(st.integers(0, 30))),
        split_squat_reps=draw(rarely(st.integers(0, 20))),
        step_down_reps=draw(rarely(st.integers(0, 15))),
        single_leg_box_squat_reps=draw(rarely(st.integers(0, 12))),
        single_leg_rdl_supported_reps=draw(rarely(st.integers(0, 12))),
        slider_curl_reps=draw(rarely(st.integers(0, 15))),
        copenhagen_short_reps=draw(rarely(st.integers(0, 15))),
        foundation_exit=draw(rarely(st.sampled_from(["pass", "pass", "not_passed"]), 2)),
        strength_exit=draw(rarely(st.sampled_from(["pass", "not_passed"]), 3)),
        one_rep_max_kg=draw(
            rarely(st.dictionaries(st.sampled_from(EXERCISES), st.integers(5, 250), max_size=3), 3)
        ),
    )


@st.composite
def _pain(draw: st.DrawFn) -> Data:
    regions = draw(words(REGIONS))
    if draw(st.integers(0, 2)) == 0:
        regions = []
    worst = st.integers(0, 10) if draw(st.integers(0, 5)) == 5 else st.integers(0, 5)
    return {region: draw(_report(worst)) for region in regions}


@st.composite
def _report(draw: st.DrawFn, worst: st.SearchStrategy[int]) -> Data:
    rest = draw(rarely(st.integers(0, 4)))
    during = draw(rarely(st.just({"stairs": 3})))
    least = max(rest or 0, *(during or {"": 0}).values())
    return {
        "worst": max(least, draw(worst)),
        **given(rest=rest, during=during, assessed=draw(st.booleans())),
    }


@st.composite
def _screening(draw: st.DrawFn, *, ill: bool) -> Data:
    answered_badly = draw(st.integers(0, 9)) == 9
    known = draw(rarely(words(KNOWN_CONDITIONS), 3))
    taken = draw(rarely(words(MEDICATIONS), 4))
    # Who names a disease or a medicine mostly doesn't say that there is none.
    plain = "all_no" if not (ill or known or taken) or draw(st.integers(0, 9)) == 9 else ITEMS
    form = draw(st.sampled_from([plain] * 8 + [["other_chronic_condition"]]))
    follows = st.sampled_from(["all_no", "all_no", "any_yes"])
    return given(
        red_flags={draw(st.sampled_from(SIGNS)): True} if answered_badly else "none",
        parq_page1=form,
        parq_followup=None if form == "all_no" else draw(follows),
        known_conditions=known,
        medications=taken,
        systolic=draw(rarely(st.integers(95, 165))),
        diastolic=draw(rarely(st.integers(55, 102))),
        egfr=draw(rarely(st.integers(10, 120), 6)),
        falls_12_months=draw(rarely(st.sampled_from([0, 0, 0, 1, 2]))),
    )


def _loads(low: int, high: int) -> st.SearchStrategy[Any]:
    span = st.fixed_dictionaries(
        {
            "from": kilograms(low, 6),
            "to": kilograms(8, high),
            "step": st.sampled_from(["1 kg", "2.5 kg", "4 kg"]),
        }
    )
    return st.one_of(span, st.lists(kilograms(low, high), max_size=5, unique=True))


@st.composite
def _place(draw: st.DrawFn) -> Data:
    sets = draw(st.lists(st.sampled_from(EQUIPMENT_SETS), min_size=1, max_size=2, unique=True))
    if draw(st.integers(0, 9)) == 9:
        sets = []
    items = draw(st.lists(st.sampled_from(EQUIPMENT), max_size=8, unique=True))
    loads = given(
        dumbbell=draw(rarely(_loads(1, 40), 3)),
        kettlebell=draw(rarely(_loads(4, 32))),
        ankle_weight=draw(rarely(_loads(1, 10))),
        machine=draw(rarely(_loads(5, 150), 3)),
        bar=draw(rarely(st.sampled_from(["10 kg", "20 kg", "45 lb"]))),
        plates=draw(rarely(st.lists(kilograms(1, 25), max_size=6))),
        bands=draw(rarely(st.just(["light", "heavy"]))),
    )
    if draw(st.integers(0, 7)) == 7:
        loads["dumbbell"] = []
    return given(equipment=list(dict.fromkeys([*sets, *items])), loads=loads)


@st.composite
def _availability(draw: st.DrawFn, places: list[str]) -> list[Data]:
    entries = []
    hours = draw(st.lists(st.integers(6, 21), min_size=1, max_size=3, unique=True))
    for hour in hours:
        least = draw(st.sampled_from([3, 3, 3, 4, 2])) if len(hours) == 1 else 2
        days = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=least, max_size=5, unique=True))
        minute = draw(st.sampled_from(["00", "00", "30", "45"]))
        entries.append(
            {
                "days": days,
                "start": f"{hour:02}:{minute}",
                "minutes": draw(st.one_of(st.integers(25, 90), st.integers(15, 90))),
                "place": draw(st.sampled_from(places)),
            }
        )
    return entries


@st.composite
def _exceptions(draw: st.DrawFn, places: list[str], weeks: int) -> list[Data]:
    exceptions = []
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        first = START + dt.timedelta(days=draw(st.integers(0, 7 * weeks - 1)))
        last = first + dt.timedelta(days=draw(st.integers(0, 9)))
        entry: Data = {"from": first, "to": last}
        if draw(st.booleans()):
            entry["off"] = True
        else:
            entry |= given(
                start=draw(rarely(st.sampled_from(["07:00", "19:30"]), 2)),
                minutes=draw(rarely(st.integers(15, 90), 2)),
                place=draw(rarely(st.sampled_from(places), 2)),
            )
            if len(entry) == 2:
                entry["minutes"] = 40
        exceptions.append(entry)
    return exceptions


@st.composite
def _restrictions(draw: st.DrawFn) -> Data:
    return given(
        exclude_tags=draw(rarely(words(TAGS), 5)),
        exclude_patterns=draw(rarely(words(PATTERNS, 1), 6)),
        spare_muscles=draw(rarely(words(GROUPS, 1), 6)),
        knee_flexion_max=draw(rarely(st.integers(30, 140), 6)),
        hip_flexion_max=draw(rarely(st.integers(30, 140), 8)),
        impact_max=draw(rarely(st.sampled_from(["none", "low", "moderate"]), 5)),
    )


@st.composite
def _wishes(draw: st.DrawFn) -> Data:
    names = EXERCISES + PATTERNS
    liked, disliked = names[::2], names[1::2]
    return given(
        prefer=draw(rarely(words(liked, 3), 3)),
        avoid=draw(rarely(words(disliked, 3), 3)),
        always=draw(rarely(words(liked, 1), 10)),
        never=draw(rarely(words(disliked, 2), 4)),
        sessions_per_week=draw(rarely(st.integers(1, 5), 4)),
        rest_hours=draw(rarely(st.sampled_from([24, 36, 48, 72, 96]), 5)),
    )


@st.composite
def profiles(draw: st.DrawFn, most_weeks: int = 6) -> Data:
    """The data of a whole profile, as a file would hold it."""
    names = draw(st.sampled_from([["home"], ["home"], ["gym", "home"]]))
    weeks = draw(st.integers(1, most_weeks))
    cause = draw(st.one_of(*[st.sampled_from(REASONS)] * 5, st.just("unknown")))
    cleared = draw(st.integers(0, 4)) > 0
    weight = ["FWB"] * 8 + ["WBAT", "PWB", "TTWB", "NWB"]
    conditions = draw(st.one_of(st.just([]), words(CONDITIONS, 3)))
    return given(
        person=given(
            age=draw(st.integers(18, 95)),
            sex=draw(st.sampled_from(["female", "male"])),
            mass=draw(rarely(kilograms(40, 140), 2)),
            height=draw(rarely(st.integers(145, 205).map(lambda cm: f"{cm} cm"), 2)),
        ),
        cause=cause,
        goal=draw(st.sampled_from(["function", "strength", "hypertrophy", "power", "endurance"])),
        history=given(
            weeks_inactive=draw(rarely(st.integers(0, 200), 2)),
            affected_side=draw(rarely(st.sampled_from(["left", "right"]))),
            immobilised_weeks=draw(rarely(st.integers(0, 12))),
            weeks_since_event=draw(rarely(st.integers(0, 60), 2)),
        ),
        conditions=conditions,
        restrictions=draw(_restrictions()),
        clearance=given(
            by="physiotherapist",
            on=TODAY - dt.timedelta(days=draw(st.integers(0, 30))),
            weight_bearing=draw(st.sampled_from(weight)),
            protected=draw(rarely(st.just(True), 8)),
            conditions=[*CONDITIONS, *KNOWN_CONDITIONS] if draw(st.integers(0, 5)) else None,
        )
        if cleared
        else None,
        screening=draw(_screening(ill=bool(conditions))),
        assessments=draw(_assessments()),
        pain=draw(_pain()),
        experience=given(
            trained_weeks=draw(st.sampled_from([0, 0, 4, 12, 30, 80, 200])),
            coached=draw(st.booleans()),
            strength_weeks=draw(rarely(st.integers(0, 60), 2)),
            plyometric_weeks=draw(rarely(st.integers(0, 20))),
        ),
        places={name: draw(_place()) for name in names},
        availability=draw(_availability(names)),
        exceptions=draw(_exceptions(names, weeks)),
        wishes=draw(_wishes()),
        start=START,
        weeks=weeks,
    )
