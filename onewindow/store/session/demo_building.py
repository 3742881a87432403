"""What only the building of a demo file writes past the log: its mark, its numbers, rows without events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store, Value
from onewindow.store.session.demo_state import BUILDER

_ONCE = frozenset({"created_at", "updated_at"})


def has_clients(store: Store) -> bool:
    """Whether a file has any client, an archived one too."""
    return store.scalar("SELECT 1 FROM client LIMIT 1") is not None


def highest_number(store: Store, record: type[Record]) -> int:
    """The highest short number of a kind of record that has them."""
    return store.scalar(f"SELECT MAX(number) FROM {KINDS[record.kind].table}")


def sign(store: Store, change_set_id: int, at: str, settings: Mapping[str, str]) -> None:
    """Write the one change set of a demo and the settings that mark it; inside a write."""
    store.execute(
        "INSERT INTO change_set (id, at, actor, label) VALUES (:id, :at, :builder, 'demo firm')",
        id=change_set_id,
        at=at,
        builder=BUILDER,
    )
    for name, value in settings.items():
        store.execute(
            "INSERT INTO setting (name, value, updated_at) VALUES (:name, :value, :at)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
            name=name,
            value=value,
            at=at,
        )


def set_counters(store: Store) -> None:
    """Let short numbers go on behind those of the rows that were loaded; inside a write."""
    for name in ("client", "request"):
        store.execute(
            f"INSERT INTO counter (name, n) SELECT '{name}', MAX(number) FROM {name} WHERE number > 0"
            " ON CONFLICT (name) DO UPDATE SET n = excluded.n"
        )


def look_at_references_last(store: Store) -> None:
    """Let rows refer to rows that are stored after them, until the commit; inside a write."""
    store.execute("PRAGMA defer_foreign_keys = ON")


def insert(
    store: Store,
    record: type[Record],
    given: tuple[str, ...],
    rows: Iterable[tuple[Value, ...]],
    stamp: str = "",
) -> None:
    """Store rows of the given columns; the others take the record's defaults. Inside a write.

    Fewer bound values make a large load faster. `stamp` is what stands in the two time columns if not given.
    """
    store.execute_many(_insert_sql(record, given, stamp), rows)


@cache
def _insert_sql(record: type[Record], given: tuple[str, ...], stamp: str) -> str:
    values: list[str] = []
    names: list[str] = []
    for name in (*given, *(n for n in columns(record) if n not in given)):
        names.append(name)
        if name in given:
            values.append("?")
        elif name in _ONCE:
            values.append(f"'{stamp}'")
        else:
            values.append(_literal(record.__dataclass_fields__[name].default))
    return f"INSERT INTO {KINDS[record.kind].table} ({', '.join(names)}) VALUES ({', '.join(values)})"


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
