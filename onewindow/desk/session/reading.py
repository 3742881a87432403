"""Reading beside the screen: a thread with a connection of its own, where only the newest question counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem

T = TypeVar("T")

_Job = Callable[[Store | StoreProblem], None]
_FAREWELL_SECONDS = 0.2


class BesideReader:
    """Answers questions in another thread; a newer question stops the older one."""

    def __init__(self, store: Store) -> None:
        """Begin with no thread; the first question starts it."""
        self._store = store
        self._own: Store | None = None
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._newest = 0
        self._thread: Thread | None = None

    def ask(
        self,
        question: Callable[[Store], Iterable[T]],
        answer: Callable[[T], object],
        problem: Callable[[StoreProblem], object],
    ) -> None:
        """Read something in the thread, which calls `answer` with each piece, or `problem`.

        Neither is called once a newer question has been asked, and the reading stops at the next piece.
        """
        self._stop_running()
        number = self._newest

        def job(store: Store | StoreProblem) -> None:
            try:
                if number != self._newest:
                    return
                if isinstance(store, StoreProblem):
                    raise store
                for piece in question(store):
                    if number != self._newest:
                        return
                    answer(piece)
            # Whatever it is: a question without an answer would say “Reading…” for ever.
            except Exception as error:
                if number == self._newest:
                    problem(_as_problem(error, self._store.path))

        self._jobs.put(job)
        if self._thread is None:
            self._thread = Thread(target=self._work, name="reader", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop what is running, and the thread; waits for it, but never long."""
        self._stop_running()
        self._jobs.put(None)
        if self._thread is not None:
            # Closing a file may wait for another process, and no screen waits for that.
            self._thread.join(_FAREWELL_SECONDS)
            self._thread = None

    def _stop_running(self) -> None:
        self._newest += 1
        if self._own is not None:
            self._own.interrupt()

    def _work(self) -> None:
        # A connection belongs to the thread that made it, so it is opened and closed here.
        try:
            while (job := self._jobs.get()) is not None:
                with suppress(Exception):  # whoever asked is gone
                    job(self._opened())
        finally:
            store, self._own = self._own, None
            if store is not None:
                store.close()

    def _opened(self) -> Store | StoreProblem:
        """The connection of this thread; one that did not open is tried again at the next question."""
        try:
            self._own = self._own or self._store.another()
        except Exception as error:
            return _as_problem(error, self._store.path)
        return self._own


def _as_problem(error: Exception, path: Path) -> StoreProblem:
    """An error as a sentence; one of the program itself is reported."""
    if isinstance(error, StoreProblem):
        return error
    # Here, because a start without faults does not need them.
    from onewindow.desk.session.problem_text import known_sentence
    from onewindow.fault_reports import REPORTS

    known = known_sentence(error, path)
    return StoreProblem(known if known is not None else REPORTS.sentence(error, "reading"))
