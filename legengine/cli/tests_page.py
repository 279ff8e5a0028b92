"""``python -m legengine.cli.tests_page [FILE]``: the page of the tests, made from their data.

Norms, marks and instructions come from ``legengine.assess``; ``docs/tests.md`` is what this
module writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from legengine.assess.catalogue import Bands, FunctionTest, Mark, Norm, catalogue
from legengine.cli.pages import write_page

HEAD: Final = """\
<!-- Made by `python -m legengine.cli.tests_page docs/tests.md`; don't edit. -->

# The tests

What a person can do decides where the program starts. These are the tests that legengine knows: how
each is done at home, what people of the same age and sex reach, and which results mean something
by themselves. The program prints the norm beside every result, names the tests that are missing,
and lists what to measure again every four weeks.

- A result "below usual" is worse than the norm, whether more or less is better in the test.
- Where both sides are tested, the weaker side is compared, and limb symmetry is the weaker side in
  percent of the stronger.
- Keys in brackets are sources; they are listed at the end. `D` is a default of this design that
  no source gives.
- Train nothing and test nothing while a warning sign is there. Stop at once with chest pain,
  dizziness or sharp pain. Keep a counter within reach in every standing test.

## How results are written

Tests that weren't done are left out. Both sides are needed where sides are compared. The short
physical performance battery may be given in points, or part by part:

```yaml
assessments:
  chair_stand_30s: 11
  timed_up_and_go_s: 10.4
  single_leg_stance_s: {left: 12, right: 9}
  heel_raise: {left: 14, right: 12}
  sppb: {side_by_side_s: 10, semi_tandem_s: 10, tandem_s: 7, gait_4m_s: 5.1, five_stands_s: 14.2}
```
"""

UNITS: Final = {"s": "seconds", "m": "metres", "s in tandem": "seconds in tandem"}
SEXES: Final = {"female": "Women", "male": "Men", "all": "All"}
SHAPES: Final = {
    "range": "{0:g} to {1:g}",
    "least": "from {0:g}",
    "most": "up to {0:g}",
    "average": "{0:g}",
}


def page() -> str:
    """The whole page; the same text every time."""
    tests = catalogue()
    parts = [HEAD, *("\n".join(_test(test)) for test in tests.tests), "\n".join(_battery())]
    parts.append("## What is measured again\n")
    names = ", ".join(test.name.lower() for test in tests.tests if test.outcome)
    parts.append(
        f"Every {tests.review.weeks} weeks [{', '.join(tests.review.sources)}]: {names}, and"
        f" the worst pain of the last week. A questionnaire such as {', '.join(tests.scores)} may"
        " be added; its text belongs to others.\n"
    )
    parts.append("## Sources\n")
    parts += [f"- `{key}`: {citation}" for key, citation in tests.sources.items()]
    return "\n".join(parts) + "\n"


def _test(test: FunctionTest) -> Iterator[str]:
    field = "" if test.id == "limb_symmetry" else f" in `assessments.{test.id}`"
    yield f"## {test.name}\n"
    sides = ", each side" if test.sides else ""
    yield f"In {_unit(test)}{sides}{field}; {test.better} is better.\n"
    yield from (f"{number}. {line}" for number, line in enumerate(test.how, start=1))
    if test.equipment:
        yield f"\nNeeds: {', '.join(test.equipment)}.\n"
    else:
        yield ""
    for norm in test.norms:
        yield from _norm(norm, test)
    for mark in test.marks:
        yield f"- {_mark(mark)} [{', '.join(mark.sources)}]"
    for change in test.changes:
        yield f"- A change that counts: {change.text} [{', '.join(change.sources)}]"
    for wanted in test.passes:
        said = ", ".join(f"{_ages(band)}: {band[2]:g} {test.unit}" for band in wanted.bands)
        yield f"- The {wanted.id} phase asks for: {said} [{', '.join(wanted.sources)}]"
    if test.marks or test.changes or test.passes:
        yield ""


def _mark(mark: Mark) -> str:
    age = f" (from {mark.age_min} years on)" if mark.age_min else ""
    return mark.text[0].upper() + mark.text[1:] + age


def _norm(norm: Norm, test: FunctionTest) -> Iterator[str]:
    keys = f"[{', '.join(norm.sources)}]"
    if norm.kind == "equation":
        yield f"For a person whose height and mass are known: {norm.label} {keys}.\n"
        for sex, terms in norm.terms.items():
            yield f"- {SEXES[sex]}: {_formula(terms)}; usual within {terms['lower']:g} {test.unit}"
        yield ""
        return
    if norm.kind == "percentiles":
        yield f"{norm.label[0].upper()}{norm.label[1:]}, on a line between two ages {keys}:\n"
        yield from _table(norm.bands, "range")
        return
    margin = f"; {norm.margin:g} more or less are usual" if norm.margin is not None else ""
    if norm.share is not None:
        margin = f"; {norm.share:g} of it is still usual"
    yield f"{norm.label[0].upper()}{norm.label[1:]}, {_unit(test)}{margin} {keys}:\n"
    yield from _table(norm.bands, norm.kind)


def _table(bands: dict[str, Bands], shape: str) -> Iterator[str]:
    sexes = [sex for sex in SEXES if sex in bands]
    yield "| Age | " + " | ".join(SEXES[sex] for sex in sexes) + " |"
    yield "|---|" + "---|" * len(sexes)
    for rows in zip(*(bands[sex] for sex in sexes), strict=True):
        cells = [SHAPES[shape].format(*row[2:]) for row in rows]
        yield f"| {_ages(rows[0])} | " + " | ".join(cells) + " |"
    yield ""


def _unit(test: FunctionTest) -> str:
    return UNITS.get(test.unit, test.unit)


def _ages(band: tuple[float, ...]) -> str:
    low, high = int(band[0]), int(band[1])
    if low == 0:
        return "any" if high >= OLDEST else f"to {high}"
    if low == high:
        return str(low)
    return f"{low} and over" if high >= OLDEST else f"{low}-{high}"


OLDEST: Final = 120
TERMS: Final = {
    "age": "age",
    "cm": "cm",
    "kg": "kg",
    "age_age": "age squared",
    "age_cm": "age x cm",
}


def _formula(terms: dict[str, float]) -> str:
    parts = [f"{terms[key]:g} x {word}" for key, word in TERMS.items() if terms[key]]
    return " + ".join([*parts, f"{terms['one']:g}"]).replace("+ -", "- ")


def _battery() -> Iterator[str]:
    rule = catalogue().sppb
    yield f"## How the battery counts\n\nPoints of each part [{', '.join(rule.sources)}]:\n"
    yield "| Part | 4 | 3 | 2 | 1 | 0 |"
    yield "|---|---|---|---|---|---|"
    for name, bins in (("4 m walk, s", rule.gait_4m_s), ("five stands, s", rule.five_stands_s)):
        limits = [limit for limit, _ in bins]
        last = f"below {limits[3]:g}" if len(limits) > 3 else "slower"
        never = f"{limits[3]:g} or more, or unable" if len(limits) > 3 else "unable"
        cells = [f"below {limit:g}" for limit in limits[:3]]
        yield f"| {name} | {' | '.join(cells)} | {last} | {never} |"
    tandem = ", ".join(f"{points:g} from {least:g} s" for least, points in rule.tandem)
    yield (
        f"\nBalance: 1 for {rule.hold_s:g} s side by side, 1 for {rule.hold_s:g} s half a foot"
        f" ahead, and in tandem {tandem}; the first stand that fails ends it.\n"
    )


def main(arguments: list[str]) -> int:
    """Write the page to a file, or print it."""
    return write_page("tests_page", page, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
