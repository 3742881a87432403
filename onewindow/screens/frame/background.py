"""Work of threads while the window is open: health that ages, rules whose day comes, lists left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from onewindow.desk.session.context import Session
from onewindow.screens.frame.host_app import HostApp
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem

_FRESHEN_SECONDS = 1.0
"""Pause between two batches of aged health, so that nobody feels them."""
_AGAIN_SECONDS = 3600.0
_PIECE_SECONDS = 0.5
_PIECE_PAUSE_SECONDS = 0.05
"""So long the work on lines of lists that are behind lets others write."""
_TRIES = 20
"""How often an open window looks for health that has aged."""


class Background:
    """The threads of one window; each works on a store of its own, and ends soon after the window does."""

    def __init__(self, app: HostApp, session: Session, failed: Callable[[Exception], None]) -> None:
        """Work for an app; `failed` hears, in the app's own thread, of what nobody foresaw."""
        self._app, self._session, self._failed = app, session, failed
        self._leaving = threading.Event()
        self._is_turning = False
        self._is_catching_up = False

    def end(self) -> None:
        """Let all of it end at once."""
        self._leaving.set()

    def look(self) -> None:
        """Hear of other processes' changes, and begin what they or the day call for. Raises StoreProblem."""
        if self._session.has_turned() and not self._is_turning:
            self._is_turning = True
            self._begin(self._take_turn)
        self._session.poll()
        if self._session.store.is_behind and not self._is_catching_up:
            self._is_catching_up = True
            self._begin(self._catch_up)

    def keep_health_fresh(self) -> None:
        """Renew health and alarms that have aged and keep this week's health, a few clients at a time.

        A window may stay open for weeks, so this goes on as long as it does, once an hour.
        """
        self._begin(self._keep_health_fresh)

    def give_sign(self) -> None:
        """Note that this window is there, so that no other one takes what is typed in it."""
        self._begin(self._give_sign)

    def _begin(self, do: Callable[[], None]) -> None:
        self._app.run_worker(do, thread=True, exit_on_error=False)

    def _keep_health_fresh(self) -> None:
        while not self._leaving.is_set():
            try:
                with self._session.store.another() as store:
                    self._freshen(store)
            except StoreProblem:
                pass
            except Exception as error:
                # A fault today must not leave health to age until the window is opened again.
                with suppress(RuntimeError):
                    self._app.call_from_thread(self._failed, error)
            self._leaving.wait(_AGAIN_SECONDS)

    def _freshen(self, store: Store) -> None:
        # No start needs what works them out.
        from onewindow.desk.caches import client_caches
        from onewindow.desk.health import history as health_history

        for piece in (client_caches.catch_up, health_history.keep_week):
            following: int | None = 0
            while following is not None and not self._leaving.is_set():
                following = piece(store, self._session.now(), following)
                self._leaving.wait(_FRESHEN_SECONDS)

    def _give_sign(self) -> None:
        from onewindow.desk.session.open_windows import give_sign  # not needed before somebody types

        session = self._session
        with suppress(StoreProblem), session.store.another() as store:
            give_sign(store, session.me.login, session.window, session.now_text())

    def _take_turn(self) -> None:
        """Bring the caches after a policy or an absence that begins or ends while the window is open."""
        from onewindow.desk.caches.turn_of_day import take  # hardly ever while a window opens

        with suppress(StoreProblem), self._session.store.another() as store:
            take(store, self._session.now())
            self._app.call_from_thread(self._session.note_turn)
            self._is_turning = False  # where that failed, the next start of the program tries again

    def _catch_up(self) -> None:
        """Work out the many lines of lists that a rule of a large file moved, then show them."""
        from onewindow.store import behind, bringing_up  # only a change of rules needs it

        with suppress(StoreProblem), self._session.store.another() as store:
            store.bring_up_seconds = _PIECE_SECONDS
            left, tries = behind.count(store), _TRIES
            while left and tries and not self._leaving.wait(_PIECE_PAUSE_SECONDS):
                bringing_up.bring_up(store)
                before, left = left, behind.count(store)
                tries = _TRIES if left < before else tries - 1
            self._session.store.is_behind = False
            self._app.call_from_thread(self._session.note_turn)
            # Where nothing goes forward, the hourly round tries again.
            self._is_catching_up = bool(left)
