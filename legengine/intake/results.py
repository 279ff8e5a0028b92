"""Reads a results file, and turns what it says into facts; what it leaves out stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from legengine.documents.reading import Document, read_document
from legengine.domain.profile import Assessments, Profile
from legengine.domain.results import Effusion, Results
from legengine.intake.facts import facts_of
from legengine.intake.reader import checked

GRADES: Final[Mapping[Effusion, float]] = {"none": 0, "trace": 0.5, "1+": 1, "2+": 2, "3+": 3}
"""Swelling as a number; a trace lies between none and 1+ [UDEL]."""

OF_REGIONS: Final = ("worst_pain", "rest_pain", "back_pain")
"""Facts about the pain of regions: unknown where the results name none."""

ADDED: Final = ("calf_raise_reps", "bird_dog_reps", "dead_bug_reps", "reserve_error")
"""Numbers that only a phase's end asks for."""


def read_results(path: Path) -> Results:
    """Read a results file: YAML, JSON or TOML."""
    return checked(read_document(path), Results)


def results_from_data(data: Mapping[str, Any]) -> Results:
    """Check plain data that came from no file; its problems carry no positions."""
    return checked(Document(data), Results)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Weeks up to the tests, counted from the dates."""

    phase_weeks: int
    program_weeks: int
    trained_weeks: int
    strength_weeks: int


def measured(results: Results) -> Assessments:
    """The tests in a profile's words."""
    tests = results.tests
    return Assessments(**{name: getattr(tests, name) for name in Assessments.model_fields})


def facts_shown(profile: Profile, results: Results, elapsed: Elapsed) -> dict[str, float]:
    """What the results show. Earlier tests don't count: what isn't tested anew isn't known."""
    now = {"assessments": measured(results), "pain": results.pain.regions}
    facts = facts_of(profile.model_copy(update=now))
    if not results.pain.regions:
        for name in OF_REGIONS:
            del facts[name]
    facts |= {
        "phase_weeks": elapsed.phase_weeks,
        "program_weeks": elapsed.program_weeks,
        "trained_weeks": elapsed.trained_weeks,
        "strength_weeks": elapsed.strength_weeks,
    }
    facts |= {name: value for name, value in _said(profile, results).items() if value is not None}
    return dict(sorted(facts.items()))


def _said(profile: Profile, results: Results) -> dict[str, float | None]:
    tests, pain, events, count = results.tests, results.pain, results.events, results.sessions
    said: dict[str, float | None] = {name: getattr(tests, name) for name in ADDED}
    planned, done = count.last_3_weeks_planned, count.last_3_weeks_done
    if planned is not None and done is not None:
        said["adherence_percent"] = round(100 * done / planned, 1)
    before, now = profile.assessments.chair_stand_30s, tests.chair_stand_30s
    if before is None:
        # Without an earlier test there is nothing that it could have fallen from.
        said["chair_stand_change"] = 0
    elif now is not None:
        said["chair_stand_change"] = now - before
    return said | {
        "sessions_done": count.done,
        "technique": None if tests.technique is None else float(tests.technique == "pass"),
        "top_of_range": None if tests.top_of_range is None else float(tests.top_of_range == "pass"),
        "loads_found": _flag(tests.loads_found),
        "goal_met": _flag(tests.goal_met),
        "contacts_kept": _flag(tests.contacts_kept),
        "pain_during": pain.during,
        "rest_pain": pain.rest,
        "pain_settled": None if pain.next_morning is None else float(pain.next_morning == "usual"),
        "pain_weeks": pain.weeks,
        "red_pain_days": pain.red_days,
        "new_falls": events.new_falls,
        "ill_days": events.ill_days,
        "days_since_last_session": events.days_since_last_session,
        "effusion_grade": None if events.effusion is None else GRADES[events.effusion],
    }


def _flag(answer: bool | None) -> float | None:
    return None if answer is None else float(answer)
