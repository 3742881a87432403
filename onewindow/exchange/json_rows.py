"""JSON and JSON lines: objects become rows, nested values become columns of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from onewindow.exchange.encoding import Text
from onewindow.exchange.json_values import sound_value
from onewindow.exchange.no_values import EMPTY_CELLS
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.reading_notes import ReadingNotes
from onewindow.exchange.rows import MAX_COLUMNS, OWN_COLUMNS, RowTable, SourceRow, check_cell

_LIST_KEYS = ("items", "data", "results", "records", "rows", "list", "value", "result", "clients", "contacts")
_VALUE_KEYS = {"value", "value_type", "type", "type_id", "id", "enum_id", "enum_code", "label", "primary"}
_MAX_DEPTH = 8
# Numbers stay as typed: 1.10 is a version to somebody, and a long account must not become a float.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def read_json(text: Text, name: str) -> RowTable:
    """Read an array of objects, an object that holds one, or one object; a row's number is its place there.

    Raises `FileProblem` naming the line where the text stops being JSON.
    """
    items = _find_items(_parsed(text.whole(), name, first_line=1), depth=3)
    if items is None:
        raise FileProblem(name, "there is no list of objects in it", "make it a JSON array of objects")
    return _table(list(enumerate(items, start=1)), name, "json", _notes(text))


def read_json_lines(text: Text, name: str) -> RowTable:
    """Read one object per line; a row's number is its line. Raises `FileProblem` naming the bad line."""
    numbered = [
        (number, _parsed(line, name, first_line=number))
        for number, line in enumerate(text.lines(), start=1)
        if line.strip()
    ]
    return _table(numbered, name, "jsonl", _notes(text))


def _notes(text: Text) -> ReadingNotes:
    return ReadingNotes(
        encoding=text.encoding.label, encoding_is_told_by_letters=text.encoding.is_told_by_letters
    )


def _parsed(text: str, name: str, *, first_line: int) -> object:
    try:
        return sound_value(_DECODER.decode(text))
    except json.JSONDecodeError as error:
        line = error.lineno + first_line - 1
        raise FileProblem(
            name, f"line {line} is not JSON ({error.msg})", "correct that line", row=line
        ) from error
    except RecursionError as error:
        raise FileProblem(name, "its values are nested too deep", "export a flat table") from error


def _find_items(value: object, depth: int) -> list[object] | None:
    if isinstance(value, list):
        return cast("list[object]", value)
    if not isinstance(value, dict) or depth == 0:
        return None
    record = cast("dict[str, object]", value)
    named = [record[key] for key in _LIST_KEYS if key in record]
    for inner in (*named, *record.values()):
        if _is_list_of_objects(inner):
            return cast("list[object]", inner)
    embedded = record.get("_embedded")
    if embedded is not None:
        return _find_items(embedded, depth - 1)
    if named and all(isinstance(inner, list) and not inner for inner in named):
        return []
    return [record]


def _is_list_of_objects(value: object) -> bool:
    if not isinstance(value, list):
        return False
    items = cast("list[object]", value)
    return bool(items) and isinstance(items[0], dict) and not _is_multi_value(items)


def _table(numbered: list[tuple[int, object]], name: str, file_format: str, notes: ReadingNotes) -> RowTable:
    headers: dict[str, None] = {}
    flat: list[tuple[int, dict[str, str]]] = []
    for number, item in numbered:
        if not isinstance(item, dict):
            raise FileProblem(
                name, "the item is not an object", "write it as {…} with field names", row=number
            )
        cells = dict(_flatten(cast("dict[str, Any]", item), "", _MAX_DEPTH))
        for header, cell in cells.items():
            check_cell(cell, name, number, header)
        headers.update(dict.fromkeys(cells))
        if len(headers) > MAX_COLUMNS:
            remedy = "export only the fields that are needed"
            raise FileProblem(name, f"there are more than {MAX_COLUMNS} different fields", remedy, row=number)
        flat.append((number, cells))
    if not headers:
        raise FileProblem(name, "there is no object with fields in it", "choose a file with records in it")
    names = list(headers)
    return RowTable(names, _rows(flat, names, notes), file_format, notes)


def _rows(
    flat: list[tuple[int, dict[str, str]]], headers: list[str], notes: ReadingNotes
) -> Iterator[SourceRow]:
    is_foreign = not set(headers) >= OWN_COLUMNS
    for number, cells in flat:
        if is_foreign and not EMPTY_CELLS.isdisjoint(cells.values()):
            notes.nulls += sum(cell in EMPTY_CELLS for cell in cells.values())
            cells = {header: "" if cell in EMPTY_CELLS else cell for header, cell in cells.items()}
        if any(cells.values()):
            notes.rows += 1
            yield SourceRow(number, {header: cells.get(header, "") for header in headers})
    notes.is_finished = True


def _flatten(record: dict[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        yield from _columns(f"{prefix}{key}", value, depth)


def _columns(header: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        yield from _list_columns(header, cast("list[object]", value))
    elif isinstance(value, dict) and depth:
        yield from _flatten(cast("dict[str, Any]", value), f"{header}.", depth - 1)
    else:
        yield header, _scalar_text(cast("object", value))


def _list_columns(header: str, items: list[object]) -> Iterator[tuple[str, str]]:
    if items and _is_custom_fields(items):
        for field in cast("list[dict[str, Any]]", items):
            yield from _columns(str(field["field_name"]), field["values"], _MAX_DEPTH)
    elif items and _is_multi_value(items):
        for position, item in enumerate(cast("list[dict[str, object]]", items), start=1):
            value = next(part for key, part in item.items() if key.casefold() == "value")
            yield header if position == 1 else f"{header} {position}", _scalar_text(value)
    else:
        yield header, "; ".join(_scalar_text(item) for item in items)


def _is_custom_fields(items: list[object]) -> bool:
    """Tell the list that amoCRM keeps a record's own fields in: a name and a list of values each."""
    return all({"field_name", "values"} <= _keys(item) for item in items)


def _is_multi_value(items: list[object]) -> bool:
    """Tell the list that Bitrix24 and others keep several phones in: objects of a value and its type."""
    return all("value" in _keys(item) and _keys(item) <= _VALUE_KEYS for item in items)


def _keys(item: object) -> set[str]:
    return {key.casefold() for key in cast("dict[str, object]", item)} if isinstance(item, dict) else set()


def _scalar_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)
