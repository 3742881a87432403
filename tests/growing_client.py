"""A client in good order to whom something may be offered: busy seats, a talk of today, a consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Licence, Product, Usage
from onewindow.records.clients import Client, Consent
from onewindow.records.requests import Touch
from onewindow.text.dates import week_number


@dataclass
class GrowingClient:
    """Ромашка with ten seats of Склад, nine of them in use for two weeks; Портал is sold too."""

    client: Client
    store: Product
    portal: Product
    licence: Licence


def day(session: Session, ago: int) -> str:
    return (session.today() - timedelta(days=ago)).isoformat()


def healthy(session: Session, name: str, owner_id: int | None = None) -> Client:
    """A client of whom enough is known, all of it good, who agreed to be offered something."""
    client = changing.insert(session, Client(name=name, owner_id=owner_id or session.me.id))
    changing.insert(
        session,
        Consent(
            client_id=client.id,
            purpose="marketing",
            channel="email",
            state="given",
            decided_on=day(session, 30),
            source="письмо",
        ),
    )
    changing.insert(
        session,
        Touch(
            client_id=client.id,
            touch_kind="meeting",
            text="встреча",
            at=session.now_text(),
            mood="glad",
            direction="out",
        ),
    )
    return client


def seats(
    session: Session, client: Client, product: Product, users: tuple[int, ...] = (9, 9), **values: object
) -> Licence:
    """Ten seats of a product with the users of the last whole weeks, the oldest first."""
    licence = Licence(client_id=client.id, product_id=product.id, bought=10, starts_on=day(session, 300))
    licence = licence.with_changes({"active": users[-1], "last_used_on": day(session, 1)})
    stored = changing.insert(session, licence.with_changes(values))  # pyright: ignore[reportArgumentType]
    last = week_number(session.today()) - 1
    for place, count in enumerate(reversed(users)):
        changing.insert(
            session,
            Usage(client_id=client.id, product_id=product.id, week=last - place, active_users=count),
        )
    return stored


def growing_client(session: Session) -> GrowingClient:
    """Make them."""
    store = changing.insert(session, Product(name="Склад", price=120_000))
    portal = changing.insert(session, Product(name="Портал", price=50_000))
    client = healthy(session, "Ромашка ООО")
    return GrowingClient(client, store, portal, seats(session, client, store))
