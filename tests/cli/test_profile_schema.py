"""``schema profile --with-plugins``: what the engine takes fits it, and wrong options don't."""

from __future__ import annotations

import copy
import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from legengine.documents.reading import read_document
from legengine.errors import InputError, PluginError
from legengine.hooks.profile_schema import profile_schema
from legengine.hooks.registry import Registry
from legengine.hooks.settings import check_settings
from legengine.intake.reader import profile_from_data

from .conftest import Legengine, Module
from .sources import NEEDING, OPTIONS, PROFILE

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.*"))


def plain(data: object) -> Any:
    """As JSON would have it: YAML and TOML know dates."""
    return json.loads(json.dumps(data, default=dt.date.isoformat))


def registry_with(source: str, tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("modules")
    name = f"schema_plugin_{folder.name}"
    (folder / f"{name}.py").write_text(source)
    sys.path.insert(0, str(folder))
    try:
        return Registry.create([name], autoload=False)
    finally:
        sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return registry_with(OPTIONS, tmp_path_factory)


@pytest.fixture(scope="module")
def validator(registry: Registry) -> Draft202012Validator:
    schema = json.loads(json.dumps(profile_schema(registry), allow_nan=False))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def accepted(registry: Registry, data: dict[str, Any]) -> bool:
    """Whether the engine takes a profile, as far as a schema can tell."""
    try:
        check_settings(registry, profile_from_data(copy.deepcopy(data)))
    except (InputError, PluginError):
        return False
    return True


def changed(**fields: Any) -> dict[str, Any]:
    data = yaml.safe_load(PROFILE) | fields
    data["screening"] = {"red_flags": "none"} | fields.get("screening", {})
    return data


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"rules": {"apart": {}}},
        {"rules": {"apart": {"most": 3, "pairs": [{"first": "a"}]}, "calm": {"mode": "soft"}}},
        {"rules": {"time": {}}},
        {"formats": {"paper": {"heading": "mine"}, "json": {}}},
        {"screening": {"rules": {"dizzy": {"mode": "soft"}}}},
        {"protocol": "gym-strength-block"},
        {"protocol": {"name": "leg-restoration"}},
        {"progression": None},
        {"progression": "linear"},
        {"progression": {"name": "linear", "options": {"weeks_max": 3}}},
        {"progression": {"name": "density", "options": {}}},
        {"libraries": ["x.yaml", {"path": "y"}]},
        {"libraries": [{"path": "y", "reader": "lists", "options": {"hours": 1}}]},
        {"libraries": [{"path": "y", "options": {"hours": 1}}]},
    ],
    ids=str,
)
def test_what_the_engine_takes(fields, registry, validator) -> None:
    data = changed(**fields)
    assert accepted(registry, data)
    validator.validate(plain(data))


@pytest.mark.parametrize(
    "fields",
    [
        {"rules": {"apard": {}}},
        {"rules": {"apart": {"mots": 1}}},
        {"rules": {"apart": {"most": -1}}},
        {"rules": {"apart": {"pairs": [{"gap_days": 1}]}}},
        {"rules": {"apart": {"pairs": [{"first": "a", "gap_days": 8}]}}},
        {"rules": {"calm": {"mode": "loud"}}},
        {"rules": {"time": {"x": 1}}},
        {"formats": {"papr": {}}},
        {"formats": {"paper": {"heading": 1}}},
        {"screening": {"rules": {"r01": {"x": 1}}}},
        {"screening": {"rules": {"dizy": {}}}},
        {"protocol": "leg-restoratio"},
        {"protocol": {"name": "leg-restoration", "options": {"x": 1}}},
        {"progression": "linaer"},
        {"progression": {"name": "density", "options": {"weeks_max": 3}}},
    ],
    ids=str,
)
def test_what_the_engine_refuses(fields, registry, validator) -> None:
    data = changed(**fields)
    assert not accepted(registry, data)
    assert not validator.is_valid(plain(data))


@pytest.mark.parametrize(
    "library",
    [
        {"path": "y", "reader": "list"},
        {"path": "y", "reader": "lists"},
        {"path": "y", "reader": "lists", "options": {"hours": "x"}},
        {"path": "y", "options": {"x": 1}},
    ],
    ids=str,
)
def test_readers(library, validator) -> None:
    assert not validator.is_valid(changed(libraries=[library]))


def test_what_needs_an_option_is_required(tmp_path_factory) -> None:
    registry = registry_with(NEEDING, tmp_path_factory)
    validator = Draft202012Validator(profile_schema(registry))
    for fields, good in (({}, False), ({"rules": {"pool": {"hours": 1}}}, True)):
        assert accepted(registry, changed(**fields)) == good
        assert validator.is_valid(plain(changed(**fields))) == good


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "most": st.one_of(st.integers(-1, 3), st.just("two"), st.none()),
        "mode": st.sampled_from(["soft", "hard", "loud"]),
        "mots": st.just(1),
        "pairs": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "first": st.sampled_from(["a", "b", 1]),
                    "gap_days": st.integers(-1, 8),
                    "second": st.just("c"),
                },
            ),
            max_size=2,
        ),
    },
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    example=st.sampled_from(EXAMPLES),
    rule=st.sampled_from(["apart", "calm", "volume", "apard"]),
    values=SETTINGS,
    policy=st.sampled_from(["linear", "density", "two_for_two", "x"]),
    steps=st.dictionaries(st.sampled_from(["weeks_max", "step_s", "x"]), st.integers(0, 30)),
)
def test_the_schema_and_the_engine_agree(
    example, rule, values, policy, steps, registry, validator
) -> None:
    data = plain(read_document(example).data)
    data |= {"rules": {rule: values}, "progression": {"name": policy, "options": steps}}
    assert validator.is_valid(data) == accepted(registry, data)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_fit(example, validator) -> None:
    validator.validate(plain(read_document(example).data))


def test_two_models_of_one_name_do_not_clash(registry) -> None:
    definitions = profile_schema(registry)["$defs"]
    assert set(definitions["rules.apart.Options"]["properties"]) == {"first", "gap_days"}
    assert "most" in definitions["rules.calm"]["properties"]
    assert "first" not in definitions["rules.calm"]["properties"]


def test_on_the_command_line(legengine: Legengine, module: Module) -> None:
    plugin = module(OPTIONS)
    ran = legengine("--plugin", plugin, "schema", "profile", "--with-plugins")
    assert (ran.code, ran.err) == (0, "")
    schema = json.loads(ran.out)
    assert schema["$id"] == "urn:legengine:schema:profile-with-plugins:1"
    assert "apart" in schema["properties"]["rules"]["properties"]
    args = ("--disable", "formats", "schema", "profile", "--with-plugins")
    formats = json.loads(legengine(*args).out)["properties"]["formats"]
    assert formats["properties"] == {}
    assert legengine("schema", "program", "--with-plugins").code == 2
    assert legengine("schema", "--all", "x", "--with-plugins").code == 2
    assert "apart" not in legengine("schema", "profile").out


@pytest.mark.parametrize(
    "args", [("schema", "profile", "--with-plugins"), ("plugins", "show", "calm", "--json")]
)
def test_the_same_bytes_whatever_the_hash_seed(args: tuple[str, ...], tmp_path: Path) -> None:
    sets = OPTIONS.replace(
        "    odd: str", "    odds: frozenset[str] = frozenset('abcdef')\n    odd: str"
    )
    (tmp_path / "setting_plugin.py").write_text(sets)
    texts = {
        subprocess.run(
            [sys.executable, "-m", "legengine", "--plugin", "setting_plugin", *args],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(texts) == 1


def test_a_model_of_which_no_schema_can_be_made_is_named(
    legengine: Legengine, module: Module
) -> None:
    plugin = module(
        OPTIONS.replace("odd: str = ", "do: type(print) = print\n    odd: str = ").replace(
            '"forbid", frozen=True)\n    most', '"forbid", arbitrary_types_allowed=True)\n    most'
        )
    )
    ran = legengine("--plugin", plugin, "schema", "profile", "--with-plugins")
    assert (ran.code, ran.out) == (5, "")
    told = f"constraint 'apart' of plugin '{plugin}' given by the caller failed in the JSON Schema"
    assert told in ran.err
