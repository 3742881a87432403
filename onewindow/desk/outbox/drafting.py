"""The outbox: messages are drafted, looked at, queued or cancelled; `desk.messages` hands them over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from onewindow.desk.editing import changing
from onewindow.desk.outbox.quiet_hours import goes_at
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.templates import writing
from onewindow.records.clients import Channel, Client, Consent, Contact
from onewindow.records.messages import Message, MessagePurpose
from onewindow.records.requests import Request
from onewindow.store import history, rows
from onewindow.store import outbox as outbox_store
from onewindow.store.clients import cards as clients
from onewindow.store.outbox import MessageTry
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean
from onewindow.text.dates import parse_utc, utc_text
from onewindow.text.identifiers.mail_addresses import email_problem, messenger_problem, sms_problem
from onewindow.text.identifiers.phones import normalise_phone

CARRIED: tuple[Channel, ...] = ("email", "messenger", "sms")
"""The channels that a message can go by."""

_ADVERTISING: dict[str, MessagePurpose] = {
    "announcement": "newsletter",
    "survey": "survey",
    "offer": "marketing",
}
"""What a template is used for -> the purpose that needs a consent; all others are service messages."""

STALE_TRY = timedelta(minutes=15)
"""After this time a try without an end was left behind by a program that stopped."""


def recipient_of(contact: Contact, channel: str) -> str:
    """The address, name or number of a person in a channel, '' if it is not known."""
    return {"email": contact.email, "messenger": contact.messenger, "sms": contact.phone}.get(channel, "")


def channel_of(contact: Contact | None) -> Channel:
    """The channel to write by: the preferred one if it can be used, else the first that can."""
    if contact is None:
        return "email"
    wanted: tuple[Channel, ...] = (contact.preferred_channel, *CARRIED)
    for channel in wanted:
        if channel in CARRIED and recipient_of(contact, channel):
            return channel
    return "email"


def drafted(
    session: Session,
    client: Client,
    text: str = "",
    *,
    subject: str = "",
    request: Request | None = None,
    contact: Contact | None = None,
    channel: Channel | None = None,
    purpose: MessagePurpose | None = None,
    filled: writing.FilledTemplate | None = None,
) -> Message:
    """A message that is not stored yet, from a text or filled template, to who asked or the main contact."""
    person = contact or writing.addressee(session, client, request)
    way = channel or channel_of(person)
    if filled is not None:
        text, subject = text or filled.text, subject or filled.subject
    if purpose is None:
        purpose = _ADVERTISING.get(filled.purpose, "service") if filled else "service"
    if not subject and request is not None:
        subject = f"R-{request.number}: {request.title}"
    return Message(
        client_id=client.id,
        contact_id=person.id if person else None,
        request_id=request.id if request else None,
        template_id=filled.template_id if filled else None,
        staff_id=session.me.id,
        channel=way,
        purpose=purpose,
        recipient=recipient_of(person, way) if person else "",
        subject=subject if way == "email" else "",
        text=text,
    )


def draft(session: Session, message: Message) -> Message:
    """Store a message as a draft, to be looked at before it goes."""
    return changing.insert(session, message)


def draft_from_template(
    session: Session, purpose: str, client: Client, request: Request | None = None
) -> Message:
    """Store a draft made from the template that fits a purpose best; raises NotFound if there is none."""
    template = writing.best(session, purpose, client, request)
    filled = writing.render(session, template, client, request)
    return draft(session, drafted(session, client, request=request, filled=filled))


def obstacles(session: Session, message: Message) -> list[str]:
    """Why a message cannot go out, one sentence each; [] if it can."""
    return list(_obstacles(session, message))


def queue(session: Session, message: Message, *, at_night: bool = False) -> Message:
    """Let a draft, a failed or a cancelled message go out as soon as it may, and say by `queued_at` when.

    Quiet hours put it off, unless it is a service message and `at_night` says that it cannot wait. Raises
    StoreProblem with the first obstacle; an obstacle of consent is never passed over.
    """
    if message.state in ("queued", "sent"):
        raise StoreProblem(f"{_called(message)} is {message.state} already.")
    validate_not_sent(session, message)
    problems = obstacles(session, message)
    if problems:
        raise StoreProblem(problems[0])
    client = rows.get(session.store, Client, message.client_id)
    # Advertising never wakes anybody, whoever says so.
    may_wake = at_night and message.purpose == "service"
    at = session.now() if may_wake else goes_at(session, client, message.purpose)
    values = {"state": "queued", "queued_at": utc_text(at), "error": ""}
    return changing.change(session, message, values, f"queued: {naming.title_of(message)}")


def cancel(session: Session, message: Message) -> Message:
    """Keep a message from going out; raises StoreProblem if it went, or goes just now."""
    if message.state not in ("draft", "queued", "failed"):
        raise StoreProblem(f"{_called(message)} is {message.state} already.")
    validate_not_sent(session, message)
    return changing.change(session, message, {"state": "cancelled"}, f"cancelled: {naming.title_of(message)}")


def validate_not_sent(session: Session, message: Message) -> None:
    """Raise StoreProblem for a message that left this house, or that is being handed over just now."""
    last = last_try(session, message)
    if last is not None and last.outcome == "sent":
        raise StoreProblem(f"{_called(message)} was sent at {last.ended_at}; write a new one.")
    if last is not None and is_running(session, last):
        raise StoreProblem(
            f"{_called(message)} is being sent just now by {last.login}; try again in a moment."
        )


def last_try(session: Session, message: Message) -> MessageTry | None:
    """The newest try to hand a message over."""
    attempts = outbox_store.tries(session.store, message.id)
    return attempts[-1] if attempts else None


def is_running(session: Session, last: MessageTry) -> bool:
    """Whether a try was begun so lately that somebody may be at it."""
    return last.outcome == "started" and session.now() - parse_utc(last.started_at) < STALE_TRY


def consent_problem(session: Session, message: Message) -> str:
    """Why a message may not be sent for want of consent, '' if it may; service messages always may.

    The newest decision of the person for that purpose and channel counts, one for the whole client if they
    made none; of two on one day a refusal counts.
    """
    if message.purpose == "service":
        return ""
    known = clients.consents(session.store, message.client_id)
    consent = decision(known, message.contact_id, message.purpose, message.channel)
    whom = naming.label(session, "contact", message.contact_id) or naming.label(
        session, "client", message.client_id
    )
    what = f"{message.purpose} by {message.channel}"
    if consent is None:
        return f"{clean(whom)} gave no consent to {what}; record one with its source before sending."
    if consent.state != "given":
        return f"{clean(whom)} has {consent.state} {what} on {consent.decided_on}; it is not sent."
    return ""


def decision(
    consents: Iterable[Consent], contact_id: int | None, purpose: str, channel: str
) -> Consent | None:
    """The decision of a client's person that counts for a purpose and channel; None where there is none.

    It is the person's newest one, else the newest of the whole client; of two on one day it is the refusal.
    """
    known = [consent for consent in consents if consent.purpose == purpose and consent.channel == channel]
    own = [consent for consent in known if contact_id and consent.contact_id == contact_id]
    counted = own or [consent for consent in known if consent.contact_id is None]
    if not counted:
        return None
    newest = max(consent.decided_on for consent in counted)
    last = [consent for consent in counted if consent.decided_on == newest]
    # Of two on one day nobody knows which came last: the safe one counts.
    return next((consent for consent in last if consent.state != "given"), last[0])


def _obstacles(session: Session, message: Message) -> Iterator[str]:
    if message.channel not in CARRIED:
        yield f"A message cannot go by {message.channel}; choose email, messenger or sms."
    if not message.text.strip():
        yield "The message is empty."
    empty = writing.still_empty(message.subject, message.text)
    if empty:
        yield f"Fill in {', '.join(f'⟨{name}⟩' for name in empty)} first."
    if message.channel == "email" and not message.subject.strip():
        yield "A mail needs a subject."
    if not message.recipient.strip():
        yield f"There is no {_ADDRESS_WORDS.get(message.channel, 'address')} to send it to."
    elif problem := _ADDRESS_PROBLEMS.get(message.channel, email_problem)(address_of(session, message)):
        what = _ADDRESS_WORDS.get(message.channel, "address")
        yield f"“{clean(message.recipient.strip())}” is no {what}: {problem}."
    client = rows.get(session.store, Client, message.client_id)
    if client.archived_at:
        yield f"{clean(client.name)} is archived; restore the client, or cancel the message."
    contact = rows.find(session.store, Contact, message.contact_id) if message.contact_id else None
    if contact is not None and contact.archived_at:
        yield f"{clean(contact.name)} was taken off the client's people; write to somebody else."
    if contact is not None and contact.left_on and contact.left_on <= session.today().isoformat():
        yield f"{clean(contact.name)} left the client on {contact.left_on}; write to somebody else."
    if contact is not None and contact.client_id != message.client_id:
        yield f"{clean(contact.name)} belongs to another client."
    if problem := consent_problem(session, message):
        yield problem


def address_of(session: Session, message: Message) -> str:
    """The recipient as a carrier takes it: a number that can be read as one is written in full."""
    recipient = message.recipient.strip()
    if message.channel != "sms":
        return recipient
    client = rows.get(session.store, Client, message.client_id)
    return normalise_phone(recipient, client.country or session.settings.region) or recipient


def follow_contact(session: Session, message: Message, actor: str) -> Message:
    """The message to the address that its person has now, if it was queued to one that the person had before.

    An address that somebody typed and the person never had stays. Where there is none any more the recipient
    is empty, which `obstacles` tells.
    """
    contact = rows.find(session.store, Contact, message.contact_id) if message.contact_id else None
    field = _ADDRESS_FIELDS.get(message.channel)
    if contact is None or field is None:
        return message
    now = recipient_of(contact, message.channel)
    # Only an address that the card once had has moved; a typed one was meant.
    if now == message.recipient or message.recipient not in history.former_values(
        session.store, contact, field
    ):
        return message
    label = f"to the new address of {naming.title_of(contact)}: {naming.title_of(message)}"
    return session.change(
        label, lambda transaction: transaction.update(message, {"recipient": now}), actor=actor
    ).result


_ADDRESS_FIELDS = {"email": "email", "sms": "phone", "messenger": "messenger"}
_ADDRESS_PROBLEMS = {"email": email_problem, "sms": sms_problem, "messenger": messenger_problem}
_ADDRESS_WORDS = {"email": "e-mail address", "sms": "phone number", "messenger": "messenger name"}


def _called(message: Message) -> str:
    return f"“{clean(naming.title_of(message))}”"
