"""Alarms: what asks for a look at a client before they complain, each with its numbers and how grave it is.

All alarms of a client are kept in its line of the client list (`client_stat`): written in the transaction
of their cause, renewed with the health as time goes by, compared by `db check`. Lists, card, Today and the
review read them from there and compute nothing.

To add a source of alarms:

1. Name its kind in `KINDS` below, with the words for it.
2. Write a module of the desk with `alarms(batch)`, which gives (client id, Alarm) for those clients of the
   batch who have one, and `explain(batch)`, which gives the arithmetic for the only client of a batch in
   lines, the result last. `alarms` sees up to 500 clients with ids between `batch.low` and `batch.high`: read
   what it needs of all of them with one query along an index that begins with the client (a single client is
   a batch too, at each write). It may use `batch.inputs`, those of their health, and nothing but the store
   and `batch.now`: no settings of a person, since what it gives is kept for everybody.
3. Add it to `SOURCES` in `desk/alarms/sources.py`.
4. If a change of a kind of record can change the alarm whose entry has no `row` among its caches, add that.

A weight says how grave an alarm is, 1 to 99: it orders lists, and the gravest stands first on the card. 70
and above is for what goes wrong today, 40 to 69 for what wants a call this week, below that for what may
wait.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from onewindow.records.structs import frozen_struct

# Lists unpack alarms at the start: what only types name is not loaded for that.
if TYPE_CHECKING:
    from onewindow.metrics.health.signals import HealthInputs
    from onewindow.records.clients import Client
    from onewindow.store.engine import Store

KINDS: Mapping[str, str] = {
    "uncovered": "nobody is there",
    "silence": "silent",
    "no_touch": "no touch",
    "unused": "not used",
    "decline": "use falls",
    "never_used": "never used",
    "training": "lesson unfinished",
}
"""Every kind of alarm, with the words for it."""


@frozen_struct
class Alarm:
    """One thing to look at. `text` has the numbers; it is raw, names in it are as people typed them."""

    kind: str
    text: str
    since: str | None
    """The day (YYYY-MM-DD) from which on it holds or will hold, None if nobody can say."""
    weight: int
    """How grave it is, 1 to 99."""

    @property
    def label(self) -> str:
        """The alarm in words: `silent: expected 4.2 signs of life in 8 weeks, seen 0; 1.5 % likely`."""
        return f"{KINDS.get(self.kind, self.kind)}: {self.text}"


@frozen_struct
class Batch:
    """Clients whose alarms are worked out together: archived ones are not among them."""

    store: Store
    clients: Sequence[Client]
    """At least one, by id."""
    inputs: Mapping[int, HealthInputs]
    """What their health is made of, by client id."""
    now: datetime

    @property
    def low(self) -> int:
        """The smallest client id."""
        return self.clients[0].id

    @property
    def high(self) -> int:
        """The largest client id."""
        return self.clients[-1].id

    @property
    def today(self) -> date:
        """The date in UTC: what is kept for everybody knows nobody's zone."""
        return self.now.date()


def pack(alarms: Iterable[Alarm]) -> str:
    """Alarms as one text, the gravest first, '' for none."""
    # By kind too: the same alarms are the same text, so `db check` compares strings.
    ordered = sorted(alarms, key=lambda alarm: (-alarm.weight, alarm.kind))
    values = [[alarm.kind, alarm.text, alarm.since, alarm.weight] for alarm in ordered]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else ""


def unpack(packed: str) -> tuple[Alarm, ...]:
    """The alarms in a text that `pack` made, the gravest first."""
    return tuple(Alarm(*values) for values in json.loads(packed)) if packed else ()
