"""How automatic copies are named, and which of them are kept."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from onewindow.store.file.identity import mark

DAYS_KEPT = 7
WEEKS_KEPT = 4

_NAME = re.compile(
    r"(?P<stem>.+)-(?P<mark>[0-9a-f]{8})-(?P<day>\d{4}-\d{2}-\d{2})T(?P<time>\d{6})(?:-(?P<number>\d+))?\.db"
)
_OLD_NAME = re.compile(r"onewindow-(?P<day>\d{4}-\d{2}-\d{2})T(?P<time>\d{4})\.db")
_LONGEST_STEM_BYTES = 120


def name(path: Path, identity: str, now: str) -> str:
    """The name of a copy: of which database, by name and id, and of which second. `now` is UTC text."""
    second = f"{now[:13]}{now[14:16]}{now[17:19]}"
    return f"{_stem(path)}-{mark(identity)}-{second}.db"


def moment(file_name: str) -> tuple[date, str, int] | None:
    """When an automatic copy was made, in the order of time; None for any other file."""
    named = _NAME.fullmatch(file_name)
    old = None if named else _OLD_NAME.fullmatch(file_name)
    match = named or old
    if match is None:
        return None
    try:
        day = date.fromisoformat(match["day"])
    except ValueError:
        return None
    return day, match["time"].ljust(6, "0"), int(named["number"] or 1) if named else 0


def mark_of(file_name: str) -> str:
    """The part of the database's id that a copy has in its name, '' for those of old programs."""
    named = _NAME.fullmatch(file_name)
    return named["mark"] if named else ""


def is_named_after(file_name: str, path: Path) -> bool:
    """Whether a copy is named like a database, as old programs named copies of every one."""
    named = _NAME.fullmatch(file_name)
    return named["stem"] == _stem(path) if named else _OLD_NAME.fullmatch(file_name) is not None


def kept(copies: list[Path]) -> set[Path]:
    """Of copies of one database, the newest first, those that stay: of seven days and of four weeks."""
    days: dict[date, Path] = {}
    weeks: dict[tuple[int, int], Path] = {}
    for copy in copies:
        made = moment(copy.name)
        if made is None:
            continue
        day = made[0]
        if len(days) < DAYS_KEPT:
            days.setdefault(day, copy)
        year, week, _ = day.isocalendar()
        if len(weeks) < WEEKS_KEPT:
            weeks.setdefault((year, week), copy)
    return {*days.values(), *weeks.values()}


def _stem(path: Path) -> str:
    whole = path.stem.encode("utf-8", "surrogateescape")[:_LONGEST_STEM_BYTES]
    return whole.decode("utf-8", "ignore").replace("\n", " ") or "onewindow"
