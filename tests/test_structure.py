"""How the house is built: files that fit on a few screens, folders that can be looked through, no circles."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping

import pytest
from source_trees import (
    IMPORTERS,
    ROOMS,
    ROOT,
    dotted,
    imported_by,
    modules,
    name_called,
    nodes_of,
    tree_of,
    trees,
)

LINES_AT_MOST = 400
MODULES_AT_MOST = 30
REASON = "Longer than 400 lines: "
PACKAGES_THAT_HOLD = {"seed": "others ask for the demo firm as a whole, `seed.build`; no module of it does"}
"""Packages whose `__init__` is more than a line of text, and why."""
_TAKERS = {"getattr": 1, "hasattr": 1, "setattr": 1, "delattr": 1, "methodcaller": 0, "attrgetter": 0}
"""Functions that take an attribute by its name, and which argument that is."""
_FOUND = (ast.Constant, ast.Name, ast.Attribute, ast.Starred)
"""What a name may be given as: it stands there itself, or in a record that says so."""


def test_a_long_file_says_why_it_is_long() -> None:
    unsaid = [
        str(path.relative_to(ROOT))
        for path, tree in trees().items()
        if len(path.read_text("utf-8").splitlines()) > LINES_AT_MOST
        and REASON not in (ast.get_docstring(tree) or "")
    ]
    assert unsaid == []


def test_a_folder_can_be_looked_through() -> None:
    full = {
        str(folder.relative_to(ROOT)): len(files)
        for room in ROOMS
        for folder in [ROOT / room, *(path for path in (ROOT / room).rglob("*") if path.is_dir())]
        if len(files := [path for path in folder.glob("*.py") if path.stem != "__init__"]) > MODULES_AT_MOST
    }
    assert full == {}


def test_no_module_leads_back_to_itself_not_even_from_inside_a_function() -> None:
    imports = {
        name: set(_of_ours(tree_of(path), name, is_package=path.stem == "__init__"))
        for name, path in modules().items()
    }
    assert _circles(imports) == []


def test_a_package_is_a_line_of_text() -> None:
    """What an `__init__` imports is loaded with each module of its package."""
    held = {
        dotted(path.relative_to(ROOT))
        for path, tree in trees().items()
        if path.stem == "__init__" and not _is_text_alone(tree)
    }
    assert held == set(PACKAGES_THAT_HOLD)


def _is_text_alone(tree: ast.Module) -> bool:
    return len(tree.body) == 1 and bool(ast.get_docstring(tree))


@pytest.mark.parametrize("planted", ["", "import ast", '"""A room."""\n\nfrom onewindow.desk import why'])
def test_a_package_that_holds_more_would_be_found(planted: str) -> None:
    assert not _is_text_alone(ast.parse(planted))


def test_nothing_is_done_by_the_name_of_a_method() -> None:
    """A name put together at run time is found by no reader, and missed by the type checker."""
    places = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path, tree in trees().items()
        for node in _by_name(tree)
    ]
    assert places == []


@pytest.mark.parametrize(
    "planted",
    [
        'importlib.import_module("onewindow.desk.why")',
        "from importlib import import_module as load",
        '__import__("onewindow")',
        'getattr(self, f"_{section}")()',
        'getattr(self, "_" + section)()',
        'getattr(self, "_{}".format(section))()',
        "getattr(self, _METHODS[section])()",
        'def target(clock):\n    name = f"{clock}_s"\n    return getattr(policy, name)',
        'setattr(self, f"{clock}_s", 1)',
        'methodcaller(f"_{section}")(self)',
        'operator.attrgetter("_" + section)(self)',
    ],
)
def test_what_is_done_by_a_name_would_be_found(planted: str) -> None:
    assert list(_by_name(ast.parse(planted)))


@pytest.mark.parametrize(
    "imports",
    [
        {"onewindow.a": {"onewindow.b"}, "onewindow.b": {"onewindow.a"}},
        {"onewindow.a": {"onewindow.b"}, "onewindow.b": {"onewindow.c"}, "onewindow.c": {"onewindow.a"}},
    ],
)
def test_a_circle_would_be_found(imports: Mapping[str, set[str]]) -> None:
    assert _circles(imports) == [sorted(imports)]


@pytest.mark.parametrize(
    ("planted", "imported"),
    [
        (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from onewindow.store import engine\n"
            "def work() -> None:\n    from onewindow.desk.why import why\n    why()\n",
            {"onewindow.store.engine", "onewindow.desk.why"},
        ),
        ("import onewindow.desk.sla.due_times\n", {"onewindow.desk.sla.due_times"}),
        ("import onewindow.desk.sla.due_times as due, ast\n", {"onewindow.desk.sla.due_times"}),
        ("from . import due_times\n", {"onewindow.desk.sla.due_times"}),
        ("from .due_times import due\n", {"onewindow.desk.sla.due_times"}),
        ("from ..policies import replay\n", {"onewindow.desk.policies.replay"}),
        ("from ...store.engine import Store\n", {"onewindow.store.engine"}),
        ('import importlib\nimportlib.import_module("onewindow.store.engine")\n', {"onewindow.store.engine"}),
        ("import seed\n", {"seed"}),
        ("from onewindow import store\n", set[str]()),
    ],
)
def test_a_file_that_names_its_modules_is_seen_to_import_them(planted: str, imported: set[str]) -> None:
    assert set(_of_ours(ast.parse(planted), "onewindow.desk.sla.planted")) == imported


def _of_ours(tree: ast.Module, module: str, *, is_package: bool = False) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it: at the top, in functions, for types alone."""
    known = modules()
    for asked in imported_by(nodes_of(tree), module, is_package=is_package):
        # What stands behind the last module is a name in it.
        target = asked if asked in known else asked.rpartition(".")[0]
        # A package is one line of text; that its modules name it leads nowhere.
        if target in known and (known[target].stem != "__init__" or target in PACKAGES_THAT_HOLD):
            yield target


def _by_name(tree: ast.AST) -> Iterator[ast.AST]:
    """Where a module is imported, or an attribute taken, by a name that is put together at run time."""
    built = set(_names_put_together(tree))
    for node in nodes_of(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "importlib":
            yield from (node for alias in node.names if alias.name in IMPORTERS)
        elif isinstance(node, ast.Call):
            name = name_called(node)
            if name in IMPORTERS:
                yield node
            elif name in _TAKERS:
                asked = node.args[_TAKERS[name] : _TAKERS[name] + 1]
                yield from (node for value in asked if value in built or not isinstance(value, _FOUND))


def _names_put_together(tree: ast.AST) -> Iterator[ast.expr]:
    """The names that stand for a text which their function puts together."""
    for function in nodes_of(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        inside = list(ast.walk(function))
        set_here = [node for node in inside if isinstance(node, ast.Assign)]
        texts = [node for node in set_here if isinstance(node.value, ast.JoinedStr | ast.BinOp)]
        built = {target.id for node in texts for target in node.targets if isinstance(target, ast.Name)}
        yield from (node for node in inside if isinstance(node, ast.Name) and node.id in built)


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
