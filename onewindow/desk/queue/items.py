"""One thing to do today: a record with its reason, its time and whose day it belongs to."""

from __future__ import annotations

from typing import Literal

from onewindow.metrics.sla.lateness import Lateness
from onewindow.records.fields import Record
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import utc_text

Group = Literal[
    "requests",
    "promises",
    "steps",
    "tasks",
    "hand-offs",
    "documents",
    "detractors",
    "alarms",
    "touches",
    "meetings",
    "handovers",
    "novelties",
]


@frozen_struct
class Item:
    """One thing to do. Times are UTC text."""

    kind: str
    record: Record
    group: Group
    client_id: int | None
    title: str
    reason: str
    lateness: Lateness | None
    """How late it is or how long is left, None for what has no time."""
    since: str
    client_waits: bool = False
    whose_id: int | None = None
    """Whose day it belongs to: me, somebody I stand in for, a colleague, None for nobody."""
    is_covered: bool = False
    """Whether I stand in for that person."""
    is_dated: bool = False
    """Whether it is due on a day, not at an hour."""
    must_warn: bool = False
    """Whether a promised date is near and the client has not been warned."""
    is_debt: bool = False
    """Whether its day was over before today began: it is owed for longer, and nothing burns now."""

    @property
    def due_at(self) -> str | None:
        """When it is due (UTC text), None for what has no time and for what is paused."""
        due = self.lateness.due_at if self.lateness else None
        return utc_text(due) if due else None

    @property
    def slack_s(self) -> int | None:
        """Open time left in seconds, negative when it is over, None without a time that runs."""
        return self.lateness.seconds if self.lateness and not self.lateness.is_paused else None

    @property
    def is_late(self) -> bool:
        """Whether its time is over."""
        return self.lateness is not None and self.lateness.is_late
