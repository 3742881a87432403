"""Alarms of many clients, the gravest client first: for the command line and for screens."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.health.alarm import Alarm, unpack
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.engine import Value
from onewindow.store.listing import by_ids

COLUMNS = ("client_id", "number", "name", "tier", "owner", "kind", "since", "weight", "text")
"""The fields of an alarm for machines."""

_AT_ONCE = 200


@frozen_struct
class ClientAlarm:
    """One alarm with its client."""

    client: Client
    alarm: Alarm


def alarms(
    session: Session, kinds: frozenset[str] = frozenset(), owner_id: int | None = None
) -> Iterator[ClientAlarm]:
    """The alarms of some kinds (none named: of all) of an owner's clients or of everybody's.

    The client with the gravest alarm comes first, and of a client the gravest alarm; read page by page.
    """
    for stats in _pages(session, kinds, owner_id):
        clients = by_ids(session.store, Client, [stat.client_id for stat in stats])
        for stat in stats:
            for alarm in unpack(stat.alarms):
                if not kinds or alarm.kind in kinds:
                    yield ClientAlarm(clients[stat.client_id], alarm)


def values(session: Session, client_alarm: ClientAlarm) -> dict[str, Value]:
    """An alarm as plain fields."""
    client, alarm = client_alarm.client, client_alarm.alarm
    return {
        "client_id": client.id,
        "number": f"C-{client.number}",
        "name": client.name,
        "tier": client.tier,
        "owner": session.directory.name(client.owner_id),
        "kind": alarm.kind,
        "since": alarm.since,
        "weight": alarm.weight,
        "text": alarm.text,
    }


def _pages(session: Session, kinds: frozenset[str], owner_id: int | None) -> Iterator[list[ClientStat]]:
    after = client_stats.FIRST
    while True:
        if kinds == frozenset({"uncovered"}) and owner_id is None:
            stats = client_stats.uncovered(session.store, after, _AT_ONCE)
        else:
            stats = client_stats.alarmed(session.store, owner_id, after, _AT_ONCE)
        if stats:
            yield stats
        if len(stats) < _AT_ONCE:
            return
        after = stats[-1].calm, stats[-1].client_id
