"""What clients said, weighed by what they pay: quotes as they stood on a day, and the ranks of features."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from onewindow.desk.feedback.as_of import FileOn, is_at_risk
from onewindow.desk.filters.conditions import MOVING
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.metrics.feedback import ranking
from onewindow.metrics.feedback.ranking import FeatureRank, Opinion
from onewindow.metrics.feedback.trend import Trend, trend
from onewindow.records.adoption import Feature, Product
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store.adoption import ownership
from onewindow.store.feedback import Said, Speaker
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local

_YEAR = timedelta(days=365)


@frozen_struct
class Asked:
    """Which quotes: of a period, of some kinds, on a product with its modules, of a part of the clients."""

    since: date | None = None
    """None: from the first."""
    on: date | None = None
    """Till when, and as of which day; None: today."""
    kinds: Collection[str] = ()
    product_id: int | None = None
    segment: str = ""
    """A filter of clients, '' for all."""
    with_later: bool = False
    """Whether quotes of a past day count that came on file after it."""


@frozen_struct
class WeightedFeedback:
    """The quotes of a period and all that they refer to, as they stood on the day that weighs them."""

    file: FileOn
    quotes: Sequence[Said]
    speakers: Mapping[int, Speaker]
    features: Mapping[int, Feature]
    income: Mapping[int, Mapping[str, int]]
    """What clients paid in the year before, by currency, in minor units."""
    weights: Mapping[int, float]
    bands: Mapping[int, str]
    at_risk: frozenset[int]
    """Clients who leave or have red health."""
    ranks: Mapping[int, FeatureRank]
    counted: Mapping[int, Opinion]
    """The opinions that count, by the id of their quote: a client's latest on each feature."""
    has_gaps: bool
    """Whether something is left untold because nobody knows how it stood."""

    @property
    def on(self) -> date:
        """The day."""
        return self.file.on

    def status_of(self, feature: Feature) -> str | None:
        """The state in which a feature was, None where only a later one is on file."""
        return feature.status if self.file.is_known("feature", feature.id) else None

    def trends(self) -> dict[int, Trend]:
        """By feature whether more clients speak of it than before."""
        spoken: defaultdict[int, list[tuple[int, date]]] = defaultdict(list)
        for quote in self.quotes:
            if quote.feature_id:
                spoken[quote.feature_id].append((quote.client_id, day_of(quote.said_on)))
        return {feature_id: trend(said, self.on) for feature_id, said in spoken.items()}

    def askers(self) -> dict[int, list[int]]:
        """By feature the clients whose opinions count, in the order of their ids."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for opinion in self.counted.values():
            found[opinion.feature_id].append(opinion.client_id)
        return {feature_id: sorted(clients) for feature_id, clients in found.items()}


@lru_cache(maxsize=4096)
def day_of(stored: str) -> date:
    """A stored day; a few thousand of them come again and again."""
    return date.fromisoformat(stored)


def weighted_feedback(session: Session, asked: Asked) -> WeightedFeedback:
    """The quotes that were asked for, with the money of the year before the day.

    Raises FilterProblem for a segment that cannot be read, StoreProblem for one that nobody knows of the day.
    """
    on = asked.on or session.today()
    file = FileOn(session, on, with_later=asked.with_later)
    with session.store.read():
        quotes = file.quotes(asked.since)
        features = file.records(Feature, {quote.feature_id for quote in quotes})
        quotes = _narrowed(session, asked, file, quotes, features)
        client_ids = {quote.client_id for quote in quotes}
        speakers, bands = file.speakers(client_ids), file.bands(client_ids)
        income = file.income(on - _YEAR)
    relative = ranking.relative_values(income)
    weights = {client: ranking.weight(relative.get(client, 0.0)) for client in client_ids}
    opinions = {quote.id: _opinion(quote) for quote in quotes if quote.feature_id}
    # By identity: two opinions of one client on one day are equal, and only one of them counts.
    kept = {id(opinion) for opinion in ranking.latest(opinions.values())}
    risks = {
        number: is_at_risk(one.stage if file.is_known("client", number) else None, bands.get(number))
        if file.at is not None
        else one.stage == "leaving" or bands.get(number) == "red"
        for number, one in speakers.items()
    }
    spoken_of = {quote.feature_id for quote in quotes}
    return WeightedFeedback(
        file=file,
        quotes=quotes,
        speakers=speakers,
        features={number: feature for number, feature in features.items() if number in spoken_of},
        income=income,
        weights=weights,
        bands=bands,
        at_risk=frozenset(number for number, risk in risks.items() if risk),
        ranks={rank.feature_id: rank for rank in ranking.ranking(opinions.values(), weights, on)},
        counted={number: opinion for number, opinion in opinions.items() if id(opinion) in kept},
        has_gaps=file.at is not None and (file.is_younger or None in risks.values()),
    )


def _opinion(quote: Said) -> Opinion:
    importance = min(3, max(0, quote.importance))
    return Opinion(quote.client_id, quote.feature_id or 0, importance, day_of(quote.said_on))


def _narrowed(
    session: Session, asked: Asked, file: FileOn, quotes: list[Said], features: Mapping[int, Feature]
) -> list[Said]:
    if asked.kinds:
        quotes = [quote for quote in quotes if quote.feedback_kind in asked.kinds]
    if asked.product_id is not None:
        products = _with_modules(session, asked.product_id)
        on_product = {number for number, feature in features.items() if feature.product_id in products}
        quotes = [quote for quote in quotes if quote.product_id in products or quote.feature_id in on_product]
    if asked.segment.strip():
        members = _members(session, asked.segment, file, {quote.client_id for quote in quotes})
        quotes = [quote for quote in quotes if quote.client_id in members]
    return quotes


def _with_modules(session: Session, product_id: int) -> set[int]:
    """A product with its modules and theirs."""
    products: Sequence[Product] = ownership.products(session.store)
    found = {product_id}
    while more := {one.id for one in products if one.parent_id in found} - found:
        found |= more
    return found


def _members(session: Session, segment: str, file: FileOn, client_ids: set[int]) -> set[int]:
    """Those of some clients whom a filter lets through, as their cards stood on the day."""
    ready = membership.ready(session, segment)
    if file.at is None:
        return client_ids & set(membership.member_ids(session, ready))
    if unknown := ready.fields & MOVING:
        raise StoreProblem(
            f"How {', '.join(sorted(unknown))} stood on {file.on:%d.%m.%Y} is not on file; leave out --as-of,"
            " or take a segment of fields of the card alone."
        )
    if file.is_younger and not file.with_later:
        raise StoreProblem(
            f"Who was in “{segment}” on {file.on:%d.%m.%Y} is not on file: this file is younger;"
            " --with-later takes the cards as they are now."
        )
    clients = file.records(Client, client_ids)
    stood = [one for one in clients.values() if one.archived_at is None or one.archived_at > file.at]
    day = to_local(file.at, session.zone).date()
    return ready.among(session.store, stood, day)


def weighed_on(feedback: WeightedFeedback, quote: Said) -> float:
    """What a quote adds to its feature; 0 where a later one of the client replaces it."""
    opinion = feedback.counted.get(quote.id)
    return ranking.impact(opinion, feedback.weights[quote.client_id], feedback.on) if opinion else 0.0
