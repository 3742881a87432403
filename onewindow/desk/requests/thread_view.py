"""The thread of a request, before a face draws it: what happened and who said what, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.requests.assignment import RequestSnapshot
from onewindow.desk.session.context import Session
from onewindow.desk.sla.event_details import detail_of, is_noted_by_clock
from onewindow.desk.window.panels.when import When, when_at
from onewindow.records.event_order import went_back
from onewindow.records.messages import Message
from onewindow.records.requests import RequestEvent
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import parse_utc
from onewindow.text.layout.cells import Tone

_WORDS = {
    "opened": "opened",
    "client_message": "said",
    "reply": "answered",
    "note": "internal note",
    "wait_client": "waits for the client",
    "resume": "goes on",
    "no_answer_needed": "no answer needed",
    "thanks": "thanks",
    "resolve": "resolved",
    "decline": "declined",
    "reopen": "opened again",
    "hand_off": "handed off",
    "policy": "new terms",
    "link": "linked",
    "merge": "merged",
}
_BY_CLIENT = ("client_message", "thanks")
_QUIET = ("note", "assign", "policy", "link", "merge", "resume")
_INTERNAL = ("note",)


@frozen_struct
class Entry:
    """One thing of the thread: when, who, what it was, and its text (raw, perhaps of several lines)."""

    moment: str
    who: str
    what: str
    text: str
    is_internal: bool
    tone: Tone
    is_opening: bool = False
    """Whether the request itself began with it, and no duplicate that was merged in."""

    @property
    def is_quiet(self) -> bool:
        """Whether it only tells who does what, and nothing that anybody said."""
        return self.tone == "dim" and not self.is_internal


def thread(session: Session, snapshot: RequestSnapshot) -> list[Entry]:
    """What happened, the oldest first; what happened in a merged duplicate carries its number.

    Last come the answers that wait in the outbox.
    """
    moment = when_at(session, snapshot.read_at)
    own = (event for event in snapshot.events if not snapshot.number_of(event.request_id))
    # What a file told stands as it told it: no clock of ours noted that.
    set_back = {event.id for event, _ in went_back(own) if is_noted_by_clock(event)}
    entries = [
        _entry(session, snapshot, moment, event, is_set_back=event.id in set_back)
        for event in snapshot.events
        if not _is_echo(snapshot, event)
    ]
    return [*entries, *(_queued_entry(session, moment, message) for message in snapshot.queued)]


def _entry(
    session: Session, snapshot: RequestSnapshot, moment: When, event: RequestEvent, *, is_set_back: bool
) -> Entry:
    number = snapshot.number_of(event.request_id)
    what = _what(session, moment, event) + (" (the clock went back)" if is_set_back else "")
    by_client = event.event_kind in _BY_CLIENT
    who = (snapshot.contact.name if snapshot.contact else "client") if by_client else ""
    return Entry(
        moment=moment.moment(event.at),
        who=who or session.directory.surname(event.staff_id) or _somebody(event),
        what=f"{number} {what}" if number else what,
        text="" if event.event_kind == "opened" and not number and not event.text else event.text,
        is_internal=event.event_kind in _INTERNAL,
        tone="dim" if event.event_kind in _QUIET else "",
        is_opening=event.event_kind == "opened" and not number,
    )


def _somebody(event: RequestEvent) -> str:
    """Who did what nobody is named for: a client asks, we do all else, also by a file of another program."""
    return "client" if event.event_kind == "opened" else "us"


def _queued_entry(session: Session, moment: When, message: Message) -> Entry:
    goes_at = message.queued_at or message.updated_at
    return Entry(
        moment=moment.moment(goes_at),
        who=session.directory.surname(message.staff_id),
        what=moment.queued(parse_utc(goes_at)),
        text=message.text,
        is_internal=False,
        tone="warn",
    )


def _is_echo(snapshot: RequestSnapshot, event: RequestEvent) -> bool:
    """Whether an event only says again what a merge has brought together."""
    # Ids as text: in the detail of an event they are JSON texts.
    merged = {str(duplicate.id): duplicate for duplicate in snapshot.merged}
    if event.event_kind == "client_message":
        return str(detail_of(event).get("request_id", "")) in merged
    duplicate = merged.get(str(event.request_id))
    return duplicate is not None and (
        event.event_kind == "merge" or (event.event_kind == "resolve" and event.at == duplicate.resolved_at)
    )


def _what(session: Session, moment: When, event: RequestEvent) -> str:
    detail = detail_of(event)
    match event.event_kind:
        case "assign":
            given = str(detail.get("to_id") or "")
            if given == str(event.staff_id):
                return "took it"
            return f"gave it to {session.directory.surname(int(given))}" if given.isdigit() else "assigned"
        case "promise":
            return f"promised for {moment.moment(detail.get('promised_at'))}"
        case "hand_off" if detail.get("state"):
            return f"{detail.get('department', '')} {detail['state']}".strip()
        case _:
            return _WORDS[event.event_kind]


def entry_lines(entries: list[Entry]) -> Iterator[tuple[str, str, Tone]]:
    """Label, text and tone of each line of the thread; an internal note says so in words."""
    for entry in entries:
        said = f"{entry.who}: {entry.what}" if entry.who else entry.what
        text = f"{said}: {entry.text}" if entry.text else said
        yield entry.moment, text, entry.tone
