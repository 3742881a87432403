"""Which record a word of the command line names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.desk.session.naming import resolve, resolve_client
from onewindow.records.fields import Record
from onewindow.records.kinds import Kind
from onewindow.store import rows

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session


def named_record(
    session: Session, kind: Kind, word: str, client: str | None = None, *, archived: bool = False
) -> Record:
    """The record of a kind that a word means, one of a client's if that is given; raises NotFound.

    With `archived` a name means a record out of the archive, as for whoever brings it back.
    """
    if kind.name == "client":
        return resolve_client(session, word, archived=archived)
    owner = resolve_client(session, client).id if client else None
    return rows.get(session.store, kind.record, resolve(session, kind.name, word, owner, archived=archived))


def of_client_option(kind: Kind) -> list[click.Parameter]:
    """The option that narrows names down to one client's records, for kinds that belong to clients."""
    if not kind.of_client:
        return []
    return [
        click.Option(
            ["--of", "of_client"],
            metavar="CLIENT",
            help="Look for the name among this client's records only.",
            shell_complete=complete_record("client"),
        )
    ]


def a_kind(kind: Kind) -> str:
    """A kind with its article: an opportunity, a request, staff."""
    if kind.display_name == kind.plural:
        return kind.display_name
    return f"{'an' if kind.display_name[0] in 'aeioS' else 'a'} {kind.display_name}"


def spelling(kind: Kind) -> str:
    """How a record of a kind is named in usage lines: R-1042, CLIENT, ID-OR-NAME."""
    return {"client": "CLIENT", "request": "REQUEST", "staff": "LOGIN"}.get(kind.name, "ID_OR_NAME")
