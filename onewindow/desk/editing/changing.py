"""Making, changing and archiving any record from what was typed: one transaction each, with follow-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from onewindow.desk.editing.done_words import done_text
from onewindow.desk.editing.parsing import read_fields
from onewindow.desk.reference.record_entries import Changed, Context, Prepared
from onewindow.desk.session import naming, private_facts
from onewindow.desk.session.context import Session
from onewindow.desk.validation.facts_ahead import due_behind, facts_ahead
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.validation.record_rules import context_of, implied, problems, validate_moving
from onewindow.desk.validation.working_people import gone_people
from onewindow.records.by_name import client_id_of
from onewindow.records.fields import Record, attribute_of, attributes, columns
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.changes import Transaction, storable
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem

R = TypeVar("R", bound=Record)


@frozen_struct
class Checked(Generic[R]):
    """A new record that was checked before its transaction."""

    record: R
    prepared: Prepared[R] | None
    """Stores it as it was worked out ahead, where its kind knows how."""

    def with_record(self, record: R) -> Checked[R]:
        """The same for the record with its short number."""
        return Checked(record, self.prepared)


def blank(session: Session, kind: str, client_id: int | None = None) -> Record:
    """A new record with the values that are most likely meant: me, today, my region, the client given."""
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
    likely |= session.registry.of(kind).rules.likely(session)
    return record(**likely)  # pyright: ignore[reportArgumentType]


def add(session: Session, kind: str, typed: Mapping[str, str], client_id: int | None = None) -> Record:
    """Store a new record from typed texts over the likely values, and return it.

    Raises FieldProblems with one sentence a field, or StoreProblem; then nothing is stored.
    """
    start = blank(session, kind, client_id)
    values = read_fields(session, type(start), typed, client_id)
    return insert(session, start.with_changes({**implied(session, kind, values), **values}))


def insert(session: Session, record: R, intake_seconds: int = 0) -> R:
    """Store a new record whose values are read already; a request keeps how many seconds it took to type."""
    rules = session.registry.of_record(record).rules
    ready = checked_ahead(session, record, intake_seconds) if rules.is_judged_alone else None

    def work(transaction: Transaction) -> R:
        if ready is not None:
            stored = insert_checked(session, transaction, ready)
        else:
            stored = insert_in(session, transaction, record, intake_seconds)
        # Behind the “;” follow-ups wrote what else was done; the label keeps that.
        also = transaction.label.partition("; ")[2]
        label = f"new {KINDS[stored.kind].display_name}: {naming.called(session, stored)}"
        transaction.relabel(f"{label}; {also}" if also else label)
        return stored

    return session.change(
        f"new {KINDS[record.kind].display_name}",
        work,
        may_observe=rules.is_of_observers,
    ).result


def insert_in(session: Session, transaction: Transaction, record: R, intake_seconds: int = 0) -> R:
    """Store a new record inside somebody's transaction, checked and filled; raises FieldProblems."""
    return _stored(session, transaction, _checked_new(session, record, intake_seconds))


def checked_ahead(session: Session, record: R, intake_seconds: int = 0) -> Checked[R]:
    """A new record of a kind that is judged alone, as it would be stored; raises FieldProblems.

    It is checked before one's turn to write, so that nobody waits for that.
    """
    ready = _checked_new(session, record, intake_seconds)
    return Checked(ready, session.registry.of_record(record).consequences.prepared(session, ready))


def insert_checked(session: Session, transaction: Transaction, checked: Checked[R]) -> R:
    """Store a new record that was checked before the transaction began; raises FieldProblems."""
    record = checked.record
    # Somebody may have left while one waited for one's turn; all else was checked ahead.
    if gone := gone_people(transaction.store, record):
        raise FieldProblems(gone)
    if checked.prepared is not None and (stored := checked.prepared(transaction, record)) is not None:
        return stored
    return _stored(session, transaction, record)


def _checked_new(session: Session, record: R, intake_seconds: int) -> R:
    context = context_of(session)
    begun = session.registry.of_record(record).rules.begun(context, record, intake_seconds)
    return _ready(context, begun)


def _stored(session: Session, transaction: Transaction, record: R) -> R:
    consequences = session.registry.of_record(record).consequences
    stored = consequences.stored(session, transaction, transaction.insert(record))
    _follow(session, transaction, None, stored)
    return stored


def edit(session: Session, before: R, typed: Mapping[str, str]) -> R:
    """Change the fields that were typed, as against the record that the person saw, and return it.

    Raises FieldProblems, or Stale with the fields that somebody else changed meanwhile.
    """
    values = read_fields(session, type(before), typed, client_id_of(before))
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
    label = label or f"{naming.called(session, before)}: {names}"
    observes = session.registry.of_record(before).rules.is_of_observers
    return session.change(label, work, may_observe=observes).result


def change_in(
    session: Session, transaction: Transaction, before: R, wanted: Mapping[str, Value], said: str = ""
) -> R:
    """Change a record inside somebody's transaction, checked and filled; raises FieldProblems or Stale.

    `said` is the reason that somebody gave for what they do to a request or a hand-off; the log keeps it.
    """
    now = rows.get(transaction.store, type(before), before.id)
    # Only what changes says something of other fields: who takes over what waits leaves its turn as it is.
    meant = {name: value for name, value in wanted.items() if value != getattr(before, name)}
    wanted = private_facts.validate_change(
        session, before, {**implied(session, before.kind, meant), **wanted}
    )
    # What was seen may be old. The rules look at what comes of both changes, and what follows from a change
    # follows from what it did to the record as it is, not from what somebody else did to it meanwhile.
    merged = transaction.merged(before, now, {n: v for n, v in wanted.items() if v != getattr(before, n)})
    ready = _ready_change(context_of(session), now, merged, wanted)
    consequences = session.registry.of_record(now).consequences
    if instead := consequences.instead(session, transaction, now, ready):
        stored = [_put(session, transaction, known, record) for known, record in instead]
        return stored[0]
    after = transaction.update(now, storable(type(now), _differing(now, ready)))
    after = consequences.changed(session, transaction, Changed(now, after, wanted, said))
    _follow(session, transaction, now, after)
    return after


def _put(session: Session, transaction: Transaction, known: R | None, record: R) -> R:
    ready = _ready(context_of(session), record)
    if known is None:
        return transaction.insert(ready)
    return transaction.update(known, storable(type(known), _differing(known, ready)))


def followed(session: Session, transaction: Transaction, before: R | None, after: R) -> list[str]:
    """Do what other features ask for after a record was stored (`before` is None) or changed, and tell it."""
    follow_ups = session.registry.of_record(after).consequences.follow_ups
    done = [follow(session, transaction, before, after) for follow in follow_ups]
    return [text for text in done if text]


def _follow(session: Session, transaction: Transaction, before: R | None, after: R) -> None:
    if done := followed(session, transaction, before, after):
        transaction.relabel("; ".join((transaction.label, *done)))


def archive(session: Session, record: R) -> R:
    """Take a record out of the daily view; `u` brings it back."""
    label = f"archived {KINDS[record.kind].display_name}: {naming.called(session, record)}"
    return session.change(label, lambda transaction: archive_in(session, transaction, record)).result


def archive_in(session: Session, transaction: Transaction, record: R) -> R:
    """Archive a record inside somebody's transaction; raises StoreProblem where it has to stay."""
    validate_moving(context_of(session), record)
    for other in session.registry.of_record(record).consequences.also_archived(session, transaction, record):
        transaction.archive(other)
    return transaction.archive(record)


def restore(session: Session, record: R) -> R:
    """Bring an archived record back."""
    label = f"restored {KINDS[record.kind].display_name}: {naming.called(session, record)}"
    return session.change(label, lambda transaction: restore_in(session, transaction, record)).result


def restore_in(session: Session, transaction: Transaction, record: R) -> R:
    """Bring a record back inside somebody's transaction; raises StoreProblem where one may not."""
    validate_moving(context_of(session), record)
    return transaction.restore(record)


def erase_private(session: Session, record: R) -> R:
    """Erase a person's private facts for good, from the history too; not undone by `u`."""
    names = [a.name for a in attributes(type(record)) if a.private]
    if not names:
        raise StoreProblem(f"A {KINDS[record.kind].display_name} holds nothing private.")
    title = attribute_of(type(record), KINDS[record.kind].title)
    whose = "a contact" if title.private else naming.title_of(record)
    if private_facts.is_hidden(session, record):
        raise StoreProblem(f"What you erase is {private_facts.HIDDEN}.")
    label = f"erased private facts of {whose}"
    return session.change(label, lambda transaction: transaction.erase(record, names)).result


def done_changes(session: Session, record: Record) -> dict[str, Value]:
    """What `x` means for a record (resolved, kept …); raises StoreProblem where it means nothing."""
    done = session.registry.of_record(record).done
    if done is None:
        raise StoreProblem(f"A {KINDS[record.kind].display_name} is never “done”.")
    return done.changes(session, record)


def mark_done(session: Session, record: R) -> R:
    """Do what `x` means for a record; raises StoreProblem for what is done already."""
    done = session.registry.of_record(record).done
    if done is not None and done.is_done(record):
        raise StoreProblem(f"{done_text(session, record)} already.")
    if done is not None and done.mark is not None:
        return done.mark(session, record)
    changes = done_changes(session, record)
    label = done_text(session, record)
    if done is not None and (also := done.also(session, record)):
        return change_many(session, [record, *also], changes, label)[0]
    return change(session, record, changes, label)


def change_many(session: Session, records: list[R], values: Mapping[str, Value], label: str) -> list[R]:
    """Set the same values on many records in one transaction, so that one `u` takes all back."""
    return session.change(
        label, lambda transaction: [change_in(session, transaction, record, values) for record in records]
    ).result


def _ready(context: Context, record: R) -> R:
    """A record as it would be stored; raises FieldProblems."""
    filled = record.with_changes(context.registry.of_record(record).rules.filled(context, record))
    if errors := facts_ahead(filled, None, context.at, context.today) | problems(context, filled):
        raise FieldProblems(errors)
    return filled


def _ready_change(context: Context, now: R, meant: R, wanted: Mapping[str, Value]) -> R:
    """A record on file as a change would leave it; raises FieldProblems."""
    rules = context.registry.of_record(now).rules
    meant = meant.with_changes(rules.besides(context, now, meant, wanted))
    filled = meant.with_changes(rules.filled(context, meant))
    errors = facts_ahead(filled, now, context.at, context.today) | problems(context, filled)
    if errors := due_behind(filled, context.today, now) | errors:
        raise FieldProblems(errors)
    return filled


def _differing(before: Record, after: Record) -> dict[str, Value]:
    names = (name for name in columns(type(before)) if name not in ("updated_at", "version"))
    return {n: getattr(after, n) for n in names if getattr(before, n) != getattr(after, n)}
