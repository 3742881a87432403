"""Workbooks of other programs: odd parts, hidden sheets, merged cells, escapes, bombs, long texts."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from onewindow.exchange.export.files import write_export
from onewindow.exchange.own_files import OWN_COLUMNS
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import ReadAs, RowTable
from onewindow.exchange.tables.opening import read_rows

PLAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def hand_made(
    rows: str,
    *,
    strings: str = "",
    part: str = "xl/sharedStrings.xml",
    strict: bool = False,
    prefix: str = "",
) -> bytes:
    """A workbook of one sheet written by hand, as programs do that know no library for it."""
    space, links = (STRICT, STRICT_LINKS) if strict else (PLAIN, LINKS)
    at = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{links}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{links}"><sheets>'
        '<sheet name="TDSheet" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{links}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{links}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<{prefix}worksheet {at}="{space}"><{prefix}sheetData>{rows}'
        f"</{prefix}sheetData></{prefix}worksheet>",
        part: f'<sst xmlns="{space}">{strings}</sst>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def read(data: bytes, **given: Any) -> tuple[RowTable, list[dict[str, str]]]:
    table = read_rows(data, "book.xlsx", ReadAs(**given))
    return table, [row.values for row in table.rows]


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SHARED = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'


@pytest.mark.parametrize("part", ["xl/SharedStrings.xml", "XL/SHAREDSTRINGS.XML", "xl\\sharedStrings.xml"])
@pytest.mark.parametrize("strict", [False, True])
def test_names_of_parts_do_not_depend_on_case_nor_cells_on_the_edition(part: str, strict: bool) -> None:
    data = hand_made(SHARED, strings="<si><t>name</t></si><si><t>Ромашка</t></si>", part=part, strict=strict)
    assert read(data)[1] == [{"name": "Ромашка"}]


def test_prefixes_runs_and_readings_of_texts() -> None:
    runs = "<si><r><t>na</t></r><r><t>me</t></r><rPh><t>нэйм</t></rPh></si><si><t>Вега</t></si>"
    rows = SHARED.replace("<", "<x:").replace("<x:/", "</x:")
    assert read(hand_made(rows, strings=runs, prefix="x:"))[1] == [{"name": "Вега"}]


def test_escapes_are_the_characters_that_they_stand_for() -> None:
    rows = (
        '<row><c t="inlineStr"><is><t>name</t></is></c></row>'
        '<row><c t="inlineStr"><is><t>one_x000D_\ntwo_x005F_x0041_ _xD83D__xDE00__xD800_ _xyz_</t></is></c>'
        "</row>"
    )
    assert read(hand_made(rows))[1] == [{"name": "one\r\ntwo_x0041_ \U0001f600\ufffd _xyz_"}]


def test_first_sheet_that_can_be_seen_is_read_and_the_others_are_told() -> None:
    book: Any = Workbook()
    book.active.title = "lists"
    book.active.append(["код"])
    book.active.append(["x"])
    book.active.sheet_state = "veryHidden"
    book.create_sheet("пустой")
    book.create_sheet("Клиенты").append(["Название", "ИНН"])
    book["Клиенты"].append(["Вега", "7736050003"])
    book.create_sheet("Старые").append(["Название"])
    book["Старые"].append(["Лён"])
    table, rows = read(saved(book))
    assert rows == [{"Название": "Вега", "ИНН": "7736050003"}]
    assert table.notes.sentences() == [
        "Read the sheet Клиенты, not Старые, lists (hidden); --sheet names another."
    ]
    assert read(saved(book), sheet="старые")[1] == [{"Название": "Лён"}]
    assert read(saved(book), sheet="3")[1] == [{"Название": "Лён"}]
    assert read(saved(book), sheet="lists")[1] == [{"код": "x"}]
    with pytest.raises(
        FileProblem, match="there is no sheet “4”; its sheets are lists, пустой, Клиенты, Старые"
    ):
        read(saved(book), sheet="4")


def test_titles_formulas_errors_and_merged_cells() -> None:
    book: Any = Workbook()
    sheet = book.active
    sheet.append(["Отчёт по клиентам"])
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["Название", "ИНН", "Контакт", "Телефон"])
    sheet.append(["Ромашка", "7707083893", "Анна", "#N/A"])
    sheet.append([None, None, "Пётр", '="8"&"9"'])
    sheet.merge_cells("A4:A6")
    sheet.merge_cells("B4:B5")
    table, rows = read(saved(book))
    assert [list(row.values()) for row in rows] == [
        ["Ромашка", "7707083893", "Анна", ""],
        ["Ромашка", "7707083893", "Пётр", ""],
    ]
    assert (table.notes.header_row, table.notes.errors) == (3, 1)
    assert (
        "Sheet Sheet has 1 cell with a formula without its result, read as empty: open the workbook in Excel "
        "or LibreOffice, save it there and import it again."
    ) in table.notes.sentences()


def test_days_since_1904_and_hours_that_went_by() -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book: Any = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["day", "hours"])
    book.active.append([1, 1.5])
    book.active["A2"].number_format = "dd.mm.yyyy"
    book.active["B2"].number_format = "[h]:mm"
    assert read(saved(book))[1] == [{"day": "1904-01-02", "hours": "36:00:00"}]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="99999999999"><c t="n"><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZ1" t="n"><v>1</v></c></row>',
    ],
)
def test_a_cell_past_the_end_of_a_sheet_is_refused_at_once(rows: str) -> None:
    with pytest.raises(FileProblem, match="beyond the last row or column of a sheet"):
        read(hand_made(f'<row r="1"><c t="inlineStr"><is><t>name</t></is></c></row>{rows}'))


def test_far_cells_and_rows_cost_nothing() -> None:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(2, 3_000))
    data = hand_made(
        f'<row r="1"><c t="inlineStr"><is><t>name</t></is></c></row>{rows}'
        '<row r="1048576"><c t="inlineStr"><is><t>Вега</t></is></c></row>'
    )
    assert [(row.number, row.values) for row in read_rows(data).rows] == [(1_048_576, {"name": "Вега"})]


def test_entities_are_refused() -> None:
    data = hand_made("<row/>").replace(b"", b"")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, b'<!DOCTYPE a [<!ENTITY b "c">]>' + text if "sheet1" in name else text)
    with pytest.raises(FileProblem, match="the workbook is damaged"):
        read(stream.getvalue())


@pytest.mark.parametrize(
    ("part", "what"),
    [("content.xml", "an OpenDocument file"), ("xl/workbook.bin", "a binary Excel workbook")],
)
def test_other_archives_are_called_by_their_names(part: str, what: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(FileProblem, match=f"it is {what}; save the table as .xlsx or CSV"):
        read(stream.getvalue())


def exported(rows: list[Mapping[str, object]]) -> tuple[bytes, tuple[str, ...]]:
    stream = io.BytesIO()
    written = write_export(rows, [*sorted(OWN_COLUMNS), "name", "note"], "xlsx", stream)
    return stream.getvalue(), written.notes


def test_texts_too_long_for_a_cell_go_on_in_a_sheet_and_come_back() -> None:
    lines = "\n".join(f"строка {n} 🙂" for n in range(10_000))
    rows: list[Mapping[str, object]] = [
        {"id": 1, "name": "Ромашка", "note": lines},
        {"id": 2, "name": "Вега", "note": "x" * 32_767},
        {"id": 3, "name": "Лён", "note": "🙂" * 40_000},
    ]
    data, notes = exported(rows)
    assert notes == (
        "2 texts are longer than the 32767 characters of a cell and not cut: the rest stands in the sheet "
        "“long texts”, and an import puts it back (note of Ромашка, note of Лён).",
    )
    table, back = read(data)
    assert [row["note"] for row in back] == [row["note"] for row in rows]
    assert table.notes.other_sheets == []
    from openpyxl import load_workbook

    sheet: Any = load_workbook(io.BytesIO(data)).worksheets[0]
    assert all(len(str(cell.value or "").encode("utf-16-le")) <= 2 * 32_767 for row in sheet for cell in row)


WHOLE = ("_x000D_", "_x0041_", "\ufffe", "\uffff", "\r\n", "\x01", "=1+1", "#N/A", "NULL", "Итого", "🙂")
HOSTILE = st.lists(
    st.sampled_from(WHOLE) | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    max_size=4,
).map(lambda pieces: "".join(pieces).strip())


@settings(max_examples=60)
@given(st.lists(HOSTILE, max_size=4), st.sampled_from(["xlsx", "csv", "tsv", "json", "jsonl"]))
def test_what_goes_out_comes_back(texts: list[str], fmt: Any) -> None:
    columns = [*sorted(OWN_COLUMNS), "name", "note"]
    rows: list[Mapping[str, object]] = [
        {"id": 2**41 + number, "created_at": "2026-01-12T09:00:00Z", "name": "=Итого", "note": text}
        for number, text in enumerate(texts)
    ]
    stream = io.BytesIO()
    write_export(rows, columns, fmt, stream)
    back = [row.values["note"] for row in read_rows(stream.getvalue(), f"a.{fmt}").rows] if rows else []
    assert back == texts


BOOK = hand_made(SHARED, strings="<si><t>name</t></si><si><t>Вега</t></si>")


@settings(max_examples=80)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(BOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    place = data.draw(st.integers(0, len(parts[name])))
    put = data.draw(st.binary(max_size=3) | st.sampled_from([b"<", b"</c>", b'"', b"99999999999", b"&b;"]))
    parts[name] = parts[name][:place] + put + parts[name][place + data.draw(st.integers(0, 12)) :]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for each, text in parts.items():
            archive.writestr(each, text)
    with contextlib.suppress(FileProblem):
        list(read_rows(stream.getvalue()).rows)
    raw = bytearray(BOOK)
    raw[data.draw(st.integers(4, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(FileProblem):
        list(read_rows(bytes(raw)).rows)
