"""Files of every kind, one behind another: what an import says of each word by word, and what it brings.

The reports stand in `reports/`. ONEWINDOW_GOLDEN=write writes them anew; a difference that nobody wanted is a
fault.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from import_scenarios import SCENARIOS, Step

from onewindow.desk.editing.parsing import shown_text
from onewindow.desk.imports import undo
from onewindow.desk.imports.explanation import full_lines, short_lines
from onewindow.desk.imports.lists import SortedRows, Taken, row_drawer, row_lines, taken_rows
from onewindow.desk.imports.look import look_at
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.running import import_file
from onewindow.desk.imports.trial import try_import
from onewindow.desk.session.context import Session
from onewindow.exchange.problems import FileProblem
from onewindow.records.fields import Record, attributes
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.text.layout.cells import Row

_REPORTS = Path(__file__).parent / "reports"
_UNTOLD = frozenset({"flags", "name_sort", "slug", "search"})


@pytest.mark.parametrize("name", list(SCENARIOS))
def test_what_an_import_says_and_brings(name: str, session: Session) -> None:
    lines: list[str] = []
    for step in SCENARIOS[name]:
        lines += [f"== {step.kind} from {step.file_name}", *_of_step(session, step), ""]
    lines += ["== on file", *_on_file(session, {step.kind for step in SCENARIOS[name]})]
    run = undo.named_run(session, "last")
    taken_back = undo.undo_import(session, run)
    lines += [
        "",
        f"== {run.file_name} taken back",
        f"archived {taken_back.archived_words}, reverted {taken_back.reverted}",
    ]
    lines += [f"kept {kept.kind} {kept.title}: {', '.join(kept.fields)}" for kept in taken_back.kept]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    answer = _REPORTS / f"{name}.txt"
    if os.environ.get("ONEWINDOW_GOLDEN") == "write":
        answer.write_text(text, encoding="utf-8")
    assert text == answer.read_text(encoding="utf-8")


def _of_step(session: Session, step: Step) -> Iterator[str]:
    options = ImportOptions(**step.options)
    try:
        yield from _window(session, step, options)
        report = import_file(session, step.kind, step.text.encode(), step.file_name, options)
    except FileProblem as problem:
        yield f"refused: {problem}"
        return
    yield "-- in short"
    yield from short_lines(report)
    yield "-- in full"
    yield from (line for line in full_lines(report) if not line.startswith("run: "))


def _window(session: Session, step: Step, options: ImportOptions) -> Iterator[str]:
    """What the window shows of it before it is done."""
    trial = try_import(session, step.kind, step.text.encode(), step.file_name, options)
    look = look_at(step.text.encode(), step.file_name, step.kind, options)
    yield "-- before"
    for row in taken_rows(Taken(step.file_name, look, options, True, "", trial.report)):
        yield _line(row)
    by_verdict = SortedRows(trial.report)
    yield f"-- rows: {by_verdict.counts}"
    draw = row_drawer(by_verdict.flagged, trial.records, look, trial.report.names)
    told: set[str] = set()
    for verdict in trial.report.rows:
        yield _line(draw(verdict))
        if verdict.verdict in told:
            continue  # one of each is enough
        told.add(verdict.verdict)
        yield from (
            f"      {line}" for line in row_lines(verdict, trial.records, look, trial.report.names) if line
        )


def _line(row: Row) -> str:
    return f"{row.mark} " + " | ".join(cell.text for cell in row.cells)


def _on_file(session: Session, kinds: set[str]) -> Iterator[str]:
    """Every record of these kinds and of those that come with them, by the fields that somebody filled."""
    for kind in KINDS.values():
        if kind.name in {*kinds, "client", "requisites", "contact"} and kind.name != "import_run":
            for record in rows.fetch(session.store, kind.record, "ORDER BY id"):
                yield f"{kind.name}: {_filled(session, record)}"


def _filled(session: Session, record: Record) -> str:
    filled = [
        f"{described.name}={' '.join(shown_text(session, record, described).split())}"
        for described in attributes(type(record))
        if described.name not in _UNTOLD
        and getattr(record, described.name) not in (None, "", 0, described.default)
    ]
    return ", ".join([*filled, *(["archived"] if record.archived_at else [])])
