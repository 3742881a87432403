"""What clients said, for those who decide what is built: weighted quotes, and features by rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from onewindow.desk.feedback import as_of
from onewindow.desk.feedback.as_of import StatusesOnDay
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
"""`plain_rank` is the rank if every client had the same weight; values are by currency."""

_YEAR = timedelta(days=365)
_EARLIEST = "0001-01-01"


@dataclass(frozen=True, slots=True)
class WeightedFeedback:
    """The quotes of a period and all that they refer to; `on` is the day for which they are weighted."""

    on: date
    quotes: Sequence[Feedback]
    clients: Mapping[int, Client]
    contacts: Mapping[int, Contact]
    features: Mapping[int, Feature]
    products: Mapping[int, Product]
    income: Mapping[int, Mapping[str, int]]
    relative: Mapping[int, float]
    status_then: StatusesOnDay
    """How clients and features stood on that day."""
    ranks: Mapping[int, FeatureRank]
    counted: frozenset[int]
    """Ids of the quotes that count for their feature: a client's latest on it."""

    def weight(self, client_id: int) -> float:
        """What a client weighs."""
        return ranking.weight(self.relative.get(client_id, 0.0))


def weighted_feedback(session: Session, since: date | None, on: date) -> WeightedFeedback:
    """The quotes from a day (None: from the first) to a day, with the money of the year before that day.

    What happened after that day is left out, and what nobody knows of it.
    """
    store = session.store
    said = feedback_store.said_between(store, since.isoformat() if since else _EARLIEST, on.isoformat())
    quotes = as_of.quotes_then(session, said, on)
    clients = by_ids(store, Client, {quote.client_id for quote in quotes})
    features = by_ids(store, Feature, {quote.feature_id for quote in quotes if quote.feature_id})
    product_ids = {item.product_id for item in (*quotes, *features.values()) if item.product_id}
    income = feedback_store.income(store, (on - _YEAR).isoformat(), on.isoformat())
    relative = ranking.relative_values(income)
    opinions = {quote.id: _opinion(quote) for quote in quotes if quote.feature_id}
    # By identity: two opinions of one client on one day are equal, and only one of them counts.
    kept = {id(opinion) for opinion in ranking.latest(opinions.values())}
    weights = {client_id: ranking.weight(relative.get(client_id, 0.0)) for client_id in clients}
    return WeightedFeedback(
        on=on,
        quotes=quotes,
        clients=clients,
        contacts=by_ids(store, Contact, {quote.contact_id for quote in quotes if quote.contact_id}),
        features=features,
        products=by_ids(store, Product, product_ids),
        income=income,
        relative=relative,
        status_then=as_of.statuses_on(session, list(clients.values()), list(features.values()), on),
        ranks={rank.feature_id: rank for rank in ranking.ranking(opinions.values(), weights, on)},
        counted=frozenset(quote for quote, opinion in opinions.items() if id(opinion) in kept),
    )


def quote_rows(feedback: WeightedFeedback, *, as_stored: bool) -> list[dict[str, object]]:
    """One row for each quote, those on the first feature first; the keys are QUOTE_COLUMNS.

    `as_stored` keeps money in minor units. A quote that a later one of the client replaces has an impact
    of 0, one without a feature none.
    """
    rows = [_quote_row(feedback, quote, as_stored=as_stored) for quote in feedback.quotes]
    # Quotes on no feature come last, and within a feature the heaviest first; the id settles the rest.
    last = len(feedback.ranks) + 1
    return sorted(
        rows, key=lambda row: (row["feature_rank"] or last, -float(str(row["impact"] or 0)), str(row["id"]))
    )


def feature_rows(feedback: WeightedFeedback, *, as_stored: bool) -> list[dict[str, object]]:
    """One row for each feature that was spoken of, by rank; the keys are FEATURE_COLUMNS."""
    askers: dict[int, dict[int, int]] = {}
    for quote in feedback.quotes:
        if quote.feature_id:
            by_client = askers.setdefault(quote.feature_id, {})
            by_client[quote.client_id] = by_client.get(quote.client_id, 0) + 1
    return [
        _feature_row(feedback, rank, askers[rank.feature_id], as_stored) for rank in feedback.ranks.values()
    ]


def _opinion(quote: Feedback) -> Opinion:
    importance = min(3, max(0, quote.importance))
    return Opinion(quote.client_id, quote.feature_id or 0, importance, date.fromisoformat(quote.said_on))


def _quote_row(feedback: WeightedFeedback, quote: Feedback, *, as_stored: bool) -> dict[str, object]:
    client = feedback.clients[quote.client_id]
    feature = feedback.features.get(quote.feature_id or 0)
    product = feedback.products.get(quote.product_id or (feature.product_id if feature else None) or 0)
    contact = feedback.contacts.get(quote.contact_id or 0)
    rank = feedback.ranks.get(quote.feature_id or 0)
    weight = feedback.weight(client.id)
    said_on = date.fromisoformat(quote.said_on)
    impact = ranking.impact(_opinion(quote), weight, feedback.on) if quote.id in feedback.counted else 0.0
    amounts = feedback.income.get(client.id, {})
    # One column, one currency: the one in which the client pays most.
    currency = max(amounts, key=lambda code: amounts[code], default="")
    amount = amounts.get(currency, 0)
    return {
        "id": quote.id if as_stored else str(quote.id),
        "said_on": quote.said_on if as_stored else said_on,
        "client_id": client.id if as_stored else str(client.id),
        "client": client.slug,
        "client_name": client.name,
        "tier": feedback.status_then.tiers[client.id],
        "stage": feedback.status_then.stages[client.id],
        "contact_id": quote.contact_id if as_stored else str(quote.contact_id or ""),
        "contact": contact.name if contact else None,
        "feedback_kind": quote.feedback_kind,
        "quote": quote.quote,
        "importance": quote.importance,
        "competitor": quote.competitor,
        "product": product.name if product else None,
        "feature_id": quote.feature_id if as_stored else str(quote.feature_id or ""),
        "feature": feature.title if feature else None,
        "feature_status": feedback.status_then.statuses[feature.id] if feature else None,
        "annual_value": amount if as_stored else _decimal(amount, currency),
        "currency": currency,
        "weight": round(weight, 3),
        "recency": round(ranking.recency(said_on, feedback.on), 3),
        "impact": round(impact, 3) if rank else None,
        "feature_impact": round(rank.impact, 3) if rank else None,
        "feature_rank": rank.rank if rank else None,
        "feature_plain_rank": rank.plain_rank if rank else None,
        "told_on": quote.told_on,
        "reaction": quote.reaction,
    }


def _feature_row(
    feedback: WeightedFeedback, rank: FeatureRank, askers: Mapping[int, int], as_stored: bool
) -> dict[str, object]:
    feature = feedback.features[rank.feature_id]
    product = feedback.products.get(feature.product_id or 0)
    return {
        "rank": rank.rank,
        "plain_rank": rank.plain_rank,
        "feature_id": rank.feature_id if as_stored else str(rank.feature_id),
        "feature": feature.title,
        "product": product.name if product else None,
        "status": feedback.status_then.statuses[feature.id],
        "quotes": sum(askers.values()),
        "clients": rank.clients,
        "importance": rank.importance,
        "impact": round(rank.impact, 3),
        "plain_impact": round(rank.plain_impact, 3),
        "annual_value": _sums(feedback, askers, as_stored),
        "value_at_risk": _sums(
            feedback,
            [client_id for client_id in askers if feedback.status_then.at_risk[client_id]],
            as_stored,
        ),
    }


def _sums(feedback: WeightedFeedback, clients: Iterable[int], as_stored: bool) -> object:
    """The income of some clients by currency: minor units, or a text such as '1200.50 RUB; 30.00 EUR'."""
    sums: dict[str, int] = {}
    for client in sorted(clients):
        for currency, amount in feedback.income.get(client, {}).items():
            sums[currency] = sums.get(currency, 0) + amount
    # No sum over currencies: there is no rate on file, so the largest amount names the order.
    ordered = dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))
    if as_stored:
        return ordered
    return "; ".join(f"{_decimal(amount, currency)} {currency}" for currency, amount in ordered.items())


def _decimal(amount: int, currency: str) -> Decimal:
    return Decimal(amount).scaleb(-minor_digits(currency))
