"""Meetings: planned, moved, held, cancelled, and the invitations that go with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from onewindow.desk.editing import changing
from onewindow.desk.meetings import times
from onewindow.desk.meetings.typed_line import MeetingLine, read_time, said_time
from onewindow.desk.outbox import drafting
from onewindow.desk.requests.client_status import client_zone
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.templates import writing
from onewindow.records.clients import Client, Contact
from onewindow.records.meetings import Meeting, MeetingPerson
from onewindow.records.messages import Message, Template
from onewindow.records.requests import Touch
from onewindow.records.structs import frozen_struct
from onewindow.store import meetings as meeting_store
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local
from onewindow.text.spoken_dates import spoken_time


@frozen_struct
class Planned:
    """A meeting that was stored, and what speaks against its time."""

    meeting: Meeting
    conflicts: tuple[str, ...]


def plan(
    session: Session,
    client: Client,
    line: MeetingLine,
    *,
    contacts: Sequence[Contact] = (),
    colleagues: Iterable[int] = (),
    agenda: str = "",
) -> Planned:
    """Store a meeting that I lead; without persons of the client their main contact comes.

    What speaks against the time is told, not refused: people know more than calendars.
    """
    persons = list(contacts) or [contact for contact in [writing.addressee(session, client)] if contact]
    staff = list(dict.fromkeys((session.me.id, *colleagues)))
    against = times.conflicts(session, client, staff, line.starts_at, line.minutes)
    against = [*said_time(session, client, line.starts_at), *against]
    wanted = Meeting(
        client_id=client.id,
        title=line.title,
        starts_at=line.starts_at,
        minutes=line.minutes,
        form=line.form,
        place=line.place or (client.city if line.form == "visit" else ""),
        staff_id=session.me.id,
        agenda=agenda or client.goal,
    )

    def work(transaction: Transaction) -> Meeting:
        stored = changing.insert_in(session, transaction, wanted)
        _add_people(session, transaction, stored, persons, staff)
        return stored

    label = f"meeting: {client.name}, {line.title}"
    return Planned(session.change(label, work).result, tuple(against))


def add_people(
    session: Session, meeting: Meeting, contacts: Sequence[Contact], colleagues: Iterable[int]
) -> None:
    """Let more people take part; those who do already stay as they are."""
    known = meeting_store.people(session.store, meeting.id)
    persons = [contact for contact in contacts if contact.id not in {person.contact_id for person in known}]
    staff = [
        colleague_id
        for colleague_id in colleagues
        if colleague_id not in {person.staff_id for person in known}
    ]
    for contact in persons:
        if contact.client_id != meeting.client_id:
            raise StoreProblem(f"{contact.name} belongs to another client.")
    session.change(
        f"people of a meeting: {meeting.title}",
        lambda transaction: _add_people(session, transaction, meeting, persons, staff),
    )


def postpone(session: Session, meeting: Meeting, when: str, reason: str) -> Planned:
    """Move a meeting to a time typed in the client's zone, '' for one to be found later; counted either way.

    A message that still waits with the old time is cancelled. Raises StoreProblem for a settled meeting.
    """
    _validate_open(meeting)
    if not reason.strip():
        raise StoreProblem("Say why it moves; who prepares the next one will want to know.")
    client = rows.get(session.store, Client, meeting.client_id)
    values: dict[str, Value] = {
        "postponed": meeting.postponed + 1,
        "reason": reason.strip(),
        "state": "postponed",
    }
    against: list[str] = []
    if when.strip():
        starts_at = read_time(session, client, when)
        values |= {"starts_at": starts_at, "state": "planned"}
        against = times.conflicts(
            session, client, _staff(session, meeting), starts_at, meeting.minutes, but=meeting.id
        )
        against = [*said_time(session, client, starts_at), *against]
    moved = _change(session, meeting, values, f"postponed: {meeting.title}")
    return Planned(moved, tuple(against))


def cancel(session: Session, meeting: Meeting, reason: str) -> Meeting:
    """Call a meeting off, with the reason."""
    _validate_open(meeting)
    if not reason.strip():
        raise StoreProblem("Say why it is cancelled.")
    values: dict[str, Value] = {
        "state": "cancelled",
        "reason": reason.strip(),
    }
    return _change(session, meeting, values, f"cancelled: {meeting.title}")


def held(session: Session, meeting: Meeting, result: str) -> Meeting:
    """Note that a meeting took place and what came of it; it becomes a touch, a visit as a visit."""
    if meeting.state in ("held", "cancelled"):
        raise StoreProblem(f"“{naming.title_of(meeting)}” is {meeting.state} already.")
    if not result.strip():
        raise StoreProblem("Say what came of it; that is what the next brief begins with.")
    persons = [
        person.contact_id for person in meeting_store.people(session.store, meeting.id) if person.contact_id
    ]

    def work(transaction: Transaction) -> Meeting:
        touch = changing.insert_in(
            session,
            transaction,
            Touch(
                client_id=meeting.client_id,
                touch_kind="visit" if meeting.form == "visit" else "meeting",
                text=result.strip(),
                # Held earlier than planned: a touch cannot lie ahead.
                at=min(meeting.starts_at, session.now_text()),
                contact_id=persons[0] if persons else None,
                staff_id=meeting.staff_id or session.me.id,
                direction="out",
                minutes=meeting.minutes,
                postponed=meeting.postponed,
            ),
        )
        values: dict[str, Value] = {"state": "held", "result": result.strip(), "touch_id": touch.id}
        return changing.change_in(session, transaction, meeting, values)

    return session.change(f"held: {meeting.title}", work).result


def invite(session: Session, meeting: Meeting, template: Template | None = None) -> Message:
    """Queue the invitation to the first person of the client, by the outbox; a mail carries the .ics.

    Raises StoreProblem for what keeps it from going, NotFound without a template for meetings.
    """
    if meeting.state != "planned":
        raise StoreProblem(f"“{naming.title_of(meeting)}” is {meeting.state}; there is nothing to invite to.")
    client = rows.get(session.store, Client, meeting.client_id)
    persons = _contacts(session, meeting)
    if not persons:
        raise StoreProblem("Nobody of the client takes part; name somebody first.")
    chosen = template or writing.best(session, "meeting", client)
    filled = writing.render(
        session, chosen, client, contact=persons[0], extra=_places(session, client, meeting, chosen.language)
    )
    message = drafting.drafted(session, client, contact=persons[0], filled=filled)
    problems = drafting.obstacles(session, message)
    if problems:
        raise StoreProblem(problems[0])

    def work(transaction: Transaction) -> Message:
        # An invitation that still waits names the old time.
        _withdraw(session, transaction, meeting)
        stored = changing.insert_in(session, transaction, message)
        transaction.update(meeting, {"message_id": stored.id})
        return stored

    return drafting.queue(session, session.change(f"invitation: {meeting.title}", work).result)


def meeting_text(session: Session, meeting: Meeting) -> str:
    """A meeting in a line: `пт 27.11 15:00 (17:00 there), visit, Казань`; times of mine and of the client."""
    client = rows.get(session.store, Client, meeting.client_id)
    local, there = (
        to_local(meeting.starts_at, session.zone),
        to_local(meeting.starts_at, client_zone(session, client)),
    )
    when = f"{local:%d.%m.%Y %H:%M}"
    if local.utcoffset() != there.utcoffset():
        when += f" ({there:%H:%M} there)"
    if meeting.state == "postponed":
        when = f"no time yet, was {when}"
    parts = [when, f"{meeting.minutes} min", meeting.form.replace("_", " "), meeting.place, meeting.state]
    if meeting.postponed:
        parts.append(f"postponed {meeting.postponed} ×")
    return ", ".join(part for part in parts if part)


def people_text(session: Session, meeting: Meeting) -> tuple[list[str], list[str]]:
    """The names of who comes: from the client, from us."""
    theirs = [contact.name for contact in _contacts(session, meeting)]
    ours = [session.directory.name(staff_id) for staff_id in _staff(session, meeting)]
    return theirs, ours


def _places(session: Session, client: Client, meeting: Meeting, language: str) -> dict[str, str]:
    """What the places of a template for meetings are filled with; the time is that of the client."""
    zone = ZoneInfo(client_zone(session, client))
    local = to_local(meeting.starts_at, zone.key)
    when = spoken_time(local, language, session.now().astimezone(zone))
    return {
        "when": when,
        "promised": when,
        "place": meeting.place,
        "title": meeting.title,
        "agenda": meeting.agenda or meeting.title,
    }


def _contacts(session: Session, meeting: Meeting) -> list[Contact]:
    known = {contact.id: contact for contact in clients.contacts(session.store, meeting.client_id)}
    named = [person.contact_id for person in meeting_store.people(session.store, meeting.id)]
    return [
        known[contact_id] for contact_id in named if contact_id in known and not known[contact_id].left_on
    ]


def _staff(session: Session, meeting: Meeting) -> list[int]:
    named = [person.staff_id for person in meeting_store.people(session.store, meeting.id)]
    return list(dict.fromkeys(staff_id for staff_id in (meeting.staff_id, *named) if staff_id))


def _add_people(
    session: Session,
    transaction: Transaction,
    meeting: Meeting,
    contacts: Sequence[Contact],
    colleagues: Iterable[int],
) -> None:
    for contact in contacts:
        _person(session, transaction, meeting, contact_id=contact.id)
    for staff_id in colleagues:
        _person(session, transaction, meeting, staff_id=staff_id)


def _person(
    session: Session,
    transaction: Transaction,
    meeting: Meeting,
    contact_id: int | None = None,
    staff_id: int | None = None,
) -> None:
    changing.insert_in(
        session,
        transaction,
        MeetingPerson(
            client_id=meeting.client_id, meeting_id=meeting.id, contact_id=contact_id, staff_id=staff_id
        ),
    )


def _change(session: Session, meeting: Meeting, values: dict[str, Value], label: str) -> Meeting:
    def work(transaction: Transaction) -> Meeting:
        _withdraw(session, transaction, meeting)
        return changing.change_in(session, transaction, meeting, values)

    return session.change(label, work).result


def _withdraw(session: Session, transaction: Transaction, meeting: Meeting) -> None:
    """An invitation that waits with a time which no longer holds does not go."""
    message = rows.find(session.store, Message, meeting.message_id) if meeting.message_id else None
    if message is not None and message.state in ("draft", "queued", "failed"):
        drafting.validate_not_sent(session, message)
        transaction.update(message, {"state": "cancelled"})


def _validate_open(meeting: Meeting) -> None:
    if meeting.state in ("held", "cancelled"):
        raise StoreProblem(f"“{naming.title_of(meeting)}” is {meeting.state} already.")
