"""`onewindow plan …`: the common verbs, and those of working through a plan."""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import Builder, RecordGroup
from onewindow.records.kinds import KINDS


def _of(module: str, attribute: str) -> Builder:
    def build(_: object) -> click.Command:
        from importlib import import_module

        return getattr(import_module(module), attribute)

    return build


group = RecordGroup(
    KINDS["plan"],
    {
        "show": _of("onewindow.cli.plans.whole_plan", "show"),
        "start": _of("onewindow.cli.plans.whole_plan", "start"),
        "step": _of("onewindow.cli.plans.steps", "group"),
        **{
            name: _of("onewindow.cli.plans.whole_plan", name)
            for name in ("move", "mentor", "deliver", "stop", "report")
        },
        "done": _of("onewindow.cli.plans.whole_plan", "done"),
    },
)
