"""``legengine plugins``: what is there, what is wrong with it, how a profile sets it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

from legengine.intake.reader import profile_from_data

from .conftest import Legengine, Module
from .sources import BROKEN, NEEDING, OPTIONS, PRINTING, PROFILE


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed distribution whose plugin can't be imported."""
    site = tmp_path / "site"
    info = site / "legengine_bad-0.3.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: legengine-bad\nVersion: 0.3\n")
    (info / "entry_points.txt").write_text("[legengine]\nbad = legengine_bad_cli\n")
    (site / "legengine_bad_cli.py").write_text(BROKEN)
    monkeypatch.syspath_prepend(site)
    for name in ("LEGENGINE_DISABLE_PLUGINS", "LEGENGINE_NO_AUTOLOAD", "LEGENGINE_PLUGINS"):
        monkeypatch.delenv(name, raising=False)
    return site


CURE = (
    "update or uninstall legengine-bad, or leave the plugin out with LEGENGINE_DISABLE_PLUGINS=bad"
)


# --- the list -------------------------------------------------------------------------------


def test_a_list_imports_nothing(legengine: Legengine, broken: Path) -> None:
    ran = legengine("plugins")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split() for line in ran.out.splitlines()]
    assert rows[0] == ["name", "version", "state", "distribution"]
    assert ["bad", "0.3", "found", "legengine-bad"] in rows
    assert "legengine_bad_cli" not in sys.modules


def test_what_is_broken_is_told_with_its_cure(legengine: Legengine, broken: Path) -> None:
    ran = legengine("plugins", "list", "--load")
    assert (ran.code, ran.err) == (5, "")
    assert f"\n\nbad: it can't be imported: RuntimeError: out of order\n  {CURE}\n" in ran.out
    data = json.loads(legengine("plugins", "list", "--load", "--json").out)
    (row,) = [row for row in data if row["name"] == "bad"]
    assert (row["state"], row["cure"], row["provides"]) == ("broken", CURE, {})
    ran = legengine("--disable", "bad", "plugins", "list", "--load")
    assert (ran.code, "bad: disabled by name" in ran.out) == (0, True)


def test_a_list_of_one_kind(legengine: Legengine, module: Module) -> None:
    args = ("plugins", "list", "--load", "--json", "--kind")
    for word in ("constraints", "constraint"):
        plugin = module(OPTIONS)
        rows = json.loads(legengine("--plugin", plugin, *args, word).out)
        assert {row["name"] for row in rows} == {plugin, "rules"}
        assert all(list(row["provides"]) == ["constraints"] for row in rows)
    ran = legengine(*args, "constrants")
    assert (ran.code, "did you mean 'constraints'?" in ran.err) == (2, True)
    assert legengine("plugins", "list", "--kind", "constraints").code == 2


def test_a_list_on_a_terminal_is_not_cut(
    legengine: Legengine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (80, 40):
        monkeypatch.setenv("COLUMNS", str(width))
        out = legengine("plugins", "list", "--load").out
        assert max(map(len, out.splitlines())) <= width
        assert "…" not in out
        assert "weak_side" in out
        assert out.count("leg-restoration\n") + out.count("leg-restoration ") >= 1


def test_requirements_are_what_pip_takes(
    legengine: Legengine, broken: Path, module: Module
) -> None:
    plugin = module(OPTIONS)
    ran = legengine("--plugin", plugin, "plugins", "list", "--requirements")
    assert (ran.code, ran.err) == (0, "")
    *lines, last = ran.out.splitlines()
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0])
    assert "legengine-bad==0.3" in lines
    assert any(line.startswith("legengine==") for line in lines)
    assert last == f"# {plugin}: given by --plugin, and no distribution of its own"
    assert "legengine_bad_cli" not in sys.modules
    assert legengine("plugins", "list", "--requirements", "--load").code == 2


def test_what_prints_is_remarked(legengine: Legengine, module: Module) -> None:
    for flags, command in ((("--json",), "list"), ((), "list"), ((), "show")):
        plugin = module(PRINTING)
        args = ("--load", *flags) if command == "list" else (plugin,)
        ran = legengine("--plugin", plugin, "plugins", command, *args)
        assert (ran.code, ran.err) == (0, "")
        if flags:
            (row,) = [row for row in json.loads(ran.out) if row["name"] == plugin]
            assert "at import" in " ".join(row["remarks"])
        else:
            assert "at import" in ran.out


def test_two_of_one_name_are_told(legengine: Legengine, module: Module) -> None:
    plugins = [module(OPTIONS), module(OPTIONS)]
    args = ("--plugin", plugins[0], "--plugin", plugins[1], "plugins")
    ran = legengine(*args, "list", "--load")
    assert ran.code == 5
    assert f"{plugins[0]}: format 'paper' is not used: it is provided by plugin" in ran.out
    assert "disable or uninstall all but one of them" in ran.out
    ran = legengine(*args, "show", "format/paper")
    assert (ran.code, all(name in ran.err for name in plugins)) == (5, True)


# --- one plugin -----------------------------------------------------------------------------


def test_a_plugin_is_shown(
    legengine: Legengine, module: Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin = module(OPTIONS)
    monkeypatch.setenv("COLUMNS", "80")
    ran = legengine("--plugin", plugin, "plugins", "show", plugin)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert lines[:3] == [f"{plugin} [loaded]", "from: given by name", f"module: {plugin}"]
    assert "options, in a profile under rules.apart:" in lines
    assert "option type default meaning" in lines
    assert "pairs[].first text needed the id of an exercise" in lines
    assert "a calm week (level preference)" in lines
    assert "a page (suffixes .paper)" in lines
    for place in ("rules.calm", "formats.paper", "screening.rules.dizzy", "libraries[].options"):
        assert f"options, in a profile under {place}:" in lines


def test_the_example_can_be_pasted_into_a_profile(legengine: Legengine, module: Module) -> None:
    plugin = module(OPTIONS)
    for name in ("apart", "calm", "paper", "dizzy", "linear", "leg-restoration", "lists"):
        ran = legengine("--plugin", plugin, "plugins", "show", name, "--json")
        data = json.loads(ran.out)
        if "brings" in data:  # a plugin of the same name
            (data,) = [each for each in data["brings"] if each["name"] == name]
        profile = yaml.safe_load(PROFILE) | data["profile"]
        profile_from_data(profile)
        text = legengine("--plugin", plugin, "plugins", "show", name).out
        if data["example"] is not None:
            start = text.index("example:\n") + len("example:\n")
            block = text[start:].split("\n\n")[0]
            assert yaml.safe_load(block) == data["profile"]
    data = json.loads(legengine("--plugin", plugin, "plugins", "show", "apart", "--json").out)
    assert data["example"] == {"most": 2, "pairs": [{"first": "wall_sit"}]}
    assert data["options"]["properties"]["most"]["default"] == 1


def test_what_is_needed_is_told_by_its_type(legengine: Legengine, module: Module) -> None:
    ran = legengine("--plugin", module(NEEDING), "plugins", "show", "pool")
    assert "hours: <whole number>" in ran.out


def test_an_example_that_does_not_fit_is_told(legengine: Legengine, module: Module) -> None:
    plugin = module(OPTIONS.replace('{"most": 2,', '{"mots": 2,'))
    ran = legengine("--plugin", plugin, "plugins", "show", "apart")
    assert ran.code == 0
    assert "remark: its own example doesn't fit its options: examples[0].mots: unknown" in ran.out


def test_a_broken_plugin_says_why(legengine: Legengine, broken: Path) -> None:
    ran = legengine("plugins", "show", "bad")
    assert (ran.code, ran.err) == (5, "")
    assert ran.out.startswith("bad  [broken]\nfrom: legengine-bad 0.3\nmodule: legengine_bad_cli\n")
    assert f"why: it can't be imported: RuntimeError: out of order\nwhat to do: {CURE}" in ran.out
    ran = legengine("--disable", "bad", "plugins", "show", "bad")
    assert (ran.code, "why: disabled by name" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("linaer", "no plugin and nothing that one brings is called 'linaer' (did you mean 'lin"),
        ("zzz", "('legengine plugins list --load' tells all names)"),
        ("constrant/time", "there is no kind 'constrant' (did you mean 'constraints'?)"),
        ("constraints/tmie", "there is no constraint 'tmie' (did you mean 'time'?)"),
    ],
)
def test_an_unknown_name_gets_the_nearest(name: str, told: str, legengine: Legengine) -> None:
    ran = legengine("plugins", "show", name)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


# --- which are loaded -----------------------------------------------------------------------


def test_warnings_say_what_to_do(legengine: Legengine, broken: Path, tmp_path: Path) -> None:
    told = "plugin 'bad' of legengine-bad 0.3 is broken: it can't be imported: RuntimeError: out"
    ran = legengine("protocols")
    assert ran.code == 0
    assert ran.err == f"legengine: warning: {told} of order ({CURE})\n"
    profile = tmp_path / "p.yaml"
    profile.write_text(PROFILE)
    assert legengine("screen", profile).err.count("warning") == 1
    assert legengine("screen", profile, "-q").err == ""
    ran = legengine("--strict-plugins", "protocols")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err == f"legengine: {told} of order ({CURE})\n"
    ran = legengine("--no-autoload", "protocols")
    assert (ran.code, ran.err) == (0, "")
    rows = [line.split() for line in legengine("--no-autoload", "plugins").out.splitlines()]
    assert ["bad", "0.3", "disabled", "legengine-bad"] in rows
    assert "legengine-bad 0.3: bad" in legengine("--version").out


@pytest.mark.parametrize(
    ("names", "state"), [("", "disabled"), ("other", "disabled"), ("other, bad", "found")]
)
def test_the_environment_may_name_the_only_ones(
    names: str,
    state: str,
    legengine: Legengine,
    broken: Path,
    module: Module,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LEGENGINE_PLUGINS", names)
    plugin = module(OPTIONS)
    rows = json.loads(legengine("--plugin", plugin, "plugins", "--json").out)
    states = {row["name"]: row["state"] for row in rows}
    assert states["bad"] == state
    assert (states[plugin], states["formats"]) == ("given", "found")
    assert legengine("protocols").err.count("warning") == (state == "found")


@pytest.mark.parametrize("command", [("plugins",), ("protocols",), ("plugins", "show", "rules")])
def test_an_essential_plugin_stays(command: tuple[str, ...], legengine: Legengine) -> None:
    ran = legengine("--disable", "rules", *command)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "legengine: plugin 'rules' can't be disabled "
        "(it holds the rules that every program must keep)\n"
    )
