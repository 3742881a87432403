"""Which page of a file belongs to which table or index, and which pages are damaged or led to by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from onewindow.store.salvage.page_rows import (
    INDEX_INNER,
    INDEX_LEAF,
    TABLE_INNER,
    TABLE_LEAF,
    BrokenPage,
    RawRow,
    children,
    layout,
    rows,
)
from onewindow.store.salvage.pages import Pages

SCHEMA_TREE = "sqlite_master"
"""The table in which a file lists its tables and indexes."""
_SCHEMA_COLUMNS = 5
_TYPES = frozenset({"table", "index", "view", "trigger"})
_DEEPEST = 40
_FREE, _TAKEN = 1, 2


@dataclass
class Tree:
    """The pages of one table or index that hold rows, in order, and those of it that are damaged."""

    name: str
    table: str
    is_table: bool
    root: int
    sql: str
    holding: list[int] = field(default_factory=list[int])
    damaged: list[int] = field(default_factory=list[int])


@dataclass
class Survey:
    """A whole file: its trees by name, pages of rows that no tree leads to, and pages that cannot be told."""

    trees: dict[str, Tree]
    strays: list[int]
    lost: list[int]
    has_head: bool


def survey(pages: Pages) -> Survey:
    """Look at every page of a file once."""
    seen = bytearray(pages.count + 2)
    for number in pages.free:
        if number <= pages.count:
            seen[number] = _FREE
    trees = {tree.name: tree for tree in _trees(pages, seen)}
    for tree in trees.values():
        _walk(pages, tree, seen)
    strays: list[int] = []
    lost: list[int] = []
    for number in range(1, pages.count + 1):
        if not seen[number] and number != pages.never_used:
            _look_at_stray(pages, number, seen, strays, lost)
    # Pages on which long rows of strays go on were met before the rows themselves.
    return Survey(trees, strays, [number for number in lost if not seen[number]], pages.has_head)


def _look_at_stray(pages: Pages, number: int, seen: bytearray, strays: list[int], lost: list[int]) -> None:
    try:
        page = layout(pages, number)
    except BrokenPage:
        lost.append(number)
        return
    if page.kind in (TABLE_LEAF, INDEX_LEAF, INDEX_INNER):
        _, _, chained = rows(pages, page)
        for page_number in chained:
            seen[page_number] = _TAKEN
        strays.append(number)


def _trees(pages: Pages, seen: bytearray) -> Iterator[Tree]:
    """The tables and indexes that the file's own list names, or what is left of that list."""
    listed = Tree(SCHEMA_TREE, SCHEMA_TREE, True, 1, "")
    _walk(pages, listed, seen)
    yield listed
    raw_rows = [row for number in listed.holding for row in _readable(pages, number)]
    if listed.damaged:
        for number in range(2, pages.count + 1):
            if not seen[number]:
                stray = [row for row in _readable(pages, number) if _is_of_schema(row)]
                if stray:
                    seen[number] = _TAKEN
                    listed.holding.append(number)
                    raw_rows += stray
    for row in raw_rows:
        if not _is_of_schema(row):
            continue
        kind, name, table, root, sql = row.values
        if kind in ("table", "index") and isinstance(root, int) and root > 1:
            yield Tree(str(name), str(table), kind == "table", root, str(sql or ""))


def _readable(pages: Pages, number: int) -> list[RawRow]:
    try:
        page = layout(pages, number)
    except BrokenPage:
        return []
    return rows(pages, page)[0] if page.kind == TABLE_LEAF else []


def _is_of_schema(row: RawRow) -> bool:
    values = row.values
    return (
        len(values) == _SCHEMA_COLUMNS
        and values[0] in _TYPES
        and isinstance(values[1], str)
        and isinstance(values[2], str)
        and isinstance(values[3], int)
    )


def _walk(pages: Pages, tree: Tree, seen: bytearray) -> None:
    """Go down a tree and note its pages; a page that is reached a second time belongs to somebody else."""
    waiting = [(tree.root, 0)]
    while waiting:
        number, depth = waiting.pop()
        if not 0 < number <= pages.count or depth > _DEEPEST:
            tree.damaged.append(number)
            continue
        if seen[number] == _TAKEN:
            continue
        try:
            page = layout(pages, number)
        except BrokenPage:
            seen[number] = _TAKEN
            tree.damaged.append(number)
            continue
        if page.kind not in _kinds_of(tree):
            tree.damaged.append(number)
            continue
        seen[number] = _TAKEN
        if page.missing:
            tree.damaged.append(number)
        if page.kind in (TABLE_INNER, INDEX_INNER):
            waiting += [(child, depth + 1) for child in reversed(children(page))]
        if page.kind != TABLE_INNER:
            tree.holding.append(number)
            _, broken, chained = rows(pages, page)
            if broken and not page.missing:
                tree.damaged.append(number)
            for page_number in chained:
                seen[page_number] = _TAKEN


def _kinds_of(tree: Tree) -> tuple[int, ...]:
    """The kinds of pages that a tree can have: a table WITHOUT ROWID is built like an index."""
    if not tree.is_table:
        return (INDEX_INNER, INDEX_LEAF)
    if "WITHOUT ROWID" in tree.sql.upper().rpartition(")")[2]:
        return (INDEX_INNER, INDEX_LEAF)
    return (TABLE_INNER, TABLE_LEAF)
