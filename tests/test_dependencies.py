"""Packages of others: each is explained in docs/dependencies.md, and none loads before it is needed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from onewindow.store.engine import open_store

ROOT = Path(__file__).parents[1]
_NAME = re.compile(r"[A-Za-z0-9-]+")
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \|(.*)\|$", re.MULTILINE)
_AT_THE_START = "at the start"

_OPEN_THE_WINDOW = """
import asyncio, os, sys
from pathlib import Path
from onewindow.app import OneWindowApp
from onewindow.desk.opening import open_session
from onewindow.settings import from_environment

async def look(session):
    async with OneWindowApp(session, None).run_test() as pilot:
        await pilot.pause()
        print(*sys.modules)

session = open_session(from_environment(os.environ)[0], os.environ, path=Path(sys.argv[1]))
asyncio.run(look(session))
"""
_SEND = """
import sys
from onewindow.cli.program import program
try:
    program.main(["--db", sys.argv[1], "outbox", "send"])
finally:
    print(*sys.modules)
"""
_LIST_CLIENTS = """
import sys
from onewindow.cli.program import program
try:
    program.main(["--db", sys.argv[1], "client", "list"])
finally:
    print(*sys.modules)
"""


def _declared(*, dev: bool) -> set[str]:
    """The names of the packages in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["optional-dependencies"]["dev"] if dev else project["dependencies"]
    return {found[0].lower() for line in lines if (found := _NAME.match(line))}


def _explained(*, dev: bool) -> dict[str, str]:
    """What the document says of each package, by name."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    _, needed, work, *_ = text.split("\n## ")
    return dict(_ROW.findall(work if dev else needed))


@pytest.mark.parametrize("dev", [False, True], ids=["of the program", "of work on it"])
def test_every_package_is_explained_and_no_other(dev: bool) -> None:
    assert set(_explained(dev=dev)) == _declared(dev=dev)


@pytest.mark.parametrize(
    ("script", "needed"),
    [
        (_OPEN_THE_WINDOW, "platformdirs"),
        (_LIST_CLIENTS, "click"),
        (_SEND, "click"),
    ],  # the toolkit itself needs the first
    ids=["window", "command", "sending"],
)
def test_what_a_start_does_not_need_is_not_loaded(script: str, needed: str, tmp_path: Path) -> None:
    database = tmp_path / "one.db"
    open_store(database, create=True).close()
    late = {name for name, said in _explained(dev=False).items() if _AT_THE_START not in said}
    modules = {
        module
        for module, packages in packages_distributions().items()
        if late & {p.lower() for p in packages}
    }
    assert {"icalendar", "babel", "sqlite_utils", "openpyxl", "holidays"} <= modules
    done = subprocess.run(
        [sys.executable, "-c", script, str(database)], capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & modules == {needed}
