"""Who takes a client's request: the owner whom they know, else the deputy, else the queue; who spoke last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from onewindow.records.absences import absence_on, deputy_on
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Touch
from onewindow.records.structs import frozen_struct

ANYBODY = "the queue"


@frozen_struct
class Route:
    """Who takes it (None: it waits in the queue for whoever is free), and why."""

    staff_id: int | None
    why: str


def is_away(person: Staff, today: str) -> bool:
    """Whether somebody is away on a day (YYYY-MM-DD), the first and the last of an absence too."""
    return absence_on(person, today) is not None


def route(staff: Mapping[int, Staff], client: Client, today: str) -> Route:
    """The client's owner; if that one is away, the client's deputy, then the owner's own, else nobody."""
    owner = staff.get(client.owner_id or 0)
    if owner is not None and _is_here(owner, today):
        return Route(owner.id, "the client's owner")
    missing = _missing(owner, today)
    for deputy_id in (client.deputy_id, deputy_on(owner, today) if owner else None):
        deputy = staff.get(deputy_id or 0)
        if deputy is not None and _is_here(deputy, today):
            return Route(deputy.id, f"deputy, {missing}")
    return Route(None, f"{ANYBODY}, {missing} and no deputy is here")


def spoke_last(touches: Iterable[Touch]) -> Touch | None:
    """The last talk of one of us with the client, of touches that come newest first; machines do not talk."""
    talks = (t for t in touches if t.staff_id and not t.is_automatic and t.direction != "internal")
    return next(talks, None)


def _is_here(person: Staff, today: str) -> bool:
    return person.archived_at is None and not is_away(person, today)


def _missing(owner: Staff | None, today: str) -> str:
    if owner is None:
        return "the client has no owner"
    absence = absence_on(owner, today)
    if owner.archived_at is not None or absence is None or absence.last is None:
        return f"{owner.name} is not here"
    till = date.fromisoformat(absence.last)
    return f"{owner.name} is away till {till:%d.%m}"
