"""A wish that came out: who asked for it is told, and the day of who looks after them says so."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.queue.today import read_today
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Announcement, Delivery, Feature, Product, Release
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback
from onewindow.store import rows


def _day(session: Session) -> list[tuple[str, str, str]]:
    today_rows = read_today(session).rows
    return [
        (row.client.name if row.client else "", row.item.title, row.item.reason)
        for row in today_rows
        if row.item.group == "novelties"
    ]


def _client(session: Session, name: str) -> Client:
    return changing.insert(session, Client(name=name, owner_id=session.me.id, stage="active"))


def _quote(session: Session, client: Client, feature: Feature, words: str) -> Feedback:
    today = session.today().isoformat()
    return changing.insert(
        session, Feedback(client_id=client.id, quote=words, said_on=today, feature_id=feature.id)
    )


def test_each_client_who_asked_has_one_row_until_told(session: Session) -> None:
    feature = changing.insert(session, Feature(title="печать этикеток"))
    iris, rose = _client(session, "Ирис"), _client(session, "Роза")
    first = _quote(session, iris, feature, "нужны этикетки")
    _quote(session, iris, feature, "опять без этикеток")
    _quote(session, rose, feature, "этикетки!")
    assert _day(session) == []

    changing.change(session, feature, {"status": "released"})
    row = ("tell of печать этикеток", "released: tell")
    assert _day(session) == [("Ирис", *row), ("Роза", *row)]

    changing.mark_done(session, rows.get(session.store, Feedback, first.id))
    assert _day(session) == [("Роза", *row)], "told once, however often it was asked for"
    session.undo()
    assert _day(session) == [("Ирис", *row), ("Роза", *row)]
    changing.archive(session, rose)
    assert _day(session) == [("Ирис", *row)]


def test_an_announcement_that_is_told_by_hand_stands_for_it(session: Session) -> None:
    product = changing.insert(session, Product(name="Склад"))
    release = changing.insert(
        session, Release(product_id=product.id, version_name="8.1", released_on=session.today().isoformat())
    )
    feature = changing.insert(session, Feature(title="этикетки", status="released", release_id=release.id))
    client = _client(session, "Ирис")
    _quote(session, client, feature, "нужны этикетки")
    told = changing.insert(
        session, Announcement(title="Склад 8.1", release_id=release.id, channel="phone", state="sending")
    )
    changing.insert(session, Delivery(announcement_id=told.id, client_id=client.id, state="queued"))
    assert [title for _, title, _ in _day(session)] == ["tell of Склад 8.1"]
