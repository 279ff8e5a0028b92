"""Claims that the evidence doesn't carry appear nowhere: not in data, code or programs.

That stretching prevents injury; that sleep works through growth hormone or foam rolling through
blood flow; that 2.2 g of protein per kg is better than less; that the chair-stand cut-offs are
averages (they mark what is below average).
"""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from legengine import Engine, profile_from_data

ROOT = Path(__file__).parents[2]

CLAIMS = {
    "stretching prevents injury": (
        r"stretch\w*[^.]*\b(prevent|protect|avoid|lower|reduc)\w*[^.]*\b(injur|sore)",
        r"\b(prevent|avoid|protect)\w*[^.]*\b(injur|sore)\w*[^.]*\bstretch",
        r"\btight\w*[^.]*\binjur",
        r"\binjury risk\b|\brisk of injury\b|\binjury prevention\b",
    ),
    "growth hormone": (r"growth.hormone",),
    "foam rolling and blood flow": (
        r"\b(roll|recover|walk)\w*[^.]*\b(blood flow|circulation)",
        r"\b(blood flow|circulation)\b[^.]*\b(roll|recover|walk)",
    ),
    "2.2 is better": (
        r"2\.2[^.\n]*\b(better|best|optimal|ideal)\b",
        r"\b(better|best|optimal|ideal)\b[^.\n]*2\.2",
    ),
    "cut-offs as averages": (
        r"chair.?stand[^.]*(?<!below )(?<!below-)(?<!worse than )\baverage\b",
    ),
}
SAID = {
    "stretching prevents injury": "Stretching after training helps to prevent injuries.",
    "growth hormone": "Sleep releases growth hormone.",
    "foam rolling and blood flow": "Foam rolling brings better blood flow.",
    "2.2 is better": "Aim at 2.2 g per kg for the best result.",
    "cut-offs as averages": "In the chair stand 12 is the average at your age.",
}


def found(text: str) -> list[str]:
    return [
        name
        for name, patterns in CLAIMS.items()
        if any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    ]


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_would_be_found(name: str) -> None:
    assert found(SAID[name]) == [name]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


DATA = sorted(
    path
    for folder in ("plugins", "legengine")
    for path in (ROOT / folder).rglob("*.json")
    if "data" in path.parts
)
CODE = sorted(path for folder in ("plugins", "legengine") for path in (ROOT / folder).rglob("*.py"))


def test_no_data_holds_a_claim() -> None:
    assert DATA
    for path in DATA:
        for text in strings(json.loads(path.read_text(encoding="utf-8"))):
            assert not found(text), f"{path.relative_to(ROOT)}: {text}"


def test_no_text_in_the_code_holds_a_claim() -> None:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not found(node.value), f"{path.relative_to(ROOT)}:{node.lineno}"


def person(age: int, **changes: Any) -> dict[str, Any]:
    return {
        "person": {"age": age, "sex": "female", "mass": "68 kg"},
        "cause": "disuse",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "places": {"home": {"equipment": ["mat", "chair", "wall", "counter", "foam_roller"]}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
        "weeks": 2,
        **changes,
    }


@cache
def engine() -> Engine:
    return Engine()


@pytest.mark.parametrize("age", [34, 72])
def test_no_program_holds_a_claim(age: int) -> None:
    profile = profile_from_data(person(age))
    program = engine().generate(profile, today=dt.date(2026, 11, 23), start=dt.date(2026, 11, 30))
    for name in ("terminal", "markdown", "json"):
        text = engine().render(program, name)
        assert isinstance(text, str)
        for line in text.splitlines():
            assert not found(line), f"{name}: {line}"
