"""What a client does with one product that is paid for: it is never used, used no more, or paused for long.

| what | when |
|---|---|
| unused | a paid licence was last used 30 days ago or more |
| long pause | the weeks without use are more than this client ever pauses (`metrics/product_trends.py`) |
| never used | licences in force for 30 days have no use at all, while other products of the client have |
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from onewindow.metrics import product_trends
from onewindow.metrics.health import alarm_weights
from onewindow.metrics.health.signals import UNUSED_AFTER_DAYS
from onewindow.metrics.product_trends import Idle
from onewindow.records.structs import frozen_struct

HISTORY_WEEKS = 26
"""So many full weeks are read: a trend needs 16, a rhythm more."""


@frozen_struct
class OwnedUse:
    """One product of a client: licences bought and in use, and its full weeks, the oldest first.

    Weeks are active users, None where nothing was reported. Days are YYYY-MM-DD.
    """

    product_id: int
    bought: int
    active: int
    starts_on: str | None
    last_used_on: str | None
    weeks: Sequence[int | None]


@frozen_struct
class Unused:
    """A product that is not used: since which day, or for how long a pause; and how grave that is."""

    weight: int
    since: str | None
    pause: Idle | None = None


def together(known: OwnedUse, more: OwnedUse) -> OwnedUse:
    """Several licences of one product are one; the weeks are those of the product and the same in both."""
    return OwnedUse(
        known.product_id,
        known.bought + more.bought,
        known.active + more.active,
        min(known.starts_on or "9999", more.starts_on or "9999"),
        max(known.last_used_on or "", more.last_used_on or "") or None,
        known.weeks,
    )


def unused(owned: OwnedUse, today: date) -> Unused | None:
    """Whether a product is used no more, or paused for longer than usual; None if neither."""
    limit = (today - timedelta(days=UNUSED_AFTER_DAYS)).isoformat()
    if owned.last_used_on is not None and owned.last_used_on <= limit:
        return Unused(alarm_weights.UNUSED, owned.last_used_on)
    pause = product_trends.idle(owned.weeks)
    if pause is not None and pause.warning:
        return Unused(alarm_weights.LONG_PAUSE, owned.last_used_on, pause)
    return None


def never_used(owned: Sequence[OwnedUse], today: date) -> list[OwnedUse]:
    """The products of a client that show no use at all, if others do: else nothing tells what is used."""
    untouched = [licence for licence in owned if is_untouched(licence, today)]
    if len(untouched) < len(owned) and any(licence.last_used_on for licence in owned):
        return untouched
    return []


def is_untouched(owned: OwnedUse, today: date) -> bool:
    """Whether licences in force for a month show no use at all."""
    begun = (owned.starts_on or "9999") <= (today - timedelta(days=UNUSED_AFTER_DAYS)).isoformat()
    return begun and owned.last_used_on is None and not owned.active and not any(owned.weeks)
