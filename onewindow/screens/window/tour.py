"""The tour in the window: two lines above the hints that say what to press, ticked when it was done."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.help.tour import Tour
from onewindow.screens.window.client_window import WindowScreen
from onewindow.store.changes import Change
from onewindow.widgets.line_box import LineBox


class TourLines:
    """Stands in one window from the moment somebody takes the tour until they leave or end it."""

    def __init__(self, window: WindowScreen) -> None:
        """Show the step at which this person is."""
        self._window = window
        self._tour = Tour(window.session)
        self._box = LineBox(id="tour")
        self._box.styles.height = 2
        self._client = window.snapshot.client.id if window.snapshot else 0
        window.mount(self._box, before=window.hint_bar)
        window.session.listeners.append(self._changed)
        self._show()

    def did(self, action_id: str) -> None:
        """An action of the window was done."""
        self._tour.note_action(action_id)
        if self._window.host.screen is self._window:
            self.back()

    def back(self) -> None:
        """The window is in front again."""
        if self._tour.note_back():
            self._show()

    def opened(self, client_id: int) -> None:
        """A client is shown."""
        if client_id != self._client:
            self._client = client_id
            if self._tour.note_client():
                self._show()

    def skip(self) -> None:
        """Leave the step out."""
        if self._tour.step is not None:
            self._tour.go_on()
            self._show()

    def leave(self) -> None:
        """Take the lines away; the step is kept."""
        self._window.session.listeners.remove(self._changed)
        self._box.remove()

    @property
    def is_over(self) -> bool:
        """Whether every step was done or left out."""
        return self._tour.step is None

    def _changed(self, news: Sequence[Change]) -> None:
        if self._tour.note_changes(news):
            self._show()

    def _show(self) -> None:
        words, worth = self._tour.lines(self._window.session.settings.keys)
        self._box.set_lines([[(" tour ", "accent"), (words, "title")], [("      ", ""), (worth, "dim")]])
