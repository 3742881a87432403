"""Which tests would notice a fault, in the order in which they find it soonest."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cached_property
from pathlib import Path

from tests.mutants.faults import Fault, names_bound
from tests.mutants.line_map import LineMap

_NAME = re.compile(r"[A-Za-z_]\w*")
_MOST_STEPS = 3
"""A table is named in another table, that in a third …: so many steps at most to a line that a call runs."""


class Chooser:
    """Knows a tree and the map of its tests."""

    def __init__(self, root: Path, found: LineMap) -> None:
        self._root = root
        self._map = found
        self._names: dict[str, frozenset[str]] = {}

    def tests_for(self, fault: Fault) -> list[str]:
        """The tests that run a fault, the nearest and quickest first.

        What is run by importing its module belongs to no test, so those are taken that run a line which names
        what the statement binds, or stand in a file that does. Where no test runs it in its own process,
        those come that start processes.
        """
        if fault.bound:
            tests = self._tests_of_names(fault.path, fault.bound)
        else:
            tests = self._map.tests_of_lines(fault.path, fault.line, fault.end_line)
        if not tests:
            tests = self._map.started_processes
        return sorted(tests, key=lambda test: (_distance(test, fault.path), self.seconds(test), test))

    def seconds(self, test: str) -> float:
        """How long a test took when it was traced."""
        return self._map.seconds.get(test, 0.0)

    def quickest(self, count: int = 20) -> list[str]:
        """Some tests that take no time, to try whether tests run at all."""
        return sorted(self._map.seconds, key=self.seconds)[:count]

    def _tests_of_names(self, path: str, names: tuple[str, ...]) -> set[str]:
        tests, seen, wanted = set[str](), set(names), set(names)
        for _ in range(_MOST_STEPS):
            further = set[str]()
            for name in wanted:
                for at, line, bound in self._uses[name]:
                    if bound:
                        further.update(bound)
                    else:
                        tests |= self._map.tests_of_lines(at, line, line)
            wanted = further - seen
            seen |= further
            if tests or not wanted:
                break
        tests |= {test for test in self._map.seconds if seen & self._named_in(test.partition("::")[0])}
        return tests or set(self._map.lines[path])

    def _named_in(self, test_file: str) -> frozenset[str]:
        """The names that stand in a file of tests: who compares a table whole names it."""
        if test_file not in self._names:
            file = self._root / test_file
            text = file.read_text(encoding="utf-8") if file.exists() else ""
            self._names[test_file] = frozenset(_NAME.findall(text))
        return self._names[test_file]

    @cached_property
    def _uses(self) -> dict[str, list[tuple[str, int, tuple[str, ...]]]]:
        """Where each name is used: file, line, and what the statement binds if importing runs it."""
        uses: defaultdict[str, list[tuple[str, int, tuple[str, ...]]]] = defaultdict(list)
        for file in sorted((self._root / "onewindow").rglob("*.py")):
            path = file.relative_to(self._root).as_posix()
            for statement in ast.parse(file.read_text(encoding="utf-8")).body:
                for name, line, bound in _names_used(statement, names_bound(statement)):
                    uses[name].append((path, line, bound))
        return uses


def _names_used(node: ast.AST, bound: tuple[str, ...]) -> list[tuple[str, int, tuple[str, ...]]]:
    """The names that a statement of a module reads, each with its line."""
    found: list[tuple[str, int, tuple[str, ...]]] = []
    for child in ast.iter_child_nodes(node):
        inner = bound
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inner = ()
        elif isinstance(child, ast.stmt):
            inner = (*bound, *names_bound(child))
        match child:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                found.append((name, child.lineno, inner))
            case _:
                pass
        found += _names_used(child, inner)
    return found


def _distance(test: str, path: str) -> int:
    """0 for a test of that module by its name, 1 for one of its room, 2 for any other."""
    file = Path(test.split("::", 1)[0])
    theirs, ours = _words(file.stem) - {"test"}, _words(Path(path).stem) | _words(Path(path).parent.name)
    room = path.split("/")[1]
    if room not in file.parts:
        return 2
    return 0 if theirs & ours else 1


def _words(name: str) -> set[str]:
    return {word.rstrip("s") for word in re.split(r"[_\W]+", name)}
