from __future__ import annotations

import subprocess
import sys

import pytest

from legengine.errors import InputError
from legengine.hooks.discovery import FoundPlugin, Selection, find, select

OURS = FoundPlugin("rules", "legengine", "1", "legengine.rules")
LEGS = FoundPlugin("legs", "legengine", "1", "legengine_legs.plugin")
THEIRS = FoundPlugin("swim", "legengine-swim", "2", "legengine_swim")


def why(found: list[FoundPlugin], selection: Selection) -> dict[str, str]:
    return {choice.plugin.name: choice.disabled for choice in select(found, selection)}


def test_plugins_are_found_without_being_imported(install) -> None:
    install("legengine-b", "2.1", {"zeta": "boom_b", "alpha": "boom_b:thing"}, {"boom_b": "1/0"})
    found = [plugin for plugin in find() if plugin.distribution == "legengine-b"]
    assert found == [
        FoundPlugin("alpha", "legengine-b", "2.1", "boom_b:thing"),
        FoundPlugin("zeta", "legengine-b", "2.1", "boom_b"),
    ]
    assert "boom_b" not in sys.modules
    assert str(found[0]) == "plugin 'alpha' of legengine-b 2.1"


def test_other_groups_are_not_ours(install) -> None:
    install("other", "1", {"x": "legengine_x"}, group="pytest12")
    assert "x" not in {plugin.name for plugin in find()}


def test_of_two_copies_of_a_distribution_the_first_on_the_path_counts(install) -> None:
    install("Legengine_B", "1.0", {"b": "old"})
    install("legengine-b", "2.0", {"b": "new"})
    assert [(p.version, p.value) for p in find() if p.name == "b"] == [("2.0", "new")]


def test_two_distributions_with_one_plugin_name_are_both_found(install) -> None:
    install("one", "1.0", {"b": "x"})
    install("two", "1.0", {"b": "y"})
    assert [plugin.distribution for plugin in find() if plugin.name == "b"] == ["one", "two"]


def test_the_rules_are_found_even_without_metadata(install) -> None:
    assert any((p.name, p.value) == ("rules", "legengine.rules") for p in find())
    install("evil", "1.0", {"rules": "evil"})
    assert len([plugin for plugin in find() if plugin.name == "rules"]) == 2


def test_damaged_metadata_are_survived(install) -> None:
    folder = install("broken", "1.0", {"b": "x"})
    (folder / "broken-1.0.dist-info" / "METADATA").unlink()
    assert any(plugin.name == "b" for plugin in find())
    folder = install("bad", "1.0", {"c": "!!"})
    (plugin,) = [plugin for plugin in find() if plugin.name == "c"]
    with pytest.raises(ImportError, match="doesn't say a module"):
        plugin.load()


def test_everything_is_chosen_unless_it_is_said_otherwise() -> None:
    assert why([OURS, LEGS, THEIRS], Selection()) == {"rules": "", "legs": "", "swim": ""}
    chosen = why([OURS, LEGS, THEIRS], Selection(disable=("swim",)))
    assert chosen == {"rules": "", "legs": "", "swim": "disabled by name"}
    chosen = why([OURS, LEGS, THEIRS], Selection(allow=("legs",)))
    assert chosen["swim"] == "not among the plugins that are allowed"
    assert chosen["rules"] == chosen["legs"] == ""


def test_without_autoload_only_what_comes_with_legengine_is_left() -> None:
    chosen = why([OURS, LEGS, THEIRS], Selection(autoload=False))
    assert chosen == {"rules": "", "legs": "", "swim": "autoload is off"}
    chosen = why([OURS, LEGS, THEIRS], Selection(autoload=False, allow=("swim",)))
    assert chosen["swim"] == ""


def test_without_the_bundled_plugins_only_the_essential_one_is_left() -> None:
    reason = "only essential plugins are loaded"
    chosen = why([OURS, LEGS, THEIRS], Selection(bundled=False))
    assert chosen == {"rules": "", "legs": reason, "swim": reason}


def test_the_environment_can_disable() -> None:
    selection = Selection().with_environment({"LEGENGINE_DISABLE_PLUGINS": " swim , unknown,"})
    assert why([OURS, LEGS, THEIRS], selection)["swim"] == "disabled by LEGENGINE_DISABLE_PLUGINS"
    selection = Selection().with_environment({"LEGENGINE_NO_AUTOLOAD": "1"})
    chosen = why([OURS, LEGS, THEIRS], selection)
    assert chosen["legs"] == ""
    assert chosen["swim"] == "left out by LEGENGINE_NO_AUTOLOAD"
    selection = Selection().with_environment({"LEGENGINE_NO_AUTOLOAD": "0"})
    assert why([THEIRS], selection) == {"swim": ""}


@pytest.mark.parametrize(
    "selection",
    [
        Selection(disable=("rules",)),
        Selection().with_environment({"LEGENGINE_DISABLE_PLUGINS": "rules"}),
    ],
)
def test_the_rules_cannot_be_disabled(selection: Selection) -> None:
    with pytest.raises(InputError, match="can't be disabled"):
        select([OURS, LEGS], selection)


def test_an_unknown_name_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(InputError, match=r"no plugin 'swin' is installed .*did you mean 'swim'"):
        select([OURS, THEIRS], Selection(disable=("swin",)))
    with pytest.raises(InputError, match="no plugin 'leg' is installed"):
        select([OURS, LEGS], Selection(allow=("leg",)))


def test_duplicates_know_each_other() -> None:
    other = FoundPlugin("swim", "legengine-other", "1", "other")
    choices = select([other, THEIRS], Selection())
    assert [choice.duplicates for choice in choices] == [(THEIRS,), (other,)]


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from legengine.hooks.registry import Registry as R\n"
        "R.create(essential=False, bundled=False)\n"
        "print([m for m in ('ortools', 'numpy', 'pandas', 'rich', 'yaml') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
