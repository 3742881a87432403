"""One client whole: the window opened on a terminal, or its text where there is none.

The screens of the desk that one form of the answer needs are loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_rows import machine_columns, machine_row
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import (
    print_object,
    print_table,
    print_text,
    show_format_option,
    tell,
    terminal_width,
)
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.zone_head import shown_time
from onewindow.desk.session.naming import resolve_client
from onewindow.records.clients import Client
from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.clients import cards as clients

if TYPE_CHECKING:
    from onewindow.desk.editing.as_of import PastRecord
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat


def open_or_print(invocation: Invocation, *, create: bool = True) -> int:
    """Open the window, or print the client who would be on it and say why there is no window."""
    session = invocation.session(create=create)
    if invocation.has_screen() and invocation.open_window is not None:
        return invocation.open_window(session, None)
    tell("There is no terminal here to draw the window on, so this is the text of one client.")
    client = _first_client(session)
    if client is None:
        raise CommandProblem("There is no client yet; `onewindow client add NAME` makes the first one.")
    print_window(session, client, "text")
    return 0


def print_window(session: Session, client: Client, output_format: str) -> None:
    """Write everything that the window shows of a client, as text or as one JSON object."""
    from onewindow.desk.opportunities.suggesting import for_client
    from onewindow.desk.window.show import window_json, window_text
    from onewindow.desk.window.snapshot import load_snapshot

    suggestions = tuple(for_client(session, client.id))
    snapshot = replace(load_snapshot(session, client.id), suggestions=suggestions)
    if output_format == "json":
        print_object(window_json(session, snapshot))
    else:
        print_text(window_text(session, snapshot, terminal_width()).rstrip("\n"))


def print_past(session: Session, client: Client, when: str, output_format: str) -> None:
    """Write the card of a client as it stood at the end of a day or at a time."""
    from onewindow.desk.editing.as_of import card_as_of

    card = card_as_of(session, client, when)
    if output_format == "json":
        parts = {
            KINDS[kind].plural.replace(" ", "_"): [_past_values(record) for record in records]
            for kind, records in card.records.items()
        }
        print_object({"as_of": card.at, "client": _past_values(card.client), **parts})
        return
    lines = [f"{client.name} as of {card.shown_at}, {session.zone}", "", *_past_lines(session, card.client)]
    for kind, records in card.records.items():
        for record in records:
            lines += ["", KINDS[kind].display_name.upper()]
            lines += [f"  {line}" for line in _past_lines(session, record) if not line.startswith("client: ")]
    print_text("\n".join(lines))


def _past_values(past: PastRecord) -> dict[str, object]:
    """A past record as data: `known_since` and `not_known` say what the file does not tell of that day."""
    row = machine_row(past.record)
    values = {name: None if name in past.not_known else value for name, value in row.items()}
    return {**values, "known_since": past.known_since or None, "not_known": sorted(past.not_known)}


def _past_lines(session: Session, past: PastRecord) -> Iterator[str]:
    """A past record label by label, first from when on it is known, if that is later."""
    from onewindow.desk.editing.parsing import shown_text

    if past.known_since:
        since = shown_time(session, past.known_since)
        yield f"! known only as it was on {since}; what it was before is not on file"
    for described in attributes(type(past.record)):
        if described.name in past.not_known:
            yield f"{described.label}: not known of that day"
        elif described.name != "flags" and (text := shown_text(session, past.record, described)):
            yield f"{described.label}: {text}"


@click.command(
    epilog="""\b
Examples:
  onewindow show ROMASHKA
  onewindow show C-17 --format json
  onewindow show C-17 --as-of 01.09.2026"""
)
@click.argument("client", shell_complete=complete_record("client"))
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The card as it stood at the end of a day, or at a time."
)
@show_format_option("json is the whole window too; jsonl, csv, tsv and md are the fields of the card.")
@pass_invocation
def show(invocation: Invocation, client: str, as_of: str | None, output_format: str) -> None:
    """Show everything about one client, as text or JSON."""
    session = invocation.session()
    client_record = resolve_client(session, client)
    if as_of:
        print_past(session, client_record, as_of, output_format)
    elif output_format in ("jsonl", "csv", "tsv", "md"):
        columns = machine_columns(type(client_record), private=False)
        print_table([machine_row(client_record)], columns, cast("TableFormat", output_format))
    else:
        print_window(session, client_record, output_format)


def _first_client(session: Session) -> Client | None:
    """The client whom this person saw last, else the one of theirs touched last, else the first by name."""
    from onewindow.desk.clients.last_client import last_client
    from onewindow.store.search.finding import find_clients

    seen = last_client(session)
    recent = [] if seen else find_clients(session.store, "", session.me.id, limit=1)
    chosen = seen or (recent[0].client_id if recent else None)
    if chosen is not None:
        return rows.get(session.store, Client, chosen)
    return clients.first_by_name(session.store)
