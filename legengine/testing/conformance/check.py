"""One thing that is asked of a plugin, and what came of it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from legengine.errors import LegengineError
from legengine.hooks.inspection import told

Verdict = Literal["ok", "failed", "warning", "skipped"]


class CheckFailed(AssertionError):  # noqa: N818 - reads as what happened
    """The plugin does not do what its contract says; the message tells its author what to do."""


class CheckSkipped(Exception):  # noqa: N818 - reads as what happened
    """There is nothing to ask here; the message says why."""


class CheckWarning(CheckSkipped):
    """Nothing is wrong, but something could be better; the message says what."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a check."""

    id: str
    about: str
    verdict: Verdict
    reason: str = ""
    """Why it failed or was skipped."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is asked of a plugin. Calling it asks."""

    id: str
    """Stable: ``constraint few_holds: model and checker agree``."""
    about: str
    """What it makes sure of, in a sentence."""
    run: Callable[[], None]

    def __call__(self) -> None:
        """Ask.

        Raises:
            CheckFailed: the plugin breaks its contract here, or its own code raised something.
            CheckSkipped: there is nothing to ask.
        """
        try:
            self.run()
        except (CheckFailed, CheckSkipped):
            raise
        except Exception as error:
            raise CheckFailed(f"{_said(error)}{_place(error)}") from error

    def outcome(self) -> Outcome:
        """Ask, and tell what came of it instead of raising."""
        try:
            self()
        except CheckWarning as reason:
            return Outcome(self.id, self.about, "warning", str(reason))
        except CheckSkipped as reason:
            return Outcome(self.id, self.about, "skipped", str(reason))
        except CheckFailed as reason:
            return Outcome(self.id, self.about, "failed", str(reason))
        return Outcome(self.id, self.about, "ok")


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, LegengineError) else f"it raised {told(error)}"


def _place(error: Exception) -> str:
    """Where in the plugin's code it was raised: the last frame outside of legengine."""
    own = Path(__file__).parents[2]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if own not in Path(frame.filename).parents:
            return f" ({Path(frame.filename).name}:{frame.lineno}, in {frame.name})"
    return ""


def expect(good: bool, otherwise: str) -> None:
    """Fail with a sentence unless something is as it must be."""
    if not good:
        raise CheckFailed(otherwise)


__all__ = ["Check", "CheckFailed", "CheckSkipped", "CheckWarning", "Outcome", "Verdict", "expect"]
