"""A wish that came out: who asked for it is told, and the day of who looks after them says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock

from onewindow.desk.announcements import feature_messages
from onewindow.desk.editing import changing
from onewindow.desk.feedback import notifying
from onewindow.desk.queue.today import read_today
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Announcement, Delivery, Feature, Product, Release
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


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


def test_each_change_of_state_reaches_who_had_asked(session: Session, clock: Clock) -> None:
    feature = changing.insert(session, Feature(title="печать"))
    iris, rose = _client(session, "Ирис"), _client(session, "Роза")
    quote = _quote(session, iris, feature, "нужна печать")
    clock.now += timedelta(days=1)
    feature = changing.change(session, feature, {"status": "planned"})
    assert _day(session) == [("Ирис", "tell of печать", "planned: tell")]
    clock.now += timedelta(days=1)
    _quote(session, rose, feature, "и нам")
    assert [name for name, _, _ in _day(session)] == ["Ирис"], "who asks later hears it when asking"

    told = changing.mark_done(session, quote)
    assert (told.outcome, told.told_status) == ("told", "planned")
    assert _day(session) == []
    feature = changing.change(session, feature, {"status": "in_work"})
    assert _day(session) == [
        ("Ирис", "tell of печать", "in work: tell"),
        ("Роза", "tell of печать", "in work: tell"),
    ]
    session.undo()
    assert _day(session) == [], "the state of which they know stands again"


def test_a_reaction_counts_as_told_and_a_refusal_ends_it_for_good(session: Session) -> None:
    feature = changing.insert(session, Feature(title="печать"))
    quotes = [_quote(session, _client(session, name), feature, "нужна") for name in ("Ирис", "Роза")]
    changing.change(session, feature, {"status": "planned"})
    reacted = notifying.react(session, quotes[0], "обрадовались")
    assert (reacted.outcome, reacted.told_status, reacted.reaction) == ("reacted", "planned", "обрадовались")
    refused = notifying.decline(session, quotes[1], "купили другое")
    assert (refused.outcome, refused.told_on) == ("declined", None)
    assert _day(session) == []
    changing.change(session, rows.get(session.store, Feature, feature.id), {"status": "released"})
    assert [name for name, _, _ in _day(session)] == ["Ирис"]
    for wrong in (notifying.react, notifying.decline):
        with pytest.raises(StoreProblem):
            wrong(session, quotes[0], "  ")


def test_who_knows_it_is_not_told_twice(session: Session) -> None:
    feature = changing.insert(session, Feature(title="печать", status="released"))
    quote = _quote(session, _client(session, "Ирис"), feature, "нужна")
    told = changing.mark_done(session, quote)
    with pytest.raises(StoreProblem, match="Ирис was told of “печать” already"):
        changing.mark_done(session, told)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "Это готово: «печать» в версии 8.1"),
        ("bg", "Готово е: „печать“ във версия 8.1"),
        ("en", "It is there: “печать”"),
    ],
)
def test_the_message_is_drafted_in_the_language_of_who_asked(
    session: Session, language: str, words: str
) -> None:
    product = changing.insert(session, Product(name="Склад"))
    release = changing.insert(session, Release(product_id=product.id, version_name="8.1"))
    feature = changing.insert(session, Feature(title="печать", status="released", release_id=release.id))
    client = _client(session, "Ирис")
    kim = changing.insert(
        session,
        Contact(client_id=client.id, name="Анна Ким", language=language, email="kim@iris.example"),  # pyright: ignore[reportArgumentType]
    )
    quote = _quote(session, client, feature, "нужна печать.")
    message = feature_messages.drafted(session, changing.change(session, quote, {"contact_id": kim.id}))
    assert words in message.text
    assert "нужна печать" in message.text
    assert (message.contact_id, message.recipient, message.purpose) == (kim.id, "kim@iris.example", "service")
    assert message.subject.endswith(": печать")


def test_of_what_is_only_asked_for_there_is_nothing_to_tell(session: Session) -> None:
    feature = changing.insert(session, Feature(title="печать"))
    quote = _quote(session, _client(session, "Ирис"), feature, "нужна")
    with pytest.raises(StoreProblem, match="is asked: there is nothing to tell"):
        feature_messages.drafted(session, quote)
    with pytest.raises(StoreProblem, match="linked to no feature"):
        feature_messages.drafted(session, quote.with_changes({"feature_id": None}))
