"""A document as GitHub Markdown: headings, tables, lists; every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from legengine.language import tr
from legengine_formats.blocks import Block, Bullets, Document, Entries, Entry, Table

_SPECIAL: Final = re.compile(r"[\\`*_\[\]|~#$]")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINK: Final = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*[A-Za-z0-9/#=]")
_START: Final = re.compile(r"^(?:[-+=:](?=[ -=:]|$)|\d{1,9}[.)](?= |$))")


def escape(text: str) -> str:
    """Text that Markdown shows as it stands; addresses become links."""
    parts, end = [], 0
    for match in _LINK.finditer(text):
        parts += [_escape(text[end : match.start()]), f"<{match[0]}>"]
        end = match.end()
    parts.append(_escape(text[end:]))
    whole = "".join(parts)
    start = _START.match(whole)
    return f"{whole[: start.end() - 1]}\\{whole[start.end() - 1 :]}" if start else whole


def _escape(text: str) -> str:
    plain = "".join(_ENTITIES.get(character, character) for character in text)
    return _SPECIAL.sub(lambda match: "\\" + match[0], plain)


def markdown_text(document: Document) -> str:
    """The document as Markdown."""
    chunks = [f"# {escape(document.title)}"]
    for block in document.lead:
        chunks += _block(block)
    for section in document.sections:
        chunks.append(f"{'#' * (section.level + 1)} {escape(section.title)}")
        for block in section.blocks:
            chunks += _block(block)
    return "\n\n".join(chunk for chunk in chunks if chunk) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield _table(block)
    elif isinstance(block, Entries):
        yield "\n".join(line for entry in block.entries for line in _entry(entry))
    elif isinstance(block, Bullets):
        yield "\n".join(f"- {escape(item)}" for item in block.items)
    elif block.tone == "warning":
        yield f"**{escape(block.text)}**"
    else:
        yield escape(block.text)


def _entry(entry: Entry) -> Iterator[str]:
    term = f"**{escape(entry.term) or '?'}**"
    lines = (*([entry.aside] if entry.aside else []), *entry.lines)
    if len(lines) == 1:
        yield f"- {term}: {escape(lines[0])}"
        return
    yield f"- {term}"
    for line in lines:
        yield f"  - {escape(line)}"


def _table(table: Table) -> str:
    heads, rows = list(table.heads), [list(row.cells) for row in table.rows]
    right = set(table.right)
    if any(row.note for row in table.rows):
        heads.append(tr("Note"))
        for cells, row in zip(rows, table.rows, strict=True):
            cells.append(row.note)
    if any(row.group for row in table.rows):
        heads.insert(0, tr("Part"))
        right = {index + 1 for index in right}
        for cells, row in zip(rows, table.rows, strict=True):
            cells.insert(0, row.group)
    rule = ["---:" if index in right else "---" for index in range(len(heads))]
    lines = [_row([escape(head) for head in heads]), _row(rule)]
    lines += [_row([escape(cell) for cell in cells]) for cells in rows]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
