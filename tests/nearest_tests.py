"""`python -m tests.nearest_tests [PACKAGE …]`: the tests that a change needs, in under a minute.

Without a package, what was touched since `main` counts: committed, not yet committed, and new files. A test
is near that was touched itself, that stands under the same name as what was touched (`onewindow/desk/plans/…`
→ `tests/desk/plans/`, `tests/desk/test_plans.py`), or that imports it with at most two modules between. The
nearest run first, as many as there is time for. Nothing is listed by hand, so that a module or test that
moves is found where it stands.
"""

from __future__ import annotations

import argparse
import ast
import os
import subprocess
import sys
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import grimp

from tests import seconds_of_tests
from tests.source_trees import ROOMS, ROOT, dotted, imported_by

SECONDS = 60.0
"""So much may the tests take one after the other; two workers and their start make about 40 s of it."""
_FARTHEST = 3
"""Steps from a test to what was touched: more lie between most tests and most of the program."""
_SECONDS_OF_UNKNOWN_TEST = 0.15
_SECONDS_OF_UNKNOWN_SCREEN = 0.6
"""Coroutines are tests that open the window."""
_ALONE_SECONDS = 6.0
"""What is over so soon is not worth the start of a second worker."""


@dataclass(frozen=True)
class Choice:
    """Test files to run, nearest first, with the seconds expected of them, and those that had no room."""

    files: list[Path]
    seconds: float
    left_out: list[Path]


class Project:
    """The modules and tests of a folder, and how they import each other."""

    def __init__(self, root: Path, packages: Iterable[str], tests: str = "tests") -> None:
        """`packages` are the names of the top packages in `root`; the first is the one that tests mirror."""
        self.root, self.packages, self.tests = root, tuple(packages), root / tests

    @cached_property
    def graph(self) -> grimp.ImportGraph:
        """Which module of the program imports which."""
        return grimp.build_graph(*self.packages, cache_dir=None)

    @cached_property
    def test_files(self) -> list[Path]:
        """All files with tests."""
        return sorted(self.tests.rglob("test_*.py"))

    def modules_of(self, touched: Path) -> set[str]:
        """The modules that a touched file or folder is; of other files, those in the nearest folder."""
        if touched.relative_to(self.root).parts[0] not in self.packages:
            return set()
        if touched.suffix == ".py":
            found = {dotted(touched.relative_to(self.root))}
        else:
            found = set[str]()
            while not found and touched != self.root:
                found = {dotted(file.relative_to(self.root)) for file in touched.rglob("*.py")}
                touched = touched.parent
        return found & self.graph.modules

    def distances(self, modules: set[str]) -> dict[str, int]:
        """How many imports lie between a module of the program and the nearest of some: 0 for themselves."""
        far = dict.fromkeys(modules, 0)
        edge = modules
        while edge:
            above = {user for module in edge for user in self.graph.find_modules_that_directly_import(module)}
            edge = above - far.keys()
            far.update(dict.fromkeys(edge, max(far.values()) + 1))
        return far

    def mirrors(self, touched: Path) -> set[Path]:
        """The tests that stand under the same name as a file or folder, or as the package around it."""
        parts = touched.relative_to(self.root).with_suffix("").parts
        names = parts[1:] if parts[0] == self.packages[0] else parts
        found = set[Path]()
        for depth in range(1, len(names) + 1):
            *rooms, name = names[:depth]
            found.update(self.tests.joinpath(*rooms).glob(f"test_{name}.py"))
            if depth > 1:  # a whole room is no answer
                found.update(self.tests.joinpath(*names[:depth]).rglob("test_*.py"))
        return found

    def ranks(self, touched: Iterable[Path]) -> dict[Path, int]:
        """How near tests are: 0 touched, 1 mirrored or importing what was touched; far ones are left out."""
        touched = [path.resolve() for path in touched]
        far = self.distances({module for path in touched for module in self.modules_of(path)})
        near = {test for path in touched for test in self.mirrors(path)}
        near |= {
            test for path in touched if path.name == "conftest.py" for test in path.parent.rglob("test_*.py")
        }
        ranks = dict.fromkeys(near, 1) | {path: 0 for path in touched if path in self.test_files}
        for test in self.test_files:
            modules, files = self._imports_of(test)
            steps = [far[module] + 1 for module in modules & far.keys()]
            steps += [1 for path in touched if path in files]
            if steps and min(steps) <= _FARTHEST:
                ranks.setdefault(test, min(steps))
        return ranks

    def _imports_of(self, test: Path) -> tuple[set[str], set[Path]]:
        """What modules a test and what it shares with other tests import, and the files of both."""
        modules, seen, ahead = set[str](), set[Path](), [test]
        while ahead:
            file = ahead.pop()
            seen.add(file)
            for name in self._names_imported(file):
                if module := _stands_in(name, self.graph.modules):
                    modules.add(module)
                elif beside := _stands_in(name.removeprefix("tests."), self._beside_tests):
                    ahead += {self._beside_tests[beside]} - seen
        return modules, seen

    @cached_property
    def _beside_tests(self) -> dict[str, Path]:
        """What tests share, under the names they import it by: `screen_host`, `bench.files`."""
        files = [file for file in self.tests.rglob("*.py") if not file.name.startswith("test_")]
        return {file.stem: file for file in files} | {
            dotted(file.relative_to(self.tests)): file for file in files
        }

    @cached_property
    def _names_of_files(self) -> dict[Path, set[str]]:
        return {}

    def _names_imported(self, file: Path) -> set[str]:
        """All that a file imports; `from a import b` may mean a module `a.b`, so that is the name."""
        if file not in self._names_of_files:
            self._names_of_files[file] = _longest(set(imported_by(ast.walk(ast.parse(file.read_bytes())))))
        return self._names_of_files[file]


def _stands_in(name: str, modules: Container[str]) -> str | None:
    """The one of some modules that a dotted name is, or that what it names stands in."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


def _longest(names: set[str]) -> set[str]:
    """Names without those that only lead to another."""
    return names - {name.rpartition(".")[0] for name in names}


def choose(ranks: Mapping[Path, int], seconds: Mapping[Path, float], at_most: float = SECONDS) -> Choice:
    """The nearest tests that fit: of equally near ones the quick before the slow. One runs in any case."""
    chosen, left_out, spent = list[Path](), list[Path](), 0.0
    for test in sorted(ranks, key=lambda test: (ranks[test], seconds[test], test)):
        if chosen and spent + seconds[test] > at_most:
            left_out.append(test)
        else:
            chosen.append(test)
            spent += seconds[test]
    return Choice(chosen, spent, left_out)


def touched_since_main(root: Path) -> set[Path]:
    """What differs from where the branch left `main`; on `main` itself, from where it left the server's."""
    base = "origin/main" if _git(root, "rev-parse", "--abbrev-ref", "HEAD") == ["main"] else "main"
    left_at = _git(root, "merge-base", "HEAD", base) or ["HEAD"]
    names = _git(root, "diff", "--name-only", "--no-renames", left_at[0])
    names += _git(root, "ls-files", "--others", "--exclude-standard")
    return {root / name for name in names}


def _git(root: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        ["git", "-c", "core.quotePath=false", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.splitlines() if done.returncode == 0 else []


def packages_named(root: Path, names: Iterable[str]) -> set[Path]:
    """The folders or modules that people name: `desk/plans`, `onewindow/desk/plans`, `text/money.py`.

    Raises SystemExit for a name under which nothing stands.
    """
    found = set[Path]()
    for name in names:
        places = [root / "onewindow" / name, root / name]
        stands = [path for place in places for path in (place, place.with_suffix(".py")) if path.exists()]
        if not stands:
            raise SystemExit(
                f"There is no package or module {name}: name it as it stands in onewindow, e.g. desk/plans."
            )
        found.add(stands[0])
    return found


def expected_seconds(root: Path, tests: Iterable[Path]) -> dict[Path, float]:
    """How long each test file takes: what the last run took, or a guess by the number of its tests."""
    known = seconds_of_tests.known(root)
    return {
        test: known.get(test.relative_to(root).as_posix())
        or _guessed_seconds(test.read_text(encoding="utf-8"))
        for test in tests
    }


def _guessed_seconds(source: str) -> float:
    plain = source.count("\ndef test_") * _SECONDS_OF_UNKNOWN_TEST
    return plain + source.count("\nasync def test_") * _SECONDS_OF_UNKNOWN_SCREEN


def main() -> None:
    """Choose, say what was chosen, and become pytest on it."""
    parser = argparse.ArgumentParser(prog="python -m tests.nearest_tests")
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="such as desk/plans")
    parser.add_argument("--list", action="store_true", help="only say which files")
    options = parser.parse_args()
    project = Project(ROOT, ROOMS)
    touched = packages_named(ROOT, options.packages) if options.packages else touched_since_main(ROOT)
    ranks = project.ranks(touched)
    choice = choose(ranks, expected_seconds(ROOT, ranks))
    left = f"; {len(choice.left_out)} more are left to make test" if choice.left_out else ""
    print(f"{len(choice.files)} test files, about {choice.seconds:.0f} s of tests{left}", flush=True)  # noqa: T201
    names = [str(file.relative_to(ROOT)) for file in choice.files]
    if options.list:
        print(*names, sep="\n")  # noqa: T201
    elif names:
        workers = ["-n", "0"] if choice.seconds < _ALONE_SECONDS else []
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *workers, *names])  # noqa: S606


if __name__ == "__main__":
    main()
