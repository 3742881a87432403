"""Which products which segments own, and how many of their clients do not: the whitespace."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.structs import frozen_struct


@frozen_struct
class Whitespace:
    """One cell of the matrix: a product in a segment."""

    segment: str
    product_id: int
    members: int
    owners: int

    @property
    def missing(self) -> int:
        """Clients of the segment who do not own it."""
        return self.members - self.owners

    @property
    def share(self) -> Estimate | None:
        """The share of owners, 0 to 1, with Wilson's interval; None in an empty segment."""
        return wilson(self.owners, self.members) if self.members else None


def matrix(
    members: Mapping[str, int], owners: Mapping[str, Mapping[int, int]], products: Mapping[int, str]
) -> list[Whitespace]:
    """Every product in every segment: segments in their order, products by name."""
    ordered = sorted(products, key=lambda product_id: (products[product_id], product_id))
    return [
        Whitespace(segment, product_id, count, owners.get(segment, {}).get(product_id, 0))
        for segment, count in members.items()
        for product_id in ordered
    ]
