"""The clocks of many open requests, worked out from their events."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from onewindow.desk.sla.clocks import PolicyBook, request_pressing
from onewindow.metrics.policies.working_time import Holidays, calendar
from onewindow.records.organization import SlaPolicy
from onewindow.records.requests import PRIORITIES, Request, RequestEvent
from onewindow.text.dates import utc_text
from tests.bench.samples import Line, Samples

_HOUR = 3600
_NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
_LIMIT = 2.0
_KINDS = ("reply", "assign", "client_message", "note", "wait_client", "resume", "reply")
_Story = tuple[Request, str, list[RequestEvent]]


def clocks_of(requests: int, rounds: int) -> Iterator[Line]:
    """Read the pressing clock of each of some open requests, the oldest forty days old."""
    book, stories = _book(), _stories(requests)
    taken = Samples.of(_seconds(book, stories) for _ in range(rounds))
    at = f"{requests:,} open requests".replace(",", " ")
    measured = f"{taken.median:.2f} s of processor time"
    yield Line("clocks worked out anew", at, f"≤ {_LIMIT:.0f} s", measured, taken.median, _LIMIT)


def _seconds(book: PolicyBook, stories: list[_Story]) -> float:
    begun = time.process_time()
    for request, tier, events in stories:
        request_pressing(book, request, tier, events, _NOW)
    return time.process_time() - begun


def _book() -> PolicyBook:
    hours = ((9 * _HOUR, 13 * _HOUR), (14 * _HOUR, 18 * _HOUR))
    holidays = Holidays("RU", 2026, 2026, {"2026-11-04": "День народного единства"})
    office = calendar("Europe/Moscow", dict.fromkeys(range(5), hours), holidays=holidays)
    policies = [
        SlaPolicy(
            id=place,
            calendar_id=1,
            tier=tier,
            priority=priority,
            first_response_min=15 * factor,
            next_response_min=60 * factor,
            resolution_min=480 * factor,
            valid_from="2020-01-01",
        )
        for place, (tier, (priority, factor)) in enumerate(
            ((tier, each) for tier in "ABCD" for each in zip(PRIORITIES, (1, 2, 4, 8), strict=True)), 1
        )
    ]
    return PolicyBook(tuple(policies), {1: office})


def _stories(count: int) -> list[_Story]:
    chance = Random(1)
    found: list[_Story] = []
    for number in range(1, count + 1):
        at = _NOW - timedelta(seconds=chance.randrange(60, 40 * 86_400))
        tier, priority = chance.choice("ABCD"), chance.choice(PRIORITIES)
        terms = json.dumps({"tier": tier, "priority": priority, "request_kind": "problem"})
        request = Request(id=number, client_id=1, title="x", priority=priority, opened_at=utc_text(at))
        events = [RequestEvent(request_id=number, at=utc_text(at), event_kind="opened", detail=terms)]
        for kind in chance.sample(_KINDS, chance.randrange(5)):
            at += (_NOW - at) * chance.random() * 0.5
            events.append(RequestEvent(request_id=number, at=utc_text(at), event_kind=kind))
        found.append((request, tier, events))
    return found
