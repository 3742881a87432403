"""The evidence behind one feature: quote, who said it, client, money, release, what was told, reaction."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.feedback.export_feedback import RankedFeature
from onewindow.desk.feedback.weighted import WeightedFeedback, weighed_on
from onewindow.desk.feedback.wish_status import state_text
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Release
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.feedback import Said, names_of_people
from onewindow.text.dates import short_day
from onewindow.text.money import format_money
from onewindow.text.plural import counted


@frozen_struct
class Evidence:
    """One quote of the chain as people read it."""

    quote_id: int
    client_id: int
    said: str
    """Who said it when, and what they pay."""
    words: str
    weighs: str
    became: str
    """What the client was told, and how they took it."""


def head_lines(session: Session, ranked: RankedFeature) -> list[str]:
    """A feature in three lines: its places, the money behind it, its release and who was told."""
    rank, feature = ranked.rank, ranked.feature
    share = ranked.trend.share
    interval = f" ({100 * share.low:.0f}–{100 * share.high:.0f} % recent)" if share is not None else ""
    lines = [
        f"{feature.title}: rank {rank.rank}, {rank.plain_rank} if all weighed the same;"
        f" impact {rank.impact:.1f} and {rank.plain_impact:.1f}",
        f"{counted(rank.clients, 'client')}, importance {rank.importance}, {counted(ranked.quotes, 'quote')};"
        f" {money_text(ranked.value) or 'no payments'} a year"
        + (f", {money_text(ranked.value_at_risk)} at risk" if ranked.value_at_risk else ""),
        f"last 90 days {ranked.trend.recent}, before {ranked.trend.before}:"
        f" {ranked.trend.direction}{interval}",
    ]
    release = rows.find(session.store, Release, feature.release_id) if feature.release_id else None
    state = state_text(feature)
    if feature.status_on:
        state += f" since {short_day(feature.status_on, session.today())}"
    if release is not None:
        day = f", {short_day(release.released_on, session.today())}" if release.released_on else ""
        state += f", version {release.version_name}{day}"
    return [*lines, f"{state}; told {ranked.told} of {rank.clients}"]


def evidence(session: Session, feedback: WeightedFeedback, feature_id: int) -> list[Evidence]:
    """The quotes behind a feature, those that weigh most first."""
    quotes = [quote for quote in feedback.quotes if quote.feature_id == feature_id]
    weighed = {quote.id: weighed_on(feedback, quote) for quote in quotes}
    quotes.sort(key=lambda quote: (-weighed[quote.id], quote.said_on, quote.id))
    # What was weighed may have been read in another thread, with a connection of its own.
    people = names_of_people(session.store, {quote.contact_id for quote in quotes if quote.contact_id})
    return [
        _evidence(session, feedback, quote, weighed[quote.id], people.get(quote.contact_id or 0, ""))
        for quote in quotes
    ]


def money_text(sums: Mapping[str, int]) -> str:
    """Sums by currency as people read them, '' for none."""
    return " + ".join(format_money(amount, currency) for currency, amount in sums.items())


def _evidence(
    session: Session, feedback: WeightedFeedback, quote: Said, weight: float, person: str
) -> Evidence:
    client = feedback.speakers[quote.client_id]
    today = session.today()
    who = [client.name, client.tier, feedback.bands.get(client.id, "")]
    paid = money_text(feedback.income.get(client.id, {}))
    heard = session.directory.surname(quote.staff_id)
    said = ", ".join(part for part in (*who, paid) if part)
    heard_by = f", heard by {heard}" if heard else ""
    spoke = f" {person}" if person else ""
    became = "not told"
    if quote.outcome == "declined":
        became = "left untold"
    elif quote.told_on:
        of = f" ({quote.told_status.replace('_', ' ')})" if quote.told_status else ""
        became = f"told {short_day(quote.told_on, today)}{of}"
    if quote.reaction:
        became += f": {quote.reaction}"
    counts = "counts" if quote.id in feedback.counted else "replaced by a later one"
    return Evidence(
        quote_id=quote.id,
        client_id=client.id,
        said=f"{said}; {short_day(quote.said_on, today)}{spoke}{heard_by}",
        words=f"«{quote.quote}» {quote.feedback_kind}",
        weighs=f"×{quote.importance} · {feedback.weights[client.id]:.2f} → {weight:.2f}, {counts}",
        became=became,
    )
