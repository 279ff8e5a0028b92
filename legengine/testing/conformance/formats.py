"""What a format is asked: every program and referral, the same bytes, no crash, nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final

from legengine.domain.findings import SEVERITIES, Referral
from legengine.domain.program import Program
from legengine.errors import InputError
from legengine.hooks import returned
from legengine.hooks.contracts import Files, Format, RenderOptions
from legengine.hooks.inspection import Wrong
from legengine.hooks.sealing import fingerprint
from legengine.testing.conformance.check import Check, CheckFailed, expect
from legengine.testing.conformance.described import Examined
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import PROGRAMS, sample_program

WIDTHS: Final = (40, 80, 200)

HOSTILE: Final[dict[str, str]] = {
    "markup": "<script>alert('x')</script> & **bold** [red]not red[/red] | a\\b `c`",
    "control": "an escape \x1b[31mred\x1b[0m, a bell \x07, a null \x00",
    "lines": "first line\nsecond line\r\nthird\ttab",
    "scripts": "\u05e9\u05dc\u05d5\u05dd \u202e\u0639\u0631\u0628\u064a \u202c \u4f60\u597d "
    "\U0001f9b5\U0001f3fd e\u0301",
    "long": "w" * 400,
    "empty": "",
}
"""Texts that a person may write into a profile, and that break careless formats."""

_FORBIDDEN: Final = frozenset(chr(code) for code in range(32) if chr(code) not in "\n\r\t\f\x1b")


def format_checks(examined: Examined) -> Iterator[Check]:
    """What a format is asked."""
    questions: tuple[tuple[str, str, Callable[[Examined], None]], ...] = (
        ("programs", "it writes every kind of program", programs),
        ("referrals", "it writes every kind of referral", referrals),
        ("pure", "it changes nothing that it is given, and writes the same bytes twice", pure),
        ("weeks", "it can be asked for one week, and for a week that is not there", weeks),
        ("hostile texts", "whatever a person wrote into the profile, it writes a page", hostile),
        ("empty", "weeks without sessions and phases without weeks do no harm", empty),
        ("suffixes", "no other format has its suffixes", suffixes),
    )
    for what, about, question in questions:
        yield examined.check(what, about, _asking(question, examined))


def _asking(question: Callable[[Examined], None], examined: Examined) -> Callable[[], None]:
    return lambda: question(examined)


@cache
def _programs() -> tuple[tuple[str, Program], ...]:
    made = tuple((f"the sample program '{kind}'", sample_program(kind)) for kind in PROGRAMS)
    return (("a program made by hand", handmade_program()), *made)


def _options(examined: Examined) -> tuple[RenderOptions, ...]:
    """Every width, with every set of the format's own options."""
    return tuple(
        RenderOptions(width=width, own=own) for own in examined.settings() for width in WIDTHS
    )


def _written(examined: Examined, document: Program | Referral, options: RenderOptions) -> str:
    """What it writes, as text, of several files one after the other; bytes come back empty.

    Raises:
        CheckFailed: it is neither text, bytes nor Files, empty, or no UTF-8.
    """
    writer: Format = examined.value
    written: Any
    if isinstance(document, Referral):
        written = writer.referral(document, options)
    else:
        written = writer.program(document, options)
    try:
        given = returned.written(written)
    except Wrong as error:
        raise CheckFailed(str(error)) from error
    parts = list(given.files.values()) if isinstance(given, Files) else [given]
    expect(all(parts), "it writes nothing at all")
    return "\n".join(part for part in parts if isinstance(part, str))


def _writing(
    examined: Examined, document: Program | Referral, options: RenderOptions
) -> Callable[[], str]:
    return lambda: _written(examined, document, options)


def programs(examined: Examined) -> None:
    """Every sample program, in every width."""
    for what, program in _programs():
        for options in _options(examined):
            _told(
                f"{what}, {options.width} columns",
                _writing(examined, program, options),
            )


def _told(what: str, write: Callable[[], Any]) -> Any:
    """Write; where that goes wrong, say what was written."""
    try:
        return write()
    except CheckFailed as error:
        raise CheckFailed(f"{what}: {error}") from error
    except InputError:
        raise
    except Exception as error:
        raise CheckFailed(f"{what}: it raised {type(error).__name__}: {error}") from error


def referrals(examined: Examined) -> None:
    """Every severity; the finding must stand in what is written.

    A format for machines in which a referral has no place says so with an ``InputError``.
    """
    for severity in SEVERITIES:
        referral = handmade_referral(severity)
        for options in _options(examined):
            try:
                text = _told(f"a referral ({severity})", _writing(examined, referral, options))
            except InputError as error:
                expect(bool(str(error).strip()), "it refuses a referral without saying why")
                continue
            gravest = min(referral.findings, key=lambda found: SEVERITIES.index(found.severity))
            expect(
                not text or bool(_words(gravest.action) & _words(text)),
                f"a referral ({severity}) does not say what to do: {gravest.action!r} is missing",
            )


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,:;") for word in text.lower().split() if len(word) > 5)


def pure(examined: Examined) -> None:
    """Nothing changes; the same bytes twice."""
    writer: Format = examined.value
    documents: list[tuple[str, Program | Referral]] = [*_programs()]
    documents.append(("a referral", handmade_referral()))
    for what, document in documents:
        options = _options(examined)[0]
        before = fingerprint(document)
        write = writer.referral if isinstance(document, Referral) else writer.program
        try:
            first: Any = write(document, options)  # type: ignore[arg-type]
            second: Any = write(document, options)  # type: ignore[arg-type]
        except InputError:
            expect(isinstance(document, Referral), f"it refuses {what}")
            continue
        expect(
            first == second,
            f"{what} is written differently the second time: no clock, no random number and no "
            "order of a set may get into it",
        )
        expect(fingerprint(document) == before, f"it changes {what} while it writes it")


def weeks(examined: Examined) -> None:
    """One week; one that isn't there."""
    for what, program in _programs()[:3]:
        for week in (1, 2, 99):
            options = replace(_options(examined)[0], week=week)
            try:
                _told(f"week {week} of {what}", _writing(examined, program, options))
            except InputError:
                expect(week == 99, f"week {week} of {what} is refused, and it is there")


def hostile(examined: Examined) -> None:
    """Whatever a person wrote, a page comes out, and no command for a terminal in it."""
    for what, text in HOSTILE.items():
        program = handmade_program(title=text or " ", place=text or " ")
        for options in _options(examined):
            written = _told(
                f"a title and a place with hostile texts ({what})",
                _writing(examined, program, options),
            )
            found = sorted(_FORBIDDEN & set(written))
            expect(
                not found and "\x1b[31m" not in written,
                f"a control character of the profile gets into what it writes ({what}): "
                f"{(found or ['escape'])[0]!r}; take such characters out",
            )


def empty(examined: Examined) -> None:
    """Nothing in a week, no week in a phase, no phase."""
    program = handmade_program()
    phase = program.phases[0]
    bare = phase.weeks[0].model_copy(update={"sessions": (), "volume": ()})
    cases = {
        "a week without sessions": (phase.model_copy(update={"weeks": (bare, *phase.weeks[1:])}),),
        "a phase without weeks": (phase.model_copy(update={"weeks": ()}),),
        "a program without phases": (),
    }
    for what, phases in cases.items():
        altered = program.model_copy(update={"phases": phases})
        options = _options(examined)[0]
        _told(what, _writing(examined, altered, options))


def suffixes(examined: Examined) -> None:
    """A suffix that two formats have is of use to neither."""
    registry = examined.subject.loaded
    for name, other in registry.formats.items():
        if name == examined.name:
            continue
        shared = sorted({*other.suffixes} & {*examined.value.suffixes})
        expect(
            not shared,
            f"'{', '.join(shared)}' is a suffix of the format '{name}' too: a file with it could "
            "not be written without -f; choose another",
        )


__all__ = ["format_checks"]
