"""What a program's charts show: phases, work for each muscle, growth, endurance, balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from legengine.domain.program import Prescription, ProgramWeek
from legengine.language import Unit, said, tr
from legengine.language.units import pounds
from legengine_formats import overview, wording
from legengine_formats.html.charts import Chart, Limits, Numbers, Series, bars, line

LIFTS_SHOWN: Final = 6
MAIN_BLOCKS: Final = ("power", "compound", "isolation", "trunk")


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """Charts of one kind, with what their marks mean."""

    title: str
    about: str
    keys: tuple[tuple[str, str], ...]
    """Look of a mark, and what it stands for."""
    charts: tuple[Chart, ...]


def chart_groups(weeks: Sequence[ProgramWeek], unit: Unit) -> Iterator[ChartGroup]:
    """The charts of some weeks; a group without anything to show is left out."""
    lighter = frozenset(week.number for week in weeks if week.kind == "deload")
    groups = (
        _volume(weeks, lighter),
        _growth(weeks, lighter, unit),
        _endurance(weeks, lighter),
        _balance(weeks, lighter),
    )
    yield from (group for group in groups if group.charts)


def _lighter_key(lighter: frozenset[int]) -> tuple[tuple[str, str], ...]:
    return (("lighter", tr("lighter week")),) if lighter else ()


# --- volume --------------------------------------------------------------------------------


def _volume(weeks: Sequence[ProgramWeek], lighter: frozenset[int]) -> ChartGroup:
    groups = dict.fromkeys(entry.group for week in weeks for entry in week.volume)
    charts = tuple(_muscle(group, weeks, lighter) for group in groups)
    keys = (
        ("layer-1", tr("sets in the week")),
        *_lighter_key(lighter),
        ("aim", tr("aim")),
        ("floor", tr("at least")),
        ("cap", tr("at most")),
    )
    about = tr("Sets that count for each muscle; a muscle that only helps gets a half.")
    return ChartGroup(tr("Work for each muscle a week"), about, keys, charts)


def _muscle(group: str, weeks: Sequence[ProgramWeek], lighter: frozenset[int]) -> Chart:
    values, limits, rows = [], [], []
    for week in weeks:
        entry = next((entry for entry in week.volume if entry.group == group), None)
        if entry is None:
            values.append(0.0)
            limits.append(Limits())
            rows.append((str(week.number), "", "", "", ""))
            continue
        values.append(entry.sets)
        limits.append(Limits(entry.aim, entry.floor, entry.cap))
        cells = (wording.number(entry.sets), wording.span(*entry.aim))
        limit_cells = (wording.number(entry.floor), wording.number(entry.cap))
        rows.append((str(week.number), *cells, *limit_cells))
    name = wording.sentence(wording.spoken(group)).rstrip(".")
    says = tr(
        "{name}: {first} sets in week {one}, {last} in week {end}; least {low}, most {high}.",
        name=name,
        first=wording.number(values[0]),
        one=weeks[0].number,
        last=wording.number(values[-1]),
        end=weeks[-1].number,
        low=wording.number(min(values)),
        high=wording.number(max(values)),
    )
    heads = (tr("Week"), tr("Sets"), tr("Aim"), tr("At least"), tr("At most"))
    series = Series(tuple(week.number for week in weeks), (tuple(values),), tuple(limits), lighter)
    return bars(name, says, series, Numbers(heads, tuple(rows)))


# --- growth --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Lift:
    """An exercise through the weeks: the first prescription of each."""

    items: tuple[Prescription | None, ...]

    @property
    def there(self) -> list[Prescription]:
        return [item for item in self.items if item is not None]

    @property
    def loads(self) -> bool:
        """Whether its load is what grows; else the repetitions or seconds of all sets."""
        loads = [item.load_kg for item in self.there]
        return None not in loads and len(set(loads)) > 1

    @property
    def rank(self) -> tuple[int, int, int]:
        """Loads first, then what is done in the most weeks, then big movements."""
        block = MAIN_BLOCKS.index(self.there[0].block)
        return (0 if self.loads else 1, -len(self.there), block)


def _growth(weeks: Sequence[ProgramWeek], lighter: frozenset[int], unit: Unit) -> ChartGroup:
    found: dict[str, list[Prescription | None]] = {}
    for index, week in enumerate(weeks):
        for session in week.sessions:
            for item in session.prescriptions:
                if item.block in MAIN_BLOCKS:
                    line = found.setdefault(item.exercise, [None] * len(weeks))
                    line[index] = line[index] or item
    lifts = sorted((_Lift(tuple(items)) for items in found.values()), key=lambda lift: lift.rank)
    drawn = (_lift(lift, weeks, lighter, unit) for lift in lifts)
    charts = tuple(chart for chart in drawn if chart is not None)[:LIFTS_SHOWN]
    about = tr("The first session of each week. It is a plan: your own log decides what is next.")
    keys = (("growth", tr("asked for")), *_lighter_key(lighter))
    return ChartGroup(tr("How the main exercises grow"), about, keys, charts)


def _lift(
    lift: _Lift, weeks: Sequence[ProgramWeek], lighter: frozenset[int], unit: Unit
) -> Chart | None:
    """A chart, where anything grows at all."""
    values = [None if item is None else _measure(item, unit, lift.loads) for item in lift.items]
    there = [value for value in values if value is not None]
    if len(set(there)) < 2:
        return None
    numbers = [week.number for week in weeks]
    name = said(lift.there[0].name)
    first, last = _ends(lift, weeks)
    says = tr("{name}: {first}, then {last}.", name=name, first=first, last=last)
    what = {True: unit, False: _unit(lift.there[0])}[lift.loads]
    rows = tuple(
        (str(number), "" if item is None else overview.amount(item))
        for number, item in zip(numbers, lift.items, strict=True)
    )
    title = tr("{name} ({unit})", name=name, unit=what)
    heads = (tr("Week"), tr("Dose"))
    return line(title, says, numbers, values, lighter, Numbers(heads, rows))


def _ends(lift: _Lift, weeks: Sequence[ProgramWeek]) -> tuple[str, str]:
    there = [(week.number, item) for week, item in zip(weeks, lift.items, strict=True) if item]
    first, last = (
        tr("week {n}: {dose}", n=number, dose=overview.amount(item))
        for number, item in (there[0], there[-1])
    )
    return first, last


def _measure(item: Prescription, unit: Unit, loads: bool) -> float:
    if loads:
        load = item.load_kg or 0.0
        return load if unit == "kg" else pounds(load)
    return float(item.sets * (item.reps or item.hold_s or item.metres or 1))


def _unit(item: Prescription) -> str:
    if item.dose_kind == "hold":
        return tr("seconds in all sets")
    return (
        tr("metres in all sets") if item.dose_kind == "distance" else tr("repetitions in all sets")
    )


# --- endurance and balance -----------------------------------------------------------------


def _endurance(weeks: Sequence[ProgramWeek], lighter: frozenset[int]) -> ChartGroup:
    title = tr("Endurance a week")
    inside = tuple(float(week.endurance_minutes_planned) for week in weeks)
    beside = tuple(float(week.endurance_minutes_rest) for week in weeks)
    asked = [week.endurance_minutes for week in weeks]
    if not any((*inside, *beside, *(high for _, high in asked))):
        return ChartGroup(title, "", (), ())
    limits = tuple(Limits((float(low), float(high))) if high else Limits() for low, high in asked)
    rows = tuple(
        (
            str(week.number),
            str(week.endurance_minutes_planned),
            str(week.endurance_minutes_rest),
            wording.span(*week.endurance_minutes),
        )
        for week in weeks
    )
    heads = (tr("Week"), tr("In sessions"), tr("On other days"), tr("Asked for"))
    says = tr(
        "Minutes of endurance: {first} in week {one}, {last} in week {end}.",
        first=wording.number(inside[0] + beside[0]),
        one=weeks[0].number,
        last=wording.number(inside[-1] + beside[-1]),
        end=weeks[-1].number,
    )
    series = Series(tuple(week.number for week in weeks), (inside, beside), limits, lighter)
    chart = bars(tr("Minutes"), says, series, Numbers(heads, rows))
    keys = (
        ("layer-1", tr("in the sessions")),
        ("layer-2", tr("on days without a session")),
        *_lighter_key(lighter),
        ("aim", tr("asked for")),
    )
    return ChartGroup(title, "", keys, (chart,))


def _balance(weeks: Sequence[ProgramWeek], lighter: frozenset[int]) -> ChartGroup:
    title = tr("Balance a week")
    sets, seconds, rows = [], [], []
    for week in weeks:
        items = [
            item
            for session in week.sessions
            for item in session.prescriptions
            if item.block == "balance"
        ]
        sets.append(float(sum(item.sets + item.extra for item in items)))
        seconds.append(sum(item.seconds for item in items))
        rows.append((str(week.number), wording.number(sets[-1]), str(round(seconds[-1] / 60))))
    if not any(sets):
        return ChartGroup(title, "", (), ())
    says = tr(
        "Sets of balance work: {first} in week {one}, {last} in week {end}.",
        first=wording.number(sets[0]),
        one=weeks[0].number,
        last=wording.number(sets[-1]),
        end=weeks[-1].number,
    )
    limits = tuple(Limits() for _ in weeks)
    series = Series(tuple(week.number for week in weeks), (tuple(sets),), limits, lighter)
    heads = (tr("Week"), tr("Sets"), tr("Minutes with rests"))
    chart = bars(tr("Sets"), says, series, Numbers(heads, tuple(rows)))
    keys = (("layer-1", tr("sets in the week")), *_lighter_key(lighter))
    return ChartGroup(title, "", keys, (chart,))
