"""Dates in options, typed as people type them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onewindow.desk.session import Session
    from onewindow.records.fields import Lean


def typed_day(session: Session, typed: str, option: str, lean: Lean = "") -> date:
    """The day that somebody typed after an option; raises BadParameter, which names the option.

    `lean` says where a day without a year lies.
    """
    from onewindow.text.typed_dates import parse_date

    try:
        return parse_date(typed, session.today(), lean)
    except ValueError as error:
        raise click.BadParameter(str(error), click.get_current_context(), param_hint=option) from error
