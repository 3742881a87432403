"""The dates of a plan's steps: working days of the client's calendar after the start."""

from __future__ import annotations

from onewindow.desk.session import Session
from onewindow.metrics.working_time import Calendar


def calendar_for(session: Session, tier: str = "") -> Calendar | None:
    """The calendar by which a client of a tier is served, the general one without a tier; None without any.

    The same hours count for the SLA clock of his ordinary requests.
    """
    book = session.directory.policies
    found = book.record_for(tier, "normal", "other", session.now_text())
    if found is not None:
        return book.calendars.get(found.calendar_id)
    return next(iter(book.calendars.values()), None)
