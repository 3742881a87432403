"""The best personal offer to each of the most profitable clients: what ranks first and is not forbidden."""

from __future__ import annotations

from onewindow.desk.opportunities import suggesting
from onewindow.desk.revenue import profit_report
from onewindow.desk.revenue.profit_report import YEAR, ProfitFacts
from onewindow.desk.session.context import Session
from onewindow.metrics.opportunities.inputs import Suggestion
from onewindow.records.structs import frozen_struct
from onewindow.store import offers
from onewindow.store.revenue.profit_clients import ProfitClient
from onewindow.text.money import format_money


@frozen_struct
class BestOffer:
    """A profitable client, what they left in a year, and the suggestion that ranks first; None for none."""

    client: ProfitClient
    contribution: int
    currency: str
    suggestion: Suggestion | None
    loyalty: str
    """How the class of the client is rewarded, '' where nobody wrote it down."""


def best_offers(session: Session, limit: int, owner_id: int | None = None) -> list[BestOffer]:
    """The clients who left most in the year, with the best of what is suggested and not forbidden."""
    till = session.today()
    with session.store.read():
        found = profit_report.read_facts(session, session.store, till - YEAR, till)
        rows = profit_report.report(found, "client", _only(found, owner_id))
        book = suggesting.read_book(session)
        best: list[BestOffer] = []
        for client, profit in [(row.client, row.profit) for row in rows if row.client][:limit]:
            suggested = suggesting.for_client(session, client.id, book)
            allowed = next((one.suggestion for one in suggested if not one.is_suppressed), None)
            terms = offers.terms_of_class(session.store, client.client_class)
            best.append(
                BestOffer(
                    client,
                    profit.contribution.total,
                    found.rates.into,
                    allowed,
                    terms.loyalty if terms else "",
                )
            )
    return best


def readable(row: BestOffer) -> dict[str, object]:
    """A row for eyes."""
    made = row.suggestion
    return {
        "client": row.client.name,
        "left in a year": format_money(row.contribution, row.currency),
        "best offer": made.title if made else "nothing is suggested",
        "worth": format_money(made.amount, made.currency) if made and made.amount else "",
        "why": made.evidence if made else "",
        "loyalty": row.loyalty,
    }


def machine(row: BestOffer) -> dict[str, object]:
    """The same as plain fields; money in minor units."""
    made = row.suggestion
    return {
        "client_id": row.client.id,
        "client": f"C-{row.client.number}",
        "name": row.client.name,
        "class": row.client.client_class,
        "currency": row.currency,
        "contribution": row.contribution,
        "offer": made.title if made else None,
        "amount": made.amount if made else None,
        "offer_currency": made.currency if made else None,
        "evidence": made.evidence if made else None,
        "loyalty": row.loyalty,
    }


def _only(found: ProfitFacts, owner_id: int | None) -> list[int] | None:
    if owner_id is None:
        return None
    return [client.id for client in found.clients.values() if client.owner_id == owner_id]
