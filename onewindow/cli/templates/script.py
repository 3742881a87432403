"""`onewindow script …`: the common verbs, a script with its steps, and what was skipped by whom.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.editing.record_rows import machine_row
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_object, print_table, print_text
from onewindow.cli.shell.typed_day import typed_day
from onewindow.records.kinds import KINDS
from onewindow.store import templates
from onewindow.text.dates import utc_text

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat

_MONTH_DAYS = 30
_COLUMNS = ("staff", "script", "step", "required", "skipped", "marked", "reasons")


@click.command(epilog="\b\nExample:\n  onewindow script show Жалоба")
@click.argument("script", metavar="NAME", shell_complete=complete_record("script"))
@format_option
@pass_invocation
def show(invocation: Invocation, script: str, output_format: TableFormat) -> None:
    """Show a script with its steps in their order; “!” marks those that must not be skipped.

    json has the steps in it; the other formats for machines have the script alone.
    """
    from onewindow.desk.templates.scripts import named

    session = invocation.session()
    record = named(session, script)
    steps = templates.steps(session.store, record.id)
    if output_format == "json":
        print_object({**machine_row(record), "steps": [machine_row(step) for step in steps]})
        return
    if output_format != "table":
        print_table([machine_row(record)], list(machine_row(record)), output_format)
        return
    about = record.moment + (f", {record.request_kind}" if record.request_kind else "")
    lines = [f"{record.name} ({about}, {record.language})"]
    lines += [record.description] if record.description else []
    for number, step in enumerate(steps, 1):
        lines.append(f"{number:>3} {'!' if step.is_required else ' '} {step.title}")
        lines += [f"      {line}" for line in step.prompt.splitlines()]
    print_text("\n".join(lines))


@click.command(epilog="\b\nExample:\n  onewindow script deviations --since 2026-11-01")
@click.option("--since", metavar="DATE", help="The first day; else 30 days ago.")
@format_option
@pass_invocation
def deviations(invocation: Invocation, since: str | None, output_format: TableFormat) -> None:
    """Report which steps were skipped, by person and step, with the reasons given.

    Steps that must not be skipped come first. `marked` counts all marks of that person on that step, so that
    a share can be seen.
    """
    from onewindow.desk.templates.scripts import deviations as find

    session = invocation.session()
    first = (
        typed_day(session, since, "--since", "behind")
        if since
        else session.today() - timedelta(days=_MONTH_DAYS)
    )
    begin = utc_text(datetime.combine(first, time(), ZoneInfo(session.zone)))
    rows = [
        {
            "staff": deviation.staff,
            "script": deviation.script,
            "step": deviation.step,
            "required": deviation.required,
            "skipped": deviation.skipped,
            "marked": deviation.marked,
            "reasons": "; ".join(deviation.reasons),
        }
        for deviation in find(session, begin)
    ]
    print_table(rows, _COLUMNS, output_format, wrapped=("step", "reasons"))


group = RecordGroup(KINDS["script"], ready(show, deviations))
