"""Making, changing and archiving any record from what was typed: one transaction each, with follow-ups."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Generic, TypeVar, cast

from onewindow.desk.clients import promise_keeping
from onewindow.desk.editing.done_words import done_told
from onewindow.desk.editing.parsing import read_fields
from onewindow.desk.session import naming, private_facts
from onewindow.desk.session.context import Session
from onewindow.desk.sla import event_log, hand_off_log
from onewindow.desk.validation.facts_ahead import due_behind, facts_ahead
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.validation.record_rules import (
    Context,
    context_of,
    implied,
    problems,
    rules_of,
    validate_moving,
)
from onewindow.desk.validation.working_people import gone_people
from onewindow.records.adoption import Delivery, TrainingSession
from onewindow.records.clients import Client, Contact, ContactNote, Promise, Requisites
from onewindow.records.department import SlaPolicy
from onewindow.records.fields import Record, attributes, columns
from onewindow.records.kinds import KINDS
from onewindow.records.values import value_class
from onewindow.records.voice import Feedback
from onewindow.records.work import HandOff, Request, RequestEvent, Task, Touch
from onewindow.store import feedback as voice
from onewindow.store import rows
from onewindow.store.changes import Transaction, storable
from onewindow.store.clients import cards as client_store
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem

R = TypeVar("R", bound=Record)

OBSERVED_KINDS = frozenset({"observation"})
"""What a quality specialist writes, who may read everything and change nothing else."""


@value_class
class Checked(Generic[R]):
    """A new record that was checked before its transaction."""

    record: R
    opening: event_log.Opening | None
    """Of a request: what opening it comes to, as far as that is known ahead."""

    def with_record(self, record: R) -> Checked[R]:
        """The same for the record with its short number."""
        return Checked(record, self.opening)


def blank(session: Session, kind: str, client_id: int | None = None) -> Record:
    """A new record with the values that are most likely meant: me, today, my region, his client."""
    record = KINDS[kind].record
    me, today = session.me.id, session.today().isoformat()
    likely: dict[str, Value] = {}
    names = set(columns(record))
    for name in (
        "said_on",
        "noted_on",
        "decided_on",
        "sent_on",
        "started_on",
        "valid_from",
        "on_date",
        "observed_on",
    ):
        if name in names:
            likely[name] = today
    for name in (
        "staff_id",
        "assignee_id",
        "given_by_id",
        "trainer_id",
        "receiver_id",
        "observer_id",
        "asked_by_id",
    ):
        if name in names:
            likely[name] = me
    if "currency" in names:
        likely["currency"] = session.settings.currency
    if "at" in names:
        likely["at"] = session.now_text()
    if client_id is not None and "client_id" in names:
        likely["client_id"] = client_id
    if record is Client:
        likely |= {"owner_id": me, "country": session.settings.region, "since": today}
    if record is Promise:
        likely["owner_id"] = me
    return record(**likely)  # pyright: ignore[reportArgumentType]


def add(session: Session, kind: str, typed: Mapping[str, str], client_id: int | None = None) -> Record:
    """Store a new record from typed texts over the likely values, and return it.

    Raises FieldProblems with one sentence a field, or StoreProblem; then nothing is stored.
    """
    start = blank(session, kind, client_id)
    values = read_fields(session, type(start), typed, client_id)
    return insert(session, start.with_changes({**implied(kind, values), **values}))


def insert(session: Session, record: R, intake_seconds: int = 0) -> R:
    """Store a new record whose values are read already; a request keeps how many seconds it took to type."""
    ready = checked_ahead(session, record, intake_seconds) if rules_of(record.kind).is_judged_alone else None

    def work(transaction: Transaction) -> R:
        if ready is not None:
            stored = insert_checked(session, transaction, ready)
        else:
            stored = insert_in(session, transaction, record, intake_seconds)
        also = transaction.label.partition("; ")[2]
        label = f"new {KINDS[stored.kind].spoken}: {naming.called(session, stored)}"
        transaction.relabel(f"{label}; {also}" if also else label)
        return stored

    observes = record.kind in OBSERVED_KINDS
    return session.change(
        f"new {KINDS[record.kind].spoken}",
        work,
        may_observe=observes,
    ).result


def insert_in(session: Session, transaction: Transaction, record: R, intake_seconds: int = 0) -> R:
    """Store a new record inside somebody's transaction, checked and filled; raises FieldProblems."""
    return _stored(session, transaction, _checked_new(session, record, intake_seconds))


def checked_ahead(session: Session, record: R, intake_seconds: int = 0) -> Checked[R]:
    """A new record of a kind that is judged alone, as it would be stored; raises FieldProblems.

    It is checked before one's turn to write, so that nobody waits for that.
    """
    ready = _checked_new(session, record, intake_seconds)
    opening = event_log.opening(session, ready) if isinstance(ready, Request) else None
    return Checked(ready, opening)


def insert_checked(session: Session, transaction: Transaction, checked: Checked[R]) -> R:
    """Store a new record that was checked before the transaction began; raises FieldProblems."""
    record, opening = checked.record, checked.opening
    if gone := gone_people(transaction.store, record):
        raise FieldProblems(gone)
    if isinstance(record, Request) and opening is not None and opening.holds(transaction, record):
        return event_log.opened_as_told(session, transaction, record, opening)
    return _stored(session, transaction, record)


def _checked_new(session: Session, record: R, intake_seconds: int) -> R:
    context = context_of(session)
    return _ready(context, _begun(context, record, intake_seconds))


def _stored(session: Session, transaction: Transaction, record: R) -> R:
    stored = transaction.insert(record)
    if isinstance(stored, Request):
        return event_log.opened(session, transaction, stored)
    if isinstance(stored, RequestEvent):
        from onewindow.desk.requests.statuses import follow_events  # hardly anybody stores one by itself

        follow_events(transaction, [stored])
    if isinstance(stored, HandOff):
        hand_off_log.stands(session, transaction, stored, stored.what)
    _followed(session, transaction, None, stored)
    return stored


def edit(session: Session, before: R, typed: Mapping[str, str]) -> R:
    """Change the fields that were typed, as against the record that the person saw, and return it.

    Raises FieldProblems, or Stale with the fields that somebody else changed meanwhile.
    """
    values = read_fields(session, type(before), typed, getattr(before, "client_id", None))
    return change(session, before, values)


def change(session: Session, before: R, values: Mapping[str, Value], label: str = "") -> R:
    """Set values of a record that are read already; rules, follow-ups and conflicts as in `edit`."""
    wanted = {name: value for name, value in values.items() if getattr(before, name) != value}
    wanted = private_facts.validate_change(session, before, wanted)

    def work(transaction: Transaction) -> R:
        return change_in(session, transaction, before, wanted)

    if not wanted:
        return before
    names = ", ".join(a.label for a in attributes(type(before)) if a.name in wanted)
    observes = before.kind in OBSERVED_KINDS
    label = label or f"{naming.called(session, before)}: {names}"
    return session.change(label, work, may_observe=observes).result


def change_in(
    session: Session, transaction: Transaction, before: R, wanted: Mapping[str, Value], said: str = ""
) -> R:
    """Change a record inside somebody's transaction, checked and filled; raises FieldProblems or Stale.

    `said` is the reason that somebody gave for what he does to a request or a hand-off; the log keeps it.
    """
    now = rows.get(transaction.store, type(before), before.id)
    # Only what changes says something of other fields: who takes over what waits leaves its turn as it is.
    meant = {name: value for name, value in wanted.items() if value != getattr(before, name)}
    wanted = private_facts.validate_change(session, before, {**implied(before.kind, meant), **wanted})
    # What was seen may be old. The rules look at what comes of both changes, and what follows from a change
    # follows from what it did to the record as it is, not from what somebody else did to it meanwhile.
    merged = transaction.merged(before, now, {n: v for n, v in wanted.items() if v != getattr(before, n)})
    outcome = promise_keeping.outcome_in(now, wanted) if isinstance(now, Promise) else None
    if outcome is not None and isinstance(now, Promise):
        merged = merged.with_changes(promise_keeping.marked(now, outcome, transaction.at))
    ready = _ready(context_of(session), merged, now)
    if isinstance(now, SlaPolicy) and isinstance(ready, SlaPolicy):
        from onewindow.desk.sla import policy_versions  # few sessions change a rule

        instead = policy_versions.instead_of(transaction, now, ready, session.today())
        if instead:
            stored = [_put(session, transaction, *each) for each in instead]
            return cast("R", stored[0])
    changes = {name: getattr(ready, name) for name in columns(type(now)) if _differs(now, ready, name)}
    after = transaction.update(now, storable(type(now), changes))
    if outcome is not None and isinstance(after, Promise):
        today = session.today().isoformat()
        transaction.insert(promise_keeping.event_of(session, after, outcome, today, ""))
    if isinstance(after, Request) and isinstance(now, Request):
        return event_log.changed(session, transaction, now, after, said=said)
    if isinstance(after, HandOff) and isinstance(now, HandOff) and after.state != now.state:
        hand_off_log.stands(session, transaction, after, said or after.answer)
    if isinstance(after, Contact | Requisites):
        _unflag_client(transaction, after, {name for name in changes if name != "flags"})
    _followed(session, transaction, now, after)
    return after


def _unflag_client(transaction: Transaction, record: Contact | Requisites, mended: set[str]) -> None:
    """Take back what an import found wrong with fields of a client's people or papers that were mended."""
    client = rows.find(transaction.store, Client, record.client_id)
    if client is None or not client.flags:
        return
    prefix = "contact." if isinstance(record, Contact) else ""
    flags: dict[str, str] = json.loads(client.flags)
    left = {name: why for name, why in flags.items() if name not in {f"{prefix}{each}" for each in mended}}
    if left != flags:
        transaction.update(client, {"flags": json.dumps(left, ensure_ascii=False) if left else ""})


def _put(session: Session, transaction: Transaction, known: SlaPolicy | None, policy: SlaPolicy) -> SlaPolicy:
    ready = _ready(context_of(session), policy)
    if known is None:
        return transaction.insert(ready)
    changes = {name: getattr(ready, name) for name in columns(SlaPolicy) if _differs(known, ready, name)}
    return transaction.update(known, storable(SlaPolicy, changes))


def _followed(session: Session, transaction: Transaction, before: Record | None, after: Record) -> None:
    """Do what plans ask for after a signature or a new owner, and let the change say so."""
    if after.kind not in ("document", "client", "playbook_step"):
        return
    from onewindow.desk.plans import followups  # few sessions sign or hand on anything

    done = followups.after(session, transaction, before, after)
    if done:
        transaction.relabel(f"{transaction.label}; {done}")


def archive(session: Session, record: R) -> R:
    """Take a record out of the daily view; `u` brings it back."""
    label = f"archived {KINDS[record.kind].spoken}: {naming.called(session, record)}"
    return session.change(label, lambda transaction: archive_in(session, transaction, record)).result


def archive_in(session: Session, transaction: Transaction, record: R) -> R:
    """Archive a record inside somebody's transaction; raises StoreProblem where it has to stay."""
    validate_moving(context_of(session), record)
    if isinstance(record, SlaPolicy):
        from onewindow.desk.sla import policy_versions  # few sessions change a rule

        for each in policy_versions.versions_of(transaction, record, session.today()):
            transaction.archive(each)
    return transaction.archive(record)


def restore(session: Session, record: R) -> R:
    """Bring an archived record back."""
    label = f"restored {KINDS[record.kind].spoken}: {naming.called(session, record)}"
    return session.change(label, lambda transaction: restore_in(session, transaction, record)).result


def restore_in(session: Session, transaction: Transaction, record: R) -> R:
    """Bring a record back inside somebody's transaction; raises StoreProblem where one may not."""
    validate_moving(context_of(session), record)
    return transaction.restore(record)


def erase_private(session: Session, record: R) -> R:
    """Erase a person's private facts for good, from the history too; not undone by `u`."""
    names = [a.name for a in attributes(type(record)) if a.private]
    if not names:
        raise StoreProblem(f"A {KINDS[record.kind].spoken} holds nothing private.")
    whose = naming.title_of(record) if record.kind == "contact" else "a contact"
    if private_facts.is_hidden(session, record):
        raise StoreProblem(f"What you erase is {private_facts.HIDDEN}.")
    label = f"erased private facts of {whose}"
    return session.change(label, lambda transaction: transaction.erase(record, names)).result


def private_held(session: Session, contact: Contact) -> list[str]:
    """What is private of a person and on file, as people call it; [] for nothing.

    Raises StoreProblem for whom it is hidden from.
    """
    if private_facts.is_hidden(session, contact):
        raise StoreProblem(f"What you erase is {private_facts.HIDDEN}.")
    held = [a.label for a in attributes(Contact) if a.private and getattr(contact, a.name)]
    notes = len(_notes_of(session, contact))
    return [*held, *([f"{notes} note{'s' if notes > 1 else ''}"] if notes else [])]


def erase_person(session: Session, contact: Contact) -> None:
    """Erase a person's private facts and all notes on that person for good; not undone by `u`.

    Raises StoreProblem for whom they are hidden from, and where there is nothing to erase.
    """
    if not private_held(session, contact):
        raise StoreProblem(f"Nothing private of {contact.name} is on file.")
    records: list[Record] = [contact, *_notes_of(session, contact)]

    def erase(transaction: Transaction) -> None:
        for each in records:
            transaction.erase(each, [a.name for a in attributes(type(each)) if a.private])

    session.change(f"erased private facts of {naming.title_of(contact)}", erase)


def _notes_of(session: Session, contact: Contact) -> list[ContactNote]:
    notes = client_store.contact_notes(session.store, contact.client_id, 2000)
    return [each for each in notes if each.contact_id == contact.id and each.text]


def done_changes(session: Session, record: Record) -> dict[str, Value]:
    """What `x` means for a record (resolved, kept, told …); raises StoreProblem where it means nothing."""
    today = session.today().isoformat()
    match record.kind:
        case "request":
            return {"status": "resolved", "next_actor": "client"}
        case "promise":
            return {"status": "kept"}
        case "plan":
            return {"status": "done"}
        case "plan_step":
            return {"status": "done", "done_on": today}
        case "training":
            return {"state": "done", "held_on": today}
        case "task" if isinstance(record, Task):
            return {"status": "done"}
        case "feedback" if isinstance(record, Feedback):
            return {"told_on": today}
        case "document":
            return {"state": "received"}
        case "opportunity":
            raise StoreProblem(
                "An opportunity is won with what was agreed, lost with the reason: say it in panel 5."
            )
        case "delivery":
            return {"state": "told"}
        case "session":
            return {"state": "held"}
        case _:
            raise StoreProblem(f"A {KINDS[record.kind].spoken} is never “done”.")


def mark_done(session: Session, record: R) -> R:
    """Do what `x` means for a record."""
    if isinstance(record, Delivery):
        from onewindow.desk.announcements import deliveries

        return deliveries.move(session, record, "told")
    if isinstance(record, TrainingSession):
        from onewindow.desk.announcements import training_sessions

        return training_sessions.close(session, record)
    if isinstance(record, Promise):
        return promise_keeping.mark(session, record, "kept")
    changes = done_changes(session, record)
    label = done_told(session, record)
    if isinstance(record, Feedback) and record.feature_id is not None:
        # Who is told of what came out is told of it once, however often it was wished for.
        also = [each for each in voice.untold(session.store, record) if each.id != record.id]
        return change_many(session, [record, *cast("list[R]", also)], changes, label)[0]
    return change(session, record, changes, label)


def change_many(session: Session, records: list[R], values: Mapping[str, Value], label: str) -> list[R]:
    """Set the same values on many records in one transaction, so that one `u` takes all back."""
    return session.change(
        label, lambda transaction: [change_in(session, transaction, record, values) for record in records]
    ).result


def _begun(context: Context, record: R, intake_seconds: int) -> R:
    """A new record with what it has from its beginning."""
    if isinstance(record, Request):
        return record.with_changes(
            {"opened_at": record.opened_at or context.at, "intake_seconds": intake_seconds}
        )
    if isinstance(record, Touch) and not record.at:
        return record.with_changes({"at": context.at})
    return record


def _ready(context: Context, record: R, before: R | None = None) -> R:
    filled, errors = _checked(context, record, before)
    if errors:
        raise FieldProblems(errors)
    return filled


def _checked(context: Context, record: R, before: R | None) -> tuple[R, dict[str, str]]:
    """A record as it would be stored, and what is wrong with it."""
    filled = record.with_changes(rules_of(record.kind).filled(context, record))
    if before is not None and isinstance(record, Client):
        filled = filled.with_changes({"flags": _flags_left(before, record)})
    errors = facts_ahead(filled, before, context.at, context.today) | problems(context, filled)
    if before is not None:
        errors = due_behind(filled, context.today, before) | errors
    return filled, errors


def _flags_left(before: Record, client: Client) -> str:
    """What an import found wrong with a client, without what somebody has mended since."""
    if not client.flags:
        return client.flags
    flags: dict[str, str] = json.loads(client.flags)
    left = {
        name: reason
        for name, reason in flags.items()
        if getattr(before, name, None) == getattr(client, name, None)
    }
    return json.dumps(left, ensure_ascii=False) if left else ""


def _differs(before: Record, after: Record, name: str) -> bool:
    return getattr(before, name) != getattr(after, name) and name not in ("updated_at", "version")
