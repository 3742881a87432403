"""A client's card as it stood on a day: himself, his people, papers, promises and requests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from zoneinfo import ZoneInfo

from onewindow.desk.private_facts import without_hidden
from onewindow.desk.session import Session
from onewindow.records.clients import Client
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.records.values import value_class
from onewindow.store import catalogue, history
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.dates import parse_utc, utc_text

_KINDS = ("contact", "requisites", "consent", "promise", "licence", "request", "document")
_AT_MOST = 1000
_END_OF_DAY = time(23, 59, 59)


@value_class
class PastCard:
    """The records of a card at an instant (`at`, UTC text), by kind; `shown_at` is the instant for people."""

    at: str
    shown_at: str
    client: Client
    records: Mapping[str, tuple[Record, ...]]


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
            raise NotFound(f"{client.name} was not there on {when}.")
        records = {kind: _of_kind(session, client.id, kind, at) for kind in _KINDS}
    shown = parse_utc(at).astimezone(ZoneInfo(session.zone))
    return PastCard(
        at, f"{shown:%d.%m.%Y %H:%M}", past, {kind: found for kind, found in records.items() if found}
    )


def _of_kind(session: Session, client_id: int, kind: str, at: str) -> tuple[Record, ...]:
    now = catalogue.page(
        session.store, KINDS[kind].record, client_id=client_id, archived=True, limit=_AT_MOST
    )
    past = (history.as_of(session.store, record, at) for record in now)
    return tuple(without_hidden(session, (record for record in past if record is not None)))


def _instant(session: Session, when: str) -> str:
    from onewindow.text.typed_dates import parse_when

    try:
        return utc_text(parse_utc(when))
    except ValueError:
        pass
    try:
        return utc_text(parse_when(when, session.local_now(), _END_OF_DAY, "behind"))
    except ValueError as error:
        raise StoreProblem(str(error)) from error
