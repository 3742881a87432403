"""Makes a failure short: leaves steps out as long as the seed still fails."""

from __future__ import annotations

from tests.simulation.runner import Failure, run_seed


def shrink(failure: Failure) -> Failure:
    """The same seed with as few steps as can be found that fail it; each step is decided by its own number.

    What fails in the end may be another thing than at first: it is a failure all the same.
    """
    shortest, skipped = failure, frozenset[int]()
    size = max(1, failure.at // 2)
    while size:
        start = 1
        while start <= shortest.at:
            tried = skipped | frozenset(range(start, min(start + size, shortest.at + 1)))
            if tried != skipped and (found := _fails(failure.seed, shortest.at, tried)) is not None:
                shortest, skipped = found, tried
            start += size
        size //= 2
    return shortest


def _fails(seed: int, operations: int, skipped: frozenset[int]) -> Failure | None:
    try:
        run_seed(seed, operations, skipped=skipped)
    except Failure as failure:
        return failure
    return None
