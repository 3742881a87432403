"""Training sessions on a release or product: who is invited, who came, and the trainings that follow."""

from __future__ import annotations

from itertools import islice

from onewindow.desk.editing import changing
from onewindow.desk.segments import membership
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import (
    Announcement,
    Attendance,
    AttendanceState,
    Training,
    TrainingSession,
    TrainingState,
)
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.adoption import training
from onewindow.store.announcements import announcement_records
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local

_TRAINING_STATES: dict[AttendanceState, TrainingState] = {
    "accepted": "planned",
    "attended": "done",
    "missed": "missed",
}


@frozen_struct
class Invited:
    """What came of inviting: new invitations, who had one, and who has nobody on the card to invite."""

    added: int
    known: int
    nobody: int


def audience_of(session: Session, training_session: TrainingSession) -> str:
    """The filter that says who is invited: its own, else that of its announcement."""
    if training_session.audience.strip() or training_session.announcement_id is None:
        return training_session.audience
    return rows.get(session.store, Announcement, training_session.announcement_id).audience


def invite(session: Session, training_session: TrainingSession) -> Invited:
    """Invite everybody of the audience who is not invited yet, each with their main contact.

    Raises StoreProblem for a session without an audience, or one that is over.
    """
    _validate_planned(training_session)
    words = audience_of(session, training_session)
    if not words.strip():
        raise StoreProblem("Say who is invited: give the session an audience, for example product:склад.")
    added = known = nobody = 0
    ids = membership.member_ids(session, words)
    while chunk := list(islice(ids, announcement_records.AT_ONCE)):
        has = training.invited(session.store, training_session.id, chunk)
        contacts, _ = announcement_records.people(session.store, chunk)
        fresh = [client_id for client_id in chunk if client_id not in has]
        reached = [client_id for client_id in fresh if contacts.get(client_id)]
        nobody += len(fresh) - len(reached)
        known += len(has)
        if reached:
            added += _store(
                session, training_session, {client_id: contacts[client_id][0].id for client_id in reached}
            )
    return Invited(added, known, nobody)


def add(
    session: Session, training_session: TrainingSession, client: Client, contact_id: int | None = None
) -> Attendance:
    """Invite one client, with one of its people; raises StoreProblem if they are invited already."""
    _validate_planned(training_session)
    if training.invited(session.store, training_session.id, [client.id]):
        raise StoreProblem(f"{client.name} is invited already.")
    attendance = Attendance(
        client_id=client.id, session_id=training_session.id, contact_id=contact_id, at=session.now_text()
    )
    return changing.insert(session, attendance)


def mark(
    session: Session,
    attendance: Attendance,
    state: AttendanceState,
    *,
    people: int | None = None,
    note: str = "",
) -> Attendance:
    """Note whether a client comes or came; their training follows: planned, done, missed, or taken back.

    Raises StoreProblem where all seats are taken, or for an attendance of a session that was cancelled.
    """
    training_session = rows.get(session.store, TrainingSession, attendance.session_id)
    if training_session.state == "cancelled":
        raise StoreProblem(f"“{training_session.title}” was cancelled.")
    values: dict[str, Value] = {"state": state, "at": session.now_text()}
    if people is not None:
        values["people"] = people
    if note.strip():
        values["note"] = note.strip()

    def work(transaction: Transaction) -> Attendance:
        _validate_seats(
            transaction, training_session, attendance, state, int(values.get("people") or attendance.people)
        )
        current = rows.get(transaction.store, Attendance, attendance.id)
        wanted = current.with_changes(values)
        values["training_id"] = _follow(session, transaction, training_session, wanted)
        return changing.change_in(session, transaction, current, values)

    client = naming.label(session, "client", attendance.client_id)
    return session.change(f"{state}: {training_session.title}, {client}", work).result


def close(session: Session, training_session: TrainingSession) -> TrainingSession:
    """Note that a session was held; who had accepted and was not marked has missed it.

    Raises StoreProblem for one that is over already, is still to come, or to which nobody was invited.
    """
    _validate_planned(training_session)
    if training_session.starts_at and training_session.starts_at > session.now_text():
        raise StoreProblem(f"“{training_session.title}” is still to come; it can be called off or moved.")
    if not training.lines(session.store, training_session.id):
        raise StoreProblem(f"Nobody is invited to “{training_session.title}”; name who came, or call it off.")

    def work(transaction: Transaction) -> TrainingSession:
        for line in training.lines(transaction.store, training_session.id):
            if line.attendance.state == "accepted":
                missed = line.attendance.with_changes({"state": "missed"})
                training_id = _follow(session, transaction, training_session, missed)
                values: dict[str, Value] = {
                    "state": "missed",
                    "at": transaction.at,
                    "training_id": training_id,
                }
                transaction.update(line.attendance, values)
        return changing.change_in(session, transaction, training_session, {"state": "held"})

    return session.change(f"held: {training_session.title}", work).result


def cancel(session: Session, training_session: TrainingSession, reason: str) -> TrainingSession:
    """Call a session off with a reason; the trainings that it planned are taken back."""
    _validate_planned(training_session)
    if not reason.strip():
        raise StoreProblem("Say why it is called off.")

    def work(transaction: Transaction) -> TrainingSession:
        for line in training.lines(transaction.store, training_session.id):
            if line.attendance.training_id is not None:
                transaction.archive(rows.get(transaction.store, Training, line.attendance.training_id))
        note = "\n".join(part for part in (training_session.note, reason.strip()) if part)
        return changing.change_in(
            session, transaction, training_session, {"state": "cancelled", "note": note}
        )

    return session.change(f"cancelled: {training_session.title}", work).result


def _store(session: Session, training_session: TrainingSession, people: dict[int, int]) -> int:
    def work(transaction: Transaction) -> int:
        has = training.invited(transaction.store, training_session.id, list(people))
        fresh = {client: contact for client, contact in people.items() if client not in has}
        for client, contact in fresh.items():
            transaction.insert(
                Attendance(
                    client_id=client, session_id=training_session.id, contact_id=contact, at=transaction.at
                )
            )
        return len(fresh)

    return session.change(f"invited to {training_session.title}", work).result


def _follow(
    session: Session, transaction: Transaction, training_session: TrainingSession, attendance: Attendance
) -> int | None:
    """Let the client's training follow the attendance, and give its id; None where there is none."""
    state = _TRAINING_STATES.get(attendance.state)
    kept = rows.find(transaction.store, Training, attendance.training_id) if attendance.training_id else None
    if state is None:
        if kept is not None and kept.archived_at is None:
            transaction.archive(kept)
        return attendance.training_id
    day = to_local(training_session.starts_at, session.zone).date().isoformat()
    values: dict[str, Value] = {
        "state": state,
        "held_on": day if state == "done" else None,
        "people": attendance.people,
        "contact_id": attendance.contact_id,
    }
    if kept is not None:
        if kept.archived_at is not None:
            kept = transaction.restore(kept)
        return changing.change_in(session, transaction, kept, values).id
    made = Training(
        client_id=attendance.client_id,
        title=training_session.title,
        product_id=training_session.product_id,
        trainer_id=training_session.trainer_id,
        planned_on=day,
    )
    return changing.insert_in(session, transaction, made.with_changes(values)).id


def _validate_seats(
    transaction: Transaction,
    training_session: TrainingSession,
    attendance: Attendance,
    state: str,
    people: int,
) -> None:
    if training_session.capacity is None or state != "accepted":
        return
    taken = sum(
        line.attendance.people
        for line in training.lines(transaction.store, training_session.id)
        if line.attendance.state == "accepted" and line.attendance.id != attendance.id
    )
    # Counted inside the write: two desks may give the last seat away at once.
    if taken + people > training_session.capacity:
        raise StoreProblem(
            f"{taken} of {training_session.capacity} seats are taken; {people} more do not fit."
        )


def _validate_planned(training_session: TrainingSession) -> None:
    if training_session.state != "planned":
        raise StoreProblem(f"“{training_session.title}” is {training_session.state} already.")
