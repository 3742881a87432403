"""`python -m tests.mutants [--count N] [--seed S] [--room R]`: what share of faults is noticed."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.mutants.choosing import Chooser
from tests.mutants.faults import Fault
from tests.mutants.line_map import line_map
from tests.mutants.report import report
from tests.mutants.sampling import rooms_of, sample
from tests.mutants.trying import Outcome, Trier, copy_of
from tests.mutants.unrun import unrun_report

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Plant faults, tell of those that nothing notices, print the shares; 1 if a room is below the goal."""
    options = _options()
    rooms = rooms_of(ROOT)
    for room in options.room or ():
        if room not in rooms:
            _say(f"There is no room {room}; there are {', '.join(rooms)}.")
            return 2
    rooms = {room: files for room, files in rooms.items() if not options.room or room in options.room}
    began = time.monotonic()
    with TemporaryDirectory(prefix="mutants") as folder:
        tree = Path(folder) / "tree"
        copy_of(ROOT, tree)
        known = line_map(tree, options.map, options.tests, options.jobs)
        if options.unrun:
            print(unrun_report(tree, rooms, known))  # noqa: T201  a command talks
            return 0
        chooser = Chooser(tree, known)
        faults = list(sample(tree, rooms, options.count, options.seed))
        outcomes: list[Outcome] = []
        for outcome in _tried(tree, chooser, faults, options.jobs, options.most_seconds):
            outcomes.append(outcome)
            if outcome.noticed_by is None or options.verbose:
                who = outcome.noticed_by or f"unnoticed by {outcome.tests} tests"
                _say(f"{len(outcomes)} of {len(faults)}: {outcome.fault} [{who}]")
    text, is_reached = report(outcomes, options.goal)
    print(text)  # noqa: T201  a command talks
    _say(f"{len(outcomes)} faults of seed {options.seed} in {time.monotonic() - began:.0f} s")
    return 0 if is_reached else 1


def _say(text: str) -> None:
    """Tell how it goes, beside the report."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201  a command talks


def _tried(
    tree: Path, chooser: Chooser, faults: Sequence[Fault], jobs: int, most_seconds: float
) -> Iterator[Outcome]:
    """The outcome of each fault, in their order; as many are tried side by side as there are jobs."""
    triers: SimpleQueue[Trier] = SimpleQueue()
    every: list[Trier] = []
    for number in range(jobs):
        own = tree if number == 0 else Path(shutil.copytree(tree, tree.with_name(f"tree{number}")))
        every.append(Trier(own, chooser, most_seconds))
        triers.put(every[-1])
        if reason := every[-1].why_unready(chooser.quickest()):
            sys.exit(f"The tests do not pass in a copy of the tree without any fault:\n{reason}")

    def outcome(fault: Fault) -> Outcome:
        trier = triers.get()
        try:
            return trier.outcome(fault)
        finally:
            triers.put(trier)

    try:
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(outcome, faults)
    finally:
        for trier in every:
            trier.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="how many faults")
    parser.add_argument("--seed", type=int, default=1, help="decides which")
    parser.add_argument("--room", action="append", help="only this folder of the package; may be given again")
    parser.add_argument("--tests", action="append", help="only tests of this folder; may be given again")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tried side by side")
    parser.add_argument("--most-seconds", type=float, default=60, help="of tests run for one fault")
    parser.add_argument("--goal", type=float, default=0, help="in percent: a room below it fails the run")
    parser.add_argument(
        "--map", type=Path, default=ROOT / ".mutants", help="where it is kept which test runs what"
    )
    parser.add_argument(
        "--unrun", action="store_true", help="plant nothing; list the lines that no test runs"
    )
    parser.add_argument("--verbose", action="store_true", help="tell of each fault who noticed it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
