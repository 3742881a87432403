"""Reading a field of a record whose name is known only at run time: the one place where that is done.

Columns of lists, files and forms are chosen by name; what a kind of record has is told by its declaration.
No method is ever found so.
"""

from __future__ import annotations

from typing import Any

from onewindow.records.fields import Record


def value_of(record: object, field: str) -> Any:
    """The value of a field. Raises AttributeError where the record has none of that name."""
    return getattr(record, field)


def value_if_any(record: object, field: str, missing: object = "") -> Any:
    """The value of a field, `missing` where the record has none of that name."""
    return getattr(record, field, missing)


def client_id_of(record: Record | None) -> int | None:
    """The client to whom a record belongs; None for a kind of no client, or one that belongs to nobody."""
    return getattr(record, "client_id", None)


def number_of(record: Record) -> int:
    """The short number that people read, 0 for a kind without one."""
    return getattr(record, "number", 0)
