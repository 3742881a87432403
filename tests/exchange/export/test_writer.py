"""Tables that go out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args

import pytest

from onewindow.exchange.export.aligned import write_aligned
from onewindow.exchange.export.writer import TableFormat, plain_text, write_table
from onewindow.text.layout.width import cell_width

ROWS: list[Mapping[str, object]] = [
    {"id": 7, "name": "Ромашка", "since": dt.date(2024, 3, 5), "value": Decimal("-12.50"), "vip": True},
    {"id": 12, "name": '=HYPERLINK("x")', "value": None, "extra": "left out"},
]
COLUMNS = ["id", "name", "since", "value", "vip"]


def written(
    rows: Sequence[Mapping[str, object]], columns: Sequence[str], fmt: TableFormat, **options: Any
) -> str:
    stream = io.StringIO()
    write_table(rows, columns, fmt, stream, **options)
    return stream.getvalue()


def test_csv_escapes_formulas_in_text_but_not_numbers() -> None:
    rows = list(csv.reader(io.StringIO(written(ROWS, COLUMNS, "csv"))))
    assert rows == [
        COLUMNS,
        ["7", "Ромашка", "2024-03-05", "-12.50", "true"],
        ["12", '\'=HYPERLINK("x")', "", "", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'=", "＝"])
@pytest.mark.parametrize("fmt", ["csv", "tsv"])
def test_no_text_cell_starts_as_a_formula(start: str, fmt: TableFormat) -> None:
    text = written([{"a": f"{start}7912"}], ["a"], fmt)
    (_, (cell,)) = csv.reader(io.StringIO(text, newline=""), delimiter="," if fmt == "csv" else "\t")
    assert cell == f"'{start}7912"


def test_formula_in_a_column_name_is_escaped_too() -> None:
    assert written([], ["=a"], "csv") == "'=a\n"


def test_json_is_one_array_and_json_lines_one_object_each() -> None:
    whole = json.loads(written(ROWS, COLUMNS, "json"))
    lines = [json.loads(line) for line in written(ROWS, COLUMNS, "jsonl").splitlines()]
    assert whole == lines
    assert whole[0] == {"id": "7", "name": "Ромашка", "since": "2024-03-05", "value": "-12.50", "vip": True}
    assert whole[1]["value"] is None
    assert "Ромашка" in written(ROWS, COLUMNS, "jsonl")


def test_json_of_nothing_and_of_odd_values_is_still_json() -> None:
    assert json.loads(written([], COLUMNS, "json")) == []
    odd = [{"a": float("nan"), "b": {"x": [dt.time(9, 30)]}}]
    assert json.loads(written(odd, ["a", "b"], "json")) == [{"a": None, "b": {"x": ["09:30:00"]}}]


def test_markdown_cells_cannot_break_the_table() -> None:
    text = written([{"a": "x|y\nz", "b": 1}], ["a", "b"], "md")
    assert text == "| a | b |\n| --- | --- |\n| x\\|y<br>z | 1 |\n"


def test_table_is_aligned_by_cells_and_numbers_stand_right() -> None:
    text = written([{"name": "漢字", "n": 5}, {"name": "Daisy", "n": 120}], ["name", "n"], "table")
    assert text == "name     n\n漢字     5\nDaisy  120\n"


def test_table_shows_no_control_character() -> None:
    text = written([{"name": "a\x1b[31mb\n\u202ec"}], ["name"], "table")
    assert text.count("\n") == 2
    assert not {"\x1b", "\u202e"} & set(text)


def test_table_is_cut_to_the_width_asked_for() -> None:
    rows = [{"id": 1, "note": "word " * 50, "city": "Sofia"}]
    lines = written(rows, ["id", "note", "city"], "table", width=40).splitlines()
    assert [len(line) for line in lines] == [40 - len("Sofia") + len("city"), 40]
    assert "…" in lines[1]
    assert lines[1].endswith("Sofia")


def test_a_narrow_table_keeps_ids_and_dates_whole_and_names_what_it_left_out() -> None:
    rows = [
        {"id": 62693100748800128, "client": "Ромашка", "text": "слово " * 20, "on": "2026-11-25", "note": ""},
        {"id": 62693100748800129, "client": "Вектор", "text": "два", "on": "2026-11-26", "note": ""},
    ]
    for width in (50, 54, 80, 200):
        stream = io.StringIO()
        columns = ["id", "client", "text", "on", "note"]
        left_out = write_aligned(rows, columns, stream, plain_text, width, may_leave_out=True)
        heading, first, second = stream.getvalue().splitlines()
        assert max(map(cell_width, (heading, first, second))) <= width
        assert "62693100748800128" in first
        assert ("2026-11-25" in first) == ("on" not in left_out)
        assert "слово слов" in first
        assert left_out == {50: ["on", "note"], 54: ["note"]}.get(width, [])
        assert heading.split() == [name for name in columns if name not in left_out]


def test_a_wrapped_column_says_everything_under_its_heading() -> None:
    stream = io.StringIO()
    rows = [{"id": 1, "message": "an invoice needs a tax id and a legal address"}, {"id": 2, "message": "ok"}]
    write_aligned(rows, ["id", "message"], stream, plain_text, 24, wrapped=["message"])
    assert stream.getvalue() == (
        "id  message\n 1  an invoice needs a\n    tax id and a legal\n    address\n 2  ok\n"
    )


def test_no_rows_leave_the_headings_and_a_valid_file() -> None:
    texts = {fmt: written([], ["id", "name"], fmt) for fmt in get_args(TableFormat)}
    assert texts == {
        "table": "id  name\n",
        "json": "[]\n",
        "jsonl": "",
        "csv": "id,name\n",
        "tsv": "id\tname\n",
        "md": "| id | name |\n| --- | --- |\n",
    }
