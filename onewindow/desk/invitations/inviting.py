"""Whom a survey is sent to, and why others are not: consent, addresses, and how often people may be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice

from onewindow.desk.invitations.invitation_text import message_for
from onewindow.desk.outbox import drafting
from onewindow.desk.outbox.quiet_hours import goes_at
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Consent, Contact
from onewindow.records.feedback import Survey, SurveyInvitation, SurveyKind
from onewindow.records.messages import Message
from onewindow.records.structs import frozen_struct
from onewindow.store import surveys as survey_store
from onewindow.store.announcements import announcement_records
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem
from onewindow.store.surveys import AskedRow
from onewindow.text.clean import clean
from onewindow.text.dates import format_date, parse_utc, to_local, utc_text
from onewindow.text.plural import counted

LIMIT_DAYS: Mapping[SurveyKind, int] = {"relationship": 90, "event": 14}
"""A person is asked by surveys of a kind once in so many days."""
_AT_ONCE = 200


@frozen_struct
class Invitee:
    """One client: who would be asked, or why nobody is, a clause."""

    client: Client
    contact: Contact | None
    why: str


@frozen_struct
class Invited:
    """What came of inviting: messages in the outbox, and those who were not asked with the reason."""

    messages: int
    left_out: tuple[Invitee, ...]


def invitees(
    session: Session, survey: Survey, client_ids: Iterable[int], contact: Contact | None = None
) -> Iterator[Invitee]:
    """Some clients, each with who would be asked, or the reason why nobody is, in their order.

    With a contact only that person may be asked. Raises StoreProblem for a survey that no message carries.
    """
    if survey.channel not in drafting.CARRIED:
        raise StoreProblem(
            f"“{clean(survey.title)}” is asked by {survey.channel}; `survey ask` takes the answers, and only"
            " email, messenger and sms carry an invitation."
        )
    ids = iter(client_ids)
    while chunk := list(islice(ids, _AT_ONCE)):
        yield from _of_chunk(session, survey, chunk, contact)


def invite(
    session: Session, survey: Survey, client_ids: Iterable[int], contact: Contact | None = None
) -> Invited:
    """Put an invitation into the outbox for everybody who may be asked; each hundred or two are one undo.

    Consent, addresses and limits are looked at again when it is written. Raises as `invitees`.
    """
    count, left = 0, list[Invitee]()
    everybody = invitees(session, survey, client_ids, contact)
    while chunk := list(islice(everybody, _AT_ONCE)):
        left += [invitee for invitee in chunk if invitee.why]
        ready: list[tuple[Invitee, Message, int]] = []
        for invitee in chunk:
            if invitee.why:
                continue
            code = session.store.ids.new_id()
            message = message_for(session, survey, invitee.client, invitee.contact, code)
            problems = drafting.obstacles(session, message)
            if problems:
                left.append(Invitee(invitee.client, invitee.contact, problems[0].rstrip(".")))
            else:
                ready.append((invitee, message, code))
        if ready:
            count += _store(session, survey, ready)
    return Invited(count, tuple(left))


def reason_counts(left_out: Sequence[Invitee]) -> dict[str, int]:
    """How many were left out by reason, the commonest first; dates in the reasons are left away."""
    return dict(Counter(invitee.why.partition(" (")[0] for invitee in left_out).most_common())


def _of_chunk(
    session: Session, survey: Survey, client_ids: list[int], only: Contact | None
) -> Iterator[Invitee]:
    with session.store.read():
        contacts, consents = announcement_records.people(session.store, client_ids)
        known = announcement_records.clients(session.store, client_ids)
        asked: dict[int, list[AskedRow]] = {}
        for row in survey_store.asked_of(session.store, client_ids):
            asked.setdefault(row.client_id, []).append(row)
    for client in known:
        people = contacts.get(client.id, [])
        if only is not None:
            people = [person for person in people if person.id == only.id]
        yield _whom(session, survey, client, people, consents.get(client.id, []), asked.get(client.id, []))


def _whom(
    session: Session,
    survey: Survey,
    client: Client,
    people: Sequence[Contact],
    consents: Sequence[Consent],
    asked: Sequence[AskedRow],
) -> Invitee:
    lately = [row for row in asked if row.survey_id == survey.id and _is_within(session, survey, row.at)]
    if any(row.has_answered for row in lately):
        return Invitee(client, None, f"answered this survey already{_on(session, lately)}")
    if lately:
        return Invitee(client, None, f"was invited to this survey already{_on(session, lately)}")
    if not people:
        return Invitee(client, None, "has nobody on the card to ask")
    first: Invitee | None = None
    for person in people:
        why = _obstacle(survey, person, consents)
        if not why:
            # Who can be reached is who is asked: another person is no way around the limit.
            return Invitee(client, person, _too_soon(session, survey, person, asked))
        first = first or Invitee(client, person, why)
    return first or Invitee(client, None, "has nobody on the card to ask")


def _obstacle(survey: Survey, person: Contact, consents: Sequence[Consent]) -> str:
    if not drafting.recipient_of(person, survey.channel):
        return f"has no address for {survey.channel}"
    consent = drafting.decision(consents, person.id, "survey", survey.channel)
    if consent is None:
        return f"gave no consent to surveys by {survey.channel}"
    if consent.state != "given":
        return f"has {consent.state} surveys by {survey.channel} ({consent.decided_on})"
    return ""


def _too_soon(session: Session, survey: Survey, person: Contact, asked: Sequence[AskedRow]) -> str:
    kind = survey.survey_kind
    lately = [
        row
        for row in asked
        if row.contact_id == person.id and row.survey_kind == kind and _is_within(session, survey, row.at)
    ]
    if not lately:
        return ""
    return f"was asked by another {kind} survey within {LIMIT_DAYS[kind]} days{_on(session, lately)}"


def _is_within(session: Session, survey: Survey, at: str) -> bool:
    """Whether an instant (UTC text) is so near that the same person is not asked again."""
    return session.now() - parse_utc(at) < timedelta(days=LIMIT_DAYS[survey.survey_kind])


def _on(session: Session, asked: Sequence[AskedRow]) -> str:
    last = to_local(max(row.at for row in asked), session.zone).date()
    return f" (on {format_date(last.isoformat(), session.today())})"


def _store(session: Session, survey: Survey, ready: Sequence[tuple[Invitee, Message, int]]) -> int:
    def work(transaction: Transaction) -> int:
        # Somebody else may have invited the same people since they were read.
        ids = [invitee.client.id for invitee, _, _ in ready]
        asked = {
            row.client_id
            for row in survey_store.asked_of(transaction.store, ids)
            if row.survey_id == survey.id and _is_within(session, survey, row.at)
        }
        fresh = [entry for entry in ready if entry[0].client.id not in asked]
        for invitee, message, code in fresh:
            at = utc_text(goes_at(session, invitee.client, "survey"))
            stored = transaction.insert(message.with_changes({"state": "queued", "queued_at": at}))
            transaction.insert(
                SurveyInvitation(
                    id=code,
                    client_id=invitee.client.id,
                    survey_id=survey.id,
                    contact_id=invitee.contact.id if invitee.contact else None,
                    message_id=stored.id,
                    at=transaction.at,
                )
            )
        transaction.relabel(f"invited {counted(len(fresh), 'person', 'people')} to {survey.title}")
        return len(fresh)

    return session.change(f"invited to {survey.title}", work).result
