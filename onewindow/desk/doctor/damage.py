"""Where a file is damaged, page by page, and what that costs: what SQLite itself does not tell."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from onewindow.desk.doctor.diagnosis import Diagnosis
from onewindow.records.kinds import KINDS
from onewindow.store.salvage.page_rows import BrokenPage, layout
from onewindow.store.salvage.pages import Pages
from onewindow.store.salvage.row_shapes import is_derived
from onewindow.store.salvage.trees import SCHEMA_TREE, Survey, Tree, survey

_REBUILD = "onewindow db rebuild"
_PAGES_NAMED = 5
_SAMPLE = 20
_PLURALS = {kind.table: kind.plural for kind in KINDS.values()} | {"event": "changes in the log"}


def examine_pages(path: Path, restore: str) -> Iterator[Diagnosis]:
    """Every damaged table and index of a file, what is lost with it, and the way out.

    `restore` is the command that brings the newest backup back. Raises OSError if the file cannot be read.
    """
    with Pages(path) as pages:
        damage = survey(pages)
        salvage = f"onewindow db salvage {shlex.quote(str(path))}"
        if pages.refused:
            yield _disk_diagnosis(pages, path)
        if not pages.has_head:
            message = f"The beginning of {path} is destroyed; what stands behind it can be read page by page."
            yield Diagnosis("fault", "file", message, salvage)
        for tree in damage.trees.values():
            if tree.damaged:
                yield _tree_diagnosis(pages, tree, restore, has_strays=bool(damage.strays))
        hurt = _hurts_records(damage)
        if damage.lost and hurt:
            message = f"{_pages(damage.lost)} cannot be read, and nothing tells any more what stood there."
            yield Diagnosis("fault", "file", message, restore)
        if hurt:
            message = "What is left can be saved into a new file, with a list of what is lost."
            yield Diagnosis("note", "file", message, salvage)


def _disk_diagnosis(pages: Pages, path: Path) -> Diagnosis:
    """A disk that fails: what it does not give may be whole, and perhaps it gives it the next time."""
    message = (
        f"The disk does not give {_pages(sorted(pages.refused))} of {path} ({pages.reason}); the file itself "
        "need not be damaged, and what is said to be lost below may be there: copy it to another disk first."
    )
    return Diagnosis("fault", "disk", message, f"cp {shlex.quote(str(path))} OTHER_DISK")


def hurts_records(path: Path) -> bool:
    """Whether damage has reached what is kept nowhere else: not only indexes, lists and the search."""
    with Pages(path) as pages:
        return not pages.has_head or _hurts_records(survey(pages))


def _hurts_records(damage: Survey) -> bool:
    """A table whose tree is whole has all its rows, whatever else cannot be read."""
    has_tables = any(tree.name == "change_set" for tree in damage.trees.values())
    return (
        not damage.has_head
        or not has_tables
        or any(
            tree.damaged and tree.is_table and (tree.name == SCHEMA_TREE or not is_derived(tree.name))
            for tree in damage.trees.values()
        )
    )


def _tree_diagnosis(pages: Pages, tree: Tree, restore: str, *, has_strays: bool) -> Diagnosis:
    where = _pages(tree.damaged)
    if tree.name == SCHEMA_TREE:
        message = f"The list of the tables is damaged ({where}); the tables may still be whole."
        return Diagnosis("fault", "file", message, restore)
    if not tree.is_table:
        message = f"The index {tree.name} of {tree.table} is damaged ({where}); nothing is lost."
        return Diagnosis("fault", "file", message, _REBUILD)
    if is_derived(tree.name):
        message = f"{tree.name}, which is made from the records, is damaged ({where}); nothing is lost."
        return Diagnosis("fault", "file", message, _REBUILD)
    what = _PLURALS.get(tree.name, f"rows of {tree.name}")
    about = _rows_about(pages, tree)
    lost = f"about {about} {what} are lost" if about else f"{what} are lost"
    if has_strays:
        lost = f"{what} may be lost; a salvage finds those to which nothing leads any more"
    return Diagnosis("fault", "file", f"The table {tree.name} is damaged ({where}): {lost}.", restore)


def _rows_about(pages: Pages, tree: Tree) -> int:
    """How many rows stood on the damaged pages, if they were as full as the others."""
    full: list[int] = []
    for number in tree.holding[:_SAMPLE]:
        try:
            full.append(len(layout(pages, number).cells))
        except BrokenPage:
            continue
    return round(sum(full) / len(full) * len(tree.damaged)) if full else 0


def _pages(numbers: list[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:_PAGES_NAMED])
    more = f" and {len(numbers) - _PAGES_NAMED} more" if len(numbers) > _PAGES_NAMED else ""
    return f"page{'s' * (len(numbers) != 1)} {named}{more}"
