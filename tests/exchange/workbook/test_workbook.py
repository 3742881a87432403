"""XLSX workbooks as text, and the ones that are refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.tables.opening import read_rows
from onewindow.exchange.workbook.cells import number_text


def packed(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_cells_read_as_a_person_would_type_them() -> None:
    book: Any = Workbook()
    sheet = book.active
    sheet.append(["Название", "ИНН", "Телефон", "С", "Время", "Курс", "VIP"])
    sheet.append(
        [
            "Ромашка",
            "0770123456",
            89123456789,
            dt.date(2024, 3, 5),
            dt.datetime.fromisoformat("2024-03-05T09:30"),
            1.5,
            True,
        ]
    )
    sheet.append([None])
    sheet.append(["Вега", 770123456])
    sheet["B4"].number_format = "0000000000"
    table = read_rows(packed(book), "book.xlsx")
    rows = list(table.rows)
    assert table.file_format == "xlsx"
    assert list(rows[0].values.values()) == [
        *("Ромашка", "0770123456", "89123456789", "2024-03-05", "2024-03-05T09:30:00", "1.5", "true"),
    ]
    assert (rows[1].number, rows[1].values["ИНН"], rows[1].values["VIP"]) == (4, "0770123456", "")


def test_first_sheet_with_anything_in_it_is_read() -> None:
    book: Any = Workbook()
    book.create_sheet("data").append(["name"])
    book["data"].append(["Daisy"])
    assert [row.values for row in read_rows(packed(book)).rows] == [{"name": "Daisy"}]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("4.0702810900000001e19", "40702810900000000000"),
        ("40702810900000000012", "40702810900000000012"),
        ("1E-7", "0.0000001"),
        ("-3.0", "-3"),
        ("0", "0"),
        ("12.10", "12.1"),
        ("0.30000000000000004", "0.3"),
        ("1234567890123456", "1234567890123456"),
    ],
)
def test_numbers_have_no_exponent_and_no_empty_fraction(raw: str, text: str) -> None:
    assert number_text(raw) == text


def refused(data: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        list(read_rows(data, "book.xlsx").rows)
    return str(caught.value)


def test_archive_that_would_unpack_enormously_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    assert "it would unpack to 30 MB" in refused(stream.getvalue())


def test_other_archives_and_damaged_workbooks_are_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "not an Excel workbook" in refused(stream.getvalue())
    book: Any = Workbook()
    book.active.append(["name"])
    data = packed(book)
    assert "damaged" in refused(data[: len(data) // 2])
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    assert "damaged" in refused(broken.getvalue())
    assert "no row of column names" in refused(packed(Workbook()))


def test_row_wider_than_its_header_is_refused_with_its_number() -> None:
    book: Any = Workbook()
    book.active.append(["name"])
    book.active.append(["Daisy", "more"])
    assert "book.xlsx, row 2: it has 2 cells" in refused(packed(book))
