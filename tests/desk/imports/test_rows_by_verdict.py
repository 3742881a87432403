"""Rows of a report by what became of them, what is only counted, and sentences as the window says them."""

from __future__ import annotations

import pytest

from onewindow.desk.imports.lists import FILTERS, SPOKEN, SortedRows, spoken_field
from onewindow.desk.imports.reporting.run_report import ImportReport, RowVerdict, Verdicts
from onewindow.desk.imports.reporting.window_words import in_window


def _report(*rows: RowVerdict) -> ImportReport:
    return ImportReport(
        run_id=None, file_name="a.csv", record_kind="client", rows=rows, fields={}, left_out=(), seconds=0.0
    )


_NEW = RowVerdict(2, "create", "a", 11)
_CHANGED = RowVerdict(
    3, "update", "b", 12, differences={"city": ("Уфа", "Омск"), "note": ("", "x"), "flags": ("", "{}")}
)
_ODD = RowVerdict(4, "create", "c", 13, "odd")
_KNOWN = RowVerdict(5, "skip", "d", 14)
_ADDED = RowVerdict(6, "skip", "e", reason="added to row 2")
_REFUSED = RowVerdict(7, "error", "f", reason="it has no name")


def test_rows_are_sorted_by_what_becomes_of_them_and_counted_in_words() -> None:
    rows = SortedRows(_report(_NEW, _CHANGED, _ODD, _KNOWN, _ADDED, _REFUSED))
    assert {choice: [row.row for row in rows.of(choice)] for choice in FILTERS} == {
        "": [2, 3, 4, 5, 6, 7],
        "create": [2, 4],
        "update": [3],
        "flagged": [4],
        "error": [7],
        "skip": [5],
        "left_out": [6],
    }
    assert rows.counts == (
        "2 new, 1 updated, 1 unchanged, 1 left out, 1 flagged, 1 refused, 1 value overwritten"
    )
    assert (rows.flagged, rows.refused) == (frozenset({4}), "1 refused")
    nothing = SortedRows(_report())
    assert (nothing.counts, nothing.refused, nothing.flagged) == ("no rows", "", frozenset())


def test_the_next_filter_is_one_under_which_there_is_something_and_all_rows_come_after_the_last() -> None:
    rows = SortedRows(_report(_NEW, _REFUSED, _ADDED))
    assert {choice: rows.after(choice) for choice in FILTERS} == {
        "": "create",
        "create": "error",
        "update": "error",
        "flagged": "error",
        "error": "left_out",
        "skip": "left_out",
        "left_out": "",
    }
    assert list(SPOKEN.values()) == [
        "all rows",
        "new",
        "updated",
        "flagged",
        "refused",
        "unchanged",
        "left out",
    ]


def test_rows_of_which_there_is_nothing_to_say_are_only_counted_from_some_number_on() -> None:
    verdicts = Verdicts(plain_kept=1)
    waiting = RowVerdict(9, "create", "w", 19)
    verdicts.add([_NEW, RowVerdict(8, "create", "x", 18), _CHANGED, _ODD, _KNOWN, waiting, _REFUSED], {9})
    assert [row.row for row in verdicts.rows] == [2, 3, 4, 9, 7]
    assert (verdicts.total, verdicts.counts) == (7, {"create": 4, "update": 1, "skip": 1, "error": 1})
    assert verdicts.notes() == [
        "2 more rows came in without anything to say of them, or were on file already, and are not listed."
    ]
    verdicts.say({9: "late"})
    verdicts.say_more({"it has no name": "“Имя” was left out", "odd": "never of a row that came in"})
    assert {row.row: row.reason for row in verdicts.rows} == {
        2: "",
        3: "",
        4: "odd",
        9: "late",
        7: "it has no name; “Имя” was left out",
    }
    assert Verdicts().notes() == []


def test_a_report_counts_its_rows_and_is_refused_if_nothing_came_in() -> None:
    report = _report(_NEW, _CHANGED, _ODD, _KNOWN, _ADDED, _REFUSED)
    assert (report.total, report.unchanged, report.count("create"), report.is_refused) == (6, 1, 2, False)
    assert [_report(*rows).is_refused for rows in ((), (_ADDED, _REFUSED), (_KNOWN, _REFUSED))] == [
        *(False, True, False),
    ]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("it says no client; name it with --client", "it says no client; name it on the line “client”"),
        ("say which with --dates dmy or --dates mdy", "say which on the line “dates”"),
        ("Read as X, judged by its letters; --encoding names another.", "Read as X, judged by its letters."),
        ("“A” was left out: --map 'A=b'", "“A” was left out: enter on its line takes it in"),
        ("“A” could be it too: --map 'A=b'", "“A” could be it too: enter on its line takes it so"),
        (
            "import the clients first, or add --create-clients",
            "import the clients first, or say yes on the line “new clients”",
        ),
        *((f"--{option} 'A=b'", "'A=b'") for option in ("map", "value", "set")),
        (
            "say with --header-row which row has them",
            "say on the line “column names” which row has them",
        ),
        ("give --header-row the number", "give the line “column names” the number"),
        ("name the sign with --delimiter", "name the sign on the line “delimiter”"),
        ("name one with --sheet: “A”", "name one on the line “sheet”: “A”"),
        ("keep it with --profile", "keep it on the line “profile”"),
        ("say it with --set", "say it on the line “set”"),
        ("say it with --value", "say it on the line “words”"),
        ("say it with --source", "say it on the line “source”"),
        ("say it with --encoding", "say it on the line “encoding”"),
        ("say it with --create-clients", "say it on the line “new clients”"),
        ("say it with --so-far", "say it on the line “so far”"),
        ("a - b", "a - b"),
    ],
)
def test_the_window_names_its_lines_where_the_command_has_options(said: str, shown: str) -> None:
    assert in_window(said) == shown


def test_fields_as_lists_of_fields_have_them() -> None:
    shown = {
        "owner_id": "owner",
        "client_id_also": "client",
        "external_id": "external_id",
        "tax_id": "tax_id",
    }
    assert {name: spoken_field(name) for name in shown} == shown
