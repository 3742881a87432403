"""In which shapes programs hand out JSON, and what its values are in rows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import RowTable
from onewindow.exchange.tables.opening import read_rows

_ROW = {"name": "Daisy"}
_OTHER = {"name": "Iris"}


def _table(value: object, name: str = "a.json") -> RowTable:
    return read_rows(json.dumps(value, ensure_ascii=False).encode(), name)


def _rows(value: object) -> list[dict[str, str]]:
    return [row.values for row in _table(value).rows]


_KEYS = ("items", "data", "results", "records", "rows", "list", "value", "result", "clients", "contacts")


@pytest.mark.parametrize(
    "value",
    [
        [_ROW, _OTHER],
        *({"total": 2, key: [_ROW, _OTHER]} for key in _KEYS),
        # The list of a usual name goes before another, and among those the likelier one.
        *({"people": [{"a": 1}], key: [_ROW, _OTHER]} for key in _KEYS),
        {"contacts": [{"a": 1}], "data": [_ROW, _OTHER]},
        {"errors": [], "anything": [_ROW, _OTHER], "more": [{"a": 1}]},
        {"tags": ["x"], "anything": [_ROW, _OTHER]},
        {"phones": [{"value": "1", "type": "work"}], "anything": [_ROW, _OTHER]},
        # Some levels down, in what says that it wraps a list, or is all there is.
        *(
            {"page": 1, key: {"n": 1, "anything": [_ROW, _OTHER]}}
            for key in ("_embedded", "response", "payload", *_KEYS)
        ),
        {"response": {"data": {"payload": {"anything": [_ROW, _OTHER]}}}},
        {"anything": {"other": [_ROW, _OTHER]}, "more": {"empty": []}},
    ],
)
def test_the_list_of_objects_is_found(value: object) -> None:
    assert _rows(value) == [_ROW, _OTHER]


@pytest.mark.parametrize(
    ("value", "row"),
    [
        # With an id, a name or a title it is a record itself, whatever lies in it.
        *(
            ({key: "x", "deep": {"a": [_ROW]}}, {key: "x", "deep.a": "Daisy"})
            for key in ("id", "name", "title")
        ),
        # What it says beside may be all there is; of two lists nobody knows which one is meant.
        ({"n": 1, "deep": {"a": [_ROW]}}, {"n": "1", "deep.a": "Daisy"}),
        ({"a": {"x": [_ROW]}, "b": {"y": [_OTHER]}}, {"a.x": "Daisy", "b.y": "Iris"}),
        # Too deep.
        (
            {"data": {"data": {"data": {"data": {"data": [_ROW]}}}}, "n": 1},
            {"data.data.data.data.data": "Daisy", "n": "1"},
        ),
        (
            {"phones": [{"VALUE": "1", "VALUE_TYPE": "WORK"}, {"value": "2"}]},
            {"phones": "1", "phones 2": "2"},
        ),
        ({"phones": [{"value": "1", "note": "x"}]}, {"value": "1", "note": "x"}),
    ],
)
def test_an_object_that_holds_no_list_is_one_row(value: object, row: dict[str, str]) -> None:
    assert _rows(value) == [row]


def test_lists_that_are_there_and_empty_have_no_rows() -> None:
    empty: list[object] = []
    for value in ({"data": empty}, {"data": empty, "total": 0}):
        with pytest.raises(FileProblem) as refused:
            _rows(value)
        assert str(refused.value) == (
            "a.json: there is no object with fields in it; choose a file with records in it."
        )


@pytest.mark.parametrize(
    ("value", "cells"),
    [
        ("x", {"f": "x"}),
        (" x ", {"f": "x"}),
        (None, {"f": ""}),
        (True, {"f": "true"}),
        (False, {"f": "false"}),
        (1, {"f": "1"}),
        ([], {"f": ""}),
        (["a", 1, None, True], {"f": "a; 1; ; true"}),
        ([["a", "б"]], {"f": '["a", "б"]'}),
        ({"a": {"b": 1}, "c": [2]}, {"f.a.b": "1", "f.c": "2"}),
        ([{"name": "Анна", "id": 7}, {"id": 8, "_links": {"self": "x"}}], {"f": "Анна; 8"}),
        ([{"name": "", "id": 7}], {"f": '{"name": "", "id": "7"}'}),
        ([{"name": 5}, {"name": None}], {"f": '5; {"name": null}'}),
        ([{"город": "Тула"}], {"f": '{"город": "Тула"}'}),
        (
            [{"value": "1", "type_id": "2", "enum_id": 3, "enum_code": "W", "label": "x", "primary": True}],
            {"f": "1"},
        ),
        (
            [{"value": "1"}, {"value": "2", "type": "work"}, {"value": "3", "id": 4}],
            {"f": "1", "f 2": "2", "f 3": "3"},
        ),
        (
            [
                {"field_name": "Телефон", "values": [{"value": "1"}, {"value": "2"}]},
                {"field_name": "Город", "values": "Тула"},
            ],
            {"Телефон": "1", "Телефон 2": "2", "Город": "Тула"},
        ),
        ([{"field_name": "Телефон"}], {"f": '{"field_name": "Телефон"}'}),
    ],
    ids=str,
)
def test_values_become_cells(value: Any, cells: dict[str, str]) -> None:
    assert _rows([{"name": "Daisy", "f": value}]) == [{"name": "Daisy", **cells}]


def test_values_deeper_than_eight_levels_stay_together() -> None:
    value: object = "x"
    for level in range(12, 0, -1):
        value = {str(level): value}
    assert _rows([{"f": value}]) == [{"f.1.2.3.4.5.6.7.8": '{"9": {"10": {"11": {"12": "x"}}}}'}]


def test_every_field_that_any_object_has_is_a_column_and_programs_nulls_are_counted() -> None:
    table = _table([{"a": "1", "b": "NULL"}, {"b": "n/a", "c": "x"}, {"a": "", "c": "null"}, {"d": {"e": 5}}])
    assert table.headers == ["a", "b", "c", "d.e"]
    assert [(row.number, list(row.values.values())) for row in table.rows] == [
        (1, ["1", "", "", ""]),
        (2, ["", "", "x", ""]),
        (4, ["", "", "", "5"]),
    ]
    assert (table.notes.rows, table.notes.nulls, table.notes.is_finished) == (3, 3, True)


def test_a_thousand_fields_are_enough() -> None:
    assert len(_table([{f"f{number}": "x" for number in range(1000)}]).headers) == 1000
    with pytest.raises(FileProblem) as refused:
        _table([_ROW, {f"f{number}": "x" for number in range(1000)}])
    assert str(refused.value) == (
        "a.json, row 2: there are more than 1000 different fields; export only the fields that are needed."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("5", "a.json: there is no list of objects in it; make it a JSON array of objects."),
        ("[1]", "a.json, row 1: the item is not an object; write it as {…} with field names."),
        ('[{"a":1}] x', "a.json, row 1: line 1 is not JSON (Extra data); correct that line."),
        (
            '{"data":[{"a":1}],\n"b"}',
            "a.json, row 2: line 2 is not JSON (Expecting ':' delimiter); correct that line.",
        ),
        (
            '[{"a":1}\n{"b":2}]',
            "a.json, row 2: line 2 is not JSON (Expecting ',' delimiter); correct that line.",
        ),
        ('[{"a":1},\n]', "a.json, row 2: line 2 is not JSON (Expecting value); correct that line."),
        ('[{"a":1}', "a.json, row 1: line 1 is not JSON (Expecting ',' delimiter); correct that line."),
    ],
)
def test_what_is_no_list_of_objects_is_told_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(FileProblem) as refused:
        list(read_rows(text.encode(), "a.json").rows)
    assert str(refused.value) == sentence
