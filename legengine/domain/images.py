"""What an image file has to be: small, what it says it is, and nothing that runs or calls out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal
from xml.etree import ElementTree

MediaType = Literal["image/svg+xml", "image/png", "image/jpeg", "image/webp"]

SUFFIXES: Final[Mapping[str, MediaType]] = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""The suffix of an image file, and what is in it."""

MOST_BYTES: Final = 300_000
"""The largest image file; a page holds some dozens of them (``D``)."""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_ELEMENTS: Final = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use"}
    | {"title", "desc", "defs", "symbol", "clipPath", "linearGradient", "radialGradient", "stop"}
    | {"text", "tspan"}
)
_LINKS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_CALLS: Final = re.compile(r"url\s*\(\s*['\"]?(?!#)|javascript:|@import|\\", re.IGNORECASE)


def image_fault(media_type: str, content: bytes) -> str:
    """What is wrong with an image file; nothing if it is fine."""
    if len(content) > MOST_BYTES:
        return f"an image has at most {MOST_BYTES} bytes, this one has {len(content)}"
    if media_type == "image/svg+xml":
        return _svg_fault(content)
    begins = {
        "image/png": content.startswith(b"\x89PNG\r\n\x1a\n"),
        "image/jpeg": content.startswith(b"\xff\xd8\xff"),
        "image/webp": content[:4] == b"RIFF" and content[8:12] == b"WEBP",
    }
    return "" if begins[media_type] else f"is not what it says: {media_type}"


def _svg_fault(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return "an SVG file has to be UTF-8"
    if "<!" in re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL):
        return "an SVG file may not declare entities or document types"
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - nothing is declared in it
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        return f"is not valid SVG: {error}"
    if root.tag != f"{_SVG}svg":
        return "is not valid SVG: its root is not an svg element"
    for element in root.iter():
        name = str(element.tag).removeprefix(_SVG)
        if name not in _ELEMENTS:
            return f"an SVG file may hold shapes and text only, not <{name.rpartition('}')[2]}>"
        for attribute, value in element.attrib.items():
            if attribute == "style" or attribute.lower().startswith("on"):
                return f"an SVG file may have no style and run nothing: {attribute}"
            if (attribute in _LINKS and not value.startswith("#")) or _CALLS.search(value):
                return (
                    f"an SVG file may not point outside of itself: {attribute.rpartition('}')[2]}"
                )
    return ""


__all__ = ["MOST_BYTES", "SUFFIXES", "MediaType", "image_fault"]
