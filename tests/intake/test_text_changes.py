"""Changes written into a text: the text says what the data say, and keeps all else."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from legengine.documents.reading import KINDS, Kind, parse_document, read_document
from legengine.domain.change import Change
from legengine.errors import InputError
from legengine.intake.changes import changed_data, changed_profile
from legengine.intake.reader import profile_from_document
from legengine.intake.text_changes import changed_text

ROOT = Path(__file__).parents[2]
PROFILES = sorted(
    path
    for folder in ("examples", "tests/profiles")
    for path in (ROOT / folder).iterdir()
    if path.suffix in KINDS
)


def changed(text: str, *changes: Change, kind: Kind = "yaml") -> str:
    return changed_text(parse_document(text, kind=kind, source="a text"), changes, kind=kind)


def put(*path: str | int, to: Any) -> Change:
    return Change("set", path, to)


def add(*path: str | int, value: Any) -> Change:
    return Change("add", path, value)


def remove(*path: str | int, value: Any = None) -> Change:
    return Change("remove", path, value)


def differing(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone and the lines that are new."""
    lines = list(difflib.ndiff(before.splitlines(True), after.splitlines(True)))
    return (
        [line[2:] for line in lines if line.startswith("- ")],
        [line[2:] for line in lines if line.startswith("+ ")],
    )


OFF = {"from": dt.date(2026, 12, 24), "off": True}

OF_A_PROFILE = {
    "a scalar": put("availability", 0, "minutes", to=35),
    "a time": put("availability", 0, "start", to="19:15"),
    "what isn't there yet": put("adjust", "volume", "calves", to=6),
    "a key of a section": put("wishes", "sessions_per_week", to=2),
    "a day": add("availability", 0, "days", value="sunday"),
    "a wish": add("wishes", "avoid", value="step_up"),
    "an exception": add("exceptions", value=OFF),
    "a date": put("start", to=dt.date(2026, 12, 7)),
    "no title": remove("title"),
}


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.name)
@pytest.mark.parametrize("change", OF_A_PROFILE.values(), ids=OF_A_PROFILE)
def test_a_change_of_a_real_profile_touches_its_own_lines_only(path: Path, change: Change) -> None:
    document = read_document(path)
    text = changed_text(document, [change])
    gone, new = differing(document.text, text)
    assert len(gone) <= 2
    assert len(new) <= 5
    if path.suffix == ".yaml":
        assert len(gone) <= 1


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.name)
def test_the_changed_text_reads_as_the_changed_profile(path: Path) -> None:
    document = read_document(path)
    changes = [
        change
        for change in OF_A_PROFILE.values()
        if change.path[0] not in ("adjust", "exceptions") and change.action != "remove"
    ]
    text = changed_text(document, changes)
    again = parse_document(text, kind=KINDS[path.suffix], source=path.name)
    profile = changed_profile(profile_from_document(document), changes)
    assert profile_from_document(again) == profile


YAML_CASES: dict[str, tuple[str, list[Change], str]] = {
    "a scalar keeps its comment": ("a: 1  # one\nb: 2\n", [put("a", to=3)], "a: 3  # one\nb: 2\n"),
    "single quotes stay": ("t: '18:00'\n", [put("t", to="19:00")], "t: '19:00'\n"),
    "times are quoted": ("a: 1\n", [put("t", to="19:00")], 'a: 1\nt: "19:00"\n'),
    "words that mean something else are quoted": ("a: 1\n", [put("a", to="no")], 'a: "no"\n'),
    "a text that looks like a date stays text": (
        "a: 1\n",
        [put("a", to="2026-12-24")],
        'a: "2026-12-24"\n',
    ),
    "a value that was empty": ("a:   # none\nb: 1\n", [put("a", to=3)], "a: 3   # none\nb: 1\n"),
    "mappings on the way": ("a: 1\n", [put("b", "c", "d", to=6)], "a: 1\nb:\n  c:\n    d: 6\n"),
    "no line end at the end": ("a: 1", [put("b", to=2)], "a: 1\nb: 2"),
    "a key of a block that goes on": (
        "a:\n    b: 1\n    # old: 2\n\nc: 3\n",
        [put("a", "d", "e", to=2)],
        "a:\n    b: 1\n    d:\n        e: 2\n    # old: 2\n\nc: 3\n",
    ),
    "a key of a flow mapping": (
        "a: { b: 1 } # x\n",
        [put("a", "c", to=2)],
        "a: { b: 1, c: 2 } # x\n",
    ),
    "a block list": ("a:\n- x # x\n# end\n", [add("a", value="w")], "a:\n- x # x\n- w\n# end\n"),
    "a flow list": ("a: [x,y]\n", [add("a", value="z")], "a: [x,y,z]\n"),
    "an empty list": ("a: []  # none\n", [add("a", value="z")], "a: [z]  # none\n"),
    "a word that stands for a list": (
        "days: mon # x\n",
        [add("days", value="tue")],
        "days: [mon, tue] # x\n",
    ),
    "no list yet": ("a: 1\n", [add("b", value="z")], "a: 1\nb: [z]\n"),
    "a list of mappings": (
        "e:\n  - from: 1\n    to: 2\n\nb: 1\n",
        [add("e", value={"from": 3, "off": True})],
        "e:\n  - from: 1\n    to: 2\n  - from: 3\n    off: true\n\nb: 1\n",
    ),
    "no list of mappings yet": (
        "a: 1\n",
        [add("e", value=OFF)],
        "a: 1\ne:\n  - {from: 2026-12-24, off: true}\n",
    ),
    "a list over lines": (
        "a: [\n  x, # x\n  y # y\n]\n",
        [add("a", value="z")],
        "a: [\n  x, # x\n  y, # y\n  z\n]\n",
    ),
    "a list over lines with a last comma": (
        "a: [\n  x, # x\n]\n",
        [add("a", value="z")],
        "a: [\n  x, # x\n  z,\n]\n",
    ),
    "remove a value": ("a: [x, y, z]\n", [remove("a", value="y")], "a: [x, z]\n"),
    "remove the last value": ("a: [x, y]\n", [remove("a", value="y")], "a: [x]\n"),
    "remove the only value": ("a:  # why\n  - x\nb: 1\n", [remove("a", 0)], "a: []  # why\nb: 1\n"),
    "remove a word": ("a: x\n", [remove("a", value="x")], "a: []\n"),
    "remove a day in another spelling": (
        "days: [mon, thu]\n",
        [remove("days", value="thursday")],
        "days: [mon]\n",
    ),
    "remove the first key of an item": (
        "a:\n  - b: 1 # one\n    c: 2\n",
        [remove("a", 0, "b")],
        "a:\n  - c: 2\n",
    ),
    "remove a key with its block": ("a:\n  b:\n    - 1\n# c\nc: 2\n", [remove("a")], "# c\nc: 2\n"),
    "remove a folded text": ("a: >\n  x\n  y\n\nc: 2\n", [remove("a")], "\nc: 2\n"),
    "a block in place of a block": ("a:\n  b: 1\nc: 2\n", [put("a", to=[1])], "a: [1]\nc: 2\n"),
    "line ends of another system": (
        "a: 1\r\nb: [x]\r\n",
        [put("c", "d", to=2)],
        "a: 1\r\nb: [x]\r\nc:\r\n  d: 2\r\n",
    ),
    "a name becomes a name with options": (
        "protocol: x\n",
        [put("protocol", "options", "y", to=1)],
        "protocol: {name: x, options: {y: 1}}\n",
    ),
    "several at once": (
        "a: 1\nb: [x]\n",
        [put("a", to=2), add("b", value="w"), put("c", to=3), remove("a")],
        "b: [x, w]\nc: 3\n",
    ),
}


@pytest.mark.parametrize("case", YAML_CASES.values(), ids=YAML_CASES)
def test_yaml(case: tuple[str, list[Change], str]) -> None:
    before, changes, after = case
    assert changed(before, *changes) == after


TOML_CASES: dict[str, tuple[str, list[Change], str]] = {
    "a scalar keeps its comment": ("a = 1  # one\n", [put("a", to=3)], "a = 3  # one\n"),
    "a new table": (
        "a = 1\n\n[b]\nc = 2\n# end\n",
        [put("adjust", "volume", "calves", to=6)],
        "a = 1\n\n[b]\nc = 2\n# end\n\n[adjust.volume]\ncalves = 6\n",
    ),
    "a new value of the top level": (
        "a = 1\n\n[b]\nc = 2\n",
        [put("d", to=2)],
        "a = 1\nd = 2\n\n[b]\nc = 2\n",
    ),
    "a new key of a table": (
        "[b]\nc = 2\n\n[d]\n",
        [put("b", "e", to="x")],
        '[b]\nc = 2\ne = "x"\n\n[d]\n',
    ),
    "a key of dotted keys": (
        "a.b = 1\nc = 2\n",
        [put("a", "d", to=2)],
        "a.b = 1\na.d = 2\nc = 2\n",
    ),
    "a key of a table without a header": (
        "[a.b]\nc = 1\n",
        [put("a", "d", to=2)],
        "[a]\nd = 2\n\n[a.b]\nc = 1\n",
    ),
    "a key of an item": (
        "[[a]]\nb = 1\n[a.c]\nd = 1\n[[a]]\nb = 2\n",
        [put("a", 0, "e", to="08:00")],
        '[[a]]\nb = 1\ne = "08:00"\n[a.c]\nd = 1\n[[a]]\nb = 2\n',
    ),
    "a word that stands for a list": (
        "a = 'x' # x\n",
        [add("a", value="y")],
        'a = ["x", "y"] # x\n',
    ),
    "a list over lines": (
        'a = [\n  "x", # x\n]\n',
        [add("a", value="y")],
        'a = [\n  "x", # x\n  "y",\n]\n',
    ),
    "an item of tables": (
        "[[a]]\nb = 1\n[a.c]\nd = 1\n\n[z]\n",
        [add("a", value=OFF)],
        "[[a]]\nb = 1\n[a.c]\nd = 1\n\n[[a]]\nfrom = 2026-12-24\noff = true\n\n[z]\n",
    ),
    "a new list of tables": (
        "b = 1",
        [add("a", value=OFF)],
        "b = 1\n\n[[a]]\nfrom = 2026-12-24\noff = true",
    ),
    "remove an item of tables": (
        "[[a]]\nb = 1\n\n[[a]]\nb = 2\n",
        [remove("a", 0)],
        "[[a]]\nb = 2\n",
    ),
    "remove the only item": ("c = 1\n[[a]]\nb = 1\n", [remove("a", 0)], "c = 1\na = []\n"),
    "remove a key": ("a = 1 # x\nb = 2\n", [remove("a")], "b = 2\n"),
    "remove an inline key": ("a = { b = 1, c = 2 }\n", [remove("a", "b")], "a = { c = 2 }\n"),
    "remove a table": ("[a]\nb = 1\n[a.c]\nd = 1\n\n# z\n[z]\n", [remove("a")], "# z\n[z]\n"),
    "a value in place of a table": ("[a]\nb = 1\n\n[z]\n", [put("a", to="x")], 'a = "x"\n\n[z]\n'),
}


@pytest.mark.parametrize("case", TOML_CASES.values(), ids=TOML_CASES)
def test_toml(case: tuple[str, list[Change], str]) -> None:
    before, changes, after = case
    assert changed(before, *changes, kind="toml") == after


JSON_CASES: dict[str, tuple[str, list[Change], str]] = {
    "one line stays one line": ('{"a": [1]}', [put("b", "c", to=2)], '{"a": [1], "b": {"c": 2}}'),
    "no blanks stay none": (
        '{"a":[1],"b":2}',
        [put("c", "d", to=2)],
        '{"a":[1],"b":2,"c":{"d":2}}',
    ),
    "lines stay lines": (
        '{\n\t"a": [\n\t\t1\n\t]\n}\n',
        [add("a", value=2), put("b", "c", to=3)],
        '{\n\t"a": [\n\t\t1,\n\t\t2\n\t],\n\t"b": {\n\t\t"c": 3\n\t}\n}\n',
    ),
    "a date is text": ('{"a": 1}', [put("a", to=dt.date(2026, 1, 2))], '{"a": "2026-01-02"}'),
    "the last line has no comma": ('{\n  "a": 1,\n  "b": 2\n}', [remove("b")], '{\n  "a": 1\n}'),
    "the first line": ('{\n  "a": 1,\n  "b": 2\n}', [remove("a")], '{\n  "b": 2\n}'),
    "the only one": ('{"a": [\n  1\n]}', [remove("a", 0)], '{"a": []}'),
}


@pytest.mark.parametrize("case", JSON_CASES.values(), ids=JSON_CASES)
def test_json(case: tuple[str, list[Change], str]) -> None:
    before, changes, after = case
    assert changed(before, *changes, kind="json") == after


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("a", 3, to=1), "isn't there"),
        (remove("b"), "isn't there"),
        (put("a", "b", to=1), "isn't there"),
        (put("b", to="\x07"), "U+0007"),
    ],
    ids=["index", "key", "a key of a list", "a control character"],
)
def test_what_cannot_be_changed_is_said(change: Change, says: str) -> None:
    with pytest.raises(InputError, match=says.replace("+", r"\+")):
        changed("a: [1]\n", change)


def test_toml_has_no_word_for_nothing() -> None:
    with pytest.raises(InputError, match="no word for nothing"):
        changed("a = 1\n", put("a", to=None), kind="toml")


# --- random layouts ---------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c", "days", "off", "key-1", "x y", "no"])
SCALARS = st.one_of(
    st.integers(-5, 300),
    st.booleans(),
    st.floats(-9, 9).map(lambda number: round(number, 2)),
    st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)),
    st.sampled_from(
        ["18:00", "mon", "82 kg", "yes", "a: b", "# c", "it's", '"q"', "-", "", "é b", "1e3"]
    ),
)
TREES = st.dictionaries(
    NAMES,
    st.recursive(
        SCALARS,
        lambda below: st.one_of(
            st.lists(below, max_size=3), st.dictionaries(NAMES, below, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=5,
)


class Layout:
    """Writes data down in a way that a person could; every choice is drawn."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        self.draw = draw
        self.step = draw(st.sampled_from([1, 2, 4]))
        self.dash = draw(st.sampled_from([0, 2]))

    def chance(self) -> bool:
        return bool(self.draw(st.booleans()))

    def remark(self) -> str:
        return self.draw(st.sampled_from(["", "", "  # why"]))

    def scalar(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, str):
            return str(value)
        if "'" not in value and self.chance():
            return f"'{value}'"
        return value if value in ("mon", "82 kg") else '"' + value.replace('"', '\\"') + '"'

    def flow(self, value: Any, separator: str) -> str:
        if isinstance(value, (list, dict)):
            comma = self.draw(st.sampled_from([", ", " , "]))
            pad = self.draw(st.sampled_from(["", " "]))
            if isinstance(value, list):
                return "[" + pad + comma.join(self.flow(v, separator) for v in value) + pad + "]"
            parts = [f"{self.key(k)}{separator}{self.flow(v, separator)}" for k, v in value.items()]
            return "{" + pad + comma.join(parts) + pad + "}"
        return self.scalar(value)

    def key(self, name: str) -> str:
        return f'"{name}"' if " " in name or self.chance() else name

    def yaml(self, value: Any, indent: int) -> list[str]:
        """The lines of a block."""
        pad = " " * indent
        lines = []
        entries = value.items() if isinstance(value, dict) else ((None, v) for v in value)
        for key, below in entries:
            if self.draw(st.integers(0, 5)) == 0:
                lines.append(self.draw(st.sampled_from(["", pad + "# a remark", "# far left"])))
            start = pad + ("-" if key is None else f"{self.key(key)}:")
            block = isinstance(below, (list, dict)) and below and self.chance()
            if not block:
                lines.append(f"{start} {self.flow(below, ': ')}{self.remark()}")
            elif key is None:
                inner = self.yaml(below, indent + 2)
                lead = next(i for i, line in enumerate(inner) if line.strip()[:1] not in ("", "#"))
                if lead == 0 and self.chance():
                    inner[0] = f"{start} {inner[0].strip()}"
                else:
                    inner.insert(0, start + self.remark())
                lines += inner
            else:
                step = self.dash if isinstance(below, list) else self.step
                lines += [start + self.remark(), *self.yaml(below, indent + step)]
        return lines


def changes_of(draw: Callable[[Any], Any], data: Any) -> Change:
    """A change somewhere in the data."""
    path: tuple[str | int, ...] = ()
    value = data
    while isinstance(value, (dict, list)) and value and (not path or draw(st.booleans())):
        key = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
        path, value = (*path, key), value[key]
    kind = draw(st.sampled_from(["set", "new", "add", "remove"]))
    fresh = draw(st.one_of(SCALARS, st.lists(SCALARS, max_size=2), st.just({"b": 1, "d": ["x"]})))
    if kind == "remove":
        return Change("remove", path)
    if kind == "new" and isinstance(value, dict):
        return Change("set", (*path, "new", "key"), fresh)
    if kind == "add" and isinstance(value, (list, str)):
        return Change("add", path, fresh)
    return Change("set", path, fresh)


def check_kept(before: str, after: str, change: Change) -> None:
    """Nothing but the lines of the change differs."""
    gone, new = differing(before, after)
    if change.action == "add" or change.path[-1:] == ("key",):
        assert len(gone) <= 2  # where a line gets a comma, or an end
    if change.action == "remove":
        assert len(new) <= 2


@st.composite
def yaml_edits(draw: Callable[[Any], Any]) -> tuple[str, Change]:
    data = draw(TREES)
    lines = Layout(draw).yaml(data, 0)
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = newline.join(lines) + draw(st.sampled_from(["", newline, newline * 2]))
    return text, changes_of(draw, data)


@settings(max_examples=300, deadline=None)
@given(yaml_edits())
def test_any_yaml_says_what_the_changed_data_say(edit: tuple[str, Change]) -> None:
    text, change = edit
    data = parse_document(text, kind="yaml", source="a text").data
    after = changed(text, change)
    assert parse_document(after, kind="yaml", source="a text").data == changed_data(data, [change])
    check_kept(text, after, change)


@st.composite
def json_edits(draw: Callable[[Any], Any]) -> tuple[str, Change]:
    import json

    data = json.loads(json.dumps(draw(TREES), default=str))
    separators = draw(st.sampled_from([None, (",", ":"), (" , ", " : ")]))
    text = json.dumps(data, indent=draw(st.sampled_from([None, 2, "\t"])), separators=separators)
    return text, changes_of(draw, data)


@settings(max_examples=200, deadline=None)
@given(json_edits())
def test_any_json_says_what_the_changed_data_say(edit: tuple[str, Change]) -> None:
    text, change = edit
    after = changed(text, change, kind="json")
    assert ("\n" in after) <= ("\n" in text)
    check_kept(text, after, change)


@st.composite
def toml_edits(draw: Callable[[Any], Any]) -> tuple[str, Change]:
    data = draw(TREES)
    layout = Layout(draw)
    layout.scalar = lambda value: (  # type: ignore[method-assign]
        '"' + value.replace('"', '\\"') + '"'
        if isinstance(value, str)
        else Layout.scalar(layout, value)
    )
    lines = [
        f"{layout.key(key)} = {layout.flow(value, ' = ')}{layout.remark()}"
        for key, value in data.items()
        if not isinstance(value, dict)
        and not (isinstance(value, list) and value and isinstance(value[0], dict))
    ]

    def tables(value: dict[str, Any], way: list[str]) -> None:
        plain = {
            k: v for k, v in value.items() if not isinstance(v, dict) or not draw(st.booleans())
        }
        if way and (plain or not value):
            lines.extend(["", f"[{'.'.join(way)}]{layout.remark()}"])
        if way:
            lines.extend(f"{layout.key(k)} = {layout.flow(v, ' = ')}" for k, v in plain.items())
        for key, below in value.items():
            if key not in plain or (not way and isinstance(below, dict)):
                tables(below, [*way, layout.key(key)])

    tables({k: v for k, v in data.items() if isinstance(v, dict)}, [])
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            assume(all(isinstance(item, dict) for item in value))
            for item in value:
                lines.extend(["", f"[[{layout.key(key)}]]", "# of the item"])
                lines.extend(f"{layout.key(k)} = {layout.flow(v, ' = ')}" for k, v in item.items())
    text = "\n".join(lines) + "\n"
    return text, changes_of(draw, data)


@settings(max_examples=200, deadline=None)
@given(toml_edits())
def test_any_toml_says_what_the_changed_data_say(edit: tuple[str, Change]) -> None:
    text, change = edit
    data = parse_document(text, kind="toml", source="a text").data
    after = changed(text, change, kind="toml")
    assume(changed_data(data, [change]))
    assert parse_document(after, kind="toml", source="a text").data == changed_data(data, [change])
