"""Training sessions on a novelty or product: who is invited, who came, and the lessons that follow."""

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
from onewindow.store.announcements import novelties
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local

_LESSON: dict[AttendanceState, TrainingState] = {
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


def audience_of(session: Session, lesson: TrainingSession) -> str:
    """The filter that says who is invited: its own, else that of its announcement."""
    if lesson.audience.strip() or lesson.announcement_id is None:
        return lesson.audience
    return rows.get(session.store, Announcement, lesson.announcement_id).audience


def invite(session: Session, lesson: TrainingSession) -> Invited:
    """Invite everybody of the audience who is not invited yet, each with his main contact.

    Raises StoreProblem for a session without an audience, or one that is over.
    """
    _refuse_over(lesson)
    words = audience_of(session, lesson)
    if not words.strip():
        raise StoreProblem("Say who is invited: give the session an audience, for example product:склад.")
    added = known = nobody = 0
    ids = membership.member_ids(session, words)
    while chunk := list(islice(ids, novelties.AT_ONCE)):
        has = training.invited(session.store, lesson.id, chunk)
        contacts, _ = novelties.people(session.store, chunk)
        fresh = [client_id for client_id in chunk if client_id not in has]
        reached = [client_id for client_id in fresh if contacts.get(client_id)]
        nobody += len(fresh) - len(reached)
        known += len(has)
        if reached:
            added += _store(session, lesson, {client_id: contacts[client_id][0].id for client_id in reached})
    return Invited(added, known, nobody)


def add(
    session: Session, lesson: TrainingSession, client: Client, contact_id: int | None = None
) -> Attendance:
    """Invite one client, with a person of his; raises StoreProblem if he is invited already."""
    _refuse_over(lesson)
    if training.invited(session.store, lesson.id, [client.id]):
        raise StoreProblem(f"{client.name} is invited already.")
    attendance = Attendance(
        client_id=client.id, session_id=lesson.id, contact_id=contact_id, at=session.now_text()
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
    """Note whether a client comes or came; his lesson follows: planned, done, missed, or taken back.

    Raises StoreProblem where all seats are taken, or for an attendance of a session that was cancelled.
    """
    lesson = rows.get(session.store, TrainingSession, attendance.session_id)
    if lesson.state == "cancelled":
        raise StoreProblem(f"“{lesson.title}” was cancelled.")
    values: dict[str, Value] = {"state": state, "at": session.now_text()}
    if people is not None:
        values["people"] = people
    if note.strip():
        values["note"] = note.strip()

    def work(transaction: Transaction) -> Attendance:
        _refuse_full(transaction, lesson, attendance, state, int(values.get("people") or attendance.people))
        current = rows.get(transaction.store, Attendance, attendance.id)
        wanted = current.with_changes(values)
        values["training_id"] = _follow(session, transaction, lesson, wanted)
        return changing.change_in(session, transaction, current, values)

    client = naming.label(session, "client", attendance.client_id)
    return session.change(f"{state}: {lesson.title}, {client}", work).result


def close(session: Session, lesson: TrainingSession) -> TrainingSession:
    """Note that a session was held; who had accepted and was not marked has missed it.

    Raises StoreProblem for one that is over already, is still to come, or to which nobody was invited.
    """
    _refuse_over(lesson)
    if lesson.starts_at and lesson.starts_at > session.now_text():
        raise StoreProblem(f"“{lesson.title}” is still to come; it can be called off or moved.")
    if not training.lines(session.store, lesson.id):
        raise StoreProblem(f"Nobody is invited to “{lesson.title}”; name who came, or call it off.")

    def work(transaction: Transaction) -> TrainingSession:
        for line in training.lines(transaction.store, lesson.id):
            if line.attendance.state == "accepted":
                missed = line.attendance.with_changes({"state": "missed"})
                training_id = _follow(session, transaction, lesson, missed)
                values: dict[str, Value] = {
                    "state": "missed",
                    "at": transaction.at,
                    "training_id": training_id,
                }
                transaction.update(line.attendance, values)
        return changing.change_in(session, transaction, lesson, {"state": "held"})

    return session.change(f"held: {lesson.title}", work).result


def cancel(session: Session, lesson: TrainingSession, reason: str) -> TrainingSession:
    """Call a session off with a reason; the lessons that it planned are taken back."""
    _refuse_over(lesson)
    if not reason.strip():
        raise StoreProblem("Say why it is called off.")

    def work(transaction: Transaction) -> TrainingSession:
        for line in training.lines(transaction.store, lesson.id):
            if line.attendance.training_id is not None:
                transaction.archive(rows.get(transaction.store, Training, line.attendance.training_id))
        note = "\n".join(part for part in (lesson.note, reason.strip()) if part)
        return changing.change_in(session, transaction, lesson, {"state": "cancelled", "note": note})

    return session.change(f"cancelled: {lesson.title}", work).result


def _store(session: Session, lesson: TrainingSession, people: dict[int, int]) -> int:
    def work(transaction: Transaction) -> int:
        has = training.invited(transaction.store, lesson.id, list(people))
        fresh = {client: contact for client, contact in people.items() if client not in has}
        for client, contact in fresh.items():
            transaction.insert(
                Attendance(client_id=client, session_id=lesson.id, contact_id=contact, at=transaction.at)
            )
        return len(fresh)

    return session.change(f"invited to {lesson.title}", work).result


def _follow(
    session: Session, transaction: Transaction, lesson: TrainingSession, attendance: Attendance
) -> int | None:
    """Let the client's lesson follow his attendance, and give its id; None where there is none."""
    state = _LESSON.get(attendance.state)
    kept = rows.find(transaction.store, Training, attendance.training_id) if attendance.training_id else None
    if state is None:
        if kept is not None and kept.archived_at is None:
            transaction.archive(kept)
        return attendance.training_id
    day = to_local(lesson.starts_at, session.zone).date().isoformat()
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
        title=lesson.title,
        product_id=lesson.product_id,
        trainer_id=lesson.trainer_id,
        planned_on=day,
    )
    return changing.insert_in(session, transaction, made.with_changes(values)).id


def _refuse_full(
    transaction: Transaction, lesson: TrainingSession, attendance: Attendance, state: str, people: int
) -> None:
    if lesson.capacity is None or state != "accepted":
        return
    taken = sum(
        line.attendance.people
        for line in training.lines(transaction.store, lesson.id)
        if line.attendance.state == "accepted" and line.attendance.id != attendance.id
    )
    if taken + people > lesson.capacity:
        raise StoreProblem(f"{taken} of {lesson.capacity} seats are taken; {people} more do not fit.")


def _refuse_over(lesson: TrainingSession) -> None:
    if lesson.state != "planned":
        raise StoreProblem(f"“{lesson.title}” is {lesson.state} already.")
