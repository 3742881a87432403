"""What others changed reaches this person, all of it and once."""

from __future__ import annotations

from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.store.changes import Change, write


def test_a_large_change_of_somebody_else_is_told_whole_and_once(session: Session):
    told: list[Change] = []
    session.poll()
    session.listeners.append(told.extend)
    with session.store.another() as other:
        write(
            other,
            lambda transaction: transaction.insert_many([Client(name="x") for _ in range(2500)]),
            actor="petrov",
            at=session.now_text(),
            label="import",
        )
    news = session.poll()
    assert len([change for change in news if change.entity == "client"]) == 2500
    assert told == list(news)
    assert session.poll() == ()
