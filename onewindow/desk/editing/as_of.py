"""A client's card as it stood on a day: the client, its contacts, papers, promises and requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from zoneinfo import ZoneInfo

from onewindow.desk.session.context import Session
from onewindow.desk.session.private_facts import without_hidden
from onewindow.records.clients import Client
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct
from onewindow.store import catalogue, history
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.dates import parse_utc, utc_text
from onewindow.text.typed_dates import parse_when

_KINDS = ("contact", "requisites", "consent", "promise", "licence", "request", "document")
_AT_MOST = 1000
_END_OF_DAY = time(23, 59, 59)


_HAPPENED: Mapping[str, tuple[str, ...]] = {
    "goal_reviewed_on": (),
    "left_on": (),
    "decided_on": (),
    "acknowledged_at": ("status",),
    "settled_at": ("status",),
    "last_used_on": ("active",),
    "opened_at": (),
    "responded_at": (),
    "resolved_at": ("status", "result", "next_actor", "cause", "corrective_action", "minutes"),
    "issued_on": (),
    "signed_on": ("state",),
}
"""Fields that say when something happened, with those that say the same in other words."""


@frozen_struct
class PastRecord:
    """A record as it was, as far as that is on file."""

    record: Record
    known_since: str = ""
    """From when on its history is on file (UTC text), if later than the instant asked for, else empty."""
    not_known: frozenset[str] = frozenset()
    """Fields of which only a later value is on file; they are not to be shown."""


@frozen_struct
class PastCard:
    """The records of a card at an instant (`at`, UTC text), by kind; `shown_at` is the instant for people."""

    at: str
    shown_at: str
    client: PastRecord
    records: Mapping[str, tuple[PastRecord, ...]]


def card_as_of(session: Session, client: Client, when: str) -> PastCard:
    """The card as it was at a time as people type it; a day alone means its end.

    Raises StoreProblem for a time that cannot be read or has not come yet, NotFound if
    the client was not there.
    """
    at, now = _instant(session, when), session.now_text()
    if at > now:
        if parse_utc(at).astimezone(ZoneInfo(session.zone)).date() > session.today():
            raise StoreProblem(f"{when} has not come yet; name a day that is over.")
        at = now
    with session.store.read():
        past = history.as_of(session.store, client, at)
        if past is None:
            raise NotFound(_not_there(session, client, at, when))
        card = _past(session, past, at)
        records = {kind: _of_kind(session, client.id, kind, at) for kind in _KINDS}
    shown = parse_utc(at).astimezone(ZoneInfo(session.zone))
    return PastCard(
        at,
        f"{shown:%d.%m.%Y %H:%M}",
        card,
        {kind: versions for kind, versions in records.items() if versions},
    )


def _past(session: Session, record: Record, at: str) -> PastRecord:
    """What is on file of a record as it was: later facts are left out, they had not happened."""
    since = history.known_since(session.store, record)
    if since <= at:
        return PastRecord(record)
    day = parse_utc(at).astimezone(ZoneInfo(session.zone)).date().isoformat()
    later: set[str] = set()
    for name, others in _HAPPENED.items():
        value = getattr(record, name, None)
        if value and value > (at if name.endswith("_at") else day):
            later |= {name, *others}
    return PastRecord(record, since, frozenset(later))


def _not_there(session: Session, client: Client, at: str, when: str) -> str:
    if client.created_at <= at:
        return f"{client.name} was archived on {when}."
    since = f"{parse_utc(client.created_at).astimezone(ZoneInfo(session.zone)):%d.%m.%Y %H:%M}"
    return f"{client.name} is not on file before {since}; on {when} the card was not there yet."


def _of_kind(session: Session, client_id: int, kind: str, at: str) -> tuple[PastRecord, ...]:
    now = catalogue.page(
        session.store, KINDS[kind].record, client_id=client_id, archived=True, limit=_AT_MOST
    )
    past = (history.as_of(session.store, record, at) for record in now)
    shown = without_hidden(session, (record for record in past if record is not None))
    return tuple(_past(session, record, at) for record in shown)


def _instant(session: Session, when: str) -> str:
    try:
        return utc_text(parse_utc(when))
    except ValueError:
        pass
    try:
        return utc_text(parse_when(when, session.local_now(), _END_OF_DAY, "behind"))
    except ValueError as error:
        raise StoreProblem(str(error)) from error
