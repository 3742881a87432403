"""JSON and JSON lines: objects become rows, nested values become columns of their own.

They are read twice, once for the names of the columns, and never held as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, cast

from onewindow.exchange.encoding.detection import Text
from onewindow.exchange.json_files.scan import JsonScanner, parse_json
from onewindow.exchange.own_files import FIRST_ROWS, has_own_columns, has_own_rows
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.reading_notes import ReadingNotes
from onewindow.exchange.rows import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_OWN_CELL,
    RowTable,
    SourceRow,
    check_cell,
)
from onewindow.exchange.values.no_values import EMPTY_CELLS

_LIST_KEYS = ("items", "data", "results", "records", "rows", "list", "value", "result", "clients", "contacts")
_WRAPPING_KEYS = ("_embedded", "response", "payload", *_LIST_KEYS)
"""What programs call the object in which their list lies."""
_NAMING = frozenset(("id", "name", "title"))
_VALUE_KEYS = {"value", "value_type", "type", "type_id", "id", "enum_id", "enum_code", "label", "primary"}
_MAX_DEPTH = 8
_DEEPEST_LIST = 3

_Items = Callable[[], Iterable[tuple[int, object]]]


def json_opener(text: Text, name: str) -> Callable[[], RowTable]:
    """What opens an array of objects, an object that holds one, or one object, as often as it is asked.

    A row's number is its place there. Raises `FileProblem` naming the line where the text stops being JSON.
    """

    def scanner() -> JsonScanner:
        return JsonScanner(_pieces(text), name)

    if scanner().next_sign() == "{":
        return _opener(_items_of_object(scanner), name, "json", text)
    return _opener(lambda: enumerate(_whole_array(scanner(), name), start=1), name, "json", text)


def json_lines_opener(text: Text, name: str) -> Callable[[], RowTable]:
    """What opens one object per line, as often as it is asked; a row's number is its line.

    Raises `FileProblem` naming the bad line.
    """

    def items() -> Iterator[tuple[int, object]]:
        for number, line in enumerate(text.lines(), start=1):
            if line.strip():
                yield number, parse_json(line, name, first_line=number)

    return _opener(items, name, "jsonl", text)


def _pieces(text: Text) -> Iterator[str]:
    if text.encoding.through:
        yield from text.lines()
        return
    pieces = text.pieces()
    yield next(pieces, "").removeprefix("\ufeff")
    yield from pieces


def _whole_array(scanner: JsonScanner, name: str) -> Iterator[object]:
    if scanner.next_sign() != "[":
        scanner.value()
        scanner.finish()
        raise FileProblem(name, "there is no list of objects in it", "make it a JSON array of objects")
    yield from scanner.items()
    scanner.finish()


def _items_of_object(scanner: Callable[[], JsonScanner]) -> _Items:
    """The items of the list of objects that an object holds, or the object itself."""
    first = scanner()
    lists: list[str] = []
    rest: dict[str, object] = {}
    for member in first.members():
        if first.next_sign() != "[":
            rest[member] = first.value()
        elif (small := _small_list(first.items())) is None:
            lists.append(member)
        else:
            rest[member] = small
    first.finish()
    chosen = next((key for key in (*_LIST_KEYS, *lists) if key in lists), None)
    if chosen is not None:
        return lambda: enumerate(_items_of_member(scanner(), chosen), start=1)
    items = _find_items(rest)
    return lambda: enumerate(items, start=1)


def _small_list(items: Iterator[object]) -> list[object] | None:
    """A list of plain values, or of values with their types; None for one of objects, which are not kept."""
    kept: list[object] = []
    is_objects = False
    for item in items:
        if not is_objects:
            kept.append(item)
            is_objects = isinstance(kept[0], dict) and not _is_multi_value([item])
            if is_objects:
                kept.clear()
    return None if is_objects else kept


def _items_of_member(scanner: JsonScanner, name: str) -> Iterator[object]:
    for member in scanner.members():
        if member == name and scanner.next_sign() == "[":
            yield from scanner.items()
            return
        if scanner.next_sign() == "[":
            for _ in scanner.items():
                pass
        else:
            scanner.value()


def _find_items(record: dict[str, object]) -> list[object]:
    """The list of objects that an object holds, also some levels down; else the object itself."""
    items = _list_in(record, _DEEPEST_LIST)
    return [record] if items is None else items


def _list_in(record: dict[str, object], depth: int, *, wraps: bool = False) -> list[object] | None:
    """The list of objects at this level, else the one further down, None for none.

    `wraps`: its name says that it holds a list.
    """
    named = [record[key] for key in _LIST_KEYS if key in record]
    for inner in (*named, *record.values()):
        if _is_list_of_objects(inner):
            return cast("list[object]", inner)
    if named and all(isinstance(inner, list) and not inner for inner in named):
        return []
    inner_records = {
        key: cast("dict[str, object]", inner) for key, inner in record.items() if isinstance(inner, dict)
    }
    if not depth or not inner_records or not _NAMING.isdisjoint(record):
        return None  # with an id or a name it is a record itself, whatever lies in it
    for key in _WRAPPING_KEYS:
        if (
            key in inner_records
            and (items := _list_in(inner_records[key], depth - 1, wraps=True)) is not None
        ):
            return items
    if len(inner_records) < len(record) and not wraps:
        return None  # what it says beside them may be all there is
    found_lists = [_list_in(inner, depth - 1) for inner in inner_records.values()]
    lists = [objects for objects in found_lists if objects]
    return lists[0] if len(lists) == 1 else None


def _is_list_of_objects(value: object) -> bool:
    if not isinstance(value, list):
        return False
    items = cast("list[object]", value)
    return bool(items) and isinstance(items[0], dict) and not _is_multi_value(items)


def _opener(items: _Items, name: str, file_format: str, text: Text) -> Callable[[], RowTable]:
    headers = _headers(items(), name)
    is_own = has_own_columns(headers) and has_own_rows(
        _cells(cast("dict[str, object]", item)) for _, item in islice(items(), FIRST_ROWS)
    )

    def open_table() -> RowTable:
        notes = ReadingNotes(
            encoding=text.encoding.label, encoding_is_told_by_letters=text.encoding.is_told_by_letters
        )
        rows = _rows(items(), headers, name, notes, is_own=is_own)
        return RowTable(list(headers), rows, file_format, notes, is_own=is_own)

    return open_table


def _headers(items: Iterable[tuple[int, object]], name: str) -> list[str]:
    """The names of all fields that any object has, in the order in which they come."""
    headers: dict[str, None] = {}
    seen: set[tuple[str, ...]] = set()
    for number, item in items:
        if not isinstance(item, dict):
            raise FileProblem(
                name, "the item is not an object", "write it as {…} with field names", row=number
            )
        record = cast("dict[str, object]", item)
        names = tuple(record)
        is_flat = _NESTED.isdisjoint(map(type, record.values()))
        if is_flat and names in seen:
            continue
        headers.update(dict.fromkeys(_cells(record)))
        if is_flat:
            seen.add(names)
        if len(headers) > MAX_COLUMNS:
            remedy = "export only the fields that are needed"
            raise FileProblem(name, f"there are more than {MAX_COLUMNS} different fields", remedy, row=number)
    if not headers:
        raise FileProblem(name, "there is no object with fields in it", "choose a file with records in it")
    return list(headers)


def _rows(
    items: Iterable[tuple[int, object]], headers: list[str], name: str, notes: ReadingNotes, *, is_own: bool
) -> Iterator[SourceRow]:
    is_foreign = not is_own
    most = MAX_CELL if is_foreign else MAX_OWN_CELL
    for number, item in items:
        cells = _cells(cast("dict[str, object]", item))
        if is_foreign:
            cells = {header: cell.strip() for header, cell in cells.items()}
            if not EMPTY_CELLS.isdisjoint(cells.values()):
                notes.nulls += sum(cell in EMPTY_CELLS for cell in cells.values())
                cells = {header: "" if cell in EMPTY_CELLS else cell for header, cell in cells.items()}
        if any(cells.values()):
            if max(map(len, cells.values())) > most:
                for header, cell in cells.items():
                    check_cell(cell, name, number, header, most)
            notes.rows += 1
            yield SourceRow(number, {header: cells.get(header, "") for header in headers})
    notes.is_finished = True


_NESTED = frozenset((list, dict))


def _cells(record: dict[str, object]) -> dict[str, str]:
    if _TEXT.issuperset(map(type, record.values())):
        return cast("dict[str, str]", record)
    return dict(_flatten(cast("dict[str, Any]", record), "", _MAX_DEPTH))


_TEXT = frozenset((str,))


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
        yield header, "; ".join(_name_or_text(item) for item in items)


def _name_or_text(item: object) -> str:
    """What names a record among others: its name, else its id where the rest are links; else all of it."""
    if not isinstance(item, dict):
        return _scalar_text(item)
    whole = cast("dict[str, object]", item)
    record = {key: value for key, value in whole.items() if key != "_links"}
    name = record.get("name")
    if isinstance(name, str) and name:
        return name
    return _scalar_text(record["id"]) if "id" in record and len(record) == 1 else _scalar_text(whole)


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
        return value
    return json.dumps(value, ensure_ascii=False)
