"""Files with the columns of our own: only ids and times that we made tell that a One Window wrote them."""

from __future__ import annotations

import json

import pytest

from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.store import rows

_NAMES = ("id", "external_id", "name", "created_at", "updated_at", "archived_at")
_OUR_ID = "7267000000000000001"
_OUR_TIME = "2026-03-02T09:00:00Z"


def _table(*cells: tuple[str, str, str, str]) -> list[dict[str, str]]:
    return [dict(zip(_NAMES, (*each, each[-1], ""), strict=True)) for each in cells]


_FOREIGN = _table(
    ("1", "-", "Рельсы", "2026-03-02T09:00:00Z"),
    ("2", "-", "Шпалы", "2026-03-02T09:00:00Z"),
    ("3", "-", "NULL", "2026-03-02T09:00:00Z"),
)
_OWN = _table((_OUR_ID, "-", "NULL", _OUR_TIME))


def _import(session: Session, table: list[dict[str, str]], form: str) -> ImportReport:
    lines = [_NAMES, *(tuple(row.values()) for row in table)]
    text = json.dumps(table) if form == "json" else "".join(",".join(line) + "\n" for line in lines)
    return import_file(session, "client", text.encode(), f"file.{form}", ImportOptions())


@pytest.mark.parametrize("form", ["csv", "json"])
def test_another_programs_table_with_our_columns_is_not_ours(session: Session, form: str) -> None:
    report = _import(session, _FOREIGN, form)

    assert [row.verdict for row in report.rows] == ["create", "create", "error"]
    found = rows.fetch(session.store, Client, "ORDER BY id")
    assert [(each.name, each.external_id) for each in found] == [("Рельсы", "1"), ("Шпалы", "2")]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_table_with_ids_and_times_of_ours_is_taken_as_it_stands(session: Session, form: str) -> None:
    _import(session, _OWN, form)

    (found,) = rows.fetch(session.store, Client, "")
    assert (found.id, found.name, found.created_at) == (int(_OUR_ID), "NULL", _OUR_TIME)


def test_an_id_of_ours_beside_a_time_of_another_form_is_foreign(session: Session) -> None:
    report = _import(session, _table((_OUR_ID, "", "NULL", "02.03.2026 12:00")), "csv")

    assert [row.reason for row in report.rows] == ["it has no name"]
