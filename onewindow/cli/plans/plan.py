"""`onewindow plan …`: the common verbs, and those of working through a plan.

The module of a verb is loaded when the verb is named: a start pays for one.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS, Kind


def _show(_: Kind) -> click.Command:
    from onewindow.cli.plans.whole_plan import show

    return show


def _start(_: Kind) -> click.Command:
    from onewindow.cli.plans.whole_plan import start

    return start


def _step(_: Kind) -> click.Command:
    from onewindow.cli.plans.steps import group

    return group


def _move(_: Kind) -> click.Command:
    from onewindow.cli.plans.whole_plan import move

    return move


def _mentor(_: Kind) -> click.Command:
    from onewindow.cli.plans.whole_plan import mentor

    return mentor


def _deliver(_: Kind) -> click.Command:
    from onewindow.cli.plans.whole_plan import deliver

    return deliver


def _stop(_: Kind) -> click.Command:
    from onewindow.cli.plans.whole_plan import stop

    return stop


def _report(_: Kind) -> click.Command:
    from onewindow.cli.plans.whole_plan import report

    return report


def _done(_: Kind) -> click.Command:
    from onewindow.cli.plans.whole_plan import done

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
