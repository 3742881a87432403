"""`onewindow standard …`: the common verbs, and the checks that keep standards alive."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_raw, print_table, print_text, tell
from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.plans.standards import check as note_check
from onewindow.desk.plans.standards import register
from onewindow.desk.plans.standards import review as look
from onewindow.desk.session.naming import resolve
from onewindow.records.kinds import KINDS
from onewindow.records.standards import CheckOutcome, Standard
from onewindow.store import rows
from onewindow.text.dates import short_day

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_COLUMNS = ("standard", "state", "owner", "review_on", "days", "last_check", "outcome", "checked_by")


@click.command(epilog='\b\nExample:\n  onewindow standard check Ответ "20 звонков из 20 по стандарту"')
@click.argument("standard", metavar="ID_OR_NAME")
@click.argument("note", metavar="NOTE")
@click.option("--failed", is_flag=True, help="The state is not closed: it stays, with what was seen.")
@click.option("--review-by", default="", metavar="DATE", help="When next; within six months.")
@pass_invocation
def check(invocation: Invocation, standard: str, note: str, review_by: str, *, failed: bool) -> None:
    """Note a check today; a passed one closes the state and the cycle goes on."""
    session = invocation.session()
    outcome: CheckOutcome = "failed" if failed else "passed"
    day = typed_day(session, review_by, "--review-by", "ahead").isoformat() if review_by else None
    _, after = note_check(session, _named(session, standard), outcome, note, review_on=day)
    print_text(f"{after.title}: {after.cycle}, review by {short_day(after.review_on or '', session.today())}")


@click.command(epilog="\b\nExample:\n  onewindow standard review Передача --by 01.03.2027")
@click.argument("standard", metavar="ID_OR_NAME")
@click.option("--by", "day", default="", metavar="DATE", help="When next; in six months if left out.")
@pass_invocation
def review(invocation: Invocation, standard: str, day: str) -> None:
    """Note that a standard was looked at and holds as it is."""
    session = invocation.session()
    by = typed_day(session, day, "--by", "ahead").isoformat() if day else None
    print_raw(str(look(session, _named(session, standard), by).review_on))


@click.command(epilog="\b\nExample:\n  onewindow standard due")
@click.option("--all", "everything", is_flag=True, help="All of them, not only those that are due.")
@format_option
@pass_invocation
def due(invocation: Invocation, output_format: str, *, everything: bool) -> None:
    """List the standards whose review is due, with their last checks."""
    session = invocation.session()
    rows = [
        {
            "id": due_standard.standard.id,
            "standard": due_standard.standard.title,
            "state": due_standard.standard.cycle,
            "owner": session.directory.name(due_standard.standard.owner_id),
            "review_on": due_standard.standard.review_on,
            "days": due_standard.days,
            "last_check": due_standard.last.checked_on if due_standard.last else None,
            "outcome": due_standard.last.outcome if due_standard.last else None,
            "checked_by": session.directory.name(due_standard.last.staff_id) if due_standard.last else None,
        }
        for due_standard in register(session, due_only=not everything)
    ]
    if not rows and output_format == "table":
        tell("No standard is due.")
        return
    print_table(rows, _COLUMNS, cast("TableFormat", output_format))


def _named(session: Session, word: str) -> Standard:
    return rows.get(session.store, Standard, resolve(session, "standard", word))


group = RecordGroup(KINDS["standard"], ready(check, review, due))
