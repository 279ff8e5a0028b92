"""Reads the fenced blocks of a page, and compares shown output with real output."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
ELISION = "..."

_FENCE = re.compile(r"^```(\w*)$")
_MARK = re.compile(r"^<!-- ([a-z ]+)(?:: (.*))? -->$")


@dataclass(frozen=True)
class Block:
    """One fenced block, with the marks of the comment line above it."""

    language: str
    lines: tuple[str, ...]
    line: int
    """Of the opening fence, from 1."""
    mark: str = ""
    value: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


@dataclass
class Command:
    """One line of a console block, with the output that is shown below it."""

    line: int
    command: str
    shown: list[str] = field(default_factory=list)


def blocks(page: Path) -> list[Block]:
    found: list[Block] = []
    lines = page.read_text(encoding="utf-8").splitlines()
    start = None
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence is None:
            assert not line.lstrip().startswith("```"), f"{page.name}:{number + 1}: odd fence"
        elif start is None:
            start = number
        else:
            language = lines[start].removeprefix("```")
            above = next((text for text in reversed(lines[:start]) if text.strip()), "")
            mark = _MARK.match(above)
            found.append(
                Block(
                    language,
                    tuple(lines[start + 1 : number]),
                    start + 1,
                    mark[1] if mark else "",
                    (mark[2] or "") if mark else "",
                )
            )
            start = None
    assert start is None, f"{page.name}: a fence is open"
    return found


def commands(block: Block) -> list[Command]:
    found: list[Command] = []
    for offset, line in enumerate(block.lines, block.line + 1):
        if line.startswith("$ "):
            found.append(Command(offset, line[2:]))
        else:
            assert found, f"line {offset}: output without a command"
            found[-1].shown.append(line)
    return found


def chunks(shown: list[str]) -> list[list[str]]:
    """The shown lines between elisions; an elision at an end leaves an empty chunk there."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == ELISION:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def difference(shown: list[str], real: str) -> str:
    """What of the shown output isn't in the real one; empty: nothing."""
    lines = [line.rstrip() for line in real.rstrip("\n").splitlines()]
    parts = chunks([line.rstrip() for line in shown])
    if len(parts) == 1:
        return "" if _same(parts[0], lines) else "the whole output"
    at = 0
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        places = range(at, len(lines) - len(part) + 1)
        if index == 0:
            places = range(1)
        elif last:
            places = range(max(at, len(lines) - len(part)), len(lines) - len(part) + 1)
        found = next((p for p in places if _same(part, lines[p : p + len(part)])), None)
        if found is None:
            return "\n".join(part)
        at = found + len(part)
    return ""


def _same(shown: list[str], real: list[str]) -> bool:
    return len(shown) == len(real) and all(map(_same_line, shown, real))


def _same_line(shown: str, real: str) -> bool:
    pattern = re.escape(shown).replace(re.escape(ELISION), ".*")
    return shown == real or re.fullmatch(pattern, real) is not None


def renewed(shown: list[str], real: str) -> list[str]:
    """The real output, elided where the shown one is.

    Every part begins with a line as shown and has as many paragraphs as before.
    """
    lines = [line.rstrip() for line in real.rstrip("\n").splitlines()]
    parts = chunks([line.rstrip() for line in shown])
    if len(parts) == 1:
        return lines
    result: list[str] = []
    for index, part in enumerate(parts):
        if index:
            result.append(ELISION)
        if part:
            start = next((n for n, line in enumerate(lines) if _same_line(part[0], line)), 0)
            result += _paragraphs(lines[start:], "\n".join(part).strip("\n").count("\n\n") + 1)
    return result


def _paragraphs(lines: list[str], number: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not line and kept and kept[-1]:
            number -= 1
            if not number:
                break
        kept.append(line)
    return kept
