"""Tables with titles above, sums below, cells of nothing, short rows: read as a person would read them."""

from __future__ import annotations

import pytest

from onewindow.exchange.own_files import OWN_COLUMNS
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import ReadAs, RowTable
from onewindow.exchange.tables.opening import read_rows
from onewindow.exchange.values.no_values import EMPTY_CELLS, is_error_cell


def read(text: str, **given: object) -> tuple[RowTable, list[dict[str, str]]]:
    table = read_rows(text.encode(), "клиенты.csv", ReadAs(**given))  # type: ignore[arg-type]
    return table, [row.values for row in table.rows]


def test_error_cells_and_nulls_are_empty_in_three_languages_and_counted() -> None:
    table, rows = read(
        "Название;ИНН;Город\nКлевер;#N/A;#ССЫЛКА!\n#Н/Д;7707083893;NULL\nМята;#ДЕЛ/0!;#ИМЕ?\nЛён;n/a;#######\n"
    )
    assert rows == [
        {"Название": "Клевер", "ИНН": "", "Город": ""},
        {"Название": "", "ИНН": "7707083893", "Город": ""},
        {"Название": "Мята", "ИНН": "", "Город": ""},
        {"Название": "Лён", "ИНН": "", "Город": ""},
    ]
    assert (table.notes.errors, table.notes.nulls) == (6, 2)
    assert "6 cells with an error of a formula (#N/A, #REF!) read as empty." in table.notes.sentences()


def test_null_is_a_surname_and_no_is_an_answer() -> None:
    _, rows = read("last name;vip\nNull;нет\nnull;-\n")
    assert rows == [{"last name": "Null", "vip": "нет"}, {"last name": "", "vip": "-"}]


@pytest.mark.parametrize(
    "text", ["7707083893", "1", "7", "22", "Нетрон", "Nonesuch", "ООО Нет", "0001", "#1", "a@b.ru"]
)
def test_values_are_no_nulls(text: str) -> None:
    assert not is_error_cell(text)
    assert text not in EMPTY_CELLS


def test_sums_are_left_out_and_told() -> None:
    table, rows = read(
        "Клиент;Сумма;Оплачено\nРомашка;100;50\nИтого по менеджеру Иванов;100;50\nВега;200;1 200,50 ₽\n"
        "Итого:;300;1250,50\nВсего записей: 2;;\n"
    )
    assert [row["Клиент"] for row in rows] == ["Ромашка", "Вега"]
    assert table.notes.totals == [3, 5, 6]
    assert "Left out as sums: rows 3, 5, 6." in table.notes.sentences()


def test_a_firm_called_total_stays() -> None:
    table, rows = read("name,tax id,city\nTotal,FR59542051180,Paris\nTotal,2,\n")
    assert rows == [{"name": "Total", "tax id": "FR59542051180", "city": "Paris"}]
    assert table.notes.totals == [3]
    assert [row["name"] for row in read("name\nTotal\nShell\n")[1]] == ["Total", "Shell"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_titles_above_the_header_are_skipped_and_told(delimiter: str) -> None:
    text = "Список клиентов\nна 01.11.2026\n\nНазвание;ИНН;Город\nРомашка;7707083893;Казань\nВега;;Тула\n"
    table, rows = read(text.replace(";", delimiter))
    assert [row["Название"] for row in rows] == ["Ромашка", "Вега"]
    assert table.notes.header_row == 4
    assert table.notes.titles_above == ["Список клиентов", "на 01.11.2026"]
    assert (
        "Column names are in row 4, under “Список клиентов”, “на 01.11.2026”; --header-row names another."
        in (table.notes.sentences())
    )


def test_names_of_groups_of_columns_are_no_header() -> None:
    table, rows = read("№;Контакты;;\n№;Название;Телефон;E-mail\n1;Ромашка;+7 912 345-67-89;a@b.ru\n")
    assert rows == [{"№": "1", "Название": "Ромашка", "Телефон": "+7 912 345-67-89", "E-mail": "a@b.ru"}]
    assert table.notes.header_row == 2


def test_one_column_under_a_known_name_is_no_title() -> None:
    with pytest.raises(FileProblem, match="row 2: it has 2 cells"):
        read("name\nDaisy;more\nRose;more\n", delimiter=";")


def test_header_row_is_taken_when_named() -> None:
    table, rows = read("name,city\nx,y\nфирма,город\nDaisy,Sofia\n", header_row=3)
    assert rows == [{"фирма": "Daisy", "город": "Sofia"}]
    assert table.notes.header_row == 3
    with pytest.raises(FileProblem, match="there is no row 9"):
        read("name,city\nx,y\n", header_row=9)


def test_short_rows_are_flagged_with_their_numbers() -> None:
    table = read_rows(
        b'name,note,city\nAlfa,"line one\nline two",Sofia\nBeta,line one\nline two,Varna\n', "b.csv"
    )
    flags = [(row.number, row.flags) for row in table.rows]
    assert flags == [
        (2, ()),
        (4, ("the row has 2 cells under 3 column names",)),
        (5, ("the row has 2 cells under 3 column names",)),
    ]
    assert table.notes.short_rows == [4, 5]
    assert table.notes.sentences() == [
        "Rows 4, 5 have fewer cells than there are column names: look for a line break or a quote that does "
        "not belong there."
    ]


def test_a_file_of_column_names_only_says_so() -> None:
    table, rows = read("name,city\n")
    assert (rows, table.notes.is_without_rows) == ([], True)
    assert table.notes.sentences() == ["There are column names but no rows under them."]


def test_files_of_our_own_are_read_as_they_are() -> None:
    columns = [*sorted(OWN_COLUMNS), "name", "amount"]
    made = ",2026-03-02T09:00:00Z,,7267000000000000001,"
    table = read_rows(f"{','.join(columns)}\n{made},Итого,5\n{made},#N/A,NULL\n".encode(), "own.csv")
    assert [(row.values["name"], row.values["amount"]) for row in table.rows] == [
        ("Итого", "5"),
        ("#N/A", "NULL"),
    ]
    assert table.notes.totals == []


def test_columns_parted_by_blanks_are_cut_where_all_lines_have_one() -> None:
    text = (
        "Реестр на 01.11.2026\n\n"
        "Название          ИНН         Город          Долг\n"
        "----------------- ----------- -------------- -------\n"
        "ООО Ромашка       7707083893  Казань          100,50\n"
        "ИП Кот            7707083894  Великий Устюг       7\n"
    )
    table, rows = read(text)
    assert [list(row.values()) for row in rows] == [
        ["ООО Ромашка", "7707083893", "Казань", "100,50"],
        ["ИП Кот", "7707083894", "Великий Устюг", "7"],
    ]
    assert "Columns were cut where those of the first line begin." in table.notes.sentences()


def test_columns_that_do_not_line_up_are_refused_with_help() -> None:
    text = "name     city     phone\nA firm of a long name Sofia 1\nB and C in one line without gaps 2\n"
    with pytest.raises(FileProblem, match=r"do not stand under their names; export it as CSV or XLSX"):
        read(text)


def test_two_blanks_in_a_name_of_one_column_are_no_columns() -> None:
    assert read("name\nДва  слова\nТри  новых  слова\n")[1] == [
        {"name": "Два  слова"},
        {"name": "Три  новых  слова"},
    ]


def test_a_table_printed_by_a_database_is_read_without_its_rules() -> None:
    text = " name    | city\n---------+-------\n Daisy   | Sofia\n"
    assert read(text)[1] == [{"name": "Daisy", "city": "Sofia"}]


def test_json_notes_its_nulls_and_encoding() -> None:
    table = read_rows('[{"name": "Ромашка", "inn": "N/A"}]'.encode("cp1251"), "a.json")
    assert [row.values for row in table.rows] == [{"name": "Ромашка", "inn": ""}]
    assert (table.notes.nulls, table.notes.encoding) == (1, "Windows-1251")
