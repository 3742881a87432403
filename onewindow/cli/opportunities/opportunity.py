"""`onewindow opportunity …`: the common verbs, and what becomes of an opportunity.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import Builder, RecordGroup
from onewindow.cli.editing.record_naming import named_record, of_client_option
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import print_raw, tell
from onewindow.records.feedback import Opportunity
from onewindow.records.kinds import KINDS, Kind

if TYPE_CHECKING:
    from onewindow.records.feedback import OpportunityState

_KIND = KINDS["opportunity"]
_OFFERING = ("accepted", "offered")


def _moving(verb: str, state: OpportunityState, text: str, *, asks: bool = False) -> Builder:
    def move(opportunity: str, of_client: str | None, reason: tuple[str, ...] = ()) -> None:
        from onewindow.desk.opportunities import deciding, stages

        session = current_invocation().session()
        if state in deciding.DECIDED and deciding.is_key(opportunity):
            suggested = deciding.by_key(session, opportunity)
            print_raw(str(deciding.decide(session, suggested, state, " ".join(reason)).id))
            if state in _OFFERING and suggested.reasons:
                tell(f"Mind: {'; '.join(each.text for each in suggested.reasons)}.")
            return
        record = named_record(session, _KIND, opportunity, of_client)
        assert isinstance(record, Opportunity)  # noqa: S101  the kind says so
        print_raw(str(stages.move(session, record, state, " ".join(reason)).id))
        said = stages.caution_of(session, record.client_id) if state in _OFFERING else ""
        if said:
            tell(said)

    example = f'2041 "{"5 licences, by mail of 25.11" if state == "won" else "too dear"}"' if asks else "2041"
    return lambda _: click.Command(
        verb,
        callback=move,
        short_help=text,
        help=text,
        epilog=f"\b\nExample:\n  onewindow opportunity {verb} {example}",
        params=[
            click.Argument(
                ["opportunity"], metavar="ID_OR_NAME_OR_KEY", shell_complete=complete_record("opportunity")
            ),
            *([click.Argument(["reason"], nargs=-1, required=True)] if asks else []),
            *of_client_option(_KIND),
        ],
    )


def _suggest(_: Kind) -> click.Command:
    from onewindow.cli.opportunities.suggest import suggest

    return suggest


def _reports():
    from onewindow.cli.opportunities import reports

    return reports


group = RecordGroup(
    _KIND,
    {
        "suggest": _suggest,
        "renewals": lambda _: _reports().renewals_command,
        "whitespace": lambda _: _reports().whitespace_command,
        "forecast": lambda _: _reports().forecast_command,
        "rates": lambda _: _reports().rates_command,
        "retire": lambda _: _reports().retire_command,
        "bring-back": lambda _: _reports().bring_back_command,
        "accept": _moving("accept", "accepted", "Take an idea or a suggestion: it is ours to offer."),
        "offer": _moving(
            "offer", "offered", "Say that an idea, a suggestion or an accepted one was offered."
        ),
        "dismiss": _moving(
            "dismiss", "dismissed", "Decline an idea or a suggestion, with the reason.", asks=True
        ),
        "win": _moving("win", "won", "Say that an offer was taken, with what was agreed.", asks=True),
        "lose": _moving("lose", "lost", "Say that an offer was not taken, with the reason.", asks=True),
    },
)
