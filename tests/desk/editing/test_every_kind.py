"""What is true of records of every kind: their tables, how they are typed, what `x` and archiving do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from eventful_client import eventful
from rich_client import NOW, RichClient
from whole_answers import assert_says

from onewindow.desk.editing import changing
from onewindow.desk.editing.catalogue_rows import (
    OLDEST,
    RecordTable,
    Selection,
    pieces,
    table_columns,
)
from onewindow.desk.editing.parsing import read_value, shown_text, typed_text
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.by_name import client_id_of
from onewindow.records.fields import Record, attributes
from onewindow.records.kinds import KINDS
from onewindow.store import catalogue, rows
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import utc_text


@pytest.fixture
def busy(session: Session, rich_client: RichClient) -> RichClient:
    """Ромашка with everything that a panel can say."""
    return eventful(session, rich_client)


def every_record(session: Session) -> Iterator[Record]:
    """The records of each kind as they are on file, the oldest first."""
    for kind in KINDS.values():
        found = catalogue.page(session.store, kind.record, archived=True, limit=200)
        yield from sorted(found, key=lambda record: record.id)


def test_columns_of_the_table_of_each_kind() -> None:
    lines: list[str] = []
    for name, kind in KINDS.items():
        columns = table_columns(kind, of_one_client=False)
        texts = [
            f"{c.title} {c.column.width or f'{c.column.min_width}+'}"
            f"{' right' if c.column.align == 'right' else ''} {c.column.drop_priority}"
            for c in columns
        ]
        of_client = [c.title for c in table_columns(kind, of_one_client=True)]
        left_out = [c.title for c in columns if c.title not in of_client]
        added = [title for title in of_client if title not in {c.title for c in columns}]
        lines.append(f"{name}: {' | '.join(texts)}")
        if left_out or added:
            lines.append(
                f"  of one client without {', '.join(left_out)}; with {', '.join(added) or 'no more'}"
            )
    assert_says(lines, "columns-of-tables")


def test_rows_of_the_table_of_each_kind_in_each_order(session: Session, busy: RichClient) -> None:
    changing.archive(session, rows.get(session.store, type(busy.made["task"][0]), busy.made["task"][0].id))
    lines: list[str] = []
    for name in KINDS:
        selection = Selection(name, archived=True)
        table = read(session, selection)
        if not table.count:
            continue
        lines += [f"== {name}, {selection.order_text}"]
        shown = table.rows(0, table.count)
        lines += [f"{row.mark} {' | '.join(cell.text for cell in row.cells)}".rstrip() for row in shown]
        first = {row.key: row.cells[0].text or row.cells[1].text for row in shown}
        if table.count == 1:
            continue
        for order in (OLDEST, *(c.attribute.name for c in table.columns if c.attribute)):
            ordered = Selection(name, archived=True, order=order)
            keys = [row.key for row in read(session, ordered).rows(0, table.count)]
            lines.append(f"{ordered.order_text}: {', '.join(first[key] for key in keys)}")
    assert_says(lines, "rows-of-tables")


def read(session: Session, selection: Selection) -> RecordTable:
    table = RecordTable(session, selection)
    for piece in pieces(session, session.store, selection):
        table.take(piece)
    return table


def test_what_is_typed_back_as_it_is_shown_changes_nothing(session: Session, busy: RichClient) -> None:
    assert busy.id
    read_back = 0
    for record in every_record(session):
        for described in attributes(type(record)):
            text = typed_text(session, record, described)
            value = getattr(record, described.name)
            if not text or described.kind in ("json", "hours", "currency", "country") or described.derived:
                continue
            currency = str(getattr(record, "currency", "RUB"))
            typed = read_value(session, described, text, client_id_of(record), currency)
            if described.kind == "time":
                # A form shows minutes and no seconds.
                assert str(typed)[:16] == str(value)[:16], (record.kind, described.name)
            else:
                assert typed == value, (record.kind, described.name)
            assert shown_text(session, record, described)
            read_back += 1
    assert read_back > 900


def test_a_new_record_of_each_kind_begins_with_what_is_most_likely_meant(session: Session) -> None:
    people = {session.me.id: "me"}
    lines: list[str] = []
    for name, kind in KINDS.items():
        if not kind.typed:
            continue
        plain, likely = kind.record(), changing.blank(session, name, 42)
        said = [
            f"{a.name}={people.get(value, value)}"
            for a in attributes(kind.record)
            if (value := getattr(likely, a.name)) != getattr(plain, a.name)
        ]
        lines.append(f"{name}: {', '.join(said)}".rstrip(" :"))
    assert_says([line.replace(utc_text(NOW), "now") for line in lines], "likely-values")


def test_what_x_does_to_a_record_of_each_kind_and_what_it_says(session: Session, busy: RichClient) -> None:
    lines: list[str] = []
    for kind, made in busy.made.items():
        for record in made:
            before = rows.get(session.store, type(record), record.id)
            try:
                after = changing.mark_done(session, before)
            except StoreProblem as problem:
                lines.append(f"{naming.called(session, before)}: {problem}")
                continue
            label = session.store.scalar("SELECT label FROM change_set ORDER BY id DESC LIMIT 1")
            names = [a.name for a in attributes(type(record)) if a.name != "staff_id"]
            changed = [f"{n}={getattr(after, n)}" for n in names if getattr(after, n) != getattr(before, n)]
            lines.append(f"{kind} {label}: {', '.join(changed)}")
    assert_says(lines, "done")


def test_each_kind_is_archived_and_brought_back_under_its_name(session: Session, busy: RichClient) -> None:
    lines: list[str] = []
    for kind, made in busy.made.items():
        before = rows.get(session.store, type(made[0]), made[0].id)
        try:
            archived = changing.archive(session, before)
        except StoreProblem as problem:
            lines.append(f"{kind}: {problem}")
            continue
        changing.restore(session, archived)
        labels = session.store.rows("SELECT label FROM change_set ORDER BY id DESC LIMIT 2")
        lines += [str(label) for (label,) in reversed(labels)]
    assert_says(lines, "archived")
