"""The alarm of a client with whom nobody has been in touch for longer than their cadence allows (C68)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from onewindow.desk.cadence.due_rules import read_rules
from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.metrics.health import alarm_weights
from onewindow.records.clients import Client
from onewindow.text.dates import short_day
from onewindow.text.plural import counted


def alarms(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch whose last personal touch is older than the days of their cadence's alarm."""
    book = read_rules(batch.store, batch.today)
    if not book.cadences:
        return
    inside = book.inside(batch.store, batch.low, batch.high)
    for client in batch.clients:
        cadence = book.cadence_record(client, inside.get(client.id, ()))
        if cadence is None or not cadence.alarm_days or client.stage == "lost":
            continue
        last, days = _since(batch, client)
        if days > cadence.alarm_days:
            since = last + timedelta(days=cadence.alarm_days + 1)
            weight = alarm_weights.no_touch(days, cadence.alarm_days)
            text = f"{counted(days, 'day')} without a touch, {cadence.alarm_days} are allowed"
            yield client.id, Alarm("no_touch", text, since.isoformat(), weight)


def explain(batch: Batch) -> list[str]:
    """The arithmetic for the only client of a batch, the result last."""
    client, today = batch.clients[0], batch.today
    book = read_rules(batch.store, batch.today)
    cadence = book.cadence_record(client, book.inside(batch.store, client.id, client.id).get(client.id, ()))
    if cadence is None:
        return ["no cadence is set, so that no touch is missed"]
    last, days = _since(batch, client)
    touched = batch.inputs[client.id].last_touch_at is not None
    day, now = (short_day(at.isoformat(), today) for at in (last, today))
    lines = [
        f"{'last personal touch' if touched else 'with us, without a touch,'} on {day},"
        f" today is {now}: {counted(days, 'day')}",
        f"the cadence “{cadence.name}” allows {cadence.alarm_days or 'any number of'} days",
    ]
    late = bool(cadence.alarm_days) and days > cadence.alarm_days
    return [*lines, f"{days} > {cadence.alarm_days}: alarm" if late else "no alarm"]


def _since(batch: Batch, client: Client) -> tuple[date, int]:
    """The day of the last personal touch, else the one they came on, and the days since."""
    inputs = batch.inputs.get(client.id)
    at = (inputs.last_touch_at if inputs is not None else None) or client.since or client.created_at
    try:
        last = date.fromisoformat(at[:10])
    except ValueError:
        last = batch.today
    return last, (batch.today - last).days
