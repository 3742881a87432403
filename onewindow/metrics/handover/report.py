"""How well clients are handed over: completeness, first-pass yield, answers of sales, the client's mark.

Each number stands with its n and a 95 % interval: shares with Wilson's, means with Student's within their
scale, the median of answer times with the distribution-free one. Nothing to judge is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from onewindow.metrics.handover.completeness import percent_of
from onewindow.metrics.intervals import Estimate, mean, wilson
from onewindow.metrics.sla.response_times import Times, times
from onewindow.records.structs import frozen_struct

BEST_MARK = 5


@frozen_struct
class Reply:
    """One question to sales: open seconds till the answer, None while there is none, and whether in time."""

    seconds: int | None
    is_met: bool


@frozen_struct
class Case:
    """One handover that was decided."""

    present: int | None
    """Items that were there at the decision, None where nobody counted."""
    needed: int | None
    is_first_pass: bool
    """Accepted the first time it was sent, without debts."""
    questions: int
    """Clarifications that the service asked for, those asked again too."""
    replies: Sequence[Reply]
    """Those of them that were answered or are late."""
    mark: int | None
    """The client's mark, 0 to 5."""
    observed: Sequence[int]
    """The marks of observers, 0 to 5, of all criteria."""


@frozen_struct
class Summary:
    """What some handovers come to."""

    n: int
    completeness: Estimate | None
    """Mean of whole percents at the decision."""
    first_pass: Estimate | None
    answers: Times
    """Answer times of sales in seconds of open time, and the share within target."""
    questions: float | None
    """Clarifications a handover."""
    mark: Estimate | None
    observed: Estimate | None
    """Mean over observations of the mean of their marks."""


def summary(cases: Sequence[Case]) -> Summary:
    """The numbers of some handovers; raises ValueError for a mark outside 0 to 5."""
    percents = [
        percent_of(case.present, case.needed)
        for case in cases
        if case.present is not None and case.needed is not None
    ]
    replies = [reply for case in cases for reply in case.replies]
    marks = [case.mark for case in cases if case.mark is not None]
    seen = [fmean(case.observed) for case in cases if case.observed]
    return Summary(
        n=len(cases),
        completeness=mean(percents, 0, 100) if percents else None,
        first_pass=wilson(sum(case.is_first_pass for case in cases), len(cases)) if cases else None,
        answers=times(
            [reply.seconds for reply in replies if reply.seconds is not None],
            sum(reply.is_met for reply in replies),
            len(replies),
        ),
        questions=fmean(case.questions for case in cases) if cases else None,
        mark=mean(marks, 0, BEST_MARK) if marks else None,
        observed=mean(seen, 0, BEST_MARK) if seen else None,
    )
