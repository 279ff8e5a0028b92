"""What a phase asks of this person: the protocol's rows, within conditions and agreements."""

from __future__ import annotations

from legengine.domain.problem import (
    Eligibility,
)
from legengine.domain.protocol import (
    CoverageRow,
    FrequencyRow,
    Phase,
    VolumeRow,
)
from legengine.intake.case import Case
from legengine.intake.conditions import (
    fewer,
    keep_frequency,
    keep_volume,
    limits_of,
    weekly_needs,
)
from legengine.intake.suits import fits


def _phase_frequency(case: Case, phase: Phase) -> FrequencyRow:
    return next(row for row in phase.frequency if fits(row.when, case.subject))


def frequency_of(case: Case, phase: Phase) -> FrequencyRow:
    """The phase's row for this person and conditions, with the minimum that was agreed."""
    row = _phase_frequency(case, phase)
    row = keep_frequency(row, case.conditions, limits_of(case.conditions, case.profile))
    agreed = case.profile.adjust.sessions
    if agreed is None:
        return row
    (fewest, most), (least, exposures) = row.sessions, row.exposures
    return row.model_copy(
        update={
            "sessions": (min(fewest, agreed), most),
            "exposures": (min(least, agreed), exposures),
            "exposures_of": {group: min(n, agreed) for group, n in row.exposures_of.items()},
        }
    )


def volume_rows(case: Case, phase: Phase) -> dict[str, VolumeRow]:
    """Muscle group to its row with the floor that was agreed, without the groups to spare."""
    table = next(row for row in phase.volume if fits(row.when, case.subject))
    spared = set(case.profile.restrictions.spare_muscles)
    agreed = case.profile.adjust.volume
    before, now = _phase_frequency(case, phase), frequency_of(case, phase)
    rows = [keep_volume(row, before, now) for row in table.rows]
    return {
        group: row.model_copy(update={"floor": min(row.floor, agreed.get(group, row.floor))})
        for row in rows
        for group in row.groups
        if group not in spared
    }


def coverage_of(case: Case, phase: Phase, body: Eligibility) -> tuple[CoverageRow, ...]:
    """The phase's rows for this person, and what the conditions ask for."""
    agreed = case.profile.adjust.coverage
    before, now = _phase_frequency(case, phase), frequency_of(case, phase)
    rows = []
    for row in phase.coverage:
        if fits(row.when, case.subject):
            least = row.at_least if row.per == "session" else fewer(row.at_least, before, now)
            least = min(least, agreed.get(row.id, least))
            rows.append(row.model_copy(update={"at_least": least}))
    return (*rows, *weekly_needs(body.conditions))
