"""`onewindow novelty …`: releases, announcements and what came of them, trained against not trained.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_object, print_pairs, print_table, print_text
from onewindow.cli.shell.zone_head import shown_time
from onewindow.desk.announcements import as_text, effect_report
from onewindow.desk.reports.report_text import share_text
from onewindow.desk.sla.shown_zone import other_zone
from onewindow.records.adoption import Announcement, Product
from onewindow.records.kinds import KINDS
from onewindow.store.adoption import training
from onewindow.store.announcements import announcement_records

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat

_TABLE_COLUMNS = (
    "title",
    "about",
    "channel",
    "state",
    "queued",
    "told",
    "read",
    "answered",
    "declined",
    "share",
)
_WITHIN_DAYS = 90


@click.group(name="novelty", no_args_is_help=True)
def group() -> None:
    """Releases and announcements: who was told, who answered, and what training led to."""


@group.command("list", epilog="\b\nExample:\n  onewindow novelty list --format csv")
@format_option
@pass_invocation
def list_announcements(invocation: Invocation, output_format: TableFormat) -> None:
    """List the announcements with their clients by state, the newest first, then releases without one."""
    session = invocation.session()
    statuses = [
        as_text.status_of(session, announcement)
        for announcement in announcement_records.announcements(session.store)
    ]
    rows = [as_text.status_row(status) for status in statuses]
    if output_format != "table":
        print_table(rows, as_text.STATUS_COLUMNS, output_format)
        return
    for row, status in zip(rows, statuses, strict=True):
        row["share"] = share_text(status.answered)
    announced = {status.announcement.release_id for status in statuses}
    rows += [
        {
            "title": "not announced",
            "about": as_text.release_text(session, release),
            "state": release.released_on,
        }
        for release in announcement_records.releases(session.store)
        if release.id not in announced
    ]
    print_table(rows, _TABLE_COLUMNS, output_format)


@group.command(epilog="\b\nExample:\n  onewindow novelty show Склад")
@click.argument("announcement", metavar="ANNOUNCEMENT", shell_complete=complete_record("announcement"))
@click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table")
@pass_invocation
def show(invocation: Invocation, announcement: str, output_format: str) -> None:
    """Show one announcement: what it says, to whom, how it stands, and its training sessions."""
    session = invocation.session()
    record = named_record(session, KINDS["announcement"], announcement)
    assert isinstance(record, Announcement)  # noqa: S101  the kind says so
    status = as_text.status_of(session, record)
    lessons = training.of_announcement(session.store, record.id)
    if output_format == "json":
        sessions = [
            {"id": e.id, "title": e.title, "starts_at": e.starts_at, "state": e.state} for e in lessons
        ]
        print_object({**as_text.status_row(status), "text": record.text, "sessions": sessions})
        return
    lines = [
        f"{shown_time(session, planned.starts_at)} {planned.title}, {planned.state}:"
        f" {as_text.seats_text(training.counts(session.store, planned.id), planned.capacity)}"
        for planned in lessons
    ]
    pairs = [
        ("announcement", record.title),
        ("about", status.about),
        ("audience", record.audience or "everybody"),
        ("by", f"{record.channel}, {record.purpose}"),
        ("clients", as_text.counts_text(status.counts)),
        ("sessions", "\n".join(lines)),
        ("times in", other_zone(session) if lines else ""),
        ("text", record.text),
    ]
    print_pairs([pair for pair in pairs if pair[1]])


@group.command(
    epilog="\b\nExamples:\n  onewindow novelty report Склад --within 60\n"
    "  onewindow novelty report --product Склад+"
)
@click.argument(
    "announcement", metavar="[ANNOUNCEMENT]", required=False, shell_complete=complete_record("announcement")
)
@click.option(
    "--product", metavar="PRODUCT", shell_complete=complete_record("product"), help="All its sessions."
)
@click.option("--within", type=click.IntRange(1, 730), default=_WITHIN_DAYS, show_default=True, help="Days.")
@format_option
@pass_invocation
def report(
    invocation: Invocation,
    announcement: str | None,
    product: str | None,
    within: int,
    output_format: TableFormat,
) -> None:
    """Compare repeat sales of clients who came to a training with the rest of its audience.

    Of both the share with a new opportunity, with a won one, and with a purchase, each with its 95 %
    interval, and the interval of the difference; and how soon the product was used after the training.
    """
    session = invocation.session()
    if (announcement is None) == (product is None):
        raise click.UsageError("name an announcement or give a --product", click.get_current_context())
    record = named_record(session, KINDS["announcement"], announcement) if announcement else None
    sold = named_record(session, KINDS["product"], product) if product else None
    assert record is None or isinstance(record, Announcement)  # noqa: S101  the kind says so
    assert sold is None or isinstance(sold, Product)  # noqa: S101  the kind says so
    sales = effect_report.repeat_sales_of(session, record, sold, within)
    if output_format == "table":
        print_text("\n".join(as_text.repeat_lines(sales, within)))
    else:
        print_table(as_text.repeat_rows(sales), as_text.REPEAT_COLUMNS, output_format)
