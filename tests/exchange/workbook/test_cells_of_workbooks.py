"""Numbers, days and texts of workbooks as text; parts and sheets that programs name in their own ways."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import Workbook

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import ReadAs
from onewindow.exchange.tables.opening import read_rows
from onewindow.exchange.workbook.cells import RowTooFar, column_number, moment_text, number_text
from onewindow.exchange.workbook.long_texts import continued_texts, mark_of, split_text
from onewindow.exchange.workbook.parts import unescape
from onewindow.exchange.workbook.sheets import read_sheets


def test_numbers_are_written_as_a_person_types_them() -> None:
    texts = {
        "5": "5", "-5": "-5", " 7 ": "7", "007": "007", "5.0": "5", "5.10": "5.1", "1E3": "1000",
        "1e-7": "0.0000001",
        "0.30000000000000004": "0.3", "123456789012345678": "123456789012345678",
        "1.5e20": "150000000000000000000",
        "-0.5": "-0.5", "123456789012.345": "123456789012.345", "nan": "nan", "inf": "inf", "-inf": "-inf",
    }  # fmt: skip
    assert {raw: number_text(raw) for raw in texts} == texts


@pytest.mark.parametrize(
    ("serial", "options", "text"),
    [
        (46331, {}, "2026-11-05"),
        (46331.5, {}, "2026-11-05T12:00:00"),
        (46331.5881828, {}, "2026-11-05T14:06:59"),
        (46331.588188, {}, "2026-11-05T14:06:59"),
        (46331.99999999, {}, "2026-11-06"),
        (0, {}, "00:00:00"),
        (0.5, {}, "12:00:00"),
        (0.9999, {}, "23:59:51"),
        # The day that never was: 60 in Excel, which no calendar has.
        (1, {}, "1900-01-01"),
        (59, {}, "1900-02-28"),
        (60, {}, "1900-02-28"),
        (61, {}, "1900-03-01"),
        (2_958_465, {}, "9999-12-31"),
        (2_958_466, {}, "2958466"),
        (-1, {}, "-1"),
        (0, {"since_1904": True}, "1904-01-01"),
        (59, {"since_1904": True}, "1904-02-29"),
        (44869, {"since_1904": True}, "2026-11-05"),
        (2_958_465, {"since_1904": True}, "2958465"),
        (1.5, {"is_elapsed": True}, "36:00:00"),
        (-0.25, {"is_elapsed": True}, "-6:00:00"),
        (0.0209, {"is_elapsed": True}, "0:30:05"),
    ],
)
def test_a_number_of_days_is_a_day_a_time_or_hours(
    serial: float, options: dict[str, bool], text: str
) -> None:
    assert moment_text(serial, **options) == text


def test_columns_are_counted_by_their_letters_to_the_last_of_a_sheet() -> None:
    columns = {"A": 1, "z": 26, "AA": 27, "AZ": 52, "BA": 53, "XFD": 16_384}
    assert {letters: column_number(letters) for letters in columns} == columns
    for letters in ("", "XFE", "ZZZZ"):
        with pytest.raises(RowTooFar):
            column_number(letters)


def test_escapes_of_excel_are_read() -> None:
    texts = {
        "a_x000D_b": "a\rb",
        "_x005F_x0041_": "_x0041_",
        "_x41_": "_x41_",
        "_xD83D__xDE00_": "😀",
        "_xD83D_": "\ufffd",
    }
    assert {text: unescape(text) for text in texts} == texts


_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _made(cells: str, parts: Mapping[str, str], *, main: str = "xl/book.xml", settings: str = "") -> bytes:
    """A workbook whose parts have other names than usual, or lack."""
    folder = main.rpartition("/")[0]
    whole = {
        "_rels/.rels": f'<R><Relationship Id="a" Type="{_LINKS}/extended" Target="x.xml"/>'
        f'<Relationship Id="b" '
        f'Type="{_LINKS}/officeDocument" Target="/{main}"/></R>',
        main: f'<workbook xmlns:r="{_LINKS}">{settings}<sheets><sheet name="One" r:id="s"/>'
        '<sheet name="Chart" r:id="c"/></sheets></workbook>',
        f"{folder}/_rels/{main.rpartition('/')[2]}.rels": "<R>"
        f'<Relationship Id="s" Type="{_LINKS}/worksheet" '
        f'Target="sheets\\one.xml"/><Relationship Id="c" Type="{_LINKS}/chartsheet" Target="sheets/two.xml"/>'
        f'<Relationship Id="t" Type="{_LINKS}/sharedStrings" Target="texts.xml"/>'
        f'<Relationship Id="f" Type="{_LINKS}/styles" Target="forms.xml"/>'
        f'<Relationship Id="h" Type="{_LINKS}/hyperlink" TargetMode="External" Target="http://a.b"/></R>',
        f"{folder}/sheets/one.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
        **{f"{folder}/{name}": text for name, text in parts.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in whole.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _column(data: bytes) -> list[str]:
    (header, *_) = (table := read_rows(data, "a.xlsx")).headers
    return [row.values[header] for row in table.rows]


def test_parts_of_other_names_are_found_by_their_links() -> None:
    cells = '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'
    texts = "<sst><si><t>name</t></si><si><t>Daisy</t></si></sst>"
    assert _column(_made(cells, {"texts.xml": texts})) == ["Daisy"]
    assert _column(_made(cells, {"texts.xml": texts}, main="xl/deep/er.xml")) == ["Daisy"]


def test_formats_of_numbers_tell_days_hours_and_figures_with_noughts_ahead() -> None:
    codes = {
        "yyyy-mm-dd": "2026-11-05", "d/m/yy": "2026-11-05", '"day" 0': "46331.5", "[Red]0.00": "46331.5",
        "[h]:mm": "1111956:00:00", "[mm]:ss": "1111956:00:00", "[s]": "1111956:00:00", "00000000": "046331.5",
        "0": "46331.5", "@": "46331.5", "General": "46331.5", "#,##0_d": "46331.5", "\\d0": "46331.5",
        "dd.mm.yyyy;@": "2026-11-05", '0;"dd"': "46331.5", "[$-419]d mmm": "2026-11-05", "h:mm": "2026-11-05",
    }  # fmt: skip
    numbers = {14: "day", 22: "day", 13: "", 23: "", 27: "day", 36: "day", 37: "", 45: "day", 46: "hours",
               47: "day",
               48: "",
               50: "day", 58: "day", 59: "", 26: "", 49: ""}  # fmt: skip
    custom = [*enumerate(codes, start=164)]
    formats = "".join(f"<numFmt numFmtId=\"{number}\" formatCode='{code}'/>" for number, code in custom)
    used = [*(number for number, _ in custom), *numbers]
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in used)
    forms = f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"
    cells = "".join(f'<row><c s="{place}"><v>46331.5</v></c></row>' for place in range(len(used)))
    head = '<row><c t="str"><v>name</v></c></row>'
    as_told = {"day": "2026-11-05T12:00:00", "hours": "1111956:00:00", "": "46331.5"}
    wanted = [text + "T12:00:00" if text == "2026-11-05" else text for text in codes.values()]
    assert _column(_made(head + cells, {"forms.xml": forms})) == [
        *wanted,
        *(as_told[kind] for kind in numbers.values()),
    ]
    zeros = (
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000000"/></numFmts>'
        '<cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    assert _column(_made(head + '<row><c s="0"><v>123</v></c></row>', {"forms.xml": zeros})) == ["000123"]


@pytest.mark.parametrize(
    ("said", "day"), [("1", "2026-11-05"), ("true", "2026-11-05"), ("on", "2026-11-05"), ("0", "2022-11-04")]
)
def test_a_workbook_may_count_from_1904(said: str, day: str) -> None:
    forms = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    cells = '<row><c t="str"><v>name</v></c></row><row><c s="0"><v>44869</v></c></row>'
    settings = f'<workbookPr date1904="{said}"/>'
    assert _column(_made(cells, {"forms.xml": forms}, settings=settings)) == [day]


def test_kinds_of_cells() -> None:
    kinds = (
        *('<c t="b"><v>1</v></c>', '<c t="b"><v>true</v></c>', '<c t="b"><v>0</v></c>'),
        *('<c t="d"><v>2026-11-05T00:00:00.000Z</v></c>', '<c t="d"><v>2026-11-05T14:07:00Z</v></c>'),
        *('<c t="e"><v>#N/A</v></c>', '<c t="str"><v>a_x0041_</v></c>'),
        '<c t="inlineStr"><is><t>b</t><rPh><t>no</t></rPh></is></c>',
        *("<c><f>A1</f></c>", '<c t="str"><f>A1</f></c>'),
    )  # fmt: skip
    rows = "".join(f'<row>{kind}<c t="str"><v>x</v></c></row>' for kind in kinds)
    data = _made(f'<row><c t="str"><v>name</v></c><c t="str"><v>city</v></c></row>{rows}', {})
    table = read_rows(data, "a.xlsx")
    assert [row.values["name"] for row in table.rows] == [
        *("true", "true", "false", "2026-11-05", "2026-11-05T14:07:00", "", "aA", "b", "", ""),
    ]
    assert (table.notes.errors, table.notes.formulas_without_result) == (1, 1)


def test_cells_stand_where_they_say_and_rows_in_the_order_of_their_numbers() -> None:
    cells = (
        '<row r="3"><c r="B3" t="str"><v>b3</v></c></row>'
        '<row r="1"><c r="A1" t="str"><v>name</v></c><c t="str"><v>city</v></c>'
        '<c r="D1" t="str"><v>note</v></c></row>'
        '<row><c r="D2" t="str"><v>d2</v></c><c r="A2" t="str"><v>a2</v></c></row>'
    )
    table = read_rows(_made(cells, {}), "a.xlsx")
    assert table.headers == ["name", "city", "column 3", "note"]
    assert [(row.number, list(row.values.values())) for row in table.rows] == [
        (2, ["a2", "", "", "d2"]),
        (3, ["", "b3", "", ""]),
    ]


def test_merged_areas_give_their_value_to_each_of_their_rows_that_holds_anything() -> None:
    text = '<c r="{}" t="str"><v>{}</v></c>'
    rows = [
        [("A1", "name"), ("B1", "city")], [("A2", "Daisy"), ("B2", "Sofia")], [("B3", "Tula")], [("C4", " ")],
        [("A5", "own"), ("B5", "Omsk")], [("B6", "Kazan")],
    ]  # fmt: skip
    cells = "".join("<row>" + "".join(text.format(*cell) for cell in row) + "</row>" for row in rows)
    merges = '<mergeCell ref="A2:A5"/><mergeCell ref="B2:C2"/><mergeCell ref="A6:B7"/>'
    data = _made(cells, {})
    whole = _made(f"{cells}</sheetData><mergeCells>{merges}</mergeCells><sheetData>", {})
    assert [list(row.values.values())[:2] for row in read_rows(data, "a.xlsx").rows][1] == ["", "Tula"]
    table = read_rows(whole, "a.xlsx")
    assert [list(row.values.values())[:2] for row in table.rows] == [
        ["Daisy", "Sofia"], ["Daisy", "Tula"], ["own", "Omsk"], ["", "Kazan"],
    ]  # fmt: skip
    assert table.notes.merged == 1


def _book(sheets: dict[str, list[list[str]]], hidden: tuple[str, ...] = ()) -> bytes:
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_every_sheet_that_can_be_seen_and_holds_anything_is_read() -> None:
    data = _book(
        {"One": [["name"], ["a"]], "None": [[]], "Far": [["name"], ["x"]], "Two": [["city"], ["b"]]}, ("Far",)
    )
    assert [
        (title, [row.values for row in table.rows], table.notes.sheet)
        for title, table in read_sheets(data, "a")
    ] == [
        ("One", [{"name": "a"}], "One"),
        ("Two", [{"city": "b"}], "Two"),
    ]
    with pytest.raises(FileProblem) as refused:
        read_sheets(_book({"None": [[]], "Far": [["name"], ["x"]]}, ("Far",)), "a.xlsx")
    assert str(refused.value) == "a.xlsx: the workbook is empty; choose a file with records in it."


def test_hidden_sheets_are_offered_where_nothing_else_is_there() -> None:
    titles = [f"S{number}" for number in range(7)]
    data = _book({title: [["name"], ["x"]] for title in titles} | {"Seen": [[]]}, tuple(titles))
    with pytest.raises(FileProblem) as refused:
        read_rows(data, "a.xlsx")
    assert str(refused.value) == (
        "a.xlsx: all sheets that hold anything are hidden; name one with --sheet: “S0”, "
        "“S1”, “S2”, “S3”, “S4”."
    )


def test_a_sheet_is_named_by_its_title_or_its_place_among_those_that_can_be_seen() -> None:
    data = _book(
        {
            "Far": [["name"], ["f"]],
            "One": [["name"], ["a"]],
            "2": [["name"], ["b"]],
            "Last": [["name"], ["c"]],
        },
        ("Far",),
    )
    for said, cell in {" one ": "a", "1": "a", "2": "b", "3": "c", "far": "f"}.items():
        assert [row.values["name"] for row in read_rows(data, "a.xlsx", ReadAs(sheet=said)).rows] == [cell]
    for said in ("4", "0", "none"):
        with pytest.raises(FileProblem) as refused:
            read_rows(data, "a.xlsx", ReadAs(sheet=said))
        assert str(refused.value) == f"a.xlsx: there is no sheet “{said}”; its sheets are Far, One, 2, Last."


def test_texts_are_split_where_nothing_is_lost() -> None:
    for text in (
        "x" * 32_767,
        "x" * 32_768,
        "я" * 70_000,
        "😀" * 20_000,
        f"{'a' * 32_766}  {'b' * 40_000}",
        " " * 70_000,
    ):
        parts = split_text(text)
        assert "".join(parts) == text
        assert all(len(part.encode("utf-16-le")) // 2 <= 32_767 for part in parts)
        assert (len(parts) == 1) == (len(text.encode("utf-16-le")) // 2 <= 32_767)
    # No part begins or ends in a blank, which reading would lose.
    first, second = f"{'a' * 32_766}  ", "b" * 100
    assert [part.strip() for part in split_text(first + second)] == split_text(first + second)


def test_parts_of_long_texts_are_put_together_by_their_numbers() -> None:
    head = (1, ["cell", "part", "row", "column", "text"])
    rows = [(2, ["m", "3", "2", "note", "c"]), (3, ["m", "2", "2", "note", "b"]),
            (4, ["n", "10", "2", "x", "z"]),
            (5, ["n", "9", "2", "x", "y"]), (6, ["m", "x", "2", "note", "?"]),
            (7, ["m", "4", "2", "note"])]  # fmt: skip
    assert continued_texts([head, *rows]) == {"m": "bc", "n": "yz"}
    assert continued_texts([(1, ["cell", "part"]), *rows]) == {}
    assert continued_texts([]) == {}
    assert (len(mark_of("a")), mark_of("a") == mark_of("b")) == (24, False)
