"""A meeting as calendars take it: what a calendar file says, apart from the package that writes one."""

from __future__ import annotations

from datetime import datetime

from onewindow.records.structs import frozen_struct

METHOD_REQUEST, METHOD_CANCEL = "REQUEST", "CANCEL"


@frozen_struct
class Attendee:
    """Somebody who is asked to come, with an address that can be written to."""

    name: str
    email: str


@frozen_struct
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
