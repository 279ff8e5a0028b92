"""What the page says, read back: doses, reasons, charts."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest

from legengine.domain.program import Prescription
from legengine.testing.samples import sample_program

from .html_pages import KINDS, Made, by_class, page, sample_page, text_of, tree
from .programs import NAMES

# --- what it says --------------------------------------------------------------------------

Dose = tuple[str, int, float, str]
"""Side, sets, amount of a set, unit."""


def doses(text: str) -> list[Dose]:
    """A dose as a reader takes it: ``right 4 x 12, then left 3 x 12``."""
    if whole := re.fullmatch(r"(\d+) min", text):
        return [("", 1, float(whole[1]), "min")]
    found = []
    for part in text.split(", then "):
        match = re.match(r"(?:(left|right) )?(\d+) x (\d+)(?: (s|min|m)\b)?(?: (\d+) s\b)?", part)
        assert match, text
        side, sets, amount, unit, seconds = match.groups()
        if unit == "min":
            amount, unit = str(int(amount) * 60 + int(seconds or 0)), "s"
        found.append((side or "", int(sets), float(amount), unit or "reps"))
    return found


def asked(item: Prescription) -> list[Dose]:
    """The same from the program itself."""
    if item.dose_kind == "duration":
        return [("", 1, float(item.minutes or 0), "min")]
    unit = {"repetitions": "reps", "hold": "s", "distance": "m"}[item.dose_kind]

    def amount(reps: int | None, hold_s: int | None) -> float:
        values = {"reps": reps, "s": hold_s, "m": item.metres}
        return float(values[unit] or 0)

    if not item.sides:
        return [("", item.sets, amount(item.reps, item.hold_s), unit)]
    each = [(dose.side, dose.sets, amount(dose.reps, dose.hold_s), unit) for dose in item.sides]
    equal = len({dose[1:] for dose in each}) == 1
    return [("", *each[0][1:])] if equal else [(str(dose[0]), *dose[1:]) for dose in each]


@pytest.mark.parametrize("name", NAMES)
def test_the_doses_read_back_are_those_of_the_program(name: str, made: Made) -> None:
    program = made(name)
    root = tree(page(program))
    articles = by_class(root, "session")
    sessions = [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]
    assert [each.get("data-start") for each in articles] == [
        session.start.isoformat(timespec="minutes") for session in sessions
    ]
    how = {f"#{each.get('id')}": each for each in by_class(root, "how")}
    for article, session in zip(articles, sessions, strict=True):
        shown = by_class(article, "ex")
        assert len(shown) == len(session.prescriptions)
        for element, item in zip(shown, session.prescriptions, strict=True):
            place = how[next(element.iter("a")).get("href", "")]
            assert place.get("data-e") == item.exercise
            assert text_of(next(element.iter("h6"))) == item.name
            assert doses(text_of(by_class(element, "dose")[0])) == asked(item)
            assert plan_of(element) == planned(item)
            facts = facts_of(element)
            if item.load_kg is not None:
                assert float(facts["Load"].split(" kg")[0]) == pytest.approx(item.load_kg, abs=0.01)
            if item.rir:
                low, high = item.rir
                left = f"{low} reps left" if low == high else f"{low}-{high} reps left"
                assert left in facts["Effort"]
            assert int(element.get("data-rest", "")) == item.rest_s
            boxes = sum(1 for each in by_class(element, "paper")[0].iter("i"))
            sides = [dose.sets for dose in item.sides]
            assert boxes == (1 if item.minutes is not None else sum(sides) or item.sets)


def facts_of(element: Element) -> dict[str, str]:
    names, values = ([text_of(each) for each in element.iter(tag)] for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def plan_of(element: Element) -> list[tuple[str, ...]]:
    return [tuple(entry.split(",")) for entry in element.get("data-plan", "").split(";")]


def planned(item: Prescription) -> list[tuple[str, ...]]:
    def cells(*values: object) -> tuple[str, ...]:
        return tuple("" if value is None else str(value) for value in values)

    held = item.dose_kind == "hold"
    if item.minutes is not None:
        return [cells("", 1, None, item.minutes * 60, None, item.load_kg)]
    if not item.sides:
        hold = item.hold_s if held else None
        return [cells("", item.sets, item.reps, hold, item.metres, item.load_kg)]
    return [
        cells(
            dose.side,
            dose.sets,
            dose.reps,
            dose.hold_s if held else None,
            item.metres,
            item.load_kg if dose.load_kg is None else dose.load_kg,
        )
        for dose in item.sides
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_exercise_is_told_once_with_every_reason_of_the_program(kind: str) -> None:
    program = sample_program(kind)
    root = tree(sample_page(kind))
    items = [
        item
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]
    how = {each.get("data-e"): each for each in by_class(root, "how")}
    assert set(how) == {item.exercise for item in items}
    text = text_of(root)
    for instruction in {item.instruction for item in items if item.instruction}:
        assert text.count(instruction.strip().rstrip(".")) == 1
    for element, item in zip(by_class(root, "ex"), items, strict=True):
        wanted = element.get("data-why", "").split()
        reasons = {
            each.get("data-y"): text_of(each).rstrip(".").lower()
            for each in how[item.exercise].iter("li")
            if each.get("data-y")
        }
        assert [reasons[number] for number in wanted or reasons] == [
            reason.text.strip().rstrip(".").lower() for reason in item.reasons
        ]


def test_the_charts_hold_the_numbers_of_the_program() -> None:
    program = sample_program("phases")
    root = tree(sample_page("phases"))
    charts = {text_of(next(each.iter("figcaption"))): each for each in by_class(root, "chart")
              if list(each.iter("figcaption"))}  # fmt: skip
    weeks = [week for phase in program.phases for week in phase.weeks]
    for entry in weeks[0].volume:
        name = entry.group.replace("_", " ").capitalize()
        rows = list(charts[name].iter("tr"))[1:]
        shown = [float(text_of(list(row)[1]) or 0) for row in rows]
        sets = [
            next((each.sets for each in week.volume if each.group == entry.group), 0.0)
            for week in weeks
        ]
        assert shown == pytest.approx(sets, abs=0.01)
    for chart in by_class(root, "chart"):
        svg = next(chart.iter("{http://www.w3.org/2000/svg}svg"))
        parts = {str(each.tag).rsplit("}")[-1]: each for each in svg.iter()}
        assert (parts["title"].text or "").strip()
        assert (parts["desc"].text or "").strip()


def test_bars_are_as_high_as_their_numbers() -> None:
    from legengine_formats.html.charts import Limits, Numbers, Series, bars

    values = (2.0, 4.0, 8.0)
    series = Series((1, 2, 3), (values,), (Limits((2, 6), 1, 8),) * 3, frozenset({2}))
    chart = bars("t", "d", series, Numbers((), ()))
    heights = [box.h for box in chart.boxes if box.look.startswith("bar")]
    assert heights == pytest.approx([heights[2] * value / 8 for value in values], abs=0.11)
    top = next(letters.y for letters in chart.letters if letters.text == "8") - 4
    ground = next(letters.y for letters in chart.letters if letters.text == "0") - 4
    assert heights[2] == pytest.approx(ground - top, abs=0.11)
    assert [box.look for box in chart.boxes if box.look != "aim"] == [
        "bar layer-1",
        "bar layer-1 lighter",
        "bar layer-1",
    ]
    assert sum(box.look == "aim" for box in chart.boxes) == 1
