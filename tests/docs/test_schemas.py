from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from legengine.cli.schema import NAMES, schema
from legengine.documents.reading import read_document
from legengine.intake.reader import profile_from_data
from tests.docs.blocks import ROOT

SCHEMAS = ROOT / "schemas"
EXAMPLES = sorted((ROOT / "examples").iterdir())

MINIMAL: dict[str, Any] = {
    "person": {"age": 34, "sex": "female"},
    "cause": "disuse",
    "places": {"home": {"equipment": ["chair"]}},
    "availability": [{"days": ["mon"], "start": "18:00", "minutes": 30}],
}


def validator(name: str) -> Draft202012Validator:
    data = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(data)
    return Draft202012Validator(data)


def plain(data: object) -> Any:
    """As JSON would have it: YAML and TOML know dates."""

    def text(value: object) -> str:
        assert isinstance(value, dt.date)
        return value.isoformat()

    return json.loads(json.dumps(data, default=text))


@pytest.mark.parametrize("name", NAMES)
def test_a_committed_schema_is_what_the_models_say(name: str) -> None:
    committed = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert committed == schema(name), "renew: python -m legengine schema --all schemas"


def test_there_is_no_other_schema() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {f"{name}.schema.json" for name in NAMES}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_valid_by_the_schema(path: Path) -> None:
    validator("profile").validate(plain(read_document(path).data))


@pytest.mark.parametrize(
    "change",
    [
        {"conditions": "knee_oa"},
        {"conditions": ["knee_oa"]},
        {"wishes": {"avoid": "lunge"}},
        {"protocol": "leg-restoration"},
        {"protocol": {"name": "leg-restoration", "options": {}}},
        {"progression": "linear"},
        {"progression": {"name": "linear"}},
        {"person": {"age": 34, "sex": "female", "mass": "150 lb", "height": "5 ft 7 in"}},
        {"availability": [{"days": "Monday", "start": "7:30", "minutes": 30}]},
        {"availability": [{"days": ["MON", "tues", "thursday"], "start": "18:00", "minutes": 30}]},
    ],
    ids=str,
)
def test_what_the_reader_takes_the_schema_takes(change: dict[str, Any]) -> None:
    data = MINIMAL | change
    profile_from_data(data)
    validator("profile").validate(data)


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"person": {"age": 34, "sex": "female", "mass": 68}},
        {"availability": [{"days": "moonday", "start": "18:00", "minutes": 30}]},
        {"availability": [{"days": [], "start": "18:00", "minutes": 30}]},
        {"availability": [{"days": "mon", "start": "25:00", "minutes": 30}]},
        {"protocol": 1},
        {"weeks": 0},
    ],
    ids=str,
)
def test_what_the_schema_refuses_the_reader_refuses(change: dict[str, Any]) -> None:
    from legengine.errors import InputError

    data = MINIMAL | change
    with pytest.raises(InputError):
        profile_from_data(data)
    assert not validator("profile").is_valid(data)
