"""What clients said, for those who decide what is built: weighed quotes, and features by rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from onewindow.desk.feedback import as_of as voices_as_of
from onewindow.desk.feedback.as_of import Standings
from onewindow.desk.session.context import Session
from onewindow.metrics.feedback import ranking
from onewindow.metrics.feedback.ranking import FeatureRank, Opinion
from onewindow.records.adoption import Feature, Product
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback
from onewindow.store import feedback as feedback_store
from onewindow.store.listing import by_ids
from onewindow.text.money import minor_digits

QUOTE_COLUMNS = (
    *("id", "said_on", "client_id", "client", "client_name", "tier", "stage", "contact_id", "contact"),
    *("feedback_kind", "quote", "importance", "competitor", "product", "feature_id", "feature"),
    *("feature_status", "annual_value", "currency", "weight", "recency", "impact", "feature_impact"),
    *("feature_rank", "feature_plain_rank", "told_on", "reaction"),
)
"""`annual_value` is in `currency`, the one in which the client pays most; the weight counts all of them."""

FEATURE_COLUMNS = (
    *("rank", "plain_rank", "feature_id", "feature", "product", "status", "quotes", "clients", "importance"),
    *("impact", "plain_impact", "annual_value", "value_at_risk"),
)
"""`plain_rank` is the rank if every client weighed the same; values are by currency."""

_YEAR = timedelta(days=365)
_EARLIEST = "0001-01-01"


@dataclass(frozen=True, slots=True)
class Voices:
    """The quotes of a period and all that they refer to; `on` is the day for which they are weighed."""

    on: date
    quotes: Sequence[Feedback]
    clients: Mapping[int, Client]
    contacts: Mapping[int, Contact]
    features: Mapping[int, Feature]
    products: Mapping[int, Product]
    income: Mapping[int, Mapping[str, int]]
    relative: Mapping[int, float]
    stood: Standings
    """How clients and features stood on that day."""
    ranks: Mapping[int, FeatureRank]
    counted: frozenset[int]
    """Ids of the quotes that count for their feature: a client's latest on it."""

    def weight(self, client_id: int) -> float:
        """What a client weighs."""
        return ranking.weight(self.relative.get(client_id, 0.0))


def voices(session: Session, since: date | None, on: date) -> Voices:
    """The quotes from a day (None: from the first) to a day, with the money of the year before that day.

    What happened after that day is left out, and what nobody knows of it.
    """
    store = session.store
    said = feedback_store.said_between(store, since.isoformat() if since else _EARLIEST, on.isoformat())
    quotes = voices_as_of.quotes_then(session, said, on)
    clients = by_ids(store, Client, {each.client_id for each in quotes})
    features = by_ids(store, Feature, {each.feature_id for each in quotes if each.feature_id})
    product_ids = {each.product_id for each in (*quotes, *features.values()) if each.product_id}
    income = feedback_store.income(store, (on - _YEAR).isoformat(), on.isoformat())
    relative = ranking.relative_values(income)
    opinions = {each.id: _opinion(each) for each in quotes if each.feature_id}
    kept = {id(each) for each in ranking.latest(opinions.values())}
    weights = {client_id: ranking.weight(relative.get(client_id, 0.0)) for client_id in clients}
    return Voices(
        on=on,
        quotes=quotes,
        clients=clients,
        contacts=by_ids(store, Contact, {each.contact_id for each in quotes if each.contact_id}),
        features=features,
        products=by_ids(store, Product, product_ids),
        income=income,
        relative=relative,
        stood=voices_as_of.standings(session, list(clients.values()), list(features.values()), on),
        ranks={each.feature_id: each for each in ranking.ranking(opinions.values(), weights, on)},
        counted=frozenset(quote for quote, opinion in opinions.items() if id(opinion) in kept),
    )


def quote_rows(found: Voices, *, as_stored: bool) -> list[dict[str, object]]:
    """One row for each quote, those on the first feature first; the keys are QUOTE_COLUMNS.

    `as_stored` keeps money in minor units. A quote that a later one of the client replaces has an impact
    of 0, one without a feature none.
    """
    rows = [_quote_row(found, quote, as_stored=as_stored) for quote in found.quotes]
    last = len(found.ranks) + 1
    return sorted(
        rows, key=lambda row: (row["feature_rank"] or last, -float(str(row["impact"] or 0)), str(row["id"]))
    )


def feature_rows(found: Voices, *, as_stored: bool) -> list[dict[str, object]]:
    """One row for each feature that was spoken of, by rank; the keys are FEATURE_COLUMNS."""
    askers: dict[int, dict[int, int]] = {}
    for quote in found.quotes:
        if quote.feature_id:
            by_client = askers.setdefault(quote.feature_id, {})
            by_client[quote.client_id] = by_client.get(quote.client_id, 0) + 1
    return [_feature_row(found, rank, askers[rank.feature_id], as_stored) for rank in found.ranks.values()]


def _opinion(quote: Feedback) -> Opinion:
    importance = min(3, max(0, quote.importance))
    return Opinion(quote.client_id, quote.feature_id or 0, importance, date.fromisoformat(quote.said_on))


def _quote_row(found: Voices, quote: Feedback, *, as_stored: bool) -> dict[str, object]:
    client = found.clients[quote.client_id]
    feature = found.features.get(quote.feature_id or 0)
    product = found.products.get(quote.product_id or (feature.product_id if feature else None) or 0)
    contact = found.contacts.get(quote.contact_id or 0)
    rank = found.ranks.get(quote.feature_id or 0)
    weight = found.weight(client.id)
    said_on = date.fromisoformat(quote.said_on)
    impact = ranking.impact(_opinion(quote), weight, found.on) if quote.id in found.counted else 0.0
    amounts = found.income.get(client.id, {})
    currency = max(amounts, key=lambda code: amounts[code], default="")
    amount = amounts.get(currency, 0)
    return {
        "id": quote.id if as_stored else str(quote.id),
        "said_on": quote.said_on if as_stored else said_on,
        "client_id": client.id if as_stored else str(client.id),
        "client": client.slug,
        "client_name": client.name,
        "tier": found.stood.tiers[client.id],
        "stage": found.stood.stages[client.id],
        "contact_id": quote.contact_id if as_stored else str(quote.contact_id or ""),
        "contact": contact.name if contact else None,
        "feedback_kind": quote.feedback_kind,
        "quote": quote.quote,
        "importance": quote.importance,
        "competitor": quote.competitor,
        "product": product.name if product else None,
        "feature_id": quote.feature_id if as_stored else str(quote.feature_id or ""),
        "feature": feature.title if feature else None,
        "feature_status": found.stood.statuses[feature.id] if feature else None,
        "annual_value": amount if as_stored else _decimal(amount, currency),
        "currency": currency,
        "weight": round(weight, 3),
        "recency": round(ranking.recency(said_on, found.on), 3),
        "impact": round(impact, 3) if rank else None,
        "feature_impact": round(rank.impact, 3) if rank else None,
        "feature_rank": rank.rank if rank else None,
        "feature_plain_rank": rank.plain_rank if rank else None,
        "told_on": quote.told_on,
        "reaction": quote.reaction,
    }


def _feature_row(
    found: Voices, rank: FeatureRank, askers: Mapping[int, int], as_stored: bool
) -> dict[str, object]:
    feature = found.features[rank.feature_id]
    product = found.products.get(feature.product_id or 0)
    return {
        "rank": rank.rank,
        "plain_rank": rank.plain_rank,
        "feature_id": rank.feature_id if as_stored else str(rank.feature_id),
        "feature": feature.title,
        "product": product.name if product else None,
        "status": found.stood.statuses[feature.id],
        "quotes": sum(askers.values()),
        "clients": rank.clients,
        "importance": rank.importance,
        "impact": round(rank.impact, 3),
        "plain_impact": round(rank.plain_impact, 3),
        "annual_value": _sums(found, askers, as_stored),
        "value_at_risk": _sums(found, [each for each in askers if found.stood.at_risk[each]], as_stored),
    }


def _sums(found: Voices, clients: Iterable[int], as_stored: bool) -> object:
    """The income of some clients by currency: minor units, or a text such as '1200.50 RUB; 30.00 EUR'."""
    sums: dict[str, int] = {}
    for client in sorted(clients):
        for currency, amount in found.income.get(client, {}).items():
            sums[currency] = sums.get(currency, 0) + amount
    ordered = dict(sorted(sums.items(), key=lambda each: (-each[1], each[0])))
    if as_stored:
        return ordered
    return "; ".join(f"{_decimal(amount, currency)} {currency}" for currency, amount in ordered.items())


def _decimal(amount: int, currency: str) -> Decimal:
    return Decimal(amount).scaleb(-minor_digits(currency))
