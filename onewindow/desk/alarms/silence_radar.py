"""The silence radar: clients who used to speak, ask or complain and have fallen silent.

A sign of life is a request, a call, letter or message of the client, a meeting or a visit. They are counted
in periods of four weeks, back from today; what is expected in the newest ones follows from the periods before
(`metrics/health/silence.py`). The period in which a client spoke first is not whole and does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.metrics.health import alarm_weights
from onewindow.metrics.health.alarm_weights import is_expected_to_act
from onewindow.metrics.health.silence import (
    LOOK_BACK,
    MIN_PERIODS,
    PERIOD_DAYS,
    PERIOD_WEEKS,
    WINDOWS,
    Periods,
    Signs,
    Silence,
    radar,
)
from onewindow.store.health import activity
from onewindow.text.dates import short_day, utc_text


def signs(batch: Batch) -> Mapping[int, Signs]:
    """The signs of life of those clients of a batch who gave any."""
    since = utc_text(batch.now - timedelta(days=PERIOD_DAYS * LOOK_BACK))
    periods = Periods(batch.today)
    signs_by_client: defaultdict[int, list[str]] = defaultdict(list)
    for client_id, at in activity.between(batch.store, batch.low, batch.high, since, utc_text(batch.now)):
        signs_by_client[client_id].append(at[:10])
    return {client_id: periods.signs(days) for client_id, days in signs_by_client.items()}


def alarms(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch who have fallen silent."""
    heard = signs(batch)
    for client in batch.clients:
        known = heard.get(client.id)
        if known is None or not is_expected_to_act(client.stage):
            continue
        silence = radar(known.counts)
        if silence is not None and silence.warning:
            weight = alarm_weights.silence(silence.probability)
            yield client.id, Alarm("silence", silence_text(silence), known.last_on, weight)


def silence_text(silence: Silence) -> str:
    """What was expected and seen: `expected 4.2 signs of life in 8 weeks, seen 0; 1.5 % likely`."""
    weeks = round(PERIOD_WEEKS * silence.window)
    likely = 100 * silence.probability
    share = f"{likely:.1f} %" if likely >= 0.1 else "under 0.1 %"
    return (
        f"expected {silence.expected:.1f} signs of life in {weeks} weeks, seen {silence.seen}; {share} likely"
    )


def explain(batch: Batch) -> list[str]:
    """The arithmetic for one client, the result last."""
    client = batch.clients[0]
    if not is_expected_to_act(client.stage):
        return [f"the radar leaves out clients in the stage {client.stage}"]
    known = signs(batch).get(client.id, Signs())
    silence = radar(known.counts)
    counted = " ".join(map(str, known.counts)) or "none"
    lines = [
        "signs of life: requests, what the client called or wrote, meetings and visits",
        f"in each whole period of {PERIOD_WEEKS} weeks since the first, the newest first: {counted}",
        f"the last one: {short_day(known.last_on, batch.today) if known.last_on else 'none is on file'}",
    ]
    if silence is None:
        needed = WINDOWS[0] + MIN_PERIODS
        return [
            *lines,
            f"too little history: {len(known.counts)} whole periods are known, {needed} are needed",
        ]
    verdict = "a warning" if silence.warning else "no warning"
    return [
        *lines,
        f"{silence.history} periods before the last {silence.window:g} tell what to expect",
        f"{silence_text(silence)}; under 5 % is a warning: {verdict}",
    ]
