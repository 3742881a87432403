"""Lessons that came to no end: planned and nobody says how it went, or missed and not repeated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from onewindow.text.fold import fold

SETTLED_AFTER_DAYS = 7
"""So long after its day a lesson may be without a result."""
LOOK_BACK_DAYS = 90
"""Lessons planned longer ago do not count any more."""

Unfinished = Literal["", "no result", "missed"]


class Lesson(NamedTuple):
    """A lesson as it stands: its title, the day it was planned for (YYYY-MM-DD), and its state."""

    title: str
    planned_on: str | None
    state: str


def first_day(today: date) -> str:
    """The first day (YYYY-MM-DD) of which lessons count."""
    return (today - timedelta(days=LOOK_BACK_DAYS)).isoformat()


def unfinished(lesson: Lesson, others: Iterable[Lesson], today: date) -> Unfinished:
    """What is unfinished about a lesson, '' if nothing is; `others` are all of the client."""
    if lesson.planned_on is None:
        return ""
    if lesson.state == "planned":
        late = lesson.planned_on < (today - timedelta(days=SETTLED_AFTER_DAYS)).isoformat()
        return "no result" if late else ""
    if lesson.state != "missed":
        return ""
    again = any(
        (other.planned_on or "") > lesson.planned_on
        for other in others
        if fold(other.title) == fold(lesson.title)
    )
    return "" if again else "missed"
