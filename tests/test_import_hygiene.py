"""What the window and a command load before they show anything: a library more costs every start."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
_PACKAGES_AT_MOST = 40
_NO_COMMAND_NEEDS = (
    *("textual", "rich", "asyncio", "ssl", "onewindow.desk", "onewindow.store", "sqlite3", "pysqlite3"),
)


@pytest.mark.parametrize(
    ("door", "beyond", "unwanted", "at_most"),
    [
        # One more than before: reading and arithmetic of health are two rooms, thus two modules.
        ("onewindow.app", "textual.app", (*_HEAVY, *_AFTER_THE_FIRST_FRAME), 151),
        ("onewindow.__main__", "typing, pathlib", ("click", *_HEAVY, *_NO_COMMAND_NEEDS), 10),
        ("onewindow.cli.program", "click", (*_HEAVY, *_NO_COMMAND_NEEDS), 25),
        ("onewindow.desk.window.show", "click, sqlite3", (*_HEAVY, "textual", "rich", "asyncio", "ssl"), 130),
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
