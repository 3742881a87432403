"""Which tests run which lines: made once by running them all under a tracer, and kept from run to run.

One entry tells of one file of tests. It holds as long as that file, what it stands on and every file of the
program that it ran are as they were, so that after a change only the tests that ran what changed are traced.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from tests.mutants.tracing import WRITTEN_TO, entry_name, hashes

_NOT_TRACED = ("tests/bench", "tests/mutants")
"""Rooms of tests that measure, or test no part of the program."""


@dataclass
class LineMap:
    """What each test runs, `lines[file][test]` with one bit for each line, and how many seconds it took."""

    lines: defaultdict[str, dict[str, int]] = field(
        default_factory=lambda: defaultdict[str, dict[str, int]](dict)
    )
    seconds: dict[str, float] = field(default_factory=dict[str, float])
    started_processes: set[str] = field(default_factory=set[str])

    def tests_of_lines(self, path: str, first: int, last: int) -> set[str]:
        """The tests that run one of these lines of a file."""
        wanted = ((1 << (last - first + 1)) - 1) << first
        return {test for test, mask in self.lines[path].items() if mask & wanted}

    def lines_run(self, path: str) -> int:
        """The bits of the lines of a file that any test runs."""
        ran = 0
        for mask in self.lines[path].values():
            ran |= mask
        return ran

    def add(self, entry: dict[str, object]) -> None:
        """Take in what the tests of one file ran."""
        self.seconds.update(cast("dict[str, float]", entry["seconds"]))
        self.started_processes.update(cast("list[str]", entry["started_processes"]))
        for path, masks in cast("dict[str, dict[str, str]]", entry["lines"]).items():
            self.lines[path].update({test: int(mask, 16) for test, mask in masks.items()})


def line_map(root: Path, folder: Path, rooms: Sequence[str] | None, jobs: int) -> LineMap:
    """The map of a tree, or of some rooms of its tests: what `folder` has and still holds, the rest new."""
    within = tuple(room.rstrip("/") + "/" for room in rooms or ("tests",))
    test_files = sorted(
        path.relative_to(root).as_posix()
        for path in (root / "tests").rglob("test_*.py")
        if (name := path.relative_to(root).as_posix()).startswith(within) and not name.startswith(_NOT_TRACED)
    )
    stale = [name for name in test_files if _entry(root, folder, name) is None]
    if stale:
        print(f"tracing {len(stale)} of {len(test_files)} files of tests", file=sys.stderr)  # noqa: T201  a command talks
        _trace(root, folder, stale, jobs)
    found = LineMap()
    for name in test_files:
        entry = _entry(root, folder, name)
        if entry is not None:
            found.add(entry)
    return found


def _entry(root: Path, folder: Path, test_file: str) -> dict[str, object] | None:
    """What the map says of a file of tests, if it still holds."""
    path = folder / entry_name(test_file)
    if not path.exists():
        return None
    entry = cast("dict[str, object]", json.loads(gzip.decompress(path.read_bytes())))
    made_of = cast("dict[str, str]", entry["made_of"])
    return entry if hashes(root, list(made_of)) == made_of else None


def environment(root: Path) -> dict[str, str]:
    """The environment of tests that run in a tree of their own: its modules, the same chance each time."""
    return {
        **os.environ,
        "PYTHONPATH": str(root),
        "CI": "1",
        "COVERAGE_CORE": "ctrace",  # the one that tells tests apart
    }


def _trace(root: Path, folder: Path, test_files: list[str], jobs: int) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "tests.mutants.tracing", "-p", "no:cacheprovider"]
    command += ["-n", str(jobs), "--dist", "loadfile"] if jobs > 1 else ["-n", "0"]
    traced = {**environment(root), WRITTEN_TO: str(folder.resolve())}
    subprocess.run([*command, *test_files], cwd=root, env=traced, stdout=sys.stderr, check=False)
