"""`onewindow request …`: the common verbs, and those of the daily work with requests.

The module of a verb is loaded when the verb is named: a start pays for one.
"""

from __future__ import annotations

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.records.kinds import KINDS, Kind


def _add(kind: Kind) -> click.Command:
    from onewindow.cli.requests.adding import add_command

    return add_command(kind)


def _list(kind: Kind) -> click.Command:
    from onewindow.cli.requests.listing import list_command

    return list_command(kind)


def _take(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import take

    return take


def _assign(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import assign

    return assign


def _reply(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import reply

    return reply


def _note(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import note

    return note


def _client_wrote(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import client_wrote

    return client_wrote


def _no_answer(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import no_answer

    return no_answer


def _wait(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import wait

    return wait


def _promise(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import promise

    return promise


def _resolve(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import resolve

    return resolve


def _decline(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import decline

    return decline


def _reopen(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import reopen

    return reopen


def _lead(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import lead

    return lead


def _why(_: Kind) -> click.Command:
    from onewindow.cli.requests.handling import why

    return why


def _hand_off(_: Kind) -> click.Command:
    from onewindow.cli.requests.links import hand_off

    return hand_off


def _split(_: Kind) -> click.Command:
    from onewindow.cli.requests.links import split

    return split


def _link(_: Kind) -> click.Command:
    from onewindow.cli.requests.links import link

    return link


def _merge(_: Kind) -> click.Command:
    from onewindow.cli.requests.links import merge

    return merge


def _correct(_: Kind) -> click.Command:
    from onewindow.cli.requests.links import correct

    return correct


def _show(_: Kind) -> click.Command:
    from onewindow.cli.requests.links import show

    return show


def _complaints(_: Kind) -> click.Command:
    from onewindow.cli.requests.links import register

    return register


def _status(_: Kind) -> click.Command:
    from onewindow.cli.requests.status import status

    return status


def _script(_: Kind) -> click.Command:
    from onewindow.cli.requests.status import script

    return script


group = RecordGroup(
    KINDS["request"],
    {
        "add": _add,
        "list": _list,
        "take": _take,
        "assign": _assign,
        "reply": _reply,
        "note": _note,
        "client-wrote": _client_wrote,
        "no-answer": _no_answer,
        "wait": _wait,
        "promise": _promise,
        "resolve": _resolve,
        "decline": _decline,
        "reopen": _reopen,
        "lead": _lead,
        "why": _why,
        "hand-off": _hand_off,
        "split": _split,
        "link": _link,
        "merge": _merge,
        "correct": _correct,
        "show": _show,
        "complaints": _complaints,
        "status": _status,
        "script": _script,
    },
)
