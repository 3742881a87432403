"""Whether more clients speak of something than before, as far as so few clients can say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.named_tuples import NamedTuple

WINDOW_DAYS = 90
"""The last so many days are compared with as many before them."""

Direction = Literal["rising", "falling", "no evidence of change", "none"]


class Trend(NamedTuple):
    """How many clients spoke of something in the last 90 days and in the 90 before."""

    recent: int
    before: int

    @property
    def share(self) -> Estimate | None:
        """The share of the recent ones in both, with its 95 % interval; None where nobody spoke."""
        both = self.recent + self.before
        return wilson(self.recent, both) if both else None

    @property
    def direction(self) -> Direction:
        """Rising or falling only where the interval of the share leaves out one half."""
        share = self.share
        if share is None:
            return "none"
        if share.low > 0.5:
            return "rising"
        return "falling" if share.high < 0.5 else "no evidence of change"


def trend(spoken: Iterable[tuple[int, date]], on: date) -> Trend:
    """The trend on a day of what clients (by id) said on some days; a client counts once in each window."""
    recent: set[int] = set()
    before: set[int] = set()
    for client_id, said_on in spoken:
        days = (on - said_on).days
        if 0 <= days < WINDOW_DAYS:
            recent.add(client_id)
        elif WINDOW_DAYS <= days < 2 * WINDOW_DAYS:
            before.add(client_id)
    return Trend(len(recent), len(before))
