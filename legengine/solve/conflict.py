"""Which labels can't hold together: arithmetic, linear relaxation, core, then shrinking.

Everything is asked of the rules alone, over every exercise that is open: what the objectives add
would blame the structure for what a rule says. A conflict is told only after a plain solve of its
labels confirmed it, and as minimal only where leaving out each member was shown to help.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Conflict, ConflictMember, Label
from legengine.domain.problem import Problem
from legengine.errors import LimitError
from legengine.hooks.contracts import Constraint
from legengine.reckoning.eligibility import NOT_VETTED
from legengine.solve.arithmetic import Finding, findings
from legengine.solve.builder import Builder
from legengine.solve.candidates import Candidates
from legengine.solve.constraints.coverage import matches
from legengine.solve.flat import Row
from legengine.solve.inquiry import Inquiry
from legengine.solve.linear import linear_core
from legengine.solve.native import Search
from legengine.solve.solver import build_model

WILLING: Final = ("structure", "coverage", "volume", "rest_interval", "frequency", "time", "wishes")
"""The order in which members are tried for removal: what the person said survives longest."""

MOST_TOLD: Final = 8
"""With more members than this a conflict about time is told as what is missing."""

ASKS: Final = frozenset(
    {
        ("frequency", "sessions_min"),
        ("frequency", "exposures_min"),
        ("volume", "floor"),
        ("wishes", "always"),
        ("structure", "work_items_min"),
    }
)
"""Labels that ask for something; the others limit what there can be."""


def rules_model(
    problem: Problem, constraints: Sequence[Constraint], *, widen: bool = True
) -> tuple[Builder, Candidates]:
    """The rules alone, over every open exercise unless ``widen`` is off."""
    return build_model(problem, constraints, (), widen=widen)


def find_conflict(
    problem: Problem, constraints: Sequence[Constraint], search: Search
) -> Conflict | None:
    """Name labels that can't hold together, few and confirmed; ``None`` where all rules can.

    Raises:
        LimitError: a limit ran out before the question was answered, or the search was stopped.
    """
    builder, candidates = rules_model(problem, constraints)
    tell = _Teller(problem, constraints, candidates)
    if builder.model.empty_rows:
        return tell.nothing_left(builder.model.empty_rows)
    inquiry = Inquiry(builder.model, search)
    asks = frozenset(label for label in builder.model.labels() if tell.asks(label))
    for finding in findings(builder, problem):
        if inquiry.collide(finding.labels):
            kept, minimal = _shrink(inquiry, finding.labels)
            return tell.conflict(kept, minimal, inquiry.confirm(kept), finding)
    labels = builder.model.labels()
    core = _first_core(inquiry, labels, asks)
    if core is None:
        return None
    kept, minimal = _shrink(inquiry, _fewest_families(inquiry, core))
    confirmed = inquiry.confirm(kept) or inquiry.confirm(labels)
    return tell.conflict(kept, minimal, confirmed)


def _first_core(
    inquiry: Inquiry, labels: Sequence[Label], asks: frozenset[Label]
) -> list[Label] | None:
    """A confirmed set of labels that collide; ``None`` where all of them can hold.

    What is asked for against the minutes is tried by itself: where a week is too short, this is
    the whole story, and the caps of the other rules would only stretch it.
    """
    proposed = linear_core(inquiry.model, labels)
    against_time = [label for label in labels if label in asks or label.rule == "time"]
    for some in (proposed, against_time):
        if some and inquiry.collide(some, patient=True):
            return some
    all_collide = inquiry.collide(labels, patient=True)
    if all_collide is None:
        raise LimitError("the limit ran out before it was known whether the rules can hold")
    if not all_collide:
        return None
    core = inquiry.core(labels)
    return core if core and inquiry.collide(core) else list(labels)


def _fewest_families(inquiry: Inquiry, core: Sequence[Label]) -> list[Label]:
    """Whole rules are left out first: "volume against time" before any muscle is named."""
    kept = list(core)
    for rule in sorted({label.rule for label in core}, key=_willingness):
        rest = [label for label in kept if label.rule != rule]
        if rest and inquiry.collide(rest):
            kept = rest
    return kept


def _shrink(inquiry: Inquiry, labels: Iterable[Label]) -> tuple[list[Label], bool]:
    """QuickXplain, then each member left out once: whether every one is needed."""
    ordered = sorted(labels, key=lambda label: (_willingness(label.rule), label), reverse=True)
    kept = _explain(inquiry, [], False, ordered) if len(ordered) > 1 else ordered
    minimal = all(
        inquiry.collide([other for other in kept if other != label]) is False for label in kept
    )
    return sorted(kept), minimal


def _explain(inquiry: Inquiry, given: list[Label], grew: bool, labels: list[Label]) -> list[Label]:
    """QuickXplain (Junker 2004): what of ``labels`` is needed beside what is given."""
    if grew and inquiry.collide(given):
        return []
    if len(labels) == 1:
        return labels
    middle = len(labels) // 2
    first, second = labels[:middle], labels[middle:]
    of_second = _explain(inquiry, [*given, *first], True, second)
    of_first = _explain(inquiry, [*given, *of_second], bool(of_second), first)
    return [*of_first, *of_second]


def serves(label: Label, exercise: Exercise, problem: Problem) -> bool:
    """Whether an exercise could do what a label asks for."""
    if label.rule == "coverage":
        row = next(row for row in problem.coverage if row.id == label.get("row"))
        return matches(row, exercise)
    if label.rule == "wishes":
        return label.get("word") in (exercise.id, exercise.pattern)
    muscle = label.get("muscle")
    return any(problem.muscle_groups[primary] == muscle for primary in exercise.primary)


def _none_open(number: int) -> str:
    if number < 2:
        return "the exercise for it is closed" if number else "no library has an exercise for it"
    return f"none of the {number} exercises for it is open"


def _willingness(rule: str) -> int:
    return WILLING.index(rule) if rule in WILLING else len(WILLING)


class _Teller:
    """Puts a conflict into words."""

    def __init__(
        self, problem: Problem, constraints: Sequence[Constraint], candidates: Candidates
    ) -> None:
        self._problem = problem
        self._rules = {constraint.name: constraint for constraint in constraints}
        self._candidates = candidates

    def conflict(
        self,
        labels: Sequence[Label],
        minimal: bool,
        confirmed: bool,
        finding: Finding | None = None,
    ) -> Conflict:
        """Members with their sentences; a derivation by arithmetic where there is one."""
        members = tuple(ConflictMember(label, self._sentence(label)) for label in labels)
        # A rule may say the same of several labels: once is enough for a person.
        limits = dict.fromkeys(m.sentence for m in members if not self.asks(m.label))
        asks = dict.fromkeys(m.sentence for m in members if self.asks(m.label))
        because: tuple[str, ...] = tuple(limits)
        therefore = f"no schedule can do this: {'; '.join(asks)}" if asks else "nothing fits"
        if len(labels) > MOST_TOLD and any(label.rule == "time" for label in labels):
            because = tuple(m.sentence for m in members if m.label.rule == "time")
            therefore = "what the phase asks of a week does not fit"
        if finding is not None:
            because, therefore = finding.because, finding.therefore
        return Conflict(
            self._problem.phase,
            members,
            minimal=minimal,
            confirmed=confirmed,
            because=because,
            therefore=therefore,
        )

    def nothing_left(self, empty: Sequence[Row]) -> Conflict:
        """A rule asks for something for which no exercise is open: one label is the conflict."""
        named = [label for row in empty for label in row.labels]
        label = min(named, key=lambda label: (label.rule in ("frequency", "volume"), label))
        problem = self._problem
        wanted = [e for e in problem.exercises.values() if serves(label, e, problem)]
        member = ConflictMember(label, self._sentence(label))
        return Conflict(
            self._problem.phase,
            (member,),
            minimal=True,
            confirmed=True,
            because=(_none_open(len(wanted)),),
            therefore=f"no schedule can do this: {member.sentence}",
            closed=tuple(self._closed(wanted)),
        )

    def _sentence(self, label: Label) -> str:
        return self._rules[label.rule].describe(label, self._problem)

    def asks(self, label: Label) -> bool:
        """Whether a label asks for something; the others limit what there can be."""
        if label.rule == "coverage":
            row = next(r for r in self._problem.coverage if r.id == label.get("row"))
            return row.at_least > 0
        return (label.rule, label.get("what")) in ASKS or label.rule == "pins"

    def _closed(self, exercises: Iterable[Exercise]) -> Iterator[str]:
        """How many exercises each filter took away."""
        reasons = Counter(
            self._filter(self._candidates.excluded[exercise.id])
            for exercise in exercises
            if exercise.id in self._candidates.excluded
        )
        for reason, number in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])):
            yield f"{number} {'is' if number == 1 else 'are'} {reason}"

    def _filter(self, label: Label) -> str:
        """What a filter says of an exercise, without its name."""
        if label.rule == "contraindication":
            if label.get("condition") == NOT_VETTED:
                return "closed for unknown risks"
            return f"closed by {label.get('condition').replace('_', ' ')}"
        if label.rule == "equipment":
            return f"without the equipment at {label.get('place')}"
        if label.rule == "wishes":
            return "among what you never want"
        if label.rule == "phase_access":
            return {
                "stage": "for another phase",
                "load": "only possible with a load, and this phase works without",
                "level": "above the level that is open now",
                "dose": "without a dose in this phase",
                "gate": "waiting for tests that were not passed or not done",
            }[label.get("what")]
        return f"closed by the rule {label.rule}"


__all__ = ["find_conflict", "rules_model", "serves"]
