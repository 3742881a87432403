"""The touch plan: with whom to get in touch when and why, worked out on read, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from onewindow.desk.cadence.due_cache import plans
from onewindow.desk.cadence.due_rules import RuleBook, read_rules
from onewindow.desk.editing import changing
from onewindow.desk.editing.parsing import read_value
from onewindow.desk.outbox import drafting
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.templates import writing
from onewindow.metrics.cadence import CADENCE, DueTouch
from onewindow.records.cadence import TouchMark, TouchMarkState
from onewindow.records.clients import Client
from onewindow.records.fields import attribute_of
from onewindow.records.messages import Message, Template
from onewindow.records.requests import Touch
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.cadence import due_cache as touch_due
from onewindow.store.cadence import due_inputs
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.dates import short_day, shorten_days, to_local, weekday_date
from onewindow.text.plural import counted

MONTH_DAYS = 31
_AT_ONCE = 500
_PURPOSES = {
    "birthday": "congratulation",
    "anniversary": "congratulation",
    "holiday": "congratulation",
    "first_order": "thanks",
    "paid_invoice": "thanks",
    "referral": "thanks",
    "promoter": "thanks",
}
"""Reason -> what a template for it is used for; the others ask how it is going."""


@frozen_struct
class Planned:
    """A touch due with a client."""

    client: Client
    touch: DueTouch


def of_client(session: Session, client: Client, days: int = MONTH_DAYS) -> list[Planned]:
    """What is due with one client within so many days, in order; late ones first."""
    book = read_rules(session.store, session.today())
    return _between(session, book, client.id, client.id, days)


def of_owner(session: Session, owner_id: int, days: int = MONTH_DAYS) -> list[Planned]:
    """What is due within so many days with the clients of an owner, in order of the dates."""
    book = read_rules(session.store, session.today())
    if book.is_empty:
        return []
    planned: list[Planned] = []
    after = ("", 0)
    while ids := touch_due.owned_ids(session.store, owner_id, after, _AT_ONCE):
        after = ids[-1]
        for _, client_id in ids:
            planned += _between(session, book, client_id, client_id, days)
    return _ordered(planned)


def of_everybody(session: Session, days: int = MONTH_DAYS) -> Iterator[Planned]:
    """The same of all clients, by client; a file is read a few hundred clients at a time."""
    book = read_rules(session.store, session.today())
    after = 0
    while ids := cards.all_ids_after(session.store, after, _AT_ONCE):
        after = ids[-1]
        yield from _ordered(_between(session, book, ids[0], ids[-1], days))


def why(session: Session, client: Client) -> list[str]:
    """The arithmetic: last touch, cadence, each reason with its date, and what became of earlier ones."""
    book = read_rules(session.store, session.today())
    last = due_inputs.last_personal(session.store, client.id, session.now_text())
    lines: list[str] = []
    if client.stage == "lost":
        lines.append("The client is lost: nothing is due.")
    if last is None:
        lines.append("Nobody has been in touch yet; automatic messages do not count.")
    else:
        day = to_local(last.at, session.zone).date()
        ago, day_text = (session.today() - day).days, short_day(day.isoformat(), session.today())
        lines.append(f"Last personal touch: {last.touch_kind} on {day_text}, {counted(ago, 'day')} ago.")
    lines += _cadence_lines(session, book, client)
    for planned in of_client(session, client):
        lines += ["", f"{weekday_date(planned.touch.due_on, session.today())}: {planned.touch.touch_kind}"]
        lines += [f"  {shorten_days(line, session.today())}" for line in reason_lines(planned.touch)]
    known = due_inputs.facts(session.store, client.id, client.id, "", session.now_text()).get(client.id)
    marks = list(reversed(known.marks))[:10] if known else []
    if marks:
        lines += ["", "Settled before:"]
        lines += [f"  {mark_text(session, mark)}" for mark in marks]
    return lines


def reason_lines(touch: DueTouch) -> list[str]:
    """Each reason of a touch, with the day it fell on where another was better."""
    return [
        reason.text
        + (
            f" (fell on {reason.was_due_on:%d.%m}, moved to {reason.due_on:%d.%m})"
            if reason.was_due_on != reason.due_on
            else ""
        )
        for reason in touch.reasons
    ]


def mark_text(session: Session, mark: TouchMark) -> str:
    """What became of a touch, in a line."""
    today = session.today()
    till = f" till {short_day(mark.till, today)}" if mark.till else ""
    state = f"put off{till}" if mark.state == "put_off" else mark.state
    who = session.directory.surname(mark.staff_id)
    reason = f": {mark.reason}" if mark.reason else ""
    return f"{short_day(mark.due_on, today)} {state}{f' by {who}' if who else ''}{reason}"


# what is done with it


def done(session: Session, client: Client, text: str, touch: DueTouch | None = None) -> Touch:
    """Log the touch that was due, now, with what was said; all its reasons are settled.

    Without a touch the first one due is meant, ahead of its day too. Raises StoreProblem without words.
    """
    if not text.strip():
        raise StoreProblem("Say what was said; it stands in the timeline.")
    due = touch or _next(session, client)
    kind = due.touch_kind if due else "call"

    def work(transaction: Transaction) -> Touch:
        logged = changing.insert_in(
            session,
            transaction,
            Touch(
                client_id=client.id,
                touch_kind=kind,  # pyright: ignore[reportArgumentType]  kinds of a plan are kinds of touches
                text=text.strip(),
                at=session.now_text(),
                staff_id=session.me.id,
                direction="out",
            ),
        )
        if due is not None:
            _mark(session, transaction, client, due, "done", touch_id=logged.id)
        return logged

    return session.change(f"touch done: {client.name}", work).result


def send(session: Session, client: Client, template: Template | None = None) -> Message:
    """Queue the message that fits the first touch due, and settle its reasons.

    It goes through the outbox, by the same consents and quiet hours as any other. Raises StoreProblem for
    what keeps it from going (it is not stored then), NotFound if no template fits.
    """
    due = _next(session, client)
    if due is None:
        raise StoreProblem(f"Nothing is due with {client.name}; `message write` writes anyway.")
    chosen = template or _template_for(session, client, due)
    filled = writing.render(session, chosen, client)
    message = drafting.drafted(session, client, filled=filled)
    problems = drafting.obstacles(session, message)
    if problems:
        raise StoreProblem(problems[0])

    def work(transaction: Transaction) -> Message:
        stored = changing.insert_in(session, transaction, message)
        _mark(session, transaction, client, due, "done", message_id=stored.id)
        return stored

    # Settled before it is queued: what stops in between leaves a draft to look at, never a second message.
    draft = session.change(f"touch by message: {client.name}", work).result
    return drafting.queue(session, draft)


def skip(session: Session, client: Client, reason: str, touch: DueTouch | None = None) -> DueTouch:
    """Leave out the first touch due, with a reason; the cadence counts again from today."""
    if not reason.strip():
        raise StoreProblem("Say why it is left out; the next who looks will ask.")
    return _settle(session, client, touch, "skipped", None, reason)


def put_off(
    session: Session, client: Client, till: str, reason: str, touch: DueTouch | None = None
) -> DueTouch:
    """Move the first touch due to a date typed as people do, with a reason, for everybody."""
    if not reason.strip():
        raise StoreProblem("Say why it can wait.")
    try:
        day = str(read_value(session, attribute_of(TouchMark, "till"), till) or "")
    except ValueError as error:
        raise StoreProblem(f"Put off till when? {error}") from error
    if not day or day <= session.today().isoformat():
        raise StoreProblem(f"“{till}” is not ahead; write a date to come: пн, +1w, 15.12.")
    return _settle(session, client, touch, "put_off", day, reason)


def _settle(
    session: Session,
    client: Client,
    touch: DueTouch | None,
    state: TouchMarkState,
    till: str | None,
    reason: str,
) -> DueTouch:
    due = touch or _next(session, client)
    if due is None:
        raise StoreProblem(f"Nothing is due with {client.name} within a month.")

    def work(transaction: Transaction) -> None:
        _mark(session, transaction, client, due, state, till=till, reason=reason.strip())

    word = "put off" if state == "put_off" else state
    session.change(f"touch {word}: {client.name}, {due.text}", work)
    return due


def _mark(
    session: Session,
    transaction: Transaction,
    client: Client,
    due: DueTouch,
    state: TouchMarkState,
    *,
    till: str | None = None,
    reason: str = "",
    touch_id: int | None = None,
    message_id: int | None = None,
) -> None:
    """Settle every reason of a touch, so that none of them comes up again for this occurrence."""
    for due_reason in due.reasons:
        mark = TouchMark(
            client_id=client.id,
            subject=due_reason.key,
            due_on=due_reason.due_on.isoformat(),
            state=state,
            till=till,
            reason=reason or due_reason.text,
            staff_id=session.me.id,
            touch_id=touch_id,
            message_id=message_id,
            at=session.now_text(),
        )
        changing.insert_in(session, transaction, mark)


def _next(session: Session, client: Client) -> DueTouch | None:
    planned = of_client(session, client)
    return planned[0].touch if planned else None


def _template_for(session: Session, client: Client, due: DueTouch) -> Template:
    # The rule's own template counts before what the reason suggests.
    if due.template_id is not None:
        chosen = rows.find(session.store, Template, due.template_id)
        if chosen is not None and chosen.archived_at is None:
            return chosen
    purposes = [_PURPOSES.get(reason.reason, "check_in") for reason in due.reasons]
    for purpose in dict.fromkeys(purposes):
        try:
            return writing.best(session, purpose, client)
        except NotFound:
            continue
    raise NotFound(
        f"There is no template for “{purposes[0].replace('_', ' ')}” in the language of"
        f" {naming.title_of(client)}; `template add` makes one, or name it with --template."
    )


def _between(session: Session, book: RuleBook, low: int, high: int, days: int) -> list[Planned]:
    till = session.today() + timedelta(days=days)
    return [
        Planned(client, touch)
        for client, touches in plans(session.store, book, low, high, session.now_text(), till)
        for touch in touches
    ]


def _ordered(planned: list[Planned]) -> list[Planned]:
    return sorted(planned, key=lambda item: (item.touch.due_on, item.client.tier, item.client.name_sort))


def _cadence_lines(session: Session, book: RuleBook, client: Client) -> list[str]:
    inside = book.inside(session.store, client.id, client.id).get(client.id, ())
    cadence = book.cadence_record(client, inside)
    if cadence is None:
        return [f"No cadence is set for tier {client.tier}; the settings have them."]
    # Of a country without a calendar here the department's own counts.
    whose = client.country if client.country and client.country in book.hours else "the department"
    lines = [
        f"Cadence “{cadence.name}”: {cadence.touch_kind} every {cadence.every_days} working days,"
        f" counted by the calendar of {whose}."
    ]
    due = next(
        (
            (planned.touch.due_on, reason)
            for planned in of_client(session, client, 400)
            for reason in planned.touch.reasons
            if reason.key == CADENCE
        ),
        None,
    )
    if due is not None:
        on = due[1].due_on
        away = (on - session.today()).days
        standing = (
            "today"
            if away == 0
            else f"{counted(-away, 'day')} late"
            if away < 0
            else f"in {counted(away, 'day')}"
        )
        lines.append(f"Next due on {weekday_date(on, session.today())}: {standing}.")
    return lines
