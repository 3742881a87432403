"""What the top line says of my day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from onewindow.desk.people.absences import covered_by_me, stand_in
from onewindow.desk.session.context import Session
from onewindow.records.structs import frozen_struct
from onewindow.store.requests import threads
from onewindow.text.dates import utc_text


@frozen_struct
class MyDay:
    """Counts over open requests of mine and of those I stand in for: late, due by midnight, untouched."""

    late: int
    due_today: int
    new: int
    late_for_others: int = 0
    """How many of the late ones are of colleagues for whom I stand in."""


def my_day(session: Session) -> MyDay:
    """My counts now."""
    now = session.now_text()
    local = session.local_now()
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo).astimezone(UTC)
    me, store, till = session.me.id, session.store, utc_text(midnight)
    mine = MyDay(
        late=threads.late_count(store, me, now),
        due_today=threads.due_count(store, me, now, till),
        new=threads.new_count(store, me),
    )
    for person in covered_by_me(session):
        for due_at, status, deputy_id in threads.open_with_deputies(store, person.id):
            if stand_in(session, person, deputy_id) == me:
                mine = MyDay(
                    mine.late + bool(due_at and due_at < now),
                    mine.due_today + bool(due_at and now <= due_at < till),
                    mine.new + (status == "new"),
                    mine.late_for_others + bool(due_at and due_at < now),
                )
    return mine
