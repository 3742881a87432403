"""Trainings that came to no end: planned and nobody says how it went, or missed and not repeated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from onewindow.records.named_tuples import NamedTuple
from onewindow.text.fold import fold

SETTLED_AFTER_DAYS = 7
"""So long after its day a training may be without a result."""
LOOK_BACK_DAYS = 90
"""Trainings planned longer ago do not count any more."""

Unfinished = Literal["", "no result", "missed"]


class PlannedTraining(NamedTuple):
    """A training as it stands: its title, the day it was planned for (YYYY-MM-DD), and its state."""

    title: str
    planned_on: str | None
    state: str


def first_day(today: date) -> str:
    """The first day (YYYY-MM-DD) of which trainings count."""
    return (today - timedelta(days=LOOK_BACK_DAYS)).isoformat()


def unfinished(training: PlannedTraining, others: Iterable[PlannedTraining], today: date) -> Unfinished:
    """What is unfinished about a training, '' if nothing is; `others` are all of the client."""
    if training.planned_on is None:
        return ""
    if training.state == "planned":
        late = training.planned_on < (today - timedelta(days=SETTLED_AFTER_DAYS)).isoformat()
        return "no result" if late else ""
    if training.state != "missed":
        return ""
    again = any(
        (other.planned_on or "") > training.planned_on
        for other in others
        if fold(other.title) == fold(training.title)
    )
    return "" if again else "missed"
