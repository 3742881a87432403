"""How many clients of each segment own each product: what the rule of peers and the whitespace matrix ask.

Segments are the saved ones; a file without any is taken apart by the class of its clients.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import get_args

from onewindow.desk.filters.conditions import ReadyFilter
from onewindow.desk.filters.words import FilterProblem
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.metrics.opportunities.inputs import Peers
from onewindow.records.clients import ClientClass
from onewindow.store.opportunities import facts as store_facts

Group = tuple[str, ReadyFilter]
"""What a segment is called, and who is in it."""


class OwnershipShares:
    """The counts of one day, read once and asked often, in any thread."""

    def __init__(self, session: Session) -> None:
        """Count: one pass over the clients for each segment, one over the licences."""
        self.groups: Sequence[Group] = groups(session)
        """The segments, by name; a client may be in several."""
        owned: defaultdict[int, set[int]] = defaultdict(set)
        for client_id, product_id in store_facts.owned_products(session.store, session.today().isoformat()):
            owned[client_id].add(product_id)
        self.members: dict[str, int] = {}
        """How many clients a segment has, lost ones left out."""
        self.owners: dict[str, Counter[int]] = {}
        """How many of them own each product."""
        lost = store_facts.lost_clients(session.store)
        for name, ready in self.groups:
            counts: Counter[int] = Counter()
            members = 0
            for client_id in membership.member_ids(session, ready):
                if client_id not in lost:
                    members += 1
                    counts.update(owned.get(client_id, ()))
            self.members[name], self.owners[name] = members, counts

    def between(self, session: Session, low: int, high: int) -> Mapping[int, Sequence[str]]:
        """The names of the segments in which the clients of a range of ids are, by client."""
        inside: defaultdict[int, list[str]] = defaultdict(list)
        today = session.today()
        for name, ready in self.groups:
            for client_id in ready.ids(session.store, today, low - 1, high):
                inside[client_id].append(name)
        return inside

    def peers(self, segments: Collection[str], owned: Collection[int]) -> tuple[Peers, ...]:
        """How widely the others of a client's segments own what the client, who owns some, does not."""
        return tuple(
            Peers(name, product_id, owners, self.members[name] - 1)
            for name in segments
            for product_id, owners in self.owners[name].items()
            if product_id not in owned
        )


def groups(session: Session) -> list[Group]:
    """The saved segments that can be read, by name; without any, the classes of clients."""
    ready: list[Group] = []
    for segment in membership.saved(session):
        try:
            ready.append((segment.name, membership.ready(session, segment.filter)))
        except FilterProblem:
            # The screen of segments says so; here it has nobody in it.
            continue
    return ready or [
        (client_class.replace("_", " "), membership.ready(session, f"class:{client_class}"))
        for client_class in get_args(ClientClass)
    ]
