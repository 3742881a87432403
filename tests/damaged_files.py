"""Damage of many kinds for tests, and what a file had on the pages that it spares."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from onewindow.store.salvage.page_rows import layout, rows
from onewindow.store.salvage.pages import Pages
from onewindow.store.salvage.row_shapes import shapes
from onewindow.store.salvage.trees import survey
from onewindow.store.sqlite_library import sqlite

PAGE = 4096

Rows = dict[str, set[tuple[object, ...]]]


def root_page(path: Path, name: str) -> int:
    """The first page of a table or index."""
    connection = sqlite.connect(path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    connection.close()
    return page


def holding_pages(path: Path, name: str) -> list[int]:
    """The pages of a table or index on which its rows stand."""
    with Pages(path) as pages:
        return survey(pages).trees[name].holding


def damage(path: Path, how: str, seed: int) -> set[int]:
    """Damage a file and give back the pages that are not what they were."""
    chance = random.Random(seed)
    count = path.stat().st_size // PAGE
    hurt = set(chance.sample(range(2, count + 1), 12))
    if how == "cut":
        first = chance.randint(count // 2, count)
        with path.open("r+b") as file:
            file.truncate(first * PAGE - chance.randint(1, PAGE))
        return set(range(first, count + 1))
    if how == "head":
        hurt = {1}
    elif how == "head and pages":
        hurt.add(1)
    with path.open("r+b") as file:
        for page in sorted(hurt):
            file.seek((page - 1) * PAGE)
            if how == "flipped":
                file.write(bytes(chance.randrange(256) for _ in range(60)))
            else:
                file.write(chance.randbytes(PAGE) if how == "garbage" else bytes(PAGE))
    return hurt


def zero(path: Path, *numbers: int) -> None:
    """Make pages empty."""
    with path.open("r+b") as file:
        for page in numbers:
            file.seek((page - 1) * PAGE)
            file.write(bytes(PAGE))


def rows_beside(path: Path, hurt: set[int]) -> Rows:
    """Keys of the rows of every kept table that stand wholly on pages that are not hurt."""
    connection = sqlite.connect(path)
    known = shapes(connection)
    spared: defaultdict[str, set[tuple[object, ...]]] = defaultdict(set)
    with Pages(path) as pages:
        for tree in survey(pages).trees.values():
            if tree.name not in known or not tree.is_table:
                continue
            shape = known[tree.name]
            own = key(connection, tree.name)
            places = [place for place, column in enumerate(shape.columns) if column.name in own]
            for number in tree.holding:
                found = layout(pages, number)
                for cell in found.cells:
                    one, _, chain = rows(pages, found._replace(cells=(cell,)))
                    if hurt.isdisjoint({number, *chain}):
                        values = shape.values(one[0])
                        assert values is not None
                        spared[tree.name].add(tuple(values[place] for place in places))
    connection.close()
    return spared


def key(connection: sqlite.Connection, table: str) -> list[str]:
    """The columns that tell the rows of a table apart."""
    found = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    return [name for (name,) in found]


def keys(path: Path, table: str) -> set[tuple[object, ...]]:
    """The keys of all rows of a table."""
    connection = sqlite.connect(path)
    found = connection.execute(f"SELECT {', '.join(key(connection, table))} FROM {table}").fetchall()
    connection.close()
    return set(found)


def content(path: Path) -> dict[str, list[str]]:
    """Every row of every table that is kept, as text."""
    connection = sqlite.connect(path)
    found = {
        name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in shapes(connection)
    }
    connection.close()
    return found
