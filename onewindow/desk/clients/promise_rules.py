"""What must hold for promises and their events, and what the program fills in of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from onewindow.desk.clients.promise_keeping import event_of, mark, marked, outcome_in
from onewindow.desk.editing.done_words import of_client, quoted
from onewindow.desk.reference.record_entries import (
    Changed,
    Consequences,
    Context,
    Display,
    Done,
    RecordEntry,
    RecordRules,
)
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.promises import OPEN, OUTCOMES, Outcome, is_standing, tally
from onewindow.records.clients import Promise, PromiseEvent
from onewindow.records.fields import attributes
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.text.capture_dates import find_deadline
from onewindow.text.dates import day_in_full

_TERMS = ("text", "deliverable", "acceptance", "due_on", "valid_from", "valid_till")
"""What a special term says; another word of it was agreed somewhere."""


def _with_day_in_words(record: Promise, now: datetime) -> Promise:
    """A spoken promise without a date, with the day that its own words name: позвонить завтра.

    `now` is the local present.
    """
    if record.promise_kind != "spoken" or record.due_on:
        return record
    deadline = find_deadline(record.text.casefold().split(), now)
    if deadline is None or not deadline.names_day:
        return record
    return record.with_changes({"due_on": deadline.moment.date().isoformat()})


def _typed(session: Session, record: Promise) -> Promise:
    """A promise as its form stores it: a spoken one is kept on a day."""
    completed = _with_day_in_words(record, session.local_now())
    if completed.promise_kind == "spoken" and not completed.due_on:
        problem = "when is it kept? A spoken promise needs a date; what holds always is a term."
        raise FieldProblems({"due_on": problem})
    return completed


def _event_problems(context: Context, record: PromiseEvent) -> dict[str, str]:
    late = record.happened_on > context.today
    return {"happened_on": f"{day_in_full(record.happened_on)} has not come yet."} if late else {}


def _problems(context: Context, record: Promise) -> dict[str, str]:
    """What keeps a promise from being saved: a changed term says where the change was agreed."""
    if not record.id:
        return {}
    before = rows.find(context.store, Promise, record.id)
    if before is None or before.promise_kind != "term":
        return {}
    changed = [name for name in _TERMS if getattr(before, name) != getattr(record, name)]
    is_shown = record.evidence not in ("", before.evidence) or (
        record.document_id is not None and record.document_id != before.document_id
    )
    if not changed or is_shown:
        return {}
    labels = {a.name: a.label for a in attributes(Promise)}
    names = ", ".join(labels[name] for name in changed)
    return {
        "evidence": f"a special term was changed ({names}): say where that was agreed, other than before."
    }


def _filled(context: Context, record: Promise) -> dict[str, Value]:
    """When a promise was settled; a standing one that is stored as settled goes on and is counted."""
    if is_standing(record) and record.status in OUTCOMES and not record.id:
        outcome: Outcome = "kept" if record.status == "kept" else "broken"
        return marked(
            record.with_changes({"status": "acknowledged"}), outcome, record.settled_at or context.at
        )
    known = _acknowledged(context, record)
    if is_standing(record) and record.status in OPEN:
        return known
    # The time follows the state both ways, but what a file left open stays unknown.
    settled = record.status in OUTCOMES
    if settled == bool(record.settled_at) or (settled and _is_untold(context, record)):
        return known
    return {**known, "settled_at": context.at if settled else None}


def _is_untold(context: Context, record: Promise) -> bool:
    """Whether a file did not tell when a promise was settled: no later change makes that up."""
    if context.is_import:
        return True
    before = rows.find(context.store, Promise, record.id) if record.id else None
    return before is not None and before.status == record.status and before.settled_at is None


def _acknowledged(context: Context, record: Promise) -> dict[str, Value]:
    """Who acknowledged a promise, and when, where only its state was set."""
    if record.status != "acknowledged" or record.acknowledged_at or context.me is None or context.is_import:
        return {}
    return {"acknowledged_at": context.at, "acknowledged_by_id": context.me.id}


def _likely(session: Session) -> dict[str, Value]:
    return {"owner_id": session.me.id}


def _outcome_values(
    context: Context, now: Promise, _: Promise, changes: Mapping[str, Value]
) -> dict[str, Value]:
    """What keeping or breaking writes, where a change of its state means that."""
    outcome = outcome_in(now, changes)
    return {} if outcome is None else marked(now, outcome, context.at)


def _changed(session: Session, transaction: Transaction, change: Changed[Promise]) -> Promise:
    """Note the keeping or breaking that a change of the state means."""
    outcome = outcome_in(change.before, change.wanted)
    if outcome is not None:
        today = session.today().isoformat()
        transaction.insert(event_of(session, change.after, outcome, today, ""))
    return change.after


def _kept_values(_session: Session, _record: Promise) -> dict[str, Value]:
    return {"status": "kept"}


def _kept(session: Session, record: Promise) -> Promise:
    return mark(session, record, "kept")


def _kept_text(session: Session, record: Promise) -> str:
    """A standing promise tells how often it was kept, as it is given."""
    often = ""
    if is_standing(record):
        kept, broken = tally(record)
        often = f", {kept}/{kept + broken}"
    return f"promise {quoted(record.text)}{of_client(session, record)} is kept{often}"


PROMISE = RecordEntry[Session, Promise](
    RecordRules(
        problems=_problems,
        filled=_filled,
        likely=_likely,
        besides=_outcome_values,
        completed_when_typed=_typed,
    ),
    Consequences(changed=_changed),
    Done(_kept_values, mark=_kept),
    frozenset({"row"}),
    Display(done=_kept_text),
)
PROMISE_EVENT = RecordEntry[Session, PromiseEvent](RecordRules(problems=_event_problems))
