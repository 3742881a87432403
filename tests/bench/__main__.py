"""`python -m tests.bench [--clients 1000,100000,1000000] [--quick] [--rebuild] [--report FILE]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from onewindow import garbage
from onewindow.store.engine import open_store
from tests.bench import (
    file_rows,
    health,
    importing,
    keys,
    open_requests,
    processes,
    reading,
    suggestions,
    voices,
    writers,
)
from tests.bench.files import Files
from tests.bench.program import ROOT
from tests.bench.report import write_report
from tests.bench.samples import Line


def main() -> None:
    """Measure every line of the budget, tell it while it goes on, and write the report."""
    options = _options()
    garbage.expect_start()  # as in a process of the program
    sizes = sorted(int(size) for size in options.clients.split(","))
    files = Files(options.files, rebuild=options.rebuild)
    for size in sizes:
        print(f"demo firm of {size:,} clients …", file=sys.stderr, flush=True)  # noqa: T201  a bench talks
        open_store(files.demo(size)).close()  # which brings an older one to the newest schema
    lines: list[Line] = []
    for line in _measured(files, sizes, quick=options.quick):
        print(f"{line.verdict:>12}  {line.what}, {line.at}: {line.measured}", flush=True)  # noqa: T201
        lines.append(line)
    if options.report:
        older = [size for size in sizes if not files.is_of_now(size)]
        write_report(options.report, lines, older, quick=options.quick)
    if options.json:
        text = json.dumps(
            [{**asdict(line), "kept": line.is_kept} for line in lines], ensure_ascii=False, indent=1
        )
        options.json.write_text(text, "utf-8")


def _measured(files: Files, sizes: list[int], *, quick: bool) -> Iterator[Line]:
    yield from processes.start_and_memory(files, sizes, rounds=1 if quick else 15)
    yield from reading.snapshots(files, sizes, clients=20 if quick else 300)
    yield from keys.client_switch(files, sizes[-1], rounds=2 if quick else 30)
    yield from reading.search(files, sizes, rounds=1 if quick else 3)
    yield from keys.cursor(files, sizes[-1], rounds=3 if quick else 60)
    yield from keys.to_paint(files, sizes, rounds=3 if quick else 40)
    yield from processes.show(files, sizes, rounds=1 if quick else 20)
    yield from open_requests.clocks_of(2_000 if quick else 100_000, rounds=1 if quick else 5)
    yield from health.renewed(files, min(sizes[-1], 100_000), clients=20 if quick else 300)
    yield from suggestions.suggested(files, min(sizes[-1], 100_000), clients=20 if quick else 300)
    yield from voices.ranked(
        files.configuration, 200 if quick else 100_000, 10 if quick else 5_000, rounds=1 if quick else 5
    )
    yield from file_rows.read_files(min(sizes[-1], 1_000_000))
    yield from importing.import_clients(min(sizes[-1], 100_000))
    yield from writers.crowds(files, sizes[0], (4,) if quick else (50, 200), seconds=2 if quick else 60)
    yield from reading.paging(files, sizes, rounds=2 if quick else 20)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--clients", default="1000,100000,1000000", help="sizes of the demo firm, the smallest first"
    )
    parser.add_argument("--quick", action="store_true", help="few rounds: to see that it runs, not how fast")
    parser.add_argument("--rebuild", action="store_true", help="build large files anew, which takes long")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument("--report", type=Path, default=ROOT / "docs" / "performance.md")
    parser.add_argument(
        "--files", type=Path, default=ROOT / "build" / "bench", help="where built files are kept"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
