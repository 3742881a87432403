"""Lines of functions that no test runs in its own process: no fault of theirs can be noticed."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType

from tests.mutants.line_map import LineMap


def unrun_report(root: Path, rooms: Mapping[str, Sequence[str]], found: LineMap) -> str:
    """Each line that no test runs, as `path:line text`, and how many there are in each room."""
    listed, counts = list[str](), list[str]()
    for room, files in rooms.items():
        unrun = every = 0
        for path in files:
            source = (root / path).read_text(encoding="utf-8")
            lines, texts = lines_of_functions(source), source.splitlines()
            ran = found.lines_run(path)
            left = [line for line in sorted(lines) if not ran >> line & 1]
            listed += (f"{path}:{line} {texts[line - 1].strip()}" for line in left)
            unrun, every = unrun + len(left), every + len(lines)
        counts.append(f"{room:<12} {unrun:>5} of {every} lines are run by no test")
    return "\n".join([*listed, "", *counts])


def lines_of_functions(source: str) -> set[int]:
    """The lines that a call runs, without those that importing a module runs."""
    return set(_lines(compile(source, "<source>", "exec", dont_inherit=True), in_function=False))


def _lines(code: CodeType, *, in_function: bool) -> Iterator[int]:
    if in_function:
        yield from (line for _, _, line in code.co_lines() if line and line != code.co_firstlineno)
    for each in code.co_consts:
        if isinstance(each, CodeType):
            is_function = bool(each.co_flags & inspect.CO_NEWLOCALS)
            yield from _lines(each, in_function=in_function or is_function)
