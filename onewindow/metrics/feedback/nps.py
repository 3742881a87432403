"""Net promoter score: 100 (promoters - detractors) / answers on the scale 0 to 10."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from onewindow.metrics.intervals import Estimate, adjusted_wald
from onewindow.records.structs import frozen_struct

MIN_ANSWERS = 10
"""Below this many answers only the counts are shown."""

Group = Literal["promoter", "passive", "detractor"]


@frozen_struct
class Nps:
    """The three counts, and the score in points (-100 to 100) when there are enough answers."""

    promoters: int
    passives: int
    detractors: int
    score: Estimate | None

    @property
    def n(self) -> int:
        """Give the number of answers."""
        return self.promoters + self.passives + self.detractors


def nps_group(score: int) -> Group:
    """Name the group of one answer: 9-10, 7-8, 0-6; raise ValueError outside 0 to 10."""
    if not 0 <= score <= 10:
        raise ValueError(f"An NPS answer is a number from 0 to 10, not {score}.")
    if score >= 9:
        return "promoter"
    return "passive" if score >= 7 else "detractor"


def nps(scores: Iterable[int]) -> Nps:
    """Give the net promoter score of the answers."""
    groups = [nps_group(score) for score in scores]
    return nps_of_counts(groups.count("promoter"), groups.count("passive"), groups.count("detractor"))


def nps_of_counts(promoters: int, passives: int, detractors: int) -> Nps:
    """Give the net promoter score of answers that are counted already."""
    n = promoters + passives + detractors
    score = adjusted_wald(promoters, detractors, n) if n >= MIN_ANSWERS else None
    return Nps(promoters, passives, detractors, score)
