"""What an event of a request says beside its text: terms, what was missed, and times that nobody knows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from onewindow.desk.reference.policy_book import NO_SEGMENTS, Asked
from onewindow.metrics.sla.clocks import Clocks
from onewindow.records.requests import CLOSED_STATUSES, UNTOLD_OPENING, Request, RequestEvent
from onewindow.text.dates import utc_text

_NOTHING: Mapping[str, str] = {}


def detail_of(event: RequestEvent | None) -> Mapping[str, str]:
    """What an event says beside its text, by name; nothing for none. Read once for all who ask."""
    return _read(event.detail) if event is not None and event.detail else _NOTHING


@lru_cache(maxsize=4096)
def _read(text: str) -> Mapping[str, str]:
    """The detail of an event; the same few terms come again and again."""
    return json.loads(text)


def terms_at(request: Request, tier: str, event: RequestEvent | None) -> Asked:
    """The terms of a request by which the policy at an event is found; without one, its present terms."""
    detail = detail_of(event)
    segments = detail.get("segments")
    return (
        detail.get("tier", tier),
        detail.get("priority", request.priority),
        detail.get("request_kind", request.request_kind),
        _segment_ids(segments) if segments else NO_SEGMENTS,
    )


@lru_cache(maxsize=1024)
def _segment_ids(text: str) -> frozenset[int]:
    """The ids of segments as an event has them, with spaces between."""
    return frozenset(int(word) for word in text.split() if word.isdecimal())


UNTOLD_SOLUTION = "untold"
"""In the detail of an event that closes: its time is not the file's, which tells none."""


_MISSED = "missed_"


def is_noted_by_clock(event: RequestEvent) -> bool:
    """Whether it was noted when it happened, and not told later, by a file or by a person."""
    return event.at == event.created_at


def opening_doubt(events: Iterable[RequestEvent]) -> str:
    """Why one cannot count from the opening of a request out of a file, as a clause; '' where one can.

    Such requests have no response and no resolution time: theirs would be a number that nobody measured.
    """
    return _detail_of_opening(events).get(UNTOLD_OPENING, "")


def is_answer_time_unknown(events: Iterable[RequestEvent]) -> bool:
    """Whether the file that brought a request does not tell when it was answered, though it was."""
    return "response" in _detail_of_opening(events)


def _detail_of_opening(events: Iterable[RequestEvent]) -> Mapping[str, str]:
    return detail_of(next((event for event in events if event.event_kind == "opened"), None))


def is_time_known(event: RequestEvent) -> bool:
    """Whether the time of an event that closes is known; files of others close without one."""
    return UNTOLD_SOLUTION not in detail_of(event)


def is_solution_time_unknown(request: Request, events: Sequence[RequestEvent]) -> bool:
    """Whether a request is closed and the file that brought it does not tell since when."""
    if request.status not in CLOSED_STATUSES:
        return False
    closing = [event for event in events if event.event_kind in ("resolve", "decline")]
    return bool(closing) and not is_time_known(closing[-1])


def missed_detail(running: Clocks | None, late_from: str | None, now: datetime) -> dict[str, str]:
    """What a merge tells of what the duplicate had missed by now, as the detail of its event has it.

    Where no policy gives it clocks, what it missed is the promised date, from `late_from` (UTC text) on.
    """
    if running is None:
        return {f"{_MISSED}promise": late_from} if late_from and late_from < utc_text(now) else {}
    return {
        f"{_MISSED}{clock.name}": utc_text(clock.breached_at)
        for clock in running
        if clock.breached_at is not None and clock.breached_at < now
    }


def missed_by(event: RequestEvent) -> dict[str, str]:
    """What the duplicate had missed that a merge brought: since when (UTC text), by the name of the clock."""
    if event.event_kind != "merge":
        return {}
    detail = detail_of(event).items()
    return {name.removeprefix(_MISSED): at for name, at in detail if name.startswith(_MISSED)}
