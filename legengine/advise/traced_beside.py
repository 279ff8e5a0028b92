"""Where the numbers beside the sessions come from: rest days, tests, what came before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from legengine.advise.scenes import Leaf, Scene, WeekScene
from legengine.advise.traced_frame import PROFILE, Handler
from legengine.domain.numbers import Origin
from legengine.domain.program import RestItem
from legengine.domain.protocol import EnduranceRow
from legengine.intake.endurance import endurance_row
from legengine.intake.suits import row_name

# --- rest days -----------------------------------------------------------------------------


def _rest_item(scene: WeekScene, leaf: Leaf) -> RestItem:
    return scene.week.rest_days[int(leaf.path[5])].items[int(leaf.path[7])]


def _ramp_row(scene: WeekScene) -> tuple[EnduranceRow, str]:
    """The endurance row of a phase whose minutes follow a ramp, with its name."""
    case, phase = scene.stretch.case, scene.stretch.plan.phase
    row = endurance_row(phase, case.subject)
    if row is None or row.ramp is None:
        raise LookupError(f"{scene.here} has rest days without a ramp")
    return row, row_name(case.protocol, phase, row, "endurance")


def _rest_minutes(scene: WeekScene, _: Leaf) -> Origin:
    row, name = _ramp_row(scene)
    because = "what the sessions of the week leave, spread over its free days"
    return Origin(name, row.sources, 1, scene.asked.endurance[1], because)


def _rest_hold(scene: WeekScene, _: Leaf) -> Origin:
    row, name = _ramp_row(scene)
    span = row.ramp.recovery_hold_s if row.ramp else (0, 0)
    return Origin(f"{name} / recovery", row.sources, *span)


def _rest_effort(scene: WeekScene, leaf: Leaf) -> Origin:
    row, name = _ramp_row(scene)
    item = _rest_item(scene, leaf)
    if item.kind == "recovery":
        most = row.ramp.recovery_rpe_max if row.ramp else 0
        return Origin(f"{name} / recovery", row.sources, 1, most)
    dose = scene.stretch.problem.dose(item.exercise, scene.week.number)
    return Origin(dose.row, dose.sources, *dose.rpe or (0, 10))


# --- tests ---------------------------------------------------------------------------------


def _measured(scene: Scene, leaf: Leaf) -> Origin:
    reading = scene.program.assessments.readings[int(leaf.path[2])]
    return Origin(f"profile / assessments.{reading.test}", PROFILE)


def _judged(scene: Scene, leaf: Leaf) -> Origin:
    reading = scene.program.assessments.readings[int(leaf.path[2])]
    if leaf.field == "symmetry":
        because = "weaker by stronger side"
        return Origin(f"test / {reading.test}", reading.sources, 0, 100, because)
    return Origin(f"test / {reading.test}", reading.sources)


def _started(scene: Scene, leaf: Leaf) -> Origin:
    outcome = scene.program.assessments.outcomes[int(leaf.path[2])]
    return Origin(f"profile / {outcome.test}", PROFILE)


def _counted(scene: Scene, leaf: Leaf) -> Origin:
    outcome = scene.program.assessments.outcomes[int(leaf.path[2])]
    return Origin(f"outcome / {outcome.test}", outcome.sources)


def _missing(scene: Scene, leaf: Leaf) -> Origin:
    test = scene.program.assessments.missing[int(leaf.path[2])]
    return Origin(f"test / {test.test}", test.sources)


def _before(_: Scene, leaf: Leaf) -> Origin:
    row = "program before / " + ".".join(str(key) for key in leaf.path[1:])
    return Origin(row, ("before",))


REST_ITEM: Final[Mapping[str, Handler]] = {
    "minutes": _rest_minutes,
    "hold_s": _rest_hold,
    "rpe": _rest_effort,
}

READING: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(("value", "left", "right"), _measured),
    **dict.fromkeys(("symmetry", "norm", "says"), _judged),
}

OUTCOME: Final[Mapping[str, Handler]] = {"start": _started, "counts": _counted}

MISSING: Final[Mapping[str, Handler]] = {"why": _missing, "how": _missing}

BEFORE: Final[Mapping[str, Handler]] = {"before": _before}
"""For each part: field to what knows where its numbers come from."""
