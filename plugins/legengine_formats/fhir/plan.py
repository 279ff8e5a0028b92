"""A program as resources: patient, goals, care plan, a service request a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from legengine.domain.program import Prescription, Program
from legengine.language import said, spoken_language, tr
from legengine_formats import overview, training, wording
from legengine_formats.dated import (
    Dated,
    prescription_lines,
    session_lines,
    session_title,
    sessions_of,
    weeks_of,
)
from legengine_formats.fhir.bundle import Resource, bundle, reference, resource
from legengine_formats.fhir.codes import (
    DRAFT,
    EXERCISE_THERAPY,
    EXERCISES,
    MINUTES_A_WEEK,
    PERTAINS_TO_GOAL,
    PHYSICAL_ACTIVITY,
    PHYSICAL_THERAPY,
    PLAN,
    PROPOSED,
    STRENGTH_DAYS_A_WEEK,
    UCUM,
    concept,
)
from legengine_formats.fhir.format import FhirOptions
from legengine_formats.identity import identity, plan_id
from legengine_formats.stopping import stop_signs


def program_bundle(program: Program, options: FhirOptions, week: int | None = None) -> Resource:
    """The bundle of a cleaned program.

    Raises:
        InputError: the week isn't there.
    """
    plan = plan_id(program, options.id)
    patient = resource("Patient", identity(plan, "Patient"), gender=program.profile.person.sex)
    subject = reference(options.patient or patient)
    goals = list(_goals(program, plan, subject))
    dated = list(sessions_of(program, week))
    zone = None if options.timezone is None else ZoneInfo(options.timezone)
    own = identity(plan, "CarePlan")
    requests = [
        _request(program, each, plan, subject, goals, f"urn:uuid:{own}", zone) for each in dated
    ]
    start, end = _period(program, week)
    care = resource(
        "CarePlan",
        own,
        language=spoken_language().code,
        text=_narrative(program),
        status=DRAFT,
        intent=PLAN,
        category=[PHYSICAL_ACTIVITY],
        title=_title(program),
        description=_description(program),
        subject=subject,
        period={"start": start.isoformat(), "end": end.isoformat()},
        created=program.provenance.screened_on.isoformat(),
        goal=[reference(goal) for goal in goals],
        activity=[{"reference": reference(request)} for request in requests],
        note=[{"text": text} for text in _notes(program)],
    )
    brought = [] if options.patient else [patient]
    return bundle(
        identity(plan, "Bundle"),
        program.provenance.screened_on,
        [*brought, *goals, care, *requests],
    )


def _title(program: Program) -> str:
    return program.title or tr("Training program for your legs")


def _description(program: Program) -> str:
    weeks = [week for phase in program.phases for week in phase.weeks]
    return training.lengths_of(weeks) if weeks else ""


def _period(program: Program, week: int | None) -> tuple[dt.date, dt.date]:
    weeks = [each for _, each in weeks_of(program, week)]
    if not weeks:
        return program.start, program.start
    return weeks[0].start, overview.last_day(weeks[-1])


def _narrative(program: Program) -> dict[str, str]:
    """The plan in a few lines of XHTML, for a reader without any other view."""
    lines = [f"<p>{escape(_title(program))}</p>"]
    rows = [
        f"<li>{escape(f'{said(phase.title)}: {training.week_numbers(phase)}')}</li>"
        for phase in program.phases
        if phase.weeks
    ]
    lines += [f"<ol>{''.join(rows)}</ol>"] if rows else []
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(lines)}</div>',
    }


def _notes(program: Program) -> Iterator[str]:
    """What limits training and when to stop."""
    for note in program.screening:
        yield f"{wording.told(note.noticed)} {wording.told(note.action)}"
    yield from stop_signs(program)


# --- goals ---------------------------------------------------------------------------------


def _goals(program: Program, plan: str, subject: dict[str, str]) -> Iterator[Resource]:
    """What the last week asks for: days of strengthening work, minutes of endurance work."""
    weeks = [week for phase in program.phases for week in phase.weeks]
    built = [week for week in weeks if week.kind == "build" and week.sessions]
    if not built:
        return
    last = built[-1]
    due = overview.last_day(weeks[-1]).isoformat()
    days = len({one.start.date() for one in last.sessions if one.kind == "training"})
    if days:
        text = tr("Strengthen the legs on {n} days a week", n=days)
        target = _target(STRENGTH_DAYS_A_WEEK, days, "d/wk", due)
        yield _goal(identity(plan, "Goal", "strength"), text, target, subject, program)
    minutes = last.endurance_minutes[0]
    if minutes:
        text = tr("{n} minutes of endurance work a week", n=minutes)
        target = _target(MINUTES_A_WEEK, minutes, "min/wk", due)
        yield _goal(identity(plan, "Goal", "endurance"), text, target, subject, program)


def _target(measure: dict[str, Any], value: int, unit: str, due: str) -> dict[str, Any]:
    quantity = {"value": value, "unit": unit, "system": UCUM, "code": unit}
    return {"measure": measure, "detailQuantity": quantity, "dueDate": due}


def _goal(
    id: Any, text: str, target: dict[str, Any], subject: dict[str, str], program: Program
) -> Resource:
    return resource(
        "Goal",
        id,
        lifecycleStatus=PROPOSED,
        category=[PHYSICAL_ACTIVITY],
        description={"text": text},
        subject=subject,
        startDate=program.start.isoformat(),
        target=[target],
    )


# --- sessions ------------------------------------------------------------------------------


def _request(
    program: Program,
    dated: Dated,
    plan: str,
    subject: dict[str, str],
    goals: Sequence[Resource],
    care: str,
    zone: ZoneInfo | None,
) -> Resource:
    session = dated.session
    pertains = [{"url": PERTAINS_TO_GOAL, "valueReference": reference(goal)} for goal in goals]
    when: dict[str, Any] = {"occurrenceDateTime": session.start.date().isoformat()}
    if zone is not None:
        first = session.start.replace(tzinfo=zone)
        last = (first.astimezone(dt.UTC) + (dated.end - session.start)).astimezone(zone)
        when = {"occurrencePeriod": {"start": first.isoformat(), "end": last.isoformat()}}
    return resource(
        "ServiceRequest",
        identity(plan, "ServiceRequest", dated.week.number, dated.number),
        extension=pertains,
        basedOn=[{"reference": care}],
        status=DRAFT,
        intent=PLAN,
        category=[PHYSICAL_ACTIVITY, PHYSICAL_THERAPY],
        code=EXERCISE_THERAPY | {"text": session_title(dated)},
        orderDetail=[_detail(item) for item in session.prescriptions],
        subject=subject,
        **when,
        authoredOn=program.provenance.screened_on.isoformat(),
        locationCode=[{"text": session.place}],
        patientInstruction=_instruction(dated),
    )


def _detail(item: Prescription) -> dict[str, Any]:
    """One exercise with its dose in words."""
    text = "; ".join(prescription_lines(item))
    return concept(EXERCISES, item.exercise, said(item.name), text)


def _instruction(dated: Dated) -> str:
    start = dated.session.start
    day = wording.day_text(start.date(), year=True)
    when = tr("{day} at {time}", day=day, time=wording.clock(start))
    minutes = wording.minutes_text(dated.session.minutes)
    return "\n".join([f"{when}, {minutes}", *session_lines(dated)])
