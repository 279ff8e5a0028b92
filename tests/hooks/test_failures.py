"""The failure matrix, over real distributions with metadata: who is told what, and what goes on."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from legengine import Engine
from legengine.errors import InputError, LegengineError, PluginError
from legengine.hooks import loading, watching
from legengine.hooks.registry import Registry
from legengine.testing import START, TODAY, sample_profile
from tests.hooks.broken_plugins import LOADING, USING, rule

CURE = "update or uninstall bad-dist, or leave the plugin out with LEGENGINE_DISABLE_PLUGINS=bad"
WHO = "plugin 'bad' of bad-dist 0.3"


@pytest.fixture
def broken(install, good):
    """Install one that is broken, beside one that is not."""

    def make(module: str, requires=()) -> None:
        install("good-dist", "1.0", {"paper": "good_plugin"}, {"good_plugin": good})
        install("bad-dist", "0.3", {"bad": "bad_plugin"}, {"bad_plugin": module}, requires=requires)

    return make


# --- while it is loaded --------------------------------------------------------------------


@pytest.mark.parametrize("name", LOADING)
def test_a_plugin_that_can_not_be_loaded(name: str, broken) -> None:
    case = LOADING[name]
    broken(case.module, case.requires)

    # Not needed: a warning, and everything else works.
    engine = Engine()
    records = {record.plugin.name: record for record in engine.registry.records}
    assert records["bad"].state == case.state
    (warning,) = engine.registry.warnings
    assert warning.startswith(f"{WHO} is {case.state}: ")
    assert case.said in warning
    assert warning.endswith(f"({CURE})")
    assert records["paper"].state == "loaded"
    assert engine.generate(sample_profile(weeks=1), today=TODAY, start=START).check.ok

    # Required, or strict: an error, and nothing is made.
    with pytest.raises(PluginError) as caught:
        engine.generate(sample_profile(requires=["bad"]), today=TODAY, start=START)
    assert str(caught.value) == warning
    assert (caught.value.plugin, caught.value.distribution) == ("bad", "bad-dist 0.3")
    with pytest.raises(PluginError) as caught:
        Engine(strict=True)
    assert str(caught.value) == warning

    # Left out: as if it weren't there, and not even imported.
    sys.modules.pop("bad_plugin", None)
    without = Engine(disable=["bad"])
    assert without.registry.warnings == ()
    assert "bad_plugin" not in sys.modules
    with pytest.raises(InputError, match="plugin 'bad' is needed: disabled by name"):
        without.generate(sample_profile(requires=["bad"]), today=TODAY, start=START)


def test_a_plugin_that_is_too_old(broken, monkeypatch) -> None:
    from legengine.hooks import contracts

    monkeypatch.setattr(contracts, "OLDEST_API_VERSION", 2)
    monkeypatch.setattr(contracts, "API_VERSION", 3)
    broken("LEGENGINE_API = 1\n" + LOADING["returns nothing"].module)
    record = {r.plugin.name: r for r in Registry.create().records}["bad"]
    assert record.state == "incompatible"
    assert "it is written for version 1 of the plugin contract, and this legengine takes" in (
        record.reason
    )
    assert "a newer release of the plugin is needed" in record.reason


def test_two_of_one_name_are_both_told(install, good) -> None:
    install("one-dist", "1.0", {"paper": "one_plugin"}, {"one_plugin": good})
    install("two-dist", "2.0", {"paper": "two_plugin"}, {"two_plugin": good})
    engine = Engine()
    assert engine.generate(sample_profile(weeks=1), today=TODAY, start=START).check.ok
    with pytest.raises(PluginError) as caught:
        engine.generate(sample_profile(requires=["paper"]), today=TODAY, start=START)
    assert "one-dist 1.0 and two-dist 2.0 both provide a plugin of this name" in str(caught.value)
    with pytest.raises(PluginError, match="uninstall all but one"):
        Engine(strict=True)


def test_two_objects_of_one_name_are_told_with_both_providers(install, good) -> None:
    install("one-dist", "1.0", {"one": "one_plugin"}, {"one_plugin": good})
    install("two-dist", "2.0", {"two": "two_plugin"}, {"two_plugin": good})
    engine = Engine()
    program = engine.generate(sample_profile(weeks=1), today=TODAY, start=START)
    with pytest.raises(PluginError) as caught:
        engine.render(program, "paper")
    assert str(caught.value) == (
        "format 'paper' is provided by plugin 'one' of one-dist 1.0 and by plugin 'two' of "
        "two-dist 2.0; disable or uninstall all but one of them"
    )


# --- while it is used ----------------------------------------------------------------------


@pytest.mark.parametrize("name", USING)
def test_a_plugin_that_fails_while_it_is_used(name: str, broken) -> None:
    case = USING[name]
    broken(case.module)
    engine = Engine()
    assert engine.registry.warnings == ()
    asked = sample_profile(weeks=1, **case.profile)
    with pytest.raises(LegengineError) as caught:
        engine.generate(asked, today=TODAY, start=START)
    message = str(caught.value)
    assert isinstance(caught.value, PluginError), message
    assert WHO in message
    assert case.said in message
    assert message.endswith(f"({CURE})")
    assert caught.value.plugin == "bad"

    # Where nothing asks for it, it harms nothing; and nothing does once it is left out.
    plain = sample_profile(weeks=1)
    if not case.unasked:
        assert engine.generate(plain, today=TODAY, start=START).check.ok
    assert Engine(disable=["bad"]).generate(plain, today=TODAY, start=START).check.ok


NEVER = (
    "def post(self, builder, problem):\n"
    "        for slot in builder.slots():\n"
    "            builder.require(Label.of('gap'), [(builder.used(slot.id), 1)], high=0)\n"
    "    def describe(self, label, problem): {body}"
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 1/0", "failed in describe: ZeroDivisionError: division by zero"),
        ("return ''", "failed in describe: it returned ''; return one line of text"),
    ],
)
def test_a_rule_that_can_not_say_what_it_asks_for(body: str, said: str, broken) -> None:
    broken(rule(NEVER.format(body=body)))
    with pytest.raises(PluginError) as caught:
        Engine().generate(sample_profile(weeks=1), today=TODAY, start=START)
    assert WHO in str(caught.value)
    assert said in str(caught.value)


# --- what is no failure --------------------------------------------------------------------


def test_what_a_plugin_prints_is_a_remark_where_it_is_watched(broken, capsys, good) -> None:
    broken("print('hello from a plugin')\n" + good.replace("paper", "card"))
    registry = Registry.create(watch=True)
    (record,) = (r for r in registry.records if r.plugin.name == "bad")
    assert record.state == "loaded"
    (remark,) = record.remarks
    assert remark.startswith("it printed 'hello from a plugin' while it was imported")
    assert capsys.readouterr().out == ""
    sys.modules.pop("bad_plugin")
    Registry.create()  # a service isn't watched: its standard output is its own
    assert capsys.readouterr().out == "hello from a plugin\n"


def test_a_plugin_that_takes_long_to_import_is_a_remark(broken, good, monkeypatch) -> None:
    broken(
        "import legengine.hooks.watching as w\nw.time.now += 5.2\n" + good.replace("paper", "card")
    )

    class Clock:
        now = 0.0

        def perf_counter(self) -> float:
            return self.now

    monkeypatch.setattr(watching, "time", Clock())
    (record,) = (r for r in Registry.create(watch=True).records if r.plugin.name == "bad")
    (remark,) = record.remarks
    assert remark == (
        "it took 5.2 s to be imported; import what is heavy inside the hook or the method "
        "that needs it"
    )


# --- the command line ----------------------------------------------------------------------

LOUD = "import pathlib; pathlib.Path({place!r}).touch(); raise SystemExit('gone')\n"


def run(paths: list[Path], *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "legengine", *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths)), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_broken_plugin_is_imported_for_help_or_a_list(install, tmp_path: Path) -> None:
    touched = tmp_path / "imported"
    paths = [
        install(
            f"bad{n}", "1", {f"bad-{n}": f"bad_{n}"}, {f"bad_{n}": LOUD.format(place=str(touched))}
        )
        for n in range(3)
    ]
    for arguments in (["--help"], ["--version"], ["plugins"], ["plugins", "list", "--json"],
                      ["plugins", "list", "--requirements"], ["schema", "profile"]):  # fmt: skip
        done = run(paths, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert not touched.exists(), arguments
    done = run(paths, "plugins", "list", "--load")
    assert done.returncode == 5
    assert touched.exists()
    assert done.stdout.count("it can't be imported: SystemExit: gone") == 3
    assert "uninstall bad1" in done.stdout


# --- order ---------------------------------------------------------------------------------

POLITE = """
from legengine.hooks import NoOptions, hookimpl
class Rule:
    summary = "nothing"; options = NoOptions
    def __init__(self, name): self.name = name
    def admits(self, problem, exercise, slot): return None
    def post(self, builder, problem): pass
    def check(self, problem, schedule): return []
    def describe(self, label, problem): return "nothing"
@hookimpl
def legengine_constraints(): return [Rule(name) for name in {names}]
"""


def test_neither_the_path_nor_the_hash_seed_changes_a_byte(install, tmp_path: Path) -> None:
    paths = [
        install(
            "one",
            "1",
            {"zeta": "one_rules"},
            {"one_rules": POLITE.format(names=["z_rule", "b_rule"])},
        ),
        install(
            "two",
            "1",
            {"alpha": "two_rules"},
            {"two_rules": POLITE.format(names=["a_rule", "y_rule"])},
        ),
    ]
    profile = Path(__file__).parents[2] / "examples" / "beginner-at-home.yaml"
    asked = (
        "generate",
        str(profile),
        "--today",
        "2026-11-23",
        "--start",
        "2026-11-30",
        "--json",
        "-q",
    )
    seen = set()
    for order in (paths, paths[::-1]):
        for seed in ("1", "2"):
            done = run(order, *asked, PYTHONHASHSEED=seed)
            assert done.returncode == 0, done.stderr
            assert '"a_rule"' in done.stdout
            seen.add(hashlib.sha256(done.stdout.encode()).hexdigest())
    assert len(seen) == 1


def test_every_state_has_a_cure() -> None:
    assert "reinstall" in loading.cure(
        next(r.plugin for r in Registry.create().records if r.plugin.name == "legs")
    )
