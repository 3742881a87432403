"""The alarm about lessons: one was planned and nobody says how it went, or it was missed and not repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.store.adoption import alarm_inputs
from onewindow.store.adoption.alarm_inputs import Lesson
from onewindow.text.dates import short_day
from onewindow.text.fold import fold

SETTLED_AFTER_DAYS = 7
"""So long after its day a lesson may be without a result."""
LOOK_BACK_DAYS = 90
_WEIGHT = 30


def alarms(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch with a lesson that came to no end."""
    lessons = _lessons(batch)
    for client in batch.clients:
        known = lessons.get(client.id)
        if not known or client.stage in ("leaving", "lost"):
            continue
        found = [(lesson, text) for lesson in known if (text := unfinished(lesson, known, batch.today))]
        if found:
            lesson, text = found[0]
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            yield client.id, Alarm("training", f"“{lesson.title}” {text}{more}", lesson.planned_on, _WEIGHT)


def explain(batch: Batch) -> list[str]:
    """The lessons of one client that count, with what is wrong with each."""
    known = _lessons(batch).get(batch.clients[0].id, [])
    lines = [
        f"“{each.title}” {short_day(each.planned_on, batch.today) if each.planned_on else 'without a day'}:"
        f" {unfinished(each, known, batch.today) or each.state}"
        for each in known
    ]
    return [f"lessons of the last {LOOK_BACK_DAYS} days and to come:", *(lines or ["none"])]


def unfinished(lesson: Lesson, others: Sequence[Lesson], today: date) -> str:
    """What is unfinished about a lesson, '' if nothing is; `others` are all of the client."""
    if lesson.planned_on is None:
        return ""
    day = short_day(lesson.planned_on, today)
    if lesson.state == "planned":
        late = lesson.planned_on < (today - timedelta(days=SETTLED_AFTER_DAYS)).isoformat()
        return f"of {day} has no result" if late else ""
    if lesson.state != "missed":
        return ""
    again = any(
        (each.planned_on or "") > lesson.planned_on
        for each in others
        if fold(each.title) == fold(lesson.title)
    )
    return "" if again else f"of {day} was missed and not repeated"


def _lessons(batch: Batch) -> dict[int, list[Lesson]]:
    since = (batch.today - timedelta(days=LOOK_BACK_DAYS)).isoformat()
    found: dict[int, list[Lesson]] = {}
    for lesson in alarm_inputs.lessons(batch.store, batch.low, batch.high, since):
        found.setdefault(lesson.client_id, []).append(lesson)
    return found
