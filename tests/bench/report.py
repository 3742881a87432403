"""The report that is kept with the code."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from onewindow.store.sqlite_library import sqlite
from tests.bench.samples import Line

_HEAD = """# Performance

The speed budget and what `make bench` measured. A budget is a ratio to a floor measured in the same run, or a
time that people feel; milliseconds differ from machine to machine, ratios hardly do. Each figure is a median,
with the 99th percentile (of few rounds: the slowest) in brackets.

Measured on {machine}, Python {python}, SQLite {sqlite}, in a terminal of 120×40.
{quick}
| what | at | budget | measured | verdict |
|---|---|---|---|---|
"""
_QUICK = "\n**A quick run of few rounds: it shows that the bench works, not how fast the program is.**\n"


def write_report(path: Path, lines: Sequence[Line], *, quick: bool) -> None:
    """Write the table of all lines; nothing in it names the machine."""
    head = _HEAD.format(
        machine=f"{os.cpu_count()} cores of {platform.machine()}, {platform.system()}",
        python=platform.python_version(),
        sqlite=sqlite.sqlite_version,
        quick=_QUICK if quick else "",
    )
    rows = [
        f"| {line.what} | {line.at} | {line.budget} | {line.measured} | {line.verdict} |" for line in lines
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + "\n".join(rows) + "\n", "utf-8")
