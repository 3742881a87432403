"""Every action of the table is answered, once: by the window, by the screen of its scope, or by a box."""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, cast

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import onewindow
from onewindow import actions, screens, widgets
from onewindow.actions import ACTIONS, Action
from onewindow.screens.frame.table_screen import TableScreen
from onewindow.screens.routes import ROUTES, SCREENS

T = TypeVar("T")
_PLACE = Path(onewindow.__file__).parent


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


def test_nothing_is_done_by_the_name_of_a_method() -> None:
    """A name put together at run time is found by no reader, and missed by the type checker."""
    built: list[str] = []
    for room in ("screens", "widgets", "cli"):
        for path in (_PLACE / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            built += [f"{path.name}:{node.lineno}" for node in ast.walk(tree) if _is_by_name(node)]
    assert built == []


def _is_by_name(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether a call is `import_module(…)`, or `getattr` with a name that stands in no record."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    if node.func.id == "import_module":
        return True
    return node.func.id == "getattr" and isinstance(node.args[1], ast.JoinedStr | ast.BinOp)
