"""Private facts of persons (birthdays, notes): who sees them, and records without them for everybody else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from onewindow.desk.session.context import Session
from onewindow.records.by_name import client_id_of
from onewindow.records.clients import Client
from onewindow.records.fields import Record, attributes
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.people import organization
from onewindow.store.problems import StoreProblem

R = TypeVar("R", bound=Record)

HIDDEN = "private: for who looks after the client, and leads"


def may_see_private(session: Session, client: Client) -> bool:
    """Whether somebody sees private facts of persons here: who looks after the client, leads, and admins."""
    me = session.me
    if session.is_lead or me.id in (client.owner_id, client.deputy_id):
        return True
    return organization.is_admin(session.store, me.id)


def private_fields(kind: str) -> tuple[str, ...]:
    """The private fields of a kind, () for nearly all of them."""
    return tuple(a.name for a in attributes(KINDS[kind].record) if a.private)


def is_hidden(session: Session, record: Record) -> bool:
    """Whether the private fields of a record are not for this person."""
    if not private_fields(record.kind):
        return False
    client = rows.find(session.store, Client, client_id_of(record) or 0)
    return client is None or not may_see_private(session, client)


def without_hidden(session: Session, records: Iterable[R]) -> Iterator[R]:
    """Records with empty private fields where those are not for this person; a private note is left out."""
    seen: dict[int, bool] = {}
    for record in records:
        names = private_fields(record.kind)
        if not names:
            yield record
            continue
        client_id = client_id_of(record) or 0
        # Who may see is asked once for each client and not for each record.
        if client_id not in seen:
            seen[client_id] = is_hidden(session, record)
        if not seen[client_id]:
            yield record
        elif KINDS[record.kind].title not in names:
            yield blanked(record)


def blanked(record: R) -> R:
    """A record without its private fields."""
    empty: dict[str, Value] = {
        a.name: None if a.optional else "" for a in attributes(type(record)) if a.private
    }
    return record.with_changes(empty)


def visible(session: Session, record: R) -> R:
    """One record as this person may see it; raises StoreProblem for a note that is not for them."""
    if not is_hidden(session, record):
        return record
    if KINDS[record.kind].title in private_fields(record.kind):
        raise StoreProblem(f"A {KINDS[record.kind].display_name} is {HIDDEN}.")
    return blanked(record)


def validate_change(session: Session, before: Record, wanted: dict[str, Value]) -> dict[str, Value]:
    """What of a change this person may make: private fields only where they are seen, an empty one is left.

    Raises StoreProblem for another value of what is hidden.
    """
    names = [name for name in private_fields(before.kind) if name in wanted]
    if not names or not is_hidden(session, before):
        return wanted
    if any(wanted[name] not in (None, "") for name in names):
        raise StoreProblem(f"What you change is {HIDDEN}.")
    return {name: value for name, value in wanted.items() if name not in names}
