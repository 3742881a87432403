"""`onewindow db salvage`: what a damaged file still holds, in a new file, and a list of what it does not.

The desk is loaded when something is salvaged: help and Tab need none of it.
"""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_object, print_raw, print_text
from onewindow.cli.shell.progress import Phases
from onewindow.records.kinds import KINDS

if TYPE_CHECKING:
    from onewindow.desk.doctor.salvaging import SalvageReport
    from onewindow.store.salvage.losses import Lost

_SHOWN_AT_MOST = 200


@click.command(
    epilog="\b\nExamples:\n  onewindow db salvage\n"
    "  onewindow db salvage broken.db -o saved.db\n"
    "  onewindow db salvage broken.db --format json"
)
@click.argument("source", metavar="[FILE]", required=False)
@click.option("-o", "--output", "target", metavar="NEW", help="The new file; else one beside the old.")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@pass_invocation
def salvage(invocation: Invocation, source: str | None, target: str | None, output_format: str) -> None:
    """Save what a damaged file still holds into a new one, and list what it could not save.

    The damaged file is only read, its log of newest changes too. The new file is sound, has the old ids and
    numbers, and never takes the place of a file that is there: `onewindow db restore NEW` does that.
    """
    from onewindow.desk.doctor.salvaging import salvage as save

    path = Path(source) if source else invocation.path()
    wanted, now = Path(target) if target else None, datetime.now(UTC)
    report = save(path, wanted, now, invocation.login_name(), Phases())
    if output_format == "json":
        print_object(_data(report))
        return
    print_text("\n".join(_lines(report)))
    print_raw(str(report.path))


def _data(report: SalvageReport) -> dict[str, object]:
    return {
        "path": str(report.path),
        "kinds": [count._asdict() for count in report.counts],
        "lost": [
            {
                "kind": record.kind,
                "id": record.id,
                "number": record.number,
                "name": _name(record),
                "client": report.clients.get(record.client_id or 0),
                "client_id": record.client_id,
                "made_at": record.made_at,
                "made_by": record.made_by,
                "stands_in": record.stands_in,
            }
            for record in report.lost
        ],
        "dangling": [link._asdict() for link in report.dangling],
        "unreadable": [cell._asdict() for cell in report.unreadable],
        "unknown_pages": report.unassigned,
        "problems": report.problems,
    }


def _lines(report: SalvageReport) -> list[str]:
    lines = [f"{'kind':<20} {'kept':>9} {'lost':>9}  unknown"]
    lines += [
        f"{count.kind:<20} {count.kept:>9} {count.lost:>9}  {_unknown(count.unknown)}".rstrip()
        for count in report.counts
        if count.kept or count.lost or count.unknown
    ]
    if report.unassigned:
        lines.append(f"{_unknown(report.unassigned)} of which nothing tells what stood there")
    if report.lost:
        lines += ["", "lost:"]
        lines += [f"  {_described(record, report)}" for record in report.lost[:_SHOWN_AT_MOST]]
        lines += _more(len(report.lost))
    if report.dangling:
        lines += ["", "references whose other side is gone:"]
        lines += [
            f"  {link.table}.{link.column} to {link.parent} {link.parent_id} ({link.rows}): {link.outcome}"
            for link in report.dangling[:_SHOWN_AT_MOST]
        ]
        lines += _more(len(report.dangling))
    if report.unreadable:
        lines += ["", "values that nobody can read any more:"]
        lines += [
            f"  {cell.table} {cell.row_id}, {cell.column}: “{cell.value}”, now {cell.now or 'empty'}"
            for cell in report.unreadable[:_SHOWN_AT_MOST]
        ]
        lines += _more(len(report.unreadable))
    lines += ["", *report.problems]
    put_back = f"onewindow db restore {shlex.quote(str(report.path))}"
    lines.append(f"put the new file in the place of the old one with: {put_back}")
    return lines


def _more(count: int) -> list[str]:
    rest = count - _SHOWN_AT_MOST
    return [f"  and {rest} more; --format json has them all"] if rest > 0 else []


def _unknown(pages: int) -> str:
    return f"{pages} page{'s' * (pages != 1)}" if pages else ""


def _name(lost: Lost) -> str:
    kind = KINDS[lost.kind]
    return f"{kind.prefix}-{lost.number}" if kind.prefix and lost.number else f"{kind.display_name} {lost.id}"


def _described(lost: Lost, report: SalvageReport) -> str:
    client = report.clients.get(lost.client_id or 0)
    parts = [_name(lost)]
    if client and lost.kind != "client":
        parts.append(f"of C-{client}")
    if lost.made_at:
        parts.append(f"made {lost.made_at[:10]} by {lost.made_by}")
    if lost.stands_in:
        parts.append("a record with its number stands in")
    return ", ".join(parts)
