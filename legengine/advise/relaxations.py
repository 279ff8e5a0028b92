"""The smallest changes that let a program exist, each verified by solving every phase again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from legengine.advise.feasible import Failure, Feasible, SpentError
from legengine.advise.options import Option, options
from legengine.advise.quantities import HELPS, KINDS, Quantity, quantities, sentence
from legengine.domain.change import Change, ChangePath
from legengine.domain.explanation import Relaxation
from legengine.domain.findings import Conflict
from legengine.domain.profile import Profile
from legengine.domain.schedule import Schedule
from legengine.errors import InputError, ReferralError
from legengine.intake.case import Case
from legengine.intake.changes import changed_profile
from legengine.intake.compile import compile_phase
from legengine.intake.origins import Origins
from legengine.pipeline import Opened
from legengine.solve.conflict import find_conflict, rules_model
from legengine.solve.elastic import Amounts, least_amounts

MOST: Final = 6
"""Relaxations that are told."""

MOST_OF_A_KIND: Final = 2

MOST_OPTIONS: Final = 6
"""Single changes that are tried together with amounts, where none helps alone."""

MOST_CONFLICTS: Final = 5
"""Conflicts that are taken one after another, where no single change helps."""

MOST_TRIES: Final = 60
"""Phases that are solved to find and verify them."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Amounts that one phase needs, with a schedule that shows it."""

    moved: list[tuple[Quantity, int]]
    least: bool
    schedule: Schedule


class Refused:
    """The changed profile is not valid, or screening refuses it."""


class Repairs:
    """Looks for changes of one profile after one failure."""

    def __init__(self, opened: Opened, failure: Failure, feasible: Feasible) -> None:
        self._opened = opened
        self._failure = failure
        self._feasible = feasible
        self._pipeline = feasible.pipeline
        self._search = feasible.search

    def relaxations(self, conflict: Conflict) -> tuple[Relaxation, ...]:
        """Verified changes, the cheapest first; fewer where the tries ran out."""
        found: list[Relaxation] = []
        try:
            for relaxation in self._look(conflict):
                found.append(relaxation)  # noqa: PERF402 - what was found before the end counts
        except SpentError:
            pass
        ranked = sorted(found, key=lambda r: (r.cost, r.kind, r.sentence))
        return tuple(_few_of_each(ranked)[:MOST])

    def _look(self, conflict: Conflict) -> Iterator[Relaxation]:
        """One kind alone; else a change and the amounts that it leaves open.

        Fewer sessions seldom hold all that a phase asks of a week, so they may take its other
        minimums along.
        """
        found = False
        for relaxation in self._of_one_kind(conflict):
            found = True
            yield relaxation
        if found:
            return
        some = self._options(self._failure, conflict)[:MOST_OPTIONS]
        attempts: tuple[Callable[[], Iterator[Relaxation]], ...] = (
            lambda: self._each(some, ("minutes",)),
            lambda: self._one_after_another(conflict),
            lambda: self._complete(None, KINDS),
            lambda: self._each(some, KINDS),
        )
        for attempt in attempts:
            for relaxation in attempt():
                found = True
                yield relaxation
            if found:
                return

    def _each(self, some: Sequence[Option], kinds: Sequence[str]) -> Iterator[Relaxation]:
        for option in some:
            yield from self._complete(option, kinds)

    def _one_after_another(self, conflict: Conflict) -> Iterator[Relaxation]:
        """The cheapest change against one conflict after the other, until none is left."""
        failure, chosen = self._failure, Option("", (), (), 0)
        for _ in range(MOST_CONFLICTS):
            cheapest = next(iter(self._options(failure, conflict)), None)
            if cheapest is None:
                return
            chosen = chosen.also(cheapest)
            done = list(self._complete(chosen, ()))
            if done:
                yield from done
                return
            next_failure = self._first_failure(chosen.changes, {})
            if not isinstance(next_failure, Failure):
                return
            failure = next_failure
            found = find_conflict(failure.problem, self._pipeline.constraints, self._search)
            if found is None:
                return
            conflict = found

    def _of_one_kind(self, conflict: Conflict) -> Iterator[Relaxation]:
        helpful = {kind for rule in conflict.families for kind in HELPS.get(rule, ())}
        fewer = False
        for kind in KINDS:
            if kind in helpful:
                for relaxation in self._complete(None, (kind,)):
                    fewer = fewer or kind == "sessions"
                    yield relaxation
        if set(conflict.families) == {"frequency"} and not fewer:
            yield from self._complete(None, ("sessions", "coverage", "volume"))
        told: dict[str, int] = {}
        for option in self._options(self._failure, conflict):
            if told.get(option.kind, 0) >= MOST_OF_A_KIND or told.get(option.ladder, 0):
                continue
            for relaxation in self._complete(option, ()):
                for counted in {option.kind, option.ladder} - {""}:
                    told[counted] = told.get(counted, 0) + 1
                yield relaxation

    def _options(self, failure: Failure, conflict: Conflict) -> list[Option]:
        registry = self._pipeline.registry
        return options(failure.case, failure.plan, failure.problem, conflict, registry)

    # --- one change ------------------------------------------------------------------------

    def _complete(self, option: Option | None, kinds: Sequence[str]) -> Iterator[Relaxation]:
        """The change with the least amounts that every phase still needs; nothing if it fails."""
        fixed = () if option is None else option.changes
        amounts: dict[ChangePath, tuple[Quantity, Change]] = {}
        witnesses: dict[int, Schedule] = {}
        least = True
        for failures in range(len(self._opened.case.plans) + 2):
            changes = (*fixed, *(change for _, change in amounts.values()))
            failure = self._first_failure(changes, witnesses)
            if failure is None:
                yield self._relaxation(
                    option, amounts, least and (failures < 2 or len(amounts) < 2)
                )
                return
            if not kinds or isinstance(failure, Refused):
                return
            found = self._amounts(failure, kinds)
            if found is None:
                return
            if not found.moved and failure.sure:
                return
            least = least and found.least
            witnesses[failure.plan.order] = found.schedule
            for quantity, units in found.moved:
                before = amounts.get(quantity.change.path, (quantity,))[0]
                amounts[quantity.change.path] = (before, quantity.changed(units))

    def _relaxation(
        self,
        option: Option | None,
        amounts: Mapping[ChangePath, tuple[Quantity, Change]],
        least: bool,
    ) -> Relaxation:
        told = [] if option is None else [*option.parts]
        kinds = [] if option is None else [option.kind]
        changes = () if option is None else option.changes
        cost = 0 if option is None else option.cost
        profile = changed_profile(self._opened.profile, changes)
        for path in sorted(amounts, key=str):
            before, change = amounts[path]
            told.append(sentence(profile, before, change.value))
            kinds.append(before.kind)
            changes = (*changes, change)
            cost += before.slack.cost * abs(change.value - before.change.value)
        return Relaxation(
            kind="+".join(dict.fromkeys(kinds)),
            parts=tuple(told),
            changes=changes,
            cost=cost,
            least=least,
        )

    def _amounts(self, failure: Failure, kinds: Sequence[str]) -> _Step | None:
        """The cheapest amounts by which these kinds must give way in one phase."""
        self._feasible.count()
        builder, _ = rules_model(failure.problem, self._pipeline.constraints)
        origins = Origins(failure.case, failure.plan, failure.problem)
        open_ = quantities(origins, builder.model.labels(), kinds)
        found = least_amounts(builder.model, [q.slack for q in open_], self._search)
        if not isinstance(found, Amounts):
            return None
        moved = [(q, found.units[q.slack.name]) for q in open_ if found.units[q.slack.name]]
        return _Step(moved, found.least, Schedule(items=builder.items(found.solution)))

    # --- does it help? ---------------------------------------------------------------------

    def _first_failure(
        self, changes: Sequence[Change], witnesses: dict[int, Schedule]
    ) -> Failure | Refused | None:
        """The first phase that has no schedule with the changes."""
        try:
            profile = changed_profile(self._opened.profile, changes)
            case = self._open(profile).case
        except (InputError, ReferralError):
            return Refused()
        return self._again(case, witnesses) or self._feasible.first_failure(
            case, patient=False, witnesses=witnesses
        )

    def _open(self, profile: Profile) -> Opened:
        opened = self._opened
        return self._pipeline.open(profile, today=opened.screened_on, start=opened.case.start)

    def _again(self, case: Case, witnesses: dict[int, Schedule]) -> Failure | None:
        """The phase that failed before is asked first: most changes that don't help end here."""
        before = self._failure
        if before.plan.order >= len(case.plans):
            return None
        plan = case.plans[before.plan.order]
        problem = compile_phase(case, plan, before.problem.past)
        schedule = self._feasible.schedule_of(
            Failure(case, plan, problem), False, witnesses.get(plan.order)
        )
        if isinstance(schedule, Failure):
            return schedule
        witnesses[plan.order] = schedule
        return None


def _few_of_each(ranked: Sequence[Relaxation]) -> list[Relaxation]:
    """At most so many of a kind, and none that changes all that a cheaper one changes."""
    told: dict[str, int] = {}
    kept: list[Relaxation] = []
    for relaxation in ranked:
        more = any(all(c in relaxation.changes for c in other.changes) for other in kept)
        if not more and told.get(relaxation.kind, 0) < MOST_OF_A_KIND:
            told[relaxation.kind] = told.get(relaxation.kind, 0) + 1
            kept.append(relaxation)
    return kept
