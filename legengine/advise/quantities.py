"""Numbers of a profile that may give way, and by how little: minutes, sessions, sets, rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from legengine.domain.change import Change
from legengine.domain.findings import Label
from legengine.domain.profile import Profile
from legengine.domain.vocabulary import WEEKDAYS
from legengine.intake.origins import Origins
from legengine.reckoning.credit import SET
from legengine.solve.elastic import Slack

MOST_MINUTES: Final = 240
"""The longest slot that a profile may name."""

UNIT_COSTS: Final[dict[str, int]] = {"minutes": 1, "coverage": 4, "volume": 4, "sessions": 14}
"""What a unit costs a person [D]: a minute of one session, an item, a set, a session a week."""

KINDS: Final = tuple(UNIT_COSTS)

HELPS: Final[dict[str, tuple[str, ...]]] = {
    "time": ("minutes", "coverage", "volume", "sessions"),
    "frequency": ("sessions", "minutes"),
    "rest_interval": ("sessions", "coverage", "volume"),
    "coverage": ("coverage", "minutes", "sessions"),
    "volume": ("volume", "minutes", "coverage"),
    "structure": ("minutes", "coverage", "sessions"),
}
"""Rule of a conflict to the kinds of numbers that can touch it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that may give way in one phase."""

    kind: str
    slack: Slack
    change: Change
    """With the value that it has now; lowered or raised by the units."""
    what: str
    """What it is about, where its path doesn't say it."""

    def changed(self, units: int) -> Change:
        """The change that these units amount to."""
        raised = units if self.kind == "minutes" else -units
        return Change("set", self.change.path, self.change.value + raised)


def quantities(origins: Origins, labels: Sequence[Label], kinds: Sequence[str]) -> list[Quantity]:
    """The numbers of these kinds that the labels of a model speak about, each once."""
    found: dict[str, Quantity] = {}
    for label in labels:
        for quantity in _quantity(origins, label):
            if quantity.kind in kinds:
                found.setdefault(quantity.slack.name, quantity)
    return [found[name] for name in sorted(found)]


def _quantity(origins: Origins, label: Label) -> Iterator[Quantity]:
    problem = origins.problem
    what = label.get("what")
    if label.rule == "time":
        yield from _minutes(origins, label)
    elif label.rule == "frequency" and what in ("sessions_min", "exposures_min"):
        fewest = max(week.sessions[0] for week in problem.weeks)
        if fewest > 1:
            yield _lowered("sessions", ("adjust", "sessions"), fewest, fewest - 1, "frequency")
    elif label.rule == "volume" and what == "floor":
        muscle = label.get("muscle")
        floor = max(week.volume[muscle].floor for week in problem.weeks) // SET
        yield _lowered("volume", ("adjust", "volume", muscle), floor, floor, "volume", unit=SET)
    elif label.rule == "coverage":
        row = next(row for row in problem.coverage if row.id == label.get("row"))
        known = {known.id for known in origins.plan.phase.coverage}
        if row.at_least and row.id in known:
            path = ("adjust", "coverage", row.id)
            yield _lowered("coverage", path, row.at_least, row.at_least, f"a {row.per}")


def _minutes(origins: Origins, label: Label) -> Iterator[Quantity]:
    """The minutes of an entry of the availability; all its days give way together."""
    field = origins.of(label).field
    entries = origins.case.profile.availability
    for index, entry in enumerate(entries):
        if field == f"availability[{index}].minutes":
            days = [day for day in WEEKDAYS if day in entry.days]
            yield Quantity(
                "minutes",
                Slack(
                    name=field,
                    matches=lambda other: other.rule == "time" and origins.of(other).field == field,
                    side="high",
                    unit=60,
                    most=MOST_MINUTES - entry.minutes,
                    cost=UNIT_COSTS["minutes"] * len(days),
                ),
                Change("set", ("availability", index, "minutes"), entry.minutes),
                ", ".join(day.title() for day in days),
            )


def _lowered(
    kind: str, path: tuple[str, ...], value: int, most: int, what: str, unit: int = 1
) -> Quantity:
    def waived(label: Label) -> bool:
        """Without a floor a muscle need not be exposed."""
        return kind == "volume" and label == Label.of(
            "frequency", what="exposures_min", muscle=path[-1], week=label.get("week")
        )

    def matches(label: Label) -> bool:
        if kind == "sessions":
            return label.rule == "frequency" and label.get("what") in (
                "sessions_min",
                "exposures_min",
            )
        if kind == "volume":
            return (label.rule, label.get("what")) == ("volume", "floor") and label.get(
                "muscle"
            ) == path[-1]
        return label.rule == "coverage" and label.get("row") == path[-1]

    slack = Slack(".".join(path), matches, "low", unit, most, UNIT_COSTS[kind], waived)
    return Quantity(kind, slack, Change("set", path, value), what)


def sentence(profile: Profile, quantity: Quantity, value: int) -> str:
    """``32 minutes instead of 20 on Monday and Friday``."""
    before, path = quantity.change.value, quantity.change.path
    named = str(path[-1]).replace("_", " ")
    match quantity.kind:
        case "minutes":
            entry = profile.availability[int(path[1])]
            days = [day.title() for day in WEEKDAYS if day in entry.days]
            on = f"{', '.join(days[:-1])} and {days[-1]}" if len(days) > 1 else days[0]
            return f"{value} minutes instead of {before} on {on}"
        case "sessions":
            return f"at least {value} session{'s' * (value != 1)} a week instead of {before}"
        case "volume":
            if not value:
                return f"no minimum of sets for the {named} (it is {before} a week)"
            return f"at least {value} effective sets of {named} a week instead of {before}"
        case _:
            if not value:
                return f"no minimum of '{named}' work (it is {before} {quantity.what})"
            return f"at least {value} of '{named}' {quantity.what} instead of {before}"
