"""Meetings with clients: when, where, with whom, about what, and how often they were put off."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.fields import Record, attribute, record

MeetingForm = Literal["visit", "online", "at_ours"]
MeetingState = Literal["planned", "held", "postponed", "cancelled"]


@record
class Meeting(Record):
    """One meeting. A postponed one has no new time yet; one that got a new time is planned again."""

    kind: ClassVar[str] = "meeting"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    title: str = attribute("subject", required=True)
    starts_at: str = attribute("when", "time", when="soon", required=True)
    minutes: int = attribute("minutes", "number", default=60)
    form: MeetingForm = attribute("form", "choice", default="visit", choices=get_args(MeetingForm))
    place: str = attribute("place or link", limit=1000)
    staff_id: int | None = attribute("who leads it", "reference", refers="staff")
    agenda: str = attribute("agenda", "long_text")
    state: MeetingState = attribute(
        "state", "choice", default="planned", choices=get_args(MeetingState), later=True
    )
    postponed: int = attribute("times postponed", "number", default=0, derived=True)
    sequence: int = attribute("version of the invitation", "number", default=0, derived=True)
    """Of invitations that older programs sent; since then it is the record's own version that grows."""
    reason: str = attribute("why it moved", later=True)
    result: str = attribute("what came of it", "long_text", later=True)
    touch_id: int | None = attribute("the touch", "reference", refers="touch", derived=True)
    message_id: int | None = attribute("the invitation", "reference", refers="message", derived=True)


@record
class MeetingPerson(Record):
    """Somebody who takes part in a meeting: a person of the client, or one of us."""

    kind: ClassVar[str] = "meeting_person"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    meeting_id: int = attribute("meeting", "reference", refers="meeting", required=True, default=0)
    contact_id: int | None = attribute("person of the client", "reference", refers="contact")
    staff_id: int | None = attribute("one of us", "reference", refers="staff")
    note: str = attribute("note")
