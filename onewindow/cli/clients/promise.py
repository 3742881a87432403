"""`onewindow promise …`: the common verbs, and acknowledging, keeping and breaking a promise.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import Builder, RecordGroup
from onewindow.cli.editing.record_naming import named_record, of_client_option
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import FORMATS, print_raw, print_table
from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.clients import promise_keeping
from onewindow.records.clients import Promise
from onewindow.records.kinds import KINDS
from onewindow.store.handover import promises

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.metrics.promises import Outcome

_KIND = KINDS["promise"]
_EVENT_COLUMNS = ("id", "client_id", "promise_id", "outcome", "happened_on", "staff_id", "note")


def _named(session: Session, word: str, of_client: str | None) -> Promise:
    promise = named_record(session, _KIND, word, of_client)
    assert isinstance(promise, Promise)  # noqa: S101  the kind says so
    return promise


def _params(*more: click.Parameter) -> list[click.Parameter]:
    return [
        click.Argument(["promise"], metavar="ID_OR_NAME", shell_complete=complete_record("promise")),
        *of_client_option(_KIND),
        *more,
    ]


def _marking(outcome: Outcome) -> Builder:
    def mark(promise: str, of_client: str | None, day: str | None, note: str) -> None:
        session = current_invocation().session()
        record = _named(session, promise, of_client)
        on = typed_day(session, day, "--on", "behind").isoformat() if day else ""
        print_raw(str(promise_keeping.mark(session, record, outcome, on, note).id))

    text = f"Note that a promise was {outcome}; one that holds always goes on, and is counted."
    return lambda _: click.Command(
        outcome,
        callback=mark,
        short_help=text,
        help=text,
        epilog=f"\b\nExample:\n  onewindow promise {outcome} 2041 --on 25.11",
        params=_params(
            click.Option(["--on", "day"], metavar="DATE", help="The day on which it was; else today."),
            click.Option(["--note"], default="", metavar="TEXT", help="What is to be known of it."),
        ),
    )


def _acknowledging(_: object) -> click.Command:
    def acknowledge(promise: str, of_client: str | None) -> None:
        from onewindow.desk.handover.acknowledging import acknowledge as know

        session = current_invocation().session()
        print_raw(str(know(session, _named(session, promise, of_client)).id))

    text = "Say that you have read a promise; whoever said so first stands with the day."
    return click.Command(
        "acknowledge",
        callback=acknowledge,
        short_help=text,
        help=text,
        epilog="\b\nExample:\n  onewindow promise acknowledge 2041",
        params=_params(),
    )


def _events(_: object) -> click.Command:
    def events(promise: str, of_client: str | None, output_format: TableFormat) -> None:
        session = current_invocation().session()
        events = promises.events(session.store, _named(session, promise, of_client).id)
        columns = _EVENT_COLUMNS if output_format != "table" else ("happened_on", "outcome", "staff", "note")
        names = session.directory
        print_table(
            ({**vars(event), "staff": names.name(event.staff_id)} for event in events), columns, output_format
        )

    text = "List when a promise was kept and broken, the newest first."
    return click.Command(
        "events",
        callback=events,
        short_help=text,
        help=text,
        epilog="\b\nExample:\n  onewindow promise events 2041",
        params=_params(
            click.Option(
                ["--format", "output_format"],
                type=click.Choice(FORMATS),
                default="table",
                show_default=True,
                help="table is for people; the others carry raw values under English field names.",
            )
        ),
    )


group = RecordGroup(
    _KIND,
    {
        "acknowledge": _acknowledging,
        "kept": _marking("kept"),
        "broken": _marking("broken"),
        "events": _events,
    },
)
