"""What begins and ends with a day: the day before, the day itself and the day after, each told apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from rich_client import RichClient

from onewindow.desk.adoption import usage as adoption
from onewindow.desk.editing import changing
from onewindow.desk.plans import standards
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Licence, Product, Usage
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Document
from onewindow.records.standards import CYCLE, CycleState, Standard
from onewindow.store.plans import standards as standard_store
from onewindow.store.queue import today as sources
from onewindow.text.dates import week_number

TODAY = date(2026, 11, 23)


def day(offset: int | None) -> str | None:
    return None if offset is None else (TODAY + timedelta(days=offset)).isoformat()


@pytest.mark.parametrize(
    ("first", "last", "is_in_force"),
    [
        (None, None, True),
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (None, -1, False),
        (None, 0, True),
        (None, 1, True),
        (0, 0, True),
    ],
)
def test_a_licence_is_in_force_from_its_first_day_to_its_last(
    session: Session, first: int | None, last: int | None, is_in_force: bool
) -> None:
    client = changing.insert(session, Client(name="Вектор"))
    product = changing.insert(session, Product(name="Касса"))
    licence = Licence(client_id=client.id, product_id=product.id, bought=7)
    changing.insert(session, licence.with_changes({"starts_on": day(first), "ends_on": day(last)}))
    week = week_number(TODAY)
    changing.insert(session, Usage(client_id=client.id, product_id=product.id, week=week, active_users=3))

    (used,) = adoption.weeks_of_use(session, client.id, 4)
    assert used.bought == (7 if is_in_force else 0)


def test_weeks_of_use_stand_by_product_and_the_newest_first(session: Session) -> None:
    client = changing.insert(session, Client(name="Вектор"))
    week = week_number(TODAY)
    for name in ("Склад", "Касса"):
        product = changing.insert(session, Product(name=name))
        for back in (2, 0, 3, 4):
            use = Usage(client_id=client.id, product_id=product.id, week=week - back, active_users=back)
            changing.insert(session, use)

    assert [(each.product, each.active_users) for each in adoption.weeks_of_use(session, client.id, 4)] == [
        *(("Касса", 0), ("Касса", 2), ("Касса", 3)),
        *(("Склад", 0), ("Склад", 2), ("Склад", 3)),
    ]


def test_a_missing_document_is_asked_for_with_the_day_on_which_it_is_needed(
    session: Session, rich_client: RichClient
) -> None:
    for offset in (-1, 0, 1, None):
        paper = Document(client_id=rich_client.id, title=f"{offset}", document_kind="other", state="missing")
        changing.insert(session, paper.with_changes({"due_on": day(offset)}))
    sent = Document(client_id=rich_client.id, title="sent", state="sent", due_on=day(0))
    changing.insert(session, sent)
    gone = Document(
        client_id=rich_client.id, title="gone", document_kind="other", state="missing", due_on=day(0)
    )
    changing.archive(session, changing.insert(session, gone))

    found = sources.documents_missing(session.store, session.me.id, TODAY.isoformat())
    assert sorted(each.title for each in found) == ["-1", "0", "акт"]
    assert sources.documents_missing(session.store, rich_client.petrov.id, TODAY.isoformat()) == []


def test_a_standard_is_looked_at_with_its_day_the_earliest_first(session: Session) -> None:
    petrov = next(each for each in session.directory.staff.values() if each.login == "petrov")
    for title, offset, owner in (
        ("b", 0, session.me),
        ("c", 1, session.me),
        ("a", 0, session.me),
        ("d", 0, petrov),
    ):
        _standard(session, title, offset, owner)
    sooner = _standard(session, "e", 0, session.me)
    with session.store.exclusive():
        session.store.execute(
            "UPDATE standard SET review_on = :day WHERE id = :id", day=day(-1) or "", id=sooner.id
        )

    def due(till: int) -> list[str]:
        till_day = day(till) or ""
        return [each.title for each in standard_store.to_review(session.store, session.me.id, till_day)]

    assert due(-2) == []
    assert due(-1) == ["e"]
    assert due(0) == ["e", "b", "a"]
    assert due(1) == ["e", "b", "a", "c"]
    assert [each.standard.title for each in standards.register(session, due_only=True)] == [
        "e",
        "b",
        "a",
        "d",
    ]
    assert [each.days for each in standards.register(session)] == [-1, 0, 0, 0, 1]


def _standard(session: Session, title: str, offset: int, owner: Staff) -> Standard:
    record = Standard(title=title, text="x", owner_id=owner.id, review_on=day(offset))
    return changing.insert(session, record)


@pytest.mark.parametrize(("state", "after"), list(zip(CYCLE, (*CYCLE[1:], "refine"), strict=True)))
def test_the_cycle_of_a_standard_goes_on_with_refining(state: CycleState, after: CycleState) -> None:
    assert standards.following(state) == after
