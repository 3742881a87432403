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
{notes}
| what | at | budget | measured | verdict |
|---|---|---|---|---|
"""
_COUNTED = (
    "a list that is read for the first time is counted along an index, so that its scroll bar is right; with"
    " the usual filters that are a few hundred rows, with all clients it is all of them."
)
_REASONS = {
    "start to first content": "counted in instructions the empty app takes 887 million, 804 of them to import"
    " the toolkit. Beyond it come some 120 for our modules, SQLite and time zones, 20 for reading the client,"
    " 120 for twenty widgets instead of one, whose style sheets the toolkit parses and applies, and 100 for"
    " drawing 40 full lines. The usual start loads no command line; classes share their methods, fields are"
    " described and patterns compiled on demand; forms, rules, palette and caches come after the first frame;"
    " style sheets are parsed once; ground that is covered is not drawn. What is left is mostly the toolkit's"
    " own work for each widget, rule and line.",
    "`onewindow client show`": "most of what is beyond the floor are modules, the rest is opening the file,"
    " reading and laying out the text. It does not depend on the number of clients.",
    "import of clients": "into bare tables the same rows go without types, keys, checks and indexes,"
    " which alone more than double their time; ours also write three log lines, a list row and a search"
    " text a client, and each row is read, folded, compared with the clients we know, checked and weighed."
    " Tried and kept: only columns that differ are bound, the events of a range are one statement, caches"
    " are written from the rows at hand, search texts are indexed by thousands, and what looks right is"
    " checked the short way. Tried and left: making indexes after the load (a tenth of the statements'"
    " time), and no search for garbage (no gain).",
    "a search key": "the most expensive question is whether any client's name has the words of a person's"
    " name, which none has: the lists of its three letters are read to the end.",
    "the middle page of the list": "a jump to a row by its number walks over the keys in between, from the"
    " nearest end or known row; only a pull at the scroll bar does that, and the pages beside known ones cost"
    " what the first does.",
    "the first page of the list": _COUNTED,
    "the last page of the list": _COUNTED,
    "CPU of a client switch": "all records of a client are fetched although few are seen; rows, clocks and"
    " widths are worked out only for what is looked at.",
}
"""Why a budget may not be kept, as far as it is known; told only where it is not."""
_QUICK = "\n**A quick run of few rounds: it shows that the bench works, not how fast the program is.**\n"
_OLDER = "\nThe file of {sizes} clients was built by an older state of the code; `--rebuild` makes it anew.\n"


def write_report(path: Path, lines: Sequence[Line], older: Sequence[int] = (), *, quick: bool) -> None:
    """Write the table of all lines; nothing in it names the machine.

    `older` are the sizes whose files the code of today did not build.
    """
    sizes = " and ".join(f"{size:,}".replace(",", " ") for size in older)
    head = _HEAD.format(
        machine=f"{os.cpu_count()} cores of {platform.machine()}, {platform.system()}",
        python=platform.python_version(),
        sqlite=sqlite.sqlite_version,
        notes=(_OLDER.format(sizes=sizes) if older else "") + (_QUICK if quick else ""),
    )
    rows = [
        f"| {line.what} | {line.at} | {line.budget} | {line.measured} | {line.verdict} |" for line in lines
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + "\n".join([*rows, *_what_is_missed(lines)]) + "\n", "utf-8")


def _what_is_missed(lines: Sequence[Line]) -> list[str]:
    """The section on the budgets that are not kept, each once."""
    missed = dict.fromkeys(line.what for line in lines if not line.is_kept)
    reasons = [f"- **{what}**: {_REASONS.get(what, 'not looked into yet.')}" for what in missed]
    return ["", "## What is not kept, and why", "", *reasons] if reasons else []
