"""`onewindow meeting …`: the common verbs, and those of planning and holding meetings.

The module of a verb is loaded when the verb is named: a start pays for one.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS, Kind


def _plan(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import plan

    return plan


def _people(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import people

    return people


def _postpone(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import postpone

    return postpone


def _cancel(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import cancel

    return cancel


def _held(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import held

    return held


def _invite(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import invite

    return invite


def _ics(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import ics

    return ics


def _slots(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import slots

    return slots


def _brief(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import brief

    return brief


def _counts(_: Kind) -> click.Command:
    from onewindow.cli.meetings.planning import counts

    return counts


group = RecordGroup(
    KINDS["meeting"],
    {
        "plan": _plan,
        "people": _people,
        "postpone": _postpone,
        "cancel": _cancel,
        "held": _held,
        "invite": _invite,
        "ics": _ics,
        "slots": _slots,
        "brief": _brief,
        "counts": _counts,
    },
)
