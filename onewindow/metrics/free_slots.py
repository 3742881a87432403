"""When people can meet: the open time of both sides without what they have to do already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]
"""Two aware instants, half-open."""

STEP = timedelta(minutes=30)
"""People meet on the hour or on the half of it."""


def common(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """The time that is in both lists; each is in order and overlaps nowhere, and so does the result."""
    shared: list[Span] = []
    left, right = 0, 0
    while left < len(first) and right < len(second):
        begin = max(first[left][0], second[right][0])
        end = min(first[left][1], second[right][1])
        if begin < end:
            shared.append((begin, end))
        if first[left][1] <= second[right][1]:
            left += 1
        else:
            right += 1
    return shared


def without(spans: Iterable[Span], busy: Iterable[Span]) -> list[Span]:
    """The time in order without what is taken; `busy` may overlap and stand in any order."""
    taken = sorted(busy)
    left: list[Span] = []
    for begin, end in spans:
        at = begin
        for start, stop in taken:
            if stop <= at or start >= end:
                continue
            if start > at:
                left.append((at, start))
            at = max(at, stop)
        if at < end:
            left.append((at, end))
    return left


def slots(free: Iterable[Span], minutes: int, count: int) -> list[datetime]:
    """The first so many beginnings, on the half hour, of a meeting of that length in free time."""
    length = timedelta(minutes=minutes)
    starts: list[datetime] = []
    for begin, end in free:
        at = _rounded(begin)
        while at + length <= end:
            starts.append(at)
            if len(starts) == count:
                return starts
            at += STEP
    return starts


def overlaps(first: Span, second: Span) -> bool:
    """Whether two spans have time in common."""
    return first[0] < second[1] and second[0] < first[1]


def _rounded(at: datetime) -> datetime:
    """The instant itself if it is on the half hour, else the next one that is."""
    plain = at.replace(second=0, microsecond=0, minute=at.minute - at.minute % 30)
    return plain if plain == at else plain + STEP
