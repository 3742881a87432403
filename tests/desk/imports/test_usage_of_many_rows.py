"""Files of use of very many rows: weeks are gathered outside the memory and come to the same."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.imports import running as importing
from onewindow.desk.imports.matching import known_records
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting import spool
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.adoption import FeatureUse, Product, Usage
from onewindow.store import rows


def _text() -> bytes:
    lines = ["client;product;date;user;feature;volume"]
    for at in range(240):
        day = f"2024-0{at % 3 + 1}-{at % 26 + 1:02}"
        firm = f"Фирма {at % 5}"
        lines.append(f"{firm};{'Склад' if at % 2 else 'Касса'};{day};user{at % 4};;{at}")
        if not at % 8:
            lines.append(f"{firm};Склад;{day};user{at % 3};Отчёт;")
        if not at % 50:
            lines.append(f"{firm};Ничего;{day};x;;1")
    return "\n".join(lines).encode()


def _imported(session: Session, *, dry_run: bool = False) -> ImportReport:
    options = ImportOptions(create_clients=True)
    return import_file(session, "usage", _text(), "use.csv", options, dry_run=dry_run)


def _told(report: ImportReport) -> list[tuple[object, ...]]:
    return [(each.row, each.verdict, each.name, each.reason) for each in report.rows]


def test_weeks_in_parts_come_to_what_the_whole_file_does(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Склад", "Касса"):
        changing.insert(session, Product(name=name, slug=name))
    whole = _imported(session, dry_run=True)
    monkeypatch.setattr(importing, "_CHUNK", 7)
    monkeypatch.setattr(spool, "KEPT", 20)
    monkeypatch.setattr(known_records, "_KEPT_AT_MOST", 5)

    first = _imported(session)
    stored = [len(rows.fetch(session.store, kind, "")) for kind in (Usage, FeatureUse)]
    again = _imported(session)

    assert _told(first) == _told(whole)
    assert first.counts == whole.counts
    assert {row.reason.split(" in row")[0] for row in first.passed_over} == {"added to the same week"}
    assert [row.values["product"] for row in first.rejected] == ["Ничего"] * 5
    assert stored == [first.count("create") - stored[1], len(set(_weeks(session, FeatureUse)))]
    assert len(set(_weeks(session, Usage))) == stored[0]
    assert (again.count("create"), again.count("update")) == (0, 0)
    volumes = sum(each.volume or 0 for each in rows.fetch(session.store, Usage, ""))
    assert volumes == sum(range(240))


def _weeks(session: Session, kind: type[Usage] | type[FeatureUse]) -> list[tuple[object, ...]]:
    found = rows.fetch(session.store, kind, "")
    return [(each.client_id, each.product_id, each.week, getattr(each, "name", "")) for each in found]
