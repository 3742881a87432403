"""How often what a rule suggests is won, with its interval, and which rules are better retired."""

from __future__ import annotations

from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.structs import frozen_struct

RETIRE_UNDER = 0.05
RETIRE_FROM = 40
"""A rule is proposed for retirement when at most 5 % of 40 suggestions or more can be won."""


@frozen_struct
class WinRate:
    """What came of one rule, or of all opportunities."""

    shown: int
    """Suggestions that were shown or decided about."""
    won: int
    lost: int
    dismissed: int
    open: int

    @property
    def of_shown(self) -> Estimate | None:
        """The share of the shown that were won, 0 to 1, with Wilson's interval; None where none was shown."""
        return wilson(self.won, self.shown) if self.shown else None

    @property
    def of_closed(self) -> Estimate | None:
        """The share of won ones among won and lost ones, as deals are counted; None where none is over."""
        closed = self.won + self.lost
        return wilson(self.won, closed) if closed else None

    @property
    def is_to_retire(self) -> bool:
        """Whether even the upper end of the interval is under 5 %, of 40 suggestions or more."""
        share = self.of_shown
        return share is not None and share.n >= RETIRE_FROM and share.high < RETIRE_UNDER
