"""A finished document made by hand from a tiny problem: right, until a test changes a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel

from legengine.domain.problem import Problem
from legengine.domain.profile import Availability, Person, Place, Profile
from legengine.domain.program import (
    CheckResult,
    Prescription,
    Program,
    ProgramPhase,
    ProgramWeek,
    Provenance,
    Session,
    SideDose,
    SolveReport,
    WeekVolume,
)
from legengine.domain.schedule import Item, Schedule
from legengine.domain.vocabulary import BLOCKS

SETS_CREDIT = {"compound": 1.0, "isolation": 1.0, "power": 1.0}

PROFILE = Profile(
    person=Person(age=40, sex="female"),
    cause="disuse",
    places={"home": Place()},
    availability=(Availability(days="mon", start="18:00", minutes=60),),
)


def line(there: Problem, item: Item) -> Prescription:
    """A prescription at the upper end of its dose."""
    moving = there.exercises[item.exercise]
    number = next(slot.week for slot in there.slots if slot.id == item.slot)
    asked = there.dose(item.exercise, number)
    fields: dict[str, Any] = {}
    seconds = moving.setup_seconds + (item.sets - 1) * asked.rest_s
    if moving.dose_kind == "repetitions":
        fields["reps"] = asked.reps
        seconds += item.sets * int(asked.reps * moving.seconds_per_rep)
    elif moving.dose_kind == "hold":
        fields["hold_s"] = asked.hold_s
        seconds += item.sets * asked.hold_s
    elif moving.dose_kind == "distance":
        fields["metres"] = asked.metres
        seconds += item.sets * 30
    else:
        fields["minutes"] = item.sets * asked.unit_s // 60
        seconds = moving.setup_seconds + item.sets * asked.unit_s
    if there.asymmetry is not None and moving.laterality == "each":
        one_set = int(asked.reps * moving.seconds_per_rep) if "reps" in fields else asked.hold_s
        seconds += item.sets * one_set + item.extra * (one_set + asked.rest_s)
        fields["sides"] = tuple(
            SideDose(side=side, sets=sets, reps=fields.get("reps"), hold_s=fields.get("hold_s"))
            for side, sets in (("right", item.sets + item.extra), ("left", item.sets))
        )
    return Prescription(
        exercise=moving.id,
        name=moving.name,
        block=moving.block,
        pattern=moving.pattern,
        laterality=moving.laterality,
        dose_kind=moving.dose_kind,
        sets=item.sets,
        rest_s=asked.rest_s,
        rir=asked.rir,
        rpe=asked.rpe,
        equipment=moving.equipment[0],
        seconds=seconds,
        reasons=(),
        **fields,
    )


def _session(there: Problem, start: str, items: Sequence[Item]) -> Session:
    slot = next(slot for slot in there.slots if slot.id == start)
    lines = [line(there, item) for item in items]
    lines.sort(key=lambda each: BLOCKS.index(each.block))
    frame = there.structure
    return Session(
        start=slot.start,
        place=slot.place,
        slot_minutes=slot.minutes,
        seconds=frame.warm_up_s
        + frame.cool_down_s
        + sum(each.seconds for each in lines)
        + frame.change_s * (len(lines) - 1),
        prescriptions=tuple(lines),
    )


def _phase(there: Problem, plan: Schedule) -> ProgramPhase:
    weeks = []
    sessions = [_session(there, start, items) for start, items in plan.by_slot().items()]
    for week in there.weeks:
        end = week.start + dt.timedelta(days=7)
        held = tuple(each for each in sessions if week.start <= each.start.date() < end)
        sets = dict.fromkeys(there.groups, 0.0)
        for each in held:
            for written in each.prescriptions:
                for muscle in there.exercises[written.exercise].primary:
                    credit = SETS_CREDIT.get(written.block, 0)
                    group = there.muscle_groups[muscle]
                    if group in sets:
                        sets[group] += written.sets * credit
        weeks.append(
            ProgramWeek(
                number=week.number,
                start=week.start,
                kind=week.kind,
                sessions=held,
                volume=tuple(
                    WeekVolume(
                        group=group,
                        sets=sets[group],
                        floor=week.volume[group].floor / 8,
                        aim=(week.volume[group].aim_low / 8, week.volume[group].aim_high / 8),
                        cap=week.volume[group].cap / 8,
                    )
                    for group in there.groups
                ),
                endurance_minutes=week.endurance_minutes,
                endurance_minutes_planned=sum(
                    written.minutes or 0 for each in held for written in each.prescriptions
                ),
            )
        )
    return ProgramPhase(
        id=there.phase,
        title=there.title,
        summary="",
        stage=there.stage,
        policy="double",
        entry=(),
        exit=(),
        rest_hours=dict(there.rest_hours),
        weeks=tuple(weeks),
        solve=SolveReport(
            status="optimal",
            library="whole",
            eligible=1,
            candidates=1,
            columns=1,
            rows=1,
            model_hash="",
            deterministic_time=0,
            wall_clock_struck=False,
            levels=(),
        ),
    )


def document(*parts: tuple[Problem, Schedule]) -> Program:
    """The finished document of one phase or several."""
    phases = tuple(
        _phase(there, plan).model_copy(update={"provisional": order > 0})
        for order, (there, plan) in enumerate(parts)
    )
    return Program(
        title="Tiny",
        start=parts[0][0].start,
        weeks=sum(len(phase.weeks) for phase in phases),
        profile=PROFILE,
        protocol="leg-restoration",
        placement=(),
        screening=(),
        guidance=(),
        phases=phases,
        sources={},
        provenance=Provenance(
            legengine="0",
            ortools="0",
            plugins={},
            profile_hash="",
            settings={},
            screened_on=parts[0][0].start,
            start_given=True,
        ),
        check=CheckResult(ok=True, checked={}),
    )


def change(whole: BaseModel, path: str, value: Any | Callable[[Any], Any]) -> Any:
    """A copy with one thing changed: ``"phases.0.weeks.1.sessions.0.seconds"``."""
    name, _, rest = path.partition(".")
    old = getattr(whole, name)
    if not rest:
        return whole.model_copy(update={name: value(old) if callable(value) else value})
    if isinstance(old, tuple):
        index, _, rest = rest.partition(".")
        number = int(index)
        if rest:
            new = change(old[number], rest, value)
        else:
            new = value(old[number]) if callable(value) else value
        return whole.model_copy(update={name: (*old[:number], new, *old[number + 1 :])})
    return whole.model_copy(update={name: change(old, rest, value)})
