"""Every conflict, every claim that it is minimal, and every change that is offered, verified.

The conflicts are verified with the solver's public interface and its own default settings, which
nothing of the explanation uses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

import pytest
from pydantic import BaseModel

from legengine import Engine, Profile, profile_from_data
from legengine.advise.feasible import Failure, Feasible
from legengine.advise.quantities import KINDS
from legengine.domain.change import Change
from legengine.domain.explanation import Explanation, Relaxation
from legengine.domain.findings import Conflict, Label
from legengine.hooks.contracts import Constraint
from legengine.intake.changes import changed_profile
from legengine.solve.conflict import rules_model
from legengine.solve.flat import FlatModel
from legengine.solve.inquiry import part
from legengine.solve.native import Search
from legengine.solve.public import PublicModel
from tests.advise.impossible import CAUSES, GYM, HOME, IMPOSSIBLE, person, when

TODAY = dt.date(2026, 11, 24)
PROTECTING = {"conditions", "restrictions", "clearance", "pain", "screening", "person", "history"}
"""Fields that no relaxation may touch."""


@cache
def engine() -> Engine:
    return Engine()


@cache
def explained(name: str) -> Explanation:
    return engine().explain(profile_from_data(IMPOSSIBLE[name]), today=TODAY)


def failure_of(profile: Profile) -> Failure | None:
    """The first phase without a schedule, as the explanations look for it."""
    opened = engine().pipeline.open(profile, today=TODAY, start=None)
    feasible = Feasible(engine().pipeline, Search(0.3, 60.0), most=1000)
    return feasible.first_failure(opened.case)


@cache
def model_of(name: str) -> FlatModel:
    failure = failure_of(profile_from_data(IMPOSSIBLE[name]))
    assert failure is not None
    return rules_model(failure.problem, engine().pipeline.constraints)[0].model


def collide(model: FlatModel, labels: Iterable[Label]) -> bool:
    """Whether the rows of these labels can't hold, by the public interface with its defaults."""
    from ortools.sat.python import cp_model

    kept = frozenset(labels)
    if any(kept & set(row.labels) for row in model.empty_rows):
        return True
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 20
    status = solver.solve(PublicModel(part(model, kept))._model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return status == cp_model.INFEASIBLE


def conflict_of(name: str) -> Conflict:
    conflict = explained(name).conflict
    assert conflict is not None, f"{name}: a program exists"
    return conflict


def test_there_are_many_reasons() -> None:
    assert len(IMPOSSIBLE) >= 30
    assert set(CAUSES.values()) >= {
        *("time", "frequency", "rest_interval", "coverage", "volume", "wishes", "pins")
    }


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_explanation_is_true(name: str) -> None:
    """One test for all that is said of a person, since explaining is most of the work."""
    conflict = conflict_of(name)
    assert CAUSES[name] in conflict.families
    its_members_collide(name, conflict)
    every_member_is_needed(name, conflict)
    every_change_that_is_offered_lets_a_program_exist(name)
    nothing_smaller_of_its_kind_helps(name)


def its_members_collide(name: str, conflict: Conflict) -> None:
    assert conflict.confirmed
    assert collide(model_of(name), [member.label for member in conflict.members])


def every_member_is_needed(name: str, conflict: Conflict) -> None:
    labels = [member.label for member in conflict.members]
    assert conflict.minimal
    for label in labels:
        assert not collide(model_of(name), [other for other in labels if other != label]), label


def every_change_that_is_offered_lets_a_program_exist(name: str) -> None:
    profile = profile_from_data(IMPOSSIBLE[name])
    offered = explained(name).relaxations
    assert offered, "something helps everybody here"
    assert [item.cost for item in offered] == sorted(item.cost for item in offered)
    for relaxation in offered:
        assert not PROTECTING & {str(change.path[0]) for change in relaxation.changes}
        program = engine().generate(changed_profile(profile, relaxation.changes), today=TODAY)
        assert program.check.ok


def nothing_smaller_of_its_kind_helps(name: str) -> None:
    profile = profile_from_data(IMPOSSIBLE[name])
    for relaxation in explained(name).relaxations:
        if not relaxation.least:
            continue
        for smaller in smaller_than(profile, relaxation):
            assert failure_of(changed_profile(profile, smaller)) is not None, smaller


def smaller_than(profile: Profile, relaxation: Relaxation) -> Iterable[list[Change]]:
    """The same changes with one of them a step less, or left out."""
    changes = list(relaxation.changes)
    for index, change in enumerate(changes):
        rest = changes[:index], changes[index + 1 :]
        if change.path[0] == "availability" and change.path[-1] == "minutes":
            less: list[Change] = [Change("set", change.path, change.value - 1)]
        elif change.path[0] == "adjust" or change.path[-1] == "rest_hours":
            less = [Change("set", change.path, change.value + 1)]
        else:
            less = []
        only_words = not less and set(relaxation.kind.split("+")) & set(KINDS)
        if not only_words:
            yield [*rest[0], *less, *rest[1]]


def test_the_missing_minutes_are_enough_and_needed() -> None:
    explanation = explained("one day is short")
    assert [(item.day, item.minutes) for item in explanation.shortfalls] == [("Friday", 8)]
    lacking = explanation.shortfalls[0].missing
    for extra, exists in ((lacking, True), (lacking - 1, False)):
        data = person(HOME, availability=[*when("mon wed", 30), *when("fri", 8 + extra)])
        assert (failure_of(profile_from_data(data)) is None) == exists


def test_the_derivation_says_what_follows_from_what() -> None:
    conflict = conflict_of("the weekend only, with 48 h between")
    assert conflict.derivation() == (
        "Because you can train on Saturday 18:00 and Sunday 18:00 and sessions start at least 48 h "
        "apart, at most one session fits a week; the phase asks for at least 2."
    )
    fields = {member.origin.field for member in conflict.members}
    assert fields == {"", "availability"}
    assert all(member.origin.sources for member in conflict.members)


def test_what_no_exercise_can_do_names_the_filters() -> None:
    conflict = conflict_of("no hip work wanted")
    assert "5 are among what you never want" in conflict.closed
    assert len(conflict.members) == 1


def test_a_filter_counts_every_exercise_once() -> None:
    for name in ("no hip work wanted", "no knee work wanted", "knees that may not bend"):
        conflict = conflict_of(name)
        told = sum(int(line.split()[0]) for line in conflict.closed)
        assert f"none of the {told} exercises" in conflict.because[0]


def test_where_a_program_exists_there_is_nothing_to_explain() -> None:
    explanation = engine().explain(profile_from_data(HOME), today=TODAY)
    assert explanation == Explanation(None)


def test_the_same_question_has_the_same_answer() -> None:
    name = "the weekend, ten minutes"
    again = Engine().explain(profile_from_data(IMPOSSIBLE[name]), today=TODAY)
    assert again.as_data() == explained(name).as_data()


# --- rules of others ------------------------------------------------------------------------


def test_a_rule_of_a_plugin_is_named_and_its_settings_are_offered() -> None:
    chosen = Engine([("quiet", QuietDays())])
    data = person(GYM, rules={"quiet_days": {"days": ["Monday"]}})
    explanation = chosen.explain(profile_from_data(data), today=TODAY)
    assert explanation.conflict is not None
    assert "quiet_days" in explanation.conflict.families
    member = next(m for m in explanation.conflict.members if m.label.rule == "quiet_days")
    assert member.sentence == "Mondays are quiet"
    assert member.origin.field == "rules.quiet_days"
    kinds = [relaxation.kind for relaxation in explanation.relaxations]
    assert {"rules", "days"} <= set(kinds)
    for relaxation in explanation.relaxations:
        changed = changed_profile(profile_from_data(data), relaxation.changes)
        assert chosen.generate(changed, today=TODAY).check.ok


class Days(BaseModel):
    days: tuple[str, ...] = ()


class QuietDays:
    """A plugin with a rule: no session on some weekdays."""

    def __init__(self) -> None:
        from legengine.hooks import hookimpl

        type(self).legengine_constraints = hookimpl(type(self).legengine_constraints)

    def legengine_constraints(self) -> tuple[Constraint, ...]:
        return (_QuietRule(),)


class _QuietRule:
    name = "quiet_days"
    summary = "no session on some weekdays"

    options = Days

    def admits(self, problem, exercise, slot):
        return None

    def _days(self, problem):
        return problem.options_of(self).days

    def post(self, builder, problem):
        for slot in builder.slots():
            for day in self._days(problem):
                if slot.start.strftime("%A") == day:
                    label = Label.of(self.name, day=day)
                    builder.require(label, [(builder.used(slot.id), 1)], high=0)

    def check(self, problem, schedule):
        return ()

    def describe(self, label, problem):
        return f"{label.get('day')}s are quiet"
