"""The tables and the records describe the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from store_samples import new_store, one_of_each

from onewindow.records.fields import attributes, columns
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.engine import Store

_CHOICES = re.compile(r"(?:^\s+|, )(\w+) TEXT [^,\n]*CHECK \(\1 IN \(([^)]*)\)\)", re.MULTILINE)
_LENGTHS = re.compile(r"(?:^\s+|, )(\w+) TEXT [^,\n]*CHECK \(length\(\1\) = (\d+)\)", re.MULTILINE)

each_kind = pytest.mark.parametrize("name", KINDS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("schema")) as opened:
        yield opened


def _table_text(store: Store, name: str) -> str:
    return store.scalar("SELECT sql FROM sqlite_master WHERE name = :table", table=KINDS[name].table)


@each_kind
def test_a_table_has_exactly_the_fields_of_its_record(store: Store, name: str) -> None:
    found = store.rows("SELECT name FROM pragma_table_info(:table)", table=KINDS[name].table)
    assert [column for (column,) in found] == list(columns(KINDS[name].record))


@each_kind
def test_a_table_holds_numbers_where_the_record_has_numbers(store: Store, name: str) -> None:
    numbers = ("number", "week", "money", "flag", "reference")
    numeric = {a.name for a in attributes(KINDS[name].record) if a.kind in numbers}
    found = store.rows(
        "SELECT name FROM pragma_table_info(:table) WHERE type = 'INTEGER'", table=KINDS[name].table
    )
    assert {column for (column,) in found} == numeric | {"id", "version"}


@each_kind
def test_a_table_allows_null_where_a_field_may_be_empty(store: Store, name: str) -> None:
    optional = {a.name for a in attributes(KINDS[name].record) if a.optional}
    found = store.rows(
        'SELECT name FROM pragma_table_info(:table) WHERE "notnull" = 0 AND pk = 0', table=KINDS[name].table
    )
    assert {column for (column,) in found} == optional | {"archived_at", "external_id"}


@each_kind
def test_a_table_takes_exactly_the_choices_of_its_record(store: Store, name: str) -> None:
    listed = {
        column: tuple(value.strip().strip("'") for value in values.split(","))
        for column, values in _CHOICES.findall(_table_text(store, name))
    }
    assert listed == {a.name: a.choices for a in attributes(KINDS[name].record) if a.choices}


@each_kind
def test_a_table_checks_the_width_of_dates_times_and_currencies(store: Store, name: str) -> None:
    widths = {"date": "10", "time": "20", "currency": "3"}
    expected = {a.name: widths[a.kind] for a in attributes(KINDS[name].record) if a.kind in widths}
    expected |= dict.fromkeys(("created_at", "updated_at", "archived_at"), "20")
    assert dict(_LENGTHS.findall(_table_text(store, name))) == expected


@each_kind
def test_a_table_refers_to_what_its_record_refers_to(store: Store, name: str) -> None:
    expected = {a.name: KINDS[a.refers].table for a in attributes(KINDS[name].record) if a.refers}
    found = store.rows(
        'SELECT "from", "table", "to" FROM pragma_foreign_key_list(:table)', table=KINDS[name].table
    )
    assert {column: table for column, table, _ in found} == expected
    assert {target for _, _, target in found} <= {"id"}


@each_kind
def test_the_title_of_a_kind_is_a_field_of_it(name: str) -> None:
    assert KINDS[name].title in columns(KINDS[name].record)
    assert KINDS[name].record.kind == name


@each_kind
def test_a_kind_belongs_to_a_client_when_it_says_so(name: str) -> None:
    assert ("client_id" in columns(KINDS[name].record)) == KINDS[name].of_client


def test_every_table_of_ours_is_strict(store: Store) -> None:
    lax = store.rows(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND schema = 'main'"
    )
    assert {name for (name,) in lax if not name.startswith("sqlite_")} == {"_sqlite_migrations"}


def test_a_record_of_every_kind_comes_back_as_it_was_stored(store: Store) -> None:
    stored = one_of_each(store)
    assert stored.keys() == KINDS.keys()
    for record in stored.values():
        assert rows.get(store, type(record), record.id) == record
