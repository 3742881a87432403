"""One meeting as an iCalendar file (RFC 5545), as a request to come or as a cancellation (RFC 5546).

The package icalendar writes it, which takes nearly as long to load as a command takes to start: import this
module where a file is written. Times are UTC, so that no zone needs to be described.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import TypeVar

from icalendar import Calendar, Component, Event
from icalendar.prop import vCalAddress, vText

from onewindow.exchange.invitation import Attendee, Invitation
from onewindow.text.clean import clean

C = TypeVar("C", bound=Component)

_PRODUCT = "-//One Window//Meetings//EN"


def calendar_text(invitation: Invitation) -> str:
    """The whole file: lines of 75 octets at most with CRLF ends."""
    calendar = _filled(
        Calendar(),
        ("VERSION", "2.0"),
        ("PRODID", _PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", invitation.method),
    )
    calendar.add_component(_filled(Event(), *_properties(invitation)))
    return calendar.to_ical(sorted=False).decode()


def _properties(invitation: Invitation) -> Iterator[tuple[str, object]]:
    yield "UID", _text(invitation.uid)
    yield "SEQUENCE", invitation.sequence
    yield "DTSTAMP", invitation.stamp.astimezone(UTC)
    yield "DTSTART", invitation.starts_at.astimezone(UTC)
    yield "DTEND", invitation.ends_at.astimezone(UTC)
    yield "SUMMARY", _text(invitation.title)
    if invitation.place:
        yield "LOCATION", _text(invitation.place)
    if invitation.text:
        yield "DESCRIPTION", _text(invitation.text)
    yield "ORGANIZER", _person(invitation.organiser)
    for attendee in invitation.attendees:
        yield "ATTENDEE", _person(attendee, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="TRUE")
    yield "STATUS", "CANCELLED" if invitation.is_cancelled else "CONFIRMED"


def _filled(component: C, *properties: tuple[str, object]) -> C:
    for name, value in properties:
        component.add(name, value)  # pyright: ignore[reportUnknownMemberType]  it takes a value of any type
    return component


class _Text(vText):
    r"""A text as the value of a property, escaped as RFC 5545 says (3.3.11) and no further.

    icalendar takes the two characters `\N` for a line break when it writes, so that `C:\New` would come out
    as two lines; here a backslash is a backslash.
    """

    def to_ical(self) -> bytes:
        """The value as it stands in the file, not folded yet."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def _text(text: str) -> _Text:
    """A text with its lines cleaned, whatever ends them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _Text("\n".join(clean(line) for line in lines))


def _person(person: Attendee, **parameters: str) -> vCalAddress:
    """An address with the name of its person.

    Quotes in a name become single ones, as most calendars do not read what RFC 6868 puts for them; an address
    has no blanks and no controls.
    """
    name = " ".join(clean(person.name).split()).replace('"', "'")
    return vCalAddress(f"mailto:{''.join(clean(person.email).split())}", params={"CN": name, **parameters})
