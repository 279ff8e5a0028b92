"""Pages to read, and how they are read by somebody else's parser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

from legengine.domain.program import Program
from legengine.hooks import RenderOptions
from legengine.testing.samples import PROGRAMS, sample_program
from legengine_formats.html import HtmlFormat, HtmlOptions

HTML = HtmlFormat()
Made = Callable[[str], Program]
KINDS = tuple(PROGRAMS)
STILL = HtmlOptions(interactive=False)


def page(program: Program, own: HtmlOptions | None = None, **options: Any) -> str:
    return HTML.program(program, RenderOptions(own=own, **options))


@cache
def sample_page(kind: str) -> str:
    return page(sample_program(kind))


def tree(text: str) -> Element:
    """The page as html5lib reads it; where that finds anything wrong, it is told."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    found: Element = parser.parse(text)
    wrong = [(place, PARSE_ERRORS[code] % values) for place, code, values in parser.errors]
    assert wrong == []
    return found


def by_class(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
