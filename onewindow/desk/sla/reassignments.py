"""How often a request, or anything of a client, was passed from hand to hand."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.sla.event_details import detail_of
from onewindow.records.requests import RequestEvent
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.requests import hand_offs


@frozen_struct
class Reassignments:
    """How often something was passed on: to another person, and to another department."""

    people: int
    departments: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.people + self.departments


def reassignments_of(events: Sequence[RequestEvent]) -> Reassignments:
    """How often one request was passed on, by its events; to be given its first person is no pass."""
    handed = [event for event in events if event.event_kind == "hand_off"]
    # One hand-off logs an event for each of its states and is one pass.
    known = {detail_of(event).get("hand_off_id", str(event.id)) for event in handed}
    return Reassignments(_from_somebody(events), len(known))


def reassignments_of_client(store: Store, client_id: int) -> Reassignments:
    """How often anything of a client was passed on, ever."""
    by_request: dict[int, list[RequestEvent]] = {}
    for event in hand_offs.assignments_of_client(store, client_id):
        by_request.setdefault(event.request_id, []).append(event)
    people = sum(_from_somebody(events) for events in by_request.values())
    return Reassignments(people, hand_offs.count_of_client(store, client_id))


def _from_somebody(events: Sequence[RequestEvent]) -> int:
    """Assignments that took a request from somebody; where an event does not tell, those after the first."""
    given = [event for event in events if event.event_kind == "assign"]
    details = [detail_of(event) for event in given]
    return sum(
        bool(detail["from_id"]) if "from_id" in detail else place > 0 for place, detail in enumerate(details)
    )
