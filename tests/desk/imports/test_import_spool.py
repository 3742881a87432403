"""Long lists of an import, which leave the memory for a file, and what is written from them."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from onewindow.desk.imports import running as importing
from onewindow.desk.imports.reporting import spool as import_spool
from onewindow.desk.imports.reporting.rejected import write_rejected
from onewindow.desk.imports.reporting.run_report import RowVerdict
from onewindow.desk.imports.reporting.spool import Chosen, Spool
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session


@pytest.mark.parametrize("count", [0, 1, 20, 21, 999, 1000, 1001, 2500])
def test_a_spool_is_a_list_wherever_it_stands(count: int) -> None:
    spool = Spool(range(count), kept=20)

    assert spool.is_in_file == (count > 20)
    assert (len(spool), list(spool), list(spool)) == (count, [*range(count)], [*range(count)])
    assert spool[5:8] == [*range(count)][5:8]
    assert spool[-3:] == [*range(count)][-3:]
    assert [spool[at] for at in range(0, count, 100)] == [*range(0, count, 100)]
    with pytest.raises(IndexError):
        spool[count]
    assert spool.settled() == tuple(range(count)) if count <= 20 else spool.settled() is spool


def test_what_is_said_of_each_later_counts_for_those_in_the_file_too() -> None:
    spool = Spool((RowVerdict(row, "create", "") for row in range(1500)), kept=20)
    spool.change_each(lambda each: replace(each, reason="late") if each.row in (3, 1499) else each)

    assert [each.row for each in Chosen(spool, lambda each: bool(each.reason))] == [3, 1499]
    assert spool[1499].reason == "late"
    spool.change_each(lambda each: replace(each, reason=f"{each.reason} too") if each.reason else each)
    assert (spool[3].reason, spool[4].reason, spool[1499].reason) == ("late too", "", "late too")


def test_chosen_ones_are_counted_and_given_back_in_parts() -> None:
    even = Chosen(Spool(range(5000), kept=20), lambda each: not each % 2)

    assert (len(even), even[1], even[-1], even[1:3], even[3:1:-1]) == (2500, 2, 4998, [2, 4], [6, 4])


def test_very_many_refused_and_flagged_rows_are_told_and_written_whole(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"Фирма {at},,A" if at % 3 else f",Город {at},A" for at in range(3000)]
    rows = [f"{row[:-1]}платина" if not (at + 1) % 3 else row for at, row in enumerate(rows)]
    source = ("name,city,tier\n" + "\n".join(rows) + "\n").encode()
    known = import_file(session, "client", source, "file.csv", dry_run=True)
    monkeypatch.setattr(import_spool, "KEPT", 50)

    report = import_file(session, "client", source, "file.csv")

    assert isinstance(report.rows, Spool)
    assert [(each.row, each.verdict, each.reason) for each in report.rows] == [
        (each.row, each.verdict, each.reason) for each in known.rows
    ]
    assert (report.count("error"), len(report.rejected), len(report.flagged)) == (1000, 1000, 1000)
    write_rejected(report, tmp_path / "rejected.csv")
    lines = (tmp_path / "rejected.csv").read_text("utf-8-sig").splitlines()
    assert (len(lines), lines[0].split(",")[:3]) == (1001, ["name", "city", "tier"])
    assert lines[1:3] == [",Город 0,A,it has no name", ",Город 3,A,it has no name"]
    assert lines[-1] == ",Город 2997,A,it has no name"


def test_four_times_the_refused_rows_need_no_more_memory(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_spool, "KEPT", 500)
    monkeypatch.setattr(importing, "_CHUNK", 200)

    few, many = (_peak(session, count) for count in (2000, 8000))

    assert many - few < 1_500_000  # the file itself, and not 1 000 bytes for each row


def _peak(session: Session, count: int) -> int:
    source = ("name,city,tier\n" + "".join(f",Город {at},A\n" for at in range(count))).encode()
    import_file(session, "client", source[:20_000], "file.csv", dry_run=True)  # fills caches of short texts
    tracemalloc.start()
    try:
        report = import_file(session, "client", source, "file.csv", dry_run=True)
        assert (report.count("error"), report.rows[count - 1].row) == (count, count + 1)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
