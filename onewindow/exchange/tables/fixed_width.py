"""Text whose columns stand under each other, parted by blanks alone: cut where its column names stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_NAME = re.compile(r"\S+(?: \S+)*")
"""A column name: two blanks end it, one may stand in it."""
_RULE = re.compile(r"[-=+_|: ]*")


def column_starts(lines: Sequence[str]) -> list[int] | None:
    """Where the columns begin, from the first lines of a text; None if they do not line up.

    A column reaches to where all lines are blank before the next name: names may stand to the left or to
    the right of their cells.
    """
    kept = [line.rstrip() for line in lines if line.strip() and not is_rule(line)]
    names = named_places(kept[0]) if kept else []
    if len(names) < 2 or len(kept) < 2:
        return None
    starts = [0]
    for (_, end), (begin, _) in pairwise(names):
        gap = _blank_for_all(kept, end, begin)
        if gap is None:
            return None
        starts.append(gap)
    return starts


def named_places(header: str) -> list[tuple[int, int]]:
    """Where the names of a header begin and end, if two blanks or more part them."""
    return [match.span() for match in _NAME.finditer(header)]


def cut(lines: Iterable[str], starts: Sequence[int], run_over: set[int]) -> Iterator[tuple[int, list[str]]]:
    """The cells of every line with its number; lines that only rule others off are left out.

    `run_over` gets the numbers of lines that were cut where no two blanks part the cells.
    """
    for number, line in enumerate(lines, start=1):
        if not is_rule(line):
            cells = _cells(line, starts)
            if _runs_over(line, cells):
                run_over.add(number)
            yield number, cells


def are_apart(lines: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether two blanks part the cells of nearly all lines, so that others look odd."""
    kept = [line for line in lines if line.strip() and not is_rule(line)]
    odd = sum(_runs_over(line, _cells(line, starts)) for line in kept)
    return odd * 4 <= len(kept)


def _cells(line: str, starts: Sequence[int]) -> list[str]:
    ends: list[int | None] = [*starts[1:], None]
    return [line[begin:end].strip() for begin, end in zip(starts, ends, strict=True)]


def _runs_over(line: str, cells: Sequence[str]) -> bool:
    parts = sum(len(named_places(cell)) for cell in cells)
    return len(named_places(line)) < parts


def is_rule(line: str) -> bool:
    """Whether a line of signs parts the header from the rows, as databases print it."""
    plain = line.strip()
    return plain.count("-") + plain.count("=") + plain.count("_") >= 3 and _RULE.fullmatch(plain) is not None


def _blank_for_all(lines: Sequence[str], end: int, begin: int) -> int | None:
    """The last place before a name, or under it, at which every line has a blank; None without one."""
    for place in range(begin - 1, end - 1, -1):
        if all(line[place : place + 1] in ("", " ") for line in lines):
            return place + 1
    return None
