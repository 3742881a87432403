"""The program's own source as syntax trees, parsed once a process for all tests that look at it."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import cast

ROOT = Path(__file__).parents[1]
ROOMS = ("onewindow", "seed")
"""The folders in which the program stands."""
IMPORTERS = frozenset({"import_module", "__import__"})
"""Functions that import a module by its name."""


@cache
def trees() -> Mapping[Path, ast.Module]:
    """Every Python file of the program with its tree, in the order of paths."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    was_on = gc.isenabled()
    gc.disable()  # it would walk all trees again and again, for two thirds of the time
    try:
        return {path: tree_of(path) for path in paths}
    finally:
        if was_on:
            gc.enable()


@cache
def tree_of(path: Path) -> ast.Module:
    """The tree of one Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def modules() -> Mapping[str, Path]:
    """Every module of the program by its dotted name."""
    return {dotted(path.relative_to(ROOT)): path for path in trees()}


def dotted(path: Path) -> str:
    """The dotted name of the module that stands in a file; `path` is relative to where imports begin."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def nodes_of(tree: ast.AST) -> list[ast.AST]:
    """A tree's nodes, parents before their children: as `ast.walk`, found once, and in another order."""
    waiting, nodes = [tree], list[ast.AST]()
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                waiting.append(value)
            elif isinstance(value, list):
                waiting += [child for child in cast("list[object]", value) if isinstance(child, ast.AST)]
    return nodes


def name_called(node: ast.Call) -> str:
    """What a call calls, by the last word of its name; '' for what has none."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def imported_by(nodes: Iterable[ast.AST], module: str = "", *, is_package: bool = False) -> Iterator[str]:
    """The dotted names that a file of these nodes imports, wherever in it and by whichever way of importing.

    `from a import b` gives `a.b`, be that a module or a name in one. `module` is the file's own dotted name,
    to which relative imports are.
    """
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            above = parts[: len(parts) - node.level + is_package] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and name_called(node) in IMPORTERS:
            yield from (str(value.value) for value in node.args[:1] if isinstance(value, ast.Constant))
