"""``python -m legengine.cli.catalogues``: renews the catalogues of the languages.

It collects what the code says (``tr``, ``trn``, ``marked``), the templates of sentences and the
texts of the bundled data into ``legengine.pot``, brings every ``legengine.po`` up to it, and
compiles them. It needs Babel; nothing else does. The files carry no dates and no line numbers, so
that the same sources give the same bytes. ``--check`` writes nothing and fails where a file would
change; ``--new CODE`` begins a language.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from legengine.hooks.translations import CODE
from legengine.language.catalogue import PROGRAM
from legengine.language.templates import PLACEHOLDER, plain, read_templates

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT: Final = Path(__file__).parents[2]
"""The sources: the catalogues are renewed in a checkout, not in an installed package."""

LANGUAGE: Final = Path("legengine/language")
LOCALE: Final = LANGUAGE / "locale"

SOURCES: Final = ("legengine", "plugins")
"""Where code says things."""

NOT_CODE: Final = ("plugins/legengine-example/", "legengine/language/speaking.py")
"""A plugin that isn't bundled, and where the functions are defined."""

KEYWORDS: Final = {"tr": slice(0, 1), "marked": slice(0, 1), "trn": slice(1, 3)}
"""The functions that say a text, and which of their arguments are texts."""

TEXTS: Final = frozenset(
    {
        *("title", "summary", "text", "how", "noticed", "why", "action", "meaning", "name"),
        *("unit", "label", "equipment", "reminders", "until", "session_checks", "note"),
    }
)
"""The fields of the bundled data that are texts for people."""

PROTOCOLS: Final = tuple(
    f"plugins/legengine_protocols/data/{name}.json"
    for name in ("leg-restoration", "gym-strength-block", "falls-prevention-home")
)

DATA: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(PROTOCOLS, TEXTS - {"action"}),
    "plugins/legengine_screening/data/rules.json": TEXTS - {"summary"},
    "plugins/legengine_screening/data/signs.json": TEXTS,
    "plugins/legengine_screening/data/vocabulary.json": TEXTS | {"medications"},
    "plugins/legengine_legs/data/conditions.json": TEXTS - {"note"},
    "plugins/legengine_legs/data/gates.json": TEXTS - {"summary"},
    "legengine/assess/data/tests.json": TEXTS,
    "legengine/prescribe/data/guidance.json": TEXTS | {"without"},
}
"""The bundled data with texts that a program or a referral shows, and in which fields."""


def messages_of(source: str) -> Iterator[str | tuple[str, ...]]:
    """What a module says, in the order of the source; those in f-strings too."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        texts = tuple(
            each.value
            for each in call.args[KEYWORDS.get(name, slice(0, 0))]
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )
        if texts:
            yield texts if len(texts) > 1 else texts[0]


def texts_in(value: Any, fields: frozenset[str], *, wanted: bool = False) -> Iterator[str]:
    """The texts of some fields of a data file, in their order."""
    if isinstance(value, str):
        letters = any(character.isalpha() for character in value)
        if wanted and letters and not PLACEHOLDER.search(value):
            yield value.split(" (value:", maxsplit=1)[0]  # a note for who fills it in
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each, fields, wanted=wanted and isinstance(each, str))
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "sources":
                continue
            inner = key in fields or (wanted and isinstance(each, str))
            yield from texts_in(each, fields, wanted=inner)


def spoken_words() -> Iterator[str]:
    """Identifiers that are shown as words: muscles, patterns, equipment, conditions, signs."""
    from typing import get_args

    from legengine.domain.vocabulary import (
        MUSCLE_GROUPS,
        PARQ_PAGE_1,
        REGIONS,
        Cause,
        Pattern,
    )

    vocabulary = _data("plugins/legengine_legs/data/vocabulary.json")
    conditions = _data("plugins/legengine_legs/data/conditions.json")
    answers = _data("plugins/legengine_screening/data/vocabulary.json")
    words = (
        *MUSCLE_GROUPS,
        *get_args(Pattern),
        *REGIONS,
        *sorted(vocabulary["equipment"]),
        *sorted(vocabulary["tags"]),
        *(condition["id"] for condition in conditions),
        *sorted(answers["known_conditions"]),
        *sorted(answers["medications"]),
        *_data("plugins/legengine_screening/data/signs.json"),
        *PARQ_PAGE_1,
        *get_args(Cause),
        *(phase["id"] for name in PROTOCOLS for phase in _data(name)["phases"]),
    )
    yield from (word.replace("_", " ") for word in words)


def _data(name: str) -> Any:
    return json.loads((ROOT / name).read_text("utf-8"))


def template() -> Catalog:
    """What there is to say, without translations."""
    from babel.messages.catalog import Catalog

    class Plain(Catalog):
        """A catalogue without dates and persons in its header."""

        @property
        def mime_headers(self) -> list[tuple[str, str]]:
            headers = [
                ("Project-Id-Version", "legengine"),
                ("MIME-Version", "1.0"),
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Transfer-Encoding", "8bit"),
            ]
            if self.locale is not None:
                headers += [("Language", str(self.locale)), ("Plural-Forms", self.plural_forms)]
            return headers

        @mime_headers.setter
        def mime_headers(self, headers: list[tuple[str, str]]) -> None:
            self._set_mime_headers(headers)

    found = Plain(header_comment="# What legengine says to people.", fuzzy=False)
    for folder in SOURCES:
        for file in sorted((ROOT / folder).rglob("*.py")):
            where = file.relative_to(ROOT).as_posix()
            if where.startswith(NOT_CODE):
                continue
            for message in messages_of(file.read_text("utf-8")):
                found.add(message, locations=[(where, 0)])
    for word in ("and", "or"):
        found.add(word, locations=[("legengine/language/catalogue.py", 0)])
    for file in sorted((ROOT / LANGUAGE / "sentences").glob("*.txt")):
        where = file.relative_to(ROOT).as_posix()
        for each in read_templates(file.read_text("utf-8")):
            one, many = plain(each.one), plain(each.many)
            message = (one, many) if many else one
            found.add(message, locations=[(where, 0)], context=PROGRAM)
    for name, fields in DATA.items():
        for text in texts_in(_data(name), fields):
            found.add(text, locations=[(name, 0)], context=PROGRAM)
    for word in spoken_words():
        found.add(word, locations=[("legengine/domain/vocabulary.py", 0)], context=PROGRAM)
    return found


def renewed() -> dict[Path, bytes]:
    """Every file of the catalogues as it should be, by its path in the sources."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po, write_po

    def written(catalog: Catalog) -> bytes:
        stream = BytesIO()
        write_po(stream, catalog, width=100, include_lineno=False, ignore_obsolete=True)
        return stream.getvalue()

    wanted = template()
    files = {LOCALE / "legengine.pot": written(wanted)}
    for path in sorted((ROOT / LOCALE).glob("*/LC_MESSAGES/legengine.po")):
        code = path.parts[-3]
        with path.open("rb") as stream:
            old = read_po(stream, locale=code)
        new = type(wanted)(locale=code, header_comment="# What legengine says.", fuzzy=False)
        for message in wanted:
            if not message.id:
                continue
            known = old.get(message.id, context=message.context) if _same(old, message) else None
            new.add(
                message.id,
                known.string if known is not None else None,
                locations=message.locations,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known is not None else (),
                context=message.context,
            )
        compiled = BytesIO()
        write_mo(compiled, new)
        place = path.relative_to(ROOT)
        files[place] = written(new)
        files[place.with_suffix(".mo")] = compiled.getvalue()
    return files


def _same(old: Catalog, message: Any) -> bool:
    known = old.get(message.id, context=message.context)
    return known is not None and known.id == message.id


def main(arguments: list[str]) -> int:
    """Renew the catalogues, or check that they are up to the sources."""
    if len(arguments) == 2 and arguments[0] == "--new" and CODE.fullmatch(arguments[1]):
        place = ROOT / LOCALE / arguments[1] / "LC_MESSAGES" / "legengine.po"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
        arguments = []
    if arguments not in ([], ["--check"]):
        print("usage: python -m legengine.cli.catalogues [--check | --new CODE]", file=sys.stderr)
        return 2
    stale = []
    for path, content in renewed().items():
        file = ROOT / path
        if not file.is_file() or file.read_bytes() != content:
            stale.append(path.as_posix())
            if not arguments:
                file.write_bytes(content)
    for name in stale:
        print(f"{'stale' if arguments else 'renewed'}: {name}")
    return 1 if stale and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
