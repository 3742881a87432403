"""Tables that go out: for a terminal, for a spreadsheet, for another program, for a page of text."""

from __future__ import annotations

import csv
import datetime as dt
import enum
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, TextIO, cast

from onewindow.exchange.json_files.values import is_number, json_text
from onewindow.text.patterns import pattern

TableFormat = Literal["table", "json", "jsonl", "csv", "tsv", "md"]
# A spreadsheet runs a cell that begins so, the wide forms of East Asian keyboards included.
_FORMULA = pattern(r"'*[=+\-@\t\r\n＝＋－＠]")
# Digits only, so nothing of the data is run: what Excel keeps of a number are 15 digits and no zero ahead.
_MANGLED_NUMBER = pattern(r"0[0-9]+|[0-9]{12,}")

Rows = Iterable[Mapping[str, object]]


def write_table(
    rows: Rows,
    columns: Sequence[str],
    fmt: TableFormat,
    stream: TextIO,
    *,
    width: int | None = None,
    excel: bool = False,
) -> None:
    """Write the named columns of the rows in a format; a column that a row lacks is empty.

    Only `table` is cleaned of control characters, and cut to `width` cells when that is given: the other
    formats are data. In CSV and TSV a text that a spreadsheet would run as a formula gets an apostrophe.
    `excel` makes CSV as Excel opens it in Europe: `;`, decimal commas, long numbers kept as text.
    """
    if fmt == "json":
        _write_json(rows, columns, stream)
    elif fmt == "jsonl":
        stream.writelines(_json_object(row, columns) + "\n" for row in rows)
    elif fmt == "csv" and excel:
        _write_delimited(rows, columns, stream, ";", _excel_text)
    elif fmt in ("csv", "tsv"):
        _write_delimited(rows, columns, stream, "," if fmt == "csv" else "\t", _spreadsheet_text)
    elif fmt == "md":
        _write_markdown(rows, columns, stream)
    else:
        from onewindow.exchange.export.aligned import write_aligned  # only text for people is aligned

        write_aligned(rows, columns, stream, plain_text, width)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return _FORMULA.match(text) is not None


def formula_safe(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; reading takes it off."""
    return f"'{text}" if is_formula(text) else text


def plain_text(value: object) -> str:
    """Write a value for people and spreadsheets: nothing for None, ISO dates, numbers without an exponent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, enum.Enum):
        return plain_text(cast("object", value.value))
    if isinstance(value, float) and math.isfinite(value):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple | dict):
        return json_text(cast("object", value))
    return str(value)


def _json_object(row: Mapping[str, object], columns: Sequence[str]) -> str:
    return json_text({column: row.get(column) for column in columns})


def _write_json(rows: Rows, columns: Sequence[str], stream: TextIO) -> None:
    before = "[\n  "
    for row in rows:
        stream.write(before + _json_object(row, columns))
        before = ",\n  "
    stream.write("[]\n" if before.startswith("[") else "\n]\n")


class _Lines:
    """Ends lines in a bare newline: csv quotes a carriage return only if it is told to end lines with one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> None:
        self._stream.write(line.removesuffix("\r\n") + "\n")


def _write_delimited(
    rows: Rows, columns: Sequence[str], stream: TextIO, delimiter: str, text_of: Callable[[object], str]
) -> None:
    writer = csv.writer(_Lines(stream), delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([formula_safe(column) for column in columns])
    writer.writerows([text_of(row.get(column)) for column in columns] for row in rows)


def _spreadsheet_text(value: object) -> str:
    text = plain_text(value)
    return text if is_number(value) else formula_safe(text)


def _excel_text(value: object) -> str:
    if isinstance(value, float | Decimal):
        return plain_text(value).replace(".", ",")
    text = _spreadsheet_text(value)
    # Excel would round a long account and drop the zeros that a number begins with; reading takes this off.
    return f'="{text}"' if _MANGLED_NUMBER.fullmatch(text) else text


def _write_markdown(rows: Rows, columns: Sequence[str], stream: TextIO) -> None:
    stream.write(_markdown_row(columns))
    stream.write("|" + " --- |" * len(columns) + "\n")
    stream.writelines(_markdown_row([plain_text(row.get(column)) for column in columns]) for row in rows)


def _markdown_row(cells: Iterable[str]) -> str:
    escaped = (re.sub(r"([\\|])", r"\\\1", cell) for cell in cells)
    return "| " + " | ".join(re.sub(r"\r\n|\r|\n", "<br>", cell) for cell in escaped) + " |\n"
