"""Sentences are found again by their templates, and what isn't known stays English."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legengine.language import language, noting_unknown, said, speaking
from legengine.language.templates import PLACEHOLDER, Form, Template, read_templates

TEXTS = {
    "squat": "Kniebeuge",
    "calf": "Wade",
    "salt and pepper": "Gewürz",
    "and": "und",
    "or": "oder",
    "1.5": "1,5",
    "Rest {seconds:number} s, so that {why}": "Pause {seconds} s, damit {why}",
    "the {muscle:known} recovers": "{muscle} sich erholt",
    "{who:own} says {what}": "{who} sagt: {what}",
    "Rest {seconds:number} s": "Pause {seconds} s",
    "Stop.": "Halt.",
}
LANGUAGE = language("xx", {"xx": TEXTS})


def heard(text: str) -> tuple[str, dict[str, int]]:
    with speaking(LANGUAGE), noting_unknown() as unknown:
        return said(text), unknown


@pytest.mark.parametrize(
    ("english", "text"),
    [
        ("squat", "Kniebeuge"),
        ("Squat", "Kniebeuge"),
        ("squat, calf and squat", "Kniebeuge, Wade und Kniebeuge"),
        ("squat or calf", "Kniebeuge oder Wade"),
        ("calf, salt and pepper", "Wade, Gewürz"),
        ("salt and pepper or calf", "Gewürz oder Wade"),
        ("Rest 2.5 s", "Pause 2,5 s"),
        ("Rest 30-90 s.", "Pause 30-90 s."),
        ("Rest 90 s, so that the calf recovers", "Pause 90 s, damit Wade sich erholt"),
        (
            "Rest 90 s, so that the calf recovers. Stop.",
            "Pause 90 s, damit Wade sich erholt. Halt.",
        ),
        ("Rest 90 s; rest 30 s", "Pause 90 s; Pause 30 s"),
        ("Ann says squat", "Ann sagt: Kniebeuge"),
        ("2.5-5 %", "2,5-5 %"),
        ("", ""),
        (" ", " "),
    ],
)
def test_what_is_known(english: str, text: str) -> None:
    assert heard(english) == (text, {})


@pytest.mark.parametrize(
    ("english", "text", "unknown"),
    [
        ("jump", "jump", ["jump"]),
        ("squat and jump", "squat and jump", ["squat and jump"]),
        ("the jump recovers", "the jump recovers", ["the jump recovers"]),
        ("Rest 90 s, so that you jump", "Pause 90 s, damit you jump", ["you jump"]),
        ("Stop. Jump up.", "Halt. Jump up.", ["Jump up."]),
        ("Jump up. Stop.", "Jump up. Halt.", ["Jump up."]),
        ("Rest many s", "Rest many s", ["Rest many s"]),
    ],
)
def test_what_is_not_known_stays_as_it_is_and_is_noted(
    english: str, text: str, unknown: list[str]
) -> None:
    assert heard(english) == (text, dict.fromkeys(unknown, 1))


def test_the_longest_sentence_wins() -> None:
    texts = {"{a} of {b}": "{a} / {b}", "{a} of the {b}": "{a} // {b}"}
    with speaking(language("xx", {"xx": texts})):
        assert said("1 of the 2") == "1 // 2"


NUMBERS = st.decimals(0, 999, places=1).map(lambda number: f"{number.normalize():f}")
WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=8)


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["number", "own"])), min_size=1, max_size=4),
    st.data(),
)
def test_a_sentence_made_from_a_template_is_said_by_its_translation(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    english = " ".join(f"{word} {{p{n}:{kind}}}" for n, (word, kind) in enumerate(parts)) + " end"
    translation = " / ".join(f"{{p{n}}}" for n in reversed(range(len(parts)))) + " Ende"
    values = {
        f"p{n}": data.draw(NUMBERS if kind == "number" else st.text("XYZ", min_size=1, max_size=4))
        for n, (_, kind) in enumerate(parts)
    }
    text = PLACEHOLDER.sub(lambda match: values[match[1]], english)
    with speaking(language("xx", {"xx": {english: translation}})), noting_unknown() as unknown:
        assert said(text) == translation.format(**values)
    assert unknown == {}


@given(st.text(max_size=60))
def test_any_text_is_said_or_stays(text: str) -> None:
    spoken, unknown = heard(text)
    if unknown == {text: 1}:
        assert spoken == text


@given(st.text(max_size=30))
def test_a_persons_word_in_a_sentence_stays(word: str) -> None:
    if word.strip() and "says" not in word and word == word.strip():
        assert heard(f"{word} says squat")[0].endswith("Kniebeuge")


@pytest.mark.parametrize("word", ["{0}", "{who}", "{}", "%s", "{{", "}"])
def test_a_word_with_braces_is_no_placeholder(word: str) -> None:
    assert heard(f"{word} says squat")[0] == f"{word} sagt: Kniebeuge"


def test_templates_in_a_file() -> None:
    read = read_templates("# about\n\none {n}\n{count:number} set | {count:number} sets\n")
    assert read == (
        Template("one {n}"),
        Template("{count:number} set", "{count:number} sets"),
    )


def test_a_kind_that_is_not_there_is_told() -> None:
    with pytest.raises(ValueError, match="no kind 'word'"):
        Form("{a:word}")
