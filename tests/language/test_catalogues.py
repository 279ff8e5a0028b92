"""The catalogues are up to the sources, complete, and say what their English says."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from legengine.cli.catalogues import LOCALE, NOT_CODE, ROOT, SOURCES, main, renewed
from legengine.language import languages
from legengine.language.catalogue import PROGRAM, shipped_templates
from legengine.language.templates import placeholders, plain

CODES = tuple(code for code in languages() if code != "en")
each_language = pytest.mark.parametrize("code", CODES)


def catalogue(code: str) -> Catalog:
    with (ROOT / LOCALE / code / "LC_MESSAGES" / "legengine.po").open("rb") as file:
        return read_po(file, locale=code)


def forms(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English and the translations of a message."""
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return english, said


def test_the_catalogues_are_up_to_the_sources() -> None:
    assert main(["--check"]) == 0, "renew: python -m legengine.cli.catalogues"


def test_the_same_sources_give_the_same_bytes() -> None:
    assert renewed() == renewed()


def test_a_wrong_argument_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["now"]) == 2
    assert "usage" in capsys.readouterr().err


def test_german_is_there() -> None:
    assert languages() == ("de", "en")


@each_language
def test_everything_is_translated(code: str) -> None:
    open_texts = [each.id for each in catalogue(code) if each.id and not all(forms(each)[1])]
    assert open_texts == []


@each_language
def test_a_translation_has_the_placeholders_of_its_english(code: str) -> None:
    for message in catalogue(code):
        english, said = forms(message)
        for text in said:
            if message.id:
                assert placeholders(text) == placeholders(english[-1]), message.id


@each_language
def test_a_translation_has_the_numbers_of_its_english(code: str) -> None:
    """A dose, a limit or a number to call isn't lost on the way."""
    lost = []
    for message in catalogue(code):
        english, said = forms(message)
        if message.id and numbers(english[-1]) - numbers(said[-1]):
            lost.append((english[-1], said[-1]))
    assert lost == []


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, each with its decimal sign as in English."""
    found = re.findall(r"(?<!\w)\d+(?:[.,]\d+)?(?!\w)", text)
    return Counter(number.replace(",", ".") for number in found)


def test_no_template_is_there_twice() -> None:
    texts = Counter(plain(form) for each in shipped_templates() for form in {each.one, each.many})
    assert [text for text, times in texts.items() if text and times > 1] == []


def test_every_template_of_a_text_with_a_number_fits_one_sentence_best() -> None:
    """Two templates that match the same text with equal weight would be a toss."""
    seen: dict[tuple[str, ...], str] = {}
    for template in shipped_templates():
        for form in template.forms:
            key = tuple(form.pieces)
            kinds = "".join(sorted(form.kinds.values()))
            other = seen.setdefault((*key, kinds), form.english)
            assert other == form.english


def modules() -> list[Path]:
    files = (file for folder in SOURCES for file in sorted((ROOT / folder).rglob("*.py")))
    return [file for file in files if not file.relative_to(ROOT).as_posix().startswith(NOT_CODE)]


@pytest.mark.parametrize("file", modules(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_what_is_counted_or_marked_is_a_literal(file: Path) -> None:
    """Else it can't be extracted; ``tr`` may say a constant that is marked elsewhere."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = {"trn": node.args[1:3], "marked": node.args[:1]}.get(node.func.id, [])
            assert all(isinstance(text, ast.Constant) for text in texts), ast.unparse(node)


@pytest.mark.parametrize("file", modules(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_what_is_said_is_given_the_values_of_its_names(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = {"tr": node.args[:1], "trn": node.args[1:3]}.get(node.func.id, [])
        given = {keyword.arg for keyword in node.keywords}
        if not given or None in given:  # filled in elsewhere, or from a mapping
            continue
        given |= {"count"} if node.func.id == "trn" else set()
        for text in texts:
            if isinstance(text, ast.Constant):
                names = placeholders(str(text.value))
                assert names <= given, ast.unparse(node)
                assert given - names <= {"count"}, ast.unparse(node)


def test_the_context_of_sentences_is_their_own() -> None:
    contexts = {message.context for message in catalogue("de") if message.id}
    assert contexts == {None, PROGRAM}
