"""`onewindow request add`: fields as options, records as JSON, or one line in which everything is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing import record_writing
from onewindow.cli.editing.record_fields import given_options, read_given
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.editing.record_rows import machine_row
from onewindow.cli.shell.printing import print_object, print_raw, print_text, tell, tell_short
from onewindow.desk.requests.intake import Intake, ParsedLine
from onewindow.desk.requests.intake_preview import preview
from onewindow.desk.requests.registering import register
from onewindow.desk.session.naming import resolve_client
from onewindow.records.kinds import Kind
from onewindow.records.requests import Request
from onewindow.text.dates import to_local
from onewindow.text.typed_dates import said_of_two

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session

_MARKS = ("!", "@", "#")
_HELP = """Store a new request and print its id.

As one text the client's name comes first, then what they ask for, and anywhere in it !high, @colleague,
#kind or #tag, and a promise such as "by fri 14:00", "до пт" or "до петък". What is not understood stays
in the title; --dry-run shows how the text is read and stores nothing. Options stand above what it says.
"""
_EPILOG = """\b
Examples:
  onewindow request add "ромашка врач не может войти !высокий @иванов #доступ до пт"
  onewindow request add "ромашка акт за октябрь до 15:00" --dry-run
  onewindow request add romashka "Не печатает накладная" --priority high
  onewindow request add --json - < records.json
"""


def add_command(kind: Kind) -> click.Command:
    """The `add` of every kind, which takes a whole line too."""
    common = record_writing.add_command(kind)

    def add(
        words: tuple[str, ...], json_source: str | None, output_format: str | None, *, dry_run: bool,
        **typed: str | None,
    ) -> None:  # fmt: skip
        given = given_options(typed)
        if json_source is None and "title" not in given and _is_line(words):
            _add_line(" ".join(words), given, output_format, dry_run=dry_run)
            return
        if dry_run:
            raise click.UsageError(
                "--dry-run shows how one text is read; put the client and what is asked for into quotes",
                click.get_current_context(),
            )
        common.callback(words=words, json_source=json_source, output_format=output_format, **typed)  # pyright: ignore[reportOptionalCall]

    dry_run = click.Option(["--dry-run"], is_flag=True, help="Show how the text is read; store nothing.")
    return click.Command(
        "add",
        callback=add,
        short_help=common.short_help,
        help=_HELP,
        epilog=_EPILOG,
        params=[*common.params, dry_run],
    )


def _is_line(words: Sequence[str]) -> bool:
    """Whether the words are one text: given in quotes, or with marks in them."""
    return len(words) == 1 or any(word.startswith(_MARKS) for word in words)


def _add_line(text: str, given: Mapping[str, object], output_format: str | None, *, dry_run: bool) -> None:
    session = current_invocation().session(create=True)
    named = given.get("client_id")
    client = resolve_client(session, str(named)) if named else None
    line = Intake(session, client.id if client else None).understand(text)
    if dry_run:
        _show(session, line, output_format)
        return
    client_id = line.client.id if line.client else None
    values = read_given(session, Request, given, client_id)
    stored = register(session, line, values=values).request
    if stored.promised_at and (which := said_of_two(to_local(stored.promised_at, session.zone))):
        tell(f"Taken for promised at the {which}.")
    if output_format == "json":
        print_object(machine_row(stored))
    else:
        print_raw(str(stored.id))
        tell_short(f"R-{stored.number}")


def _show(session: Session, line: ParsedLine, output_format: str | None) -> None:
    if output_format == "json":
        print_object(_machine(line))
        return
    shown = preview(session, line)
    width = max(len(piece.label) for piece in shown)
    for piece in shown:
        why = f"  ({piece.why})" if piece.why else ""
        print_text(f"{piece.label:{width}}  {piece.text}{why}")
    for problem in line.problems:
        print_text(f"{'missing':{width}}  {problem}")


def _machine(line: ParsedLine) -> dict[str, object]:
    """What was understood, under the names of the request's fields."""
    return {
        "title": line.title,
        "client_id": str(line.client.id) if line.client else None,
        "client": line.client.name if line.client else None,
        "client_why": line.client_why,
        "candidates": [{"client_id": str(hit.client_id), "name": hit.name} for hit in line.candidates],
        "contact_id": line.contact.value or None,
        "request_kind": line.kind.value,
        "request_kind_why": line.kind.why,
        "priority": line.priority.value,
        "assignee_id": line.assignee.value or None,
        "assignee_why": line.assignee.why,
        "promised_at": line.promised.value or None,
        "tags": line.tags,
        "hand_off_to": line.department.value or None,
        "hand_off_proposed": line.department_offered or None,
        "open_already": [f"R-{request.number}" for request in line.alike],
        "parts": [{"role": part.role, "text": line.text[part.start : part.end]} for part in line.parts],
        "problems": list(line.problems),
    }
