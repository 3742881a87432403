"""`onewindow request …`: the common verbs, and those of the daily work with requests."""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import Builder, RecordGroup
from onewindow.records.kinds import KINDS, Kind

_ANSWERS = ("take", "assign", "reply", "note", "client_wrote", "no_answer", "wait", "promise", "resolve")
_ENDS = ("decline", "reopen", "lead", "why")
_BONDS = ("hand_off", "split", "link", "merge", "correct", "show")


def _of(module: str, attribute: str) -> Builder:
    def build(_: object) -> click.Command:
        from importlib import import_module

        return getattr(import_module(module), attribute)

    return build


def _adding(kind: Kind) -> click.Command:
    from onewindow.cli.requests.adding import add_command

    return add_command(kind)


def _listing(kind: Kind) -> click.Command:
    from onewindow.cli.requests.listing import list_command

    return list_command(kind)


group = RecordGroup(
    KINDS["request"],
    {
        "add": _adding,
        "list": _listing,
        **{
            name.replace("_", "-"): _of("onewindow.cli.requests.handling", name)
            for name in (*_ANSWERS, *_ENDS)
        },
        **{name.replace("_", "-"): _of("onewindow.cli.requests.links", name) for name in _BONDS},
        "complaints": _of("onewindow.cli.requests.links", "register"),
        **{name: _of("onewindow.cli.requests.status", name) for name in ("status", "script")},
    },
)
