"""A plugin of pytest: which lines of the program each test runs, written down test file by test file."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import coverage
import pytest

WRITTEN_TO = "ONEWINDOW_LINE_MAP"
"""The variable of the environment that names the folder of the map."""
_PROCESS_EVENTS = frozenset({"subprocess.Popen", "os.fork", "os.posix_spawn"})


class Tracing:
    """Hears of each test of this process; `folder` gets one file for each file of tests that passed."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._tracer = coverage.Coverage(data_file=None, source=[str(root / "onewindow")], config_file=False)
        # A file of tests that runs nothing of the program is no reason to end.
        self._tracer.set_option("run:disable_warnings", ["no-data-collected"])
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._failed: set[str] = set()
        self._started_processes: set[str] = set()
        self._running = ""
        sys.addaudithook(self._heard)
        self._tracer.start()

    def _heard(self, event: str, _arguments: tuple[object, ...]) -> None:
        if event in _PROCESS_EVENTS:
            self._started_processes.add(self._running)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Note the lines under the name of the test that runs."""
        self._running = item.nodeid
        self._tracer.switch_context(item.nodeid)
        result = yield
        self._tracer.switch_context("")
        if nextitem is None or nextitem.path != item.path:
            self._write(item.path.relative_to(self._root).as_posix())
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how long a test took, and whether it passed."""
        self._seconds[report.nodeid] += report.duration
        if not report.passed:
            self._failed.add(report.nodeid)

    def _write(self, test_file: str) -> None:
        """Write what the tests of one file ran, and begin anew."""
        self._tracer.stop()
        data = self._tracer.get_data()
        lines: dict[str, dict[str, str]] = {}
        for name in sorted(data.measured_files()):
            masks: defaultdict[str, int] = defaultdict(int)
            for line, tests in data.contexts_by_lineno(name).items():
                for test in tests:
                    masks[test] |= 1 << line
            ran = {test: f"{mask:x}" for test, mask in masks.items() if test and test not in self._failed}
            if ran:
                lines[Path(name).relative_to(self._root).as_posix()] = ran
        passed = {test: round(took, 3) for test, took in self._seconds.items() if test not in self._failed}
        entry = {
            "made_of": hashes(self._root, [test_file, *shared_test_files(self._root, test_file), *lines]),
            "seconds": passed,
            "started_processes": sorted(self._started_processes & passed.keys()),
            "lines": lines,
        }
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / entry_name(test_file)).write_bytes(gzip.compress(json.dumps(entry).encode(), 1))
        self._seconds.clear()
        self._failed.clear()
        self._started_processes.clear()
        self._tracer.erase()
        self._tracer.start()


def entry_name(test_file: str) -> str:
    """The name of the file of the map that tells of a file of tests."""
    return test_file.replace("/", "+") + ".json.gz"


def shared_test_files(root: Path, test_file: str) -> list[str]:
    """What a file of tests stands on: the modules that are no tests right in tests/ and in its own folder."""
    folders = {(root / test_file).parent, root / "tests"}
    found = [path for folder in folders for path in folder.glob("*.py") if not path.name.startswith("test_")]
    return sorted(path.relative_to(root).as_posix() for path in found)


def hashes(root: Path, names: list[str]) -> dict[str, str]:
    """A short hash of each file as it stands."""
    return {
        name: hashlib.sha256((root / name).read_bytes()).hexdigest()[:16]
        for name in names
        if (root / name).exists()
    }


def pytest_configure(config: pytest.Config) -> None:
    """Take part, where somebody asked for a map."""
    if WRITTEN_TO in os.environ:
        config.pluginmanager.register(_TRACING, "line-map")


_TRACING = Tracing(Path.cwd(), Path(os.environ[WRITTEN_TO])) if WRITTEN_TO in os.environ else None
