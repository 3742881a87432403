"""What clients talk about, whom they compare us with, and how they took a release, counted by clients."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onewindow.desk.feedback.export_feedback import money_by_currency
from onewindow.desk.feedback.weighted import WeightedFeedback, day_of
from onewindow.metrics.feedback import ranking
from onewindow.metrics.feedback.trend import trend
from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.adoption import Product, Release
from onewindow.records.structs import frozen_struct
from onewindow.store.feedback import Said
from onewindow.text.fold import fold

_COUNTS = ("quotes", "clients", "of_clients", "share", "share_low", "share_high")
_TREND = ("recent_clients", "earlier_clients", "trend")
TOPIC_COLUMNS = ("product", "feedback_kind", *_COUNTS, "importance", *_TREND, "feature")
"""`of_clients` said anything at all; the share is of these, with its 95 % interval. `feature`: the one that
most clients speak of."""
COMPETITOR_COLUMNS = (
    *("competitor", *_COUNTS, "annual_value", "value_at_risk", *_TREND, "last_said_on", "quote"),
)
"""The quote is the newest one."""
REACTION_COLUMNS = (
    *("said_on", "client_id", "client", "client_name", "feedback_kind", "quote", "importance", "feature"),
    *("told_on", "outcome", "reaction"),
)


def topics(feedback: WeightedFeedback) -> list[dict[str, object]]:
    """What clients speak of, by product and kind, that of most clients first; the keys are TOPIC_COLUMNS."""
    groups: defaultdict[tuple[int, str], list[Said]] = defaultdict(list)
    for quote in feedback.quotes:
        groups[_product_of(feedback, quote), quote.feedback_kind].append(quote)
    products = feedback.file.records(Product, (product_id for product_id, _ in groups))
    rows = [
        {
            "product": products[product_id].name if product_id in products else "",
            "feedback_kind": kind,
            **_counts(feedback, quotes),
            "importance": sum(quote.importance for quote in quotes),
            "feature": _most_wanted(feedback, quotes),
        }
        for (product_id, kind), quotes in groups.items()
    ]
    return _by_clients(rows, ("product", "feedback_kind"))


def competitors(feedback: WeightedFeedback, *, as_stored: bool) -> list[dict[str, object]]:
    """Whom clients compare us with, the one of most clients first; the keys are COMPETITOR_COLUMNS."""
    groups: defaultdict[str, list[Said]] = defaultdict(list)
    for quote in feedback.quotes:
        if quote.competitor.strip():
            groups[fold(quote.competitor)].append(quote)
    rows: list[dict[str, object]] = []
    for quotes in groups.values():
        clients = {quote.client_id for quote in quotes}
        newest = max(quotes, key=lambda quote: (quote.said_on, quote.id))
        at_risk = ranking.sums_of(clients, feedback.income, feedback.at_risk)
        rows.append(
            {
                "competitor": _spelled([quote.competitor.strip() for quote in quotes]),
                **_counts(feedback, quotes),
                "annual_value": money_by_currency(
                    ranking.sums_of(clients, feedback.income), as_stored=as_stored
                ),
                "value_at_risk": money_by_currency(at_risk, as_stored=as_stored),
                "last_said_on": newest.said_on,
                "quote": newest.quote,
            }
        )
    return _by_clients(rows, ("competitor",))


@frozen_struct
class Reactions:
    """How clients took a release: who had asked for what it brought, or speaks of it."""

    rows: Sequence[Mapping[str, object]]
    """One for each quote, the newest first; the keys are REACTION_COLUMNS."""
    askers: int
    """Clients who had asked for a feature that it brought."""
    told: int
    """Those of them who were told of it."""
    reacted: int
    """Clients of whom a reaction is on file: of those who asked, and of others who speak of the release."""

    @property
    def told_share(self) -> Estimate | None:
        """The share of those who asked that was told, with its 95 % interval; None where nobody asked."""
        return wilson(self.told, self.askers) if self.askers else None


def reactions(feedback: WeightedFeedback, release: Release) -> Reactions:
    """What was said of a release, and by those who had asked for a feature that came with it."""
    brought = {number for number, one in feedback.features.items() if one.release_id == release.id}
    quotes = [
        quote for quote in feedback.quotes if quote.feature_id in brought or quote.release_id == release.id
    ]
    asking = [quote for quote in quotes if quote.feature_id in brought]
    reacting = {
        quote.client_id
        for quote in quotes
        if quote.reaction.strip() or (quote.feedback_kind == "reaction" and quote.release_id == release.id)
    }
    told = {quote.client_id for quote in asking if quote.told_on}
    ordered = sorted(quotes, key=lambda quote: (quote.said_on, quote.id), reverse=True)
    return Reactions(
        rows=[_reaction_row(feedback, quote) for quote in ordered],
        askers=len({quote.client_id for quote in asking}),
        told=len(told),
        reacted=len(reacting),
    )


def _reaction_row(feedback: WeightedFeedback, quote: Said) -> dict[str, object]:
    client = feedback.speakers[quote.client_id]
    feature = feedback.features.get(quote.feature_id or 0)
    return {
        "said_on": quote.said_on,
        "client_id": client.id,
        "client": client.slug,
        "client_name": client.name,
        "feedback_kind": quote.feedback_kind,
        "quote": quote.quote,
        "importance": quote.importance,
        "feature": feature.title if feature else "",
        "told_on": quote.told_on,
        "outcome": quote.outcome,
        "reaction": quote.reaction,
    }


def _counts(feedback: WeightedFeedback, quotes: Sequence[Said]) -> dict[str, object]:
    clients = {quote.client_id for quote in quotes}
    share = wilson(len(clients), len(feedback.speakers))
    over_time = trend(_spoken(quotes), feedback.on)
    return {
        "quotes": len(quotes),
        "clients": len(clients),
        "of_clients": share.n,
        "share": round(share.value, 3),
        "share_low": round(share.low, 3),
        "share_high": round(share.high, 3),
        "recent_clients": over_time.recent,
        "earlier_clients": over_time.before,
        "trend": over_time.direction,
    }


def _spoken(quotes: Iterable[Said]) -> list[tuple[int, date]]:
    return [(quote.client_id, day_of(quote.said_on)) for quote in quotes]


def _product_of(feedback: WeightedFeedback, quote: Said) -> int:
    feature = feedback.features.get(quote.feature_id or 0)
    return quote.product_id or (feature.product_id if feature else None) or 0


def _most_wanted(feedback: WeightedFeedback, quotes: Sequence[Said]) -> str:
    """The feature of which most clients of these quotes speak, of several the first by rank; '' for none."""
    pairs = {(quote.feature_id, quote.client_id) for quote in quotes if quote.feature_id}
    wanted = Counter(feature_id for feature_id, _ in pairs)
    if not wanted:
        return ""
    first = min(wanted, key=lambda number: (-wanted[number], feedback.ranks[number or 0].rank, number))
    return feedback.features[first or 0].title


def _spelled(names: Sequence[str]) -> str:
    """The spelling that is used most, of several the first by letters."""
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))


def _by_clients(rows: list[dict[str, object]], names: Sequence[str]) -> list[dict[str, object]]:
    def place(row: Mapping[str, object]) -> tuple[int, list[str]]:
        return -int(str(row["clients"])), [str(row[name]) for name in names]

    return sorted(rows, key=place)
