"""Figures of metrics on the command line: as tables with their change, for machines, and the rows behind."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.printing import print_table, print_text, terminal_width
from onewindow.cli.shell.problems import nearest
from onewindow.cli.shell.progress import Progress
from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.metrics import as_text
from onewindow.desk.metrics.answers import Answer, groupings
from onewindow.desk.metrics.asking import ask
from onewindow.desk.metrics.baselines import named, since_baseline
from onewindow.desk.metrics.behind import BEHIND_COLUMNS, behind_rows
from onewindow.desk.metrics.drawings import of_answer
from onewindow.desk.metrics.periods import Span
from onewindow.records.structs import frozen_struct
from onewindow.text.charts.canvas import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onewindow.desk.metrics.cases import Metric
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat


_CURVE_LINES = 14


@frozen_struct
class Question:
    """What was asked of metrics: of which days, by what, compared with what."""

    session: Session
    span: Span
    by: str
    compare: str
    has_chart: bool = False


def print_figures(question: Question, metrics: list[Metric]) -> None:
    """Print a table for each metric, with what it means and what was left out."""
    for place, answer in enumerate(_answers(question, metrics)):
        metric = answer.metric
        print_text(("\n" if place else "") + as_text.title(answer, question.session.today()))
        if not answer.rows:
            print_text("  nothing to report in this period")
        else:
            is_compared = bool(question.compare)
            rows = (as_text.readable_row(metric, row, is_compared=is_compared) for row in answer.rows)
            print_table(rows, as_text.headings(metric, is_compared=is_compared), "table")
            if question.has_chart:
                is_ascii = not (sys.stdout.encoding or "").lower().startswith("utf")
                height = _CURVE_LINES if question.by == "month" else len(answer.rows) + 1
                print_text("\n".join(plain(of_answer(answer)(terminal_width(), height, is_ascii))))
        print_text("\n".join(as_text.about(answer)))


def machine_figures(question: Question, metrics: list[Metric], shape: TableFormat) -> None:
    """Print the figures of all metrics with stable field names."""
    rows = (as_text.machine_row(answer, row) for answer in _answers(question, metrics) for row in answer.rows)
    print_table(rows, as_text.MACHINE_COLUMNS, shape)


def print_behind(question: Question, metrics: list[Metric], shape: TableFormat) -> None:
    """Print the rows that each metric counted."""
    session = question.session
    rows = (
        row for answer in _answers(question, metrics) for row in behind_rows(session, session.store, answer)
    )
    print_table(rows, BEHIND_COLUMNS, shape)


def _answers(question: Question, metrics: list[Metric]) -> Iterator[Answer]:
    for metric in metrics:
        known = groupings(metric)
        if question.by not in known:
            raise _wrong(
                f"{metric.name} is grouped by {', '.join(known)}, not by “{question.by}”"
                f"{nearest(question.by, list(known))}"
            )
    session, store = question.session, question.session.store
    against = _against(question)
    is_frozen = bool(question.compare) and against is None
    for metric in metrics:
        progress = Progress(f"rows for {metric.name}")
        frozen = named(store, metric.name, question.compare) if is_frozen else None
        # One read for all pages: a change made meanwhile must not count in half of them.
        with store.read():
            answer = ask(session, store, metric, question.span, question.by, against, progress.show)
            yield since_baseline(session, store, answer, frozen) if frozen is not None else answer


def _against(question: Question) -> Span | None:
    """The period that was named; None for none, and for the name of a baseline."""
    typed, span = question.compare, question.span
    if not typed:
        return None
    if typed == "before":
        return span.before
    if typed == "year":
        return span.year_before
    if ".." in typed:
        first, _, last = typed.partition("..")
        days = [typed_day(question.session, day, "--compare", "behind") for day in (first, last)]
        if days[0] > days[1]:
            raise _wrong("--compare begins on a later day than it ends")
        return Span(days[0], days[1], span.zone)
    return None


def _wrong(sentence: str) -> click.UsageError:
    return click.UsageError(sentence, click.get_current_context())
