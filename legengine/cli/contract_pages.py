"""The pages ``docs/contracts/*.md``: what plugins implement and are given, from the code.

``python -m legengine.cli.contract_pages docs/contracts`` renews the part of each page between the
two marks; the rest, with the examples, is written by hand.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain import findings, margin, problem, schedule
from legengine.hooks import contracts, specs
from legengine.verify import facts

BEGIN: Final = "<!-- from the code -->"
END: Final = "<!-- by hand again -->"

_HOOK_PAGES: Final[Mapping[str, tuple[type, ...]]] = {
    "exercises": (contracts.ExerciseLibrary,),
    "readers": (contracts.LibraryReader, contracts.LibraryContents),
    "protocols": (contracts.ProtocolPlugin,),
    "constraints": (contracts.Constraint,),
    "objectives": (contracts.Objective,),
    "progressions": (
        contracts.ProgressionPolicy,
        contracts.DoseRequest,
        contracts.LoadRequest,
        contracts.LoadPlan,
    ),
    "screenings": (contracts.ScreeningRule, findings.ScreeningFinding),
    "formats": (contracts.Format, contracts.RenderOptions),
}
"""Kind to the classes of its page; the hook comes first."""

_OTHER_PAGES: Final[Mapping[str, tuple[type, ...]]] = {
    "builder": (contracts.ModelBuilder,),
    "facts": (facts.Facts, facts.Session, facts.Work),
    "problem": (
        problem.Problem,
        problem.Slot,
        problem.Week,
        problem.Dose,
        schedule.Schedule,
        schedule.Item,
        findings.Label,
        findings.Violation,
        margin.Margin,
    ),
}
"""Page to the classes that rules and wishes are given and give."""

PAGES: Final[Mapping[str, tuple[type, ...]]] = {**_HOOK_PAGES, **_OTHER_PAGES}


def generated(page: str) -> str:
    """The part of a page that is made from the code."""
    parts = []
    if page in _HOOK_PAGES:
        hook = getattr(specs, f"legengine_{page}")
        parts += ["## The hook", f"`{signature_of(hook)}`", _text(hook)]
    parts += [part for kind in PAGES[page] for part in _class(kind)]
    return "\n\n".join(parts) + "\n"


def signature_of(hook: Any) -> str:
    """A hook as a plugin writes it: its name, its arguments, what it returns."""
    (definition,) = _source(hook).body
    assert isinstance(definition, ast.FunctionDef)  # noqa: S101 - hooks are functions
    return _signature(definition)


def renewed(text: str, page: str) -> str:
    """The text of a page with what is made from the code as it is now."""
    before, begin, rest = text.partition(f"{BEGIN}\n")
    _, end, after = rest.partition(f"{END}\n")
    if not begin or not end:
        raise ValueError(f"the page must have the lines {BEGIN} and {END}")
    return f"{before}{begin}\n{generated(page)}\n{end}{after}"


# --- classes -------------------------------------------------------------------------------


def _class(kind: type) -> Iterator[str]:
    yield f"## {kind.__name__}"
    yield f"`from {_home(kind)} import {kind.__name__}`"
    yield _text(kind)
    yield "\n".join(_members(kind))


def _home(kind: type) -> str:
    return "legengine.hooks" if kind.__module__ == contracts.__name__ else kind.__module__


def _members(kind: type) -> Iterator[str]:
    """A line for each field, property and method, with what its docstring says."""
    (definition,) = _source(kind).body
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - what was asked for
    fields = kind.model_fields if issubclass(kind, BaseModel) else {}
    body = definition.body
    for index, node in enumerate(body):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
            about = _string(body[index + 1]) if index + 1 < len(body) else ""
            if name in fields:
                about = fields[name].description or about
            yield _line(f"{name}: {ast.unparse(node.annotation)}{_default(kind, name)}", about)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield _line(_member(node), ast.get_docstring(node) or "")


def _member(node: ast.FunctionDef) -> str:
    marks = [ast.unparse(mark) for mark in node.decorator_list]
    if "property" in marks or "cached_property" in marks:
        return f"{node.name}: {ast.unparse(node.returns)}" if node.returns else node.name
    return _signature(node)


def _signature(node: ast.FunctionDef) -> str:
    arguments = node.args
    for some in (arguments.posonlyargs, arguments.args):
        if some and some[0].arg in ("self", "cls"):
            del some[0]
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(arguments)}){returns}"


def _default(kind: type, name: str) -> str:
    if dataclasses.is_dataclass(kind):
        for field in dataclasses.fields(kind):
            if field.name == name and field.default is not dataclasses.MISSING:
                return f" = {_shown(field.default)}"
            if field.name == name and field.default_factory is not dataclasses.MISSING:
                return " = ..."
    return ""


def _shown(value: object) -> str:
    if callable(value) and not isinstance(value, type):
        return "..."  # a function's address is another one in every process
    return value.__name__ if isinstance(value, type) else repr(value)


def _line(what: str, about: str) -> str:
    told = _flowing(about)
    return f"- `{what}`" + (f": {told}" if told else "")


# --- docstrings ----------------------------------------------------------------------------


def _text(thing: Any) -> str:
    """The docstring in Markdown: ``code`` as `code`, paragraphs kept."""
    return inspect.getdoc(thing).replace("``", "`") if inspect.getdoc(thing) else ""  # type: ignore[union-attr]


def _flowing(docstring: str) -> str:
    text = " ".join(docstring.replace("``", "`").split())
    plain = text[1:2].islower() or text[:2] == "A "
    return text[:1].lower() + text[1:] if plain else text


def _string(node: ast.stmt) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        value = node.value.value
        return value if isinstance(value, str) else ""
    return ""


@cache
def _source(thing: Any) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(thing)))


def main(arguments: Sequence[str]) -> int:
    """Renew the pages in a folder; the exit code."""
    if len(arguments) != 1:
        print("usage: python -m legengine.cli.contract_pages FOLDER", file=sys.stderr)
        return 2
    for page in PAGES:
        file = Path(arguments[0]) / f"{page}.md"
        file.write_text(renewed(file.read_text(encoding="utf-8"), page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
