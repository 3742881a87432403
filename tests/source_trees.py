"""The program's own source as syntax trees, parsed once a process for all tests that look at it."""

from __future__ import annotations

import ast
import gc
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast

ROOT = Path(__file__).parents[1]


@cache
def trees_of(*folders: str) -> Mapping[Path, ast.Module]:
    """Every Python file of some folders of the project with its tree, in the order of paths."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    with no_collection():
        return {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@contextmanager
def no_collection() -> Generator[None]:
    """Hold off the garbage collector: it walks all trees again and again, for two thirds of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def nodes_of(tree: ast.AST) -> list[ast.AST]:
    """A tree's nodes, parents before their children: as `ast.walk`, in half its time and another order."""
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
