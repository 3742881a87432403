"""Customer effort score: how hard it was to get help, as a mean and as the share of easy answers."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.metrics.intervals import Estimate, mean, wilson
from onewindow.records.structs import frozen_struct


@frozen_struct
class EffortScale:
    """The ends of the scale and whether its low end is the easy one."""

    lowest: int
    highest: int
    low_is_easy: bool = True

    def __post_init__(self) -> None:
        if self.highest - self.lowest < 3:
            raise ValueError("An effort scale needs at least four points.")

    def easy(self, score: int) -> bool:
        """Tell whether an answer is one of the two easiest points."""
        return score <= self.lowest + 1 if self.low_is_easy else score >= self.highest - 1


ZERO_TO_FIVE = EffortScale(0, 5)
ONE_TO_SEVEN = EffortScale(1, 7)


@frozen_struct
class Ces:
    """Mean effort in points of the scale, and the share of answers on its two easiest points."""

    effort: Estimate
    easy: Estimate


def ces(scores: Iterable[int], scale: EffortScale = ZERO_TO_FIVE) -> Ces | None:
    """Give the effort score, None without answers; raise ValueError for an answer outside the scale."""
    answers = list(scores)
    for score in answers:
        if not scale.lowest <= score <= scale.highest:
            raise ValueError(
                f"An answer on this effort scale is {scale.lowest} to {scale.highest}, not {score}."
            )
    if not answers:
        return None
    easy = wilson(sum(map(scale.easy, answers)), len(answers))
    return Ces(mean(answers, scale.lowest, scale.highest), easy)
