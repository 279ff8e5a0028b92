"""Makes the project of a new plugin from ``plugins/legengine-example``.

Only what the chosen kinds need is taken: their modules, data, tests and hooks. What is marked
"only here" in the example stays there. Everything else follows by rule from the name.
"""

from __future__ import annotations

import ast
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from legengine.errors import Fault, InputError, InternalError
from legengine.hooks import inspection

MODULES: Final[Mapping[str, str]] = {
    "exercises": "library",
    "readers": "reader",
    "protocols": "protocol",
    "constraints": "rule",
    "objectives": "wish",
    "progressions": "policy",
    "screenings": "screening",
    "formats": "format",
}
"""Kind to the module of the example that holds one."""

CONTRACTS: Final = {kind: contract.__name__ for kind, contract in inspection.CONTRACTS.items()}
"""Kind to the contract that the type of its hook names."""

_DATA: Final[Mapping[str, str]] = {
    "data/library/": "exercises",
    "data/example.holds.csv": "readers",
    "data/protocol.json": "protocols",
}
_COMMON: Final = frozenset({"__init__.py", "plugin.py", "py.typed"})
_PACKAGE: Final = "legengine_example"
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MOST: Final = 40
_MARK: Final = "only here"


@dataclass(frozen=True, slots=True)
class Names:
    """A plugin's name in the spellings that a project needs."""

    plain: str
    """``my-knees``: the plugin, and the distribution behind ``legengine-``."""

    @property
    def snake(self) -> str:
        """``my_knees``: the package behind ``legengine_``, and ids."""
        return self.plain.replace("-", "_")

    @property
    def camel(self) -> str:
        """``MyKnees``: the beginning of classes."""
        return "".join(part.capitalize() for part in self.plain.split("-"))

    def put_into(self, text: str) -> str:
        """A text of the example under this name."""
        for pattern, name in (
            (r"legengine-example", f"legengine-{self.plain}"),
            (r"legengine_example", f"legengine_{self.snake}"),
            (r"\bExample", self.camel),
            (r"\bexample_|\.example\b", None),
            (r"\bexample\b", self.plain),
        ):
            text = re.sub(pattern, name or self._joined, text)
        return text

    def _joined(self, found: re.Match[str]) -> str:
        return found[0].replace("example", self.snake)


def names_of(name: str, taken: Collection[str] = ()) -> Names:
    """Check the name of a new plugin; a leading ``legengine-`` is left out.

    Raises:
        InputError: it can't be a name, or a plugin of this name is installed.
    """
    plain = name.removeprefix("legengine-")
    message = hint = ""
    if not _NAME.fullmatch(plain) or len(plain) > _MOST:
        message = f"'{name}' can't be the name of a plugin"
        likely = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-0123456789")[:_MOST].strip("-")
        hint = "lower-case letters, digits and single '-'"
        if _NAME.fullmatch(likely):
            hint += f"; '{likely}' would do"
    elif plain in taken:
        message = f"a plugin '{plain}' is installed already"
        hint = "choose another name: two plugins of one name can't be loaded"
    if message:
        raise InputError([Fault(message, "NAME", hint=hint)])
    return Names(plain)


def make_project(names: Names, kinds: Collection[str], folder: Path, author: str = "") -> Path:
    """Write the project into a new folder ``legengine-NAME``, whole or not at all.

    Raises:
        InputError: the folder is there already, or can't be written.
    """
    project = folder / f"legengine-{names.plain}"
    if project.exists():
        raise InputError("is there already; nothing was written", source=str(project))
    content = project_files(names, kinds, author)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=".legengine-", dir=folder))
        try:
            for name, data in content.items():
                file = room / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            room.chmod(0o755)
            room.rename(project)
        finally:
            shutil.rmtree(room, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"can't be written: {reason}", source=str(project)) from error
    return project


def project_files(names: Names, kinds: Collection[str], author: str = "") -> dict[str, bytes]:
    """The files of the project, by their path in it, sorted."""
    result = {}
    for path, data in _example():
        if not _wanted(path, kinds):
            continue
        text = _without_marked(data.decode("utf-8"))
        if path.endswith("plugin.py"):
            text = _with_hooks(text, kinds)
        if path == "pyproject.toml" and author:
            shown = author.replace("\\", "\\\\").replace('"', '\\"')
            line = f'authors = [{{ name = "{shown}" }}]\n'
            text = text.replace('license = "', f'{line}license = "', 1)
        if path != "LICENSE":
            text = names.put_into(text)
        result[names.put_into(path)] = text.encode("utf-8")
    return dict(sorted(result.items()))


# --- the example ---------------------------------------------------------------------------


def template() -> Path:
    """The example distribution: inside an installed legengine, else in its source tree."""
    inside = Path(str(files("legengine.scaffold"))) / "example"
    beside = Path(__file__).parents[2] / "plugins" / "legengine-example"
    for place in (inside, beside):
        if (place / "pyproject.toml").is_file():
            return place
    raise InternalError("the template of plugins is missing from this installation of legengine")


def _example() -> Iterator[tuple[str, bytes]]:
    root = template()
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        built = any(
            part in ("__pycache__", "dist", "build") or part.endswith((".egg-info", "_cache"))
            for part in path.split("/")
        )
        if file.is_file() and not built and not path.startswith((".venv/", ".hypothesis/")):
            yield path, file.read_bytes()


def _wanted(path: str, kinds: Collection[str]) -> bool:
    """Whether the chosen kinds, or every project, need a file of the example."""
    modules = {MODULES[kind] for kind in kinds}
    if path.startswith(f"{_PACKAGE}/"):
        inside = path.removeprefix(f"{_PACKAGE}/")
        for data, kind in _DATA.items():
            if inside.startswith(data):
                return kind in kinds
        return inside in _COMMON or inside.removesuffix(".py") in modules
    if path.startswith("tests/test_"):
        tested = path.removeprefix("tests/test_").removesuffix(".py")
        return tested in modules or tested == "conformance"
    return True


def _without_marked(text: str) -> str:
    """Without the lines that are marked, and what is between two such marks in Markdown."""
    lines: list[str] = []
    inside = False
    for line in text.splitlines(keepends=True):
        if line.startswith(f"<!-- {_MARK}"):
            inside = line.startswith(f"<!-- {_MARK}: begin")
        elif not inside and f"# {_MARK}" not in line:
            lines.append(line)
    return "".join(lines)


def _with_hooks(text: str, kinds: Collection[str]) -> str:
    """The plugin's module with the hooks of the chosen kinds, and the types that they name."""
    lines = text.splitlines(keepends=True)
    gone: set[int] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            kind = node.name.removeprefix("legengine_")
            if kind not in kinds:
                first = min(mark.lineno for mark in node.decorator_list) - 1
                last = node.end_lineno or node.lineno
                gone |= {*range(first, last)}
                gone |= {n for n in (first - 1, first - 2) if not lines[n].strip()}
    left_out = {f"        {contract}," for kind, contract in CONTRACTS.items() if kind not in kinds}
    gone |= {number for number, line in enumerate(lines) if line.rstrip("\n") in left_out}
    return "".join(line for number, line in enumerate(lines) if number not in gone)
