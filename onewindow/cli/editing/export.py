"""`onewindow export …`: every kind of record into a file, or all kinds into a folder.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from functools import partial

import click

from onewindow.cli.shell.lazy_group import LazyGroup, Member
from onewindow.records.kinds import KINDS


def _of_kind(kind: str) -> click.Command:
    from onewindow.cli.editing.export_commands import export_command

    return export_command(kind)


def _all() -> click.Command:
    from onewindow.cli.editing.export_commands import export_all

    return export_all


group = LazyGroup(
    name="export",
    help="Write records into files: for a spreadsheet, for another program, for an address book.\n\n"
    "What is exported can be imported again: columns are called as the fields are.",
    no_args_is_help=True,
    members={
        **{
            kind.name.replace("_", "-"): Member(
                partial(_of_kind, kind.name), f"Write {kind.plural} into a file.", "Kinds"
            )
            for kind in KINDS.values()
        },
        "all": Member(_all, "Write every kind into a folder, one file each.", "Everything"),
    },
    other_names={
        kind.plural.casefold().replace(" ", "-"): kind.name.replace("_", "-")
        for kind in KINDS.values()
        if kind.plural != kind.name
    },
)
