"""A meeting as an invitation that calendars take."""

from __future__ import annotations

from datetime import timedelta

from onewindow.desk.session.context import Session
from onewindow.exchange.invitation import Attendee, Invitation
from onewindow.records.clients import Contact
from onewindow.records.meetings import Meeting
from onewindow.records.organization import Staff
from onewindow.store import meetings as meeting_store
from onewindow.store import rows
from onewindow.text.dates import parse_utc


def calendar_file(session: Session, meeting: Meeting) -> tuple[str, str]:
    """The meeting as the text of an iCalendar file, and what the file asks for (its METHOD)."""
    from onewindow.exchange.ics import calendar_text  # 36 ms, which only those wait for who write a file

    invitation = invitation_of(session, meeting)
    return calendar_text(invitation), invitation.method


def invitation_of(session: Session, meeting: Meeting) -> Invitation:
    """The meeting for calendars: a request to come, or a cancellation if it is off or has no time.

    Who has no address stands in the description instead. The uid never changes; the sequence goes by the
    record's version, which grows with every change, an undo too, so that a calendar takes the newer one.
    """
    starts_at = parse_utc(meeting.starts_at)
    attendees: list[Attendee] = []
    without: list[str] = []
    for person in meeting_store.people(session.store, meeting.id):
        named = _named(session, person.contact_id, person.staff_id)
        if named is None or person.staff_id == meeting.staff_id:
            continue
        name, email = named
        if "@" in email:
            attendees.append(Attendee(name, email))
        else:
            without.append(name)
    lead = session.directory.staff.get(meeting.staff_id or 0, session.me)
    text = [meeting.agenda, f"+ {', '.join(without)}" if without else ""]
    return Invitation(
        uid=f"meeting-{meeting.id}@onewindow",
        sequence=max(meeting.sequence, meeting.version - 1),
        stamp=parse_utc(meeting.updated_at),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=meeting.minutes),
        title=meeting.title,
        place=meeting.place,
        text="\n".join(part for part in text if part),
        organiser=Attendee(lead.name, session.settings.mail_from or lead.email or f"{lead.login}@localhost"),
        attendees=tuple(attendees),
        is_cancelled=meeting.state in ("cancelled", "postponed"),
    )


def _named(session: Session, contact_id: int | None, staff_id: int | None) -> tuple[str, str] | None:
    if contact_id:
        contact = rows.find(session.store, Contact, contact_id)
        return (contact.name, contact.email) if contact is not None and not contact.left_on else None
    person = rows.find(session.store, Staff, staff_id) if staff_id else None
    return (person.name, person.email) if person is not None else None
