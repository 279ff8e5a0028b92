"""Every error that legengine raises on purpose, in one tree.

    LegengineError
    ├── InputError            2  a file, a flag or a value is not what it must be
    ├── NoScheduleError       3  no week can hold all the rules
    ├── ReferralError         4  a professional has to be seen first
    ├── PluginError           5  a plugin failed
    ├── LimitError          6  a limit ran out before any schedule was found
    └── InternalError         1  legengine contradicts itself: a bug of ours

Each class has a stable ``code`` and the ``exit_code`` that the command line ends with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from legengine.domain.findings import Conflict, Referral, Violation


class LegengineError(Exception):
    """The root: catching it catches every refusal and failure of legengine."""

    code: ClassVar[str] = "legengine"
    exit_code: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input: what, where, and what was expected.

    ``line`` and ``column`` count from 1 and are ``None`` where the input has no text behind it.
    """

    message: str
    field: str = ""
    line: int | None = None
    column: int | None = None
    hint: str = ""
    about_key: bool = False
    """Whether the last name of the field is what is wrong, and not what stands under it."""
    source: str = ""
    """The file, where it is another than that of the error."""

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{hint}"


class InputError(LegengineError):
    """A file, a flag or a value is not what it must be; carries every problem that was found."""

    code = "invalid-input"
    exit_code = 2

    def __init__(self, problems: Sequence[Fault] | str, *, source: str = "") -> None:
        self.problems: tuple[Fault, ...] = (
            (Fault(problems),) if isinstance(problems, str) else tuple(problems)
        )
        self.source = source
        super().__init__(self.render())

    def render(self) -> str:
        """One line a problem: ``file:line:column: field: message (hint)``."""
        return "\n".join(
            ":".join(str(part) for part in (source, problem.line, problem.column) if part)
            + (": " if source or problem.line else "")
            + str(problem)
            for problem in self.problems
            for source in (problem.source or self.source,)
        )


class NoScheduleError(LegengineError):
    """No schedule holds all the rules; ``conflict`` names the labels that cannot hold together."""

    code = "no-schedule"
    exit_code = 3

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        super().__init__(conflict.summary())


class ReferralError(LegengineError):
    """Screening refuses a program; ``referral`` says what was noticed, how urgent, whom to see."""

    code = "see-a-professional"
    exit_code = 4

    def __init__(self, referral: Referral) -> None:
        self.referral = referral
        super().__init__(referral.summary())


class PluginError(LegengineError):
    """A plugin failed; the message names the plugin, its distribution and version, and the cure."""

    code = "plugin-failed"
    exit_code = 5

    def __init__(self, message: str, *, plugin: str = "", distribution: str = "") -> None:
        self.plugin = plugin
        self.distribution = distribution
        super().__init__(message)


class LimitError(LegengineError):
    """A limit ran out before any schedule was found. It is never told as "infeasible"."""

    code = "limit-reached"
    exit_code = 6


class InternalError(LegengineError):
    """legengine contradicts itself (a checked schedule breaks a rule): a bug of ours."""

    code = "internal"
    exit_code = 1

    def __init__(
        self, message: str, *, violations: Sequence[Violation] = (), level: str = ""
    ) -> None:
        self.violations = tuple(violations)
        self.level = level
        """The level of the objective that was counted in two ways."""
        super().__init__(message)


__all__ = [
    "Fault",
    "InputError",
    "InternalError",
    "LegengineError",
    "LimitError",
    "NoScheduleError",
    "PluginError",
    "ReferralError",
]
