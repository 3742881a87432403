"""Values that stand in a file and cannot be read: a date that is none, a document that is no JSON.

No page shows such damage, and SQLite takes it for text. Whatever works with the value breaks on it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import date

from onewindow.records.fields import ValueKind, attributes
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.text.clean import clean
from onewindow.text.dates import parse_utc

_AT_ONCE = 2000
_SHOWN = 40
_COMMON_TIMES = ("created_at", "updated_at", "archived_at")
_LOG = (("change_set", "id", ("at",)), ("event", "seq", ("at", "old", "new")))
"""Tables of the log: name, key, and the columns that hold times (`at`) or JSON."""


class Unreadable(NamedTuple):
    """One value that cannot be read: in which row of which table, in which column, and the value itself."""

    table: str
    row_id: int
    column: str
    value: str
    title: str
    """What people call the row: 'request R-1042', 'the change 17'."""

    def message(self) -> str:
        """It in words, without an end: 'opened_at of request R-1042 is “2026)11-27T09:00:00Z”'."""
        shown = clean(self.value).strip()
        cut = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        return f"{self.column} of {self.title} is “{cut}”"


def unreadable_values(store: Store, seconds: float | None = None) -> Iterator[Unreadable]:
    """Every value of the records, then of the log, that cannot be read; `seconds` is the time it may take."""
    deadline = None if seconds is None else time.monotonic() + seconds
    for kind in KINDS.values():
        yield from _of_kind(store, kind, deadline)
    for table, key, names in _LOG:
        columns = {name: is_time if name == "at" else is_json for name in names}
        spoken = "the change" if table == "change_set" else "the event"
        for row_id, column, value in _in_table(store, table, key, columns, deadline):
            yield Unreadable(table, row_id, column, value, f"{spoken} {row_id}")


def is_date(text: str) -> bool:
    """Whether a text is a date as it is stored."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_time(text: str) -> bool:
    """Whether a text is a time as it is stored."""
    try:
        parse_utc(text)
    except ValueError:
        return False
    return True


def is_json(text: str) -> bool:
    """Whether a text is a JSON document."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def is_object(text: str) -> bool:
    """Whether a text is a JSON document with named values."""
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


READERS: dict[ValueKind, Callable[[str], bool]] = {
    "date": is_date,
    "time": is_time,
    "json": is_json,
    "hours": is_object,
}
"""The kinds of fields whose texts have a form, and what tells whether a text has it."""


def _of_kind(store: Store, kind: Kind, deadline: float | None) -> Iterator[Unreadable]:
    columns: dict[str, Callable[[str], bool]] = dict.fromkeys(_COMMON_TIMES, is_time)
    columns |= {
        attribute.name: READERS[attribute.kind]
        for attribute in attributes(kind.record)
        if attribute.kind in READERS
    }
    for row_id, column, value in _in_table(store, kind.table, "id", columns, deadline):
        number = (
            store.scalar(f"SELECT number FROM {kind.table} WHERE id = :id", id=row_id)
            if kind.prefix
            else None
        )
        name = f"{kind.prefix}-{number}" if number else str(row_id)
        yield Unreadable(kind.table, row_id, column, value, f"the {kind.display_name} {name}")


def _in_table(
    store: Store,
    table: str,
    key: str,
    columns: dict[str, Callable[[str], bool]],
    deadline: float | None,
) -> Iterator[tuple[int, str, str]]:
    """Key, column and value of what cannot be read in one table, page by page."""
    names = list(columns)
    readers = list(columns.values())
    sql = (
        f"SELECT {key}, {', '.join(names)} FROM {table} WHERE {key} > :after ORDER BY {key} LIMIT {_AT_ONCE}"
    )
    after: int | None = -(1 << 62)
    while after is not None and (deadline is None or time.monotonic() < deadline):
        page = store.rows(sql, after=after)
        for row_id, *values in page:
            for name, reads, value in zip(names, readers, values, strict=True):
                if value and not reads(str(value)):
                    yield row_id, name, str(value)
        after = page[-1][0] if page else None
