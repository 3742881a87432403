"""One request whole: its clocks, what happened, and everything that hangs on it, read in one snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from heapq import merge

from onewindow.desk.health.scoring import client_health
from onewindow.desk.requests import handing_off
from onewindow.desk.requests.merging import RELATION_WORDS
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks, hand_off_clock
from onewindow.desk.sla.event_details import detail_of
from onewindow.desk.sla.reassignments import Reassignments, reassignments_of, reassignments_of_client
from onewindow.metrics.health.score import Health
from onewindow.metrics.sla.clocks import Clocks
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.clients import Client, Contact, Promise
from onewindow.records.messages import Message
from onewindow.records.requests import HandOff, Request, RequestEvent, Task
from onewindow.records.structs import frozen_struct
from onewindow.store import outbox, rows
from onewindow.store.clients import cards as client_store
from onewindow.store.engine import Store
from onewindow.store.handover import promises
from onewindow.store.requests import hand_offs, threads
from onewindow.store.requests import links as request_links


@frozen_struct
class Linked:
    """Another request that belongs to this one, and how that reads from here: `repeats`, `was split from`."""

    how: str
    request: Request
    note: str = ""


@frozen_struct
class PromisedDate:
    """One date that the client was given: when, which (both UTC text), why it moved, and by whom."""

    at: str
    promised_at: str
    reason: str
    staff_id: int | None


@frozen_struct
class RequestSnapshot:
    """Everything that the request screen shows."""

    read_at: datetime
    request: Request
    client: Client
    health: Health
    contact: Contact | None
    """Who asked, else the client's main contact."""
    promises: tuple[Promise, ...]
    """The client's own, by date."""
    clocks: Clocks | None
    events: tuple[RequestEvent, ...]
    """What happened, the oldest first, in the duplicates that were merged too."""
    merged: tuple[Request, ...]
    merged_into: Request | None
    hand_offs: tuple[HandOff, ...]
    """Those that somebody still has to settle first."""
    hand_off_clocks: Mapping[int, Clock | None]
    linked: tuple[Linked, ...]
    tasks: tuple[Task, ...]
    passes: Reassignments
    client_passes: Reassignments
    promised_dates: tuple[PromisedDate, ...]
    """The dates that the client was given, the oldest first."""
    queued: tuple[Message, ...] = ()
    """Answers that wait in the outbox, those that go first before the others."""

    @property
    def queued_answer(self) -> str:
        """When the first answer that waits in the outbox goes (UTC text), '' for none."""
        return self.queued[0].queued_at or "" if self.queued else ""

    @property
    def times_moved(self) -> int:
        """How often the date that the client was given has moved."""
        return max(0, len(self.promised_dates) - 1)

    def number_of(self, request_id: int) -> str:
        """`R-1050` for an event of a merged duplicate, '' for one of the request itself."""
        return next((f"R-{duplicate.number}" for duplicate in self.merged if duplicate.id == request_id), "")


def read_request(session: Session, request_id: int) -> RequestSnapshot:
    """The snapshot of one request now; raises NotFound."""
    store, now, book = session.store, session.now(), session.directory.policies
    with store.read():
        request = rows.get(store, Request, request_id)
        client = rows.get(store, Client, request.client_id)
        own = threads.events(store, request.id)
        merged = request_links.merged_into(store, request.id)
        theirs = (event for duplicate in merged for event in threads.events(store, duplicate.id))
        # Merged and not sorted: where times are equal the request's own events come first.
        events = merge(own, sorted(theirs, key=lambda event: event.at), key=lambda event: event.at)
        parts = hand_offs.of_request(store, request.id)
        people = client_store.contacts(store, client.id)
        into = request.merged_into_id
        return RequestSnapshot(
            read_at=now,
            request=request,
            client=client,
            health=client_health(store, client, now, session.directory.weights.weights(client)),
            contact=next((c for c in people if c.id == request.contact_id), None) or _main(people),
            promises=tuple(promises.of_client(store, client.id)),
            clocks=clocks.request_clocks(book, request, client.tier, own, now),
            events=tuple(events),
            merged=tuple(merged),
            merged_into=rows.get(store, Request, into) if into is not None else None,
            hand_offs=tuple(sorted(parts, key=lambda part: not handing_off.is_open(part))),
            hand_off_clocks={
                part.id: hand_off_clock.clock_of(book, request, client.tier, part, now) for part in parts
            },
            linked=tuple(_linked(store, request)),
            tasks=tuple(request_links.tasks_of(store, request.id)),
            passes=reassignments_of(own),
            client_passes=reassignments_of_client(store, client.id),
            promised_dates=tuple(_promised_dates(own)),
            queued=tuple(outbox.queued_for(store, request.id)),
        )


def _main(people: list[Contact]) -> Contact | None:
    return next((contact for contact in people if contact.left_on is None), None)


def _linked(store: Store, request: Request) -> list[Linked]:
    """What belongs to a request, each other request once with its plainest link."""
    linked: dict[int, Linked] = {}
    for link in request_links.from_request(store, request.id):
        other = rows.get(store, Request, link.other_id)
        linked.setdefault(other.id, Linked(RELATION_WORDS[link.relation][0], other, link.note))
    for link in request_links.to_request(store, request.id):
        other = rows.get(store, Request, link.request_id)
        linked.setdefault(other.id, Linked(RELATION_WORDS[link.relation][1], other, link.note))
    if request.parent_id is not None and request.parent_id not in linked:
        linked[request.parent_id] = Linked("is part of", rows.get(store, Request, request.parent_id))
    for part in request_links.parts_of(store, request.id):
        linked.setdefault(part.id, Linked("has the part", part))
    return list(linked.values())


def _promised_dates(events: list[RequestEvent]) -> list[PromisedDate]:
    dates: list[PromisedDate] = []
    for event in events:
        promised = detail_of(event).get("promised_at") if event.event_kind == "promise" else None
        if promised and (not dates or dates[-1].promised_at != promised):
            dates.append(PromisedDate(event.at, promised, event.text, event.staff_id))
    return dates
