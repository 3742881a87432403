"""The order in which things happened to a request: causes before effects, also where a clock was set back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from onewindow.records.requests import RequestEvent

AFTER = "after"
"""In the detail of an event: the id of the one that it came after, where the clock said otherwise."""


def in_order(events: Iterable[RequestEvent]) -> list[RequestEvent]:
    """The events of one request by time; the opening first, and what was noted after another right behind it.

    Times alone do not tell: a clock that was ahead and was set right puts an answer before its question.
    """
    by_time = sorted(events, key=lambda event: (event.event_kind != "opened", event.at, event.id))
    follows = {event.id: cause for event in by_time if (cause := _cause(event))}
    if not follows:
        return by_time
    known = {event.id for event in by_time}
    behind: dict[int, list[RequestEvent]] = {}
    for event in by_time:
        if follows.get(event.id) in known:
            behind.setdefault(follows[event.id], []).append(event)
    moved = {event.id for effects in behind.values() for event in effects}
    ordered: list[RequestEvent] = []
    for event in by_time:
        if event.id not in moved:
            ordered += _with_effects(event, behind)
    # Two that name each other, which no program writes, still happened.
    return ordered if len(ordered) == len(by_time) else by_time


def in_order_of_each(events: Iterable[RequestEvent]) -> list[RequestEvent]:
    """The events of several requests, those of each in their order."""
    groups: dict[int, list[RequestEvent]] = {}
    for event in events:
        groups.setdefault(event.request_id, []).append(event)
    return [event for request_id in sorted(groups) for event in in_order(groups[request_id])]


def went_back(events: Iterable[RequestEvent]) -> Iterator[tuple[RequestEvent, RequestEvent]]:
    """Of events in their order those timed before an earlier one, each with the latest of these."""
    latest: RequestEvent | None = None
    for event in events:
        if latest is not None and event.at < latest.at:
            yield event, latest
        else:
            latest = event


def _with_effects(event: RequestEvent, behind: dict[int, list[RequestEvent]]) -> list[RequestEvent]:
    """An event and all that came after it, each right behind its cause."""
    ordered: list[RequestEvent] = []
    waiting = [event]
    while waiting:
        each = waiting.pop()
        ordered.append(each)
        waiting += reversed(behind.get(each.id, ()))
    return ordered


def _cause(event: RequestEvent) -> int | None:
    if f'"{AFTER}"' not in event.detail:
        return None
    after = json.loads(event.detail).get(AFTER, "")
    return int(after) if isinstance(after, str) and after.isdecimal() else None
