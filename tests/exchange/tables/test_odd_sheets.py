"""Sheets and texts that are not one plain table: covers, hidden sheets, names in two rows."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import ReadAs
from onewindow.exchange.tables.opening import read_rows


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(**sheets: list[list[object]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def test_a_cover_before_the_table_is_passed_over_and_told() -> None:
    book = workbook(Титул=[["Выгрузка из программы"]], Данные=[["Название", "Город"], ["Осина", "Тверь"]])
    table = read_rows(saved(book), "a.xlsx")
    assert [row.values for row in table.rows] == [{"Название": "Осина", "Город": "Тверь"}]
    assert "Read the sheet Данные, not Титул; --sheet names another." in table.notes.sentences()


def test_a_sheet_of_one_column_is_no_cover() -> None:
    book = workbook(Список=[["Название"], ["Осина"]], Ещё=[["Название", "Город"], ["Ива", "Тверь"]])
    assert [row.values for row in read_rows(saved(book), "a.xlsx").rows] == [{"Название": "Осина"}]


def test_a_workbook_of_hidden_sheets_says_so() -> None:
    book = workbook(Тайна=[["Название"], ["Осина"]], Пусто=[])
    book["Тайна"].sheet_state = "veryHidden"
    book.active = 1
    with pytest.raises(FileProblem, match="all sheets that hold anything are hidden; name one with --sheet"):
        read_rows(saved(book), "a.xlsx")
    named = read_rows(saved(book), "a.xlsx", ReadAs(sheet="Тайна"))
    assert [row.values for row in named.rows] == [{"Название": "Осина"}]


def test_rows_that_are_written_in_any_order_are_read_in_theirs() -> None:
    data = saved(workbook(A=[["Название", "Город"], ["Осина", "Тверь"], ["Ива", "Псков"]]))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for each in old.infolist():
            content = old.read(each)
            if each.filename.startswith("xl/worksheets/"):
                rows = re.findall(rb"<row .*?</row>", content, re.DOTALL)
                content = content.replace(b"".join(rows), b"".join(reversed(rows)))
            new.writestr(each, content)
    table = read_rows(stream.getvalue(), "a.xlsx")
    assert [(row.number, row.values["Название"]) for row in table.rows] == [(2, "Осина"), (3, "Ива")]
    assert table.notes.titles_above == []


def test_column_names_in_two_rows_are_read_together() -> None:
    book = workbook(
        A=[
            ["Акт сверки за октябрь"],
            ["Контрагент", "Документ", None, "Сумма", "Примечание"],
            [None, "Номер", "Дата", None, None],
            ["Осина", "31", "02.10.2026", 120.5, "оплачено"],
        ]
    )
    for area in ("A2:A3", "B2:C2", "D2:D3"):
        book["A"].merge_cells(area)
    table = read_rows(saved(book), "a.xlsx")
    (row,) = table.rows
    assert row.values == {
        "Контрагент": "Осина", "Номер": "31", "Дата": "02.10.2026", "Сумма": "120.5",
        "Примечание": "оплачено",
    }  # fmt: skip
    assert any(each.startswith("Column names are in rows 2 and 3") for each in table.notes.sentences())


def test_names_that_come_twice_under_groups_are_told_apart() -> None:
    text = "Клиент;Дебет;;Кредит;\n;Сумма;Дата;Сумма;Дата\nОсина;1,5;01.10.2026;2,5;02.10.2026\n"
    table = read_rows(text.encode(), "a.csv")
    assert table.headers == ["Клиент", "Дебет / Сумма", "Дебет / Дата", "Кредит / Сумма", "Кредит / Дата"]


def test_a_first_row_of_data_under_a_gap_is_no_second_row_of_names() -> None:
    table = read_rows("Имя;Город;\nАнна;Тверь;звонить утром\nИван;Псков;\n".encode(), "a.csv")
    assert table.headers == ["Имя", "Город"] or table.headers[2] == "column 3"


def test_the_day_of_a_report_above_is_no_group_of_columns() -> None:
    text = "Отчёт;;;;30.11.2026\nНазвание;Город;Телефон\nОсина;Тверь;8 495 123-45-67\n"
    table = read_rows(text.encode(), "a.csv")
    assert (table.headers, table.notes.header_row) == (["Название", "Город", "Телефон"], 2)


def test_a_cell_that_runs_over_its_column_is_flagged() -> None:
    text = (
        "Название                  Город        ИНН\n"
        "Осина                     Тверь        7707083893\n"
        "Самое длинное имя из всех Казань       7736050003\n"
        "Ива                       Псков        7728168971\n"
        "Клён                      Омск         7702070139\n"
    )
    flags = {row.number: row.flags for row in read_rows(text.encode(), "a.txt").rows}
    assert flags == {2: (), 3: ("a cell runs over its column",), 4: (), 5: ()}


@pytest.mark.parametrize(
    ("data", "name", "said", "told"),
    [
        (b"name;city\nA;B\n", "a.csv", ReadAs(sheet="1"), "--sheet has no meaning for a file of this kind."),
        (
            b'[{"name": "A"}]',
            "a.json",
            ReadAs(sheet="1", delimiter=";"),
            "--sheet, --delimiter have no meaning",
        ),
        (b"name;city\nA;B\n", "a.csv", ReadAs(delimiter=";"), ""),
    ],
)
def test_an_option_that_means_nothing_is_told(data: bytes, name: str, said: ReadAs, told: str) -> None:
    sentences = read_rows(data, name, said).notes.sentences()
    assert any(told and told in each for each in sentences) == bool(told)
