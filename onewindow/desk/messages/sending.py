"""Sending what is queued: each message is handed over at most once, whatever stops in between.

Before a carrier gets a message, a numbered try is committed to the file; it is not undone by `u`. A try that
ended well, or that never ended, keeps the message from being handed over again by itself. What is guaranteed
and what a person must decide stands in docs/messages.md. Only the chosen carrier is loaded when something is
sent: smtplib with ssl costs 30 ms, and most send into a folder.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Literal

from onewindow.desk.announcements import deliveries
from onewindow.desk.meetings.calendar import calendar_file
from onewindow.desk.outbox import drafting
from onewindow.desk.outbox.quiet_hours import end_of_quiet, goes_at, may_wake
from onewindow.desk.requests import replies
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.session.problem_text import known_sentence
from onewindow.exchange.messages.outgoing import NoService, Outgoing, Refused, TryLater, Unclear
from onewindow.fault_reports import REPORTS
from onewindow.records.clients import Client
from onewindow.records.messages import Message, Template
from onewindow.records.organization import Staff
from onewindow.records.requests import CLOSED_STATUSES, Request, Touch
from onewindow.records.structs import frozen_struct
from onewindow.store import meetings, rows
from onewindow.store import outbox as outbox_store
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.outbox import MessageTry
from onewindow.store.problems import Busy, Damaged, DiskFailed, MovedFile, NewerFile, StoreProblem
from onewindow.text.dates import utc_text

ACTOR = "outbox"
"""Who the log names for what sending changed, so that `u` of a person does not try to unsend."""

_TRIES = 5
_FIRST_PAUSE = timedelta(minutes=5)
Result = Literal["sent", "failed", "later", "unknown"]


@frozen_struct
class Carrier:
    """What hands messages of a channel over. `send` gives back what the other side answered."""

    name: str
    send: Callable[[Outgoing], str]
    repeatable: bool = False
    """Whether handing one message over twice is the same as once."""


@frozen_struct
class Outcome:
    """What became of one message, with one sentence."""

    message: Message
    result: Result
    sentence: str


def send_due(session: Session, limit: int = 100) -> Iterator[Outcome]:
    """Send what may go now, oldest first, and give the outcome of each message as it is known.

    When a carrier itself does not work, its messages stay queued and its outcome `later` says why, once.
    """
    _validate_may_send(session)
    carriers = {channel: carrier_for(session, channel) for channel in drafting.CARRIED}
    broken: set[str] = set()
    for message in outbox_store.due(session.store, session.now_text(), limit):
        carrier = carriers.get(message.channel)
        # Its service is down: the next messages would wait for the same time-out.
        if carrier is not None and carrier.name in broken:
            continue
        try:
            outcome = None if _is_night(session, message) else _send(session, message, carrier)
        except (Busy, Damaged, DiskFailed, MovedFile, NewerFile):
            raise
        except Exception as error:
            # This message cannot even be begun: those behind it go all the same.
            outcome = Outcome(message, "later", _sentence(error))
        if outcome is None:
            continue
        if isinstance(outcome, _Broken):
            broken.add(outcome.carrier)
            outcome = Outcome(message, "later", outcome.sentence)
        yield outcome


def send_now(session: Session, message: Message) -> Outcome:
    """Send one queued message; raises StoreProblem if it is not queued, may not go yet, or is being sent."""
    _validate_may_send(session)
    if message.state != "queued":
        raise StoreProblem(f"“{naming.title_of(message)}” is not queued but {message.state}.")
    if message.queued_at and message.queued_at > session.now_text():
        raise StoreProblem(
            f"It may not go before {message.queued_at}: these are quiet hours at the client's."
        )
    outcome = _send(session, message, carrier_for(session, message.channel))
    if outcome is None:
        raise StoreProblem("Somebody is sending it just now.")
    return Outcome(message, "later", outcome.sentence) if isinstance(outcome, _Broken) else outcome


def confirm_sent(session: Session, message: Message) -> Message:
    """Say that a message of which it was not known did arrive; raises StoreProblem for any other."""
    last = drafting.last_try(session, message)
    if last is None or last.outcome != "unknown" or message.state != "failed":
        raise StoreProblem("Only a message of which it is not known whether it was sent can be confirmed.")
    return _settle_sent(session, message, last, "confirmed by a person", last.started_at)


def carrier_for(session: Session, channel: str) -> Carrier | None:
    """What the settings choose for a channel; None for one that carries none."""
    settings = session.settings
    if channel not in drafting.CARRIED:
        return None
    if channel == "email" and settings.mail_by == "smtp":
        from onewindow.exchange.messages.send_smtp import MailServer, send_by_smtp

        server = MailServer(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,  # pyright: ignore[reportArgumentType]  checked by the settings
            user=settings.smtp_user or "",
            password=partial(_password, settings.smtp_password_variable, settings.smtp_password_command),
        )
        return Carrier("smtp", partial(send_by_smtp, server))
    words = {"sms": settings.sms_command, "messenger": settings.messenger_command}.get(channel, ())
    if words:
        from onewindow.exchange.messages.send_command import send_by_command

        return Carrier(f"{channel} command", partial(send_by_command, words))
    from onewindow.exchange.messages.send_file import send_into_folder

    folder = settings.outbox_folder or session.store.path.parent / "outbox"
    return Carrier(
        "folder", partial(send_into_folder, Path(folder), is_mail=channel == "email"), repeatable=True
    )


def _is_night(session: Session, message: Message) -> bool:
    """Whether a message that came due must wait for the morning after all; then it is put off till then."""
    client = rows.get(session.store, Client, message.client_id)
    if may_wake(session, client, message):
        return False
    at = utc_text(goes_at(session, client, message.purpose))
    if at <= session.now_text():
        return False
    session.change(
        f"put off: {naming.title_of(message)}",
        lambda transaction: transaction.update(message, {"queued_at": at}),
        actor=ACTOR,
    )
    return True


@frozen_struct
class _Broken:
    carrier: str
    sentence: str


def _send(session: Session, message: Message, carrier: Carrier | None) -> Outcome | _Broken | None:
    """Hand over one message; None if somebody else has it in hand or it is queued no more."""
    if carrier is None:
        return _fail(session, message, None, "refused", f"A message cannot go by {message.channel}.")
    begun = _begin(session, message, carrier)
    if begun is None:
        return None
    if begun.outcome == "sent":  # it left earlier; somebody put the record back into the queue
        settled = _settle_sent(session, message, begun, begun.answer, begun.ended_at or begun.started_at)
        return Outcome(settled, "sent", "It was sent before and is not sent again.")
    if begun.outcome == "unknown":
        return _fail(session, message, begun, "unknown", _lost(begun))
    # What was right when it was queued is looked at again: the person, the address, the client, the consent.
    message = drafting.follow_contact(session, rows.get(session.store, Message, message.id), ACTOR)
    obstacles = drafting.obstacles(session, message)
    if obstacles:
        return _fail(session, message, begun, "refused", obstacles[0])
    try:
        outgoing = _outgoing(session, message, begun)
    except Exception as error:
        return _fail(session, message, begun, "refused", _sentence(error))
    try:
        answer = carrier.send(outgoing)
    except NoService as problem:
        with session.store.exclusive():  # nothing was handed over to anybody
            outbox_store.forget_try(session.store, message.id, begun.number)
        return _Broken(carrier.name, str(problem))
    except Refused as problem:
        return _fail(session, message, begun, "refused", str(problem))
    except Unclear as problem:
        return _fail(session, message, begun, "unknown", f"It is not known whether it was sent. {problem}")
    except TryLater as problem:
        return _put_off(session, message, begun, str(problem))
    except Exception as error:
        # A fault of ours in the middle: who can hand over twice tries again, else a person looks.
        if carrier.repeatable:
            return _fail(session, message, begun, "refused", _sentence(error))
        sentence = f"It is not known whether it was sent. {_sentence(error)}"
        return _fail(session, message, begun, "unknown", sentence)
    settled = _settle_sent(session, message, begun, answer, session.now_text())
    return Outcome(settled, "sent", answer)


def _sentence(error: Exception) -> str:
    """An error that no carrier tells, as a sentence; one of the program itself is reported."""
    return known_sentence(error) or REPORTS.sentence(error, "sending")


def _begin(session: Session, message: Message, carrier: Carrier) -> MessageTry | None:
    """Commit that a try begins, as the only one; a try of the past that decides instead is given back."""
    store, now = session.store, session.now_text()
    # Only one program may begin a try, and the try must be on disk before the carrier has the message.
    with store.exclusive():
        fresh = rows.get(store, Message, message.id)
        if fresh.state != "queued" or (fresh.queued_at or now) > now or fresh.archived_at is not None:
            return None
        before = outbox_store.tries(store, message.id)
        last = before[-1] if before else None
        if last is not None and last.outcome == "sent":
            return last
        if last is not None and last.outcome == "started":
            if drafting.is_running(session, last):
                return None
            if not carrier.repeatable:
                return _with_outcome(last, "unknown")
        begun = MessageTry(
            message_id=message.id,
            number=len(before) + 1,
            carrier=carrier.name,
            # The same Message-ID for each try: the other side can drop a double.
            message_key=before[0].message_key if before else _key(session, message),
            login=session.me.login,
            started_at=now,
            ended_at=None,
            outcome="started",
            answer="",
        )
        outbox_store.begin_try(store, begun)
        return begun


def _settle_sent(session: Session, message: Message, done: MessageTry, answer: str, at: str) -> Message:
    """Note that a message was sent: the message, its try, the touch and the reply, all in one transaction."""

    def work(transaction: Transaction) -> Message:
        store = transaction.store
        outbox_store.end_try(store, message.id, done.number, at, "sent", answer)
        current = rows.get(store, Message, message.id)
        # Confirmed by somebody else meanwhile.
        if current.state == "sent":
            return current
        values: dict[str, Value] = {"state": "sent", "sent_at": at, "tries": done.number, "error": ""}
        sent = transaction.update(current, values)
        transaction.insert(
            Touch(
                client_id=sent.client_id,
                touch_kind="mail" if sent.channel == "email" else "message",
                text=f"{sent.subject}\n{sent.text}" if sent.subject else sent.text,
                at=at,
                contact_id=sent.contact_id,
                staff_id=sent.staff_id,
                direction="out",
                request_id=sent.request_id,
            )
        )
        _reply(session, transaction, sent, at)
        if sent.request_id is None:
            deliveries.sent_in(transaction, sent)
        return sent

    return session.change(f"sent: {naming.title_of(message)}", work, actor=ACTOR).result


def _reply(session: Session, transaction: Transaction, message: Message, at: str) -> None:
    """Log the message as an answer to its request, where it is one and the request is open."""
    if message.request_id is None or message.purpose != "service":
        return
    template = rows.find(transaction.store, Template, message.template_id) if message.template_id else None
    request = rows.get(transaction.store, Request, message.request_id)
    if request.status in CLOSED_STATUSES or (
        template is not None and template.purpose in outbox_store.NO_ANSWER
    ):
        return
    replies.reply_in(
        session, transaction, request, message.text, staff_id=message.staff_id, message_id=message.id, at=at
    )


def _fail(
    session: Session,
    message: Message,
    begun: MessageTry | None,
    outcome: Literal["refused", "unknown"],
    why: str,
) -> Outcome:
    def work(transaction: Transaction) -> Message:
        if begun is not None:
            outbox_store.end_try(transaction.store, message.id, begun.number, transaction.at, outcome, why)
        current = rows.get(transaction.store, Message, message.id)
        number = begun.number if begun else current.tries
        return transaction.update(current, {"state": "failed", "tries": number, "error": why})

    failed = session.change(f"not sent: {naming.title_of(message)}", work, actor=ACTOR).result
    return Outcome(failed, "unknown" if outcome == "unknown" else "failed", why)


def _put_off(session: Session, message: Message, begun: MessageTry, why: str) -> Outcome:
    """Keep a message for a later try, each pause twice as long; after the last try it has failed."""
    if begun.number >= _TRIES:
        return _fail(session, message, begun, "refused", f"{why} Given up after {begun.number} tries.")
    client = rows.get(session.store, Client, message.client_id)
    # Doubled, so that a server in trouble is asked less and less.
    pause = session.now() + _FIRST_PAUSE * 2 ** (begun.number - 1)
    again = utc_text(pause if may_wake(session, client, message) else end_of_quiet(session, client, pause))

    def work(transaction: Transaction) -> Message:
        outbox_store.end_try(transaction.store, message.id, begun.number, transaction.at, "later", why)
        current = rows.get(transaction.store, Message, message.id)
        values: dict[str, Value] = {"queued_at": again, "tries": begun.number, "error": why}
        return transaction.update(current, values)

    waiting = session.change(f"put off: {naming.title_of(message)}", work, actor=ACTOR).result
    return Outcome(waiting, "later", why)


def _outgoing(session: Session, message: Message, begun: MessageTry) -> Outgoing:
    author = session.directory.staff.get(message.staff_id or 0, session.me)
    calendar, method = _calendar(session, message)
    return Outgoing(
        key=begun.message_key,
        recipient=drafting.address_of(session, message),
        subject=message.subject,
        text=message.text,
        sender_name=author.name,
        sender_address=_sender_address(session, author),
        at=session.now(),
        calendar=calendar,
        calendar_method=method,
    )


def _calendar(session: Session, message: Message) -> tuple[str, str]:
    """The calendar file of a mail that invites to a meeting, with its method; '' for any other message."""
    meeting = meetings.of_message(session.store, message.id) if message.channel == "email" else None
    return calendar_file(session, meeting) if meeting is not None else ("", "REQUEST")


def _sender_address(session: Session, author: Staff) -> str:
    return session.settings.mail_from or author.email or f"{author.login}@localhost"


def _key(session: Session, message: Message) -> str:
    author = session.directory.staff.get(message.staff_id or 0, session.me)
    domain = _sender_address(session, author).rpartition("@")[2]
    return f"{message.id}.onewindow@{domain if domain.isascii() and domain else 'localhost'}"


def _lost(begun: MessageTry) -> str:
    return (
        f"It is not known whether it was sent: the program stopped at try {begun.number}, {begun.started_at}."
        " Look whether it arrived, then confirm it or try again."
    )


def _with_outcome(last: MessageTry, outcome: str) -> MessageTry:
    return replace(last, outcome=outcome)


def _password(variable: str, command: tuple[str, ...]) -> str:
    """The password, from what a command prints or from the environment; raises NoService without one."""
    if command:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as error:
            raise NoService(f"smtp_password_command failed: {type(error).__name__}.") from error
        return done.stdout.splitlines()[0] if done.stdout else ""
    password = os.environ.get(variable, "")
    if not password:
        raise NoService(f"The password of the mail server is missing: set the variable {variable}.")
    return password


def _validate_may_send(session: Session) -> None:
    if session.me.role == "quality":
        raise StoreProblem("You may read everything here and send nothing; ask a lead for another role.")
