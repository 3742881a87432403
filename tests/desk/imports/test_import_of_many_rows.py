"""Files of very many rows: what is kept of them in memory, and what the result still tells."""

from __future__ import annotations

import pytest

from onewindow.desk.caches import client_caches
from onewindow.desk.imports import running as importing
from onewindow.desk.imports.matching import known_records
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting import run_report
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.feedback import Revenue
from onewindow.store import engine, rows

_MANY = 4500


def _text(count: int, odd: int) -> bytes:
    lines = [f"Фирма {number},{'платина' if number == odd else 'A'}" for number in range(count)]
    return ("name,tier\n" + "\n".join(lines) + "\n").encode()


def test_rows_with_nothing_to_say_are_counted_and_the_others_listed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_report.Verdicts.__init__, "__defaults__", (10,))

    report = import_file(session, "client", _text(_MANY, odd=4321), "file.csv")

    assert (report.total, report.count("create"), report.count("error")) == (_MANY, _MANY, 0)
    assert [row.name for row in report.rows[:2]] == ["Фирма 0", "Фирма 1"]
    assert len(report.rows) == 11
    assert [row.name for row in report.flagged] == ["Фирма 4321"]
    assert report.notes[-1] == (
        f"{_MANY - 11} more rows came in without anything to say of them, or were on file already,"
        " and are not listed."
    )


def test_a_listener_hears_of_a_bulk_once_a_kind_and_caches_hold_everybody(session: Session) -> None:
    heard: list[int] = []
    session.listeners.append(lambda changes: heard.append(len(changes)))

    import_file(session, "client", _text(_MANY, odd=-1), "file.csv")

    assert len(rows.fetch(session.store, Client, "")) == _MANY
    assert heard[0] < 10
    assert client_caches.differences(session.store) == []
    session.undo()
    assert rows.fetch(session.store, Client, "WHERE archived_at IS NULL") == []
    assert client_caches.differences(session.store) == []


def test_slugs_of_namesakes_go_on_over_the_chunks_of_a_file(session: Session) -> None:
    lines = [f"Фирма {number},{number}" for number in range(2500)]
    text = "name,city,tax id\n" + "\n".join(
        [f"Вектор,Город {at},16{at:07}0" for at in range(2)]
        + [f"{line}," for line in lines]
        + ["Вектор 3,Город,", "Вектор,Тула,1600000090", "Вектор,Уфа,1600000100"]
    )
    import_file(session, "client", text.encode(), "file.csv")

    found = rows.fetch(session.store, Client, "WHERE name LIKE 'Вектор%' ORDER BY id")
    assert [each.slug for each in found] == ["vektor", "vektor-2", "vektor-3", "vektor-4", "vektor-5"]


@pytest.mark.parametrize("has_ids", [False, True])
def test_records_that_were_forgotten_meanwhile_are_found_again(
    session: Session, monkeypatch: pytest.MonkeyPatch, *, has_ids: bool
) -> None:
    monkeypatch.setattr(known_records, "_KEPT_AT_MOST", 3)
    monkeypatch.setattr(importing, "_CHUNK", 4)
    lines = [f"{'ABCDEFG'[at % 7]},2026-03-{at % 5 + 1:02},{at // 10 + 1},{at}" for at in range(60)]
    cut = lines if has_ids else [line.rpartition(",")[0] for line in lines]
    text = "\n".join(["client,date,amount" + ",id" * has_ids, *cut]).encode()
    options = ImportOptions(create_clients=True)

    first = import_file(session, "revenue", text, "money.csv", options)
    again = import_file(session, "revenue", text, "money.csv", options)

    assert (first.count("create"), again.count("skip")) == (60, 60)
    assert len(rows.fetch(session.store, Revenue, "")) == 60


def test_every_phase_of_a_large_import_is_told(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_CHUNK", 50)
    monkeypatch.setattr(engine, "_LONG_SECONDS", 0.0)
    told: list[str] = []
    session.store.on_progress = lambda phase, _, __: told.append(phase)
    done: list[int] = []
    text = "client,date,quantity,price\n" + "\n".join(
        f"Фирма {at},2026-03-{at % 28 + 1:02},2,{at + 1}" for at in range(200)
    )

    import_file(
        session,
        "revenue",
        text.encode(),
        "money.csv",
        ImportOptions(create_clients=True),
        progress=lambda rows, _: done.append(rows),
    )

    assert list(dict.fromkeys(told)) == [
        "looking how dates and numbers are written",
        "lines of documents",
        "health and lists of clients",
        "texts for the search",
        "saving all of it",
        "putting the log away",
    ]
    assert done == [50, 100, 150, 200]
