"""Where the numbers of sessions, weeks, phases and texts come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from legengine.advise.scenes import Leaf, PhaseScene, Scene, SessionScene, WeekScene
from legengine.domain.numbers import Origin
from legengine.domain.problem import Volume
from legengine.domain.protocol import VolumeRow, VolumeTable
from legengine.domain.vocabulary import WEEKDAYS
from legengine.intake.calendar import exception_on
from legengine.intake.endurance import endurance_row
from legengine.intake.suits import fits, row_name
from legengine.reckoning.past import credit_inside
from legengine.verify.duration import session_seconds

Handler = Callable[[Any, Leaf], Origin]

EIGHTHS: Final = 8
PROFILE: Final = ("profile",)
DEFAULT: Final = ("D",)


def _keys(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for group in groups for key in group))


# --- sessions ------------------------------------------------------------------------------


def _slot_minutes(scene: SessionScene, leaf: Leaf) -> Origin:
    profile, start = scene.stretch.case.profile, scene.session.start
    change = exception_on(profile, start.date())
    if change is not None and change.minutes == leaf.value:
        row = f"profile / exceptions[{profile.exceptions.index(change)}].minutes"
        return Origin(row, PROFILE, change.minutes, change.minutes)
    for index, entry in enumerate(profile.availability):
        if WEEKDAYS[start.weekday()] in entry.days and entry.minutes == leaf.value:
            row = f"profile / availability[{index}].minutes"
            return Origin(row, PROFILE, entry.minutes, entry.minutes)
    return Origin("profile / availability", PROFILE)


def _session_seconds(scene: SessionScene, _: Leaf) -> Origin:
    frame = scene.stretch.problem.structure
    items = [entry.seconds for entry in scene.session.prescriptions]
    taken = session_seconds(frame, items)
    because = (
        f"warm-up {frame.warm_up_s} s, exercises {sum(items)} s, "
        f"changes {frame.change_s} s each, cool-down {frame.cool_down_s} s"
    )
    return Origin(f"{scene.here} / structure", frame.sources, taken, taken, because)


# --- weeks ---------------------------------------------------------------------------------


def _week_number(scene: WeekScene, _: Leaf) -> Origin:
    plan = scene.stretch.plan
    last = plan.first_week + plan.weeks - 1
    weeks = plan.phase.weeks
    because = f"the phase has {plan.weeks} weeks; usual are {weeks.default}"
    return Origin(f"{scene.here} / weeks", DEFAULT, plan.first_week, last, because)


def _endurance(scene: WeekScene, _: Leaf) -> Origin:
    case, phase = scene.stretch.case, scene.stretch.plan.phase
    row = endurance_row(phase, case.subject)
    if row is None:
        return Origin(f"{scene.here} / endurance", DEFAULT, 0, 0, "the phase asks for none")
    name = row_name(case.protocol, phase, row, "endurance")
    times, minutes = scene.asked.endurance
    if row.ramp is None or not times:
        return Origin(name, row.sources, *row.week_minutes)
    most, last = row.ramp.minutes[1], row.ramp.sessions[1]
    because = f"{times} times {minutes} minutes on the way up"
    return Origin(f"{name} / ramp", row.sources, 0, most * last, because)


def _endurance_rest(scene: WeekScene, _: Leaf) -> Origin:
    items = [item for day in scene.week.rest_days for item in day.items]
    minutes = sum(item.minutes or 0 for item in items if item.kind == "endurance")
    return Origin("the rest days of the week", DEFAULT, minutes, minutes, "their minutes added")


def _endurance_planned(scene: WeekScene, _: Leaf) -> Origin:
    entries = [entry for session in scene.week.sessions for entry in session.prescriptions]
    minutes = sum(entry.minutes or 0 for entry in entries)
    return Origin("the sessions of the week", DEFAULT, minutes, minutes, "their minutes added")


def _volume_rows(scene: WeekScene, group: str) -> tuple[VolumeTable, VolumeRow, Volume]:
    case, phase = scene.stretch.case, scene.stretch.plan.phase
    table = next(table for table in phase.volume if fits(table.when, case.subject))
    row = next(row for row in table.rows if group in row.groups)
    return table, row, scene.asked.volume[group]


def _volume(scene: WeekScene, leaf: Leaf) -> Origin:
    """The row's number; in lighter and shortened weeks what it comes down to."""
    group = scene.week.volume[int(leaf.path[5])].group
    table, row, volume = _volume_rows(scene, group)
    case = scene.stretch.case
    name = row_name(case.protocol, scene.stretch.plan.phase, table, "volume", group)
    deload = case.protocol.deload if scene.lighter else None
    low: float
    high: float
    if leaf.field == "sets":
        before = credit_inside(scene.stretch.problem.past, scene.asked, group)
        because = "effective sets of the week, counted"
        low = 0 if before or _shortened(scene) else volume.floor / EIGHTHS
        return Origin(name, row.sources, low, volume.cap / EIGHTHS, because)
    if leaf.field == "cap":
        return Origin(name, row.sources, row.cap, row.cap)
    if leaf.field == "floor":
        agreed = case.profile.adjust.volume.get(group)
        if deload is not None:
            row_of = f"{case.protocol.id} / deload"
            return Origin(row_of, _keys(deload.sources, row.sources), 0, 0, f"waives {name}")
        if agreed is not None and agreed < row.floor:
            return Origin(f"profile / adjust.volume.{group}", PROFILE, agreed, agreed)
        return Origin(name, row.sources, row.floor, row.floor)
    low, high = row.aim
    if low <= float(leaf.value) <= high:
        return Origin(name, row.sources, low, high)
    low = volume.aim_low / EIGHTHS
    if deload is not None:
        sources = _keys(deload.sources, row.sources)
        return Origin(f"{case.protocol.id} / deload", sources, low, high, f"a share of {name}")
    because = f"a share of {name}: the week has fewer days"
    return Origin("profile / exceptions", (*PROFILE, *row.sources), low, high, because)


def _shortened(scene: WeekScene) -> bool:
    return scene.stretch.over or scene.asked.reduced


# --- phases --------------------------------------------------------------------------------


def _rest_hours(scene: PhaseScene, leaf: Leaf) -> Origin:
    case, phase = scene.stretch.case, scene.stretch.plan.phase
    row = next(row for row in phase.rest if fits(row.when, case.subject))
    wished = case.profile.wishes.rest_hours
    name = row_name(case.protocol, phase, row, "rest")
    if wished is not None and wished == leaf.value and wished > max(row.hours, row.floor_hours):
        return Origin("profile / wishes.rest_hours", PROFILE, wished, wished, f"longer than {name}")
    hours = max(row.hours, row.floor_hours)
    return Origin(name, row.sources, hours, hours)


def _criterion(scene: PhaseScene, leaf: Leaf) -> Origin:
    phase = scene.stretch.plan.phase
    known = {each.text: each.sources for each in phase.entry}
    known |= {each.text: each.sources for each in scene.phase.test_card}
    sources = known.get(str(leaf.value), DEFAULT)
    return Origin(f"{scene.here} / {leaf.field}", sources or DEFAULT)


def _card(scene: PhaseScene, leaf: Leaf) -> Origin:
    item = scene.phase.test_card[int(leaf.inside[1])]
    return Origin(f"{scene.here} / exit / {item.id}", item.sources or DEFAULT)


def _bind(scene: PhaseScene, leaf: Leaf) -> Origin:
    bind = scene.phase.binds[int(leaf.inside[1])]
    phase, subject = scene.stretch.plan.phase, scene.stretch.case.subject
    sources: Mapping[str, tuple[str, ...]] = {
        "rest_interval": next(r.sources for r in phase.rest if fits(r.when, subject)),
        "frequency": scene.stretch.problem.frequency.sources,
        "structure": phase.structure.sources,
        "volume": next(
            _keys(*(row.sources for row in table.rows))
            for table in phase.volume
            if fits(table.when, subject)
        ),
        "coverage": _keys(*(row.sources for row in scene.stretch.problem.coverage)),
        "time": PROFILE,
    }
    return Origin(f"rule / {bind.rule}", sources.get(bind.rule, DEFAULT))


def _search(*_: Any) -> Origin:
    return Origin("the search for the schedule", ("report",))


# --- texts and the document ----------------------------------------------------------------


def _guidance(scene: Scene, leaf: Leaf) -> Origin:
    block = scene.program.guidance[int(leaf.path[1])]
    line = block.lines[int(leaf.path[3])]
    return Origin(f"guidance / {block.title}", line.sources)


def _screening(scene: Scene, leaf: Leaf) -> Origin:
    note = scene.program.screening[int(leaf.path[1])]
    return Origin(f"screening / {note.rule}", note.sources)


def _placement(scene: Scene, leaf: Leaf) -> Origin:
    return Origin("placement", scene.program.placement[int(leaf.path[1])].sources)


def _weeks(scene: Scene, _: Leaf) -> Origin:
    weeks = scene.program.profile.weeks
    return Origin("profile / weeks", PROFILE, weeks, weeks)


def _own_words(_: Scene, leaf: Leaf) -> Origin:
    """What the profile says, now or before a revision."""
    return Origin("profile / " + leaf.at.split(".", 1)[1], PROFILE)


def _report(_: Scene, leaf: Leaf) -> Origin:
    """What legengine tells about itself."""
    return Origin(f"report / {leaf.field}", ("report",))


SESSION: Final[Mapping[str, Handler]] = {
    "slot_minutes": _slot_minutes,
    "seconds": _session_seconds,
}

VOLUME: Final[Mapping[str, Handler]] = dict.fromkeys(("sets", "floor", "aim", "cap"), _volume)

WEEK: Final[Mapping[str, Handler]] = {
    "number": _week_number,
    "endurance_minutes": _endurance,
    "endurance_minutes_planned": _endurance_planned,
    "endurance_minutes_rest": _endurance_rest,
}

PHASE: Final[Mapping[str, Handler]] = {
    "rest_hours": _rest_hours,
    "entry": _criterion,
    "exit": _criterion,
    "test_card": _card,
    "binds": _bind,
    "solve": _search,
}

GUIDANCE: Final[Mapping[str, Handler]] = {"lines": _guidance}

SCREENING: Final[Mapping[str, Handler]] = {"noticed": _screening, "action": _screening}

DOCUMENT: Final[Mapping[str, Handler]] = {
    "weeks": _weeks,
    "placement": _placement,
    "profile": _own_words,
    "revisions": _own_words,
    "schema_version": _report,
    "provenance": _report,
    "check": _report,
}
"""For each part: field to what knows where its numbers come from."""
