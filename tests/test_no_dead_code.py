"""What a module of the lower rooms offers is used by the program: nothing is kept for a test alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from source_trees import modules, nodes_of, tree_of

LOOKED_AT = tuple(f"onewindow.{room}." for room in ("desk", "exchange", "records", "store", "text"))
"""Metrics are left out: a formula may be there before the screen that shows it."""

KEPT = {
    "onewindow.desk.caches.client_caches.differences_of": "the simulation holds every client to it",
    "onewindow.store.health.inputs.FIELDS": "names the values of a row in the order of `HealthInputs`",
}
"""What nothing of the program names, and why it is there."""

Name = tuple[str, str]


def named(trees: Mapping[str, ast.Module]) -> set[Name]:
    """Every (module, name) that some module names: imports it, reads it of a module, or uses it at home."""
    return {name for module, tree in trees.items() for name in _named_by(module, tree, trees)}


def _named_by(module: str, tree: ast.Module, trees: Mapping[str, ast.Module]) -> Iterator[Name]:
    nodes = nodes_of(tree)
    known: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in trees:
                    known[alias.asname or alias.name] = whole
                else:
                    yield node.module, alias.name
    modules = known | {f"{name}()": given for name, given in _givers(nodes, known)}
    for node in nodes:
        if isinstance(node, ast.Attribute):
            if of := modules.get(_written(node.value)):
                yield of, node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield module, node.id
        elif isinstance(node, ast.Call) and _written(node.func) == "cast":
            yield from ((module, word) for word in re.findall(r"\w+", ast.unparse(node.args[0])))


def _written(node: ast.expr) -> str:
    """A name as it is written, `name()` for a call without arguments; '' for anything longer.

    `ast.unparse` would give the same, and cost most of the seconds of this test.
    """
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not (node.args or node.keywords):
        return f"{node.func.id}()"
    return ""


def _givers(nodes: Iterable[ast.AST], known: Mapping[str, str]) -> Iterator[Name]:
    """Functions that give back a module, and which one: it is imported when it is asked for."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            given = node.body[-1].value
            if isinstance(given, ast.Name) and given.id in known:
                yield node.name, known[given.id]


def offered(tree: ast.Module) -> Iterator[str]:
    """The names that a module defines at its top; what a decorator takes is used by whoever decorates.

    The registry takes the entry of a kind of record by the name of the kind.
    """
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if not node.decorator_list:
                yield node.name
        elif isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign) and not _is_entry(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _is_entry(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func).startswith("RecordEntry[")


def unnamed(trees: Mapping[str, ast.Module], rooms: Iterable[str]) -> list[str]:
    """What the modules of some rooms offer and nobody names, as `module.name`."""
    used = named(trees)
    return [
        f"{module}.{name}"
        for module, tree in trees.items()
        if module.startswith(tuple(rooms))
        for name in offered(tree)
        if (module, name) not in used and not name.startswith("__")
    ]


def test_nothing_is_kept_that_the_program_does_not_name() -> None:
    dead = unnamed({name: tree_of(path) for name, path in modules().items()}, LOOKED_AT)
    # The registry of panels takes them of the modules in its list.
    of_panels = {name for name in dead if ".panels." in name and name.endswith(".view")}
    assert sorted(set(dead) - of_panels - KEPT.keys()) == []
    assert KEPT.keys() <= set(dead), "what is named again need not stand here"


def test_what_nobody_names_is_found() -> None:
    trees = {
        "room.rules": ast.parse("def used(): ...\ndef called(): ...\ndef left(): ...\nONCE = 1\n_own = ONCE"),
        "room.faces": ast.parse("from room.rules import used\nfrom room import rules\nrules.called()"),
    }
    assert unnamed(trees, ("room.rules",)) == ["room.rules.left", "room.rules._own"]
