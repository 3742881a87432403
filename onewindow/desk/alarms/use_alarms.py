"""Alarms about use: it falls, it has stopped, it never began. By product, against the client's own history.

| alarm | when |
|---|---|
| use falls | the last 4 full weeks are a decline against up to 12 before them (`metrics/product_trends.py`) |
| not used | a paid licence was last used 30 days ago or more, or they pause longer than they ever do |
| never used | licences in force for 30 days have no use at all, while other products of the client have |
"""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.metrics import product_trends
from onewindow.metrics.health import alarm_weights, product_use
from onewindow.metrics.health.product_use import HISTORY_WEEKS, OwnedUse, Unused, together
from onewindow.metrics.health.signals import UNUSED_AFTER_DAYS
from onewindow.metrics.product_trends import Idle, Trend
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store.adoption import alarm_inputs
from onewindow.text.dates import short_day, week_monday, week_number


@frozen_struct
class _Read:
    batch: Batch
    by_client: dict[int, list[OwnedUse]]


_last_read: list[_Read] = []
"""The batch that was read last: three sources ask for the same."""


def declines(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch whose use of a product falls."""
    for client, owned in _watched(batch):
        fallen = [(use, trend) for use in owned if (trend := _decline(batch, client, use))]
        if fallen:
            fallen.sort(key=lambda pair: pair[1].share)
            _, trend = fallen[0]
            weight = alarm_weights.decline(trend.share)
            texts = [f"{_name(batch, use)} {trend_text(trend)}" for use, trend in fallen]
            since = week_monday(week_number(batch.today) - product_trends.RECENT_WEEKS).isoformat()
            yield client.id, Alarm("decline", "; ".join(texts), since, weight)


def unused(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch who do not use what they pay for."""
    for client, owned in _watched(batch):
        texts: list[str] = []
        since = ""
        weight = 0
        for use in owned:
            lying = product_use.unused(use, batch.today)
            if lying is not None:
                texts.append(f"{_name(batch, use)} {_unused_text(batch, use, lying)}")
                weight = max(weight, lying.weight)
                since = min(since or "9999", use.last_used_on or batch.today.isoformat())
        if texts:
            yield client.id, Alarm("unused", "; ".join(texts), since, weight)


def never_used(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch who never touched one of the products that they bought."""
    for client, owned in _watched(batch):
        untouched = product_use.never_used(owned, batch.today)
        if untouched:
            texts = [f"{_name(batch, use)}, {_licences(use.bought)}" for use in untouched]
            since = min(use.starts_on or "" for use in untouched) or None
            yield client.id, Alarm("never_used", "; ".join(texts), since, alarm_weights.NEVER_USED)


def explain_declines(batch: Batch) -> list[str]:
    """The arithmetic of the trends of one client."""
    client = batch.clients[0]
    lines: list[str] = []
    for use in _of_client(batch):
        name = _name(batch, use)
        lines += [f"{name}: {line}" for line in product_trends.explain_trend(_trend(batch, client, use))]
    return lines or ["the client owns nothing that could be used"]


def explain_unused(batch: Batch) -> list[str]:
    """What is known of the last use of each product of one client."""
    lines: list[str] = []
    for use in _of_client(batch):
        name = _name(batch, use)
        last = use.last_used_on
        used = f"last used on {short_day(last, batch.today)}" if last else "no use is recorded"
        lines.append(f"{name}: {_licences(use.bought)}, {used}; an alarm after {UNUSED_AFTER_DAYS} days")
        lines += [f"{name}: {line}" for line in product_trends.explain_idle(product_trends.idle(use.weeks))]
    return lines or ["the client owns nothing that could be used"]


def explain_never_used(batch: Batch) -> list[str]:
    """Which products of one client have no use at all."""
    owned = _of_client(batch)
    untouched = [use for use in owned if use.last_used_on is None and not use.active]
    if not owned or len(untouched) == len(owned):
        return ["nothing tells whether anything is used: no use is recorded"]
    begun = f"licences count from {UNUSED_AFTER_DAYS} days after they began"
    since = (use.starts_on and short_day(use.starts_on, batch.today) for use in untouched)
    return [
        begun,
        *(
            f"{_name(batch, use)}: no use, since {day or '?'}"
            for use, day in zip(untouched, since, strict=True)
        ),
    ]


def trend_text(trend: Trend) -> str:
    """A trend in short: `46 → 28 users (−39 %)`."""
    sign = "−" if trend.share < 0 else "+"
    return f"{trend.earlier:g} → {trend.recent:g} users ({sign}{abs(100 * trend.share):.0f} %)"


def _watched(batch: Batch) -> Iterator[tuple[Client, list[OwnedUse]]]:
    by_client = _read(batch)
    for client in batch.clients:
        owned = by_client.get(client.id)
        if owned and alarm_weights.is_expected_to_act(client.stage):
            yield client, owned


def _of_client(batch: Batch) -> list[OwnedUse]:
    return _read(batch).get(batch.clients[0].id, [])


def _decline(batch: Batch, client: Client, owned: OwnedUse) -> Trend | None:
    # A cheap look first: the full trend costs much more and most clients are steady.
    if not product_trends.may_have_moved(owned.weeks):
        return None
    trend = _trend(batch, client, owned)
    return trend if trend is not None and trend.direction == "decline" else None


def _trend(batch: Batch, client: Client, owned: OwnedUse) -> Trend | None:
    plain = product_trends.trend(owned.weeks)
    if plain is None or plain.direction == "steady":
        return plain
    # Few come here, so that the weeks of a year ago need not be read for everybody.
    last = week_number(batch.today) - 1 - product_trends.YEAR_WEEKS
    first = last - product_trends.WEEKS + 1
    before = alarm_inputs.weeks_of(batch.store, client.id, owned.product_id, first, last)
    return product_trends.trend(owned.weeks, [before.get(week) for week in range(first, last + 1)])


def _unused_text(batch: Batch, owned: OwnedUse, lying: Unused) -> str:
    if lying.pause is not None:
        return f"for {lying.pause.weeks} weeks, {_usual(lying.pause)}"
    since = short_day(lying.since, batch.today) if lying.since else "?"
    return f"since {since}, {_licences(owned.bought)}"


def _usual(pause: Idle) -> str:
    return f"with pauses of up to {pause.usual} before" if pause.usual else "every week before"


def _licences(count: int) -> str:
    return "1 licence" if count == 1 else f"{count} licences"


def _name(batch: Batch, owned: OwnedUse) -> str:
    return alarm_inputs.product_names(batch.store, (owned.product_id,)).get(owned.product_id, "?")


def _read(batch: Batch) -> dict[int, list[OwnedUse]]:
    # Three alarms ask of one batch in turn: the last one read is enough.
    for known in _last_read:
        if known.batch is batch:
            return known.by_client
    uses_by_client = _use_between(batch)
    _last_read[:] = [_Read(batch, uses_by_client)]
    return uses_by_client


def _use_between(batch: Batch) -> dict[int, list[OwnedUse]]:
    today = batch.today.isoformat()
    last = week_number(batch.today) - 1
    first = last - HISTORY_WEEKS + 1
    licences = alarm_inputs.licences(batch.store, batch.low, batch.high, today)
    if not licences:
        return {}
    series: dict[tuple[int, int], list[int | None]] = {}
    for client_id, product_id, week, users in alarm_inputs.weeks(
        batch.store, batch.low, batch.high, first, last
    ):
        weeks = series.get((client_id, product_id))
        if weeks is None:
            # A week without a row is unknown, which is not the same as no use.
            weeks = series[client_id, product_id] = [None] * HISTORY_WEEKS
        weeks[week - first] = users
    merged: dict[tuple[int, int], OwnedUse] = {}
    for licence in licences:
        key = (licence.client_id, licence.product_id)
        owned = OwnedUse(
            licence.product_id,
            licence.bought,
            licence.active,
            licence.starts_on,
            licence.last_used_on,
            series.get(key, ()),
        )
        merged[key] = together(merged[key], owned) if key in merged else owned
    by_client: dict[int, list[OwnedUse]] = {}
    for (client_id, _), owned in merged.items():
        by_client.setdefault(client_id, []).append(owned)
    return by_client
