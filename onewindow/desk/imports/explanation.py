"""What an import did, for a person to judge: how it read, what it overwrote, why it refused rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.desk.imports.reading.columns import FileColumns
from onewindow.desk.imports.reporting.changes import display_name
from onewindow.desk.imports.reporting.differences import (
    NEW_PERSON,
    is_addition,
    shown_change,
    shown_field,
    told_differences,
)
from onewindow.desk.imports.reporting.findings import Findings
from onewindow.desk.imports.reporting.run_report import ImportReport, RowVerdict
from onewindow.store.engine import Value

_ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_FEW, _LONG, _LIKELY = 3, 40, 12
_OUTCOMES = ("Overwritten", "Added", "Filled")
Change = tuple[RowVerdict, str, Value, Value]
"""A row, a field, from, to."""
_QUOTED = re.compile(r"“[^”]*”|\d[\d.,:-]*|\([^()]*\)")
_REASONS = re.compile(r"; (?!metrics leave)")
"""Between the reasons of a row; what follows from one belongs to it."""


def format_notes(columns: FileColumns, formats: FieldFormats, zone: str) -> list[str]:
    """How dates and times were read, one sentence each."""
    notes: list[str] = []
    by_field = {field: header for header, field in reversed(columns.pairs)}
    for order, words in _ORDERS.items():
        headers = [
            by_field[field]
            for field, order_of_field in formats.dates.items()
            if order_of_field == order and field in by_field
        ]
        if headers and not columns.is_own:
            notes.append(f"Dates with the {words} in {_listed(headers)}; --dates says another order.")
    if formats.likely:
        first = [f"“{text}” as {meant}" for (_, text), meant in formats.likely.items()][:_LIKELY]
        notes.append(f"Read by a word in them: {', '.join(first)}; --value COLUMN:WORD=value says another.")
    for name, since in formats.counted.items():
        notes.append(
            f"{by_field[name]} has lengths of time;"
            f" they count from {by_field.get(since, display_name(since))}."
        )
    times = [header for name, header in by_field.items() if name in formats.zoneless]
    if times and not columns.is_own:
        notes.append(f"Times without a zone in {_listed(times)} are of {zone}.")
    return notes


def findings_notes(findings: Findings) -> list[str]:
    """What was made besides the rows, and whom no word means, one sentence each."""
    notes: list[str] = []
    if findings.made_clients:
        names = ", ".join(findings.made_names)
        more = findings.made_clients - len(findings.made_names)
        rest = f" and {more} more" if more else ""
        clients = "client" if findings.made_clients == 1 else "clients"
        notes.append(f"{findings.made_clients} {clients} made, whom only this file names: {names}{rest}.")
    several = {word: names for word, names in findings.colleagues.items() if names}
    if nobody := [word for word in findings.colleagues if word not in several]:
        unknown = _more(", ".join(nobody[:_FEW]), len(nobody))
        way = "bring colleagues in first (`onewindow import staff`, or `onewindow staff add`), then this file"
        notes.append(f"No colleague is called {unknown}; {way} again.")
    for word, names in list(several.items())[:_FEW]:
        who = _more(", ".join(names[:_FEW]), len(names))
        way = f"--value COLUMN:{word}=LOGIN says who is meant"
        notes.append(f"Several colleagues are called {word}: {who}; {way}.")
    return notes


def column_lines(report: ImportReport) -> list[str]:
    """Which column was read as which field, and which was not read, one sentence each."""
    pairs = [*report.fields.items(), *report.more]
    shown = ", ".join(f"{header} → {display_name(field)}" for header, field in pairs)
    lines = [f"Read {shown}."] if shown else []
    if report.left_out:
        lines.append(f"Columns left out: {', '.join(report.left_out)}; --map HEADER=FIELD takes one in.")
    return lines


def proposal_lines(report: ImportReport) -> list[str]:
    """What may be added to the command so that more comes in: a line to paste each, and why."""
    if not report.proposals:
        return []
    lines = [f"  {proposal.typed}   # {proposal.why}" for proposal in report.proposals]
    return ["Proposed; add to the command what is right:", *lines]


def overwritten(report: ImportReport) -> Iterator[Change]:
    """Every value that stood on file and is another now."""
    return (change for change in _changes(report) if _outcome(change) == "Overwritten")


def _changes(report: ImportReport) -> Iterator[Change]:
    return (
        (row, name, before, after)
        for row in report.rows
        for name, (before, after) in told_differences(row).items()
    )


def _outcome(change: Change) -> str:
    """What was done to a value: one that stood on file was overwritten or grew, an empty one was filled."""
    _, name, before, after = change
    if name == NEW_PERSON:
        return "Added"  # nothing of a person on file was filled
    if before in (None, ""):
        return "Filled"
    return "Added" if is_addition(before, after) else "Overwritten"


def short_lines(report: ImportReport, *, with_rejected: bool = True) -> list[str]:
    """What was overwritten and why rows were flagged or refused: counts and the first of each."""
    rejected = _reason_lines("Rejected", _rejected(report)) if with_rejected else []
    flagged = _reason_lines("Flagged", report.flagged)
    left_out = _reason_lines("Left out", report.passed_over)
    changed = _change_lines(report)
    filled = [line for line in changed if line.startswith("Filled ")]
    return [*(line for line in changed if line not in filled), *flagged, *left_out, *rejected, *filled]


def full_lines(report: ImportReport) -> Iterator[str]:
    """All of it, line by line, as a report file has it."""
    yield f"Import of {report.record_kind} records from {report.file_name}"
    yield f"run: {report.run_id or 'none, nothing was stored'}"
    yield f"created: {report.count('create')}"
    yield f"updated: {report.count('update')}"
    yield f"unchanged: {report.unchanged}"
    yield f"left out: {len(report.passed_over)}"
    yield f"rejected: {report.count('error')}"
    yield from (
        "",
        "How the file was read:",
        *(f"  {line}" for line in (*column_lines(report), *report.notes)),
    )
    for outcome in _OUTCOMES:
        done = [change for change in _changes(report) if _outcome(change) == outcome]
        if done:
            yield from ("", f"{outcome}:")
        for row, name, *pair in done:
            change_words = shown_change(name, pair, report.names, is_short=False)
            yield f"  row {row.row}, {row.name or 'no name'}: {shown_field(name)}: {change_words}"
    parts = (
        ("Flagged:", report.flagged),
        ("Left out:", report.passed_over),
        ("Rejected:", list(_rejected(report))),
    )
    for title, rows in parts:
        if rows:
            yield from ("", title)
        yield from (f"  row {row.row}, {row.name or 'no name'}: {row.reason}" for row in rows)
    if report.proposals:
        yield from ("", *proposal_lines(report))


def _change_lines(report: ImportReport) -> list[str]:
    by_field: dict[tuple[str, str], list[Change]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for change in _changes(report):
        key = (_outcome(change), shown_field(change[1]))
        counts[key] += 1
        changes = by_field.setdefault(key, [])
        if len(changes) < _FEW:
            changes.append(change)
    lines: list[str] = []
    for key in sorted(by_field, key=lambda group: _OUTCOMES.index(group[0])):
        outcome, field = key
        first = "; ".join(_change_line(change, report.names) for change in by_field[key])
        is_part = outcome == "Added" and field != shown_field(NEW_PERSON)
        what = f"Added to {field}" if is_part else f"{outcome} {field}"
        lines.append(f"{what} in {counts[key]}: {_more(first, counts[key])}.")
    return lines


def _change_line(change: Change, names: Mapping[int, str]) -> str:
    row, name, before, after = change
    text = shown_change(name, (before, after), names)
    if before in (None, ""):
        text = text.removeprefix("(empty) → ")
    return f"{row.name or f'row {row.row}'}: {text}"


def _reason_lines(word: str, rows: Iterable[RowVerdict]) -> list[str]:
    groups: dict[str, list[tuple[RowVerdict, str]]] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        for reason in _REASONS.split(row.reason) if word == "Flagged" else (row.reason,):
            kind = _QUOTED.sub("…", reason)
            of_kind = groups.setdefault(kind, [])
            counts[kind] += 1
            if len(of_kind) < _FEW:
                of_kind.append((row, reason))
    lines: list[str] = []
    for kind, of_kind in groups.items():
        said = of_kind[0][1]
        first = ", ".join(f"{_row_text(row)}{_own_words(reason, said)}" for row, reason in of_kind)
        lines.append(f"{word} {counts[kind]}: {said} ({_more(first, counts[kind])}).")
    return lines


def _row_text(row: RowVerdict) -> str:
    """A row by its number and the beginning of its name, on one line."""
    name = " ".join(row.name.split())[:_LONG]
    return f"row {row.row} {name}" if name else f"row {row.row}"


def _own_words(reason: str, said: str) -> str:
    """The words of a row's own reason that differ from those of the one that is told for all; '' for none."""
    own, others = _QUOTED.findall(reason), _QUOTED.findall(said)
    differing = [word[:_LONG] for word, other in zip(own, others, strict=True) if word != other]
    return f": {', '.join(differing)}" if differing else ""


def _rejected(report: ImportReport) -> Iterable[RowVerdict]:
    return (row for row in report.rows if row.verdict == "error")


def _more(text: str, count: int) -> str:
    return f"{text} and {count - _FEW} more" if count > _FEW else text


def _listed(headers: Iterable[str]) -> str:
    return ", ".join(headers)
