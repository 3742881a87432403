"""Packages from sales in files: lines of sections with cells as text, from CSV, XLSX, JSON or JSON lines.

A table has a line a row, and a column that names its section (deal, client, contact, term …); a workbook may
give each section a sheet; a table without sections has a whole package in each row. An object of JSON has
a value, an object or a list under the name of each section.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, cast

from onewindow.exchange.encoding.detection import decode_text, validate_is_text
from onewindow.exchange.handover import sections
from onewindow.exchange.json_files.values import sound_value
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import RowTable, check_cell, whole_rows
from onewindow.exchange.tables.opening import read_rows
from onewindow.exchange.workbook.sheets import read_sheets
from onewindow.records.structs import frozen_struct

_LISTS = ("packages", "handovers", "deals", "items", "data", "пакеты", "передачи", "сделки", "пакети")
_MAX_LINES = 5_000


@frozen_struct
class PackageLine:
    """One thing of a package: its section, its cells by field as typed, and where it stands in the file."""

    section: str
    cells: Mapping[str, str]
    row: int
    columns: Mapping[str, str]
    """Field -> what the file calls it."""


@frozen_struct
class PackageText:
    """One package as its file has it. `left_out` names the columns or keys that no section knows."""

    lines: tuple[PackageLine, ...]
    left_out: tuple[str, ...]


def read_packages(data: bytes, name: str) -> list[PackageText]:
    """The packages of a file; raises FileProblem for one that cannot be read or has no section in it."""
    validate_is_text(data, name)
    if data.startswith(b"PK\x03\x04"):
        of_file = _of_sheets(read_sheets(data, name), name)
    else:
        text = decode_text(data, name)
        is_json = PurePath(name).suffix.casefold() in (".json", ".jsonl", ".ndjson")
        of_file = (
            _of_json(text, name)
            if is_json or text.lstrip()[:1] in ("{", "[")
            else _of_table(read_rows(data, name), name)
        )
    packages = [package for package in of_file if package.lines]
    if not packages:
        raise FileProblem(
            name, "there is no package in it", "give each row a section, for example deal, contact"
        )
    return packages


class _Builder:
    """Gathers lines into packages, by what the file calls the deal of each."""

    def __init__(self) -> None:
        self._lines: dict[str, list[PackageLine]] = {}
        self.left_out: dict[str, None] = {}
        self._count = 0
        self._current = ""

    def add(self, line: PackageLine, deal: str = "") -> None:
        """Put a line to its package: the deal it names, else the package of the line before."""
        if deal:
            self._current = deal
        elif line.section == "deal" and any(
            line.section == "deal" for line in self._lines.get(self._current, ())
        ):
            self._count += 1
            self._current = f"package {self._count}"
        self._lines.setdefault(self._current, []).append(line)

    def packages(self) -> list[PackageText]:
        """All packages in the order of the file."""
        return [PackageText(tuple(lines), tuple(self.left_out)) for lines in self._lines.values()]


# tables


def _of_table(table: RowTable, name: str) -> list[PackageText]:
    header = next((header for header in table.headers if sections.is_section_header(header)), None)
    if header is None:
        return _flat(table, name)
    builder = _Builder()
    deal = next((header for header in table.headers if sections.is_deal_header(header)), None)
    for row in whole_rows(table, name):
        word = row.values.get(header, "")
        section = sections.section_of(word) if word else None
        if section is None:
            what = f"“{word[:40]}” is no section" if word else "the row names no section"
            remedy = "write deal, client, requisites, contract, invoice, contact, term, goal or the like"
            raise FileProblem(name, what, remedy, row=row.number, column=header)
        cells = {h: text for h, text in row.values.items() if text and h != header}
        builder.add(
            *_line_of_deal(section, cells, deal or "", row.number, builder, is_keyed=deal is not None)
        )
    return builder.packages()


def _line_of_deal(
    section: str, cells: dict[str, str], deal: str, row: int, builder: _Builder, *, is_keyed: bool
) -> tuple[PackageLine, str]:
    """The line of a row, and what it calls the deal that it belongs to.

    Where other lines name their deals (`is_keyed`), the deal itself goes by its name too.
    """
    if section != "deal":
        named = cells.pop(deal, "")
        return _line(section, cells, row, builder), named
    line = _line(section, cells, row, builder)
    return line, cells.get(deal, "") or (line.cells.get("deal", "") if is_keyed else "")


def _flat(table: RowTable, name: str) -> list[PackageText]:
    fields = {header: sections.flat_field_of(header) for header in table.headers}
    left_out = tuple(header for header, place in fields.items() if place is None)
    packages: list[PackageText] = []
    for row in whole_rows(table, name):
        cells: dict[str, dict[str, str]] = {}
        columns: dict[str, dict[str, str]] = {}
        for header, place in fields.items():
            text = row.values.get(header, "")
            if text and place is not None and place[1] not in cells.get(place[0], {}):
                cells.setdefault(place[0], {})[place[1]] = text
                columns.setdefault(place[0], {})[place[1]] = header
        for field in ("phone", "email"):
            if "name" in cells.get("contact", {}) and field in cells.get("requisites", {}):
                # In a file that names a person, the phone and the address are theirs.
                cells["contact"][field] = cells["requisites"].pop(field)
                columns["contact"][field] = columns["requisites"].pop(field)
        filled = [section for section in cells if cells[section]]
        lines = (PackageLine(section, cells[section], row.number, columns[section]) for section in filled)
        packages.append(PackageText(tuple(lines), left_out))
    return packages


def _of_sheets(tables: list[tuple[str, RowTable]], name: str) -> list[PackageText]:
    named = [(sections.section_of(title), table) for title, table in tables]
    if not any(section for section, _ in named):
        return _of_table(tables[0][1], name)
    builder = _Builder()
    deals = {
        section: next((header for header in table.headers if sections.is_deal_header(header)), "")
        for section, table in named
        if section is not None
    }
    is_keyed = any(deal for section, deal in deals.items() if section != "deal")
    for section, table in named:
        if section is None:
            continue
        for row in whole_rows(table, name):
            cells = {header: text for header, text in row.values.items() if text}
            builder.add(
                *_line_of_deal(section, cells, deals[section], row.number, builder, is_keyed=is_keyed)
            )
    return builder.packages()


def _line(section: str, cells: Mapping[str, str], row: int, builder: _Builder) -> PackageLine:
    line_cells: dict[str, str] = {}
    columns: dict[str, str] = {}
    for header, text in cells.items():
        field = sections.field_of(section, header)
        if field is None:
            builder.left_out[f"{section}: {header}"] = None
        elif field not in line_cells:
            line_cells[field], columns[field] = text, header
    return PackageLine(section, line_cells, row, columns)


# JSON


def _of_json(text: str, name: str) -> list[PackageText]:
    packages: list[PackageText] = []
    for number, value in enumerate(_objects(text, name), 1):
        if not isinstance(value, dict):
            raise FileProblem(name, "the package is not an object", "write it as {…}", row=number)
        builder = _Builder()
        for line in _json_lines(cast("dict[str, object]", value), number, builder, name):
            builder.add(line, "the one")
        packages += builder.packages()
    return packages


def _objects(text: str, name: str) -> list[object]:
    # Numbers stay as typed: a long account must not become a float.
    decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
    try:
        whole = sound_value(decoder.decode(text))
    except json.JSONDecodeError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        try:
            return [sound_value(decoder.decode(line)) for line in lines]
        except json.JSONDecodeError:
            what = f"line {error.lineno} is not JSON ({error.msg})"
            raise FileProblem(name, what, "correct that line", row=error.lineno) from error
    except RecursionError as error:
        raise FileProblem(name, "its values are nested too deep", "write one level of sections") from error
    if isinstance(whole, list):
        return cast("list[object]", whole)
    if isinstance(whole, dict):
        record = cast("dict[str, object]", whole)
        for key in _LISTS:
            if isinstance(record.get(key), list):
                return cast("list[object]", record[key])
    return [whole]


def _json_lines(
    package: Mapping[str, object], number: int, builder: _Builder, name: str
) -> Iterator[PackageLine]:
    own: dict[str, str] = {}
    for key, value in package.items():
        section = sections.section_of(key)
        if not isinstance(value, dict | list) and sections.field_of("deal", key) is not None:
            if text := _text(value):
                own[key] = text
        elif section is None:
            builder.left_out[key] = None
        else:
            yield from _section_lines(section, key, cast("object", value), number, builder, name)
    if own:
        yield _line("deal", own, number, builder)


def _section_lines(
    section: str, key: str, value: object, number: int, builder: _Builder, name: str
) -> Iterator[PackageLine]:
    items: list[object] = cast("list[object]", value) if isinstance(value, list) else [value]
    if len(items) > _MAX_LINES:
        raise FileProblem(name, f"“{key}” has over {_MAX_LINES} entries", "split the package", row=number)
    for item in items:
        if isinstance(item, dict):
            cells = {name_: _text(part) for name_, part in cast("dict[str, Any]", item).items()}
        else:
            cells = {"value": _text(item)}
        cells = {header: check_cell(text, name, number, header) for header, text in cells.items() if text}
        if cells:
            yield _line(section, cells, number, builder)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_text(part) for part in cast("Iterable[object]", value))
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return "; ".join(f"{name}: {_text(part)}" for name, part in pairs)
    return str(value).strip()
