"""`onewindow announce …`: an announcement from its audience to what every client answered.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.editing.record_writing import add_command
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_object, print_pairs, print_table, print_text
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.cli.shell.zone_head import print_zone, shown_time
from onewindow.desk.announcements import announcing, as_text, deliveries, effect_report
from onewindow.desk.announcements.as_text import audience_lines, queued_lines
from onewindow.desk.session.naming import resolve_client
from onewindow.records.adoption import Announcement
from onewindow.records.kinds import KINDS
from onewindow.store.announcements import announcement_records
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onewindow.desk.announcements.deliveries import BecomesKind
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.adoption import Delivery, DeliveryState
    from onewindow.store.announcements.announcement_records import DeliveryLine

_COLUMNS = ("id", "client_id", "client", "contact", "state", "at", "told_at", "answer", "reason", "message")
_EFFECT_DAYS = 30

_announcement = click.argument(
    "announcement", metavar="ANNOUNCEMENT", shell_complete=complete_record("announcement")
)


@click.group(name="announce", no_args_is_help=True)
def group() -> None:
    """Announce a novelty: audience, texts, deliveries, what each client answered, and what followed."""


_add = add_command(KINDS["announcement"])
_add.epilog = (
    '\b\nExample:\n  onewindow announce add "Склад+ 5.2" --product Склад+'
    ' --text "{contact}, вышла версия {version}."'
)
group.add_command(_add)


@group.command(epilog="\b\nExample:\n  onewindow announce audience Склад")
@_announcement
@click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table")
@pass_invocation
def audience(invocation: Invocation, announcement: str, output_format: str) -> None:
    """Say whom it would reach now, and who is left out and why. Nothing is written."""
    session = invocation.session()
    wanted = _named(session, announcement)
    reached = announcing.audience(session, wanted)
    if output_format == "json":
        print_object(
            {
                "audience": wanted.audience,
                "clients": reached.total,
                "reached": reached.reached,
                "in_quiet_hours": reached.waiting,
                "left_out": dict(reached.left_out),
            }
        )
    else:
        print_text("\n".join(audience_lines(wanted, reached)))


@group.command(epilog="\b\nExample:\n  onewindow announce preview Склад --client romashka")
@_announcement
@click.option(
    "--client", required=True, metavar="CLIENT", shell_complete=complete_record("client"), help="For whom."
)
@pass_invocation
def preview(invocation: Invocation, announcement: str, client: str) -> None:
    """Show what one client would get, and what keeps it from them."""
    session = invocation.session()
    wanted, whom = _named(session, announcement), resolve_client(session, client)
    reach = announcing.reach_of(session, wanted, whom.id)
    message = announcing.text_for(session, wanted, whom)
    left_out = "not in the audience" if reach is None else announcing.LEFT_OUT.get(reach.why, "")
    pairs = [("to", message.recipient), ("left out", left_out), ("subject", message.subject)]
    print_pairs([pair for pair in pairs if pair[1]])
    print_text(f"\n{message.text}")


@group.command(epilog="\b\nExample:\n  onewindow announce queue Склад")
@_announcement
@pass_invocation
def queue(invocation: Invocation, announcement: str) -> None:
    """Queue it for everybody it reaches; done again it adds those who came since."""
    session = invocation.session()
    queued = announcing.queue(session, _named(session, announcement))
    print_text("\n".join(queued_lines(queued)))


@group.command(epilog="\b\nExample:\n  onewindow announce send Склад && onewindow outbox send")
@_announcement
@pass_invocation
def send(invocation: Invocation, announcement: str) -> None:
    """Put a message into the outbox for everybody who is queued; `outbox send` hands them over.

    What goes by telephone or in person is told by the owners: it stands in their day.
    """
    session = invocation.session()
    wanted = _named(session, announcement)
    sent = announcing.put_out(session, wanted)
    if announcing.is_by_hand(wanted):
        print_text(
            f"{counted(sent.by_hand, 'client is', 'clients are')} to be told by {wanted.channel};"
            " it stands in their owners' day."
        )
        return
    print_text(f"{sent.messages} messages are in the outbox.")
    for why, count in sent.held.items():
        print_text(f"{count} stay queued: {why}")


@group.command("list", epilog="\b\nExample:\n  onewindow announce list Склад --state queued --format csv")
@_announcement
@click.option(
    "--state",
    "states",
    type=WordChoice(deliveries.STATES, "delivery", "state"),
    multiple=True,
    help="Only those.",
)
@format_option
@pass_invocation
def list_deliveries(
    invocation: Invocation, announcement: str, states: tuple[str, ...], output_format: TableFormat
) -> None:
    """List what became of it at each client, by state."""
    session = invocation.session()
    wanted = _named(session, announcement)
    is_table = output_format == "table"
    rows = (
        _row(session, line, is_table=is_table)
        for line in _lines(session, wanted.id, states or deliveries.STATES)
    )
    columns = [name for name in _COLUMNS if name != "client_id"] if is_table else _COLUMNS
    if is_table:
        print_zone(session)
    print_table(rows, columns, output_format, wrapped=("answer", "reason", "message"))


@group.command(
    epilog="\b\nExamples:\n  onewindow announce state Склад romashka told\n"
    '  onewindow announce state Склад romashka answered --answer "Ждали!" --becomes feedback\n'
    '  onewindow announce state Склад romashka skip --reason "уходит"'
)
@_announcement
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.argument("state", metavar="STATE", type=WordChoice([*deliveries.STATES, "skip"], "delivery", "state"))
@click.option("--answer", metavar="TEXT", default="", help="What the client said.")
@click.option("--reason", metavar="TEXT", default="", help="Why it goes back, or why the client is skipped.")
@click.option("--becomes", type=click.Choice(["feedback", "request"]), help="What the answer becomes too.")
@pass_invocation
def state(
    invocation: Invocation,
    announcement: str,
    client: str,
    *,
    state: str,
    answer: str,
    reason: str,
    becomes: str | None,
) -> None:
    """Note what became of it at one client: queued, told, read, answered, declined, or skip."""
    session = invocation.session()
    delivery = _delivery(session, _named(session, announcement), client)
    if becomes and state != "answered":
        raise click.UsageError("--becomes goes with answered", click.get_current_context())
    if state == "skip":
        deliveries.skip(session, delivery, reason)
        print_text("skipped")
    elif becomes:
        made = deliveries.answer(session, delivery, answer, cast("BecomesKind", becomes))
        what = made.request or made.feedback
        print_text(f"answered {what.kind} {what.id}" if what else "answered")
    else:
        moved = deliveries.move(session, delivery, cast("DeliveryState", state), answer=answer, reason=reason)
        print_text(moved.state)


@group.command(epilog="\b\nExample:\n  onewindow announce report Склад --within 60")
@_announcement
@click.option("--within", type=click.IntRange(1, 730), default=_EFFECT_DAYS, show_default=True, help="Days.")
@format_option
@pass_invocation
def report(invocation: Invocation, announcement: str, within: int, output_format: TableFormat) -> None:
    """Say how many were told, read and answered, and what followed: requests, opportunities, sales."""
    session = invocation.session()
    effect = effect_report.effect(session, _named(session, announcement), within)
    if output_format == "table":
        print_text("\n".join(as_text.effect_lines(effect, within)))
    else:
        print_table(as_text.effect_rows(effect), as_text.EFFECT_COLUMNS, output_format)


def _named(session: Session, word: str) -> Announcement:
    announcement = named_record(session, KINDS["announcement"], word)
    assert isinstance(announcement, Announcement)  # noqa: S101  the kind says so
    return announcement


def _delivery(session: Session, announcement: Announcement, client: str) -> Delivery:
    whom = resolve_client(session, client)
    delivery = announcement_records.of_clients(session.store, announcement.id, [whom.id]).get(whom.id)
    if delivery is None or delivery.archived_at is not None:
        raise CommandProblem(
            f"“{announcement.title}” is not queued for {whom.name}; `announce queue` does that."
        )
    return delivery


def _lines(session: Session, announcement_id: int, states: tuple[str, ...]) -> Iterator[DeliveryLine]:
    for state in states:
        after = 0
        while page := announcement_records.lines(session.store, announcement_id, state, after):
            yield from page
            after = page[-1].delivery.id


def _row(session: Session, line: DeliveryLine, *, is_table: bool) -> dict[str, object]:
    delivery = line.delivery

    def shown(at: str | None) -> str | None:
        return shown_time(session, at) if is_table else at

    return {
        "id": f"C-{line.number}" if is_table else delivery.id,
        "client_id": delivery.client_id,
        "client": line.client,
        "contact": line.contact,
        "state": delivery.state,
        "at": shown(delivery.at),
        "told_at": shown(delivery.told_at),
        "answer": delivery.answer,
        "reason": delivery.reason,
        "message": line.message_error or line.message_state,
    }
