"""Who else has a record open just now, so that two do not answer one client; a claim while somebody writes.

The notes are no history and take no part in undo. They are written in a thread of their own, at most every
twenty seconds while nothing changes: a keyboard never waits for them. Who is gone without a word, killed for
example, is forgotten after a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event

from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.store.engine import Store
from onewindow.store.session import presence
from onewindow.store.session.presence import Onlooker
from onewindow.text.dates import to_local, utc_text

RENEW_SECONDS = 20
"""How often an open record is noted again."""
STALE_SECONDS = 60
"""Who was not seen for so long is gone."""
_FAREWELL_SECONDS = 0.3

_Place = tuple[str, int]


class Presence:
    """What one person has open: one record at a time; `tick` is called every second or so."""

    def __init__(self, session: Session) -> None:
        """Have nothing open yet."""
        self._session = session
        self._writer = BesideReader(session.store)
        self._place: _Place | None = None
        self._is_claimed = False
        self._noted_at = ""
        self._left: set[_Place] = set()
        """What was open and of which the note is still there."""

    @property
    def is_claimed(self) -> bool:
        """Whether this person is writing an answer in what they have open."""
        return self._is_claimed

    def open(self, kind: str, record_id: int) -> None:
        """Note that a record is open now, in place of the one before."""
        place = (kind, record_id)
        if place == self._place:
            return
        if self._place is not None:
            self._left.add(self._place)
        self._left.discard(place)
        self._place, self._is_claimed = place, False
        self._note()

    def claim(self, is_claimed: bool) -> None:
        """Say that an answer is being written, or no longer; nobody is kept from writing one too."""
        if self._place is not None and is_claimed != self._is_claimed:
            self._is_claimed = is_claimed
            self._note()

    def tick(self) -> None:
        """Note again what is open, if the last note is twenty seconds old."""
        due = utc_text(self._session.now() - timedelta(seconds=RENEW_SECONDS))
        if self._place is not None and self._noted_at <= due:
            self._note()

    def others(self) -> list[Onlooker]:
        """Who else has the same record open; one look at an index."""
        if self._place is None:
            return []
        return onlookers(self._session, *self._place)

    def close(self) -> None:
        """Have nothing open any more; waits a moment at most for the note of it."""
        if self._place is not None:
            done = Event()
            self._left.add(self._place)
            self._place = None
            self._note(done.set)
            done.wait(_FAREWELL_SECONDS)
        self._writer.close()

    def _note(self, done: Callable[[], None] = lambda: None) -> None:
        """Write in the thread what is open and what no more; a newer note stands for an older one."""
        now = self._session.now()
        at, stale = utc_text(now), utc_text(now - timedelta(seconds=STALE_SECONDS))
        login, place, claimed, left = self._session.me.login, self._place, self._is_claimed, self._left
        self._noted_at = at

        def question(store: Store) -> Iterator[None]:
            for former in tuple(left):
                presence.leave(store, login, *former)
                left.discard(former)
            if place is not None:
                presence.look(store, login, *place, at, stale, is_claimed=claimed)
            done()
            yield None

        # A note that could not be written is written again in twenty seconds; nobody is told.
        self._writer.ask(question, lambda _: None, lambda _: None)


def onlookers(session: Session, kind: str, record_id: int) -> list[Onlooker]:
    """Who else has a record open now."""
    fresh = utc_text(session.now() - timedelta(seconds=STALE_SECONDS))
    return presence.onlookers(session.store, kind, record_id, session.me.login, fresh)


def onlookers_text(session: Session, onlookers: list[Onlooker]) -> str:
    """`Петров looks at it since 14:02`, `Петров is writing an answer`; '' for nobody."""
    parts: list[str] = []
    names = {person.login: person.name.partition(" ")[0] for person in session.directory.staff.values()}
    for onlooker in onlookers:
        name = names.get(onlooker.login, onlooker.login)
        since = f"{to_local(onlooker.since, session.zone):%H:%M}"
        parts.append(
            f"{name} is writing an answer" if onlooker.is_claimed else f"{name} looks at it since {since}"
        )
    return ", ".join(parts)
