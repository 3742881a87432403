"""The order of somebody's day: one queue of requests, promises, steps, tasks, documents and answers.

The rule of requests (breached, then least slack, then tier, then age) holds for everything; between a breach
and a mere delay stand two more steps:

| level | what stands there |
|---|---|
| 0 | requests whose time is over |
| 1 | other things for which a client waits and whose time is over: promises, unanswered detractors |
| 2 | all else whose time is over: tasks, steps, documents, hand-offs |
| 3 | what has a time that is still ahead |
| 4 | what has no time at all |

Within a level the least slack comes first: the working time that is left, negative when it is over. All
kinds share that unit, so that a request with two hours stands before a task for tonight. Then the better
tier, then the older thing, then kind and id, which makes the order total: the same facts always give the same
queue.
"""

from __future__ import annotations

from onewindow.records.named_tuples import NamedTuple

NO_SLACK = 2**62
"""The slack of what has no time: behind everything that has one."""

BREACHED, LATE_TO_CLIENT, LATE, AHEAD, UNTIMED = range(5)
LEVELS = (
    "the time of a request is over",
    "a client waits and the time is over",
    "the time is over",
    "the time is ahead",
    "it has no time",
)
"""What each level means, in words."""

TIERS = ("A", "B", "C", "D")


class Place(NamedTuple):
    """Where a row stands: rows sort by it, and no two rows of one day have the same."""

    level: int
    slack_s: int
    tier: int
    since: str
    kind: str
    record_id: int


def place(
    *,
    is_late: bool,
    client_waits: bool,
    slack_s: int | None,
    tier: str,
    since: str,
    kind: str,
    record_id: int,
) -> Place:
    """Give the place of one thing to do.

    `slack_s` is open time left in seconds, negative when it is over, None without a time; `since` is when the
    thing came up (UTC text); `tier` is A to D, anything else stands behind D.
    """
    if slack_s is None:
        level = UNTIMED
    elif is_late:
        level = BREACHED if kind == "request" else LATE_TO_CLIENT if client_waits else LATE
    else:
        level = AHEAD
    return Place(
        level,
        NO_SLACK if slack_s is None else slack_s,
        tier_rank(tier),
        since,
        kind,
        record_id,
    )


def tier_rank(tier: str) -> int:
    """0 for A to 3 for D, 4 for anything else."""
    return TIERS.index(tier) if tier in TIERS else len(TIERS)


def difference(first: Place, second: Place) -> str:
    """Why the first stands before the second, in words: the first thing in which they differ."""
    if first.level != second.level:
        return f"{LEVELS[first.level]}, there {LEVELS[second.level]}"
    if first.slack_s != second.slack_s:
        return "less time is left" if first.slack_s >= 0 else "it is over for longer"
    if first.tier != second.tier:
        return "the client's tier is better"
    if first.since != second.since:
        return "it is older"
    return "all else is equal, so the kind and the number decide"
