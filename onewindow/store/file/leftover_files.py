"""What lies beside a store's file and belongs to no file any more."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from onewindow.records.named_tuples import NamedTuple

_PART = re.compile(r"\.(\d+)\.part$")
_BESIDE = ("-wal", "-shm", "-journal", ".lock", ".open")
_ASIDE = re.compile(r"\.before-\d{4}-\d{2}-\d{2}T\d{4}(-\d+)?$")

LeftoverKind = Literal["set_aside", "part", "log", "lock"]


class Leftover(NamedTuple):
    """A file that nothing needs; a restore `set_aside` one, a copy that was not finished left a `part`."""

    kind: LeftoverKind
    path: Path
    size: int
    """Bytes."""


def leftovers(path: Path) -> list[Leftover]:
    """Files around a store's file that were left behind; what others use now is not among them."""
    try:
        around = sorted(path.parent.iterdir())
    except OSError:
        return []
    return list(_told(path, [file for file in around if _is_named_after(path, file)]))


def clear_unfinished(path: Path) -> None:
    """Take away the unfinished copies of a file whose programs are gone, with what lies beside them."""
    if not Path("/proc/self").exists():
        return  # nobody knows who still runs
    for left in leftovers(path):
        for suffix in ("", *_BESIDE) if left.kind == "part" else ():
            with contextlib.suppress(OSError):
                left.path.with_name(left.path.name + suffix).unlink()


def _is_named_after(path: Path, each: Path) -> bool:
    name = each.name.removeprefix(".")
    return name.startswith(path.name) and name[len(path.name) :][:1] in (".", "-")


def _told(path: Path, ours: list[Path]) -> Iterator[Leftover]:
    for file in ours:
        kind = _kind(path, file)
        if kind:
            try:
                yield Leftover(kind, file, file.stat().st_size)
            except OSError:  # gone meanwhile
                continue


def _kind(path: Path, each: Path) -> LeftoverKind | None:
    part = _PART.search(each.name)
    if part:
        return None if Path("/proc", part[1]).exists() else "part"
    if _ASIDE.fullmatch(each.name.removeprefix(path.name)):
        return "set_aside"
    for suffix in _BESIDE:
        owner = each.with_name(each.name.removesuffix(suffix))
        if each.name.endswith(suffix) and not owner.exists():
            return "lock" if suffix in (".lock", ".open") else "log"
    return None
