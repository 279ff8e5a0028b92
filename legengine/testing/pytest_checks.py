"""The conformance suite as pytest items: one an item a check, expected failures declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError
from legengine.testing.conformance import Check, CheckSkipped, CheckWarning, checks_of
from legengine.testing.conformance.subject import Problems

TestT = TypeVar("TestT", bound=Callable[..., Any])

MISSING: Final = (
    "legengine.testing.plugin_checks needs pytest: pip install 'legengine[testing]', or call "
    "legengine.testing.checks_of(plugin) and run the checks yourself"
)


class Asked:
    """A check that pytest calls: what there is nothing to ask about is skipped."""

    def __init__(self, check: Check) -> None:
        self.check = check

    def __call__(self) -> None:
        """Ask; skip where there is nothing to ask.

        Raises:
            CheckFailed: the plugin breaks its contract here.
        """
        import pytest

        __tracebackhide__ = True
        try:
            self.check()
        except CheckWarning as warning:
            pytest.skip(f"warning: {warning}")
        except CheckSkipped as reason:
            pytest.skip(str(reason))

    def __repr__(self) -> str:
        return f"<check {self.check.id!r}>"


def plugin_checks(
    plugin: object,
    *,
    expected_failures: Mapping[str, str] | None = None,
    problems: Problems = (),
) -> Callable[[TestT], TestT]:
    """Make one pytest item of each thing that the conformance suite asks of a plugin.

    It decorates a test with the argument ``check``, which it calls::

        @plugin_checks("legengine_example.plugin")
        def test_conformance(check):
            check()

    ``plugin`` and ``problems`` are as for ``checks_of``. ``expected_failures`` maps ids of checks
    to the reason why they fail for now; each has to fail, so that the list can't rot.

    Raises:
        InputError: there is no such plugin, or no check of an id that is expected to fail.
        ImportError: pytest is not installed.
    """
    try:
        import pytest
    except ImportError as error:
        raise ImportError(MISSING) from error

    target: object = plugin
    if isinstance(plugin, str) and plugin.endswith((".toml", ".yaml", ".json")):
        target = Path(plugin)
    checks = checks_of(target, problems=problems)
    expected = dict(expected_failures or {})
    _refuse_unknown(expected, [check.id for check in checks])
    items = [
        pytest.param(
            Asked(check),
            id=check.id,
            marks=[pytest.mark.xfail(strict=True, reason=expected[check.id])]
            if check.id in expected
            else [],
        )
        for check in checks
    ]
    decorate: Any = pytest.mark.parametrize("check", items)
    return lambda test: decorate(test)


def _refuse_unknown(expected: Mapping[str, str], known: list[str]) -> None:
    faults = [
        Fault(f"there is no check '{id}'", "expected_failures", hint=did_you_mean(id, known))
        for id in expected
        if id not in known
    ]
    faults += [
        Fault(f"say why '{id}' is expected to fail", "expected_failures")
        for id, reason in expected.items()
        if id in known and not reason.strip()
    ]
    if faults:
        raise InputError(faults)


__all__ = ["plugin_checks"]
