"""A language from a catalogue: phrases by their English, sentences by their templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Final

from legengine.errors import Fault, InputError
from legengine.language.speaking import ENGLISH, Language, filled, marked
from legengine.language.templates import (
    PLACEHOLDER,
    Form,
    Index,
    Template,
    plain,
    read_templates,
)

PROGRAM: Final = "program"
"""The context of the sentences of programs in the catalogue."""

DATE: Final = marked("{year}-{month}-{day}")
"""How a date in numbers is written."""

_STOP: Final = re.compile(r"(?<=[.!?:;]) +(?=\S)")
_JOINT: Final = re.compile(r", and |, | and | or ")
_JOINTS_WITHIN: Final = 6
"""How many of them a text that stands in a row may have of its own."""

_LETTER: Final = re.compile(r"[^\W\d_]")
_NUMBER: Final = re.compile(r"\d+\.\d+")
_STOPS: Final = ".!?:;"
_CACHED: Final = 8192
_DEEP: Final = 6
"""How deep sentences may lie in one another."""

Said = tuple[str, tuple[str, ...]]
"""A text, and what of it is not known."""


class _Nothing(NullTranslations):
    """Answers that there is no translation."""

    def gettext(self, message: str) -> str:  # noqa: ARG002
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        return ""

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return ""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002
        return ""


@cache
def shipped_templates() -> tuple[Template, ...]:
    """The templates of the sentences that the engine and its bundled plugins make."""
    folder = files("legengine.language") / "sentences"
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".txt"))
    read = (read_templates((folder / name).read_text("utf-8")) for name in names)
    return tuple(dict.fromkeys(template for templates in read for template in templates))


def languages() -> tuple[str, ...]:
    """The codes of the languages that come with legengine, sorted."""
    folder = files("legengine.language") / "locale"
    found = {each.name for each in folder.iterdir() if each.is_dir()}
    return tuple(sorted({"en"} | found))


def language(code: str, extra: Mapping[str, Mapping[str, str]] | None = None) -> Language:
    """A language by its code.

    ``extra`` is what libraries bring: language to English text to text. It goes before the
    catalogue, and may by itself make up a language that doesn't come with legengine.

    Raises:
        InputError: there is no such language.
    """
    brought = dict((extra or {}).get(code, {}))
    if code == ENGLISH.code and not brought:
        return ENGLISH
    known = sorted({*languages(), *(extra or {})})
    if code not in known:
        message = f"there is no language '{code}'; there are: {', '.join(known)}"
        raise InputError([Fault(message, hint=_nearest(code, known))])
    return Catalogue(code, _translations(code), brought)


def _nearest(code: str, known: Sequence[str]) -> str:
    """The language that was probably meant: by its first letters, or by its name."""
    meant = [each for each in known if code[:2].lower() == each[:2]]
    return f"did you mean '{meant[0]}'?" if meant else ""


@cache
def _translations(code: str) -> NullTranslations:
    file = files("legengine.language") / "locale" / code / "LC_MESSAGES" / "legengine.mo"
    nothing = _Nothing()
    if not file.is_file():
        return nothing
    with file.open("rb") as stream:
        found = GNUTranslations(stream)
    found.add_fallback(nothing)
    return found


class Catalogue:
    """A language whose texts stand in a gettext catalogue and in what libraries bring."""

    def __init__(self, code: str, translations: NullTranslations, extra: Mapping[str, str]) -> None:
        self.code = code
        self._translations = translations
        self._extra = dict(extra)
        own = (Template(text) for text in sorted(self._extra) if PLACEHOLDER.search(text))
        self._index = Index((*own, *shipped_templates()))
        self._known = lru_cache(_CACHED)(self._find)

    def phrase(self, text: str) -> str:
        """A text of the code, with its placeholders in braces."""
        return self._extra.get(text) or self._translations.gettext(text) or text

    def counted(self, count: int, one: str, many: str) -> str:
        """The form of a text of the code that goes with a count."""
        form = one if count == 1 else many
        return self._extra.get(form) or self._translations.ngettext(one, many, count) or form

    def sentence(self, text: str) -> Said:
        """A finished sentence of a program or of a library, and the parts that aren't known."""
        return self._said(text, 0)

    # --- finding ---------------------------------------------------------------------------

    def _said(self, text: str, depth: int) -> Said:
        if not _LETTER.search(text):
            return self._numbers(text), ()
        return self._known(text, depth)

    def _find(self, text: str, depth: int) -> Said:
        if depth > _DEEP:
            return text, (text,)
        best = self._one(text, depth)
        if best is not None and not best[1]:
            return best
        for said in (self._row(text, depth), self._several(text, depth)):
            if said is not None and (best is None or _missed(said) < _missed(best)):
                best = said
        return best or (text, (text,))

    def _one(self, text: str, depth: int) -> Said | None:
        """One sentence: as it stands, or by the template that fits.

        The least unknown decides, then the most literal characters.
        """
        variants = tuple(_variants(text))
        for variant, finish in variants:
            whole = self._whole(variant)
            if whole:
                return finish(whole), ()
        found: list[tuple[int, int, int, str, Said]] = []
        for template in self._index.candidates(text):
            for rank, (variant, finish) in enumerate(variants):
                for form, parts in template.parts_of(variant):
                    pattern = self._pattern(template, parts)
                    made = self._values(form, parts, depth) if pattern else None
                    if made is not None:
                        said = finish(filled(pattern, made[0])), made[1]
                        found.append((_missed(said), -form.weight, rank, template.one, said))
        return min(found)[4] if found else None

    def _whole(self, text: str) -> str:
        """A text that the catalogue holds as it stands; empty where it doesn't."""
        return (
            self._extra.get(text)
            or self._translations.pgettext(PROGRAM, text)
            or self._translations.gettext(text)
        )

    def _pattern(self, template: Template, parts: Mapping[str, str]) -> str:
        """The template in the language; empty where it isn't there."""
        one, many = plain(template.one), plain(template.many)
        if template.one in self._extra:
            return plain(self._extra[template.one])
        if not template.many:
            return self._translations.pgettext(PROGRAM, one)
        count = _count(parts.get("count", "2"))
        return self._translations.npgettext(PROGRAM, one, many, count)

    def _values(
        self, form: Form, parts: Mapping[str, str], depth: int
    ) -> tuple[dict[str, str], tuple[str, ...]] | None:
        """The parts as they are said, and what isn't known; ``None``: the template doesn't fit."""
        values: dict[str, str] = {}
        unknown: list[str] = []
        for name, part in parts.items():
            kind = form.kinds[name]
            if kind == "number":
                values[name] = self._numbers(part)
            elif kind == "date":
                year, month, day = part.split("-")
                written = {"year": year, "month": month, "day": day}
                values[name] = filled(self.phrase(DATE), written)
            elif kind in ("own", "field"):
                values[name] = part
            else:
                values[name], missed = self._said(part, depth + 1)
                if missed and kind == "known":
                    return None
                unknown += missed
        return values, tuple(unknown)

    def _several(self, text: str, depth: int) -> Said | None:
        """Several sentences: the longest beginning that is known, then the rest."""
        stops = list(_STOP.finditer(text))
        for stop in reversed(stops):
            first = self._one(text[: stop.start()], depth)
            if first is not None and not first[1]:
                rest, missed = self._said(text[stop.end() :], depth + 1)
                return f"{first[0]} {rest}", missed
        for stop in stops:
            if text[stop.start() - 1] in ".!?":
                begin, before = self._said(text[: stop.start()], depth + 1)
                rest, after = self._said(text[stop.end() :], depth + 1)
                return f"{begin} {rest}", (*before, *after)
        return None

    def _row(self, text: str, depth: int) -> Said | None:
        """Words in a row, where all of them are known; each as long as can be.

        A joint within a text that is known (``genitals or inner thighs``) is none of the row.
        """
        joints = list(_JOINT.finditer(text))
        row: list[str] = []
        begin = first = 0
        while first <= len(joints):
            for last in range(min(first + _JOINTS_WITHIN, len(joints)), first - 1, -1):
                end = joints[last].start() if last < len(joints) else len(text)
                item = text[begin:end]
                said = self._one(item, depth + 1) if item != text else None
                if said is not None and not said[1]:
                    break
            else:
                return None
            row.append(said[0])
            if last < len(joints):
                word = joints[last][0].strip(", ")
                row.append(f" {self.phrase(word)} " if word else ", ")
                begin = joints[last].end()
            first = last + 1
        return "".join(row), ()

    def _numbers(self, text: str) -> str:
        sign = self.phrase("1.5")[1:-1]
        return _NUMBER.sub(lambda match: match[0].replace(".", sign), text)


def _missed(said: Said) -> int:
    return sum(map(len, said[1]))


def _count(text: str) -> int:
    """The number that decides the plural: the last of a range; a fraction is many."""
    last = float(text.rsplit("-", 1)[-1] or "2")
    return int(last) if last.is_integer() else 2


_Variant = tuple[str, Callable[[str], str]]


def _variants(text: str) -> Iterator[_Variant]:
    """The text as it may stand in the catalogue, and what gives the found text the same look."""
    ends = text[-1] if text[-1] in _STOPS else ""
    bodies: list[_Variant] = [(text, _as_it_is)]
    if ends:
        bodies.append((text[:-1], lambda found: found.rstrip(_STOPS) + ends))
    else:
        bodies.append((f"{text}.", lambda found: found.removesuffix(".")))
    yield from bodies
    if text[0].isupper():
        for body, finish in bodies:
            yield body[0].lower() + body[1:], _capital_after(finish)
    elif text[0].islower():
        for body, finish in bodies:
            yield body[0].upper() + body[1:], finish


def _as_it_is(found: str) -> str:
    return found


def _capital_after(finish: Callable[[str], str]) -> Callable[[str], str]:
    def capital(found: str) -> str:
        text = finish(found)
        return text[:1].upper() + text[1:]

    return capital
