"""The alarm about lessons: one was planned and nobody says how it went, or it was missed and not repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.metrics.health import alarm_weights
from onewindow.metrics.health import missed_training as lessons
from onewindow.metrics.health.missed_training import LOOK_BACK_DAYS, Lesson
from onewindow.store.adoption import alarm_inputs
from onewindow.text.dates import short_day

_TEXTS = {"no result": "of {day} has no result", "missed": "of {day} was missed and not repeated"}


def alarms(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch with a lesson that came to no end."""
    lessons_of = _lessons(batch)
    for client in batch.clients:
        known = lessons_of.get(client.id)
        if not known or not alarm_weights.is_expected_to_act(client.stage):
            continue
        unfinished_lessons = [
            (lesson, text) for lesson in known if (text := unfinished(lesson, known, batch.today))
        ]
        if unfinished_lessons:
            lesson, text = unfinished_lessons[0]
            more = f", and {len(unfinished_lessons) - 1} more" if len(unfinished_lessons) > 1 else ""
            said = f"“{lesson.title}” {text}{more}"
            yield client.id, Alarm("training", said, lesson.planned_on, alarm_weights.LESSON_UNFINISHED)


def explain(batch: Batch) -> list[str]:
    """The lessons of one client that count, with what is wrong with each."""
    known = _lessons(batch).get(batch.clients[0].id, [])
    lines = [
        f"“{lesson.title}”"
        f" {short_day(lesson.planned_on, batch.today) if lesson.planned_on else 'without a day'}:"
        f" {unfinished(lesson, known, batch.today) or lesson.state}"
        for lesson in known
    ]
    return [f"lessons of the last {LOOK_BACK_DAYS} days and to come:", *(lines or ["none"])]


def unfinished(lesson: Lesson, others: Sequence[Lesson], today: date) -> str:
    """What is unfinished about a lesson in words, '' if nothing is; `others` are all of the client."""
    gap = lessons.unfinished(lesson, others, today)
    if not gap or lesson.planned_on is None:
        return ""
    return _TEXTS[gap].format(day=short_day(lesson.planned_on, today))


def _lessons(batch: Batch) -> dict[int, list[Lesson]]:
    since = lessons.first_day(batch.today)
    lessons_by_client: dict[int, list[Lesson]] = {}
    for row in alarm_inputs.lessons(batch.store, batch.low, batch.high, since):
        lessons_by_client.setdefault(row.client_id, []).append(Lesson(*row[1:]))
    return lessons_by_client
