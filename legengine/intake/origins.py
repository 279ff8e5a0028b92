"""Where the numbers of a rule come from: the field of the profile, or the part of the protocol."""

from __future__ import annotations

from dataclasses import dataclass, replace

from legengine.domain.findings import Conflict, Label, Origin
from legengine.domain.problem import Problem
from legengine.intake.case import Case
from legengine.intake.conditions import limits_of
from legengine.intake.phases import PhasePlan
from legengine.intake.suits import fits


def located(conflict: Conflict, case: Case, plan: PhasePlan, problem: Problem) -> Conflict:
    """The conflict with the origin of each member."""
    origins = Origins(case, plan, problem)
    members = tuple(replace(member, origin=origins.of(member.label)) for member in conflict.members)
    return replace(conflict, members=members)


@dataclass(frozen=True, slots=True)
class Origins:
    """Answers for one phase of one person."""

    case: Case
    plan: PhasePlan
    problem: Problem

    def of(self, label: Label) -> Origin:
        """Where the numbers behind a label come from."""
        match label.rule:
            case "time":
                return self._time(label.get("day"), int(label.get("minutes")))
            case "frequency":
                return self._frequency(label)
            case "rest_interval":
                return self._rest(label.get("muscle"))
            case "volume":
                return self._volume(label.get("what"), label.get("muscle"))
            case "coverage":
                return self._coverage(label.get("row"))
            case "structure":
                return self._protocol("structure", self.problem.structure.sources)
            case "pins":
                return self._pin(label)
            case "wishes":
                return self._wishes(label.get("what"), label.get("word") or label.get("exercise"))
            case rule:
                return Origin(f"rules.{rule}" if rule in self.case.profile.rules else "")

    def _protocol(self, part: str, sources: tuple[str, ...], field: str = "") -> Origin:
        return Origin(field, f"{self.case.protocol.id}, {self.plan.phase.id}: {part}", sources)

    def _pin(self, label: Label) -> Origin:
        for index, pin in enumerate(self.case.profile.pins):
            same = pin.date.isoformat() == label.get("session")
            if same and (pin.exercise or "") == label.get("exercise"):
                return Origin(f"pins[{index}]")
        return Origin("pins")

    def _time(self, weekday: str, minutes: int) -> Origin:
        for index, entry in enumerate(self.case.profile.availability):
            if weekday in entry.days and entry.minutes == minutes:
                return Origin(f"availability[{index}].minutes")
        for index, change in enumerate(self.case.profile.exceptions):
            if change.minutes == minutes:
                return Origin(f"exceptions[{index}].minutes")
        return Origin("availability")

    def _frequency(self, label: Label) -> Origin:
        field = ""
        if label.get("what") in ("sessions_min", "exposures_min"):
            agreed = self.case.profile.adjust.sessions is not None
            field = "adjust.sessions" if agreed else "availability"
        elif label.get("what") == "sessions" and self.case.profile.wishes.sessions_per_week:
            field = "wishes.sessions_per_week"
        return self._protocol("frequency", self.problem.frequency.sources, field)

    def _rest(self, muscle: str) -> Origin:
        row = next(row for row in self.plan.phase.rest if fits(row.when, self.case.subject))
        hours = self.problem.rest_hours[muscle]
        if hours == self.case.profile.wishes.rest_hours:
            return Origin("wishes.rest_hours")
        if hours > max(row.hours, row.floor_hours):
            limits = limits_of(self.case.conditions, self.case.profile)
            return Origin("conditions", "", limits.sources if limits else ())
        return self._protocol("rest", row.sources)

    def _volume(self, what: str, muscle: str) -> Origin:
        if what in ("growth", "deload"):
            return self._protocol("growth", self.problem.growth.sources)
        agreed = what == "floor" and muscle in self.case.profile.adjust.volume
        return self._protocol(
            f"volume of {muscle.replace('_', ' ')}",
            self.problem.weeks[0].volume[muscle].sources,
            f"adjust.volume.{muscle}" if agreed else "",
        )

    def _coverage(self, id: str) -> Origin:
        row = next(row for row in self.problem.coverage if row.id == id)
        if all(known.id != id for known in self.plan.phase.coverage):
            return Origin("conditions", "", row.sources)
        agreed = id in self.case.profile.adjust.coverage
        return self._protocol(
            f"coverage {id}", row.sources, f"adjust.coverage.{id}" if agreed else ""
        )

    def _wishes(self, kind: str, word: str) -> Origin:
        words = getattr(self.case.profile.wishes, kind)
        return Origin(f"wishes.{kind}[{words.index(word)}]" if word in words else f"wishes.{kind}")
