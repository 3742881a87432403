"""`onewindow handover …`: the common verbs, and those of taking a client over from sales."""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import Builder, RecordGroup
from onewindow.records.kinds import KINDS

_DEEDS = ("accept", "return", "send_again", "take_over", "choose", "rate", "word")
_QUESTIONS = ("ask", "answer", "settle", "ask_again", "acknowledge")


def _of(module: str, attribute: str) -> Builder:
    def build(_: object) -> click.Command:
        from importlib import import_module

        return getattr(import_module(module), attribute)

    return build


group = RecordGroup(
    KINDS["handover"],
    {
        "import": _of("onewindow.cli.handover.packages", "import_command"),
        "show": _of("onewindow.cli.handover.packages", "show"),
        "waiting": _of("onewindow.cli.handover.packages", "waiting"),
        "report": _of("onewindow.cli.handover.report", "report"),
        "export": _of("onewindow.cli.handover.packages", "export"),
        "send": _of("onewindow.cli.handover.decision", "send_command"),
        **{
            name.replace("_", "-"): _of("onewindow.cli.handover.decision", f"{name}_command")
            for name in _DEEDS
        },
        **{name.replace("_", "-"): _of("onewindow.cli.handover.questions", name) for name in _QUESTIONS},
    },
)
