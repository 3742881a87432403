"""What the shell offers when Tab is pressed: choices, clients by slug, other records by name.

What makes offers is loaded when Tab is pressed: every command imports this module, few runs offer anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.invocation import Invocation
from onewindow.records.by_name import value_if_any, value_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]

_OFFERED_AT_MOST = 30


def complete_choice(choices: Sequence[str]) -> Completer:
    """Offer the choices that begin as typed."""

    def offer(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(c) for c in choices if c and c.casefold().startswith(incomplete.casefold())]

    return offer


def complete_record(kind: str, *, first_word_only: bool = False, archived: bool = False) -> Completer:
    """Offer records of a kind that fit what was typed: clients by slug, staff by login, others by name.

    `first_word_only` is for arguments that take free words behind the record, `archived` for those that mean
    one out of the archive.
    """

    def offer(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        if first_word_only and context.params.get(parameter.name or ""):
            return []
        invocation = _invocation(context)
        try:
            return _fitting(invocation, kind, incomplete, archived=archived)
        except Exception:
            return []
        finally:
            invocation.close()

    return offer


def _fitting(invocation: Invocation, kind: str, incomplete: str, *, archived: bool) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from onewindow.desk.session.naming import suggest
    from onewindow.records.clients import Client
    from onewindow.records.kinds import KINDS
    from onewindow.store import rows
    from onewindow.text.names.slugs import slug_of

    session = invocation.session()
    options = suggest(session, kind, incomplete, limit=_OFFERED_AT_MOST, archived=archived)
    if kind == "request":
        parted = (title.partition(" ") for _, title in options)
        return [CompletionItem(number, help=title) for number, _, title in parted]
    words = {"client": "slug", "staff": "login"}
    if kind not in words:
        return [CompletionItem(title) for _, title in options]
    record = Client if kind == "client" else KINDS[kind].record
    records = [rows.get(session.store, record, int(record_id)) for record_id, _ in options]
    named = [
        (str(value_of(candidate, words[kind])), str(value_if_any(candidate, "name"))) for candidate in records
    ]
    # A shell goes on typing only what all offers begin with: those that begin as typed come alone.
    begun = [pair for pair in named if pair[0].startswith(slug_of(incomplete) or incomplete)]
    named = begun or named
    return [CompletionItem(word, help=title) for word, title in named if word]


def _invocation(context: click.Context) -> Invocation:
    """The global options of a line that is not run yet: completion parses it without calling the root."""
    import os
    from pathlib import Path

    options = context.find_root().params
    database = options.get("database")
    return Invocation(
        environ=os.environ,
        database=Path(database) if database else None,
        login=options.get("login"),
    )
