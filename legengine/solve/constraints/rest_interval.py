"""Hours from the start of one exposure of a muscle to the start of its next."""

from __future__ import annotations

import datetime as dt

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.hooks.contracts import ModelBuilder
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "rest_interval"


def post(builder: ModelBuilder, problem: Problem) -> None:
    """Two slots that are too close never both expose the muscle, in and across weeks."""
    slots = builder.slots()
    for group in problem.groups:
        rest = dt.timedelta(hours=problem.rest_hours[group])
        label = Label.of(NAME, muscle=group)
        for past in problem.past.sessions:
            if group in past.exposures:
                for slot in slots:
                    if slot.start - past.start >= rest:
                        break
                    exposed = builder.exposure(slot.id, group)
                    if exposed is not None:
                        builder.require(label, [(exposed, 1)], high=0)
        for index, slot in enumerate(slots):
            near = []
            for later in slots[index + 1 :]:
                if later.start - slot.start >= rest:
                    break
                near.append(later)
            if not near:
                continue
            exposed = builder.exposure(slot.id, group)
            if exposed is None:
                continue
            window = [exposed]
            for later in near:
                other = builder.exposure(later.id, group)
                if other is not None:
                    window.append(other)
            # All of a window lie within the rest interval of its first slot, hence of each other.
            builder.at_most_one(label, window)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the hours."""
    group = label.get("muscle")
    return f"{group.replace('_', ' ')} need {problem.rest_hours[group]} h from session to session"
