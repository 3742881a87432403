"""`onewindow metrics`: every figure of the department, by group and period, with n and intervals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from onewindow.cli.metric_figures import Question, machine_figures, print_behind, print_figures
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import FORMATS, print_table, print_text
from onewindow.cli.shell.problems import nearest
from onewindow.cli.shell.progress import Progress
from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.table import METRICS
from onewindow.desk.reports.measures import MEASURES
from onewindow.desk.reports.report_text import (
    MACHINE_COLUMNS,
    amount_text,
    loss_lines,
    machine_row,
    share_of_text,
    span_text,
    spread_text,
)
from onewindow.desk.reports.request_reports import (
    GROUPS,
    PeriodMeasures,
    ReportRow,
    loss,
    read_measures,
    report,
)
from onewindow.desk.sla.shown_zone import office_zone

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_LOSS = "loss"
_YEAR_DAYS = 365
_COLUMNS = ("group", "n", "median", "median 95 %", "9 of 10 within")


def _usual() -> list[str]:
    return [name for name, measure in MEASURES.items() if measure.is_usual]


def help_text() -> str:
    """What the command says of itself: every metric by its name, and which ones are meant by none."""
    named = [f"{name} ({measure.hint})" if measure.hint else name for name, measure in MEASURES.items()]
    figures = [f"{name} ({metric.label})" for name, metric in METRICS.items()]
    return (
        "Report on a period: every figure with n, its 95 % interval, its definition and source.\n\n"
        f"NAME is {', '.join(figures)}; or, of requests opened in the period, {', '.join(named)} or "
        f"{_LOSS} (do clients who wait longer leave more often); else {' and '.join(_usual())}. Times are "
        "working time by each request's own calendar, and groups of fewer than ten cases say so. Periods "
        "are compared by the interval of the difference: where it holds 0 there is no evidence of change."
    )


@click.command(
    help=help_text(),
    epilog="""\b
Examples:
  onewindow metrics                                  first response and resolution of the last year
  onewindow metrics response --by person --from 2026-09-01
  onewindow metrics resolution response --by month --format csv
  onewindow metrics loss                             do clients who wait longer leave more often?
  onewindow metrics nps csat --by segment --compare before
  onewindow metrics churn --from 2026-01-01 --by cohort --format json
  onewindow metrics nps --behind                     the answers behind the number, detractors by name""",
)
@click.argument("names", nargs=-1, metavar="[NAME …]")
@click.option("--from", "since", metavar="DATE", help="The first day; else a year before the last one.")
@click.option("--to", "till", metavar="DATE", help="The last day; else today.")
@click.option(
    "--by",
    metavar="GROUP",
    default="all",
    show_default=True,
    help="What a row is of: month, person, tier …; of figures also manager, segment, product, class, cohort …"
    "",
)
@click.option(
    "--compare",
    metavar="PERIOD",
    default="",
    help="With what: before (as long, just before), year (the same days a year ago), FIRST..LAST, or a "
    "baseline.",
)
@click.option("--chart", is_flag=True, help="Draw the figures too, months as a curve.")
@click.option("--behind", is_flag=True, help="The rows behind the number instead of it.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    show_default=True,
    help="text and table are for people; the others have stable English field names.",
)
@pass_invocation
def metrics(
    invocation: Invocation,
    names: tuple[str, ...],
    since: str | None,
    till: str | None,
    by: str,
    compare: str,
    output_format: str,
    *,
    chart: bool,
    behind: bool,
) -> None:
    """Report on the requests opened in a period; `help_text` says the rest."""
    wanted = list(dict.fromkeys(names)) or _usual()
    _validate_names(wanted)
    session = invocation.session()
    last = typed_day(session, till, "--to", "behind") if till else session.today()
    first = typed_day(session, since, "--from", "behind") if since else last - timedelta(days=_YEAR_DAYS)
    if first > last:
        raise _wrong(
            "--from is a later day than --to" if till else "--from is a later day than today; name --to"
        )
    shape: TableFormat = "table" if output_format == "text" else output_format  # pyright: ignore[reportAssignmentType]
    figures = [METRICS[name] for name in wanted if name in METRICS]
    of_requests = [name for name in wanted if name not in METRICS]
    if shape != "table" and figures and of_requests:
        raise _wrong(
            f"{figures[0].name} and {of_requests[0]} have different columns: ask for them one by one in a "
            "machine format"
        )
    if (compare or behind) and of_requests:
        raise _wrong(f"{of_requests[0]} is of requests: --compare and --behind are for {', '.join(METRICS)}")
    if of_requests and by not in GROUPS:
        raise _wrong(f"requests are grouped by {', '.join(GROUPS)}, not by “{by}”{nearest(by, list(GROUPS))}")
    if figures:
        question = Question(session, Span(first, last, office_zone(session)), by, compare, chart)
        if behind:
            print_behind(question, figures, shape)
        elif shape == "table":
            print_figures(question, figures)
        else:
            machine_figures(question, figures, shape)
    if of_requests:
        _report_requests(session, first, last, of_requests, by, shape)


def _report_requests(
    session: Session, first: date, last: date, wanted: list[str], by: str, shape: TableFormat
) -> None:
    measures = _read(session, first, last)
    if shape == "table":
        _print_for_people(session, measures, wanted, by)
        return
    if _LOSS in wanted:
        raise _wrong("loss is a comparison in words; it has no rows for a machine format")
    rows = [machine_row(row, name, by) for name in wanted for row in report(measures.requests, name, by)]
    print_table(rows, MACHINE_COLUMNS, shape)


def _wrong(sentence: str) -> click.UsageError:
    return click.UsageError(sentence, click.get_current_context())


def _validate_names(names: list[str]) -> None:
    known = [*METRICS, *MEASURES, _LOSS]
    for name in names:
        if name not in known:
            raise _wrong(f"there is no metric “{name}”{nearest(name, known)}")


def _read(session: Session, first: date, last: date) -> PeriodMeasures:
    progress = Progress("requests")
    # One read for all pieces: a change made meanwhile must not count in half of them.
    with session.store.read():
        pieces = read_measures(session, session.store, first, last)
        measures = next(pieces)
        for piece in pieces:
            progress.show(piece.done, piece.total)
    return measures


def _print_for_people(session: Session, measures: PeriodMeasures, wanted: list[str], by: str) -> None:
    days = span_text(measures.since, measures.till, session.today())
    print_text(f"Requests opened {days}, by the days of {measures.zone}: {measures.done}.")
    if measures.untimed_text:
        print_text(measures.untimed_text)
    for name in wanted:
        if name == _LOSS:
            print_text("\nanswers and losses")
            print_text("\n".join(f"  {line}" for line in loss_lines(loss(session.store, measures.requests))))
            continue
        measure = MEASURES[name]
        print_text(f"\n{measure.label}, by {GROUPS[by]}" if by != "all" else f"\n{measure.label}")
        rows = report(measures.requests, name, by)
        if not rows:
            print_text("  nothing to report in this period")
            continue
        columns = [*_COLUMNS, *([measure.share] if measure.share else [])]
        print_table((_readable_row(row, name) for row in rows), columns, "table")
        if any(row.times.is_few for row in rows):
            print_text("* fewer than ten cases: too few to compare.")
        print_text(measure.definition)


def _readable_row(row: ReportRow, measure: str) -> dict[str, object]:
    times = row.times
    values = (
        row.label + (" *" if times.is_few else ""),
        times.n,
        amount_text(measure, times.median),
        spread_text(measure, times),
        amount_text(measure, times.p90),
    )
    share = MEASURES[measure].share
    return {**dict(zip(_COLUMNS, values, strict=True)), share: share_of_text(times.within)}
