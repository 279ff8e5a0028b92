"""Whether the two halves of a constraint say the same, and anything at all."""

from __future__ import annotations

from legengine.rules import CONSTRAINTS
from legengine.testing.conformance.check import CheckFailed, expect
from legengine.testing.conformance.halves import Halves, readable, smallest
from legengine.testing.conformance.trials import small_trials
from legengine.testing.conformance.tried import Tried, bites_on


def agree(tried: Tried) -> None:
    """On every schedule of every problem both halves say the same."""
    for options, several in tried.tried:
        for halves in several:
            _agree(halves, f"with {options!r}")


def _agree(halves: Halves, how: str) -> None:
    differ = [case for case in halves.cases if not case.agreed]
    if not differ:
        return
    case = smallest(differ)
    schedule = readable(halves.problem, case.items)
    about = f"of {len(halves.cases)} schedules of '{halves.trial.thought}' {how} they part on "
    about += f"{len(differ)}; the smallest is {schedule}"
    if case.allowed:
        raise CheckFailed(
            f"{about}. The rows of 'post' allow it, and 'check' finds: {case.violations[0]}. "
            "Either 'post' states too little or 'check' asks for too much"
        )
    by = [str(label) for label in halves.forbidding(case.items)]
    if case.closed:
        reason = "'admits' closes an exercise of it"
    elif by:
        reason = f"the rows of {', '.join(by)} forbid it"
    else:
        reason = "the rows of 'post' forbid it"
    raise CheckFailed(
        f"{about}. {reason[:1].upper()}{reason[1:]}, and 'check' finds nothing wrong. Either "
        "'post' states too much or 'check' overlooks something"
    )


def bites(tried: Tried) -> None:
    """With its defaults or its examples it forbids something; each example does."""
    bitten = [(options, any(bites_on(each) for each in halves)) for options, halves in tried.tried]
    if not any(bit for _, bit in bitten):
        raise CheckFailed(
            "it never forbids anything, so that nothing about it is known: give 'examples' whose "
            "options name real exercises, patterns, muscles or items and limit them hard, or tiny "
            "problems of your own (problems=)"
        )
    examples = [tried.rule.options.model_validate(dict(e)) for e in tried.examined.examples]
    for options, bit in bitten:
        expect(
            bit or options not in examples,
            f"its example {options!r} never forbids anything: let it name real exercises, "
            "patterns, muscles or items, and limit them hard enough for two or three sessions",
        )
    expect(
        any(case.allowed for halves in tried.all for case in halves.cases),
        "it lets no schedule through at all, not even an empty one",
    )


def beside_the_others(tried: Tried) -> None:
    """Both halves agree when the built-in rules hold as well."""
    subject, name = tried.examined.subject, tried.examined.name
    others = [rule for rule in CONSTRAINTS if rule.name != name]
    for options in tried.examined.settings():
        for trial in small_trials(subject.loaded.library(), name, options, casts=2):
            _agree(
                Halves(trial, (*others, tried.rule)), f"with {options!r} and every built-in rule"
            )


__all__ = ["agree", "beside_the_others", "bites"]
