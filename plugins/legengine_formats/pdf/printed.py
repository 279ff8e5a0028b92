"""The format ``pdf``: typeset by Typst, the same bytes every time."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from legengine.hooks import RenderOptions

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program

TEMPLATE: Final = "page.typ"

_VIEW: Final = re.compile(r'viewBox="([^"]*)"')
_NUMBER: Final = re.compile(r"-?\d*\.?\d+")


class PdfOptions(BaseModel):
    """How a printed program looks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    paper: Literal["a4", "us-letter"] = Field(default="a4", description="size of the sheets")
    large_type: bool = Field(default=False, description="letters half as big again")
    pictures: bool = Field(default=True, description="draw the exercises")
    cards_only: bool = Field(
        default=False, description="the signs to stop at and the cards, nothing else"
    )


@dataclass(frozen=True, slots=True)
class PdfFormat:
    """A card a session to tick off, before it what to know, after it how each exercise is done."""

    name: str = "pdf"
    summary: str = "a session card a page, to print and tick off"
    suffixes: tuple[str, ...] = (".pdf",)
    options: type[PdfOptions] = PdfOptions
    needs: tuple[str, ...] = ("typst",)
    extra: str = "legengine[pdf]"

    def program(self, program: Program, options: RenderOptions) -> bytes:
        """The program; with ``options.week`` the cards of that week."""
        from legengine_formats.clean import cleaned
        from legengine_formats.pdf.sheets import program_sheets

        chosen = options.of(self)
        sheets = program_sheets(cleaned(program), options, chosen)
        return _typeset(sheets.data, sheets.drawings, chosen)

    def referral(self, referral: Referral, options: RenderOptions) -> bytes:
        """The referral, on a sheet of its own."""
        from legengine_formats.pdf.sheets import referral_sheets

        chosen = options.of(self)
        return _typeset(referral_sheets(referral).data, {}, chosen)


def _typeset(data: dict[str, Any], drawings: Mapping[str, str], options: PdfOptions) -> bytes:
    """Hand the texts to the template as data: nothing in them is read as its language.

    A first run says how large the letters of each shape of card may be, a second one sets them.
    Drawings become the pages of a PDF first, so that each is in the document once.
    """
    import typst

    look = {
        "paper": options.paper,
        "large": options.large_type,
        "drawings": {
            name: {"page": page, "ratio": _ratio(drawings[name])}
            for page, name in enumerate(sorted(drawings), start=1)
        },
    }
    how: dict[str, Any] = {"ignore_system_fonts": True}
    with tempfile.TemporaryDirectory(prefix="legengine-") as room:
        folder = Path(room)
        main = folder / "main.typ"
        main.write_bytes(files("legengine_formats.pdf").joinpath(TEMPLATE).read_bytes())

        def hand_over(factors: Sequence[float]) -> None:
            content = json.dumps({**data, **look, "factors": factors}, ensure_ascii=False)
            (folder / "data.json").write_text(content, encoding="utf-8")

        factors: Sequence[float] = ()
        if data["shapes"]:
            hand_over(factors)
            found = typst.query(main, "<factors>", field="value", root=folder, **how)
            (factors,) = json.loads(found)
        if drawings:
            (folder / "drawings.pdf").write_bytes(_pages_of(drawings))
        hand_over(factors)
        made: bytes = typst.compile(main, root=folder, format="pdf", timestamp=0, **how)
    return made


def _pages_of(drawings: Mapping[str, str]) -> bytes:
    """A PDF with a page for each drawing, in order of their names."""
    import typst

    names = sorted(drawings)
    source = "#set page(width: auto, height: auto, margin: 0pt)\n" + "\n".join(
        f'#page(image("{number}.svg", width: 4cm))' for number in range(len(names))
    )
    named = {"main.typ": source.encode()}
    named |= {f"{number}.svg": drawings[name].encode() for number, name in enumerate(names)}
    made: bytes = typst.compile(
        cast("bytes", named),  # its types don't say yet that sources may have names
        format="pdf",
        ignore_system_fonts=True,
        timestamp=0,
        pdf_tags=False,
    )
    return made


def _ratio(drawing: str) -> float:
    """Height by width of a drawing."""
    view = _VIEW.search(drawing)
    if view is None:
        raise ValueError("a drawing has no viewBox")
    _, _, width, height = map(float, _NUMBER.findall(view[1]))
    return height / width
