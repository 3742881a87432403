"""`onewindow import …`: files of every kind of record, the runs, taking a run back, and profiles.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.lazy_group import LazyGroup, Member
from onewindow.cli.shell.printing import format_option, print_object, print_pairs, print_table
from onewindow.records.by_name import value_of
from onewindow.records.kinds import COPIED_KINDS, IMPORTED_KINDS, KINDS

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat

_RUN_COLUMNS = (
    *("id", "created_at", "file_name", "record_kind", "created", "updated", "skipped", "rejected"),
    "reverted_at",
)
_PROFILE_COLUMNS = (
    *("name", "kind", "source", "map", "set", "value", "dates", "create_clients"),
    *("encoding", "sheet", "header_row", "delimiter"),
)
_FIRST = (
    *("client", "contact", "request", "document", "product", "licence", "revenue", "usage", "feedback"),
    *("opportunity", "touch", "promise", "survey_response", "handover"),
)
_ORDER = (*_FIRST, *(kind for kind in IMPORTED_KINDS if kind not in _FIRST))
_COPIES = "Copies of a One Window"
_COPIED_TABLES = {"health-weeks": "health_week", "external-ids": "external_id"}


def _word(kind: str) -> str:
    return KINDS[kind].plural.casefold().replace(" ", "-")


_OTHER_NAMES = {kind.replace("_", "-"): _word(kind) for kind in (*_ORDER, *COPIED_KINDS)} | {
    **{name.replace("_", "-"): word for word, name in _COPIED_TABLES.items()},
    "deals": "opportunities",
    "tickets": "requests",
    "companies": "clients",
    "invoices": "documents",
    "notes": "touches",
    "activities": "touches",
    "licenses": "licences",
}


def _file(kind: str) -> click.Command:
    from onewindow.cli.imports.import_files import file_command

    return file_command(kind)


def _table(name: str) -> click.Command:
    from onewindow.cli.import_copies import table_command

    return table_command(name)


def _whole_copy() -> click.Command:
    from onewindow.cli.import_copies import import_all

    return import_all


group = LazyGroup(
    name="import",
    help="Bring in records from CSV, TSV, XLSX, JSON, JSON lines or vCard, and take an import back.",
    no_args_is_help=True,
    members={
        **{
            _word(kind): Member(
                partial(_file, kind),
                f"bring in {KINDS[kind].plural}",
                "Files" if kind in _FIRST else "Files of other records",
            )
            for kind in _ORDER
        },
        "all": Member(_whole_copy, "bring in a whole copy, file by file", _COPIES),
        **{
            _word(kind): Member(partial(_file, kind), f"bring in {KINDS[kind].plural}", _COPIES)
            for kind in COPIED_KINDS
        },
        **{
            word: Member(
                partial(_table, name),
                f"bring in {word.replace('-', ' ')}",
                _COPIES,
            )
            for word, name in _COPIED_TABLES.items()
        },
    },
    other_names=_OTHER_NAMES,
)


@group.command(epilog="\b\nExample:\n  onewindow import runs --format json")
@format_option
@pass_invocation
def runs(invocation: Invocation, output_format: TableFormat) -> None:
    """List the imports into this file, the newest first."""
    from onewindow.desk.imports import undo as import_undo

    rows = (
        {column: value_of(run, column) for column in _RUN_COLUMNS}
        for run in import_undo.runs(invocation.session())
    )
    print_table(rows, _RUN_COLUMNS, output_format)


@group.command(name="profiles", epilog="\b\nExample:\n  onewindow import profiles")
@format_option
@pass_invocation
def list_profiles(invocation: Invocation, output_format: TableFormat) -> None:
    """List the saved profiles: how files of one program are read."""
    from onewindow.desk.imports.profiles import profiles

    known = profiles(invocation.session())
    rows = ({"name": name, **kept} for name, kept in known.items())
    if output_format == "table":
        written = ("map", "set", "value")
        rows = (
            {**row, **{name: json.dumps(row.get(name) or {}, ensure_ascii=False) for name in written}}
            for row in rows
        )
    print_table(rows, _PROFILE_COLUMNS, output_format)


@group.command(
    epilog="\b\nExamples:\n  onewindow import undo last\n  onewindow import undo 62635890475374155"
)
@click.argument("run", metavar="RUN")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@pass_invocation
def undo(invocation: Invocation, run: str, output_format: str) -> None:
    """Take a whole import back, updates too.

    Fields that people changed since stay and are listed.
    """
    from onewindow.desk.imports import undo as import_undo

    session = invocation.session()
    report = import_undo.undo_import(session, import_undo.named_run(session, run))
    if output_format == "json":
        print_object(asdict(report))
        return
    print_pairs(
        [
            ("file", report.file_name),
            ("archived", report.archived_words),
            ("set back", str(report.reverted)),
            ("kept, changed since", str(len(report.kept))),
        ]
    )
    if report.kept:
        rows = [{**asdict(kept), "fields": ", ".join(kept.fields)} for kept in report.kept]
        print_table(rows, ("kind", "id", "title", "fields"), "table")
