"""The sources of alarms, and what they say of some clients; `desk/health/alarm.py` tells how to add one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from onewindow.desk.alarms import no_touch, silence_radar, training_alarms, use_alarms
from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.desk.health.scoring import health_inputs
from onewindow.desk.people import absence_cover
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.text.dates import utc_text


@frozen_struct
class Source:
    """One kind of alarm: who has it, and the arithmetic behind it for one client."""

    kind: str
    alarms: Callable[[Batch], Iterable[tuple[int, Alarm]]]
    explain: Callable[[Batch], list[str]]


SOURCES: tuple[Source, ...] = (
    Source("uncovered", absence_cover.alarms, absence_cover.explain),
    Source("silence", silence_radar.alarms, silence_radar.explain),
    Source("no_touch", no_touch.alarms, no_touch.explain),
    Source("unused", use_alarms.unused, use_alarms.explain_unused),
    Source("decline", use_alarms.declines, use_alarms.explain_declines),
    Source("never_used", use_alarms.never_used, use_alarms.explain_never_used),
    Source("training", training_alarms.alarms, training_alarms.explain),
)
"""Every source, the one that is explained first first."""


def alarms_of(batch: Batch) -> dict[int, list[Alarm]]:
    """The alarms of the clients of a batch, by client id; those without any are left out."""
    alarms_by_client: dict[int, list[Alarm]] = {}
    for client_id, alarm in (client_alarm for source in SOURCES for client_alarm in source.alarms(batch)):
        alarms_by_client.setdefault(client_id, []).append(alarm)
    return alarms_by_client


def batch_of(store: Store, client: Client, now: datetime) -> Batch:
    """One client as a batch."""
    return Batch(
        store,
        (client,),
        {inputs.client_id: inputs for inputs in health_inputs(store, client.id, client.id, utc_text(now))},
        now,
    )


def explained(store: Store, client: Client, now: datetime) -> list[str]:
    """What every source says of a client now, line by line, alarms with their weight."""
    batch = batch_of(store, client, now)
    alarms_by_kind = {alarm.kind: alarm for alarm in alarms_of(batch).get(client.id, ())}
    lines: list[str] = []
    for source in SOURCES:
        alarm = alarms_by_kind.get(source.kind)
        head = f"{alarm.label} (weight {alarm.weight})" if alarm else f"no alarm: {source.kind}"
        lines += [head, *(f"  {line}" for line in source.explain(batch))]
    return lines
