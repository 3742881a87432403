"""What a reader noticed of a file and a person must be told: encoding, sheet, header, what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

_SHOWN = 5


@dataclass(slots=True)
class ReadingNotes:
    """What was noticed while a file was read; whole when its last row has been read."""

    encoding: str = ""
    """The encoding as people name it: `Windows-1251`; empty for workbooks."""
    encoding_is_told_by_letters: bool = False
    """Whether nothing in the file says the encoding, so that its letters had to tell."""
    delimiter: str = ""
    """What stands between cells, where something does."""
    sheet: str = ""
    """The title of the sheet that was read."""
    other_sheets: list[str] = field(default_factory=list[str])
    """Sheets that can be seen, hold cells, and were not read."""
    hidden_sheets: list[str] = field(default_factory=list[str])
    header_row: int = 0
    """The number of the row with the column names; 0 where a format has none."""
    second_header_row: int = 0
    """The number of a second row of them, under names of groups of columns; 0 where there is one row."""
    titles_above: list[str] = field(default_factory=list[str])
    """Lines above the column names, which are no records."""
    totals: list[int] = field(default_factory=list[int])
    """Numbers of the rows with sums, which are no records."""
    short_rows: list[int] = field(default_factory=list[int])
    """Numbers of the rows with fewer cells than there are column names."""
    errors: int = 0
    """Cells that hold the error of a formula and were read as empty."""
    nulls: int = 0
    """Cells that hold a program's word for nothing and were read as empty."""
    formulas_without_result: int = 0
    merged: int = 0
    """Merged areas whose value was given to each of their rows."""
    is_fixed_width: bool = False
    run_over: set[int] = field(default_factory=set[int])
    """Numbers of the lines of a text in columns of which a cell runs over its column."""
    passed_over: list[str] = field(default_factory=list[str])
    """Options that say nothing of such a file: `--sheet` of a CSV file."""
    rows: int = 0
    """Rows given back."""
    is_finished: bool = False

    @property
    def is_without_rows(self) -> bool:
        """Whether the file has been read to its end and has column names only."""
        return self.is_finished and not self.rows

    def sentences(self) -> list[str]:
        """What to tell a person, one sentence each; the usual (UTF-8, first row, one sheet) goes unsaid."""
        lines = [*self._of_place(), *self._of_rows()]
        if self.is_without_rows:
            lines.append("There are column names but no rows under them.")
        return lines

    def _of_place(self) -> list[str]:
        lines: list[str] = []
        if self.encoding_is_told_by_letters:
            lines.append(f"Read as {self.encoding}, judged by its letters; --encoding names another.")
        elif self.encoding not in ("", "UTF-8"):
            lines.append(f"Read as {self.encoding}.")
        if self.sheet and (self.other_sheets or self.hidden_sheets):
            others = _listed([*self.other_sheets, *(f"{title} (hidden)" for title in self.hidden_sheets)])
            lines.append(f"Read the sheet {self.sheet}, not {others}; --sheet names another.")
        if self.titles_above:
            above = _listed(f"“{title[:60]}”" for title in self.titles_above)
            place = f"row {self.header_row}"
            if self.second_header_row:
                place = f"rows {self.header_row} and {self.second_header_row}"
            lines.append(f"Column names are in {place}, under {above}; --header-row names another.")
        elif self.second_header_row:
            lines.append(
                f"Column names are in rows {self.header_row} and {self.second_header_row}; "
                f"--header-row {self.second_header_row} takes the second alone."
            )
        if self.passed_over:
            have = "has" if len(self.passed_over) == 1 else "have"
            lines.append(f"{_listed(self.passed_over)} {have} no meaning for a file of this kind.")
        if self.is_fixed_width:
            lines.append("Columns were cut where those of the first line begin.")
        return lines

    def _of_rows(self) -> list[str]:
        lines: list[str] = []
        if self.totals:
            lines.append(f"Left out as {'a sum' if len(self.totals) == 1 else 'sums'}: {_rows(self.totals)}.")
        if self.short_rows:
            what = "has fewer cells" if len(self.short_rows) == 1 else "have fewer cells"
            lines.append(
                f"{_rows(self.short_rows).capitalize()} {what} than there are column names: "
                "look for a line break or a quote that does not belong there."
            )
        if self.errors:
            lines.append(f"{_cells(self.errors)} with an error of a formula (#N/A, #REF!) read as empty.")
        if self.nulls:
            lines.append(f"{_cells(self.nulls)} with a program's word for nothing (NULL, n/a) read as empty.")
        if self.formulas_without_result:
            lines.append(
                f"Sheet {self.sheet} has {_cells(self.formulas_without_result)} with a formula without its "
                "result, read as empty: open the workbook in Excel or LibreOffice, save it there and import "
                "it again."
            )
        if self.merged:
            lines.append(f"{_counted(self.merged, 'merged area')}: its value stands for each of its rows.")
        return lines


def _cells(count: int) -> str:
    return _counted(count, "cell")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _rows(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"{'row' if len(numbers) == 1 else 'rows'} {shown}{more}"


def _listed(texts: Iterable[str]) -> str:
    known = list(texts)
    return ", ".join(known[:_SHOWN]) + (f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else "")
