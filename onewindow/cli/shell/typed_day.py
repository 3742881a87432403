"""Dates in options, typed as people type them.

The reader of dates is loaded when a date was typed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.printing import tell
from onewindow.text.patterns import pattern

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.records.fields import Lean

_DAY_ALONE = pattern(r"[0-9]{1,2}[./ ][0-9]{1,2}[.]?")
"""A day and a month in figures, without a year."""


def typed_day(session: Session, typed: str, option: str, lean: Lean = "") -> date:
    """The day that somebody typed after an option; raises BadParameter, which names the option.

    `lean` says where a day without a year lies; which year it was taken for is told where it is not this one.
    """
    from onewindow.text.typed_dates import parse_date

    try:
        day = parse_date(typed, session.today(), lean)
    except ValueError as error:
        raise click.BadParameter(str(error), click.get_current_context(), param_hint=option) from error
    if day.year != session.today().year and _DAY_ALONE.fullmatch(typed.strip()):
        tell(f"Taken for {day:%d.%m.%Y}.")
    return day
