"""Rules R00 and R44: what is not answered, and signs that no other rule decides.

Both fail closed: silence is never a no, and a warning sign never passes without a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from legengine.domain.findings import Severity
from legengine_screening import clearances, emergencies, referrals, restrictions
from legengine_screening.answers import Answers
from legengine_screening.verdicts import Decide, Verdict, about, is_grave, severity_of, signs
from legengine_screening.vocabulary import SIGN_TABLE

DECIDING: Final[Mapping[str, Decide]] = {
    **emergencies.RULES,
    **referrals.RULES,
    **clearances.RULES,
    **restrictions.RULES,
}
"""The rules of the evidence base by their name."""


def r00(answers: Answers) -> Verdict | None:
    """What is not answered. A page for an emergency doesn't ask for a form."""
    form = answers.parq is None and answers.clearance is None and not _needs_help_now(answers)
    if not answers.asked:
        return Verdict("both" if form else "red_flags")
    return Verdict("parq") if form else None


def r44(answers: Answers) -> Verdict | None:
    """A sign by which alone no rule fires; silent where something graver is found anyway."""
    if _needs_help_now(answers):
        return None
    without = _fired(answers.alone())
    undecided = [
        name
        for name in SIGN_TABLE
        if name in answers.signs
        and not SIGN_TABLE[name].background
        and _fired(answers.alone(name)) == without
    ]
    return about(signs(undecided))


def _fired(answers: Answers) -> frozenset[tuple[str, Severity]]:
    verdicts = ((name, decide(answers)) for name, decide in DECIDING.items())
    return frozenset((name, severity_of(name, found)) for name, found in verdicts if found)


def _needs_help_now(answers: Answers) -> bool:
    return any(is_grave(severity) for _, severity in _fired(answers))


RULES: Final[dict[str, Decide]] = {"R00": r00, "R44": r44}
