"""What a row changes of a record on file, and how its flags are told; the same for every kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onewindow.records.fields import Record, columns
from onewindow.store.engine import Value


def different(record: Record, values: Mapping[str, Value]) -> dict[str, Value]:
    """Those of the wanted values that the record does not have already."""
    known = set(columns(type(record)))
    return {name: value for name, value in values.items() if name in known and getattr(record, name) != value}


def with_lines(text: str, lines: Iterable[str]) -> str:
    """A long text with those lines behind it that it does not hold yet: people's own words stay."""
    for line in lines:
        if line and line not in text:
            text = f"{text}\n{line}" if text else line
    return text


def reasons_of(flags: Mapping[str, str]) -> str:
    """Flags as one clause: each field with its reason."""
    return "; ".join(f"{display_name(name)}: {reason}" for name, reason in flags.items())


def display_name(field: str) -> str:
    """How people are told of a field: `owner` for owner_id."""
    if field in ("external_id", "tax_id"):
        return field
    return field.removesuffix("_also").removesuffix("_called").removesuffix("_id")
