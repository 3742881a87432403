"""Alarms about use: it falls, it has stopped, it never began. By product, against the client's own history.

| alarm | when |
|---|---|
| use falls | the last 4 full weeks are a decline against up to 12 before them (`metrics/adoption.py`) |
| not used | a paid licence was last used 30 days ago or more, or he pauses longer than he ever does |
| never used | licences in force for 30 days have no use at all, while other products of the client have |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.metrics import adoption
from onewindow.metrics.adoption import Idle, Trend
from onewindow.metrics.health.signals import UNUSED_AFTER_DAYS
from onewindow.records.clients import Client
from onewindow.records.values import value_class
from onewindow.store.adoption import alarm_inputs
from onewindow.store.adoption.alarm_inputs import Owned
from onewindow.text.dates import short_day, week_monday, week_number

_HISTORY = 26
"""So many full weeks are read: a trend needs 16, a rhythm more."""
_DECLINE, _STEEP_DECLINE, _UNUSED, _PAUSE, _NEVER = 50, 60, 65, 45, 30
_STEEP = -0.5


@value_class
class OwnedUse:
    """One product of a client: what he bought, and its full weeks, the oldest first."""

    product_id: int
    bought: int
    active: int
    starts_on: str | None
    last_used_on: str | None
    weeks: Sequence[int | None]


@value_class
class _Read:
    batch: Batch
    by_client: dict[int, list[OwnedUse]]


_last_read: list[_Read] = []
"""The batch that was read last: three sources ask for the same."""


def declines(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch whose use of a product falls."""
    for client, owned in _watched(batch):
        fallen = [(each, found) for each in owned if (found := _decline(batch, client, each))]
        if fallen:
            fallen.sort(key=lambda pair: pair[1].share)
            _, found = fallen[0]
            weight = _STEEP_DECLINE if found.share <= _STEEP else _DECLINE
            texts = [f"{_name(batch, each)} {trend_text(trend)}" for each, trend in fallen]
            since = week_monday(week_number(batch.today) - adoption.RECENT_WEEKS).isoformat()
            yield client.id, Alarm("decline", "; ".join(texts), since, weight)


def unused(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch who do not use what they pay for."""
    for client, owned in _watched(batch):
        texts: list[str] = []
        since = ""
        weight = 0
        for each in owned:
            text, grave = _unused_text(batch, each)
            if text:
                texts.append(f"{_name(batch, each)} {text}")
                weight = max(weight, grave)
                since = min(since or "9999", each.last_used_on or batch.today.isoformat())
        if texts:
            yield client.id, Alarm("unused", "; ".join(texts), since, weight)


def never_used(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch who never touched one of the products that they bought."""
    for client, owned in _watched(batch):
        untouched = [each for each in owned if is_untouched(each, batch.today)]
        if untouched and len(untouched) < len(owned) and any(each.last_used_on for each in owned):
            texts = [f"{_name(batch, each)}, {_licences(each.bought)}" for each in untouched]
            since = min(each.starts_on or "" for each in untouched) or None
            yield client.id, Alarm("never_used", "; ".join(texts), since, _NEVER)


def explain_declines(batch: Batch) -> list[str]:
    """The arithmetic of the trends of one client."""
    client = batch.clients[0]
    lines: list[str] = []
    for each in _of_client(batch):
        name = _name(batch, each)
        lines += [f"{name}: {line}" for line in adoption.explain_trend(_trend(batch, client, each))]
    return lines or ["the client owns nothing that could be used"]


def explain_unused(batch: Batch) -> list[str]:
    """What is known of the last use of each product of one client."""
    lines: list[str] = []
    for each in _of_client(batch):
        name = _name(batch, each)
        last = each.last_used_on
        used = f"last used on {short_day(last, batch.today)}" if last else "no use is recorded"
        lines.append(f"{name}: {_licences(each.bought)}, {used}; an alarm after {UNUSED_AFTER_DAYS} days")
        lines += [f"{name}: {line}" for line in adoption.explain_idle(adoption.idle(each.weeks))]
    return lines or ["the client owns nothing that could be used"]


def explain_never_used(batch: Batch) -> list[str]:
    """Which products of one client have no use at all."""
    owned = _of_client(batch)
    untouched = [each for each in owned if each.last_used_on is None and not each.active]
    if not owned or len(untouched) == len(owned):
        return ["nothing tells whether anything is used: no use is recorded"]
    begun = f"licences count from {UNUSED_AFTER_DAYS} days after they began"
    since = (each.starts_on and short_day(each.starts_on, batch.today) for each in untouched)
    return [
        begun,
        *(
            f"{_name(batch, each)}: no use, since {day or '?'}"
            for each, day in zip(untouched, since, strict=True)
        ),
    ]


def trend_text(found: Trend) -> str:
    """A trend in short: `46 → 28 users (−39 %)`."""
    sign = "−" if found.share < 0 else "+"
    return f"{found.earlier:g} → {found.recent:g} users ({sign}{abs(100 * found.share):.0f} %)"


def is_untouched(owned: OwnedUse, today: date) -> bool:
    """Whether licences in force for a month show no use at all."""
    begun = (owned.starts_on or "9999") <= (today - timedelta(days=UNUSED_AFTER_DAYS)).isoformat()
    return begun and owned.last_used_on is None and not owned.active and not any(owned.weeks)


def _watched(batch: Batch) -> Iterator[tuple[Client, list[OwnedUse]]]:
    by_client = _read(batch)
    for client in batch.clients:
        owned = by_client.get(client.id)
        if owned and client.stage not in ("leaving", "lost"):
            yield client, owned


def _of_client(batch: Batch) -> list[OwnedUse]:
    return _read(batch).get(batch.clients[0].id, [])


def _decline(batch: Batch, client: Client, owned: OwnedUse) -> Trend | None:
    if not adoption.may_have_moved(owned.weeks):
        return None
    found = _trend(batch, client, owned)
    return found if found is not None and found.direction == "decline" else None


def _trend(batch: Batch, client: Client, owned: OwnedUse) -> Trend | None:
    plain = adoption.trend(owned.weeks)
    if plain is None or plain.direction == "steady":
        return plain
    # Few come here, so that the weeks of a year ago need not be read for everybody.
    last = week_number(batch.today) - 1 - adoption.YEAR_WEEKS
    first = last - adoption.WEEKS + 1
    before = alarm_inputs.weeks_of(batch.store, client.id, owned.product_id, first, last)
    return adoption.trend(owned.weeks, [before.get(week) for week in range(first, last + 1)])


def _unused_text(batch: Batch, owned: OwnedUse) -> tuple[str, int]:
    limit = (batch.today - timedelta(days=UNUSED_AFTER_DAYS)).isoformat()
    if owned.last_used_on is not None and owned.last_used_on <= limit:
        return f"since {short_day(owned.last_used_on, batch.today)}, {_licences(owned.bought)}", _UNUSED
    pause = adoption.idle(owned.weeks)
    if pause is not None and pause.warning:
        return f"for {pause.weeks} weeks, {_usual(pause)}", _PAUSE
    return "", 0


def _usual(pause: Idle) -> str:
    return f"with pauses of up to {pause.usual} before" if pause.usual else "every week before"


def _licences(count: int) -> str:
    return "1 licence" if count == 1 else f"{count} licences"


def _name(batch: Batch, owned: OwnedUse) -> str:
    return alarm_inputs.product_names(batch.store, (owned.product_id,)).get(owned.product_id, "?")


def _read(batch: Batch) -> dict[int, list[OwnedUse]]:
    for known in _last_read:
        if known.batch is batch:
            return known.by_client
    found = _use_between(batch)
    _last_read[:] = [_Read(batch, found)]
    return found


def _use_between(batch: Batch) -> dict[int, list[OwnedUse]]:
    today = batch.today.isoformat()
    last = week_number(batch.today) - 1
    first = last - _HISTORY + 1
    licences = alarm_inputs.licences(batch.store, batch.low, batch.high, today)
    if not licences:
        return {}
    series: dict[tuple[int, int], list[int | None]] = {}
    for client_id, product_id, week, users in alarm_inputs.weeks(
        batch.store, batch.low, batch.high, first, last
    ):
        weeks = series.get((client_id, product_id))
        if weeks is None:
            weeks = series[client_id, product_id] = [None] * _HISTORY
        weeks[week - first] = users
    merged: dict[tuple[int, int], OwnedUse] = {}
    for licence in licences:
        key = (licence.client_id, licence.product_id)
        merged[key] = _merged(merged.get(key), licence, series.get(key, ()))
    by_client: dict[int, list[OwnedUse]] = {}
    for (client_id, _), owned in merged.items():
        by_client.setdefault(client_id, []).append(owned)
    return by_client


def _merged(known: OwnedUse | None, licence: Owned, weeks: Sequence[int | None]) -> OwnedUse:
    """Several licences of one product are one."""
    if known is None:
        return OwnedUse(
            licence.product_id,
            licence.bought,
            licence.active,
            licence.starts_on,
            licence.last_used_on,
            weeks,
        )
    return OwnedUse(
        known.product_id,
        known.bought + licence.bought,
        known.active + licence.active,
        min(known.starts_on or "9999", licence.starts_on or "9999"),
        max(known.last_used_on or "", licence.last_used_on or "") or None,
        known.weeks,
    )
