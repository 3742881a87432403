"""What the window says by itself when it opens: mistakes in the settings, and that there is a tour."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.session.context import Session
from onewindow.settings import Problem
from onewindow.widgets.hint_bar import HintBar

_MISTAKE_SECONDS = 30.0
"""How long a mistake in the settings is told at the start."""
_OFFER_SECONDS = 6.0
"""How long the tour is offered at the first start of somebody."""


def tell_mistakes(hint_bar: HintBar, mistakes: Sequence[Problem], palette_key: str) -> None:
    """Say that the settings file has mistakes: what was said before the window covered it is not seen."""
    if mistakes:
        more = f"; + {len(mistakes) - 1} more" if len(mistakes) > 1 else ""
        hint_bar.say(
            f"settings: {mistakes[0]}{more} ({palette_key} settings shows all)",
            warning=True,
            seconds=_MISTAKE_SECONDS,
        )


def offer_tour(hint_bar: HintBar, session: Session) -> None:
    """Say once that there is a tour; the message goes by itself."""
    from onewindow.desk.help.tour import offer  # asked after the first frame only

    said = offer(session)
    if said:
        hint_bar.say(said, seconds=_OFFER_SECONDS)
