"""The silence radar: clients who used to speak, ask or complain and have fallen silent.

A sign of life is a request, a call, letter or message of the client, a meeting or a visit. They are counted
in periods of four weeks, back from today; what is expected in the newest ones follows from the periods before
(`metrics/health/silence.py`). The period in which a client spoke first is not whole and does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from onewindow.desk.health.alarm import Alarm, Batch
from onewindow.metrics.health.silence import HISTORY_PERIODS, MIN_PERIODS, WINDOWS, Silence, radar
from onewindow.records.clients import Client
from onewindow.records.values import value_class
from onewindow.store.health import activity
from onewindow.text.dates import short_day, utc_text

PERIOD_WEEKS = 4
_PERIOD_DAYS = 7 * PERIOD_WEEKS
LOOK_BACK = HISTORY_PERIODS + max(WINDOWS)
"""How many periods are counted."""

_WEIGHT = 40
_RARE_WEIGHT = 50
_RARE = 0.01


@value_class
class Signs:
    """The signs of life of one client: how many in each whole period, the newest first, and the last day."""

    counts: Sequence[int] = ()
    last_on: str | None = None


def watched(client: Client) -> bool:
    """Whether silence of a client says anything: who leaves or is lost is silent with a reason."""
    return client.stage not in ("leaving", "lost")


def signs(batch: Batch) -> Mapping[int, Signs]:
    """The signs of life of those clients of a batch who gave any."""
    since = utc_text(batch.now - timedelta(days=_PERIOD_DAYS * LOOK_BACK))
    periods = _Periods(batch.today)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for client_id, at in activity.between(batch.store, batch.low, batch.high, since, utc_text(batch.now)):
        found[client_id].append(at[:10])
    return {client_id: _counted(days, periods) for client_id, days in found.items()}


class _Periods(dict[str, int]):
    """The number of the period of a day, 0 for the newest; each day is worked out once."""

    def __init__(self, today: date) -> None:
        """Count back from a day, which belongs to the newest period."""
        super().__init__()
        self._today = today

    def __missing__(self, day: str) -> int:
        number = max(0, (self._today - date.fromisoformat(day)).days) // _PERIOD_DAYS
        self[day] = number
        return number


def _counted(days: list[str], periods: _Periods) -> Signs:
    counts = [0] * (periods[min(days)] + 1)
    for day in days:
        counts[periods[day]] += 1
    return Signs(counts[:-1], max(days))


def alarms(batch: Batch) -> Iterator[tuple[int, Alarm]]:
    """The clients of a batch who have fallen silent."""
    heard = signs(batch)
    for client in batch.clients:
        known = heard.get(client.id)
        if known is None or not watched(client):
            continue
        found = radar(known.counts)
        if found is not None and found.warning:
            weight = _RARE_WEIGHT if found.probability < _RARE else _WEIGHT
            yield client.id, Alarm("silence", silence_text(found), known.last_on, weight)


def silence_text(found: Silence) -> str:
    """What was expected and seen: `expected 4.2 signs of life in 8 weeks, seen 0; 1.5 % likely`."""
    weeks = round(PERIOD_WEEKS * found.window)
    likely = 100 * found.probability
    share = f"{likely:.1f} %" if likely >= 0.1 else "under 0.1 %"
    return f"expected {found.expected:.1f} signs of life in {weeks} weeks, seen {found.seen}; {share} likely"


def explain(batch: Batch) -> list[str]:
    """The arithmetic for one client, the result last."""
    client = batch.clients[0]
    if not watched(client):
        return [f"the radar leaves out clients in the stage {client.stage}"]
    known = signs(batch).get(client.id, Signs())
    found = radar(known.counts)
    counted = " ".join(map(str, known.counts)) or "none"
    lines = [
        "signs of life: requests, what the client called or wrote, meetings and visits",
        f"in each whole period of {PERIOD_WEEKS} weeks since the first, the newest first: {counted}",
        f"the last one: {short_day(known.last_on, batch.today) if known.last_on else 'none is on file'}",
    ]
    if found is None:
        needed = WINDOWS[0] + MIN_PERIODS
        return [
            *lines,
            f"too little history: {len(known.counts)} whole periods are known, {needed} are needed",
        ]
    verdict = "a warning" if found.warning else "no warning"
    return [
        *lines,
        f"{found.history} periods before the last {found.window:g} tell what to expect",
        f"{silence_text(found)}; under 5 % is a warning: {verdict}",
    ]
