"""Announcements: whom one reaches and why others are left out, deliveries, messages in the outbox.

Nobody is written to without consent for the purpose and channel, unless it is a service message: that is
looked at for the preview, when deliveries are queued, when messages are made, and when one is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Literal

from onewindow.desk.announcements.message_texts import Wording
from onewindow.desk.outbox import drafting
from onewindow.desk.outbox.quiet_hours import goes_at
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Announcement, Delivery
from onewindow.records.clients import Client, Consent, Contact
from onewindow.records.messages import Message
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.announcements import announcement_records
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import utc_text
from onewindow.text.plural import counted

LeftOut = Literal["", "has it", "skipped", "declined", "nobody", "no address", "no consent", "no text"]
LEFT_OUT: Mapping[LeftOut, str] = {
    "has it": "have it already",
    "skipped": "were skipped before",
    "declined": "declined another announcement of this product in the last half year",
    "nobody": "have nobody on the card to tell it to",
    "no address": "have no address for this channel",
    "no consent": "gave no consent for this channel, or took it back",
    "no text": "speak a language in which there is no text",
}
"""Why clients of an audience are left out, in words for a count."""
DECLINED_DAYS = 180
"""Who declined an announcement of a product is left alone with it for so long."""
_NAMED = 5


@frozen_struct
class Reach:
    """One client of an audience: whom it goes to, or why they are left out."""

    client: Client
    contact: Contact | None
    why: LeftOut


@frozen_struct
class Audience:
    """An audience counted: all, those reached, and the others by reason with the first few of their names."""

    total: int
    reached: int
    left_out: Mapping[LeftOut, int]
    named: Mapping[LeftOut, Sequence[str]]
    waiting: int
    """How many of those reached are in their quiet hours now, so that it goes later."""


@frozen_struct
class Queued:
    """What came of queueing: new deliveries, and who was left out."""

    added: int
    left_out: Mapping[LeftOut, int]


@frozen_struct
class PutOut:
    """What came of sending: messages in the outbox, what stays by obstacle, and what people must tell."""

    messages: int
    held: Mapping[str, int]
    by_hand: int


def is_by_hand(announcement: Announcement) -> bool:
    """Whether people must tell it: no message goes by its channel."""
    return announcement.channel in announcement_records.TOLD_BY_HAND


def reaches(session: Session, announcement: Announcement) -> Iterator[Reach]:
    """Everybody in the audience of an announcement with what it would do, by client id.

    Read some hundred at a time. Raises FilterProblem for an audience that cannot be read.
    """
    wording = Wording(session, announcement)
    ids = membership.member_ids(session, announcement.audience)
    # In chunks: an audience may be the whole file, and one write must stay short.
    while chunk := list(islice(ids, announcement_records.AT_ONCE)):
        yield from _reaches_of(session, announcement, wording, chunk)


def reach_of(session: Session, announcement: Announcement, client_id: int) -> Reach | None:
    """What an announcement would do with one client; None if they are not in its audience."""
    if not membership.matches(session, announcement.audience, client_id):
        return None
    return _reaches_of(session, announcement, Wording(session, announcement), [client_id])[0]


def audience(session: Session, announcement: Announcement) -> Audience:
    """The whole audience counted; nothing is written."""
    total = reached = waiting = 0
    left: Counter[LeftOut] = Counter()
    named: dict[LeftOut, list[str]] = {}
    hours = _Hours(session, announcement.purpose)
    for reach in reaches(session, announcement):
        total += 1
        if not reach.why:
            reached += 1
            waiting += not is_by_hand(announcement) and hours.waits(reach.client)
            continue
        left[reach.why] += 1
        names = named.setdefault(reach.why, [])
        if len(names) < _NAMED:
            names.append(reach.client.name)
    return Audience(total, reached, left, named, waiting)


def queue(session: Session, announcement: Announcement) -> Queued:
    """Make a delivery for everybody whom an announcement reaches and who has none yet.

    Done again it adds those who came since. Clients are stored some hundred at a time, each such step one
    undo. Raises StoreProblem or FilterProblem.
    """
    added, left = 0, Counter[LeftOut]()
    everybody = reaches(session, announcement)
    while chunk := list(islice(everybody, announcement_records.AT_ONCE)):
        reached = [reach for reach in chunk if not reach.why]
        left.update(reach.why for reach in chunk if reach.why)
        if reached:
            added += _store(session, announcement.id, reached)
    return Queued(added, left)


def put_out(session: Session, announcement: Announcement) -> PutOut:
    """Put a message into the outbox for each delivery that waits; those told by hand stay with the owners.

    What cannot be sent stays queued and is counted with its reason. Raises StoreProblem for a reader.
    """
    if is_by_hand(announcement):
        return PutOut(0, {}, announcement_records.counts(session.store, announcement.id).get("queued", 0))
    wording, hours = Wording(session, announcement), _Hours(session, announcement.purpose)
    after, messages, held = 0, 0, Counter[str]()
    # By id and not by offset: rows leave the queue while it is walked.
    while page := announcement_records.queued(session.store, announcement.id, after):
        after = page[-1].id
        ready: list[tuple[Delivery, Message]] = []
        people = {
            client.id: client
            for client in announcement_records.clients(session.store, [d.client_id for d in page])
        }
        for delivery in page:
            outcome = _message(session, announcement, wording, delivery, people[delivery.client_id])
            if isinstance(outcome, str):
                held[outcome] += 1
            else:
                at = hours.goes_at(people[delivery.client_id])
                ready.append((delivery, outcome.with_changes({"state": "queued", "queued_at": at})))
        if ready:
            messages += _store_messages(session, announcement, ready)
    return PutOut(messages, held, 0)


def text_for(session: Session, announcement: Announcement, client: Client) -> Message:
    """The message a client would get, not stored; raises StoreProblem where there is no text for them."""
    reach = _reaches_of(session, announcement, Wording(session, announcement), [client.id])[0]
    message = _worded(session, announcement, Wording(session, announcement), client, reach.contact)
    if message is None:
        raise StoreProblem(f"There is no text of “{announcement.title}” in the language of {client.name}.")
    return message


def _reaches_of(
    session: Session, announcement: Announcement, wording: Wording, client_ids: Sequence[int]
) -> list[Reach]:
    store = session.store
    with store.read():
        has = announcement_records.of_clients(store, announcement.id, client_ids)
        since = utc_text(session.now() - timedelta(days=DECLINED_DAYS))
        declined = announcement_records.declined_by(
            store, client_ids, announcement.product_id, announcement.id, since
        )
        contacts, consents = announcement_records.people(store, client_ids)
        known = announcement_records.clients(store, client_ids)
    outcomes: list[Reach] = []
    for client in known:
        delivery = has.get(client.id)
        if delivery is not None:
            outcomes.append(Reach(client, None, "skipped" if delivery.archived_at else "has it"))
        elif client.id in declined:
            outcomes.append(Reach(client, None, "declined"))
        else:
            outcomes.append(
                _whom(announcement, wording, client, contacts.get(client.id, ()), consents.get(client.id, ()))
            )
    return outcomes


def _whom(
    announcement: Announcement,
    wording: Wording,
    client: Client,
    contacts: Sequence[Contact],
    consents: Iterable[Consent],
) -> Reach:
    """The first person of a client who can be told, else what keeps the first one from it."""
    first: LeftOut = "nobody"
    for contact in contacts:
        why = _obstacle(announcement, wording, contact, consents)
        if not why:
            return Reach(client, contact, "")
        # The main contact comes first: what keeps that one is what to mend.
        first = why if first == "nobody" else first
    return Reach(client, contacts[0] if contacts else None, first)


def _obstacle(
    announcement: Announcement, wording: Wording, contact: Contact, consents: Iterable[Consent]
) -> LeftOut:
    if not _address(contact, announcement.channel):
        return "no address"
    if announcement.purpose != "service":
        consent = drafting.decision(consents, contact.id, announcement.purpose, announcement.channel)
        if consent is None or consent.state != "given":
            return "no consent"
    return "" if wording.speaks(contact.language) else "no text"


def _address(contact: Contact, channel: str) -> str:
    if channel == "phone":
        return contact.phone or contact.phone_2
    return drafting.recipient_of(contact, channel) if channel in drafting.CARRIED else contact.name


def _store(session: Session, announcement_id: int, reached: Sequence[Reach]) -> int:
    def work(transaction: Transaction) -> int:
        current = rows.get(transaction.store, Announcement, announcement_id)
        # Somebody else may have queued the same audience since it was read.
        has = announcement_records.of_clients(
            transaction.store, announcement_id, [reach.client.id for reach in reached]
        )
        fresh = [reach for reach in reached if reach.client.id not in has]
        for reach in fresh:
            transaction.insert(
                Delivery(
                    client_id=reach.client.id,
                    announcement_id=announcement_id,
                    contact_id=reach.contact.id if reach.contact else None,
                    at=transaction.at,
                )
            )
        if fresh and current.state != "sending":
            transaction.update(current, {"state": "sending", "sent_on": None})
        transaction.relabel(f"queued for {counted(len(fresh), 'client')}: {current.title}")
        return len(fresh)

    return session.change("queued deliveries", work).result


def _store_messages(
    session: Session, announcement: Announcement, ready: Sequence[tuple[Delivery, Message]]
) -> int:
    def work(transaction: Transaction) -> int:
        count = 0
        for before, message in ready:
            delivery = rows.get(transaction.store, Delivery, before.id)
            # Another program may have put it out, or told it, since the page was read.
            if delivery.state != "queued" or delivery.message_id or delivery.archived_at:
                continue
            stored = transaction.insert(message)
            transaction.update(delivery, {"message_id": stored.id, "staff_id": message.staff_id})
            count += 1
        return count

    return session.change(f"into the outbox: {len(ready)} of {announcement.title}", work).result


def _message(
    session: Session, announcement: Announcement, wording: Wording, delivery: Delivery, client: Client
) -> Message | str:
    """The message of a delivery, or the first obstacle."""
    contact = rows.find(session.store, Contact, delivery.contact_id) if delivery.contact_id else None
    message = _worded(session, announcement, wording, client, contact)
    if message is None:
        return LEFT_OUT["no text"]
    obstacles = drafting.obstacles(session, message)
    if not obstacles:
        return message
    return LEFT_OUT["no consent"] if drafting.consent_problem(session, message) else obstacles[0]


def _worded(
    session: Session, announcement: Announcement, wording: Wording, client: Client, contact: Contact | None
) -> Message | None:
    filled = wording.filled(client, contact)
    if filled is None:
        return None
    message = drafting.drafted(
        session,
        client,
        contact=contact,
        channel=announcement.channel,
        purpose=announcement.purpose,
        filled=filled,
    )
    return message.with_changes({"template_id": filled.template_id or None})


class _Hours:
    """When messages of a purpose may go, worked out once for all clients of one zone and tier."""

    def __init__(self, session: Session, purpose: str) -> None:
        self._session = session
        self._purpose = purpose
        self._now = session.now_text()
        self._known: dict[tuple[str, str], str] = {}

    def goes_at(self, client: Client) -> str:
        """The first instant (UTC text) at which it may go to a client."""
        key = client.time_zone, client.tier
        if key not in self._known:
            self._known[key] = utc_text(goes_at(self._session, client, self._purpose))
        return self._known[key]

    def waits(self, client: Client) -> bool:
        """Whether it would wait."""
        return self.goes_at(client) > self._now
