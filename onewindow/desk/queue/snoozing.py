"""Putting a row of one's day off, with a reason: its record goes on as it was, late ones stay counted."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.editing.parsing import read_value
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.fields import Record, attribute_of
from onewindow.records.requests import Snooze
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem
from onewindow.store.queue import today as sources


def put_off(session: Session, record: Record, till: str, reason: str) -> Snooze:
    """Keep a record out of this person's day until a time typed as people do; returns the stored snooze.

    An older one of the same record ends with it. Raises StoreProblem for a time that cannot be read or is
    over, and without a reason.
    """
    try:
        read = read_value(session, attribute_of(Snooze, "till"), till)
    except ValueError as error:
        raise StoreProblem(f"Put off till when? {error}") from error
    at = str(read or "")
    if at <= session.now_text():
        raise StoreProblem(f"“{till}” is over already; write a time ahead: завтра 10:00, fri, +2h.")
    if not reason.strip():
        raise StoreProblem("Say why it can wait; the reason stands in the list of what is put off.")
    before = _mine(session, record)
    snooze = Snooze(
        client_id=getattr(record, "client_id", None),
        staff_id=session.me.id,
        subject_kind=record.kind,
        subject_id=record.id,
        till=at,
        reason=reason.strip(),
    )

    def work(transaction: Transaction) -> Snooze:
        for older in before:
            transaction.archive(older)
        return changing.insert_in(session, transaction, snooze)

    return session.change(f"put off: {naming.called(session, record)}", work).result


def bring_back(session: Session, snooze: Snooze) -> Snooze:
    """Let a row that was put off stand in the day again."""
    return session.change(
        f"no longer put off: {snooze.reason}", lambda transaction: transaction.archive(snooze)
    ).result


def active(session: Session) -> list[Snooze]:
    """What this person has put off and what has not come back yet, the nearest first."""
    return sources.snoozes(session.store, session.me.id, session.now_text())


def _mine(session: Session, record: Record) -> list[Snooze]:
    snoozes = sources.snoozes_of(session.store, record.kind, record.id, session.now_text())
    return [snooze for snooze in snoozes if snooze.staff_id == session.me.id]
