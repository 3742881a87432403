"""`onewindow handover …`: the common verbs, and those of taking a client over from sales.

The module of a verb is loaded when the verb is named: a start pays for one.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS, Kind


def _import(_: Kind) -> click.Command:
    from onewindow.cli.handover.packages import import_command

    return import_command


def _show(_: Kind) -> click.Command:
    from onewindow.cli.handover.packages import show

    return show


def _waiting(_: Kind) -> click.Command:
    from onewindow.cli.handover.packages import waiting

    return waiting


def _report(_: Kind) -> click.Command:
    from onewindow.cli.handover.report import report

    return report


def _export(_: Kind) -> click.Command:
    from onewindow.cli.handover.packages import export

    return export


def _send(_: Kind) -> click.Command:
    from onewindow.cli.handover.decision import send_command

    return send_command


def _accept(_: Kind) -> click.Command:
    from onewindow.cli.handover.decision import accept_command

    return accept_command


def _return(_: Kind) -> click.Command:
    from onewindow.cli.handover.decision import return_command

    return return_command


def _send_again(_: Kind) -> click.Command:
    from onewindow.cli.handover.decision import send_again_command

    return send_again_command


def _take_over(_: Kind) -> click.Command:
    from onewindow.cli.handover.decision import take_over_command

    return take_over_command


def _choose(_: Kind) -> click.Command:
    from onewindow.cli.handover.decision import choose_command

    return choose_command


def _rate(_: Kind) -> click.Command:
    from onewindow.cli.handover.decision import rate_command

    return rate_command


def _word(_: Kind) -> click.Command:
    from onewindow.cli.handover.decision import word_command

    return word_command


def _ask(_: Kind) -> click.Command:
    from onewindow.cli.handover.questions import ask

    return ask


def _answer(_: Kind) -> click.Command:
    from onewindow.cli.handover.questions import answer

    return answer


def _settle(_: Kind) -> click.Command:
    from onewindow.cli.handover.questions import settle

    return settle


def _ask_again(_: Kind) -> click.Command:
    from onewindow.cli.handover.questions import ask_again

    return ask_again


def _acknowledge(_: Kind) -> click.Command:
    from onewindow.cli.handover.questions import acknowledge

    return acknowledge


group = RecordGroup(
    KINDS["handover"],
    {
        "import": _import,
        "show": _show,
        "waiting": _waiting,
        "report": _report,
        "export": _export,
        "send": _send,
        "accept": _accept,
        "return": _return,
        "send-again": _send_again,
        "take-over": _take_over,
        "choose": _choose,
        "rate": _rate,
        "word": _word,
        "ask": _ask,
        "answer": _answer,
        "settle": _settle,
        "ask-again": _ask_again,
        "acknowledge": _acknowledge,
    },
)
