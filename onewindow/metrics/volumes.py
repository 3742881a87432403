"""Volumes of a delivery in phases: how an agreed total is divided, how much of it is still owed."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.records.structs import frozen_struct


@frozen_struct
class Progress:
    """What was delivered of what was agreed, in the unit of the plan."""

    agreed: int
    delivered: int

    @property
    def remaining(self) -> int:
        """What is still owed; 0 when more was delivered than agreed."""
        return max(0, self.agreed - self.delivered)

    @property
    def share(self) -> float | None:
        """Delivered of agreed, above 1 when it was more; None when nothing was agreed."""
        return self.delivered / self.agreed if self.agreed > 0 else None


def divided(total: int, parts: Sequence[int]) -> list[int]:
    """A total divided in the proportion of the parts, whole numbers whose sum is the total.

    The largest remainders are rounded up (Hamilton's method); among equal ones the first. Parts that are all
    0 count as equal. Raises ValueError for a negative number or no part.
    """
    if total < 0 or any(part < 0 for part in parts):
        raise ValueError("A volume cannot be negative.")
    if not parts:
        raise ValueError("There is nothing to divide the volume among.")
    weights = list(parts) if any(parts) else [1] * len(parts)
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    left = total - sum(shares)
    by_remainder = sorted(range(len(parts)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[:left]:
        shares[place] += 1
    return shares
