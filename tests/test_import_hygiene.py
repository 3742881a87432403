"""What the window and a command load before they show anything: a library more costs every start."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest
from source_trees import ROOT, nodes_of, trees

_HEAVY = (
    *("secrets", "decimal", "platformdirs", "phonenumbers", "slugify", "stdnum"),
    *("openpyxl", "sqlite_utils", "rapidfuzz", "tomllib", "difflib", "holidays"),
    *("icalendar", "babel"),
)
_AFTER_THE_FIRST_FRAME = (
    *("textual.widgets._text_area", "textual.widgets._input", "textual.widgets._markdown"),
    *(
        "onewindow.screens.editing.record_form",
        "onewindow.screens.frame.palette",
        "onewindow.desk.caches.client_caches",
    ),
    *("onewindow.desk.editing.changing", "onewindow.version", "click"),
)
_PACKAGES_AT_MOST = 37
_NO_COMMAND_NEEDS = (
    *("textual", "rich", "asyncio", "ssl", "onewindow.desk", "onewindow.store", "sqlite3", "pysqlite3"),
)


@pytest.mark.parametrize(
    ("door", "beyond", "unwanted", "at_most"),
    [
        # One more than before: reading and arithmetic of health are two rooms, thus two modules.
        ("onewindow.app", "textual.app", (*_HEAVY, *_AFTER_THE_FIRST_FRAME), 149),
        ("onewindow.__main__", "typing, pathlib", ("click", *_HEAVY, *_NO_COMMAND_NEEDS), 5),
        ("onewindow.cli.program", "click", (*_HEAVY, *_NO_COMMAND_NEEDS), 15),
        ("onewindow.desk.window.show", "click, sqlite3", (*_HEAVY, "textual", "rich", "asyncio", "ssl"), 120),
    ],
)
def test_a_door_opens_without_what_it_does_not_need(
    door: str, beyond: str, unwanted: tuple[str, ...], at_most: int
) -> None:
    more = _loaded_by(door) - _loaded_by(beyond)
    assert more & set(unwanted) == set()
    # A package of ours is one line of text (0.1 ms): counted apart, it takes no room from the code.
    packages = {name for name in more if name.startswith("onewindow") and _is_package(name, more)}
    assert len(more - packages) <= at_most, sorted(more)
    assert len(packages) <= _PACKAGES_AT_MOST, sorted(packages)


def _is_package(name: str, loaded: set[str]) -> bool:
    return any(other.startswith(f"{name}.") for other in loaded)


def _loaded_by(modules: str) -> set[str]:
    """The names of all modules that a new process has after importing some."""
    code = f"import {modules}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


_REASON = "loaded when"


def test_an_import_inside_a_function_has_its_reason() -> None:
    """In a comment on its line or above it and its neighbours, or once in what the module says of itself."""
    places = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, tree in trees().items()
        for line in _imports_without_reason(path.read_text(encoding="utf-8"), tree)
    ]
    assert places == []


def test_an_import_without_a_reason_is_noticed() -> None:
    text = "def read():\n    import json\n\n    return json\n"
    assert list(_imports_without_reason(text)) == [2]
    assert list(_imports_without_reason(f'"""It is {_REASON} something is read."""\n{text}')) == []
    assert list(_imports_without_reason(text.replace("json\n", "json  # few read\n", 1))) == []
    assert list(_imports_without_reason(text.replace("    import", "    # few read\n    import"))) == []


def test_a_reason_above_imports_that_stand_together_is_that_of_each() -> None:
    body = "    import json\n    from os import (\n        path,\n    )\n    import sys\n"
    assert list(_imports_without_reason(f"def read():\n    # few read\n{body}")) == []
    assert list(_imports_without_reason(f"def read():\n{body}")) == [2, 3, 6]
    apart = body.replace("    import sys", "\n    import sys")
    assert list(_imports_without_reason(f"def read():\n    # few read\n{apart}")) == [8]
    on_one = body.replace("json\n", "json  # few read\n")
    assert list(_imports_without_reason(f"def read():\n{on_one}")) == [3, 6]


def _imports_without_reason(text: str, module: ast.Module | None = None) -> Iterator[int]:
    """The lines of a module's text where a function imports something, and nothing says why."""
    module = module or ast.parse(text)
    if _REASON in " ".join((ast.get_docstring(module) or "").split()):
        return
    lines = text.splitlines()
    functions = (
        node for node in nodes_of(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    imports = {
        node.lineno: node.end_lineno or node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    said = 0
    """The line behind imports that stand together under a comment: one that stands there is meant too."""
    for number, end in sorted(imports.items()):
        if lines[number - 2].strip().startswith("#") or number == said:
            said = end + 1
        elif "#" not in lines[number - 1]:
            yield number
