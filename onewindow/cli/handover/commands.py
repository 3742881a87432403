"""`onewindow handover …`: the common verbs, and those of taking a client over from sales.

A verb is imported when it is named: a start pays for one.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.cli.handover.decision import (
    accept_command,
    choose_command,
    rate_command,
    return_command,
    send_again_command,
    send_command,
    take_over_command,
    word_command,
)
from onewindow.cli.handover.packages import export, import_command, show, waiting
from onewindow.cli.handover.questions import acknowledge, answer, ask, ask_again, settle
from onewindow.cli.handover.report import report
from onewindow.records.kinds import KINDS, Kind


def _import(_: Kind) -> click.Command:
    return import_command


def _show(_: Kind) -> click.Command:
    return show


def _waiting(_: Kind) -> click.Command:
    return waiting


def _report(_: Kind) -> click.Command:
    return report


def _export(_: Kind) -> click.Command:
    return export


def _send(_: Kind) -> click.Command:
    return send_command


def _accept(_: Kind) -> click.Command:
    return accept_command


def _return(_: Kind) -> click.Command:
    return return_command


def _send_again(_: Kind) -> click.Command:
    return send_again_command


def _take_over(_: Kind) -> click.Command:
    return take_over_command


def _choose(_: Kind) -> click.Command:
    return choose_command


def _rate(_: Kind) -> click.Command:
    return rate_command


def _word(_: Kind) -> click.Command:
    return word_command


def _ask(_: Kind) -> click.Command:
    return ask


def _answer(_: Kind) -> click.Command:
    return answer


def _settle(_: Kind) -> click.Command:
    return settle


def _ask_again(_: Kind) -> click.Command:
    return ask_again


def _acknowledge(_: Kind) -> click.Command:
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
