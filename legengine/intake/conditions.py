"""What the conditions make of a phase: frequency, rest, structure, coverage, volume."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from legengine.domain.exercise import Condition, DoseLimits, LibraryData, WeeklyNeed
from legengine.domain.problem import Problem
from legengine.domain.profile import Profile
from legengine.domain.protocol import (
    CoverageRow,
    FrequencyRow,
    StructureRow,
    VolumeRow,
)
from legengine.errors import PluginError
from legengine.reckoning.condition_doses import meet, rows_of, together
from legengine.reckoning.eligibility import closing_condition, usable_alternatives

FRAIL: tuple[tuple[str, float], ...] = (("sppb", 6.5), ("gait_speed_m_s", 0.5))
"""Below one of these a person is frail: SPPB of 6 or less, walking below 0.5 m/s [VIVI]."""


def conditions_of(
    profile: Profile,
    library: LibraryData,
    facts: Mapping[str, float],
    experience: str,
    screened: Sequence[str],
) -> tuple[Condition, ...]:
    """The conditions that hold for a person: named, found by screening or by a test.

    Raises:
        PluginError: screening names a condition that no library holds.
    """
    unknown = sorted({*screened} - {condition.id for condition in library.conditions})
    if unknown:
        raise PluginError(f"screening names conditions that no library holds: {', '.join(unknown)}")
    named = {*profile.conditions, *screened}
    if facts.get("balance_flag"):
        named.add("balance_impairment")
    if experience == "novice" and not profile.experience.coached:
        named.add("novice_uncoached")
    if any(facts.get(test, least) < least for test, least in FRAIL):
        named.add("frail")
    held = sorted((item for item in library.conditions if item.id in named), key=lambda c: c.id)
    return (*held, *_own_limits(profile))


def _own_limits(profile: Profile) -> tuple[Condition, ...]:
    """The numbers of ``restrictions`` as a condition like any other."""
    limits = profile.restrictions
    if (limits.knee_flexion_max, limits.hip_flexion_max, limits.impact_max) == (None, None, None):
        return ()
    return (
        Condition(
            id="your_restrictions",
            summary="limits that the profile sets",
            knee_flexion_max=limits.knee_flexion_max,
            hip_flexion_max=limits.hip_flexion_max,
            impact_max=limits.impact_max,
            sources=("profile",),
        ),
    )


def limits_of(conditions: Iterable[Condition], profile: Profile) -> DoseLimits | None:
    """The dose rows of the conditions as one."""
    return together(rows_of(conditions, profile.screening.known_conditions))


def keep_frequency(
    row: FrequencyRow, conditions: Iterable[Condition], limits: DoseLimits | None
) -> FrequencyRow:
    """The phase's row within what the conditions allow and ask for; what they allow wins."""
    conditions = tuple(conditions)
    apart = [each for each in conditions if each.consecutive_days_max is not None]
    in_a_row = [each.consecutive_days_max or 7 for each in apart]
    least: dict[str, int] = dict(row.exposures_of)
    for condition in conditions:
        for group, number in condition.exposures_at_least.items():
            least[group] = max(least.get(group, 0), number)
    sessions, exposures = row.sessions, row.exposures
    sources = (*row.sources, *(key for each in apart for key in each.sources))
    if limits is not None and limits.sessions is not None:
        sessions = meet(sessions, limits.sessions) or limits.sessions
        exposures = (min(exposures[0], sessions[1]), exposures[1])
        if sessions != row.sessions:
            sources = (*sources, *limits.sources)
    least = {group: min(number, sessions[1]) for group, number in sorted(least.items())}
    return row.model_copy(
        update={
            "sessions": sessions,
            "exposures": exposures,
            "exposures_of": least,
            "sources": tuple(dict.fromkeys(sources)),
            "consecutive_days_max": min(row.consecutive_days_max, *in_a_row, 7),
        }
    )


def keep_structure(row: StructureRow, limits: DoseLimits | None) -> StructureRow:
    """The frame of a session with as many exercises as the conditions allow."""
    if limits is None or limits.exercises is None:
        return row
    items = meet(row.work_items, limits.exercises) or limits.exercises
    return row.model_copy(update={"work_items": items})


def fewer(least: int, before: FrequencyRow, now: FrequencyRow) -> int:
    """A weekly minimum where a condition allows fewer sessions than the phase asks for."""
    if now.sessions[1] >= before.sessions[0]:
        return least
    return -(-least * now.sessions[1] // before.sessions[0])


def keep_volume(row: VolumeRow, before: FrequencyRow, now: FrequencyRow) -> VolumeRow:
    """A volume row whose floor and aim fit the sessions that a condition allows."""
    floor, low = fewer(row.floor, before, now), fewer(row.aim[0], before, now)
    return row.model_copy(update={"floor": floor, "aim": (low, row.aim[1])})


def weekly_needs(conditions: Iterable[Condition]) -> Iterator[CoverageRow]:
    """What the conditions ask of every week, as coverage rows."""
    for condition in conditions:
        for need in condition.weekly_at_least:
            words = (*need.patterns, *need.exercises)
            what = " or ".join(word.replace("_", " ") for word in words)
            yield CoverageRow(
                id=_row_id(condition, need),
                summary=f"{condition.summary.rstrip('.')}: {what} "
                f"at least {_times(need.at_least)} a week",
                per="week",
                patterns=need.patterns,
                exercises=need.exercises,
                at_least=need.at_least,
                required=True,
                sources=condition.sources or ("D",),
            )


def _row_id(condition: Condition, need: WeeklyNeed) -> str:
    return "_".join((condition.id, *need.patterns, *need.exercises))[:64]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def without_unmet_items(problem: Problem, rows: Iterable[CoverageRow]) -> tuple[CoverageRow, ...]:
    """The rows of the conditions less those about exercises that are open nowhere in the phase."""
    asked = {
        _row_id(condition, need): need
        for condition in problem.eligibility.conditions
        for need in condition.weekly_at_least
        if need.exercises
    }
    return tuple(
        row
        for row in rows
        if row.id not in asked or any(_open(problem, id) for id in asked[row.id].exercises)
    )


def _open(problem: Problem, id: str) -> bool:
    """Whether an exercise may be done in this phase somewhere where one trains."""
    exercise, body = problem.exercises[id], problem.eligibility
    return (
        id in problem.doses
        and exercise.level <= min(body.level_max, problem.placement.level_of(exercise.pattern))
        and id not in body.never
        and exercise.pattern not in body.never
        and not closing_condition(problem, exercise)
        and any(
            usable_alternatives(problem, exercise, place)
            for place in sorted({slot.place for slot in problem.slots})
        )
    )
