"""How much of what clients bought is in use, over all of them, and who has never been taught."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from onewindow.desk.session.context import Session
from onewindow.metrics.licence_use import GroupUse, Licences, group_use
from onewindow.records.structs import frozen_struct
from onewindow.store.adoption import function_use
from onewindow.store.adoption.function_use import Sold

By = Literal["product", "tier", "owner"]
_AT_ONCE = 500


def report(session: Session, by: By) -> list[GroupUse]:
    """The share of licences in use by product, tier or owner, the lowest first, and of all at the end."""
    groups: dict[str, list[Sold]] = {}
    sold = function_use.sold(session.store, session.today().isoformat())
    for product in sold:
        groups.setdefault(_group(session, product, by), []).append(product)
    shares = [_use(name, rows) for name, rows in groups.items()]
    shares.sort(key=lambda use: (use.share.value, use.group))
    return [*shares, _use("all", sold)] if sold else []


@frozen_struct
class Untaught:
    """A client who owns licences and whose people never had a lesson, nor have one to come."""

    client_id: int
    name: str
    owner: str
    people: int
    """People at work there."""


def untaught(session: Session, owner_id: int | None = None) -> Iterator[Untaught]:
    """The clients who were never taught, of one owner or of all, read page by page."""
    after = 0
    while page := function_use.untaught(session.store, after, _AT_ONCE):
        for client_id, name, owner, people in page:
            if owner_id is None or owner == owner_id:
                yield Untaught(client_id, name, session.directory.name(owner), people)
        after = page[-1][0]


def _group(session: Session, sold: Sold, by: By) -> str:
    if by == "product":
        return session.directory.product(sold.product_id)
    return sold.tier if by == "tier" else session.directory.name(sold.owner_id) or "nobody"


def _use(name: str, rows: list[Sold]) -> GroupUse:
    return group_use(
        name, [Licences(sold.clients, sold.idle_clients, sold.bought, sold.active) for sold in rows]
    )
