"""A program or a referral as one page: what it shows, its policy, its parts put together."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from legengine.language import spoken_language, spoken_unit
from legengine_formats import document
from legengine_formats.blocks import Bullets, Entries, Entry, Paragraph, Table
from legengine_formats.clean import cleaned
from legengine_formats.dated import weeks_of
from legengine_formats.html import hand_over, texts
from legengine_formats.html.pictures import drawn as pictures_of
from legengine_formats.html.progress import chart_groups
from legengine_formats.html.road import road
from legengine_formats.html.views import Exercises, week_views
from legengine_formats.html.words import page_words
from legengine_formats.referral import referral_document
from legengine_formats.status import proof_lines

if TYPE_CHECKING:
    from jinja2 import Environment

    from legengine.domain.findings import Referral
    from legengine.domain.program import Program
    from legengine.hooks import RenderOptions
    from legengine_formats.html import HtmlOptions

STYLES: Final = ("page.css", "training.css", "charts.css", "print.css")
SCRIPTS: Final = ("start.js", "store.js", "log.js", "timer.js", "sets.js", "view.js", "main.js")
EARLY: Final = "early.js"
"""What runs before anything is drawn, so that nothing jumps."""

_COMMENT: Final = re.compile(r"//|/\*.*\*/$")


def program_page(program: Program, options: RenderOptions, own: HtmlOptions) -> str:
    """The page of a program.

    Raises:
        InputError: ``options.week`` is not in the program.
    """
    program = cleaned(program)
    shown = [week for _, week in weeks_of(program, options.week)]
    exercises = Exercises(shown)
    whole = options.week is None
    proof = proof_lines(program)
    lead = document.lead_of(program)
    how = tuple(exercises.how())
    pictures, looks = (
        pictures_of(how, options.picture, animated=own.animation) if own.pictures else ({}, "")
    )
    return _render(
        "program.html.j2",
        own,
        interactive=own.interactive,
        looks=looks,
        title=document.title_of(program),
        lead=tuple(block for block in lead[:-1] if block not in proof),
        proof=proof,
        disclaimer=lead[-1:],
        stop=texts.stop_signs(program),
        mind=texts.mind_this(program),
        changed=texts.changed(program),
        weeks=tuple(week_views(program, exercises, options.week)),
        road=road(program) if whole else None,
        phases=texts.road_map(program) if whole else (),
        groups=tuple(chart_groups(shown, spoken_unit())) if whole and shown else (),
        how=how,
        pictures=pictures,
        parts=tuple(texts.text_parts(program, week=options.week)),
        handed=hand_over.for_script(program, spoken_unit()),
    )


def referral_page(referral: Referral, own: HtmlOptions) -> str:
    """The page of a referral; it has no script, and nothing to tick."""
    spoken = referral_document(referral)
    return _render("referral.html.j2", own, interactive=False, document=spoken, title=spoken.title)


# --- putting together ----------------------------------------------------------------------


def _render(
    template: str, own: HtmlOptions, *, interactive: bool, looks: str = "", **values: Any
) -> str:
    style = "".join(map(_static, STYLES)) + looks
    early, script = (_static(EARLY), _script()) if interactive else ("", "")
    return (
        _environment()
        .get_template(template)
        .render(
            w=page_words(),
            language=spoken_language().code,
            policy=_policy(style, [early, script] if interactive else []),
            style=style,
            early=early,
            script=script,
            interactive=interactive,
            large=own.large_type,
            **values,
        )
    )


def _policy(style: str, scripts: list[str]) -> str:
    """What the page may do: use its own style, run its own script, show pictures inside it."""
    allowed = " ".join(map(_hash, scripts)) or "'none'"
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {allowed};"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _runs(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries with the heading of the group that they stand in."""
    return [(group, list(found)) for group, found in groupby(entries, key=lambda each: each.group)]


@cache
def _static(name: str) -> str:
    """A file of the package without indentation and whole lines of comment."""
    text = files("legengine_formats.html").joinpath("static", name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not _COMMENT.match(line))


@cache
def _script() -> str:
    return '(() => {\n"use strict";\n' + "".join(map(_static, SCRIPTS)) + "})();\n"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader("legengine_formats.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["own"] = Markup
    """For files of this package and for drawings of our own: never for a text."""
    made.filters["runs"] = _runs
    made.tests.update(
        paragraph=lambda block: isinstance(block, Paragraph),
        bullets=lambda block: isinstance(block, Bullets),
        entries=lambda block: isinstance(block, Entries),
        table=lambda block: isinstance(block, Table),
    )
    return made
