"""What the tests of a profile say: readings, missing tests, the outcome table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from legengine.assess.battery import sppb_points
from legengine.assess.catalogue import Asked, Catalogue, FunctionTest, Mark, Norm, catalogue
from legengine.assess.norms import Body, Expected, expected, symmetry, verdict
from legengine.domain.batteries import FourStages, SppbParts
from legengine.domain.profile import Pair, Profile
from legengine.domain.program import Assessed, HomeTest, Outcome, Reading

SEX_WORDS: Final = {"female": "women", "male": "men"}
OLDER: Final = 60
"""From this age on tests are asked for because of falls."""

FRAIL_SPPB: Final = 6
"""Up to this many points the changes of frail people count [VIVI]."""


def assessed(profile: Profile, start: dt.date) -> Assessed:
    """Everything that the tests say about a person."""
    tests = catalogue()
    return Assessed(
        readings=tuple(readings(profile)),
        missing=tuple(missing_tests(profile)),
        review_dates=review_dates(start, profile.weeks, tests.review.weeks),
        outcomes=tuple(outcomes(profile, tests)),
        questionnaires=tests.scores,
    )


def body_of(profile: Profile) -> Body:
    """What norms ask about the person."""
    person = profile.person
    return Body(person.age, person.sex, person.mass, person.height)


def value_of(profile: Profile, test: FunctionTest) -> float | Pair | None:
    """The result of a test as a number or two sides; ``None`` where it is not given."""
    given, battery = getattr(profile.assessments, test.id, None), profile.assessments.sppb
    if test.id == "sppb":
        return None if battery is None else sppb_points(battery)
    if given is None and isinstance(battery, SppbParts):
        inside = {"five_chair_stands_s": battery.stands_s, "gait_speed_m_s": battery.speed_m_s}
        return inside.get(test.id)
    if isinstance(given, FourStages):
        return given.tandem
    if isinstance(given, int | float | Pair):
        return given
    return None


# --- readings ------------------------------------------------------------------------------


def readings(profile: Profile) -> Iterator[Reading]:
    """Each test that was done, against the norm for age and sex."""
    body = body_of(profile)
    for test in catalogue().tests:
        given = value_of(profile, test)
        if given is not None:
            yield _reading(test, given, body)


def _reading(test: FunctionTest, given: float | Pair, body: Body) -> Reading:
    weaker = min(given.left, given.right) if isinstance(given, Pair) else given
    found = expected(test, body)
    marks = list(_marks(test, given, weaker, body.age))
    says = [mark.text for mark in marks]
    sources = [*(found.norm.sources if found else test.sources)]
    index = None
    if isinstance(given, Pair) and not any(mark.op == "apart" for mark in test.marks):
        index = round(symmetry(given.left, given.right), 1)
        rule = catalogue().test("limb_symmetry")
        if rule.marks[0].holds(index):
            side = "left" if given.left < given.right else "right"
            says.append(f"limb symmetry {index:.0f} %: the {side} side is weaker")
            sources += rule.sources
    sources += [key for mark in marks for key in mark.sources]
    pair = given if isinstance(given, Pair) else None
    return Reading(
        test=test.id,
        name=test.name,
        unit=test.unit,
        value=None if isinstance(given, Pair) else given,
        left=pair.left if pair else None,
        right=pair.right if pair else None,
        symmetry=index,
        verdict=verdict(test, found, weaker),
        norm=norm_text(test, found, body) if found else "",
        says=tuple(says),
        sources=tuple(dict.fromkeys(sources)),
    )


def _marks(test: FunctionTest, given: float | Pair, weaker: float, age: int) -> Iterator[Mark]:
    """The gravest mark of the result, and that of the difference between the sides."""
    own = [mark for mark in test.marks if mark.op != "apart" and age >= mark.age_min]
    yield from [mark for mark in own if mark.holds(weaker)][:1]
    if isinstance(given, Pair):
        apart = abs(given.left - given.right)
        yield from (m for m in test.marks if m.op == "apart" and apart >= m.value)


def norm_text(test: FunctionTest, found: Expected, body: Body) -> str:
    """A norm in words: ``usual 12-17 stands (women 60-64; the middle half of people)``."""
    if found.average is not None and found.low is None:
        usual = f"average {_number(found.average)} {test.unit}"
    elif found.average is not None and found.low is not None and found.high is not None:
        usual = (
            f"usual {_number(found.low)}-{_number(found.high)} {test.unit}"
            f" around {_number(found.average)}"
        )
    elif found.low is not None and found.high is not None:
        usual = f"usual {_number(found.low)}-{_number(found.high)} {test.unit}"
    elif found.low is not None:
        usual = f"usual from {_number(found.low)} {test.unit}"
    else:
        usual = f"usual up to {_number(found.high or 0)} {test.unit}"
    return f"{usual} ({_group(found.norm, found, body)}; {found.norm.label})"


def _group(norm: Norm, found: Expected, body: Body) -> str:
    everyone = "all" in norm.bands
    who = "people" if everyone else SEX_WORDS[body.sex]
    if found.ages is None:
        return f"{who} of {body.age}"
    low, high = found.ages
    if low == 0 and high >= 120:
        return who
    if high >= 120:
        return f"{who} from {low}"
    return f"{who} up to {high}" if low == 0 else f"{who} {low}-{high}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{round(value, 2 if value < 2 else 1):g}"


# --- missing tests -------------------------------------------------------------------------


def missing_tests(profile: Profile) -> Iterator[HomeTest]:
    """The tests that were not done and matter for this person, with how to do them."""
    named: set[str] = set()
    for test in catalogue().tests:
        others = test.instead
        if value_of(profile, test) is not None or named.intersection(others):
            continue
        if any(_known(profile, other) for other in others):
            continue
        reason = next((why for rule in test.asked if (why := _concerns(rule, profile))), "")
        if reason:
            named.add(test.id)
            yield HomeTest(
                test=test.id,
                name=test.name,
                why=reason,
                how=test.how,
                equipment=test.equipment,
                sources=test.sources,
            )


def _known(profile: Profile, test: str) -> bool:
    return value_of(profile, catalogue().test(test)) is not None


def _concerns(rule: Asked, profile: Profile) -> str:
    """Why a test matters for a person; empty where it doesn't."""
    age = profile.person.age
    if not rule.age_min <= age <= rule.age_max:
        return ""
    if rule.steady and is_unsteady(profile):
        return ""
    if rule.goals:
        return "it measures your goal" if profile.goal in rule.goals else ""
    if rule.regions:
        sore = sorted(set(rule.regions) & profile.pain.keys())
        return f"your {sore[0]} hurts" if sore else ""
    if rule.one_sided:
        side = profile.history.affected_side
        return f"your {side} side is affected" if side else ""
    if rule.age_min >= OLDER:
        return f"from {rule.age_min} years on it tells the risk of falls"
    return "it says where to start"


# --- the outcome table ---------------------------------------------------------------------


def review_dates(start: dt.date, weeks: int, every: int) -> tuple[dt.date, ...]:
    """The first day, then a date every so many weeks; the end where the program is shorter."""
    after = list(range(every, weeks + 1, every)) or [weeks]
    return (start, *(start + dt.timedelta(weeks=number) for number in after))


def outcomes(profile: Profile, tests: Catalogue) -> Iterator[Outcome]:
    """What is measured at every review: the value at the start and the change that counts."""
    frail = is_frail(profile)
    for test in tests.tests:
        if not test.outcome:
            continue
        given = value_of(profile, test)
        change = next(each for each in test.changes if frail or not each.frail)
        yield Outcome(
            test=test.id,
            name=test.name,
            unit=test.unit,
            better=test.better,
            start=None if isinstance(given, Pair) else given,
            counts=change.text,
            sources=change.sources,
        )
    worst = max((report.worst for report in profile.pain.values()), default=None)
    pain = tests.pain
    yield Outcome(
        test="pain",
        name=pain.name,
        unit=pain.unit,
        better="lower",
        start=worst,
        counts=pain.text,
        sources=pain.sources,
    )


def is_frail(profile: Profile) -> bool:
    """Whether the battery or the walking speed mark frailty."""
    walk = catalogue().test("gait_speed_m_s")
    points, speed = value_of(profile, catalogue().test("sppb")), value_of(profile, walk)
    weak = isinstance(points, int | float) and points <= FRAIL_SPPB
    return weak or (isinstance(speed, int | float) and walk.marks[0].holds(speed))


def is_unsteady(profile: Profile) -> bool:
    """Whether a test marks frailty or poor standing balance."""
    tandem = profile.assessments.tandem_s
    poor = catalogue().test("tandem_stance_s").marks[0]
    return is_frail(profile) or (tandem is not None and poor.holds(tandem))
