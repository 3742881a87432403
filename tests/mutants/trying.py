"""Planting faults in a copy of the tree and running tests there until one notices."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.choosing import Chooser
from tests.mutants.faults import Fault, planted
from tests.mutants.line_map import environment

_FIRST_SECONDS = 5.0
"""The quickest tests come first, as many as take so long; then the others."""
_HANG_SECONDS = 20.0
_HANG_TIMES = 8.0
"""A run is a hang after so many seconds and so many times what its tests take."""


@dataclass(frozen=True)
class Outcome:
    """What became of a fault: the first test that noticed it, or None, and how many were to be run."""

    fault: Fault
    noticed_by: str | None
    tests: int


def copy_of(root: Path, to: Path) -> None:
    """Copy the files of a tree as they stand, without what tools left there, and compile the program."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.decode().split("\0")):
        source, target = root / name, to / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    subprocess.run([sys.executable, "-m", "compileall", "-q", "onewindow"], cwd=to, check=True)


class Trier:
    """A copy of the tree and a process that runs tests in it; a fault stands there only while it is tried."""

    def __init__(self, tree: Path, chooser: Chooser, most_seconds: float) -> None:
        self._tree = tree
        self._chooser = chooser
        self._most_seconds = most_seconds
        self._output = tree.with_name(tree.name + ".output")
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.nursery"],
            cwd=tree,
            env={**environment(tree), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._tell(_modules_below(tree))

    def close(self) -> None:
        """End the process."""
        self._nursery.communicate()

    def why_unready(self, tests: Sequence[str]) -> str:
        """What keeps these tests from passing where no fault stands; '' if nothing does."""
        if self._noticed_by(tests) is None:
            return ""
        return self._output.read_text(encoding="utf-8")

    def outcome(self, fault: Fault) -> Outcome:
        """Plant a fault, run its tests until one notices, and take it out again."""
        tests = self._affordable(self._chooser.tests_for(fault))
        with _standing(self._tree, fault):
            for some in self._portions(tests):
                noticed = self._noticed_by(some)
                if noticed is not None:
                    return Outcome(fault, noticed, len(tests))
        return Outcome(fault, None, len(tests))

    def _affordable(self, tests: list[str]) -> list[str]:
        """The first of the tests, as many as take no longer than is given to a fault, but one at least."""
        taken, spent = list[str](), 0.0
        for test in tests:
            spent += self._chooser.seconds(test)
            if taken and spent > self._most_seconds:
                continue
            taken.append(test)
        return taken

    def _portions(self, tests: list[str]) -> Iterator[list[str]]:
        """The quickest of them first, then all others."""
        first, spent = list[str](), 0.0
        for test in tests:
            spent += self._chooser.seconds(test)
            if first and spent > _FIRST_SECONDS:
                break
            first.append(test)
        if first:
            yield first
        if len(first) < len(tests):
            yield tests[len(first) :]

    def _noticed_by(self, tests: Sequence[str]) -> str | None:
        """The test that fails, "a hang" or "no start"; None if all pass."""
        expected = sum(map(self._chooser.seconds, tests))
        names = self._output.with_suffix(".tests")
        names.write_text("\n".join(tests), encoding="utf-8")
        arguments = ["-x", "-q", "--no-header", "--tb=no", "-n", "0", "-p", "no:cacheprovider", f"@{names}"]
        self._tell({
            "arguments": arguments,
            "seconds": _HANG_SECONDS + _HANG_TIMES * expected,
            "output": str(self._output),
        })  # fmt: skip
        assert self._nursery.stdout is not None
        answer = self._nursery.stdout.readline().strip()
        if answer == "hang":
            return "a hang"
        if answer == "0":
            return None
        failed = re.search(r"^(?:FAILED|ERROR) (\S+)", self._output.read_text(encoding="utf-8"), re.MULTILINE)
        return failed[1] if failed else f"no start ({answer})"

    def _tell(self, message: object) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(json.dumps(message) + "\n")
        self._nursery.stdin.flush()


def _modules_below(tree: Path) -> list[str]:
    """What the window and the command line import of others.

    The toolkit is left out, because tests set its environment first, and plugins of pytest are not among
    them: it wants to import those itself.
    """
    ask = (
        "import sys, json, contextlib\n"
        "import onewindow.app, onewindow.cli.program\n"
        "ours = ('onewindow', 'seed', 'tests', 'textual', '__main__')\n"
        "print(json.dumps([name for name in sys.modules if name.split('.')[0] not in ours]))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=tree, env=environment(tree), capture_output=True, check=True
    )
    return json.loads(told.stdout)


@contextmanager
def _standing(tree: Path, fault: Fault) -> Generator[None]:
    """The fault in the file while it lasts. Python compares times in seconds, so each time is another."""
    path = tree / fault.path
    source, times = path.read_bytes(), path.stat()
    path.write_text(planted(source.decode(), fault), encoding="utf-8")
    os.utime(path, (times.st_atime, times.st_mtime + 10))
    try:
        yield
    finally:
        path.write_bytes(source)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
