"""Whether somebody is there for a client: the owner, else a deputy, now and in the next days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.desk.people.routing import is_away
from onewindow.desk.reference.directory import Colleagues
from onewindow.metrics.health.alarm_weights import NOBODY_IS_THERE, NOBODY_WILL_BE_THERE
from onewindow.records.absences import absence_on, absences_of, current_or_next, deputy_on
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import short_day

AHEAD_DAYS = 3
"""An absence without a deputy is told so many days before it begins."""


@frozen_struct
class Gap:
    """Nobody is there for a client: from which day on (YYYY-MM-DD, None: always), why, and what fixes it."""

    since: str | None
    text: str
    field: str
    """The field of the client that should name somebody."""
    is_now: bool = True


_NO_OWNER = Gap(None, "there is no owner", "owner_id")
_UNOWNED = Alarm("uncovered", _NO_OWNER.text, _NO_OWNER.since, NOBODY_IS_THERE)
"""Made once: an import of many clients finds it for each."""


def gap_of(staff: Mapping[int, Staff], client: Client, today: date, ahead: int = AHEAD_DAYS) -> Gap | None:
    """What is wrong with the cover of a client today or within `ahead` days, None if somebody is there.

    An owner who is away is covered by the deputy on the client's card or by their own, if one is there.
    """
    owner = staff.get(client.owner_id or 0)
    if owner is None:
        return _NO_OWNER
    if owner.archived_at is not None:
        return Gap(owner.archived_at[:10], f"the owner, {owner.name}, works here no more", "owner_id")
    if not absences_of(owner):
        return None
    # Day by day: an absence that ends tomorrow may be followed by another one, without a deputy.
    for days in range(ahead + 1):
        day = (today + timedelta(days=days)).isoformat()
        absence = absence_on(owner, day)
        if absence is None:
            continue
        deputies = [staff.get(deputy_id or 0) for deputy_id in (client.deputy_id, deputy_on(owner, day))]
        if not any(deputy and _is_there(deputy, day) for deputy in deputies):
            till = f" till {short_day(absence.last, today)}" if absence.last else ""
            begins = short_day(day, today)
            when = f"is away{till}" if not days else f"will be away from {begins}{till}"
            since = max(absence.first, day) if days else absence.first
            return Gap(since, f"the owner, {owner.name}, {when} and nobody stands in", "deputy_id", not days)
    return None


def alarms(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch for whom nobody is there."""
    staff = Colleagues(batch.store)
    for client in batch.clients:
        gap = None if client.stage == "lost" else gap_of(staff, client, batch.today)
        if gap is _NO_OWNER:
            yield client.id, _UNOWNED
        elif gap is not None:
            weight = NOBODY_IS_THERE if gap.is_now else NOBODY_WILL_BE_THERE
            yield client.id, Alarm("uncovered", gap.text, gap.since, weight)


def explain(batch: Batch) -> list[str]:
    """The cover of one client line by line, the result last."""
    staff, client = Colleagues(batch.store), batch.clients[0]
    owner = staff.get(client.owner_id or 0)
    today = batch.today.isoformat()
    lines = [f"owner: {_state(owner, batch.today)}"]
    lines.append(f"deputy on the card: {_state(staff.get(client.deputy_id or 0), batch.today)}")
    if owner is not None:
        lines.append(f"deputy of the owner: {_state(staff.get(deputy_on(owner, today) or 0), batch.today)}")
    gap = gap_of(staff, client, batch.today)
    return [*lines, gap.text if gap else f"somebody is there today and in the next {AHEAD_DAYS} days"]


def _is_there(person: Staff, day: str) -> bool:
    return person.archived_at is None and not is_away(person, day)


def _state(person: Staff | None, today: date) -> str:
    if person is None:
        return "nobody"
    if person.archived_at is not None:
        return f"{person.name}, works here no more"
    absence = current_or_next(person, today.isoformat())
    if absence is None:
        return f"{person.name}, is there"
    till = f" till {short_day(absence.last, today)}" if absence.last else ""
    return f"{person.name}, away from {short_day(absence.first, today)}{till}"
