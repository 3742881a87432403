"""`onewindow plan …`: the common verbs, and those of working through a plan.

A verb is imported when it is named: a start pays for one.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.cli.plans.whole_plan import deliver, done, mentor, move, report, show, start, stop
from onewindow.records.kinds import KINDS, Kind


def _show(_: Kind) -> click.Command:
    return show


def _start(_: Kind) -> click.Command:
    return start


def _step(_: Kind) -> click.Command:
    from onewindow.cli.plans.steps import group

    return group


def _move(_: Kind) -> click.Command:
    return move


def _mentor(_: Kind) -> click.Command:
    return mentor


def _deliver(_: Kind) -> click.Command:
    return deliver


def _stop(_: Kind) -> click.Command:
    return stop


def _report(_: Kind) -> click.Command:
    return report


def _done(_: Kind) -> click.Command:
    return done


group = RecordGroup(
    KINDS["plan"],
    {
        "show": _show,
        "start": _start,
        "step": _step,
        "move": _move,
        "mentor": _mentor,
        "deliver": _deliver,
        "stop": _stop,
        "report": _report,
        "done": _done,
    },
)
