"""The sources of alarms, and what they say of some clients; `desk/alarms.py` tells how to add one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from onewindow.desk import coverage, lesson_alarms, no_touch, silence_radar, use_alarms
from onewindow.desk.alarms import Alarm, Batch
from onewindow.records.clients import Client
from onewindow.records.values import value_class
from onewindow.store import health_facts
from onewindow.store.engine import Store
from onewindow.store.foresight import worked_out
from onewindow.text.dates import utc_text


@value_class
class Source:
    """One kind of alarm: who has it, and the arithmetic behind it for one client."""

    kind: str
    alarms: Callable[[Batch], Iterable[tuple[int, Alarm]]]
    explain: Callable[[Batch], list[str]]
    is_lively: bool = False
    """Whether it looks at requests, or at the facts of health, which move with every request."""


SOURCES: tuple[Source, ...] = (
    Source("uncovered", coverage.alarms, coverage.explain),
    Source("silence", silence_radar.alarms, silence_radar.explain, is_lively=True),
    Source("no_touch", no_touch.alarms, no_touch.explain, is_lively=True),
    Source("unused", use_alarms.unused, use_alarms.explain_unused),
    Source("decline", use_alarms.declines, use_alarms.explain_declines),
    Source("never_used", use_alarms.never_used, use_alarms.explain_never_used),
    Source("training", lesson_alarms.alarms, lesson_alarms.explain),
)
"""Every source, the one that is explained first first."""


def alarms_of(batch: Batch) -> dict[int, list[Alarm]]:
    """The alarms of the clients of a batch, by client id; those without any are left out."""
    found: dict[int, list[Alarm]] = {}
    for client_id, alarm in (*_steady(batch), *_of_sources(batch, is_lively=True)):
        found.setdefault(client_id, []).append(alarm)
    return found


def _steady(batch: Batch) -> list[tuple[int, Alarm]]:
    """The alarms that no request moves: a write that foresees its client works them out before its turn."""
    if len(batch.clients) > 1:
        return _of_sources(batch, is_lively=False)
    given = (batch.clients[0], batch.now)
    return worked_out(batch.store, "steady alarms", given, lambda: _of_sources(batch, is_lively=False))


def _of_sources(batch: Batch, *, is_lively: bool) -> list[tuple[int, Alarm]]:
    return [each for source in SOURCES if source.is_lively == is_lively for each in source.alarms(batch)]


def batch_of(store: Store, client: Client, now: datetime) -> Batch:
    """One client as a batch."""
    return Batch(
        store,
        (client,),
        {each.client_id: each for each in health_facts.facts(store, client.id, client.id, utc_text(now))},
        now,
    )


def explained(store: Store, client: Client, now: datetime) -> list[str]:
    """What every source says of a client now, line by line, alarms with their weight."""
    batch = batch_of(store, client, now)
    found = {alarm.kind: alarm for alarm in alarms_of(batch).get(client.id, ())}
    lines: list[str] = []
    for source in SOURCES:
        alarm = found.get(source.kind)
        head = f"{alarm.label} (weight {alarm.weight})" if alarm else f"no alarm: {source.kind}"
        lines += [head, *(f"  {line}" for line in source.explain(batch))]
    return lines
