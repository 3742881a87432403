"""When to keep what somebody types: as soon as the keys rest, and once a second while they do not."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.timer import Timer
from textual.widget import Widget

REST_SECONDS = 0.3
"""How long the keys must rest."""
MOST_SECONDS = 0.8
"""How old a change may become that is not kept."""


class Rest:
    """Calls something after the last change, or in the middle of changes that do not end."""

    def __init__(self, widget: Widget, call: Callable[[], object]) -> None:
        """Serve a widget, whose timers it uses."""
        self._widget = widget
        self._call = call
        self._timer: Timer | None = None
        self._since = 0.0

    def note(self) -> None:
        """Note a change."""
        now = monotonic()
        if self._timer is None:
            self._since = now
        else:
            self._timer.stop()
        left = self._since + MOST_SECONDS - now
        self._timer = self._widget.set_timer(max(0.001, min(REST_SECONDS, left)), self._rested)

    def stop(self) -> None:
        """Forget the changes that were noted."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _rested(self) -> None:
        self._timer = None
        self._call()
