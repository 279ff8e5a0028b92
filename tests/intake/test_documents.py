"""Documents: types, positions, and every way in which a file can be bad."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from legengine.documents.reading import MAX_BYTES, Document, parse_document, read_document
from legengine.errors import Fault, InputError


def parse(text: str, kind: Any = "yaml") -> Document:
    return parse_document(text, kind=kind, source=f"profile.{kind}")


def refusal(text: str, kind: Any = "yaml") -> Fault:
    with pytest.raises(InputError) as caught:
        parse(text, kind)
    assert caught.value.source == f"profile.{kind}"
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def file_refusal(path: Path) -> Fault:
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert caught.value.source == str(path)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def place(fault: Fault) -> tuple[int | None, int | None]:
    return fault.line, fault.column


class TestYamlTypes:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("", None),
            ("~", None),
            ("null", None),
            ("true", True),
            ("False", False),
            ("12", 12),
            ("-7", -7),
            ("0o17", 15),
            ("0x1F", 31),
            ("017", 17),
            ("1.5", 1.5),
            (".5", 0.5),
            ("2.", 2.0),
            ("1e3", 1000.0),
            ("-.inf", float("-inf")),
            ("2026-11-30", dt.date(2026, 11, 30)),
            ("2026-02-30", "2026-02-30"),
            ("18:00", "18:00"),
            ("1:30:00", "1:30:00"),
            ("yes", "yes"),
            ("no", "no"),
            ("on", "on"),
            ("off", "off"),
            ("1_000", "1_000"),
            ("'12'", "12"),
            ('"true"', "true"),
            ('"2026-11-30"', "2026-11-30"),
            ("''", ""),
            ("68 kg", "68 kg"),
            ("2026-11-30T10:00:00", "2026-11-30T10:00:00"),
        ],
    )
    def test_only_the_core_scalars_and_dates_have_a_type(self, text: str, value: Any) -> None:
        found = parse(f"key: {text}\n").data["key"]
        assert found == value
        assert type(found) is type(value)

    def test_nan_is_a_float(self) -> None:
        found = parse("key: .nan").data["key"]
        assert found != found

    def test_every_key_is_a_string(self) -> None:
        text = "off: true\n1: a\nnull: b\n2026-11-30: c\n'<<': d\n"
        assert parse(text).data == {
            "off": True,
            "1": "a",
            "null": "b",
            "2026-11-30": "c",
            "<<": "d",
        }

    def test_blocks_and_flows(self) -> None:
        text = "a:\n  - 1\n  - b: [x, {y: z}]\nc: |\n  two\n  lines\nd: {}\ne: []\n"
        assert parse(text).data == {
            "a": [1, {"b": ["x", {"y": "z"}]}],
            "c": "two\nlines\n",
            "d": {},
            "e": [],
        }

    def test_the_python_loader_reads_the_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import yaml

        text = "é: 'ü'\r\nlist:\r\n  - {a: 1}\r\n  - b\r\n"
        fast = parse(text)
        monkeypatch.delattr(yaml, "CSafeLoader")
        slow = parse(text)
        assert (slow.data, slow.positions, slow.keys) == (fast.data, fast.positions, fast.keys)


class TestPositions:
    def test_yaml(self) -> None:
        document = parse("# hi\né: 1\nlist:\n  - {a: x}\n  - b:\n      c\n")
        assert document.positions == {
            (): (2, 1),
            ("é",): (2, 4),
            ("list",): (4, 3),
            ("list", 0): (4, 5),
            ("list", 0, "a"): (4, 9),
            ("list", 1): (5, 5),
            ("list", 1, "b"): (6, 7),
        }
        assert document.keys == {
            ("é",): (2, 1),
            ("list",): (3, 1),
            ("list", 0, "a"): (4, 6),
            ("list", 1, "b"): (5, 5),
        }

    def test_json(self) -> None:
        document = parse('{"é": "\\"{[",\n "list": [1, {"a" : [ ] }],\r\n "b": -1.5e3}', "json")
        assert document.data == {"é": '"{[', "list": [1, {"a": []}], "b": -1500.0}
        assert document.positions == {
            (): (1, 1),
            ("é",): (1, 7),
            ("list",): (2, 10),
            ("list", 0): (2, 11),
            ("list", 1): (2, 14),
            ("list", 1, "a"): (2, 21),
            ("b",): (3, 7),
        }
        assert document.keys == {
            ("é",): (1, 2),
            ("list",): (2, 2),
            ("list", 1, "a"): (2, 15),
            ("b",): (3, 2),
        }

    def test_toml(self) -> None:
        text = (
            "# [not] = 'this'\n"
            "title = '''[a]\n"
            "x = 1'''  # comment\n"
            "days = [  # [\n"
            '  "]", "mon",\n'
            "]\n"
            '"q\\u0041" = {a = {b = 1}}\n'
            "[one.two]\n"
            "  three.four = 5\n"
            "[[list]]\n"
            "a = 1\n"
            "[[list.sub]]\n"
            "s = 0\n"
            "[[list]]\n"
            "a =   2\n"
            "[list.'tab le']\n"
            "b = 3\n"
        )
        document = parse(text, "toml")
        assert document.data["list"] == [{"a": 1, "sub": [{"s": 0}]}, {"a": 2, "tab le": {"b": 3}}]
        assert document.keys == {
            ("title",): (2, 1),
            ("days",): (4, 1),
            ("qA",): (7, 1),
            ("one",): (8, 2),
            ("one", "two"): (8, 6),
            ("one", "two", "three"): (9, 3),
            ("one", "two", "three", "four"): (9, 9),
            ("list",): (10, 3),
            ("list", 0, "a"): (11, 1),
            ("list", 0, "sub"): (12, 8),
            ("list", 0, "sub", 0, "s"): (13, 1),
            ("list", 1, "a"): (15, 1),
            ("list", 1, "tab le"): (16, 7),
            ("list", 1, "tab le", "b"): (17, 1),
        }
        assert document.positions == {
            (): (1, 1),
            ("title",): (2, 9),
            ("days",): (4, 8),
            ("qA",): (7, 13),
            ("one",): (8, 1),
            ("one", "two"): (8, 1),
            ("one", "two", "three", "four"): (9, 16),
            ("list",): (10, 1),
            ("list", 0): (10, 1),
            ("list", 0, "a"): (11, 5),
            ("list", 0, "sub"): (12, 1),
            ("list", 0, "sub", 0): (12, 1),
            ("list", 0, "sub", 0, "s"): (13, 5),
            ("list", 1): (14, 1),
            ("list", 1, "a"): (15, 7),
            ("list", 1, "tab le"): (16, 1),
            ("list", 1, "tab le", "b"): (17, 5),
        }

    def test_the_inside_of_toml_values_stands_at_its_key(self) -> None:
        document = parse("a = 1\n  days = ['mon', {x = 1}]\n", "toml")
        assert document.position(("days", 1, "x")) == (2, 3)
        assert document.position(("days",)) == (2, 10)

    def test_what_is_nowhere_stands_at_the_nearest_thing_around_it(self) -> None:
        document = parse("a:\n  b: 1\n")
        assert document.position(("a", "z")) == (1, 1)
        assert document.position(("a", "b"), key=True) == (2, 3)
        assert document.position(("a", "b")) == (2, 6)
        assert document.position(("z",)) == (1, 1)
        assert Document({"a": 1}).position(("a",)) is None

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_lines_are_counted_as_editors_do(self, newline: str) -> None:
        document = parse(f"a: 1{newline}c: 'x\u2028 y'{newline}b: 2{newline}")
        assert document.keys["b",] == (3, 1)

    @pytest.mark.parametrize(
        ("kind", "text"), [("yaml", "a: 1"), ("json", '{"a": 1}'), ("toml", "a = 1")]
    )
    def test_a_byte_order_mark_is_no_column(self, kind: str, text: str) -> None:
        assert parse("\ufeff" + text, kind).positions == parse(text, kind).positions


class TestSyntax:
    @pytest.mark.parametrize(
        ("kind", "text", "where", "part"),
        [
            ("yaml", "a: 1\nb: [1, 2\nc: 3\n", (3, 2), "begun on line 2"),
            ("yaml", "a:\n\tb: 1\n", (2, 1), "cannot start any token"),
            ("yaml", "a: b: c\n", (1, 5), "mapping values are not allowed"),
            ("yaml", "a: 'x\n", (2, 1), "begun on line 1"),
            ("json", '{"a": 1,\n "b": }', (2, 7), "expecting value"),
            ("json", '{"a": 1,}', (1, 9), "double quotes"),
            ("json", '{"a": 1} x', (1, 10), "extra data"),
            ("json", '{"a": "x\ny"}', (1, 9), "invalid control character"),
            ("json", "// no\n{}", (1, 1), "expecting value"),
            ("toml", "a = 1\nb 2\n", (2, 3), "expected '='"),
            ("toml", "a = 18:00\n", (1, 7), "expected newline"),
            ("toml", "a = x\n", (1, 5), "invalid value"),
            ("toml", "a = 1\n\nb = ", (3, 4), "invalid value"),
            ("toml", "a = [1\n", (1, 7), "unclosed array"),
        ],
    )
    def test_points_at_the_place(
        self, kind: str, text: str, where: tuple[int, int], part: str
    ) -> None:
        fault = refusal(text, kind)
        assert place(fault) == where
        assert fault.message.startswith(f"not valid {kind.upper()}: ")
        assert part in fault.message

    @pytest.mark.parametrize(
        ("kind", "text", "where", "first", "field"),
        [
            ("yaml", "a:\n  b: 1\n  c: 2\n  b: 3\n", (4, 3), 2, "a.b"),
            ("yaml", "x: {a: 1,\n  'a': 2}\n", (2, 3), 1, "x.a"),
            ("json", '{"a": {"b": 1,\n "b": 2}}', (2, 2), 1, "a.b"),
            ("toml", "[a]\nb = 1\nc = 2\n b = 3\n", (4, 2), 2, "a.b"),
            ("toml", "[a]\nb = 1\n\n[a]\n", (4, 2), 1, "a"),
        ],
    )
    def test_a_key_that_stands_twice_names_both_lines(
        self, kind: str, text: str, where: tuple[int, int], first: int, field: str
    ) -> None:
        fault = refusal(text, kind)
        assert place(fault) == where
        assert fault.field == field
        name = field.split(".")[-1]
        assert fault.message == (
            f"duplicate key '{name}' on line {where[0]}: it is already on line {first}"
        )

    def test_every_duplicate_is_told(self) -> None:
        with pytest.raises(InputError) as caught:
            parse("a: 1\na: 2\nb: 1\nb: 2\na: 3\n")
        assert [problem.line for problem in caught.value.problems] == [2, 4, 5]

    def test_toml_tables_that_only_look_declared_twice(self) -> None:
        text = "[a.b]\nx = 1\n[a]\ny.p = 1\ny.q = 2\n[[c]]\n[c.d]\n[[c]]\n[c.d]\n"
        assert parse(text, "toml").data == {
            "a": {"b": {"x": 1}, "y": {"p": 1, "q": 2}},
            "c": [{"d": {}}, {"d": {}}],
        }

    @pytest.mark.parametrize(
        ("text", "where", "part"),
        [
            ("a: 1\nb: !!python/object/apply:os.system ['true']\n", (2, 4), "!!python/object"),
            ("a: !!str 12\n", (1, 4), "!!str"),
            ("a: ! x\n", (1, 4), "the tag '!'"),
            ("a: 1\n---\nb: 2\n", (2, 1), "second document"),
            ("a:\n  <<: {b: 1}\n", (2, 3), "merge keys"),
            ("a: &x [1]\nb: *x\n", (1, 4), "anchors and aliases"),
            ("a: 1\nb: *x\n", (2, 4), "anchors and aliases"),
            ("? [a]\n: 1\n", (1, 3), "a key must be a plain word"),
            ("a: 1\n? {b: c}\n: 1\n", (2, 3), "a key must be a plain word"),
        ],
    )
    def test_what_yaml_can_do_and_a_profile_needs_not(
        self, text: str, where: tuple[int, int], part: str
    ) -> None:
        fault = refusal(text)
        assert place(fault) == where
        assert part in fault.message

    def test_an_alias_bomb_is_refused_at_its_first_anchor(self) -> None:
        rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
        fault = refusal("# bomb\n" + "\n".join(rows))
        assert place(fault) == (2, 5)
        assert "anchors and aliases" in fault.message

    @pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
    def test_json_has_no_such_numbers(self, word: str) -> None:
        fault = refusal(f'{{"a":\n {word}}}', "json")
        assert place(fault) == (2, 2)
        assert word in fault.message

    @pytest.mark.parametrize(
        ("kind", "text", "where"),
        [
            ("yaml", "a: \x07", (1, 4)),
            ("yaml", 'a: 1\nb: "\\e"', (2, 4)),
            ("yaml", '"\\0": 1', (1, 1)),
            ("json", '{"a": "\\ud800"}', (1, 7)),
            ("json", '{"\\u001b": 1}', (1, 2)),
            ("toml", 'a = 1\nx = "\\u001b"', (2, 5)),
            ("toml", '[t]\n"\\u001b" = 1', (1, 1)),
            ("yaml", "a: \ud800", (1, 4)),
        ],
    )
    def test_control_characters_and_surrogates(
        self, kind: str, text: str, where: tuple[int, int]
    ) -> None:
        fault = refusal(text, kind)
        assert fault.message.startswith("the character U+")
        assert place(fault) == where


class TestLimits:
    @pytest.mark.parametrize(
        ("kind", "text", "where"),
        [
            ("yaml", "[" * 100_000, (1, 33)),
            ("yaml", "- " * 100_000, (1, 65)),
            ("yaml", "{a: " * 100_000, (1, 129)),
            ("json", "[" * 100_000 + "]" * 100_000, (1, 33)),
            ("json", '{"a":' * 100_000, (1, 161)),
            ("toml", "a = " + "[" * 100_000, (1, 37)),
            ("toml", "a = " + "{a = " * 100_000, (1, 165)),
            ("toml", "a" + ".a" * 100_000 + " = 1", (1, 65)),
            ("toml", "[a" + ".a" * 100_000 + "]", (1, 66)),
            ("toml", "x = {a" + ".a" * 100_000 + " = 1}", (1, 6)),
            ("toml", 'x = {"a"' + '."a"' * 100_000 + " = 1}", (1, 137)),
        ],
    )
    def test_deep_nesting(self, kind: str, text: str, where: tuple[int, int]) -> None:
        fault = refusal(text, kind)
        assert fault.message == "nested more than 32 levels deep"
        assert place(fault) == where

    def test_dotted_toml_tables_nest_together(self) -> None:
        header = ".".join(["a"] * 20)
        fault = refusal(f"x = 1\n[{header}]\n{header} = 1\n", "toml")
        assert fault.message == "nested more than 32 levels deep"
        assert fault.line == 3

    @pytest.mark.parametrize("kind", ["yaml", "json", "toml"])
    def test_32_levels_are_read(self, kind: str) -> None:
        array = "[" * 31 + "]" * 31
        text = {"yaml": "a: ", "json": '{"a": ', "toml": "a = "}[kind] + array
        assert parse(text + "}" * (kind == "json"), kind).data["a"]

    def test_brackets_in_text_and_comments_do_not_nest(self) -> None:
        many = "[" * 100
        assert parse(f'{{"a": "\\"{many}"}}', "json").data == {"a": f'"{many}'}
        values = [f"'''{many}'''", f'"{many}"', f"'{many}'", f'""""{many}""""']
        inside = ", # [\n".join(values)
        document = parse(f"a = [{inside}]", "toml")
        assert document.data == {"a": [many, many, many, f'"{many}"']}

    @pytest.mark.parametrize(
        "value", ['""""x""""', '"""x"""""', "''''x'''''", '"\\""', "'\\'", '""']
    )
    def test_toml_strings_end_where_they_end(self, value: str) -> None:
        document = parse(f"a = {value} # '\nb = [{value}]\nc = 1", "toml")
        assert document.keys == {("a",): (1, 1), ("b",): (2, 1), ("c",): (3, 1)}

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("yaml", "a:\n" + "- 1\n" * 30_000),
            ("json", '{"a": [' + "1," * 30_000 + "1]}"),
            ("toml", "a = [" + "1," * 30_000 + "1]"),
        ],
    )
    def test_too_many_values(self, kind: str, text: str) -> None:
        fault = refusal(text, kind)
        assert fault.message == "holds more than 20000 values"
        assert fault.line is not None

    @pytest.mark.parametrize("digits", [101, 5000])
    @pytest.mark.parametrize("kind", ["yaml", "json"])
    def test_endless_numbers(self, kind: str, digits: int) -> None:
        fault = refusal('{"a":\n ' + "9" * digits + "}", kind)
        assert (fault.message, place(fault)) == ("the number is too long", (2, 2))

    def test_endless_numbers_in_toml(self) -> None:
        assert "number is too long" in refusal("a = " + "9" * 5000, "toml").message

    @pytest.mark.parametrize(
        ("kind", "text"), [("toml", 'x="\\"' * 100_000), ("json", '\\"' * 400_000)]
    )
    def test_hostile_quotes_take_no_square_of_time(self, kind: str, text: str) -> None:
        # A quadratic scan of these takes minutes.
        assert refusal(text, kind).line == 1


class TestFiles:
    @pytest.mark.parametrize("name", ["p.yaml", "p.yml", "p.YAML", "p.json", "p.toml"])
    def test_the_suffix_says_the_format(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        text = {"json": '{"a": "é"}', "toml": "a = 'é'"}.get(name[2:], "a: é")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
        document = read_document(path)
        assert document.data == {"a": "é"}
        assert document.source == str(path)
        assert document.text == text

    @pytest.mark.parametrize("name", ["p.txt", "p", "p.yaml.bak"])
    def test_other_suffixes(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_text("a: 1")
        fault = file_refusal(path)
        assert "suffix" in fault.message
        assert all(known in fault.hint for known in (".yaml", ".json", ".toml"))

    def test_missing(self, tmp_path: Path) -> None:
        (tmp_path / "profile.yaml").touch()
        fault = file_refusal(tmp_path / "profil.yaml")
        assert (fault.message, fault.hint) == ("no such file", "did you mean 'profile.yaml'?")
        assert file_refusal(tmp_path / "zzzzzzzzzzzz.json").hint == ""

    def test_missing_directory(self, tmp_path: Path) -> None:
        fault = file_refusal(tmp_path / "gone" / "profile.yaml")
        assert fault.message == "no such file"
        assert str(tmp_path / "gone") in fault.hint

    def test_broken_link(self, tmp_path: Path) -> None:
        path = tmp_path / "profile.yaml"
        path.symlink_to(tmp_path / "gone")
        assert "link" in file_refusal(path).hint

    @pytest.mark.parametrize("name", ["folder", "folder.yaml"])
    def test_directory(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.mkdir()
        assert file_refusal(path).message == "is a directory, not a file"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe.yaml"
        os.mkfifo(path)
        assert file_refusal(path).message == "is not a regular file"

    def test_no_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "profile.yaml"
        path.write_text("a: 1")

        def refuse(*_: Any, **__: Any) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        assert file_refusal(path).message == "no permission to read this file"

    @pytest.mark.parametrize("name", ["x" * 300 + ".yaml", "a\0b.yaml", "file/x.yaml"])
    def test_impossible_names(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").touch()
        assert "can't be read" in file_refusal(tmp_path / name).message

    @pytest.mark.parametrize("suffix", ["yaml", "json", "toml"])
    def test_empty(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"p.{suffix}"
        path.write_text("")
        assert file_refusal(path).message == "the file is empty"
        path.write_text(" \n\n")
        assert file_refusal(path).message == "the file is empty"

    @pytest.mark.parametrize("kind", ["yaml", "toml"])
    def test_only_comments(self, kind: str) -> None:
        assert refusal("# a\n# b\n", kind).message == "the file is empty: it holds only comments"

    @pytest.mark.parametrize("raw", [b"\x89PNG\0\0", "a: 1".encode("utf-16")])
    def test_binary(self, tmp_path: Path, raw: bytes) -> None:
        path = tmp_path / "p.yaml"
        path.write_bytes(raw)
        assert file_refusal(path).message == "is a binary file, not text"

    def test_another_encoding(self, tmp_path: Path) -> None:
        path = tmp_path / "p.yaml"
        path.write_bytes("a: 1\né: café".encode()[:-1] + b"\xff")
        fault = file_refusal(path)
        assert place(fault) == (2, 7)
        path.write_bytes("a: 1\nb: café\n".encode("latin-1"))
        fault = file_refusal(path)
        assert fault.message == "is not UTF-8 text: byte 0xe9"
        assert place(fault) == (2, 7)

    def test_too_large_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "p.yaml"
        path.touch()
        os.truncate(path, 50_000_000)

        def refuse(*_: Any, **__: Any) -> None:
            raise AssertionError("must not be opened")

        monkeypatch.setattr(Path, "open", refuse)
        message = file_refusal(path).message
        assert "50.0 MB (50000000 bytes)" in message
        assert "1 MB (1000000 bytes)" in message

    def test_the_limit_itself_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "p.yaml"
        path.write_text("a: 1\n#" + "x" * (MAX_BYTES - 6))
        assert read_document(path).data == {"a": 1}
        with path.open("a") as file:
            file.write("x")
        assert "too large" in file_refusal(path).message

    @pytest.mark.parametrize(
        ("kind", "text", "where", "got"),
        [
            ("yaml", "# x\n- a\n", (2, 1), "a list"),
            ("yaml", "hello", (1, 1), "'hello'"),
            ("yaml", "---\n", (2, 1), "nothing"),
            ("json", " [1]", (1, 2), "a list"),
            ("json", "12", (1, 1), "12"),
        ],
    )
    def test_no_mapping(self, kind: str, text: str, where: tuple[int, int], got: str) -> None:
        fault = refusal(text, kind)
        assert fault.message.endswith(f"at the top level, got {got}")
        assert place(fault) == where


def test_importing_loads_no_parser() -> None:
    code = (
        "import sys, legengine.documents.reading as documents;"
        "assert not {'yaml', 'tomllib'} & set(sys.modules);"
        "documents.parse_document('a: 1', kind='yaml', source='');"
        "assert 'yaml' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
