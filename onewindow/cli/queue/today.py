"""`onewindow today`: what to do next in one queue; putting rows of it off and back, warning clients.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_raw, print_table, print_text, tell
from onewindow.cli.shell.zone_head import print_zone
from onewindow.desk.session import naming
from onewindow.desk.session.naming import resolve
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.problems import StoreProblem

if TYPE_CHECKING:
    from onewindow.desk.queue.today import Filter, Today, TodayRow
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.fields import Record

_FILTERS = (
    "all",
    "requests",
    "promises",
    "steps",
    "tasks",
    "hand-offs",
    "documents",
    "detractors",
    "alarms",
    "touches",
    "meetings",
    "handovers",
    "novelties",
    "warn",
    "put-off",
)
_KINDS = (
    "request",
    "promise",
    "plan-step",
    "task",
    "hand-off",
    "document",
    "survey-response",
    "client",
    "meeting",
    "handover",
    "handover-item",
    "delivery",
    "session",
    "feedback",
)
_COLUMNS = ("time", "client", "what", "why", "who")


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  onewindow today                            what to do next, the most urgent first
  onewindow today --only requests --limit 5
  onewindow today --only put-off
  onewindow today --format json
  onewindow today put-off request R-1042 "завтра 10:00" "ждём склад"
  onewindow today warn R-1042 --till "пт 15:00" --because "поставка задержалась\"""",
)
@click.option(
    "--only", type=click.Choice(_FILTERS), default="all", show_default=True, help="Which rows; else all."
)
@click.option("--limit", type=Count(min=1), metavar="N", help="The first N rows only.")
@format_option
@click.pass_context
def today(context: click.Context, only: str, limit: int | None, output_format: TableFormat) -> None:
    """Show what you should do next, over all your clients, in one order.

    Late requests first, then what else clients wait for, then the rest by the working time that is left.
    While a colleague is away, the rows for which you stand in are yours. What is put off stands under
    --only put-off.
    """
    if context.invoked_subcommand is None:
        _show(context.ensure_object(Invocation), only, limit, output_format)


def _show(invocation: Invocation, only: str, limit: int | None, output_format: TableFormat) -> None:
    from onewindow.desk.queue.rows import MACHINE_COLUMNS, machine_row, rest_lines, summary
    from onewindow.desk.queue.today import read_today

    session = invocation.session()
    day = read_today(session)
    rows = day.shown(_filter(only))
    shown = rows[:limit] if limit else rows
    if output_format != "table":
        print_table((machine_row(session, row) for row in shown), MACHINE_COLUMNS, output_format)
        return
    print_text(summary(session, day))
    if not rows:
        print_text("\n".join(rest_lines(session, day)) if only == "all" else "Nothing of that kind.")
        return
    print_zone(session)
    print_table(
        (_readable_row(session, day, row) for row in shown), _COLUMNS, "table", wrapped=("what", "why")
    )
    if len(shown) < len(rows):
        tell(f"{len(rows) - len(shown)} more; --limit {len(rows)} shows them.")


def _filter(only: str) -> Filter:
    from onewindow.desk.queue.today import FILTERS

    return next(name for name in FILTERS if name.replace(" ", "-") == only)


def _readable_row(session: Session, day: Today, row: TodayRow) -> dict[str, object]:
    from onewindow.desk.queue.rows import moment_of, row_of

    cells = row_of(session, moment_of(session, day), row).cells
    return dict(zip(_COLUMNS, (cell.text for cell in cells), strict=True))


@today.command("put-off", epilog='\b\nExample:\n  onewindow today put-off task 12 "пн 9:00" "ждём акт"')
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("record", metavar="RECORD")
@click.argument("till", metavar="TILL")
@click.argument("reason", nargs=-1, required=True, metavar="REASON")
@pass_invocation
def put_off(invocation: Invocation, kind: str, record: str, till: str, reason: tuple[str, ...]) -> None:
    """Keep a row out of your day till a time; the record goes on, and late requests stay counted."""
    from onewindow.desk.queue import snoozing

    session = invocation.session()
    print_raw(str(snoozing.put_off(session, _record(session, kind, record), till, " ".join(reason)).id))


@today.command("bring-back", epilog="\b\nExample:\n  onewindow today bring-back request R-1042")
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("record", metavar="RECORD")
@pass_invocation
def bring_back(invocation: Invocation, kind: str, record: str) -> None:
    """Let a row that was put off stand in your day again."""
    from onewindow.desk.queue import snoozing

    session = invocation.session()
    named = _record(session, kind, record)
    for snooze in snoozing.active(session):
        if (snooze.subject_kind, snooze.subject_id) == (named.kind, named.id):
            print_raw(str(snoozing.bring_back(session, snooze).id))
            return
    raise StoreProblem(f"{naming.called(session, named)} is not put off.")


@today.command(
    "warn", epilog='\b\nExample:\n  onewindow today warn R-1042 --till "пт 15:00" --because "нет поставки"'
)
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@click.argument("text", nargs=-1)
@click.option("--till", metavar="WHEN", default="", help="The new term, typed as people do: пт 15:00, +2d.")
@click.option("--because", metavar="REASON", default="", help="Why the date moves; the client hears it.")
@click.option("--draft", is_flag=True, help="Only print the words, send and write nothing.")
@pass_invocation
def warn(
    invocation: Invocation, request: str, text: tuple[str, ...], *, till: str, because: str, draft: bool
) -> None:
    """Warn a client about a promised date, and set a new one with its reason; it is logged as an answer.

    Without TEXT the words are drafted in the contact's language.
    """
    from onewindow.desk.requests import advance_notice

    session = invocation.session()
    named = _record(session, "request", request)
    if not isinstance(named, Request):
        raise TypeError(f"a request was asked for, not a {named.kind}")
    term = advance_notice.new_date(session, till)
    words = " ".join(text) or advance_notice.draft(session, named, term, because)
    if draft:
        print_text(words)
        return
    print_raw(str(advance_notice.warn(session, named, words, term, because).id))


def _record(session: Session, kind: str, word: str) -> Record:
    name = kind.replace("-", "_")
    number = word.strip()
    # R-1042, 1042 and the id all name a request; short numbers are far below any id.
    asked = f"R-{number}" if name == "request" and number.isdigit() and len(number) < 10 else number
    return rows.get(session.store, KINDS[name].record, resolve(session, name, asked))
