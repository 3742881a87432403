"""Customer satisfaction: the share of answers 4 and 5 on the scale 0 to 5."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.metrics.intervals import Estimate, wilson

SATISFIED_FROM = 4


def csat(scores: Iterable[int]) -> Estimate | None:
    """Give the share of satisfied answers with Wilson's interval, None without answers.

    Raise ValueError for an answer outside 0 to 5.
    """
    answers = list(scores)
    for score in answers:
        if not 0 <= score <= 5:
            raise ValueError(f"A CSAT answer is a number from 0 to 5, not {score}.")
    if not answers:
        return None
    return wilson(sum(score >= SATISFIED_FROM for score in answers), len(answers))
