"""The alarm about trainings: one was planned and nobody says how it went, or was missed and not repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.metrics.health import alarm_weights, missed_training
from onewindow.metrics.health.missed_training import LOOK_BACK_DAYS, PlannedTraining
from onewindow.store.adoption import alarm_inputs
from onewindow.text.dates import short_day

_TEXTS = {"no result": "of {day} has no result", "missed": "of {day} was missed and not repeated"}


def alarms(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch with a training that came to no end."""
    trainings_of = _planned_trainings(batch)
    for client in batch.clients:
        known = trainings_of.get(client.id)
        if not known or not alarm_weights.is_expected_to_act(client.stage):
            continue
        unfinished_trainings = [
            (training, text) for training in known if (text := unfinished(training, known, batch.today))
        ]
        if unfinished_trainings:
            training, text = unfinished_trainings[0]
            more = f", and {len(unfinished_trainings) - 1} more" if len(unfinished_trainings) > 1 else ""
            said = f"“{training.title}” {text}{more}"
            yield client.id, Alarm("training", said, training.planned_on, alarm_weights.LESSON_UNFINISHED)


def explain(batch: Batch) -> list[str]:
    """The trainings of one client that count, with what is wrong with each."""
    known = _planned_trainings(batch).get(batch.clients[0].id, [])
    lines = [
        f"“{training.title}”"
        f" {short_day(training.planned_on, batch.today) if training.planned_on else 'without a day'}:"
        f" {unfinished(training, known, batch.today) or training.state}"
        for training in known
    ]
    return [f"lessons of the last {LOOK_BACK_DAYS} days and to come:", *(lines or ["none"])]


def unfinished(training: PlannedTraining, others: Sequence[PlannedTraining], today: date) -> str:
    """What is unfinished about a training in words, '' if nothing is; `others` are all of the client."""
    gap = missed_training.unfinished(training, others, today)
    if not gap or training.planned_on is None:
        return ""
    return _TEXTS[gap].format(day=short_day(training.planned_on, today))


def _planned_trainings(batch: Batch) -> dict[int, list[PlannedTraining]]:
    since = missed_training.first_day(batch.today)
    trainings_by_client: dict[int, list[PlannedTraining]] = {}
    for row in alarm_inputs.planned_trainings(batch.store, batch.low, batch.high, since):
        trainings_by_client.setdefault(row.client_id, []).append(PlannedTraining(*row[1:]))
    return trainings_by_client
