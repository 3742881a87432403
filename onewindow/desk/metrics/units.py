"""What figures are counted in, and how people read them."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.records.structs import frozen_struct
from onewindow.text.money import format_money

NONE = "–"


@frozen_struct
class Unit:
    """What a figure is counted in. `part` is the currency of money, the scale of marks."""

    name: str
    """In the machine formats."""
    number: Callable[[float, str], str]
    """A number as people read it, without its sign of unit."""
    sign: str = ""
    """What stands behind a number or an interval: ` %`."""
    low: float | None = None
    """Where its axis begins, if that is always the same."""
    high: float | None = None

    def text(self, value: float | None, part: str = "") -> str:
        """A number with its sign: `40.0 %`; `–` for none."""
        return NONE if value is None else self.number(value, part) + self.sign

    def spread(self, low: float | None, high: float | None, part: str = "") -> str:
        """An interval: `34.1–46.2 %`; `at least …` and `at most …` where it is open at one side."""
        if low is None and high is None:
            return NONE
        if low is None:
            return f"at most {self.text(high, part)}"
        if high is None:
            return f"at least {self.text(low, part)}"
        first, last = self.number(low, part), self.number(high, part)
        # A dash beside a minus or between numbers with spaces cannot be read.
        joint = " … " if "-" in first + last or " " in first + last else "–"
        return f"{first}{joint}{last}{self.sign}"

    def step(self, value: float, part: str = "") -> str:
        """A difference with its sign in front: `+3.2`; that of shares is in points of percent."""
        return f"{'-' if value < 0 else '+'}{self.number(abs(value), part)}"


def _money(value: float, part: str) -> str:
    # Hundredths of large amounts are noise, and the column is narrow.
    return format_money(round(value if abs(value) < _LARGE else round(value, -2)), part)


_LARGE = 100_000
"""From so many minor units on an average is told in whole units."""


SHARE = Unit("share", lambda value, _: f"{value * 100:.1f}", " %", 0, 1)
POINTS = Unit("points", lambda value, _: f"{value:.1f}", "", -100, 100)
MARK = Unit("marks", lambda value, _: f"{value:.2f}")


def _days(value: float, _part: str) -> str:
    return f"{value:.1f}".removesuffix(".0")


MONTHS = Unit("months", lambda value, _: f"{value:.1f}", " months", 0)
DAYS = Unit("days", _days, " days", 0)
MONEY = Unit("money", _money)
