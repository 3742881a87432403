"""The warnings of this moment: whose requests come near their deadline, and who is notified of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from onewindow.desk.people.absences import covered_by_me, is_there
from onewindow.desk.session.context import Session
from onewindow.desk.sla.clocks import by_request, history_of
from onewindow.metrics.policies.working_time import epoch_second
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.metrics.sla.warnings import Alert, alert_of, first_who_is_here
from onewindow.records.absences import deputy_on
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, RequestEvent
from onewindow.records.structs import frozen_struct
from onewindow.store import outbox
from onewindow.store.queue import today as sources


@frozen_struct
class RequestWarning:
    """One warning: of which request, how urgent, to whom, and why to them."""

    request: Request
    client: str
    alert: Alert
    person_id: int | None
    because: str
    answer_queued_at: str = ""
    """When a reply goes out that waits in the outbox (UTC text), '' for none."""

    @property
    def clock(self) -> Clock:
        """The clock that warns."""
        return self.alert.clock


def my_warnings(session: Session) -> list[RequestWarning]:
    """What this person is to be warned of: their own, and what falls to them as a deputy or a lead."""
    me = session.me.id
    people: list[int | None] = [me, *(person.id for person in covered_by_me(session))]
    if session.me.role == "lead":
        # Leads look at everybody's, since they are warned where nobody else of the chain is here.
        people = [None, *_live_staff(session)]
    return [warning for warning in _warnings(session, people) if warning.person_id == me]


def team_warnings(session: Session) -> list[RequestWarning]:
    """All warnings of this moment, whoever gets them."""
    return _warnings(session, [None, *_live_staff(session)])


def _live_staff(session: Session) -> list[int]:
    return [person.id for person in session.directory.staff.values() if person.archived_at is None]


def _warnings(session: Session, people: Iterable[int | None]) -> list[RequestWarning]:
    store, now = session.store, session.now()
    with store.read():
        due = [request for person in people for request in sources.due_requests(store, person)]
        clients = sources.clients_seen(store, {request.client_id for request in due})
        events = by_request(sources.events_of(store, [request.id for request in due]))
        queued = outbox.queued_answers(store)
    warned: list[RequestWarning] = []
    for request in due:
        client = clients[request.client_id]
        alert = _alert(session, request, client.tier, events.get(request.id, ()), now)
        if alert is not None:
            person, because = _recipient(session, request, client)
            goes_at = queued.get(request.id, "")
            warned.append(RequestWarning(request, client.name, alert, person, because, goes_at))
    return sorted(
        warned, key=lambda warning: (-warning.alert.level, warning.clock.remaining_s or 0, warning.request.id)
    )


def _alert(
    session: Session, request: Request, tier: str, events: Sequence[RequestEvent], now: datetime
) -> Alert | None:
    second = epoch_second(now)
    history = history_of(session.directory.policies, request, tier, events, second)
    return alert_of(history.read(second), history.policy.calendar, now) if history else None


def _recipient(session: Session, request: Request, client: sources.ClientSeen) -> tuple[int | None, str]:
    """Who is notified: the one who works on it, else their deputy, else a lead."""
    staff = session.directory.staff
    owner = staff.get(request.assignee_id or client.owner_id or 0)
    deputies = (client.deputy_id, deputy_on(owner, session.today().isoformat()) if owner else None)
    chain = [(owner.id if owner else None, "their request")]
    chain += [(staff_id, f"deputy of {owner.name}" if owner else "deputy") for staff_id in deputies]
    person = _first_here(session, [staff_id for staff_id, _ in chain])
    if person is None:
        # Only now: a search for leads reads everybody.
        chain = [(lead.id, "lead; nobody else is here") for lead in leads_for(session, owner)]
        person = _first_here(session, [staff_id for staff_id, _ in chain])
    return person, next((because for staff_id, because in chain if staff_id == person), "nobody is here")


def _first_here(session: Session, people: Sequence[int | None]) -> int | None:
    return first_who_is_here((staff_id, is_there(session, staff_id)) for staff_id in people)


def leads_for(session: Session, owner: Staff | None) -> list[Staff]:
    """The leads, those of the owner's office first."""
    office = owner.office if owner else session.me.office
    leads = [person for person in session.directory.staff.values() if person.role == "lead"]
    return sorted(leads, key=lambda person: (person.office != office, person.name))
