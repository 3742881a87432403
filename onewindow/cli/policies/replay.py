"""`onewindow policy replay`: the past under another calendar or other targets."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_fields import read_given, read_json_source
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, print_text
from onewindow.desk.policies import replay as policy_replay
from onewindow.desk.policies.matching import day_minutes
from onewindow.desk.policies.replay import Moved, Replay, Rule, parse_rule
from onewindow.desk.reference.policy_book import PolicyBook
from onewindow.desk.session import naming
from onewindow.records.organization import SlaPolicy

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.metrics.policies.working_time import Calendar

_COLUMNS = ("clock", "group", "n", "before", "after", "difference", "low", "high", "verdict")
_MOVED = ("request", "clock", "before", "after", "tier", "priority", "title")


@click.command(
    epilog='\b\nExamples:\n  onewindow policy replay --months 6 --set "A high first 15m"\n'
    '  onewindow policy replay --months 3 --calendar "София 9–17:30" --moved --format csv'
)
@click.option(
    "--months", type=click.IntRange(1, 240), default=3, show_default=True, metavar="N", help="How far back."
)
@click.option(
    "--calendar", metavar="CALENDAR", shell_complete=complete_record("calendar"), help="Count all by it."
)
@click.option(
    "--set",
    "rules",
    multiple=True,
    metavar="RULE",
    help="Tier, priority and kind, as far as they matter, then a clock and its target:"
    ' "A high first 15m", "urgent solution 2h next 30m", "solution none".',
)
@click.option("--policy-file", metavar="FILE", help="Policies as JSON, as `policy list` prints them.")
@click.option("--moved", "is_moved", is_flag=True, help="The requests that would change, as rows.")
@format_option
@pass_invocation
def replay(
    invocation: Invocation,
    months: int,
    calendar: str | None,
    rules: tuple[str, ...],
    policy_file: str | None,
    is_moved: bool,
    output_format: TableFormat,
) -> None:
    """Replay the past under another calendar or other targets, and count breaches before and after.

    Nothing is changed. A difference whose interval holds 0 is no evidence of a change.
    """
    session = invocation.session()
    book = session.directory.policies
    other = book.calendars[naming.resolve(session, "calendar", calendar)] if calendar else None
    if not (calendar or rules or policy_file):
        raise click.UsageError("say what is to differ: --calendar, --set or --policy-file", _context())
    base = _from_file(session, policy_file) if policy_file else book
    changed = policy_replay.ReplayBook(base, other, [_rule(text, other or _any(book)) for text in rules])
    result = _with_progress(policy_replay.replay(session.store, book, changed, session.now(), months))
    if is_moved:
        print_table([_moved_row(moved) for moved in result.moved], _MOVED, output_format)
    elif output_format == "table":
        print_text("\n".join(policy_replay.report_lines(result)))
    else:
        print_table(_rows(result), _COLUMNS, output_format)


def _with_progress(pages: Iterator[Replay]) -> Replay:
    """The last state of a replay; a terminal is told how far it is."""
    is_seen = sys.stderr.isatty()
    for page in pages:
        if is_seen:
            click.echo(
                "\r\x1b[K" if page.is_complete else f"\r{page.requests} requests …",
                nl=False,
                err=True,
            )
        if page.is_complete:
            return page
    raise click.ClickException("nothing was replayed")


def _any(book: PolicyBook) -> Calendar:
    return next(iter(book.calendars.values()))


def _rule(text: str, cal: Calendar) -> Rule:
    try:
        return parse_rule(text, day_minutes(cal))
    except ValueError as error:
        raise click.UsageError(f"--set “{text}”: {error}", _context()) from None


def _from_file(session: Session, path: str) -> PolicyBook:
    """A book of the policies in a JSON file, with the calendars on file."""
    objects, _ = read_json_source(path)
    policies = tuple(
        SlaPolicy(id=place).with_changes(read_given(session, SlaPolicy, values))
        for place, values in enumerate(objects, 1)
    )
    return PolicyBook(policies, session.directory.policies.calendars)


def _rows(result: Replay) -> list[dict[str, object]]:
    return [
        {
            "clock": group.clock,
            "group": group.group,
            "n": group.n,
            "before": group.before,
            "after": group.after,
            "difference": round(group.difference.value, 2),
            "low": round(group.difference.low, 2),
            "high": round(group.difference.high, 2),
            "verdict": group.verdict,
        }
        for group in result.groups
    ]


def _moved_row(moved: Moved) -> dict[str, object]:
    return {
        "request": f"R-{moved.number}",
        "clock": moved.clock,
        "before": "late" if moved.was_late else "in time",
        "after": "in time" if moved.was_late else "late",
        "tier": moved.tier,
        "priority": moved.priority,
        "title": moved.title,
    }


def _context() -> click.Context:
    return click.get_current_context()
