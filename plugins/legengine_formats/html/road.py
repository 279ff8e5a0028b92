"""The road map as a chart: phases as a row of weeks, lighter weeks marked."""

from __future__ import annotations

from typing import Final

from legengine.domain.program import Program
from legengine.language import said, tr
from legengine_formats import overview, training, wording
from legengine_formats.html.charts import Box, Chart, Letters, Numbers
from legengine_formats.html.views import PHASE_COLOURS

WIDTH: Final = 320
ROW: Final = 46
BAR: Final = 16


def road(program: Program) -> Chart | None:
    """A row a phase on one time line; ``None`` where there are no weeks."""
    weeks = [week for phase in program.phases for week in phase.weeks]
    if not weeks:
        return None
    step = WIDTH / len(weeks)
    boxes: list[Box] = []
    letters: list[Letters] = []
    rows = []
    index = 0
    for place, phase in enumerate(program.phases):
        colour = place % PHASE_COLOURS + 1
        top = place * ROW
        title = tr("{n}. {title}", n=place + 1, title=said(phase.title))
        numbers = training.week_numbers(phase) if phase.weeks else ""
        letters.append(Letters(0, top + 14, title, "start", "name"))
        letters.append(Letters(WIDTH, top + 14, numbers, "end", "tick"))
        boxes.append(Box(0, top + 20, WIDTH, BAR, "track"))
        for week in phase.weeks:
            look = f"stretch phase-{colour}" + (" lighter" if week.kind == "deload" else "")
            boxes.append(
                Box(round(index * step + 0.5, 1), top + 20, round(max(1, step - 1), 1), BAR, look)
            )
            index += 1
        dates = ""
        if phase.weeks:
            dates = wording.days_between(phase.weeks[0].start, overview.last_day(phase.weeks[-1]))
        lighter = ", ".join(str(week.number) for week in phase.weeks if week.kind == "deload")
        rows.append((title, numbers, dates, lighter))
    names = wording.listing(said(phase.title) for phase in program.phases)
    says = tr("{n} weeks, phase after phase: {names}.", n=len(weeks), names=names)
    heads = (tr("Phase"), tr("Weeks"), tr("Dates"), tr("Lighter weeks"))
    numbers_table = Numbers(heads, tuple(rows))
    return Chart(
        tr("Road map"),
        says,
        tuple(boxes),
        (),
        (),
        tuple(letters),
        numbers_table,
        WIDTH,
        len(program.phases) * ROW,
    )
