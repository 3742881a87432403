"""One meeting as an iCalendar file (RFC 5545), as a request to come or as a cancellation (RFC 5546).

Written here and not by a package: it is one event with a dozen lines, and what may go wrong (folding by
octets, escaping, quoting of names) is a page of code. Times are UTC, so that no zone needs to be described.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from onewindow.records.values import value_class
from onewindow.text.clean import clean

METHOD_REQUEST, METHOD_CANCEL = "REQUEST", "CANCEL"
_OCTETS = 75
"""A line of a file has so many octets at most, its end not counted (RFC 5545, 3.1)."""


@value_class
class Attendee:
    """Somebody who is asked to come, with an address that can be written to."""

    name: str
    email: str


@value_class
class Invitation:
    """A meeting as calendars take it. Times are aware; `uid` stays, `sequence` grows with each move."""

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    text: str
    organiser: Attendee
    attendees: tuple[Attendee, ...] = ()
    is_cancelled: bool = False

    @property
    def method(self) -> str:
        """What the file asks for."""
        return METHOD_CANCEL if self.is_cancelled else METHOD_REQUEST


def calendar_text(invitation: Invitation) -> str:
    """The whole file: lines of 75 octets at most with CRLF ends."""
    return "".join(f"{part}\r\n" for line in _lines(invitation) for part in folded(line))


def folded(line: str) -> Iterator[str]:
    """A line in parts of 75 octets at most, the further ones begun by a blank; no letter is cut in two."""
    part, used = "", 0
    for letter in line:
        size = len(letter.encode())
        if used + size > _OCTETS:
            yield part
            part, used = " ", 1
        part += letter
        used += size
    yield part


def escaped(text: str) -> str:
    """A text as the value of a property: one line, its special characters behind a backslash."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = "\n".join(clean(line) for line in lines)
    for special in ("\\", ";", ","):
        plain = plain.replace(special, f"\\{special}")
    return plain.replace("\n", "\\n")


def _lines(invitation: Invitation) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//One Window//Meetings//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"METHOD:{invitation.method}"
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(invitation.uid)}"
    yield f"SEQUENCE:{invitation.sequence}"
    yield f"DTSTAMP:{_utc(invitation.stamp)}"
    yield f"DTSTART:{_utc(invitation.starts_at)}"
    yield f"DTEND:{_utc(invitation.ends_at)}"
    yield f"SUMMARY:{escaped(invitation.title)}"
    if invitation.place:
        yield f"LOCATION:{escaped(invitation.place)}"
    if invitation.text:
        yield f"DESCRIPTION:{escaped(invitation.text)}"
    yield f"ORGANIZER;CN={_quoted(invitation.organiser.name)}:mailto:{_address(invitation.organiser)}"
    for attendee in invitation.attendees:
        yield (
            f"ATTENDEE;CN={_quoted(attendee.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
            f":mailto:{_address(attendee)}"
        )
    yield f"STATUS:{'CANCELLED' if invitation.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _quoted(name: str) -> str:
    """A name as a parameter: in quotes, which cannot stand inside of it."""
    plain = " ".join(clean(name).split())
    return '"' + plain.replace('"', "'") + '"'


def _address(attendee: Attendee) -> str:
    """An address as part of a line: without blanks and controls, that no text adds a property."""
    return "".join(clean(attendee.email).split())
