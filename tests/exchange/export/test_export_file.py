"""Files that go out: whole or not at all, typed in a workbook, cards that an address book takes."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import stat
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.exchange.export.files import (
    EXPORT_FORMATS,
    ExportFormat,
    ending_of,
    format_of,
    whole_file,
    write_export,
)
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.tables.opening import read_rows

CARD = {
    "name": "Анна; Ким, старшая",
    "client_name": "Ромашка",
    "phone": "+79123456789",
    "phone_2": "+35929876543",
    "email": "a@romashka.example",
    "birthday": "1990-04-05",
    "messenger": "@anna",
    "updated_at": "2026-03-01T11:00:00Z",
}


def written(rows: list[Mapping[str, object]], columns: list[str], fmt: ExportFormat, **options: Any) -> bytes:
    stream = io.BytesIO()
    assert write_export(rows, columns, fmt, stream, **options).count == len(rows)
    return stream.getvalue()


def read_back(data: bytes, fmt: ExportFormat) -> list[dict[str, str]]:
    return [row.values for row in read_rows(data, f"x{ending_of(fmt)}").rows]


@pytest.mark.parametrize("fmt", EXPORT_FORMATS)
def test_a_format_is_told_by_its_ending(fmt: ExportFormat) -> None:
    assert format_of(Path(f"a{ending_of(fmt)}")) == ("vcard" if fmt == "vcard3" else fmt)


def test_an_unknown_ending_tells_nothing() -> None:
    assert format_of(Path("a.doc")) is None


def test_a_file_is_there_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with contextlib.suppress(KeyError), whole_file(path) as stream:
        stream.write(b"half")
        raise KeyError
    assert list(tmp_path.iterdir()) == []
    with whole_file(path) as stream:
        stream.write(b"whole")
        assert not path.exists()
    assert path.read_bytes() == b"whole"
    assert stat.S_IMODE(path.stat().st_mode) & ~0o640 == 0
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_is_replaced_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(FileProblem, match="there is such a file already"), whole_file(path):
        pass
    assert path.read_text() == "old"
    with whole_file(path, force=True) as stream:
        stream.write(b"new")
    assert path.read_text() == "new"


def test_a_file_that_comes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    writing = whole_file(path)
    writing.__enter__().write(b"mine")
    path.write_text("theirs")
    with pytest.raises(FileProblem):
        writing.__exit__(None, None, None)
    assert path.read_text() == "theirs"


@pytest.mark.parametrize("place", ["no/such/folder/a.csv", "."])
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path, place: str) -> None:
    with pytest.raises(FileProblem) as caught, whole_file(tmp_path / place):
        pass
    assert str(caught.value).count("\n") == 0


def test_excel_gets_a_mark_semicolons_and_decimal_commas() -> None:
    rows: list[Mapping[str, object]] = [
        {"id": "62635890475374155", "amount": Decimal("1200.50"), "kpp": "012345678", "n": 5, "t": "=1+1"}
    ]
    data = written(rows, ["id", "amount", "kpp", "n", "t"], "csv", excel=True)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines()[1] == (
        '"=""62635890475374155""";1200,50;"=""012345678""";5;\'=1+1'
    )
    assert read_back(data, "csv") == [
        {"id": "62635890475374155", "amount": "1200,50", "kpp": "012345678", "n": "5", "t": "=1+1"}
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_no_text_becomes_more_than_text_in_a_csv_for_excel(text: str) -> None:
    stream = io.BytesIO()
    write_export([{"a": text}], ["a"], "csv", stream, excel=True)
    cell = stream.getvalue().decode("utf-8-sig").partition("\n")[2].lstrip('"')
    digits = text.isascii() and text.isdecimal()
    assert digits or not cell.startswith(("=", "+", "-", "@"))


def test_a_workbook_has_typed_cells_and_a_head_that_stays() -> None:
    from openpyxl import load_workbook

    rows: list[Mapping[str, object]] = [
        {
            "text": "=SUM(A1:A9)",
            "error": "#N/A",
            "amount": Decimal("-12.50"),
            "n": 7,
            "share": 0.25,
            "day": dt.date(2026, 3, 1),
            "old": dt.date(1899, 12, 31),
            "bad": "a\x01b",
        }
    ]
    columns = list(rows[0])
    sheet = cast("Any", load_workbook(io.BytesIO(written(rows, columns, "xlsx", title="clients"))).active)
    head, first = list(sheet.iter_rows())
    assert all(cell.font.b for cell in head)
    assert (sheet.freeze_panes, sheet.title) == ("A2", "clients")
    assert [cell.data_type for cell in first] == ["s", "s", "n", "n", "n", "d", "s", "s"]
    assert [cell.value for cell in first][:5] == ["=SUM(A1:A9)", "#N/A", -12.5, 7, 0.25]
    assert first[5].value == dt.datetime(2026, 3, 1)  # noqa: DTZ001  a cell has no zone
    assert [cell.value for cell in first][6:] == ["1899-12-31", "a_x0001_b"]
    assert first[0].quotePrefix


def test_a_workbook_takes_no_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onewindow.exchange.export.workbook.MAX_ROWS", 10)

    def rows() -> Iterator[Mapping[str, object]]:
        yield from ({"a": n} for n in range(10))

    with pytest.raises(FileProblem, match="more than 9 rows"):
        write_export(rows(), ["a"], "xlsx", io.BytesIO())


@pytest.mark.parametrize(("fmt", "version"), [("vcard", "4.0"), ("vcard3", "3.0")])
def test_a_card_is_read_back_as_it_was(fmt: ExportFormat, version: str) -> None:
    data = written([CARD], list(CARD), fmt)
    assert f"VERSION:{version}\r\n".encode() in data
    (card,) = read_back(data, fmt)
    assert card["name"] == CARD["name"]
    assert card["organization"] == "Ромашка"
    assert (card["phone"], card["phone_2"]) == (CARD["phone"], CARD["phone_2"])
    assert (card["birthday"], card["messenger"]) == ("1990-04-05", "@anna")


def test_a_card_has_only_the_columns_asked_for() -> None:
    assert b"BDAY" not in written([CARD], ["name", "phone"], "vcard")


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip()))
def test_a_line_of_a_card_is_at_most_75_octets_and_stays_one_value(text: str) -> None:
    stream = io.BytesIO()
    write_export([{"name": text}], ["name"], "vcard", stream)
    lines = stream.getvalue().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert lines[0] == b"BEGIN:VCARD"
    unfolded = stream.getvalue().replace(b"\r\n ", b"").decode()
    assert unfolded.count("\r\n") == 6  # PRODID tells whose card it is


@pytest.mark.parametrize("count", [8, 9, 10])
def test_a_sheet_is_full_with_its_last_row(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Nine rows and the head are ten; a tenth one finds no place."""
    monkeypatch.setattr("onewindow.exchange.export.workbook.MAX_ROWS", 10)
    rows: list[Mapping[str, object]] = [{"a": str(n)} for n in range(count)]
    if count > 9:
        with pytest.raises(FileProblem):
            written(rows, ["a"], "xlsx")
        return
    assert read_back(written(rows, ["a"], "xlsx"), "xlsx") == rows


def test_columns_are_as_wide_as_what_stands_in_them_and_two_more_up_to_sixty() -> None:
    from openpyxl import load_workbook

    rows: list[Mapping[str, object]] = [
        {"id": 1, "name": "Ромашка", "a long heading": "x", "note": "я" * 100, "empty": None},
        {"id": 12_345, "name": "ИП", "a long heading": "y", "note": "", "empty": None},
    ]
    columns = list(rows[0])
    sheet = cast("Any", load_workbook(io.BytesIO(written(rows, columns, "xlsx"))).active)
    assert [sheet.column_dimensions[letter].width for letter in "ABCDE"] == [7, 9, 16, 60, 7]


def test_what_a_card_has_no_place_for_is_told_with_the_first_five() -> None:
    people = [
        {"name": f"P{number}", "note": "x", "role": "a\x01" if number < 2 else ""} for number in range(7)
    ]
    told = write_export(people, ["name", "note", "role", "id"], "vcard", io.BytesIO())
    assert told.notes == (
        "A card has no place for note: left out of P0, P1, P2, P3, P4 and 2 more.",
        "A card cannot hold control characters: left out of role of P0, role of P1.",
    )
    five = write_export(people[2:], ["name", "note", "version", "flags"], "vcard", io.BytesIO())
    assert (five.count, five.notes) == (
        5,
        ("A card has no place for note: left out of P2, P3, P4, P5, P6.",),
    )


def test_texts_too_long_for_a_cell_are_told_with_whose_they_are() -> None:
    rows: list[Mapping[str, object]] = [{"title": f"T{number}", "text": "x" * 33_000} for number in range(6)]
    told = write_export(rows, ["title", "text"], "xlsx", io.BytesIO()).notes
    (one,) = write_export([{"text": "x" * 33_000}], ["text"], "xlsx", io.BytesIO()).notes
    rest = (
        "longer than the 32767 characters of a cell and not cut: the rest stands in the sheet “long texts”, "
        "and an import puts it back"
    )
    whose = ", ".join(f"text of T{number}" for number in range(5))
    assert told == (f"6 texts are {rest} ({whose} and 1 more).",)
    assert one == f"1 text is {rest} (text of a record without a name)."
