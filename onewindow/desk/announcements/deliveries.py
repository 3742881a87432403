"""What becomes of an announcement at one client: told, read, answered, declined; back only with a reason."""

from __future__ import annotations

from typing import Literal, get_args

from onewindow.desk.editing import changing
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Announcement, Delivery, DeliveryState
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback
from onewindow.records.messages import Message
from onewindow.records.requests import Request, Touch, TouchKind
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.announcements import announcement_records
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, Value
from onewindow.store.problems import StoreProblem

STATES: tuple[DeliveryState, ...] = get_args(DeliveryState)
BecomesKind = Literal["", "feedback", "request"]

_STEP = {"queued": 0, "told": 1, "read": 2, "answered": 3, "declined": 3}
_TOUCH: dict[str, TouchKind] = {
    "phone": "call",
    "email": "mail",
    "messenger": "message",
    "sms": "message",
    "portal": "message",
    "post": "mail",
    "meeting": "meeting",
    "visit": "visit",
}
_OPEN_MESSAGES = ("draft", "queued", "failed")


@frozen_struct
class Answered:
    """A delivery that was answered, and what the answer became."""

    delivery: Delivery
    feedback: Feedback | None
    request: Request | None


def is_backward(before: str, after: str) -> bool:
    """Whether a delivery would go back, or from one end to the other: that is a correction."""
    return _STEP[after] < _STEP[before] or (_STEP[after] == _STEP[before] and after != before)


def move(
    session: Session, delivery: Delivery, state: DeliveryState, *, answer: str = "", reason: str = ""
) -> Delivery:
    """Bring a delivery to a state with what was answered; telling by hand is logged as a touch of the client.

    A message of it that has not gone is cancelled. Raises StoreProblem for a step back without a reason, and
    for an answer without words.
    """
    if state == "answered" and not (answer.strip() or delivery.answer):
        raise StoreProblem("Write what was answered.")

    def work(transaction: Transaction) -> Delivery:
        return _move_in(session, transaction, delivery, state, answer, reason)

    return session.change(f"{state}: {_called(session, delivery)}", work).result


def answer(session: Session, delivery: Delivery, text: str, becomes: BecomesKind = "") -> Answered:
    """Note an answer, and let it become a quote of the client or a request of theirs, in one change.

    Raises StoreProblem without words, or FieldProblems.
    """
    if not text.strip():
        raise StoreProblem("Write what was answered.")
    announcement = rows.get(session.store, Announcement, delivery.announcement_id)

    def work(transaction: Transaction) -> Answered:
        moved = _move_in(session, transaction, delivery, "answered", text, "")
        quote = request = None
        if becomes == "feedback":
            quote = changing.insert_in(session, transaction, _quote(session, announcement, moved, text))
        if becomes == "request":
            request = changing.insert_in(session, transaction, _asked(session, announcement, moved, text))
        return Answered(moved, quote, request)

    return session.change(f"answered: {_called(session, delivery)}", work).result


def skip(session: Session, delivery: Delivery, reason: str) -> Delivery:
    """Leave a client out of an announcement, with a reason; only undo brings them back, queueing does not."""
    if not reason.strip():
        raise StoreProblem("Say why the client is left out.")
    if delivery.state != "queued":
        raise StoreProblem(f"It is {delivery.state} already; only what waits can be skipped.")

    def work(transaction: Transaction) -> Delivery:
        _call_back(transaction, delivery)
        changed = transaction.update(delivery, {"reason": reason.strip()})
        archived = transaction.archive(changed)
        _settle(transaction, delivery.announcement_id)
        return archived

    return session.change(f"skipped: {_called(session, delivery)}", work).result


def sent_in(transaction: Transaction, message: Message) -> None:
    """Note inside the write that a message went out: its delivery, if it carries one, is told."""
    delivery = announcement_records.by_message(transaction.store, message.id)
    if delivery is None or delivery.state != "queued" or delivery.archived_at is not None:
        return
    at = message.sent_at or transaction.at
    transaction.update(delivery, {"state": "told", "at": at, "told_at": at})
    _settle(transaction, delivery.announcement_id)


def settled_values(store: Store, record: Delivery, at: str) -> dict[str, Value]:
    """What the program fills in when a delivery changes its state: since when, and when it was told."""
    before = rows.find(store, Delivery, record.id) if record.id else None
    values: dict[str, Value] = {}
    if record.at is None or (before is not None and before.state != record.state and before.at == record.at):
        values["at"] = at
    if record.state == "queued":
        return {**values, "told_at": None} if record.told_at else values
    return values if record.told_at else {**values, "told_at": values.get("at") or record.at}


def problems(store: Store, record: Delivery) -> dict[str, str]:
    """What keeps a delivery from being saved: a step back without a new reason."""
    before = rows.find(store, Delivery, record.id) if record.id else None
    if before is None or not is_backward(before.state, record.state):
        return {}
    if record.reason.strip() and record.reason != before.reason:
        return {}
    wanted = "say in “why skipped or corrected” why it becomes"
    return {"state": f"it is {before.state} already; {wanted} {record.state}."}


def _move_in(
    session: Session,
    transaction: Transaction,
    delivery: Delivery,
    state: DeliveryState,
    answer: str,
    reason: str,
) -> Delivery:
    if is_backward(delivery.state, state) and not reason.strip():
        raise StoreProblem(f"It is {delivery.state} already; give a reason why it becomes {state}.")
    values: dict[str, Value] = {"state": state}
    if answer.strip():
        values["answer"] = answer.strip()
    if reason.strip():
        values["reason"] = reason.strip()
    if delivery.state == "queued" and state != "queued":
        values["staff_id"] = session.me.id
        # Told by hand: the message that waits would tell it twice.
        _call_back(transaction, delivery)
        transaction.insert(_touch(session, delivery, state, answer, transaction.at))
    elif state == "answered" and answer.strip():
        heard = _touch(session, delivery, state, answer, transaction.at)
        transaction.insert(heard.with_changes({"direction": "in"}))
    if state != delivery.state:
        values["at"] = transaction.at
    moved = changing.change_in(session, transaction, delivery, values)
    _settle(transaction, delivery.announcement_id)
    return moved


def _call_back(transaction: Transaction, delivery: Delivery) -> None:
    """Cancel the message of a delivery that has not gone yet."""
    if delivery.message_id is None:
        return
    message = rows.find(transaction.store, Message, delivery.message_id)
    if message is not None and message.state in _OPEN_MESSAGES:
        transaction.update(message, {"state": "cancelled"})


def _settle(transaction: Transaction, announcement_id: int) -> None:
    """Let an announcement follow its deliveries: sent when nobody waits any more, else it goes on."""
    announcement = rows.get(transaction.store, Announcement, announcement_id)
    waits = announcement_records.anybody_waits(transaction.store, announcement_id)
    if waits and announcement.state == "sent":
        transaction.update(announcement, {"state": "sending", "sent_on": None})
    elif not waits and announcement.state == "sending":
        transaction.update(announcement, {"state": "sent", "sent_on": transaction.at[:10]})


def _touch(session: Session, delivery: Delivery, state: str, answer: str, at: str) -> Touch:
    announcement = rows.get(session.store, Announcement, delivery.announcement_id)
    said = f": {answer.strip()}" if answer.strip() else ""
    word = {"declined": "declined", "answered": "answer to" if delivery.told_at else "told of"}.get(
        state, "told of"
    )
    return Touch(
        client_id=delivery.client_id,
        touch_kind=_TOUCH[announcement.channel],
        text=f"{word} “{announcement.title}”{said}",
        at=at,
        contact_id=delivery.contact_id,
        staff_id=session.me.id,
        direction="out",
    )


def _quote(session: Session, announcement: Announcement, delivery: Delivery, text: str) -> Feedback:
    return Feedback(
        client_id=delivery.client_id,
        feedback_kind="reaction",
        quote=text.strip(),
        contact_id=delivery.contact_id,
        said_on=session.today().isoformat(),
        product_id=announcement.product_id,
        release_id=announcement.release_id,
        staff_id=session.me.id,
    )


def _asked(session: Session, announcement: Announcement, delivery: Delivery, text: str) -> Request:
    first = text.strip().splitlines()[0]
    return Request(
        client_id=delivery.client_id,
        title=first[:200],
        text=f"{text.strip()}\n\n“{announcement.title}”",
        contact_id=delivery.contact_id,
        channel=announcement.channel,
        product_id=announcement.product_id,
        assignee_id=session.me.id,
    )


def _called(session: Session, delivery: Delivery) -> str:
    client = rows.get(session.store, Client, delivery.client_id)
    return f"{naming.label(session, 'announcement', delivery.announcement_id)}, {client.name}"
