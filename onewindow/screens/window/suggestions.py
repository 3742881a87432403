"""What the rules suggest to the client on the screen: worked out in a thread once the window is drawn.

What works it out is loaded when a client is shown: no start needs it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.screens.frame.protocols import Window
from onewindow.store.problems import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from onewindow.desk.opportunities.suggesting import Book, Suggested
    from onewindow.desk.session.context import Session

_BOOK_SECONDS = 600.0
"""How long the shares of ownership of a large file are kept: counting them takes a second."""
_QUICK_SECONDS = 0.1
"""Where they take less, they are counted each time."""


class PanelSuggestions:
    """Keeps the suggestions of one window; `shown` draws panel 5 again."""

    def __init__(self, window: Window, shown: Callable[[], None]) -> None:
        """Serve one window, for which nothing is read yet."""
        self._window, self._shown = window, shown
        self._is_reading = False
        self._read_for: ClientSnapshot | None = None
        self._book: Book | None = None
        self._book_read_at = -_BOOK_SECONDS
        self._seen: set[int] = set()
        """Clients whose suggestions somebody had before them in this window."""

    @staticmethod
    def carried_into(before: ClientSnapshot, snapshot: ClientSnapshot) -> ClientSnapshot:
        """A client read again, with the suggestions of before until they are looked at again."""
        return replace(snapshot, suggestions=before.suggestions)

    def look(self) -> None:
        """Work out the suggestions of the snapshot on the screen, if that was not done; returns at once."""
        snapshot = self._window.snapshot
        if snapshot is None or self._is_reading or self._read_for is snapshot:
            return
        self._is_reading = True
        self._window.host.run_worker(lambda: self._read(snapshot), thread=True, exit_on_error=False)

    def note_seen(self) -> None:
        """Note that the suggestions of the client on the screen are looked at; returns at once."""
        snapshot = self._window.snapshot
        if snapshot is not None and snapshot.suggestions and snapshot.client.id not in self._seen:
            self._seen.add(snapshot.client.id)
            shown = snapshot.suggestions
            self._window.host.run_worker(lambda: self._note(shown), thread=True, exit_on_error=False)

    def _note(self, shown: tuple[Suggested, ...]) -> None:
        from onewindow.desk.opportunities import deciding

        # A file that is busy or full says so elsewhere; nobody waits for this.
        with suppress(StoreProblem), self._window.session.store.another() as store:
            deciding.note_shown(self._window.session.beside(store), shown)

    def _read(self, snapshot: ClientSnapshot) -> None:
        found: list[Suggested] = []
        try:
            with self._window.session.store.another() as store:
                found = self._suggested(self._window.session.beside(store), snapshot.client.id)
        except StoreProblem:
            # A file that is busy or gone says so elsewhere; the next look tries again.
            pass
        finally:
            self._window.host.call_from_thread(self._take, snapshot, tuple(found))

    def _suggested(self, session: Session, client_id: int) -> list[Suggested]:
        from time import monotonic

        from onewindow.desk.opportunities import suggesting

        if self._book is None or monotonic() - self._book_read_at >= _BOOK_SECONDS:
            began = monotonic()
            self._book = suggesting.read_book(session)
            is_quick = monotonic() - began < _QUICK_SECONDS
            self._book_read_at = began - _BOOK_SECONDS if is_quick else monotonic()
        return suggesting.for_client(session, client_id, self._book)

    def _take(self, snapshot: ClientSnapshot, found: tuple[Suggested, ...]) -> None:
        self._is_reading = False
        now = self._window.snapshot
        if now is not None and now.client.id == snapshot.client.id:
            changed = now.suggestions != found
            self._window.snapshot = replace(now, suggestions=found)
            if now is snapshot:
                self._read_for = self._window.snapshot
            if changed:
                self._shown()
        self.look()
