"""What the window says by itself when it opens: mistakes in the settings, and that there is a tour."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.screens.window.client_window import WindowScreen
from onewindow.settings import Problem

_MISTAKE_SECONDS = 30.0
"""How long a mistake in the settings is told at the start."""
_OFFER_SECONDS = 6.0
"""How long the tour is offered at the first start of somebody."""


def tell_mistakes(window: WindowScreen, found: Sequence[Problem]) -> None:
    """Say that the settings file has mistakes: what was said before the window covered it is not seen."""
    if found:
        more = f"; + {len(found) - 1} more" if len(found) > 1 else ""
        keys = f"{window.why_key('app.palette')} settings"
        window.hint_bar.say(
            f"settings: {found[0]}{more} ({keys} shows all)", warning=True, seconds=_MISTAKE_SECONDS
        )


def offer_tour(window: WindowScreen) -> None:
    """Say once that there is a tour; the message goes by itself."""
    from onewindow.desk.help.tour import offer  # asked after the first frame only

    said = offer(window.session)
    if said:
        window.hint_bar.say(said, seconds=_OFFER_SECONDS)
