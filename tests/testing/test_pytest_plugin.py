"""The kit inside pytest: one item a check, expected failures, fixtures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from legengine import InputError
from legengine.testing import plugin_checks
from tests.testing.good import FewOf, plugin

pytest_plugins = ["pytester"]

CONFORMANCE = """
from legengine.testing import plugin_checks

@plugin_checks({plugin}, expected_failures={expected})
def test_conformance(check):
    check()
"""


@pytest.fixture
def author(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, plain: str
) -> pytest.Pytester:
    """A folder with a plugin module, in which pytest runs in a process of its own."""
    pytester.makepyfile(plain_of_an_author=plain)
    here = str(Path(__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(pytester.path), here]))
    return pytester


def test_one_item_a_check(author: pytest.Pytester) -> None:
    author.makepyfile(test_it=CONFORMANCE.format(plugin="'plain_of_an_author'", expected={}))
    ran = author.runpytest_subprocess("-v", "-p", "no:cacheprovider")
    ran.assert_outcomes(passed=15, skipped=1)
    ran.stdout.fnmatch_lines(
        ["*test_conformance[[]plugin: loads[]] PASSED*", "*format plain: hostile texts*PASSED*"]
    )


def test_expected_failures_have_to_fail(author: pytest.Pytester, plain: str) -> None:
    author.makepyfile(plain_of_an_author=plain.replace('".plain"', '".md"'))
    expected = {"format plain: suffixes": "it is renamed in the next release"}
    author.makepyfile(test_it=CONFORMANCE.format(plugin="'plain_of_an_author'", expected=expected))
    ran = author.runpytest_subprocess("-rx", "-k", "suffixes")
    ran.assert_outcomes(xfailed=1)
    ran.stdout.fnmatch_lines(["*it is renamed in the next release*"])
    expected = {"format plain: empty": "was wrong once"}
    author.makepyfile(test_it=CONFORMANCE.format(plugin="'plain_of_an_author'", expected=expected))
    ran = author.runpytest_subprocess("-k", "empty")
    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(["*XPASS(strict)*was wrong once*"])


def test_a_failure_is_told_in_one_sentence(author: pytest.Pytester, plain: str) -> None:
    author.makepyfile(plain_of_an_author=plain.replace('".plain"', '".md"'))
    author.makepyfile(test_it=CONFORMANCE.format(plugin="'plain_of_an_author'", expected={}))
    ran = author.runpytest_subprocess("-k", "suffixes")
    ran.stdout.fnmatch_lines(["*CheckFailed: '.md' is a suffix of the format 'markdown' too*"])


def test_an_unknown_expected_failure_is_guessed() -> None:
    with pytest.raises(InputError, match="did you mean 'constraint few_of: bites'"):
        plugin_checks(plugin(constraints=[FewOf()]), expected_failures={"few_of: bites": "x"})


def test_an_expected_failure_needs_a_reason() -> None:
    with pytest.raises(InputError, match="say why 'constraint few_of: bites'"):
        plugin_checks(
            plugin(constraints=[FewOf()]), expected_failures={"constraint few_of: bites": " "}
        )


FIXTURES = """
import plain_of_an_author as mine

def test_registry(legengine_registry):
    assert "plain" in legengine_registry(mine).formats

def test_engine(legengine_engine, legengine_program):
    assert legengine_engine(mine).render(legengine_program, "plain").startswith("Back on my feet")

def test_problem(legengine_problem):
    assert len(legengine_problem.slots) == 6

def test_cli(legengine_cli):
    done = legengine_cli("--plugin", "plain_of_an_author", "plugins", "list", "--load").expect(0)
    assert "plain_of_an_author" in done.out
    refused = legengine_cli("generate", "no.yaml", given={"other.yaml": "a: 1"}).expect(2)
    assert "no.yaml" in refused.err
"""


def test_the_fixtures(author: pytest.Pytester) -> None:
    author.makepyfile(test_it=FIXTURES)
    author.runpytest_subprocess().assert_outcomes(passed=4)


def test_a_broken_legengine_does_not_break_other_runs(author: pytest.Pytester) -> None:
    """Somebody's tests that have nothing to do with legengine run where it can't be imported."""
    author.makepyfile(
        conftest="import sys\nfor name in ('pydantic', 'ortools', 'pluggy_'): "
        "sys.modules.setdefault(name, None)",
        test_it="def test_one(): assert True",
    )
    author.runpytest_subprocess().assert_outcomes(passed=1)
