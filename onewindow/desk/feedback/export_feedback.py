"""What clients said, for those who decide what is built: rows of quotes, and of features by rank."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from onewindow.desk.feedback.weighted import WeightedFeedback, day_of, weighed_on
from onewindow.metrics.feedback import ranking
from onewindow.metrics.feedback.ranking import FeatureRank
from onewindow.metrics.feedback.trend import Trend
from onewindow.records.adoption import Feature, Product, Release
from onewindow.records.clients import Contact
from onewindow.records.organization import Staff
from onewindow.records.structs import frozen_struct
from onewindow.store.feedback import Said
from onewindow.text.money import minor_digits

QUOTE_COLUMNS = (
    *("id", "said_on", "client_id", "client", "client_name", "tier", "stage", "health", "contact_id"),
    *("feedback_kind", "quote", "importance", "competitor", "product", "release", "feature_id", "feature"),
    *("feature_status", "feature_release", "released_on", "annual_value", "currency", "weight", "recency"),
    *("impact", "feature_impact", "feature_rank", "feature_plain_rank", "heard_by", "told_on", "told_status"),
    *("outcome", "reaction"),
)
"""`annual_value` is in `currency`, the one in which the client pays most; the weight counts all of them."""

CONTACT_COLUMN = "contact"
"""The name of the person who said it; only who asks for names gets them."""

FEATURE_COLUMNS = (
    *("rank", "plain_rank", "feature_id", "feature", "product", "status", "release", "quotes", "clients"),
    *("importance", "impact", "plain_impact", "annual_value", "value_at_risk", "recent_clients"),
    *("earlier_clients", "trend", "told_clients"),
)
"""`plain_rank` is the rank if every client had the same weight; values are by currency. `recent_clients`
spoke of it in the last 90 days, `earlier_clients` in the 90 before."""


def columns_of_quotes(*, with_contacts: bool) -> tuple[str, ...]:
    """The columns of quotes, with the name of who said it behind their id if that is asked for."""
    if not with_contacts:
        return QUOTE_COLUMNS
    place = QUOTE_COLUMNS.index("contact_id") + 1
    return (*QUOTE_COLUMNS[:place], CONTACT_COLUMN, *QUOTE_COLUMNS[place:])


def quote_rows(
    feedback: WeightedFeedback, *, as_stored: bool, with_contacts: bool = False
) -> list[dict[str, object]]:
    """One row for each quote, those on the first feature first; the keys are those of `columns_of_quotes`.

    `as_stored` keeps money in minor units. A quote that a later one of the client replaces has an impact
    of 0, one without a feature none.
    """
    rows = _QuoteRows(feedback, as_stored=as_stored, with_contacts=with_contacts)
    made = [rows.row(quote) for quote in feedback.quotes]
    # Quotes on no feature come last, and within a feature the heaviest first; the id settles the rest.
    last = len(feedback.ranks) + 1
    return sorted(
        made, key=lambda row: (row["feature_rank"] or last, -float(str(row["impact"] or 0)), str(row["id"]))
    )


def feature_rows(feedback: WeightedFeedback, *, as_stored: bool) -> list[dict[str, object]]:
    """One row for each feature that was spoken of, by rank; the keys are FEATURE_COLUMNS."""
    names = _Names(feedback)
    return [
        {
            "rank": ranked.rank.rank,
            "plain_rank": ranked.rank.plain_rank,
            "feature_id": _id(ranked.feature.id, as_stored=as_stored),
            "feature": ranked.feature.title,
            "product": names.product(ranked.feature.product_id),
            "status": ranked.status,
            "release": names.release(ranked.feature.release_id) if ranked.status else None,
            "quotes": ranked.quotes,
            "clients": ranked.rank.clients,
            "importance": ranked.rank.importance,
            "impact": round(ranked.rank.impact, 3),
            "plain_impact": round(ranked.rank.plain_impact, 3),
            "annual_value": money_by_currency(ranked.value, as_stored=as_stored),
            "value_at_risk": money_by_currency(ranked.value_at_risk, as_stored=as_stored),
            "recent_clients": ranked.trend.recent,
            "earlier_clients": ranked.trend.before,
            "trend": ranked.trend.direction,
            "told_clients": ranked.told,
        }
        for ranked in ranked_features(feedback)
    ]


@frozen_struct
class RankedFeature:
    """A feature with all that is known of its worth; money by currency, in minor units."""

    feature: Feature
    status: str | None
    """None where only a later one is on file."""
    rank: FeatureRank
    quotes: int
    value: Mapping[str, int]
    value_at_risk: Mapping[str, int]
    trend: Trend
    told: int
    """How many of its clients know what became of it."""


def ranked_features(feedback: WeightedFeedback) -> list[RankedFeature]:
    """The features that were spoken of, by rank."""
    quotes: dict[int, int] = {}
    told: dict[int, set[int]] = {}
    for quote in feedback.quotes:
        if quote.feature_id:
            quotes[quote.feature_id] = quotes.get(quote.feature_id, 0) + 1
            if quote.told_on:
                told.setdefault(quote.feature_id, set()).add(quote.client_id)
    trends, askers = feedback.trends(), feedback.askers()
    return [
        RankedFeature(
            feature=feedback.features[rank.feature_id],
            status=feedback.status_of(feedback.features[rank.feature_id]),
            rank=rank,
            quotes=quotes[rank.feature_id],
            value=ranking.sums_of(askers[rank.feature_id], feedback.income),
            value_at_risk=ranking.sums_of(askers[rank.feature_id], feedback.income, feedback.at_risk),
            trend=trends[rank.feature_id],
            told=len(told.get(rank.feature_id, ())),
        )
        for rank in feedback.ranks.values()
    ]


def money_by_currency(sums: Mapping[str, int], *, as_stored: bool) -> object:
    """Sums by currency: minor units as they are, or a text such as '1200.50 RUB; 30.00 EUR'."""
    # No sum over currencies: there is no rate on file, so the largest amount names the order.
    if as_stored:
        return dict(sums)
    return "; ".join(f"{_decimal(amount, currency)} {currency}" for currency, amount in sums.items())


class _Names:
    """What products, releases and colleagues were called on the day, read when they are asked for."""

    def __init__(self, feedback: WeightedFeedback) -> None:
        quotes, features = feedback.quotes, feedback.features.values()
        file = feedback.file
        releases = {item.release_id for item in (*quotes, *features)}
        self.releases = file.records(Release, releases)
        made = {item.product_id for item in (*quotes, *features, *self.releases.values())}
        self.products = file.records(Product, made)
        self._staff = file.records(Staff, {quote.staff_id for quote in quotes})

    def product(self, product_id: int | None) -> str | None:
        known = self.products.get(product_id or 0)
        return known.name if known else None

    def release(self, release_id: int | None) -> str | None:
        known = self.releases.get(release_id or 0)
        if known is None:
            return None
        return " ".join(part for part in (self.product(known.product_id), known.version_name) if part)

    def staff(self, staff_id: int | None) -> str | None:
        known = self._staff.get(staff_id or 0)
        return known.name if known else None


class _QuoteRows:
    """Makes rows of quotes."""

    def __init__(self, feedback: WeightedFeedback, *, as_stored: bool, with_contacts: bool) -> None:
        self._feedback = feedback
        self._as_stored = as_stored
        self._names = _Names(feedback)
        self._contacts: Mapping[int, Contact] | None = None
        if with_contacts:
            self._contacts = feedback.file.records(Contact, {quote.contact_id for quote in feedback.quotes})

    def row(self, quote: Said) -> dict[str, object]:
        feedback, names = self._feedback, self._names
        feature = feedback.features.get(quote.feature_id or 0)
        rank = feedback.ranks.get(quote.feature_id or 0)
        status = feedback.status_of(feature) if feature else None
        # With which release it came says as much as its state: where that is not known, neither is told.
        release = names.releases.get(feature.release_id or 0) if feature and status else None
        said_on = day_of(quote.said_on)
        return {
            "id": self._id(quote.id),
            "said_on": quote.said_on if self._as_stored else said_on,
            **self._of_client(quote),
            "feedback_kind": quote.feedback_kind,
            "quote": quote.quote,
            "importance": quote.importance,
            "competitor": quote.competitor,
            "product": names.product(quote.product_id or (feature.product_id if feature else None)),
            "release": names.release(quote.release_id),
            "feature_id": self._id(quote.feature_id),
            "feature": feature.title if feature else None,
            "feature_status": status,
            "feature_release": names.release(release.id) if release else None,
            "released_on": release.released_on if release else None,
            "weight": round(feedback.weights[quote.client_id], 3),
            "recency": round(ranking.recency(said_on, feedback.on), 3),
            "impact": round(weighed_on(feedback, quote), 3) if rank else None,
            "feature_impact": round(rank.impact, 3) if rank else None,
            "feature_rank": rank.rank if rank else None,
            "feature_plain_rank": rank.plain_rank if rank else None,
            "heard_by": names.staff(quote.staff_id),
            "told_on": quote.told_on,
            "told_status": quote.told_status,
            "outcome": quote.outcome,
            "reaction": quote.reaction,
        }

    def _of_client(self, quote: Said) -> dict[str, object]:
        feedback = self._feedback
        client = feedback.speakers[quote.client_id]
        is_known = feedback.file.is_known("client", client.id)
        amounts = feedback.income.get(client.id, {})
        # One column, one currency: the one in which the client pays most, of two alike the first by name.
        currency = min(amounts, key=lambda code: (-amounts[code], code), default="")
        amount = amounts.get(currency, 0)
        row: dict[str, object] = {
            "client_id": self._id(client.id),
            "client": client.slug,
            "client_name": client.name,
            "tier": client.tier if is_known else None,
            "stage": client.stage if is_known else None,
            "health": feedback.bands.get(client.id),
            "contact_id": self._id(quote.contact_id),
            "annual_value": amount if self._as_stored else _decimal(amount, currency),
            "currency": currency,
        }
        if self._contacts is not None:
            contact = self._contacts.get(quote.contact_id or 0)
            row[CONTACT_COLUMN] = contact.name if contact else None
        return row

    def _id(self, number: int | None) -> object:
        return _id(number, as_stored=self._as_stored)


def _id(number: int | None, *, as_stored: bool) -> object:
    """An id; as a text where a spreadsheet would round it."""
    return number if as_stored else str(number or "")


def _decimal(amount: int, currency: str) -> Decimal:
    return Decimal(amount).scaleb(-minor_digits(currency))
