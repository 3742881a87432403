"""What the documents for those who change the program name is there: files, functions, layers."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from source_trees import ROOT, tree_of

DECISIONS = ROOT / "docs" / "decisions"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
DEPENDENCIES = ROOT / "docs" / "dependencies.md"
TEXTS = [ROOT / "CONTRIBUTING.md", ARCHITECTURE, DEPENDENCIES, *sorted(DECISIONS.glob("*.md"))]

_MOST_LINES = 40
_SPAN = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"(?<![\w./*-])(?:[\w*.-]+/)+[\w*.-]*(?:::[\w.]+)?|(?<![\w./-])[\w-]+\.py(?:::[\w.]+)?")
"""A path in the code, perhaps with `::name` behind it: with a slash, or a file of Python."""
_DOTTED = re.compile(r"(?<![\w./])(?:onewindow|seed|tests)(?:\.\w+)+")


def _code(text: str) -> str:
    """What stands in code marks: spans of sentences and blocks."""
    return "\n".join([*_SPAN.findall(_BLOCK.sub("", text)), *_BLOCK.findall(text)])


def _mistake(named: str) -> str:
    """What is wrong with a named place; empty if it is there."""
    path, _, name = named.partition("::")
    found = next(
        (file for file in (folder / path for folder in (ROOT, ROOT / "onewindow")) if file.exists()), None
    )
    if found is None:
        is_pattern = "*" in path and any(ROOT.glob(path))
        return "" if is_pattern else f"there is no {path}"
    return "" if not name or _declares(found, name) else f"{path} has no {name}"


def _dotted_mistake(named: str) -> str:
    """What is wrong with a dotted name: of a package, a module, or something that one declares."""
    parts = named.split(".")
    for count in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:count])
        name = ".".join(parts[count:])
        if place.is_dir():
            place = place / "__init__.py" if name else place
            return "" if not name or _declares(place, name) else f"{named} is nowhere"
        if place.with_suffix(".py").exists():
            return "" if not name or _declares(place.with_suffix(".py"), name) else f"{named} is nowhere"
    return f"{named} is nowhere"


def _declares(file: Path, name: str) -> bool:
    body: list[ast.stmt] = tree_of(file).body
    *owners, last = name.split(".")
    for owner in owners:
        body = next(
            (node.body for node in body if isinstance(node, ast.ClassDef) and node.name == owner),
            list[ast.stmt](),
        )
    return last in {each for node in body for each in _names(node)}


def _names(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_place_that_is_named_is_there(path: Path) -> None:
    code = _code(path.read_text(encoding="utf-8"))
    wrong = [_mistake(each) for each in _PLACE.findall(code)]
    wrong += [_dotted_mistake(each) for each in _DOTTED.findall(code)]
    assert [each for each in wrong if each] == []


def test_a_place_that_is_nowhere_would_be_noticed() -> None:
    code = _code(
        "See `store/changes.py::write`, `no/such.py` and ```x```.\n```\ntests/gone.py  # a remark\n```\n"
    )
    assert _PLACE.findall(code) == ["store/changes.py::write", "no/such.py", "tests/gone.py"]
    assert _mistake("onewindow/store/changes.py::write") == ""
    assert _mistake("store/changes.py::Transaction.insert") == ""
    assert _mistake("onewindow/store/migrations/0001_*.sql") == ""
    assert _mistake("store/changes.py::no_such") == "store/changes.py has no no_such"
    assert _mistake("no/such.py") == "there is no no/such.py"
    assert _dotted_mistake("onewindow.store.changes.write") == ""
    assert _dotted_mistake("onewindow.store") == ""
    assert _dotted_mistake("onewindow.store.changes.no_such") != ""
    assert _dotted_mistake("onewindow.nowhere") != ""


def test_a_decision_is_short_has_its_three_parts_and_a_line_in_the_list() -> None:
    listed = re.findall(
        r"^\| \[(\d{4})\]\(([\w.-]+)\) \| (.+) \|$",
        (DECISIONS / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    records = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")
    assert [(name[:4], name) for _, name, _ in listed] == [(path.name[:4], path.name) for path in records]
    assert [number for number, _, _ in listed] == [f"{at:04}" for at in range(1, len(listed) + 1)]
    for path, (number, _, title) in zip(records, listed, strict=True):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0] == f"# {number} {title}"
        assert [line for line in lines if line.startswith("## ")] == [
            "## Context",
            "## Decision",
            "## Consequences",
        ]
        assert len(lines) <= _MOST_LINES, path.name


@pytest.mark.parametrize(
    ("chapter", "ground_floor"), [("The rooms", "records"), ("Inside the desk", "filters")]
)
def test_a_drawing_of_layers_is_that_of_the_import_rules(chapter: str, ground_floor: str) -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(
        contract["layers"]
        for contract in rules["contracts"]
        if contract.get("layers", [""])[-1] == ground_floor
    )
    _, _, text = ARCHITECTURE.read_text(encoding="utf-8").partition(f"## {chapter}\n")
    floors = re.findall(r"^│ (.+?) *│", _BLOCK.findall(text)[0], re.MULTILINE)
    assert [set(floor.split(" · ")) for floor in floors] == [
        {room.strip().removeprefix("onewindow.") for room in re.split(r"[|:]", layer)} for layer in layers
    ]
