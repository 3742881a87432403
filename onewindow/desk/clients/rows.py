"""Clients with what the lists keep of them, by filter, for reports and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from itertools import islice

from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.clients import client_list, client_stats
from onewindow.store.clients.client_list import FilterName, ListFilter
from onewindow.store.clients.client_stats import CALM, ClientStat
from onewindow.store.engine import Value
from onewindow.store.listing import listed

_PAGE = 500


@frozen_struct
class ClientFilter:
    """Which clients; conditions add up. `everybody` lets lost and archived ones through."""

    mine: bool = False
    risk: bool = False
    alarm: bool = False
    silent: bool = False
    onboarding: bool = False
    everybody: bool = False
    equal: Mapping[str, Value] = field(default_factory=dict[str, Value])
    """Values that fields must have."""
    fits: Callable[[Client], bool] | None = None
    """What a client must also fit."""
    any_stage: bool = False
    """Whether stages are asked for by name: lost ones may be among them."""


def clients_with_stats(
    session: Session, asked: ClientFilter, limit: int | None = None
) -> Iterator[tuple[Client, ClientStat | None]]:
    """Clients with their cache rows (archived ones have none), read a page at a time.

    A filter by risk, alarm or silence gives the worst first and one by owner or onboarding goes by name;
    without any they come in the order in which they were made.
    """
    named = _filter_name(asked)
    pairs = _plain(session, asked) if named is None else _ordered(session, asked, named)
    if (fits := asked.fits) is not None:
        pairs = ((client, stat) for client, stat in pairs if fits(client))
    return islice(pairs, limit)


def _filter_name(asked: ClientFilter) -> FilterName | None:
    if asked.risk:
        return "risk"
    if asked.alarm:
        return "alarm"
    if asked.silent:
        return "silent"
    if asked.onboarding:
        return "onboarding"
    return "my" if asked.mine else None


def _plain(session: Session, asked: ClientFilter) -> Iterator[tuple[Client, ClientStat | None]]:
    clients = listed(
        session.store, Client, current=not asked.everybody, equal=asked.equal, any_state=asked.any_stage
    )
    while page := list(islice(clients, _PAGE)):
        stats = client_stats.between(session.store, page[0].id, page[-1].id)
        for client in page:
            yield client, stats.get(client.id)


def _ordered(
    session: Session, asked: ClientFilter, name: FilterName
) -> Iterator[tuple[Client, ClientStat | None]]:
    owner = session.me.id if asked.mine else None
    which = ListFilter(name, owner)
    order = client_list.ORDERS[name][0]
    after = None
    while lines := client_list.page(
        session.store, which, order, session.now_text(), after=after, limit=_PAGE
    ):
        for line in lines:
            # Rows one by one: an order by health has no range of ids that could be read at once.
            client = rows.get(session.store, Client, line.client_id)
            stat = client_stats.find(session.store, line.client_id)
            # The list's filter is the first condition; others of the command line add up to it here.
            if _fits(client, stat, asked):
                yield client, stat
        after = lines[-1].key


def _fits(client: Client, stat: ClientStat | None, asked: ClientFilter) -> bool:
    if client.stage == "lost" and not (asked.everybody or asked.any_stage):
        return False
    if asked.alarm and not (stat and stat.calm < CALM):
        return False
    if asked.silent and not (stat and stat.is_silent):
        return False
    if asked.onboarding and client.stage != "onboarding":
        return False
    return all(getattr(client, name) == value for name, value in asked.equal.items())
