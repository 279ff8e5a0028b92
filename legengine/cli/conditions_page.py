"""The page ``docs/conditions.md``, from the bundled library.

``python -m legengine.cli.conditions_page docs/conditions.md`` writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from legengine.cli.pages import write_page
from legengine.domain.exercise import Condition, DoseLimits, Limits

HEAD: Final = """\
# Conditions

What each condition of the bundled library closes, caps and asks for. Name one in a profile's
`conditions`; screening and tests add some by themselves. All numbers are data of the library
(`plugins/legengine_legs/data/conditions.json`), with their sources; `D` marks a default of the
design.

- **Caps.** An angle over a cap is met by a shorter range where the exercise allows it and the cap
  is at least half of its usual angle; the range is printed with the exercise. *Strict* caps allow
  no shorter range.
- **Stages.** A stage holds until one of its ends is known to have come, and in the whole phase if
  it holds in any week of it. What the profile doesn't say (`history.weeks_since_event`,
  `history.graft`, `history.pregnancy_week`) never ends a stage.
- **Doses.** The phase's row is kept within the condition's row, and the condition's wins where the
  two part; it never asks for more effort than the phase. Of several rows the lighter one wins.
  The prescription says what was changed.
- **Rows of one condition.** `parkinson_ms_stroke_cleared` has three; `screening.known_conditions`
  (`multiple_sclerosis`, `stroke`, `parkinson`) chooses among them, and without such a word all
  three hold.

| condition | closes | caps and limits | dose | until | sources |
|---|---|---|---|---|---|
"""

CAPS: Final = {
    "knee_flexion_max": "knee at most {} degrees",
    "knee_flexion_max_weight_bearing": "knee at most {} degrees under body weight",
    "hip_flexion_max": "hip at most {} degrees",
    "hip_flexion_max_knee_straight": "hip at most {} degrees with a straight knee",
    "weight_bearing_max": "at most {} % of body mass on the leg",
    "impact_max": "impact at most {}",
    "axial_level_max": "level at most {} with a load on the spine",
    "hold_seconds_max": "holds of at most {} s",
    "rpe_max": "effort at most {}",
    "percent_1rm_max": "at most {} % of 1RM",
    "level_max": "level at most {}",
}
"""Limits with one number, in words."""

DOSES: Final = {
    "sets": "{} sets",
    "reps": "{} repetitions",
    "percent_1rm": "{} % of 1RM",
    "percent_1rm_first": "{} % of 1RM in the first phase with loads",
    "rir": "{} in reserve",
    "rpe": "effort {}",
    "rest_s": "rests of {} s",
    "sessions": "{} sessions a week",
    "exercises": "{} exercises a session",
}
"""Fields of a dose row, in words."""


def page(conditions: tuple[Condition, ...]) -> str:
    """The whole page."""
    return HEAD + "".join(f"{_row(each)}\n" for each in sorted(conditions, key=lambda c: c.id))


def _row(condition: Condition) -> str:
    closes = [*_closes(condition), *_waivers(condition)]
    caps = ["clearance required"] if condition.clearance == "required" else []
    caps += [*_caps(condition), *_own(condition)]
    for stage in condition.stages:
        keys = ", ".join(stage.sources)
        caps.append(f"{stage.text.rstrip('.')} ({keys})")
    if condition.note:
        caps.append(condition.note.rstrip("."))
    cells = (
        f"`{condition.id}`",
        "; ".join(closes),
        "; ".join(caps),
        "; ".join(_dose(row) for row in condition.doses),
        condition.until.rstrip("."),
        ", ".join(condition.sources),
    )
    return "| " + " | ".join(cell or "-" for cell in cells) + " |"


def _closes(limits: Limits) -> Iterator[str]:
    if limits.exclude_tags:
        yield "tags " + ", ".join(f"`{tag}`" for tag in limits.exclude_tags)
    if limits.exclude_exercises:
        yield ", ".join(f"`{id}`" for id in limits.exclude_exercises)
    if limits.exclude_positions:
        yield "positions " + ", ".join(limits.exclude_positions)
    for words in limits.exclude_combinations:
        yield " with ".join(f"`{word}`" for word in words)
    if limits.no_external_load:
        yield "external load where weight is borne"
    if limits.unloaded_tags:
        yield "external load on " + ", ".join(f"`{tag}`" for tag in limits.unloaded_tags)


def _waivers(condition: Condition) -> Iterator[str]:
    if condition.drop_equipment:
        yield "ways with " + ", ".join(f"`{item}`" for item in condition.drop_equipment)
    waiving = (*condition.waived_by_equipment, *condition.waived_by_support)
    if waiving:
        yield "open again with " + " or ".join(f"`{item}`" for item in waiving)
    if condition.allow_exercises:
        yield "open all the same: " + ", ".join(f"`{id}`" for id in condition.allow_exercises)


def _caps(limits: Limits) -> Iterator[str]:
    for name, words in CAPS.items():
        value = getattr(limits, name)
        if value is not None:
            yield words.format(value)
    if (pain := limits.knee_flexion_max_by_pain) is not None:
        yield (
            f"knee at most {pain.pain_0_3} degrees at {pain.region} pain of 0-3, "
            f"{pain.pain_4_5} at 4-5, {pain.pain_6_10} from 6 or unknown"
        )
    if (arc := limits.open_chain_knee_extension_range) is not None:
        yield f"open-chain knee extension from {arc[0]} to {arc[1]} degrees"
    if limits.strict:
        yield "strict"
    for need in limits.weekly_at_least:
        names = " or ".join((*need.patterns, *need.exercises)).replace("_", " ")
        yield f"{names} at least {need.at_least} a week"


def _own(condition: Condition) -> Iterator[str]:
    if condition.hip_flexion_margin is not None:
        yield f"hip no further than {condition.hip_flexion_margin} degrees in practice"
    if condition.seat_min_cm is not None:
        yield f"seats of at least {condition.seat_min_cm} cm"
    if (wider := condition.widening) is not None:
        yield (
            f"{wider.degrees} degrees more a week from week {wider.from_week} at pain of at most "
            f"{wider.pain_max}"
        )
    if (pain := condition.pain_limit) is not None:
        closed = ", ".join(f"`{id}`" for id in pain.closes_above)
        above = f"; above it or unknown without {closed}" if closed else ""
        yield f"{pain.region} pain up to {pain.score} while training{above}"
    if (share := condition.load_share) is not None:
        names = ", ".join(f"`{id}`" for id in share.exercises)
        yield f"{names} with at most {share.percent_of_body_mass} % of body mass"
    if condition.consecutive_days_max is not None:
        yield f"at most {condition.consecutive_days_max} training day in a row"
    for group, least in condition.exposures_at_least.items():
        yield f"{group} in at least {least} sessions a week"
    yield from (f"before a session: {text.rstrip('.')}" for text in condition.session_checks)
    yield from (text.rstrip(".") for text in condition.reminders)


def _dose(row: DoseLimits) -> str:
    parts = [
        words.format(_span(span))
        for name, words in DOSES.items()
        if (span := getattr(row, name)) is not None
    ]
    if row.gap_hours is not None:
        parts.append(f"{row.gap_hours} h between exposures")
    return f"{row.id}: {', '.join(parts)} ({', '.join(row.sources)})"


def _span(span: tuple[int, int]) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"


def bundled() -> tuple[Condition, ...]:
    """The conditions of the bundled libraries."""
    from legengine.hooks.discovery import NO_AUTOLOAD_VARIABLE
    from legengine.hooks.registry import Registry

    registry = Registry.create(environment={NO_AUTOLOAD_VARIABLE: "1"}, strict=True)
    return registry.library().conditions


def main(arguments: list[str]) -> int:
    """Write the page to a file, or print it."""
    return write_page("conditions_page", lambda: page(bundled()), arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
