"""Records as rows of a file: the fields under their own names, and what the ids in them mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice

from onewindow.desk.editing.export_names import reference_column, reference_names
from onewindow.desk.session.context import Session
from onewindow.desk.session.private_facts import without_hidden
from onewindow.records.fields import Attribute, Record, attributes, columns
from onewindow.records.kinds import KINDS, Kind
from onewindow.text.money import minor_digits

_CHUNK = 500
_OF_THE_PROGRAM = frozenset({"name_sort", "version"})
"""Columns that are worked out again wherever a record is stored."""
_MOST_OF_A_SPREADSHEET = 10**15
_AT_THE_END = ("created_at", "updated_at", "archived_at")


def export_columns(record: type[Record], *, private: bool = False) -> list[str]:
    """The columns of a file of records: id, own fields, times; behind each reference what it means.

    Private fields only where they are asked for.
    """
    described = {a.name: a for a in attributes(record)}
    names = ["id", "external_id"]
    for name in columns(record):
        if name in names or name in _OF_THE_PROGRAM or name in _AT_THE_END:
            continue
        if described[name].private and not private:
            continue
        meanings = _meanings(described[name])
        # An import takes what comes first, and a login means the same colleague in every file.
        names += [*meanings, name] if described[name].refers == "staff" else [name, *meanings]
    return [*names, *_AT_THE_END]


def export_rows(
    session: Session, kind: Kind, records: Iterable[Record], *, as_stored: bool
) -> Iterator[dict[str, object]]:
    """Records as rows, read a page at a time.

    `as_stored` keeps money in minor units, for other programs; else money is a decimal, days are dates, and
    ids are texts, because a spreadsheet would round them. Times are UTC text, documents of JSON are text.
    """
    described = attributes(kind.record)
    references = [a for a in described if a.kind == "reference"]
    remaining = iter(without_hidden(session, records))
    while page := list(islice(remaining, _CHUNK)):
        names = _names_of(session, references, page)
        for record in page:
            row = dict(record.__dict__) if as_stored else _typed(record, described)
            for reference in references:
                row.update(_meant(reference, getattr(record, reference.name), names))
            yield row


def _meanings(described: Attribute) -> tuple[str, ...]:
    if described.kind != "reference":
        return ()
    column = reference_column(described.name)
    return (column, f"{column}_name") if described.refers == "client" else (column,)


def _names_of(
    session: Session, references: Iterable[Attribute], page: Iterable[Record]
) -> dict[str, Mapping[int, tuple[str, str]]]:
    """By kind, what the ids on a page mean: the word that finds the record, and its name."""
    wanted: dict[str, set[int]] = {}
    for reference in references:
        ids = wanted.setdefault(reference.refers or "", set())
        ids.update(value for record in page if (value := getattr(record, reference.name)))
    return {kind: reference_names(session, kind, ids) for kind, ids in wanted.items() if kind in KINDS}


def _meant(
    described: Attribute, value: int | None, names: Mapping[str, Mapping[int, tuple[str, str]]]
) -> Iterator[tuple[str, str | None]]:
    meaning = names.get(described.refers or "", {}).get(value or 0)
    return zip(_meanings(described), meaning or (None, None), strict=False)


def _typed(record: Record, described: Iterable[Attribute]) -> dict[str, object]:
    row = dict(record.__dict__)
    row["id"] = str(record.id)
    digits = minor_digits(str(row.get("currency") or ""))
    for attribute in described:
        value = row[attribute.name]
        if value is None or value == "":
            continue
        if attribute.kind == "money":
            row[attribute.name] = Decimal(int(str(value))).scaleb(-digits)
        elif attribute.kind == "date":
            row[attribute.name] = _date(str(value))
        elif attribute.kind == "reference":
            row[attribute.name] = str(value) if value else None
        elif attribute.kind == "number" and isinstance(value, int) and abs(value) > _MOST_OF_A_SPREADSHEET:
            row[attribute.name] = str(value)
    return row


def _date(text: str) -> dt.date | str:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def kinds_in_order() -> list[Kind]:
    """All kinds, each behind those that it refers to, so that files can be brought in one after another."""
    ordered: dict[str, Kind] = {}

    def place(kind: Kind, above: frozenset[str]) -> None:
        for attribute in attributes(kind.record):
            refers = attribute.refers or ""
            # Kinds may refer to each other in a circle: the one that was asked for first comes last then.
            if refers in KINDS and refers not in ordered and refers not in above:
                place(KINDS[refers], above | {refers})
        ordered.setdefault(kind.name, kind)

    for kind in KINDS.values():
        place(kind, frozenset({kind.name}))
    return list(ordered.values())
