"""Every action of the table is answered, once: by the window, by the screen of its scope, or by a box."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, TypeVar, cast

import pytest
from source_trees import ROOT, name_called, nodes_of, trees
from textual.binding import Binding
from textual.dom import DOMNode

from onewindow import actions, screens, widgets
from onewindow.actions import ACTIONS, Action
from onewindow.screens.frame.table_screen import TableScreen
from onewindow.screens.routes import ROUTES, SCREENS

T = TypeVar("T")


@pytest.fixture(scope="module", autouse=True)
def every_screen() -> None:
    """Load all screens and widgets."""
    for package in (screens, widgets):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


def _kinds_of(parent: type[T]) -> Iterator[type[T]]:
    for kind in parent.__subclasses__():
        yield kind
        yield from _kinds_of(kind)


def _table_screens() -> list[type[TableScreen[Any]]]:
    return [kind for kind in _kinds_of(cast("type[TableScreen[Any]]", TableScreen)) if "routes" in vars(kind)]


def _is_of_a_box(action: Action) -> bool:
    return actions.is_typing(action.scope) or actions.is_box(action.scope)


def test_an_action_of_the_window_has_one_route_and_a_route_one_action() -> None:
    of_screens = {"request", *SCREENS}
    of_window = {
        action.id for action in ACTIONS if action.scope not in of_screens and not _is_of_a_box(action)
    }
    assert set(ROUTES) == of_window


def test_the_screen_of_each_scope_answers_all_its_actions() -> None:
    routes = {kind.scope: kind.routes for kind in _table_screens()}
    assert set(routes) == {"request", *SCREENS}
    for action in ACTIONS:
        if action.scope in routes:
            assert action.id in routes[action.scope], f"{action.scope}: {action.id}"


def test_a_screen_is_opened_by_an_action_of_the_window() -> None:
    assert set(SCREENS.values()) <= set(ROUTES)


def test_a_screen_answers_only_actions_of_the_table_with_methods_of_its_own() -> None:
    for kind in _table_screens():
        for action_id, route in kind.routes.items():
            assert actions.by_id(action_id)
            name = getattr(route, "__name__", "")
            assert name == "<lambda>" or getattr(kind, name) is route, f"{kind.__name__}: {action_id}"


def test_each_action_of_a_box_is_bound_in_one() -> None:
    bound: set[str] = set()
    for kind in _kinds_of(DOMNode):
        own: list[Any] = vars(kind).get("BINDINGS", [])
        bound |= {binding.id for binding in own if isinstance(binding, Binding) and binding.id}
    assert {action.id for action in ACTIONS if _is_of_a_box(action)} - bound == set()


def test_each_binding_of_ours_names_a_method_that_is_there() -> None:
    """The toolkit finds these by name, so no type checker sees one that is missing."""
    missing: list[str] = []
    for kind in _kinds_of(DOMNode):
        if not kind.__module__.startswith("onewindow."):
            continue
        own: list[Any] = vars(kind).get("BINDINGS", [])
        for binding in own:
            name = binding.action.partition("(")[0] if isinstance(binding, Binding) else binding[1]
            if not hasattr(kind, f"action_{name}"):
                missing.append(f"{kind.__name__}: {name}")
    assert missing == []


def test_each_id_of_an_action_in_the_source_is_one_of_the_table() -> None:
    unknown = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path, tree in trees().items()
        if path.parent.name != "records"  # words of choices stand there by `kind.field`
        for line, name in _ids_in(tree)
        if name not in _IDS | _OF_OTHER_THINGS
    ]
    assert unknown == []


@pytest.mark.parametrize(
    "planted",
    [
        'window.actions.do("go.crad")',
        'self.do("archive")',
        'do(f"go.{panel}", "record.opne")',
        "self.action_do(action_id='record.opne')",
        'window.why_key("edti.undo")',
        'actions.by_id("record.nwe")',
        'is_it = action_id == "record.nwe"',
        'is_it = action.id in ("record.new", "recrod.edit")',
        'do(f"ago.{panel}")',
        '_NEEDS_ROW = frozenset({"record.open", "record.eidt"})',
        "Binding('x', \"do('record.opne')\")",
        'do("record.open" if x else "record.opne")',
    ],
)
def test_a_misspelt_id_of_an_action_would_be_found(planted: str) -> None:
    assert [name for _, name in _ids_in(ast.parse(planted)) if name not in _IDS]


_BY_ID = frozenset(
    {
        "do",
        "action_do",
        "action_move",
        "by_id",
        "main_key",
        "why_key",
        "key_of",
        "works",
        "own_reason",
        "reason",
    }
)
"""Functions to whom an action is given by its id; some of these names are of others too, without texts."""
_IDS = frozenset(action.id for action in ACTIONS)
_GROUPS = frozenset(name.partition(".")[0] for name in _IDS)
_LOOKS_LIKE_ONE = re.compile(r"[a-z_]+\.[a-z_]+")
_OF_OTHER_THINGS = frozenset({"settings.toml", "meeting.ics"})
"""Names of files that look like actions."""
_IS_DONE = re.compile(r"\b(?:do|move)\('([^']*)'\)")


def _ids_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What stands as the id of an action, with its line; of one put together, the group if none has it."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Call):
            is_by_id = name_called(node) in _BY_ID
            given = [*node.args, *(keyword.value for keyword in node.keywords)] if is_by_id else []
        elif isinstance(node, ast.Compare) and _is_an_id(node.left):
            given = node.comparators
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((node.lineno, name) for name in _IS_DONE.findall(node.value))
            if _LOOKS_LIKE_ONE.fullmatch(node.value) and node.value.partition(".")[0] in _GROUPS:
                yield node.lineno, node.value
            continue
        else:
            continue
        for value in given:
            yield from ((value.lineno, text) for text in _texts(value))


def _is_an_id(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "id" and isinstance(node.value, ast.Name) and node.value.id == "action"
    return isinstance(node, ast.Name) and node.id == "action_id"


def _texts(value: ast.expr) -> Iterator[str]:
    """The texts that a value may be; of an f-string its beginning, where no action begins so."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.Tuple | ast.Set | ast.List):
        for part in value.elts:
            yield from _texts(part)
    elif isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    elif isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        begun = str(value.values[0].value)
        yield from () if any(name.startswith(begun) for name in _IDS) else (begun,)
