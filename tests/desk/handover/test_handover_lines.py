"""What a handover says in lines: new records, changed fields, conflicts; and a report on nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from onewindow.desk.handover.as_text import change_lines
from onewindow.desk.handover.changes import FieldChange
from onewindow.desk.handover.report import MACHINE_COLUMNS, ReportLine, machine_row
from onewindow.desk.handover.summary import HandoverSnapshot
from onewindow.metrics.handover.report import Case, summary


def test_a_new_record_stands_in_one_line_behind_the_changed_fields() -> None:
    changes = [
        FieldChange(0, "contact", "Анна", "phone", "phone", "", "", "+7 912", "new"),
        FieldChange(0, "contact", "Анна", "role", "role", "", "", "директор", "new"),
        FieldChange(1, "client", "Ромашка", "city", "city", "Казань", "Казань", "Уфа", "change"),
        FieldChange(2, "client", "Ромашка", "goal", "goal", "", "быстрее", "дешевле", "conflict"),
    ]
    snapshot = cast("HandoverSnapshot", SimpleNamespace(open_differences=changes))

    assert change_lines(snapshot) == [
        "client Ромашка, city: Казань → Уфа",
        "client Ромашка, goal: was empty, card now быстрее, package дешевле",
        "new contact Анна: phone +7 912, role директор",
    ]


def test_a_group_without_answers_marks_and_observations_counts_none_of_them() -> None:
    row = machine_row(ReportLine("Иванова", summary([])), "salesperson")
    counted = {"by": "salesperson", "group": "Иванова", "n": 0, "answers": 0, "judged": 0, "marks": 0}
    counted |= {"observations": 0}

    assert row == dict.fromkeys(MACHINE_COLUMNS) | counted


def test_a_group_of_one_is_counted_in_its_own_columns() -> None:
    row = machine_row(ReportLine("Иванова", summary([Case(6, 8, True, 2, (), 4, (3, 5))])), "salesperson")

    assert (row["n"], row["complete"], row["first_pass"], row["questions_each"]) == (1, 75, 1.0, 2)
    assert (row["marks"], row["mark"], row["observations"], row["observed"]) == (1, 4, 1, 4)
