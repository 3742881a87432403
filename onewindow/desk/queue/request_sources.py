"""Requests and hand-offs as things to do: how late they are, why they are here, whom to warn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from onewindow.desk.queue.item_making import ItemMaker
from onewindow.desk.queue.items import Item
from onewindow.desk.requests.advance_notice import warned_for
from onewindow.desk.sla import clocks, hand_off_clock
from onewindow.desk.sla.lateness import lateness_of
from onewindow.metrics.sla.lateness import Lateness, lateness_of_clock, lateness_of_date
from onewindow.records.requests import HandOff, Request, RequestEvent
from onewindow.store import listing, outbox
from onewindow.store.queue import today as sources
from onewindow.text.dates import parse_utc

WARN_SECONDS = 8 * 3600
"""A client is warned when a promised date is a working day away."""

_OWED = {
    "first_response": "no answer yet",
    "next_response": "the client wrote, an answer is owed",
    "resolution": "to be solved",
    "promise": "promised to the client",
    "internal": "with another department",
}


class RequestSource:
    """Makes items of requests and of the parts of them that departments do for each other."""

    def __init__(self, make: ItemMaker) -> None:
        self._make = make

    def of_requests(self, requests: list[Request]) -> list[Item]:
        """The requests with their lateness; their events and clients are read in one go."""
        # One read for all: their tiers decide the clocks.
        self._make.learn_clients({request.client_id for request in requests})
        events = clocks.by_request(sources.events_of(self._make.store, [request.id for request in requests]))
        return [self._request(request, events.get(request.id, [])) for request in requests]

    def _request(self, request: Request, events: list[RequestEvent]) -> Item:
        client = self._make.clients.get(request.client_id)
        queued = self._queued.get(request.id, "")
        lateness = lateness_of(
            self._make.session.directory.policies,
            request,
            client.tier if client else "",
            events,
            self._make.now,
            queued,
        )
        must_warn = self._must_warn(request, events)
        return Item(
            kind="request",
            record=request,
            group="requests",
            client_id=request.client_id,
            title=request.title,
            reason=self._why_request(request, lateness, must_warn),
            lateness=lateness,
            since=request.opened_at,
            client_waits=True,
            whose_id=self._make.whose_id,
            must_warn=must_warn,
            is_covered=self._make.is_covering,
        )

    def _why_request(self, request: Request, lateness: Lateness | None, must_warn: bool) -> str:
        reason = "no time was agreed" if lateness is None else _OWED[lateness.name or "promise"]
        if lateness is not None and lateness.answer_queued_at is not None:
            reason += f", {self._make.moment.queued(lateness.answer_queued_at)}"
        if request.next_actor == "internal":
            reason += f", with {request.department or 'another department'}"
        if must_warn:
            reason += f", warn them: promised for {self._make.moment.moment(request.promised_at)}"
        if request.needs_lead:
            reason += ", a lead is asked"
        return reason

    def _must_warn(self, request: Request, events: list[RequestEvent]) -> bool:
        if not request.promised_at or any(warned_for(event) == request.promised_at for event in events):
            return False
        promised = lateness_of_date(parse_utc(request.promised_at), self._make.now, self._make.calendar)
        return promised.seconds <= WARN_SECONDS

    def of_hand_offs(self, parts: list[HandOff]) -> Iterator[Item]:
        """What colleagues gave this person to do, and what comes back of what was given to them."""
        requests = listing.by_ids(self._make.store, Request, [part.request_id for part in parts])
        self._make.learn_clients({request.client_id for request in requests.values()})
        for part in parts:
            request = requests[part.request_id]
            client = self._make.clients.get(request.client_id)
            clock = hand_off_clock.clock_of(
                self._make.session.directory.policies,
                request,
                client.tier if client else "",
                part,
                self._make.now,
            )
            yield self._make.timed(
                part, "hand-offs", part.what, self._why_part(part), lateness_of_clock(clock), part.asked_at
            )

    def _why_part(self, part: HandOff) -> str:
        if part.state in ("ready", "returned"):
            said = f": {part.answer}" if part.answer else ""
            verb = "has done it" if part.state == "ready" else "returned it"
            return f"{part.department or part.target} {verb}{said}"
        asker = self._make.session.directory.surname(part.asked_by_id)
        return f"asked by {asker}" if asker else "asked of you"

    @cached_property
    def _queued(self) -> Mapping[int, str]:
        """When queued answers to requests go, by request id."""
        return outbox.queued_answers(self._make.store)
