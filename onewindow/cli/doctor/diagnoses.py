"""How an examination is told: lines for people with the command that mends each thing, rows for machines."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from onewindow.cli.shell.printing import print_table, print_text

if TYPE_CHECKING:
    from onewindow.desk.doctor.diagnosis import Diagnosis
    from onewindow.exchange.export.writer import TableFormat

_COLUMNS = ("level", "area", "message", "remedy")


def print_diagnoses(diagnoses: Iterable[Diagnosis], output_format: TableFormat) -> int:
    """Write each thing as it is found, and return how many faults there are."""
    faults = 0
    rows: list[dict[str, str]] = []
    for diagnosis in diagnoses:
        faults += diagnosis.level == "fault"
        if output_format == "table":
            print_text(_lines(diagnosis))
            sys.stdout.flush()
        else:
            rows.append(diagnosis._asdict())
    if output_format != "table":
        print_table(rows, _COLUMNS, output_format)
    return faults


def _lines(diagnosis: Diagnosis) -> str:
    line = f"{diagnosis.level:<8} {diagnosis.area:<12} {diagnosis.message}"
    return f"{line}\n{'':21} mend: {diagnosis.remedy}" if diagnosis.remedy else line
