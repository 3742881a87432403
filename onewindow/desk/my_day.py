"""What the top line says of my day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from onewindow.desk.session import Session
from onewindow.records.values import value_class
from onewindow.store import requests
from onewindow.text.dates import utc_text


@value_class
class MyDay:
    """Counts over my open requests: past their due time, due before midnight, not yet touched."""

    late: int
    due_today: int
    new: int


def my_day(session: Session) -> MyDay:
    """My counts now."""
    now = session.now_text()
    local = session.local_now()
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo).astimezone(UTC)
    me, store = session.me.id, session.store
    return MyDay(
        late=requests.late_count(store, me, now),
        due_today=requests.due_count(store, me, now, utc_text(midnight)),
        new=requests.new_count(store, me),
    )
