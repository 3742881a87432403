"""An export of a past day is the same whenever it is asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from rich_client import NOW, Clock

from onewindow.desk.editing import changing
from onewindow.desk.feedback.export_feedback import feature_rows, quote_rows
from onewindow.desk.feedback.weighted import Asked, weighted_feedback
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature, Product, Release
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback, Revenue
from onewindow.store.health import snapshots
from onewindow.store.health.snapshots import HealthSnapshot
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import utc_text

TODAY = date(2026, 11, 23)
Rows = list[dict[str, object]]


class Firm:
    """Two clients who want things; what was said stands on file since NOW."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.product = changing.insert(session, Product(name="Склад"))
        self.module = changing.insert(session, Product(name="Адреса", parent_id=self.product.id))
        self.release = changing.insert(session, Release(product_id=self.product.id, version_name="5.2"))
        self.wish = changing.insert(session, Feature(title="Выгрузка", product_id=self.module.id))
        self.other = changing.insert(session, Feature(title="Печать"))
        self.big = changing.insert(session, Client(name="Ромашка", tier="A", stage="active"))
        self.small = changing.insert(session, Client(name="Лютик", tier="C", stage="active"))
        self.kim = changing.insert(session, Contact(client_id=self.big.id, name="Анна Ким"))
        self.paid = changing.insert(
            session, Revenue(client_id=self.big.id, on_date="2026-11-01", amount=40_000)
        )
        changing.insert(session, Revenue(client_id=self.small.id, on_date="2026-11-01", amount=10_000))
        self.quote = changing.insert(
            session,
            Feedback(
                client_id=self.big.id,
                quote="нужна выгрузка",
                importance=3,
                said_on="2026-11-20",
                feature_id=self.wish.id,
                contact_id=self.kim.id,
                staff_id=session.me.id,
            ),
        )
        self.second = changing.insert(
            session,
            Feedback(
                client_id=self.small.id,
                quote="печать!",
                importance=2,
                said_on="2026-11-21",
                feature_id=self.other.id,
            ),
        )


@pytest.fixture
def firm(session: Session) -> Firm:
    return Firm(session)


def exports(session: Session, on: date | None = None, **asked: object) -> tuple[Rows, Rows]:
    feedback = weighted_feedback(session, Asked(on=on, **asked))  # pyright: ignore[reportArgumentType]
    return quote_rows(feedback, as_stored=True, with_contacts=True), feature_rows(feedback, as_stored=True)


def test_what_changed_since_is_not_in_it(firm: Firm, clock: Clock) -> None:
    session = firm.session
    at = utc_text(NOW)
    snapshots_of(session, {firm.big.id: "green", firm.small.id: "green"}, 2967, at)
    then = exports(session)
    clock.now = NOW + timedelta(days=40)
    changing.change(session, firm.big, {"tier": "D", "stage": "leaving", "name": "Ромашка-2"})
    changing.change(session, firm.kim, {"name": "Анна Петрова"})
    changing.change(session, firm.product, {"name": "Склад+"})
    changing.change(session, firm.wish, {"status": "released", "release_id": firm.release.id, "title": "1С"})
    changing.change(session, firm.quote, {"importance": 0, "feature_id": firm.other.id, "reaction": "ура"})
    changing.archive(session, firm.second)
    changing.change(session, firm.paid, {"amount": 1})
    changing.insert(session, Revenue(client_id=firm.small.id, on_date="2026-11-02", amount=99_000_000))
    changing.insert(session, Feedback(client_id=firm.small.id, quote="позже", said_on="2026-11-22"))
    snapshots_of(session, {firm.big.id: "red", firm.small.id: "red"}, 2972, session.now_text())
    quotes, features = exports(session, TODAY)
    assert features == then[1]
    assert without_health(quotes) == without_health(then[0])
    now, _ = exports(session)
    assert without_health(now) != without_health(then[0])


def test_health_is_that_of_the_last_week_by_the_day(firm: Firm, clock: Clock) -> None:
    session = firm.session
    snapshots_of(session, {firm.big.id: "red"}, 2966, utc_text(NOW - timedelta(days=7)))
    clock.now = NOW + timedelta(days=8)
    snapshots_of(session, {firm.big.id: "green"}, 2968, session.now_text())
    _, features = exports(session, TODAY)
    assert [row["value_at_risk"] for row in features] == [{"RUB": 40_000}, {}]
    _, features = exports(session, TODAY + timedelta(days=7))
    assert [row["value_at_risk"] for row in features] == [{"RUB": 40_000}, {}]


def test_what_came_on_file_later_is_counted_and_can_be_taken_in(firm: Firm, clock: Clock) -> None:
    session = firm.session
    clock.now = NOW + timedelta(days=3)
    changing.insert(
        session,
        Feedback(client_id=firm.small.id, quote="вспомнили", said_on="2026-11-22", feature_id=firm.wish.id),
    )
    strict = weighted_feedback(session, Asked(on=TODAY))
    assert (len(strict.quotes), strict.file.left_out) == (2, 1)
    wide = weighted_feedback(session, Asked(on=TODAY, with_later=True))
    assert (len(wide.quotes), wide.file.left_out) == (3, 0)


def test_an_undone_quote_counts_on_the_days_on_which_it_stood(firm: Firm, clock: Clock) -> None:
    session = firm.session
    changing.insert(session, Feedback(client_id=firm.small.id, quote="ошибка", said_on="2026-11-22"))
    clock.now = NOW + timedelta(days=2)
    session.undo()
    clock.now = NOW + timedelta(days=5)
    stood = {
        day: len(weighted_feedback(session, Asked(on=TODAY + timedelta(days=day))).quotes) for day in range(4)
    }
    assert stood == {0: 3, 1: 3, 2: 2, 3: 2}


def test_kind_product_and_segment_narrow_what_is_ranked(firm: Firm, clock: Clock) -> None:
    session = firm.session
    changing.insert(
        session,
        Feedback(client_id=firm.small.id, quote="и нам", said_on="2026-11-22", feedback_kind="remark"),
    )

    def said(**asked: object) -> list[str]:
        feedback = weighted_feedback(session, Asked(**asked))  # pyright: ignore[reportArgumentType]
        return sorted(quote.quote for quote in feedback.quotes)

    assert said(kinds=("remark",)) == ["и нам"]
    assert said(kinds=("wish", "remark")) == ["и нам", "нужна выгрузка", "печать!"]
    assert said(product_id=firm.product.id) == ["нужна выгрузка"]
    assert said(product_id=firm.module.id) == ["нужна выгрузка"]
    assert said(segment="tier:C") == ["и нам", "печать!"]
    clock.now = NOW + timedelta(days=2)
    changing.change(session, firm.small, {"tier": "A"})
    clock.now = NOW + timedelta(days=4)
    assert said(segment="tier:C") == []
    assert said(segment="tier:C", on=TODAY) == ["и нам", "печать!"]
    with pytest.raises(StoreProblem, match=r"How health stood on 23\.11\.2026 is not on file"):
        said(segment="health:red", on=TODAY)


def without_health(rows: Rows) -> Rows:
    """Live health is worked out, that of a past day was kept once a week."""
    return [{name: value for name, value in row.items() if name != "health"} for row in rows]


def snapshots_of(session: Session, bands: dict[int, str], week: int, at: str) -> None:
    def work(_: object) -> None:
        snapshots.save(
            session.store,
            [HealthSnapshot(client, week, 50, band, 100, {}, at) for client, band in bands.items()],  # pyright: ignore[reportArgumentType]
        )

    session.change("weekly health", work)
