"""Amounts of one currency in another, by the rate that held on a day. Money is in whole minor units."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from onewindow.records.structs import frozen_struct
from onewindow.text.money import minor_digits


@frozen_struct
class Rate:
    """What one unit of a currency is worth in another from a day (YYYY-MM-DD) on."""

    currency: str
    into: str
    worth: Decimal
    valid_from: str


class Rates:
    """The rates into one currency; a rate the other way round counts as its inverse."""

    def __init__(self, into: str, rates: Iterable[Rate] = ()) -> None:
        """Keep what leads into a currency; the order of rates of one day is that in which they come."""
        self.into = into
        self._known: defaultdict[str, list[tuple[str, Decimal]]] = defaultdict(list)
        for rate in rates:
            if rate.into == into:
                self._known[rate.currency].append((rate.valid_from, rate.worth))
            elif rate.currency == into:
                self._known[rate.into].append((rate.valid_from, 1 / rate.worth))
        for known in self._known.values():
            known.sort(key=lambda rate: rate[0])

    def convert(self, amount: int, currency: str, day: str) -> int | None:
        """Give an amount in the target's minor units, halves away from 0; None without a rate.

        Before the first rate on file that first one counts: the money of last year is better told by this
        year's rate than not at all.
        """
        if currency == self.into:
            return amount
        known = self._known.get(currency)
        if not known:
            return None
        at = bisect_right(known, day, key=lambda rate: rate[0])
        worth = known[max(0, at - 1)][1]
        digits = minor_digits(self.into) - minor_digits(currency)
        return int((amount * worth).scaleb(digits).quantize(Decimal(1), ROUND_HALF_UP))
