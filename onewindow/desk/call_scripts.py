"""The script of a call: which one fits the moment, its steps, and the marks that are stored with the talk."""

from __future__ import annotations

from onewindow.desk import editing
from onewindow.desk.session import Session
from onewindow.records.answering import Script, ScriptMark, ScriptMarkState, ScriptMoment, ScriptStep
from onewindow.records.values import value_class
from onewindow.store import catalogue
from onewindow.store.changes import Transaction

_MOST = 500


@value_class
class CallScript:
    """A script and its steps in order."""

    script: Script
    steps: tuple[ScriptStep, ...]


@value_class
class Mark:
    """What was done with a step; a skipped one says why."""

    step: ScriptStep
    state: ScriptMarkState
    note: str = ""


def for_moment(session: Session, moment: ScriptMoment, language: str) -> CallScript | None:
    """The script for a moment, in this language if there is one, rather for any kind of request."""
    found = [
        script
        for script in catalogue.page(session.store, Script, limit=_MOST)
        if script.moment == moment and script.archived_at is None
    ]
    if not found:
        return None
    script = min(found, key=lambda each: (each.language != language, bool(each.request_kind), each.id))
    steps = [
        step
        for step in catalogue.page(session.store, ScriptStep, limit=_MOST)
        if step.script_id == script.id and step.archived_at is None
    ]
    return CallScript(script, tuple(sorted(steps, key=lambda step: (step.position, step.id))))


def store_marks(
    session: Session, transaction: Transaction, marks: list[Mark], client_id: int, touch_id: int
) -> None:
    """Store the marks of a talk inside somebody's transaction."""
    for mark in marks:
        editing.insert_in(
            session,
            transaction,
            ScriptMark(
                client_id=client_id,
                script_step_id=mark.step.id,
                touch_id=touch_id,
                staff_id=session.me.id,
                at=transaction.at,
                state=mark.state,
                note=mark.note,
            ),
        )
