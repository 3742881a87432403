"""What is told of a file that was read: each sentence whole, for one thing and for several."""

from __future__ import annotations

from typing import Any

import pytest

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.reading_notes import ReadingNotes


@pytest.mark.parametrize(
    ("notes", "sentences"),
    [
        ({}, []),
        ({"encoding": "UTF-8", "sheet": "Лист1", "header_row": 1, "rows": 5, "is_finished": True}, []),
        ({"encoding": "UTF-16"}, ["Read as UTF-16."]),
        (
            {"encoding": "Windows-1251", "encoding_is_told_by_letters": True},
            ["Read as Windows-1251, judged by its letters; --encoding names another."],
        ),
        (
            {"sheet": "A", "other_sheets": ["B", "C"], "hidden_sheets": ["D"]},
            ["Read the sheet A, not B, C, D (hidden); --sheet names another."],
        ),
        (
            {"sheet": "A", "hidden_sheets": ["D"]},
            ["Read the sheet A, not D (hidden); --sheet names another."],
        ),
        (
            {"sheet": "A", "other_sheets": [*"BCDEF"], "hidden_sheets": ["G"]},
            ["Read the sheet A, not B, C, D, E, F and 1 more; --sheet names another."],
        ),
        ({"other_sheets": ["B"]}, []),
        (
            {"titles_above": ["Отчёт", "x" * 61], "header_row": 3},
            [f"Column names are in row 3, under “Отчёт”, “{'x' * 60}”; --header-row names another."],
        ),
        (
            {"titles_above": ["Отчёт"], "header_row": 3, "second_header_row": 4},
            ["Column names are in rows 3 and 4, under “Отчёт”; --header-row names another."],
        ),
        (
            {"header_row": 1, "second_header_row": 2},
            ["Column names are in rows 1 and 2; --header-row 2 takes the second alone."],
        ),
        ({"passed_over": ["--sheet"]}, ["--sheet has no meaning for a file of this kind."]),
        (
            {"passed_over": ["--sheet", "--delimiter"]},
            ["--sheet, --delimiter have no meaning for a file of this kind."],
        ),
        ({"is_fixed_width": True}, ["Columns were cut where those of the first line begin."]),
        ({"totals": [7]}, ["Left out as a sum: row 7."]),
        ({"totals": [7, 9]}, ["Left out as sums: rows 7, 9."]),
        ({"totals": [*range(1, 6)]}, ["Left out as sums: rows 1, 2, 3, 4, 5."]),
        ({"totals": [*range(1, 8)]}, ["Left out as sums: rows 1, 2, 3, 4, 5 and 2 more."]),
        (
            {"short_rows": [3]},
            [
                "Row 3 has fewer cells than there are column names: look for a line break or a quote that "
                "does not belong there."
            ],
        ),
        (
            {"short_rows": [3, 4]},
            [
                "Rows 3, 4 have fewer cells than there are column names: look for a line break or a quote "
                "that does not belong there."
            ],
        ),
        ({"errors": 1}, ["1 cell with an error of a formula (#N/A, #REF!) read as empty."]),
        ({"errors": 2}, ["2 cells with an error of a formula (#N/A, #REF!) read as empty."]),
        ({"nulls": 1}, ["1 cell with a program's word for nothing (NULL, n/a) read as empty."]),
        (
            {"sheet": "A", "formulas_without_result": 2},
            [
                "Sheet A has 2 cells with a formula without its result, read as empty: open the workbook in "
                "Excel or LibreOffice, save it there and import it again."
            ],
        ),
        ({"merged": 1}, ["1 merged area: its value stands for each of its rows."]),
        ({"merged": 3}, ["3 merged areas: its value stands for each of its rows."]),
        ({"is_finished": True}, ["There are column names but no rows under them."]),
        ({"rows": 1, "is_finished": True}, []),
        ({"rows": 0}, []),
        (
            {
                "encoding": "CP866 (DOS)",
                "sheet": "A",
                "hidden_sheets": ["B"],
                "passed_over": ["--x"],
                "totals": [1],
                "short_rows": [2],
                "errors": 1,
                "nulls": 1,
                "merged": 1,
                "is_finished": True,
            },
            [
                "Read as CP866 (DOS).",
                "Read the sheet A, not B (hidden); --sheet names another.",
                "--x has no meaning for a file of this kind.",
                "Left out as a sum: row 1.",
                "Row 2 has fewer cells than there are column names: look for a line break or a quote that "
                "does not belong there.",
                "1 cell with an error of a formula (#N/A, #REF!) read as empty.",
                "1 cell with a program's word for nothing (NULL, n/a) read as empty.",
                "1 merged area: its value stands for each of its rows.",
                "There are column names but no rows under them.",
            ],
        ),
    ],
)
def test_what_is_told_of_a_file(notes: dict[str, Any], sentences: list[str]) -> None:
    assert ReadingNotes(**notes).sentences() == sentences


def test_a_problem_is_one_sentence_with_its_place() -> None:
    problems = [
        FileProblem("a.csv", "it is empty", "choose another"),
        FileProblem("", "it is empty", "choose another", row=3),
        FileProblem("a.csv", "it is empty", "choose another", column="Дата"),
        FileProblem("a.csv", "it is empty", "choose another", row=0, column="Дата"),
    ]
    assert [str(problem) for problem in problems] == [
        "a.csv: it is empty; choose another.",
        "the input, row 3: it is empty; choose another.",
        "a.csv, column Дата: it is empty; choose another.",
        "a.csv, row 0, column Дата: it is empty; choose another.",
    ]
    last = problems[-1]
    assert (last.name, last.what, last.remedy, last.row, last.column) == (
        *("a.csv", "it is empty", "choose another", 0, "Дата"),
    )
