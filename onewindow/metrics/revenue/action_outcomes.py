"""What followed each kind of action at clients, beside those without it: shares, never proofs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from onewindow.metrics.intervals import FEWEST, Difference, Estimate, difference, wilson
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import is_within


class ActionInput(NamedTuple):
    """The first action of a kind at a client in the period, on a day (YYYY-MM-DD)."""

    client_id: int
    action: str
    day: str


@frozen_struct
class ActionOutcome:
    """How often the outcome followed within so many days, with the action and without it."""

    action: str
    clients: int
    hits: int
    other_clients: int
    other_hits: int
    share: Estimate | None
    other_share: Estimate | None
    gap: Difference | None

    @property
    def verdict(self) -> str:
        """What the numbers allow to say."""
        if self.gap is None:
            return "nobody to compare with"
        if min(self.clients, self.other_clients) < FEWEST:
            return f"too few to compare, fewer than {FEWEST} on a side"
        if not self.gap.changed:
            return "no evidence of a difference"
        return "more often after it" if self.gap.value > 0 else "less often after it"


def outcomes(
    actions: Iterable[ActionInput],
    followed: Mapping[int, Collection[str]],
    clients: Collection[int],
    till: date,
    within_days: int,
) -> list[ActionOutcome]:
    """Give the outcome of each kind of action, by its name.

    `followed` are the days of the outcome by client. Of each client the first action of a kind counts, if its
    days are over by `till`; so each client is one case, and shares have Wilson's interval, their difference
    Newcombe's (method 10). Without the action the days begin with the median day of those who had it.
    """
    cases: defaultdict[str, dict[int, str]] = defaultdict(dict)
    acted: defaultdict[str, set[int]] = defaultdict(set)
    for found in actions:
        acted[found.action].add(found.client_id)
        if date.fromisoformat(found.day) + timedelta(days=within_days) <= till and found.client_id in clients:
            cases[found.action][found.client_id] = found.day
    return [
        _outcome(action, cases[action], followed, [c for c in clients if c not in acted[action]], within_days)
        for action in sorted(cases)
    ]


def _outcome(
    action: str,
    days: Mapping[int, str],
    followed: Mapping[int, Collection[str]],
    others: Collection[int],
    within_days: int,
) -> ActionOutcome:
    middle = sorted(days.values())[len(days) // 2]
    hits = sum(_follows(followed.get(client, ()), day, within_days) for client, day in days.items())
    other_hits = sum(_follows(followed.get(client, ()), middle, within_days) for client in others)
    share = wilson(hits, len(days))
    other_share = wilson(other_hits, len(others)) if others else None
    gap = difference(share, other_share) if other_share is not None else None
    return ActionOutcome(action, len(days), hits, len(others), other_hits, share, other_share, gap)


def _follows(happened: Iterable[str], day: str, within_days: int) -> bool:
    begin = date.fromisoformat(day)
    return any(is_within(begin, other, within_days) for other in happened)
