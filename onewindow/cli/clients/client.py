"""`onewindow client …`: the common verbs, the whole window, lists by health and silence, and checks.

The module of a verb is loaded when the verb is named: a start pays for one.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS, Kind


def _show(_: Kind) -> click.Command:
    from onewindow.cli.window import show

    return show


def _list(kind: Kind) -> click.Command:
    from onewindow.cli.clients.listing import list_command

    return list_command(kind)


def _check(_: Kind) -> click.Command:
    from onewindow.cli.clients.checking import check_command

    return check_command()


def _status(_: Kind) -> click.Command:
    from onewindow.cli.clients.client_status import status

    return status


group = RecordGroup(KINDS["client"], {"show": _show, "list": _list, "check": _check, "status": _status})
