"""The calendar of renewals: what ends within 90, 60 and 30 days, and what is done about each."""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.desk.session.context import Session
from onewindow.metrics.opportunities.buying_triggers import RENEWAL_STEPS, renewal_step
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Value
from onewindow.store.listing import by_ids
from onewindow.store.opportunities import outcomes
from onewindow.text.plural import counted

OVER_DAYS = 30
"""What ended so many days ago and does not go on still stands in the calendar."""
COLUMNS = (
    *("ends_on", "days", "step", "client_id", "number", "client", "owner", "what", "product_id", "product"),
    *("amount", "currency", "state", "opportunity_id"),
)
"""The fields of a renewal for machines; `step` is 30, 60 or 90, 0 for one that is over."""


@frozen_struct
class Renewal:
    """Something that ends: `state` is what is done about it on file, '' for nothing."""

    client: Client
    what: str
    product_id: int | None
    ends_on: str
    days: int
    """Days to its end, negative when it is over."""
    step: int
    amount: int | None
    currency: str
    state: str
    opportunity_id: int | None


def renewals(session: Session, owner_id: int | None = None, days: int = RENEWAL_STEPS[-1]) -> list[Renewal]:
    """What ends in so many days or ended lately, of an owner's clients or of everybody's, by its end.

    What goes on behind its end already is left out.
    """
    today = session.today()
    since, till = (today - timedelta(days=OVER_DAYS)).isoformat(), (today + timedelta(days=days)).isoformat()
    with session.store.read():
        licences = outcomes.ending_licences(session.store, since, till)
        contracts = outcomes.ending_contracts(session.store, since, till)
        on_file = _on_file(session, today)
        clients = by_ids(session.store, Client, {row[0] for row in (*licences, *contracts)})
    found: list[Renewal] = []
    for client_id, product_id, bought, _, ends_on, amount, currency, _ in licences:
        product = session.directory.products.get(product_id)
        if amount is None and product is not None and product.price is not None:
            amount, currency = product.price * bought, product.currency
        what = f"{counted(bought, 'licence')} of {session.directory.product(product_id)}"
        found.append(
            _renewal(clients[client_id], what, product_id, ends_on, amount, currency, on_file, today)
        )
    for client_id, number, title, ends_on, amount, currency in contracts:
        what = f"contract {number or title}".rstrip()
        found.append(_renewal(clients[client_id], what, None, ends_on, amount, currency, on_file, today))
    mine = [one for one in found if owner_id is None or one.client.owner_id == owner_id]
    return sorted(mine, key=lambda one: (one.ends_on, one.client.id, one.product_id or 0))


_OnFile = dict[tuple[int, int], tuple[str, int]]


def _on_file(session: Session, today: date) -> _OnFile:
    """State and id of the last renewal of each client and product (0: of none)."""
    since = (today - timedelta(days=OVER_DAYS + RENEWAL_STEPS[-1])).isoformat()
    return {
        (client_id, product_id or 0): (state, number)
        for client_id, product_id, state, _, _, number in outcomes.renewals_on_file(session.store, since)
    }


def _renewal(
    client: Client,
    what: str,
    product_id: int | None,
    ends_on: str,
    amount: int | None,
    currency: str,
    on_file: _OnFile,
    today: date,
) -> Renewal:
    state, number = on_file.get((client.id, product_id or 0)) or on_file.get((client.id, 0)) or ("", None)
    days = (date.fromisoformat(ends_on) - today).days
    step = renewal_step(ends_on, today)
    return Renewal(client, what, product_id, ends_on, days, step, amount, currency, state, number)


def values(session: Session, renewal: Renewal) -> dict[str, Value]:
    """A renewal as plain fields, by COLUMNS."""
    return {
        "ends_on": renewal.ends_on,
        "days": renewal.days,
        "step": renewal.step,
        "client_id": renewal.client.id,
        "number": f"C-{renewal.client.number}",
        "client": renewal.client.name,
        "owner": session.directory.name(renewal.client.owner_id),
        "what": renewal.what,
        "product_id": renewal.product_id,
        "product": session.directory.product(renewal.product_id),
        "amount": renewal.amount,
        "currency": renewal.currency,
        "state": renewal.state,
        "opportunity_id": renewal.opportunity_id,
    }
