"""The warnings of this moment: whose requests come near their term, and who is to be told of each."""

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
class Warned:
    """One warning: of which request, how urgent, to whom, and why to him."""

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


def my_warnings(session: Session) -> list[Warned]:
    """What this person is to be warned of: his own, and what falls to him as a deputy or a lead."""
    me = session.me.id
    people: list[int | None] = [me, *(person.id for person in covered_by_me(session))]
    if session.me.role == "lead":
        people = [None, *_live_staff(session)]
    return [each for each in _warnings(session, people) if each.person_id == me]


def team_warnings(session: Session) -> list[Warned]:
    """All warnings of this moment, whoever gets them."""
    return _warnings(session, [None, *_live_staff(session)])


def _live_staff(session: Session) -> list[int]:
    return [person.id for person in session.directory.staff.values() if person.archived_at is None]


def _warnings(session: Session, people: Iterable[int | None]) -> list[Warned]:
    store, now = session.store, session.now()
    with store.read():
        found = [each for person in people for each in sources.due_requests(store, person)]
        clients = sources.clients_seen(store, {each.client_id for each in found})
        events = by_request(sources.events_of(store, [each.id for each in found]))
        queued = outbox.queued_answers(store)
    warned: list[Warned] = []
    for request in found:
        client = clients[request.client_id]
        alert = _alert(session, request, client.tier, events.get(request.id, ()), now)
        if alert is not None:
            person, because = _recipient(session, request, client)
            goes_at = queued.get(request.id, "")
            warned.append(Warned(request, client.name, alert, person, because, goes_at))
    return sorted(warned, key=lambda each: (-each.alert.level, each.clock.remaining_s or 0, each.request.id))


def _alert(
    session: Session, request: Request, tier: str, events: Sequence[RequestEvent], now: datetime
) -> Alert | None:
    second = epoch_second(now)
    history = history_of(session.directory.policies, request, tier, events, second)
    return alert_of(history.read(second), history.policy.calendar, now) if history else None


def _recipient(session: Session, request: Request, client: sources.ClientSeen) -> tuple[int | None, str]:
    """Who is told: the one who works on it, else his deputy, else a lead."""
    staff = session.directory.staff
    owner = staff.get(request.assignee_id or client.owner_id or 0)
    deputies = (client.deputy_id, deputy_on(owner, session.today().isoformat()) if owner else None)
    chain = [(owner.id if owner else None, "their request")]
    chain += [(each, f"deputy of {owner.name}" if owner else "deputy") for each in deputies]
    person = _first_here(session, [each for each, _ in chain])
    if person is None:
        # Only now: a search for leads reads everybody.
        chain = [(each.id, "lead; nobody else is here") for each in leads_for(session, owner)]
        person = _first_here(session, [each for each, _ in chain])
    return person, next((because for each, because in chain if each == person), "nobody is here")


def _first_here(session: Session, people: Sequence[int | None]) -> int | None:
    return first_who_is_here((each, is_there(session, each)) for each in people)


def leads_for(session: Session, owner: Staff | None) -> list[Staff]:
    """The leads, those of the owner's office first."""
    office = owner.office if owner else session.me.office
    leads = [person for person in session.directory.staff.values() if person.role == "lead"]
    return sorted(leads, key=lambda person: (person.office != office, person.name))
