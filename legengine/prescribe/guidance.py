"""The advice beside the sessions: stop signs, pain, food, drink, sleep, expectations, help.

The lines are data with their sources; this module decides which of them concern a person and
fills in the numbers. Formulas follow ``evidence.md`` section 7.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from legengine.domain.profile import Profile
from legengine.domain.program import Guidance, GuidanceLine
from legengine.prescribe.food import foods, per_meal

PAIN: Final = "Pain"
"""The block that also says where this person's pain stands."""

OLDER_AGE: Final = 65
"""From this age on the older rows for protein and sleep hold [ESPEN] [NSF]."""

PROTEIN: Final = (1.6, 2.2)
PROTEIN_OLDER: Final = (1.2, 1.6)
PROTEIN_OLDER_LEAST: Final = (1.0, 1.2)
PROTEIN_OLDER_UNDERNOURISHED: Final = (1.2, 1.5)
"""Grams per kg and day: seed row S108; [ESPEN], its training aim [D]."""

PROTEIN_MEAL: Final = (0.4, 0.55)
"""Grams per kg and meal [m:PMEALb]."""

MEALS: Final = 4
"""Meals a day over which 0.4-0.55 g per kg make 1.6-2.2 [m:PMEALb]."""

CARBOHYDRATE: Final = (3.0, 5.0)
"""Grams per kg and day [m:NUTR]."""

OBESITY_BMI: Final = 30
REFERENCE_BMI: Final = 25
"""From the first on, grams are reckoned from the mass that has the second [D]."""

HEAVY_KG: Final = 80
"""From this mass on a body mass index of 30 is plausible where no height is given [D]."""

KIDNEY_EGFR: Final = 60
SEVERE_EGFR: Final = 30
"""Below the first no protein target is given, below the second less may be needed
[m:KDOQI] [m:PROTAGE]."""

HEALING_WEEKS: Final = 12
"""For this long after surgery the tighter pain bands hold."""

VITAMIN_D_AGE: Final = 70
"""Above this age the higher reference intake holds [m:NUTR]."""

WATER_L: Final = {"female": ("1.6", "2.0"), "male": ("2.0", "2.5")}
"""Litres a day: in drinks, and in all [EFSA]."""


def guidance(profile: Profile, *, conditions: Iterable[str] = ()) -> tuple[Guidance, ...]:
    """The blocks of advice for a person, the stop signs first.

    ``conditions`` are those that hold besides what the profile names, such as the conditions that
    screening found. Nothing here depends on days, places or the goal.
    """
    held = tuple(conditions)
    facts = _facts(profile, held)
    values = _numbers(profile, facts) | _foods(profile)
    blocks = []
    for block in _data()["blocks"]:
        lines = [_line(line, values) for line in block["lines"] if _concerns(line, facts)]
        if block["title"] == PAIN:
            lines += _own_pain(profile, held, strict="strict" in facts)
        blocks.append(Guidance(title=block["title"], lines=tuple(lines)))
    return tuple(blocks)


def _line(line: Mapping[str, Any], values: Mapping[str, str]) -> GuidanceLine:
    return GuidanceLine(text=line["text"].format_map(values), sources=tuple(line["sources"]))


def _own_pain(profile: Profile, conditions: Iterable[str], *, strict: bool) -> list[GuidanceLine]:
    """Where this person's pain stands now, and the limits of the conditions that hold."""
    data = _data()["own_pain"]
    bands = data["strict_bands" if strict else "bands"]
    lines = []
    for region, report in sorted(profile.pain.items()):
        band = next(name for name, top in bands.items() if report.worst <= top)
        values = {"region": region.replace("_", " "), "worst": str(report.worst), "band": band}
        lines.append(_line(data["now"], values))
    for name, limit in data["limits"].items():
        if name in {*profile.conditions, *conditions}:
            values = {"condition": limit["name"], "limit": str(limit["pain_limit"])}
            lines.append(_line({**data["limit"], "sources": limit["sources"]}, values))
    return lines


@cache
def guidance_sources() -> Mapping[str, str]:
    """Key to citation, for every source that a block of guidance may name."""
    sources: dict[str, str] = _load("sources")
    return MappingProxyType(sources)


def advice_sources() -> Mapping[str, tuple[str, ...]]:
    """Title of a block to the keys that its lines may name, whoever they concern."""
    return {
        block["title"]: tuple(
            dict.fromkeys(key for line in block["lines"] for key in line["sources"])
        )
        for block in _data()["blocks"]
    }


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = _load("guidance")
    return data


def _load(name: str) -> Any:
    folder = files("legengine.prescribe").joinpath("data")
    return json.loads(folder.joinpath(f"{name}.json").read_text("utf-8"))


def _concerns(line: Mapping[str, Any], facts: frozenset[str]) -> bool:
    return facts.issuperset(line.get("when", ())) and facts.isdisjoint(line.get("unless", ()))


def _facts(profile: Profile, conditions: Iterable[str]) -> frozenset[str]:
    """What holds for the person, in the words that the data asks for."""
    screening = profile.screening
    words = [*screening.known_conditions, *screening.medications, *profile.conditions, *conditions]
    if profile.clearance is not None:
        words += profile.clearance.conditions
    data = _data()
    facts = {
        fact
        for fact, stems in data["stems"].items()
        if any(stem in word.lower() for stem in stems for word in words)
    }
    facts |= {fact for fact, names in data["names"].items() if not set(words).isdisjoint(names)}
    if screening.egfr is not None and screening.egfr < KIDNEY_EGFR:
        facts.add("kidney")
        if screening.egfr < SEVERE_EGFR:
            facts.add("severe_kidney")
    if facts & {"kidney", "heart"}:
        facts.add("fluid_limit")
    if facts & {"birth", "liver"}:
        facts.add("special")
    if not facts & {"kidney", "special"}:
        facts.add("target")
    facts.add("older" if profile.person.age >= OLDER_AGE else "adult")
    if profile.cause == "nutrition":
        facts |= {"undernourished", "rebuilding"}
    if profile.cause == "systemic" or "ill" in facts:
        facts.add("rebuilding")
    if profile.cause in ("injury", "surgery", "msk") or profile.pain:
        facts.add("joint")
    weeks = profile.history.weeks_since_event
    if profile.cause == "surgery" and (weeks is None or weeks < HEALING_WEEKS):
        facts.add("healing")
    if "healing" in facts:
        facts.add("strict")
    return frozenset(facts | _mass_facts(profile) | _food_facts(profile))


def _food_facts(profile: Profile) -> set[str]:
    said = profile.nutrition
    facts = {"chosen"} if said.avoid or said.diet != "omnivore" else set[str]()
    if said.meals is not None:
        facts.add("meals")
    if not foods(said, _data(), "protein"):
        facts.add("no_source")
    return facts


def _foods(profile: Profile) -> dict[str, str]:
    """The foods that the lines may name."""
    return {f"{kind}_foods": foods(profile.nutrition, _data(), kind) for kind in _data()["foods"]}


def _mass_facts(profile: Profile) -> set[str]:
    mass, height = profile.person.mass, profile.person.height
    if mass is None:
        return set()
    facts = {"mass"}
    if reference_mass(profile) != mass:
        facts.add("reference")
    if not height and mass >= HEAVY_KG:
        facts.add("heavy")
    return facts


def reference_mass(profile: Profile) -> float | None:
    """The mass that grams are reckoned from: body mass, or 25 x height squared in obesity."""
    mass, height = profile.person.mass, profile.person.height
    if mass is None or not height:
        return mass
    square = (height / 100) ** 2
    return mass if mass < OBESITY_BMI * square else REFERENCE_BMI * square


def _numbers(profile: Profile, facts: frozenset[str]) -> dict[str, str]:
    """The numbers that the lines may hold; grams only where a mass is known."""
    older = profile.person.age >= OLDER_AGE
    drinks, water = WATER_L[profile.person.sex]
    numbers = {
        "drinks": drinks,
        "water": water,
        "sleep": "7-8" if older else "7-9",
        "meals": str(profile.nutrition.meals or MEALS),
        "vitamin_d": "20" if profile.person.age > VITAMIN_D_AGE else "15",
    }
    mass = reference_mass(profile)
    if mass is not None:
        rate = PROTEIN
        if older:
            rate = PROTEIN_OLDER_UNDERNOURISHED if "rebuilding" in facts else PROTEIN_OLDER
        numbers |= {
            "protein": _grams(mass, rate),
            "protein_least": _grams(mass, PROTEIN_OLDER_LEAST),
            "meal": _grams(mass, PROTEIN_MEAL),
            "each": _grams(mass, per_meal(rate, profile.nutrition.meals or MEALS)),
            "carbohydrate": _grams(mass, CARBOHYDRATE),
            "reference": str(_nearest(mass)),
        }
    return numbers


def _grams(mass: float, per_kg: tuple[float, float]) -> str:
    low, high = (_nearest(mass * rate) for rate in per_kg)
    return f"{low}-{high}"


def _nearest(value: float) -> int:
    """The nearest whole number, halves upwards, untroubled by the last binary digit."""
    return math.floor(round(value, 6) + 0.5)
