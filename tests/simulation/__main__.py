"""`python -m tests.simulation [--seeds N] [--operations M] [--jobs J]`, or `--seed K [--shrink]` for one."""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests import new_files
from tests.simulation.runner import Failure, run_seed
from tests.simulation.shrinking import shrink

_TOLD_EACH = 50
"""After so many seeds it is told how far the run is."""


def main() -> int:
    """Run seeds and tell which fail; 1 if one did."""
    options = _options()
    new_files.copy_them()
    if options.seed is not None:
        seeds = range(options.seed, options.seed + 1)
    else:
        seeds = range(options.start, options.start + options.seeds)
    began, steps, failures = time.monotonic(), 0, 0
    work = partial(_told, operations=options.operations, is_short=options.shrink)
    if options.jobs == 1 or len(seeds) == 1:
        results = map(work, seeds)
    else:
        pool = ProcessPoolExecutor(options.jobs)
        results = pool.map(work, seeds, chunksize=1)
    for number, result in enumerate(results, start=1):
        if isinstance(result, str):
            failures += 1
            print(result, flush=True)  # noqa: T201  a command talks
        else:
            steps += result
        if number % _TOLD_EACH == 0:
            seconds = time.monotonic() - began
            print(f"{number} of {len(seeds)} seeds in {seconds:.0f} s, {failures} failed", file=sys.stderr)  # noqa: T201
    seconds = time.monotonic() - began
    told = f"{len(seeds)} seeds, {steps} steps in {seconds:.0f} s: {failures or 'none'} failed"
    print(told, file=sys.stderr)  # noqa: T201
    return 1 if failures else 0


def _told(seed: int, operations: int, *, is_short: bool) -> int | str:
    """How many steps a seed took, or what failed."""
    try:
        return run_seed(seed, operations)
    except Failure as failure:
        return str(shrink(failure) if is_short else failure)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="how many seeds")
    parser.add_argument("--start", type=int, default=0, help="the first seed")
    parser.add_argument("--operations", type=int, default=300, help="steps a seed")
    parser.add_argument("--seed", type=int, help="only this seed, as it ran before")
    parser.add_argument("--shrink", action="store_true", help="leave out steps that a failure does not need")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
