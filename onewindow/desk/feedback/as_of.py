"""What was on file on a day of what clients said: reactions, tier, stage and risk as they stood then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback
from onewindow.records.fields import Record
from onewindow.store import history
from onewindow.store.clients import client_stats
from onewindow.store.health import snapshots
from onewindow.text.dates import utc_text

R = TypeVar("R", bound=Record)
_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class StatusesOnDay:
    """How clients and features stood; None where only a later value is on file."""

    tiers: Mapping[int, str | None]
    stages: Mapping[int, str | None]
    statuses: Mapping[int, str | None]
    at_risk: Mapping[int, bool | None]

    @property
    def has_gaps(self) -> bool:
        """Whether something is left out because nobody knows how it stood."""
        known = (self.tiers, self.stages, self.statuses, self.at_risk)
        return any(value is None for values in known for value in values.values())


def statuses_on(
    session: Session, clients: Collection[Client], features: Collection[Feature], on: date
) -> StatusesOnDay:
    """How they stood at the end of a day in this person's zone; how they stand now if it is not over."""
    at = _end_of(session, on)
    if at is None:
        return StatusesOnDay(
            {client.id: client.tier for client in clients},
            {client.id: client.stage for client in clients},
            {feature.id: feature.status for feature in features},
            {client.id: _is_at_risk_now(session, client) for client in clients},
        )
    then = {client.id: _known_then(session, client, at) for client in clients}
    wishes = {feature.id: _known_then(session, feature, at) for feature in features}
    return StatusesOnDay(
        {number: past and past.tier for number, past in then.items()},
        {number: past and past.stage for number, past in then.items()},
        {number: past and past.status for number, past in wishes.items()},
        {
            number: _is_at_risk(past and past.stage, snapshots.band_at(session.store, number, at))
            for number, past in then.items()
        },
    )


def quotes_then(session: Session, quotes: Iterable[Feedback], on: date) -> list[Feedback]:
    """The quotes without what came after a day: that the client was told, and how they took it."""
    at = _end_of(session, on)
    return list(quotes) if at is None else [_quote_then(session, quote, at, on) for quote in quotes]


def _quote_then(session: Session, quote: Feedback, at: str, on: date) -> Feedback:
    past = history.as_of(session.store, quote, at) or quote
    told_on = past.told_on if past.told_on and past.told_on <= on.isoformat() else None
    # A reaction has no day of its own: it came after the client was told, unless the log knows better.
    is_known = bool(told_on) or _known_then(session, quote, at) is not None
    return quote.with_changes({"told_on": told_on, "reaction": past.reaction if is_known else ""})


def _known_then(session: Session, record: R, at: str) -> R | None:
    """A record as it was at an instant, None if the log does not reach back to it."""
    past = history.as_of(session.store, record, at)
    return past if past is not None and history.known_since(session.store, record) <= at else None


def _end_of(session: Session, day: date) -> str | None:
    """The last second of a day as stored, None if the day is not over."""
    if day >= session.today():
        return None
    return utc_text(datetime.combine(day, _END_OF_DAY, ZoneInfo(session.zone)))


def _is_at_risk_now(session: Session, client: Client) -> bool:
    stat = client_stats.find(session.store, client.id)
    return client.stage == "leaving" or (stat is not None and stat.band == "red")


def _is_at_risk(stage: str | None, band: str | None) -> bool | None:
    """Whether a client leaves or has red health; None if what is known does not decide it."""
    if stage == "leaving" or band == "red":
        return True
    # "No" needs both to be known; "yes" needs one.
    return None if stage is None or band is None else False
