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


def print_diagnoses(found: Iterable[Diagnosis], output_format: TableFormat) -> int:
    """Write each thing as it is found, and return how many faults there are."""
    faults = 0
    told: list[dict[str, str]] = []
    for each in found:
        faults += each.level == "fault"
        if output_format == "table":
            print_text(_lines(each))
            sys.stdout.flush()
        else:
            told.append(each._asdict())
    if output_format != "table":
        print_table(told, _COLUMNS, output_format)
    return faults


def _lines(each: Diagnosis) -> str:
    line = f"{each.level:<8} {each.area:<12} {each.message}"
    return f"{line}\n{'':21} mend: {each.remedy}" if each.remedy else line
