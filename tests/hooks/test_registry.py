from __future__ import annotations

import pytest
from pydantic import BaseModel

from legengine.errors import InputError, PluginError
from legengine.hooks.contracts import API_VERSION, ExerciseLibrary, ProtocolPlugin
from legengine.hooks.discovery import FoundPlugin
from legengine.hooks.library import protocol_faults
from legengine.hooks.registry import KINDS, Registry

IMPL = "from legengine.hooks import hookimpl, NoOptions\n"


def only(*plugins: object, **more: object) -> Registry:
    return Registry.create(
        plugins, **{"bundled": False, "essential": False, "environment": {}, **more}
    )


def refused(module: object) -> str:
    with pytest.raises(PluginError) as caught:
        only(module)
    return str(caught.value)


def installed(found: list[FoundPlugin], **more: object) -> Registry:
    return Registry.create(found=found, essential=False, environment={}, **more)


# --- good plugins ---------------------------------------------------------------------------


def test_what_a_module_provides_is_there(module) -> None:
    registry = only(module())
    assert list(registry.formats) == ["paper"]
    assert registry.require("formats", "paper") is registry.formats["paper"]
    assert registry.provider("formats", "paper").name == "plugin_under_test"
    assert registry.records[0].provides == {"formats": ("paper",)}
    assert registry.warnings == ()
    registry.ensure()


def test_an_object_and_a_named_object_may_be_plugins(good, module) -> None:
    class Plugin:
        from legengine.hooks import hookimpl

        @hookimpl
        def legengine_formats(self):
            return module().legengine_formats()

    assert list(only(Plugin()).formats) == ["paper"]
    registry = only(("mine", Plugin()))
    assert [record.plugin.name for record in registry.records] == ["mine"]


def test_a_plugin_may_be_given_as_an_import_path(install, good) -> None:
    install("x", modules={"given_by_path": good})
    assert list(only("given_by_path").formats) == ["paper"]
    with pytest.raises(
        PluginError,
        match=r"ModuleNotFoundError.*put the folder that holds it into PYTHONPATH",
    ):
        only("no_such_module_anywhere")


def test_names_are_sorted_however_plugins_are_ordered(module, good) -> None:
    a = module(good, "a")
    b = module(good.replace('"paper"', '"braille"').replace("Paper", "Braille"), "b")
    assert list(only(a, b).formats) == list(only(b, a).formats) == ["braille", "paper"]
    assert [r.plugin.name for r in only(b, a).records] == ["a", "b"]


def test_nothing_can_be_changed(module) -> None:
    with pytest.raises(TypeError):
        only(module()).formats["x"] = 1


def test_two_registries_share_nothing(module) -> None:
    plugin = module()
    first, second = only(plugin), only()
    assert list(first.formats) == ["paper"]
    assert not second.formats


def test_one_module_given_and_installed_is_loaded_once(install, good) -> None:
    install("x-dist", plugins={"x": "both_ways"}, modules={"both_ways": good})
    import both_ways

    found = [FoundPlugin("x", "x-dist", "1.0", "both_ways")]
    registry = Registry.create([both_ways], found=found, essential=False, environment={})
    assert list(registry.formats) == ["paper"]
    assert {r.plugin.name: r.state for r in registry.records} == {
        "both_ways": "loaded",
        "x": "disabled",
    }


# --- broken plugins -------------------------------------------------------------------------

BROKEN = {
    "import error": ("import no_such_thing_at_all", "ModuleNotFoundError: No module named"),
    "exit": ("import sys; sys.exit(3)", "can't be imported: SystemExit: 3"),
    "syntax": ("def (", "SyntaxError"),
    "typo in the hook": (
        IMPL + "@hookimpl\ndef legengine_formatz(): return []",
        "there is no hook 'legengine_formatz'; did you mean 'legengine_formats'",
    ),
    "missing marker": (
        "def legengine_formats(): return []",
        "'legengine_formats' is not marked; put @hookimpl",
    ),
    "missing marker and typo": (
        "def legengine_format(): return []",
        "'legengine_format' is no hook and is not marked; did you mean 'legengine_formats'",
    ),
    "marker of another project": (
        "import pluggy\n@pluggy.HookimplMarker('pytest')\ndef legengine_formats(): return []",
        "is marked for another project (pytest_impl)",
    ),
    "no hook": ("x = 1", "implements no hook"),
    "argument": (
        IMPL + "@hookimpl\ndef legengine_formats(profile): return []",
        "must take no arguments, and takes 'profile'",
    ),
    "default": (
        IMPL + "@hookimpl\ndef legengine_formats(n=1): return []",
        "must take no arguments, and takes 'n' with a default",
    ),
    "class instead of an instance": (
        IMPL + "class P:\n @hookimpl\n def legengine_formats(self): return []\n",
        "implements no hook",
    ),
    "wrapper": (
        IMPL + "@hookimpl(wrapper=True)\ndef legengine_formats(): return (yield)",
        "uses wrapper",
    ),
    "order": (
        IMPL + "@hookimpl(tryfirst=True)\ndef legengine_formats(): return []",
        "uses tryfirst",
    ),
    "raises": (
        IMPL + "@hookimpl\ndef legengine_formats(): raise KeyError('lost')",
        "hook 'legengine_formats' failed: KeyError: 'lost'",
    ),
    "returns nothing": (
        IMPL + "@hookimpl\ndef legengine_formats(): pass",
        "returned nothing; is there a 'return'?",
    ),
    "generator": (
        IMPL + "@hookimpl\ndef legengine_formats(): yield 1",
        "must return a list or a tuple, not a generator",
    ),
    "wrong type": (
        IMPL + "@hookimpl\ndef legengine_formats(): return [1]",
        "a format (an int) has no 'name'",
    ),
    "not a library": (
        IMPL + "@hookimpl\ndef legengine_exercises(): return [{}]",
        "an exercise library must be made with ExerciseLibrary, not be a dict",
    ),
    "api is no number": ("LEGENGINE_API = '1'\n" + IMPL, "must be a number from 1, not '1'"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_is_recorded_and_the_others_work(name, install, good) -> None:
    text, reason = BROKEN[name]
    install("bad-dist", "0.3", {"bad": "bad_module"}, {"bad_module": text})
    install("good-dist", "1.0", {"good": "good_module"}, {"good_module": good})
    registry = installed(
        [
            FoundPlugin("bad", "bad-dist", "0.3", "bad_module"),
            FoundPlugin("good", "good-dist", "1.0", "good_module"),
        ]
    )
    bad, fine = registry.records
    assert (bad.state, fine.state) == ("broken", "loaded")
    assert reason in bad.reason
    assert list(registry.formats) == ["paper"]
    (warning,) = registry.warnings
    assert warning.startswith("plugin 'bad' of bad-dist 0.3 is broken: ")
    assert "uninstall bad-dist" in warning
    assert "LEGENGINE_DISABLE_PLUGINS=bad" in warning
    registry.ensure()
    with pytest.raises(PluginError, match=r"plugin 'bad' of bad-dist 0\.3 is broken"):
        registry.ensure(["bad"])


def test_strict_refuses_any_broken_plugin(install) -> None:
    found = [FoundPlugin("bad", "bad-dist", "0.3", "no_such_module_either")]
    with pytest.raises(PluginError, match="can't be imported"):
        installed(found, strict=True)


def test_a_plugin_for_a_newer_contract_is_incompatible(module, good) -> None:
    plugin = module(f"LEGENGINE_API = {API_VERSION + 1}\n" + good)
    assert "is incompatible: it is written for version 2" in refused(plugin)
    assert list(only(module(f"LEGENGINE_API = {API_VERSION}\n" + good)).formats) == ["paper"]


def test_an_optional_hook_of_another_release_is_ignored(module, good) -> None:
    text = good + "\n@hookimpl(optionalhook=True)\ndef legengine_dreams(x): return []\n"
    assert list(only(module(text)).formats) == ["paper"]


def test_nothing_is_taken_of_a_plugin_with_one_broken_hook(install, good) -> None:
    text = good + "\n@hookimpl\ndef legengine_constraints(): return [3]\n"
    install("half", modules={"half_broken": text})
    registry = installed([FoundPlugin("half", "half", "1", "half_broken")])
    assert not registry.formats
    assert registry.records[0].state == "broken"


def test_an_interrupt_is_not_a_broken_plugin(module) -> None:
    with pytest.raises(KeyboardInterrupt):
        only(module(IMPL + "@hookimpl\ndef legengine_formats(): raise KeyboardInterrupt"))


def test_an_object_with_hostile_properties_is_survived() -> None:
    class Plugin:
        @property
        def trap(self):
            raise RuntimeError

    assert "implements no hook" in refused(Plugin())


# --- objects --------------------------------------------------------------------------------

OBJECTS = {
    "name": ("name = 'Paper'", "must be lower-case letters, digits, '-' and '_', not 'Paper'"),
    "summary": ("summary = 'two\\nlines'", "the summary of format 'paper' must be one line"),
    "no summary": ("summary = ''", "the summary of format 'paper' must be one line of text"),
    "options": ("options = {}", "the options of format 'paper' must be a pydantic model"),
    "options object": ("options = NoOptions()", "must be a pydantic model (the class)"),
    "suffixes": ("suffixes = '.paper'", "must be a tuple such as ('.json',)"),
    "suffix": ("suffixes = ('paper',)", "must be a tuple such as ('.json',)"),
    "method": ("referral = None", "'referral' of format 'paper' must be callable"),
    "signature": (
        "def referral(self, referral): return ''",
        "'referral' of format 'paper' must take (referral, options), and takes (referral)",
    ),
    "property": (
        "@property\n    def name(self): raise OSError('disk')",
        "the 'name' of a format (a Bad) raised OSError: disk",
    ),
}


@pytest.mark.parametrize("name", OBJECTS)
def test_objects_are_checked(name, module, good) -> None:
    change, reason = OBJECTS[name]
    text = good.replace("@hookimpl", f"class Bad(Paper):\n    {change}\n\n@hookimpl")
    assert reason in refused(module(text.replace("[Paper()]", "[Bad()]")))


def test_a_class_is_no_object(module, good) -> None:
    assert "return Paper()" in refused(module(good.replace("[Paper()]", "[Paper]")))


def test_a_missing_member_is_named(module, good) -> None:
    text = good.replace("    def referral(self, referral, options): return", "    other =")
    assert "format 'paper' has no 'referral'" in refused(module(text))


def test_the_level_of_an_objective_is_checked(module) -> None:
    text = IMPL + (
        "class Wish:\n"
        "    name = 'wish'; summary = 'A wish.'; options = NoOptions; level = 'volum'\n"
        "    def post(self, builder, problem): ...\n"
        "    def score(self, problem, schedule): return 0\n"
        "    def describe(self, label, problem): return ''\n"
        "@hookimpl\ndef legengine_objectives(): return (Wish(),)\n"
    )
    assert "is unknown: 'volum'; did you mean 'volume'?" in refused(module(text))
    assert list(only(module(text.replace("'volum'", "'volume'"))).objectives) == ["wish"]


# --- conflicts ------------------------------------------------------------------------------


def test_two_objects_of_one_name_in_one_plugin(module, good) -> None:
    text = good.replace("[Paper()]", "[Paper(), Paper()]")
    assert "two objects are called 'paper'" in refused(module(text))


def test_two_plugins_with_one_object_name_are_both_named(module, good) -> None:
    registry = only(module(good, "left"), module(good, "right"))
    assert not registry.formats
    with pytest.raises(PluginError) as caught:
        registry.require("formats", "paper")
    assert "format 'paper' is provided by plugin 'left'" in str(caught.value)
    assert "and by plugin 'right'" in str(caught.value)
    assert len(registry.warnings) == 1
    registry.ensure()  # a format that nobody asks for


def test_a_conflict_of_rules_stops_everything(module) -> None:
    text = IMPL + (
        "class Rule:\n"
        "    name = 'rest'; summary = 'Rest.'; options = NoOptions\n"
        "    def admits(self, problem, exercise, slot): ...\n"
        "    def post(self, builder, problem): ...\n"
        "    def check(self, problem, schedule): return ()\n"
        "    def describe(self, label, problem): return ''\n"
        "@hookimpl\ndef legengine_constraints(): return (Rule(),)\n"
    )
    registry = only(module(text, "left"), module(text, "right"))
    with pytest.raises(PluginError, match="constraint 'rest' is provided by plugin 'left'"):
        registry.ensure()


def test_two_distributions_with_one_plugin_name(install, good) -> None:
    found = [FoundPlugin("x", "one", "1", "a"), FoundPlugin("x", "two", "2", "b")]
    registry = installed(found)
    assert {record.state for record in registry.records} == {"broken"}
    assert all("one 1 and two 2 both provide" in record.reason for record in registry.records)
    with pytest.raises(PluginError, match="one 1 and two 2"):
        registry.ensure(["x"])
    assert not installed(found, disable=["x"]).warnings


def test_a_given_plugin_cannot_take_the_name_of_an_installed_one(module, good, install) -> None:
    found = [FoundPlugin("x", "one", "1", "a")]
    with pytest.raises(PluginError, match="have the same name"):
        Registry.create([("x", module())], found=found, essential=False, environment={})
    registry = Registry.create(
        [("x", module())], found=found, essential=False, environment={}, disable=["x"]
    )
    assert list(registry.formats) == ["paper"]


# --- what is needed -------------------------------------------------------------------------


def test_an_unknown_object_is_told_with_a_suggestion(module) -> None:
    with pytest.raises(InputError) as caught:
        only(module()).require("formats", "papr", field="--format")
    assert str(caught.value) == "--format: there is no format 'papr' (did you mean 'paper'?)"


def test_an_unknown_object_may_be_a_broken_plugins(install) -> None:
    registry = installed([FoundPlugin("pdf", "pdf-dist", "1", "no_such_pdf")])
    with pytest.raises(InputError, match=r"not loaded: 'pdf' \(broken\)"):
        registry.require("formats", "booklet")
    with pytest.raises(PluginError, match="plugin 'pdf' of pdf-dist 1 is broken"):
        registry.require("formats", "pdf")


def test_a_plugin_that_a_profile_requires_has_to_be_there(module) -> None:
    registry = only(module())
    registry.ensure(["plugin_under_test"])
    with pytest.raises(InputError, match="plugin 'swim' is not installed"):
        registry.ensure(["swim"])
    found = [FoundPlugin("swim", "d", "1", "x")]
    with pytest.raises(InputError, match="plugin 'swim' is needed: disabled by name"):
        installed(found, disable=["swim"]).ensure(["swim"])


def test_a_broken_plugin_of_legengine_itself_stops_everything() -> None:
    registry = installed([FoundPlugin("screening", "legengine", "1", "no_such_screening")])
    with pytest.raises(PluginError, match="it comes with legengine: reinstall legengine"):
        registry.ensure()


def test_a_kind_that_must_not_be_empty(module) -> None:
    registry = only(module())
    registry.ensure(kinds=["formats"])
    with pytest.raises(PluginError, match="no plugin provides any screening rule"):
        registry.ensure(kinds=["screenings"])


def test_the_rules_are_loaded_even_without_the_bundled() -> None:
    found = [FoundPlugin("rules", "legengine", "1", "no_such_rules")]
    registry = Registry.create(bundled=False, found=found, environment={})
    assert registry.records[0].state == "broken"
    with pytest.raises(PluginError):
        registry.ensure()
    with pytest.raises(InputError, match="can't be disabled"):
        Registry.create(found=found, disable=["rules"], environment={})


def test_a_disabled_plugin_is_never_imported(install) -> None:
    found = [FoundPlugin("x", "d", "1", "x_boom")]
    install("d", modules={"x_boom": "1/0"})
    registry = installed(found, disable=["x"])
    assert registry.records[0].state == "disabled"
    assert not registry.warnings
    registry = Registry.create(
        found=found, essential=False, environment={"LEGENGINE_DISABLE_PLUGINS": "x"}
    )
    assert registry.records[0].reason == "disabled by LEGENGINE_DISABLE_PLUGINS"


# --- data and options -----------------------------------------------------------------------


def data_plugin(module, **objects: object):
    text = IMPL + "".join(
        f"@hookimpl\ndef legengine_{kind}(): return [{kind}_object]\n" for kind in objects
    )
    return module(text, **{f"{kind}_object": value for kind, value in objects.items()})


def test_a_failing_load_names_its_plugin(module) -> None:
    def load():
        raise InputError("gates.json: broken")

    plugin = data_plugin(
        module,
        exercises=ExerciseLibrary("pool", "Water.", load),
        protocols=ProtocolPlugin("swim", "Swim.", lambda: 3),
    )
    registry = only(plugin)
    with pytest.raises(
        PluginError, match=r"library 'pool' of plugin .* failed in load: gates\.json: broken"
    ):
        registry.library()
    with pytest.raises(PluginError, match="TypeError: expected Protocol, got int"):
        registry.protocol("swim")


def test_without_libraries_the_library_is_empty() -> None:
    assert only().library().exercises == ()


def test_options_are_checked_by_their_model(module) -> None:
    class Options(BaseModel, extra="forbid"):
        hours: int = 3

    plugin = data_plugin(module, protocols=ProtocolPlugin("pool", "Water.", lambda: None, Options))
    registry = only(plugin)
    assert registry.options("protocols", "pool", {"hours": 4}) == Options(hours=4)
    with pytest.raises(
        InputError, match=r"rules\.pool\.hour: unknown option 'hour' \(did you mean 'hours'"
    ):
        registry.options("protocols", "pool", {"hour": 4}, field="rules.pool")
    with pytest.raises(InputError, match=r"rules\.pool\.hours: expected a whole number"):
        registry.options("protocols", "pool", {"hours": "x"}, field="rules.pool")


def test_blame_names_the_plugin(module) -> None:
    registry = only(module())
    with (
        pytest.raises(PluginError) as caught,
        registry.blame("formats", "paper", "program"),
    ):
        raise ZeroDivisionError("no")
    assert "format 'paper' of plugin 'plugin_under_test'" in str(caught.value)
    assert "failed in program: ZeroDivisionError: no" in str(caught.value)
    with pytest.raises(InputError), registry.blame("formats", "paper"):
        raise InputError("mine")


def test_the_bundled_plugins_are_sound() -> None:
    registry = Registry.create(environment={"LEGENGINE_NO_AUTOLOAD": "1"})
    if len(registry.records) < 6:
        pytest.skip("legengine is not installed")
    assert registry.warnings == ()
    registry.ensure(kinds=[kind for kind in KINDS if kind != "readers"])  # a file needs none
    library = registry.library()
    for name in registry.protocols:
        assert protocol_faults(registry.protocol(name), library, registry.progressions) == ()
