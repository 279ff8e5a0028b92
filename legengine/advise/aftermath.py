"""The profile after the tests: new answers, new results, the time that passed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from legengine.advise.whereabouts import Whereabouts
from legengine.domain.profile import Assessments, Profile
from legengine.domain.results import Results
from legengine.domain.standing import Standing
from legengine.intake.judging import Judgement
from legengine.intake.results import measured

EXITS = ("foundation_exit", "strength_exit")


def answered(here: Whereabouts, judged: Judgement, results: Results, starts: dt.date) -> Profile:
    """The profile with what the results say; where it goes on is not said yet."""
    profile = here.program.profile
    history, experience = profile.history, profile.experience
    since = history.weeks_since_event
    falls = profile.screening.falls_12_months
    if results.events.new_falls is not None:
        falls = (falls or 0) + results.events.new_falls
    flags = profile.screening.red_flags if results.red_flags is None else results.red_flags
    anew = judged.outcome == "step_back" and judged.row.action == "placement"
    gap = results.events.days_since_last_session or 0
    passed = here.weeks_over(starts)
    return _copied(
        profile,
        assessments=_assessments(here, judged, results),
        pain={**profile.pain, **results.pain.regions},
        history=history.model_copy(
            update={
                "weeks_inactive": gap // 7 if anew else 0,
                "weeks_since_event": None if since is None else since + passed,
            }
        ),
        screening=profile.screening.model_copy(
            update={"falls_12_months": falls, "red_flags": flags}
        ),
        experience=experience.model_copy(
            update={
                "trained_weeks": here.elapsed.trained_weeks,
                "strength_weeks": here.elapsed.strength_weeks,
                "plyometric_weeks": experience.plyometric_weeks + here.weeks_in("power"),
            }
        ),
        exceptions=tuple(
            change for change in profile.exceptions if (change.to or change.from_) >= starts
        ),
        pins=tuple(pin for pin in profile.pins if pin.date >= starts),
        progress=None,
        start=starts,
    )


def placed(profile: Profile, standing: Standing | None, weeks: int) -> Profile:
    """The profile with the place from which it goes on."""
    return _copied(profile, progress=standing, weeks=weeks)


def _copied(profile: Profile, **changes: Any) -> Profile:
    """The profile with changed parts, checked as if it were read from a file."""
    changed = profile.model_copy(update=changes)
    return Profile.model_validate_json(changed.model_dump_json(by_alias=True))


def _assessments(here: Whereabouts, judged: Judgement, results: Results) -> Assessments:
    """The new tests over the old ones; a passed exit counts for what comes later."""
    before = here.program.profile.assessments
    given: dict[str, Any] = {
        name: value for name, value in measured(results) if value is not None and name not in EXITS
    }
    given["one_rep_max_kg"] = {**before.one_rep_max_kg, **results.tests.one_rep_max_kg}
    swelling = results.events.effusion
    if swelling is not None and results.tests.knee_effusion is None:
        given["knee_effusion"] = "none" if swelling == "none" else "present"
    if here.exit == "foundation_exit" or (here.exit and judged.outcome == "pass"):
        given[here.exit] = "pass" if judged.outcome == "pass" else "not_passed"
    return before.model_copy(update=given)
