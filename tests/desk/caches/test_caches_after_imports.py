"""What lists keep after an import is what the records say: health, band and alarms."""

from __future__ import annotations

from datetime import timedelta

from rich_client import Clock

from onewindow.desk.caches import client_caches
from onewindow.desk.imports import running as importing
from onewindow.desk.session.context import Session
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from tests.sound_file import assert_sound

FILES = {
    "client": "name,tier,stage\nАльфа,A,active\nБета,B,active\nГамма,C,active\n",
    "product": "name\nСклад\n",
    "touch": "client,at,touch_kind,mood,text\nАльфа,2026-11-20 10:00,meeting,glad,встреча\n"
    "Бета,2026-10-01 10:00,call,worried,звонок\n",
    "licence": "client,product,bought,active,last_used_on\nАльфа,Склад,10,9,2026-11-20\n"
    "Бета,Склад,10,5,2026-11-20\nГамма,Склад,10,8,2026-11-20\n",
    "request": "client,title,opened_at,responded_at,resolved_at,status\n"
    "Альфа,не печатает,2026-11-10 10:00,2026-11-10 10:30,2026-11-10 12:00,resolved\n"
    "Бета,долго,2026-11-10 10:00,2026-11-12 10:30,2026-11-19 12:00,resolved\n"
    "Бета,ждёт,2026-11-23 10:00,,,open\n",
    "revenue": "client,date,amount\nАльфа,2026-11-01,1000\nБета,2026-11-01,500\n",
    "health_weights": "name,life,adoption,support,sentiment,relationship,promises,onboarding\n"
    "все,active,70,10,5,5,5,5\n",
    "touch_cadence": "name,tier,every_days,touch_kind,valid_from\nраз в неделю,A,3,call,2026-11-01\n",
}


def _bring(session: Session, kind: str) -> None:
    report = importing.import_file(session, kind, FILES[kind].encode(), f"{kind}.csv")
    assert report.run_id is not None, report


def test_lists_and_cards_agree_after_each_import_and_a_rebuild_changes_nothing(
    session: Session, clock: Clock
) -> None:
    store = session.store

    def read() -> dict[int, ClientStat]:
        kept = client_stats.between(store, 0, 2**63 - 1)
        return {each: stat._replace(computed_at="") for each, stat in kept.items()}

    for kind in FILES:
        clock.now += timedelta(minutes=1)
        _bring(session, kind)
        assert client_caches.differences(store, session.now()) == []
        for each, stat in read().items():
            health = load_snapshot(session, each).health
            score = None if health.score is None else round(health.score)
            assert (stat.health, stat.band) == (score, health.band), kind
    assert None not in {stat.health for stat in read().values()}
    before = read()
    client_caches.rebuild(store, session.now())
    assert read() == before
    assert_sound(session)


def test_money_of_products_and_documents_that_are_not_on_file_is_kept_and_flagged(session: Session) -> None:
    """Two rows that differ only in such a product are two sums, and the same file again changes nothing."""
    _bring(session, "client")
    file = (
        "client,date,amount,product,document\nАльфа,2026-11-01,1000,Bush,\n"
        "Альфа,2026-11-01,500,Tree,\nАльфа,2026-11-02,70,,D-77\n"
    ).encode()
    taken = importing.import_file(session, "revenue", file, "money.csv")
    assert [row.verdict for row in taken.rows] == ["create"] * 3
    assert [row.reason for row in taken.rows] == [
        "product: there is no product “Bush”",
        "product: there is no product “Tree”",
        "document: there is no document “D-77”",
    ]
    found = session.store.rows("SELECT amount, note FROM revenue ORDER BY amount")
    assert found == [(7000, "document: D-77"), (50000, "product: Tree"), (100000, "product: Bush")]
    again = importing.import_file(session, "revenue", file, "money.csv")
    assert [row.verdict for row in again.rows] == ["skip"] * 3


def test_capitals_of_a_file_are_no_other_name_of_a_client(session: Session) -> None:
    _bring(session, "client")
    again = importing.import_file(session, "client", "name,tier\nАЛЬФА,B\n".encode(), "again.csv")
    assert [(row.verdict, dict(row.differences)) for row in again.rows] == [("update", {"tier": ("A", "B")})]
    assert session.store.scalar("SELECT name FROM client WHERE tier = 'B' ORDER BY id") == "Альфа"
