"""What an offer comes to, and where it goes beyond what clients of a class get as a rule.

Money is in whole minor units of one currency. A discount is rounded once, on the sum of all lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onewindow.records.structs import frozen_struct


class LineInput(NamedTuple):
    """So many pieces at a price each."""

    quantity: int
    price: int


class TermsInput(NamedTuple):
    """Terms of an offer, or what a class gets at most; a bonus or service is words, '' for none."""

    discount_percent: int
    payment_days: int
    instalments: int
    bonus: str
    extra_service: str


@frozen_struct
class OfferSum:
    """The sum of the lines, the discount on it, what is to be paid, and each instalment in its order."""

    lines: int
    discount: int
    total: int
    instalments: tuple[int, ...]


def offer_sum(lines: Sequence[LineInput], discount_percent: int, instalments: int) -> OfferSum:
    """Give the sum; instalments are equal, and what does not divide is paid first.

    Raise ValueError for a discount outside 0 to 100 or less than one instalment.
    """
    if not 0 <= discount_percent <= 100 or instalments < 1:
        raise ValueError("A discount is 0 to 100 percent, and there is at least one instalment.")
    together = sum(line.quantity * line.price for line in lines)
    discount = (together * discount_percent + 50) // 100
    total = together - discount
    each, rest = divmod(total, instalments)
    return OfferSum(together, discount, total, (each + rest, *[each] * (instalments - 1)))


def deviations(offer: TermsInput, standard: TermsInput | None) -> list[str]:
    """Where an offer goes beyond the standard of the class, one clause each; without one any option does.

    A bonus or a service that the class has anyway is none; words are compared as they stand.
    """
    usual = standard or TermsInput(0, 0, 1, "", "")
    found: list[str] = []
    if offer.discount_percent > usual.discount_percent:
        found.append(f"discount {offer.discount_percent} %, the class has {usual.discount_percent} % at most")
    if offer.payment_days > usual.payment_days:
        found.append(f"{offer.payment_days} days to pay, the class has {usual.payment_days} at most")
    if offer.instalments > usual.instalments:
        found.append(f"{offer.instalments} instalments, the class has {usual.instalments} at most")
    if offer.bonus and offer.bonus.casefold() != usual.bonus.casefold():
        found.append(f"bonus “{offer.bonus}”, the class has {f'“{usual.bonus}”' if usual.bonus else 'none'}")
    if offer.extra_service and offer.extra_service.casefold() != usual.extra_service.casefold():
        has = f"“{usual.extra_service}”" if usual.extra_service else "none"
        found.append(f"service “{offer.extra_service}”, the class has {has}")
    return found
