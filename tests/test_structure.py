"""How the house is built: files that fit on a few screens, folders that can be looked through, no circles."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("onewindow", "seed")
LINES_AT_MOST = 400
MODULES_AT_MOST = 30
REASON = "Longer than 400 lines: "


@cache
def _modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    found: dict[str, Path] = {}
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def test_a_long_file_says_why_it_is_long() -> None:
    unsaid = [
        str(path.relative_to(ROOT))
        for path in _modules().values()
        if len(path.read_text("utf-8").splitlines()) > LINES_AT_MOST
        and REASON not in (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "")
    ]
    assert unsaid == []


def test_a_folder_can_be_looked_through() -> None:
    full = {
        str(folder.relative_to(ROOT)): len(modules)
        for room in ROOMS
        for folder in [ROOT / room, *(path for path in (ROOT / room).rglob("*") if path.is_dir())]
        if len(modules := [path for path in folder.glob("*.py") if path.stem != "__init__"]) > MODULES_AT_MOST
    }
    assert full == {}


def test_no_module_leads_back_to_itself_not_even_from_inside_a_function() -> None:
    assert _circles({name: set(_imported(path)) for name, path in _modules().items()}) == []


@pytest.mark.parametrize(
    "imports",
    [
        {"onewindow.a": {"onewindow.b"}, "onewindow.b": {"onewindow.a"}},
        {"onewindow.a": {"onewindow.b"}, "onewindow.b": {"onewindow.c"}, "onewindow.c": {"onewindow.a"}},
    ],
)
def test_a_circle_would_be_found(imports: Mapping[str, set[str]]) -> None:
    assert _circles(imports) == [sorted(imports)]


def test_a_file_that_names_its_modules_is_seen_to_import_them(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from onewindow.store import engine\n"
        "def work() -> None:\n    from onewindow.desk.why import why\n    why()\n",
        "utf-8",
    )
    assert set(_imported(path)) == {"onewindow.store.engine", "onewindow.desk.why"}


def _imported(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it: at the top, in functions, for types alone."""
    known = _modules()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                target = whole if whole in known else node.module
                # A package is one line of text; that its modules name it leads nowhere.
                if target in known and known[target].name != "__init__.py":
                    yield target


def _circles(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of modules that lead to each other (Tarjan, SIAM J. Comput. 1, 1972), each sorted."""
    sys.setrecursionlimit(10_000)
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_ones: list[str] = []
    circles: list[list[str]] = []

    def visit(name: str) -> None:
        number[name] = lowest[name] = len(number)
        open_ones.append(name)
        for other in sorted(imports.get(name, ())):
            if other not in number:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in open_ones:
                lowest[name] = min(lowest[name], number[other])
        if lowest[name] == number[name]:
            group = open_ones[open_ones.index(name) :]
            del open_ones[open_ones.index(name) :]
            if len(group) > 1:
                circles.append(sorted(group))

    for name in sorted(imports):
        if name not in number:
            visit(name)
    return circles
