"""Registering the request of a line: the record that it makes, stored with what is passed on of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from onewindow.desk.editing import changing
from onewindow.desk.editing.parsing import typed_text
from onewindow.desk.requests import handing_off
from onewindow.desk.requests.intake import ParsedLine
from onewindow.desk.session.context import Session
from onewindow.records.fields import attribute_of, typed_attributes
from onewindow.records.requests import HandOff, HandOffTarget, Priority, Request, RequestKind
from onewindow.records.structs import frozen_struct
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import NotFound, StoreProblem


@frozen_struct
class Registered:
    """What came of a line."""

    request: Request
    hand_off: HandOff | None


def register(
    session: Session, line: ParsedLine, seconds: int = 0, values: Mapping[str, Value] | None = None
) -> Registered:
    """Store the request of a line; `seconds` is how long it took to type, 0 where that is not known.

    `values` are fields that were given beside the line and stand above it. Raises StoreProblem with one
    sentence if something is missing; then nothing is stored.
    """
    # Checked before one's turn to write, so that others wait only for the writing itself.
    ready = changing.checked_ahead(session, _asked(line, values), max(0, seconds))

    def work(transaction: Transaction) -> Registered:
        # The number inside the turn: two who register at once must not get the same one.
        numbered = transaction.numbered(ready.record)
        transaction.relabel(f"new request: R-{numbered.number} {numbered.title}")
        stored = changing.insert_checked(session, transaction, ready.with_record(numbered))
        return Registered(stored, _passed_on(session, transaction, line, stored))

    return session.change("new request", work).result


def register_in(
    session: Session,
    transaction: Transaction,
    line: ParsedLine,
    seconds: int = 0,
    values: Mapping[str, Value] | None = None,
) -> Registered:
    """Store the request of a line, and what is passed on with it, inside somebody's transaction."""
    stored = changing.insert_in(session, transaction, _asked(line, values), max(0, seconds))
    return Registered(stored, _passed_on(session, transaction, line, stored))


def _asked(line: ParsedLine, values: Mapping[str, Value] | None) -> Request:
    """The record that a line and values beside it make; raises StoreProblem if something is missing."""
    if line.problems:
        raise StoreProblem(line.problems[0])
    return request_of(line).with_changes(values or {})


def request_of(line: ParsedLine) -> Request:
    """The record that a line makes; a line too long for a title stands whole in the details."""
    limit = attribute_of(Request, "title").limit
    title = line.title
    if len(title) > limit:
        title = title[: limit - 1].rsplit(" ", 1)[0] + "…"
    return Request(
        client_id=line.client.id if line.client else 0,
        title=title,
        text=line.title if title != line.title else "",
        request_kind=_as_kind(line.kind.value),
        priority=_as_priority(line.priority.value),
        assignee_id=int(line.assignee.value) if line.assignee.value else None,
        contact_id=int(line.contact.value) if line.contact.value else None,
        promised_at=line.promised.value or None,
        tags=line.tags,
    )


def as_typed(session: Session, line: ParsedLine) -> dict[str, str]:
    """What was understood as the texts of a form, so that the full form goes on with it."""
    made = request_of(line)
    typed = {a.name: typed_text(session, made, a) for a in typed_attributes(Request) if a.kind != "flag"}
    named = ("client_id", "title", "request_kind", "priority", "assignee_id", "contact_id", "promised_at")
    return {name: typed[name] for name in (*named, "tags", "text")}


def _passed_on(
    session: Session, transaction: Transaction, line: ParsedLine, request: Request
) -> HandOff | None:
    if not line.department.value:
        return None
    target: HandOffTarget = "sales" if line.department.value == "sales" else "finance"
    asked = HandOff(request_id=request.id, target=target, what=request.title)
    return handing_off.hand_off_in(session, transaction, asked, request)


def _as_kind(name: str) -> RequestKind:
    if name not in attribute_of(Request, "request_kind").choices:
        raise NotFound(f"There is no kind of request “{name}”.")
    return cast("RequestKind", name)


def _as_priority(name: str) -> Priority:
    if name not in attribute_of(Request, "priority").choices:
        raise NotFound(f"There is no priority “{name}”.")
    return cast("Priority", name)
