"""Delimited files, JSON and what is said of files that cannot be read."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.exchange.encoding.detection import detect_encoding
from onewindow.exchange.export.writer import write_table
from onewindow.exchange.own_files import OWN_COLUMNS
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import ReadAs, RowTable, SourceRow
from onewindow.exchange.tables.opening import read_rows


def read_all(table: RowTable) -> list[dict[str, str]]:
    return [row.values for row in table.rows]


def complaint(data: bytes, name: str) -> str:
    with pytest.raises(FileProblem) as caught:
        list(read_rows(data, name).rows)
    sentence = str(caught.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_export_of_1c_in_windows_1251_keeps_identifiers_as_typed() -> None:
    text = (
        "Наименование;ИНН;КПП;Телефон\r\n"
        'ООО "Ромашка";0770123456;077001001;89123456789\r\n'
        '"ООО ""Вега, Ко""";7707083893;;"8 (495) 123-45-67"\r\n'
    )
    table = read_rows(text.encode("cp1251"), "контрагенты.csv")
    assert table.headers == ["Наименование", "ИНН", "КПП", "Телефон"]
    assert table.file_format == "csv"
    rows = list(table.rows)
    assert [row.number for row in rows] == [2, 3]
    assert rows[0].values == {
        "Наименование": 'ООО "Ромашка"',
        "ИНН": "0770123456",
        "КПП": "077001001",
        "Телефон": "89123456789",
    }
    assert rows[1].values["Наименование"] == 'ООО "Вега, Ко"'


def test_unicode_text_of_excel_is_utf_16_with_tabs() -> None:
    table = read_rows("Клиент\tГород\r\nРомашка\tСофия\r\n".encode("utf-16"), "лист.txt")
    assert read_all(table) == [{"Клиент": "Ромашка", "Город": "София"}]
    assert table.file_format == "tsv"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_encoding_and_delimiter_reads_alike(codec: str, delimiter: str) -> None:
    lines = [["Име", "Град", "Бележка"], ["Лайка", "София", "добър клиент"], ["Вега", "Казань", "ёж"]]
    data = "\n".join(delimiter.join(line) for line in lines).encode(codec)
    assert read_all(read_rows(data, "clients.csv")) == [
        dict(zip(lines[0], line, strict=True)) for line in lines[1:]
    ]


def test_western_letters_are_not_taken_for_cyrillic() -> None:
    text = "name,city\nCafé Müller,Zürich\nSociété Générale,Orléans\n"
    assert detect_encoding(text.encode("cp1252")) == "cp1252"
    assert read_all(read_rows(text.encode("cp1252"), "eu.csv"))[0] == {
        "name": "Café Müller",
        "city": "Zürich",
    }


def test_cyrillic_capitals_and_abbreviations_are_windows_1251() -> None:
    assert detect_encoding("ИНН;КПП;№\nООО;ЗАО ВЕГА;Ёлка\n".encode("cp1251")) == "cp1251"


def test_newlines_inside_quotes_keep_the_line_numbers_right() -> None:
    data = b'name,note\nDaisy,"first\nsecond, third"\n\nVega,plain\n'
    rows = list(read_rows(data, "n.csv").rows)
    assert [(row.number, row.values["note"]) for row in rows] == [(2, "first\nsecond, third"), (5, "plain")]


def test_one_column_keeps_its_commas_in_values() -> None:
    table = read_rows("Название\nРомашка, ООО\nВега\n".encode(), "one.csv")
    assert read_all(table) == [{"Название": "Ромашка, ООО"}, {"Название": "Вега"}]


def test_delimiter_is_the_one_that_splits_rows_evenly() -> None:
    data = "Название;Адрес, полный;ИНН\nРомашка;Москва, Тверская, 1;77\nВега;Казань, 2;16\n".encode()
    assert read_rows(data, "a.csv").headers == ["Название", "Адрес, полный", "ИНН"]


def test_declared_delimiter_line_of_excel_is_obeyed_and_counted() -> None:
    rows = list(read_rows(b"sep=|\nname|city, town\nDaisy|Sofia\n", "a.csv").rows)
    assert (rows[0].number, rows[0].values) == (3, {"name": "Daisy", "city, town": "Sofia"})


def test_quotes_that_belong_to_the_text_stay() -> None:
    data = 'name;inn;note\n"Ромашка" ООО;0770123456;"как; есть"\n'.encode()
    assert read_all(read_rows(data, "a.csv")) == [
        {"name": '"Ромашка" ООО', "inn": "0770123456", "note": "как; есть"}
    ]


def test_numbers_that_excel_was_told_are_text_lose_the_wrapping() -> None:
    data = b'name;inn\nDaisy;="0770123456"\n'
    assert read_all(read_rows(data, "a.csv"))[0]["inn"] == "0770123456"


def test_empty_and_repeated_headers_get_names_of_their_own() -> None:
    table = read_rows(b"name,,phone,phone,\nDaisy,x,1,2,\n", "a.csv")
    assert table.headers == ["name", "column 2", "phone", "phone 2"]
    assert read_all(table) == [{"name": "Daisy", "column 2": "x", "phone": "1", "phone 2": "2"}]


def test_short_rows_are_filled_and_blank_rows_left_out() -> None:
    assert read_all(read_rows(b"\na,b,c\n1\n,,\n1,2,3,,\n", "a.csv")) == [
        {"a": "1", "b": "", "c": ""},
        {"a": "1", "b": "2", "c": "3"},
    ]


def test_path_and_stream_read_as_bytes_do(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(b"name,city\nDaisy,Sofia\n")
    expected = [{"name": "Daisy", "city": "Sofia"}]
    assert read_all(read_rows(path)) == read_all(read_rows(io.BytesIO(path.read_bytes()))) == expected


def test_json_numbers_stay_as_typed_and_nested_values_get_columns() -> None:
    text = """{"items": [
      {"name": "Ромашка", "inn": "0770123456", "phone": 89123456789, "rate": 1.10, "vip": true, "x": null,
       "address": {"city": "София", "geo": {"lat": 42.70}}, "tags": ["a", "b"]},
      {"name": "Вега", "new": "поле"}]}"""
    table = read_rows(text.encode(), "export.json")
    rows = list(table.rows)
    assert table.headers == [
        "name",
        "inn",
        "phone",
        "rate",
        "vip",
        "x",
        "address.city",
        "address.geo.lat",
        "tags",
        "new",
    ]
    assert list(rows[0].values.values()) == [
        *("Ромашка", "0770123456", "89123456789", "1.10", "true", "", "София", "42.70", "a; b", ""),
    ]
    assert (rows[1].number, rows[1].values["new"]) == (2, "поле")


def test_json_of_bitrix_and_amo_gives_every_phone_a_column() -> None:
    bitrix = {
        "result": [{"NAME": "Анна", "PHONE": [{"VALUE": "+7495", "VALUE_TYPE": "WORK"}, {"VALUE": "+7912"}]}]
    }
    assert read_all(read_rows(json.dumps(bitrix).encode())) == [
        {"NAME": "Анна", "PHONE": "+7495", "PHONE 2": "+7912"}
    ]
    custom = [{"field_name": "Телефон", "values": [{"value": "+7495", "enum_code": "WORK"}]}]
    amo = {"_page": 1, "_embedded": {"contacts": [{"name": "Анна", "custom_fields_values": custom}]}}
    assert read_all(read_rows(json.dumps(amo).encode())) == [{"name": "Анна", "Телефон": "+7495"}]


def test_single_json_object_is_one_row() -> None:
    assert read_all(read_rows(b'{"name": "Daisy", "emails": [{"value": "a@b.c"}]}')) == [
        {"name": "Daisy", "emails": "a@b.c"}
    ]


def test_json_lines_are_known_by_name_or_content() -> None:
    data = b'{"name": "Daisy"}\n\n{"name": "Vega", "inn": 1}\n'
    for name in ("a.jsonl", "a.json", ""):
        table = read_rows(data, name)
        assert [(row.number, row.values["name"]) for row in table.rows] == [(1, "Daisy"), (3, "Vega")]
        assert table.file_format == "jsonl"


def test_each_bad_file_gets_one_sentence_with_place_and_remedy() -> None:
    assert "it is empty" in complaint(b"", "a.csv")
    assert "it is empty" in complaint(b"\xef\xbb\xbf \r\n\r\n", "a.csv")
    assert "not a text file" in complaint(bytes(range(256)) * 4, "a.csv")
    assert "old or password-protected" in complaint(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls")
    assert "PDF" in complaint(b"%PDF-1.7 ...", "a.csv")
    assert "row 3: a quote that begins" in complaint(b'a,b\n1,2\n3,"4\n5,6\n7,8\n', "a.csv")
    assert "row 2: a quote that begins" in complaint(b'a,b\n"1,2\n3,"x"\n5,6\n', "a.csv")
    assert "row 2: a quote that begins" in complaint(b'a;b\n"x" y;"1\n2"\n', "a.csv")
    assert "1001 columns" in complaint(",".join(f"c{n}" for n in range(1001)).encode(), "a.csv")
    assert "row 2, column b: the cell is over 1 MB" in complaint(
        b'{"a":1}\n{"b":"' + b"x" * 1_000_001 + b'"}', "a.jsonl"
    )
    assert "row 2, column b: the cell is over 1 MB" in complaint(b"a,b\n1," + b"x" * 1_000_001, "a.csv")
    assert "no row of column names" in complaint(b";;;\n;;\n", "a.csv")
    assert "looks like data" in complaint("Ромашка;0770123456\nВега;7707083893\n".encode(), "a.csv")
    assert "looks like data" in complaint(b"1;2\n3;4\n", "a.csv")
    assert "a column name is over 1000 characters" in complaint(b"a@" * 400_000, "a.csv")
    assert "row 3: it has 3 cells but there are 2" in complaint(b"a,b\n1,2\n1,2,3\n1,2,3\n", "a.csv")
    for page in (b"<html><body><table><tr><td>a</td>", b"\xef\xbb\xbf <meta charset=utf-8>\n<table>"):
        assert "it is a web page with a table" in complaint(page, "a.xls")
    for calendar in ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "\ufeffbegin:vcalendar\n"):
        for encoding in ("utf-8", "utf-16"):
            said = complaint(calendar.encode(encoding), "a.ics")
            assert "it is a calendar with events" in said
            assert "`onewindow import meetings`" in said
    assert "an XML document" in complaint(b'<?xml version="1.0"?>\n<Workbook><Row/></Workbook>', "a.xml")
    assert "row 31: it has bytes that are not UTF-8" in complaint("имя\n".encode() * 30 + b"\xff", "a.csv")


def test_each_bad_json_gets_one_sentence_with_its_line() -> None:
    assert "line 3 is not JSON" in complaint(b'[\n{"a": 1},\n{"a": }]', "a.json")
    assert "line 2 is not JSON" in complaint(b'{"a": 1}\n{"a": 0770}\n', "a.jsonl")
    assert "row 2: the item is not an object" in complaint(b'[{"a": 1}, 5]', "a.json")
    assert "no object with fields" in complaint(b"[]", "a.json")
    assert "nested too deep" in complaint(b"[" * 100_000, "a.json")


def test_missing_file_and_directory_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="there is no such file"):
        read_rows(tmp_path / "none.csv")
    with pytest.raises(FileProblem, match="it is a directory"):
        read_rows(tmp_path)


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.json", "a.vcf", "a.jsonl", ""]))
def test_any_bytes_are_read_as_text_or_refused(data: bytes, name: str) -> None:
    rows: list[SourceRow] = []
    with contextlib.suppress(FileProblem):
        rows = list(read_rows(data, name).rows)
    assert all(isinstance(cell, str) for row in rows for cell in row.values.values())


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\",;\n=+-@'")),
            min_size=3,
            max_size=3,
        ),
        max_size=5,
    )
)
def test_what_the_writer_writes_reads_back(rows: list[list[str]]) -> None:
    columns = ["name", "city", "note", *sorted(OWN_COLUMNS)]
    ours = ["", "2026-03-02T09:00:00Z", "", "7267000000000000001", ""]
    stream = io.StringIO()
    typed = [[cell.strip() for cell in row] + ours for row in rows]
    write_table([dict(zip(columns, row, strict=True)) for row in typed], columns, "csv", stream)
    wanted = [dict(zip(columns, row, strict=True)) for row in typed]
    assert read_all(read_rows(stream.getvalue().encode("utf-8-sig"), "a.csv")) == wanted


@pytest.mark.parametrize(
    ("name", "data", "options", "told"),
    [
        ("a.csv", "name;city\nА;Б\n", {"sheet": "x"}, ["--sheet"]),
        ("a.csv", "name;city\nА;Б\n", {"encoding": "utf-8", "header_row": 1, "delimiter": ";"}, []),
        ("a.json", '[{"name": "А"}]', {"encoding": "utf-8"}, []),
        ("a.json", '[{"name": "А"}]', {"sheet": "x", "header_row": 1}, ["--sheet", "--header-row"]),
        ("a.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:А\nEND:VCARD\n", {"encoding": "utf-8"}, ["--encoding"]),
    ],
)
def test_options_that_say_nothing_of_a_file_are_told(
    name: str, data: str, options: dict[str, object], told: list[str]
) -> None:
    given = read_rows(data.encode(), name, ReadAs(**options)).notes.passed_over  # pyright: ignore[reportArgumentType]
    assert given == told
