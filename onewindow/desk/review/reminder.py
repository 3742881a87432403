"""When it is time for a review of one's portfolio: apart from the review, because every day asks it."""

from __future__ import annotations

from datetime import date

from onewindow.desk.session.context import Session
from onewindow.store import reviews
from onewindow.text.dates import format_date, to_local
from onewindow.text.plural import counted


def reminder(session: Session) -> str:
    """Why it is time, '' if it is not: a round is half way, or the last one is older than the standard."""
    standard = reviews.strictest_standard(session.store, session.today().isoformat())
    if not standard or not reviews.owns_clients(session.store, session.me.id):
        return ""
    latest = reviews.rounds(session.store, session.me.id, 1)
    if not latest:
        return "no review yet"
    if latest[0].ended_at is None:
        day = to_local(latest[0].started_at, session.zone).date().isoformat()
        return f"the review of {format_date(day, session.today())} is half way"
    days = (session.today() - date.fromisoformat(latest[0].ended_at[:10])).days
    return f"the last review was {counted(days, 'day')} ago, standard {standard}" if days > standard else ""
