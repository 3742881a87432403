"""`onewindow session …`: the common verbs, who is invited to a training session, and who came.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, print_text
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.cli.shell.zone_head import shown_time
from onewindow.desk.announcements import training_sessions
from onewindow.desk.session.naming import resolve_client
from onewindow.records.adoption import TrainingSession
from onewindow.records.by_name import value_if_any
from onewindow.records.kinds import KINDS
from onewindow.store.adoption import training
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.adoption import AttendanceState

_STATES = ("accepted", "attended", "missed", "declined", "invited")
_COLUMNS = ("id", "client_id", "client", "contact", "state", "people", "note", "at")

_session_argument = click.argument("lesson", metavar="SESSION", shell_complete=complete_record("session"))
_client = click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))


@click.command(
    epilog="\b\nExamples:\n  onewindow session invite Инвентаризация\n"
    "  onewindow session invite Инвентаризация romashka"
)
@_session_argument
@click.argument("client", metavar="[CLIENT]", required=False, shell_complete=complete_record("client"))
@pass_invocation
def invite(invocation: Invocation, lesson: str, client: str | None) -> None:
    """Invite one client, or everybody of the audience who is not invited yet."""
    from onewindow.desk.templates.writing import addressee

    session = invocation.session()
    record = _named(session, lesson)
    if client is not None:
        whom = resolve_client(session, client)
        person = addressee(session, whom)
        training_sessions.add(session, record, whom, person.id if person else None)
        print_text(f"{whom.name} is invited.")
        return
    done = training_sessions.invite(session, record)
    parts = [(done.known, "were already"), (done.nobody, "have nobody on the card")]
    print_text(
        ", ".join(
            [
                f"{counted(done.added, 'client is', 'clients are')} invited",
                *(f"{n} {what}" for n, what in parts if n),
            ]
        )
        + "."
    )


@click.command(epilog="\b\nExample:\n  onewindow session mark Инвентаризация romashka attended --people 3")
@_session_argument
@_client
@click.argument("state", type=WordChoice(_STATES, "attendance", "state"))
@click.option("--people", type=click.IntRange(0, 10_000), metavar="N", help="How many came.")
@click.option("--note", metavar="TEXT", default="", help="What should be remembered.")
@pass_invocation
def mark(invocation: Invocation, lesson: str, client: str, state: str, people: int | None, note: str) -> None:
    """Note whether a client comes or came; their training follows from it."""
    session = invocation.session()
    record, whom = _named(session, lesson), resolve_client(session, client)
    lines = training.lines(session.store, record.id)
    attendance = next((e.attendance for e in lines if e.attendance.client_id == whom.id), None)
    if attendance is None:
        raise CommandProblem(f"{whom.name} is not invited to “{record.title}”; `session invite` does that.")
    done = training_sessions.mark(
        session, attendance, cast("AttendanceState", state), people=people, note=note
    )
    print_text(done.state)


@click.command(epilog="\b\nExample:\n  onewindow session people Инвентаризация --format csv")
@_session_argument
@format_option
@pass_invocation
def people(invocation: Invocation, lesson: str, output_format: TableFormat) -> None:
    """List who is invited and what became of it."""
    session = invocation.session()
    is_table = output_format == "table"
    rows: list[dict[str, object]] = []
    for line in training.lines(session.store, _named(session, lesson).id):
        attendance = line.attendance
        row: dict[str, object] = {name: value_if_any(attendance, name) for name in _COLUMNS}
        row |= {"client": line.client, "contact": line.contact}
        if is_table:
            row |= {"id": f"C-{line.number}", "at": shown_time(session, attendance.at)}
        rows.append(row)
    columns = [name for name in _COLUMNS if name != "client_id"] if is_table else _COLUMNS
    print_table(rows, columns, output_format, wrapped=("note",))


@click.command(epilog="\b\nExample:\n  onewindow session close Инвентаризация")
@_session_argument
@pass_invocation
def close(invocation: Invocation, lesson: str) -> None:
    """Say that it was held; who had accepted and is not marked has missed it."""
    from onewindow.desk.announcements.as_text import seats_text

    session = invocation.session()
    closed = training_sessions.close(session, _named(session, lesson))
    print_text(f"{closed.state}: {seats_text(training.counts(session.store, closed.id), closed.capacity)}")


@click.command(epilog='\b\nExample:\n  onewindow session cancel Инвентаризация --reason "заболел тренер"')
@_session_argument
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@pass_invocation
def cancel(invocation: Invocation, lesson: str, reason: str) -> None:
    """Call it off; the lessons that it planned are taken back."""
    session = invocation.session()
    print_text(training_sessions.cancel(session, _named(session, lesson), reason).state)


def _named(session: Session, word: str) -> TrainingSession:
    record = named_record(session, KINDS["session"], word)
    assert isinstance(record, TrainingSession)  # noqa: S101  the kind says so
    return record


group = RecordGroup(
    KINDS["session"],
    ready(invite, mark, people, close, cancel),
)
