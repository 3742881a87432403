"""Who works, on which file, at what time: what every function of the desk is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar
from zoneinfo import ZoneInfo

from onewindow.desk.reference.directory import KINDS as DIRECTORY_KINDS
from onewindow.desk.reference.directory import Directory, read_directory
from onewindow.desk.reference.record_entries import Registry
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store import changes, rows
from onewindow.store.changes import Change, Transaction, Written
from onewindow.store.engine import Store
from onewindow.store.people import organization
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import utc_text

if TYPE_CHECKING:
    from onewindow.desk.session.open_windows import OpenWindow
    from onewindow.store import history
    from onewindow.store.session.drafts import Draft

PROGRAM = "onewindow"
"""The actor of what the program does by itself."""

T = TypeVar("T")

Listener = Callable[[tuple[Change, ...]], None]


class KeepsCaches(Protocol):
    """What keeps caches beside the records; `opening` gives it to every session, which knows no cache."""

    def validate(self, transaction: Transaction) -> None:
        """Raise ClientArchived if a write changes an archived client, or adds to one."""
        ...

    def refresh(self, transaction: Transaction, now: datetime) -> None:
        """Write the caches of what a write changed, inside it."""
        ...

    def catch_up(self, store: Store, now: datetime, client_id: int | None) -> None:
        """Write cache rows that are behind their records, of one client or of some."""
        ...


class Session:
    """One person at work."""

    def __init__(
        self,
        store: Store,
        me: Staff,
        settings: Settings,
        clock: Callable[[], datetime],
        zone: str,
        keeper: KeepsCaches,
        registry: Registry[Session],
    ) -> None:
        """`clock` gives the present as an aware UTC datetime; `zone` is an IANA name.

        `opening.at_work` makes one with the keeper and the registry of this program.
        """
        self.store = store
        self.me = me
        self.settings = settings
        self.clock = clock
        self.zone = zone
        self.registry = registry
        """What the features say of each kind of record."""
        self.listeners: list[Listener] = []
        """Called with what a write of this session, or of anybody else, changed."""
        self.unkept: list[Draft] = []
        """What was typed and could not be written, the oldest first; it lives as long as the session."""
        self._window: OpenWindow | None = None
        self._seq = changes.last_seq(store)
        self._turns_at: str | None = None
        self._directory: Directory | None = None
        self._turned_of = ""
        self._keeper = keeper
        # The store knows which rows are behind when it reads, and not how they are worked out.
        store.bring_up = lambda asked, client_id: keeper.catch_up(asked, clock(), client_id)

    def beside(self, store: Store) -> Session:
        """The same person at work on another connection, for another thread; nobody listens there."""
        return Session(store, self.me, self.settings, self.clock, self.zone, self._keeper, self.registry)

    @property
    def window(self) -> OpenWindow:
        """The window in which this person works: what is typed in it is no other window's business."""
        # Reading needs none, so a start does without.
        from onewindow.desk.session.open_windows import OpenWindow

        if self._window is None:
            self._window = OpenWindow()
        return self._window

    @property
    def is_lead(self) -> bool:
        """Whether this person decides for others: gives their work away, passes over what holds others up."""
        return self.me.role in ("lead", "admin")

    @property
    def directory(self) -> Directory:
        """Colleagues, products and policies, read again after one of them changed."""
        if self._directory is None:
            self._directory = read_directory(self.store)
        return self._directory

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        return self.clock()

    def now_text(self) -> str:
        """The present as stored: UTC text of fixed width."""
        return utc_text(self.clock())

    def local_now(self) -> datetime:
        """The present in the zone of this person."""
        return self.clock().astimezone(ZoneInfo(self.zone))

    def today(self) -> date:
        """The date in the zone of this person."""
        return self.local_now().date()

    def change(
        self,
        label: str,
        work: Callable[[Transaction], T],
        *,
        run_id: int | None = None,
        actor: str = "",
        may_observe: bool = False,
    ) -> Written[T]:
        """Do some work in one transaction of this person, caches included, and tell the listeners.

        `actor` names a part of the program in the log, whose work the person's `u` leaves alone.
        `may_observe`: a quality specialist, who changes nothing else, may write this.

        Raises StoreProblem (Stale, Busy, ClientArchived …) and then has changed nothing.
        """
        if self.me.role == "quality" and not may_observe:
            raise StoreProblem(
                "You may read everything here and change nothing; ask a lead for another role."
            )
        now = self.now()

        def finish(transaction: Transaction) -> None:
            # What the program does by itself goes on for archived clients too.
            if not actor:
                self._keeper.validate(transaction)
            self._keeper.refresh(transaction, now)

        written = changes.write(
            self.store,
            work,
            actor=actor or self.me.login,
            at=utc_text(now),
            label=label,
            run_id=run_id,
            finish=finish,
        )
        # After the commit, so that a listener that reads finds what it is told of.
        self._tell(written.changes)
        return written

    def undo(self) -> str:
        """Take back this person's last change and say what it was; `said_of` adds of which client.

        Throwing a draft away is a change in this sense: the draft comes back. Raises StoreProblem if there is
        nothing to take back.
        """
        from onewindow.store import history  # not before something is undone

        target = history.last_undoable(self.store, self.me.login)
        draft = self.thrown_since(target.id if target else 0)
        if draft is not None:
            self._turned_of = ""
            from onewindow.store.session import drafts  # not before something is undone

            drafts.bring_back(self.store, draft.id, self.window.name, self.now_text())
            return f"thrown away: {draft.words}"
        if target is None:
            raise StoreProblem("There is nothing to undo.")
        return self._turn_back(target)

    def thrown_since(self, change_set_id: int) -> Draft | None:
        """The draft that was thrown away last in this window, or in one that is gone, since a change."""
        from onewindow.store.session import drafts  # not before something is undone

        for draft in drafts.thrown(self.store, self.me.login):
            if (draft.thrown_after or 0) < change_set_id:
                return None
            if self.window.may_take(draft.holder, draft.held_at, self.now()):
                return draft
        return None

    def redo(self) -> str:
        """Make the change again that was undone last and say what it was; `said_of` adds of which client.

        Raises StoreProblem if there is none.
        """
        from onewindow.store import history  # not before something is undone

        target = history.last_redoable(self.store, self.me.login)
        if target is None:
            raise StoreProblem("There is nothing to do again.")
        return self._turn_back(target)

    def _turn_back(self, target: history.ChangeSet) -> str:
        self._turned_of = ""
        from onewindow.store import history  # not before something is undone

        written = self.change(target.label, lambda transaction: history.undo(transaction, target))
        whose = sorted({change.client_id for change in written.changes if change.client_id is not None})
        if len(whose) > 1:
            self._turned_of = f"{len(whose)} clients"
        elif whose:
            client = rows.find(self.store, Client, whose[0])
            self._turned_of = client.name if client is not None else ""
        return written.label

    def said_of(self, label: str) -> str:
        """What was undone or done again last, and of which client, if its label does not name that one."""
        of = self._turned_of
        return label if not of or of in label else f"{label} ({of})"

    def has_turned(self) -> bool:
        """Whether a policy or an absence began or ended of which the caches do not know; costs little."""
        if self._turns_at is None:
            self._turns_at = organization.turns_at(self.store) or organization.NO_TURN
        return self._turns_at <= self.now_text()

    def note_turn(self) -> None:
        """Let everybody who listens read again, after the caches were brought after the day."""
        self._turns_at = None
        self._tell(tuple(Change(0, "update", entity, 0, None) for entity in ("policy", "staff")))

    def poll(self) -> tuple[Change, ...]:
        """What other processes changed since the last look; costs microseconds when nothing did."""
        if not self.store.changed():
            return ()
        heard: list[Change] = []
        while more := changes.changes_since(self.store, self._seq):
            # Only here: a write of ours may come after somebody else's that nobody has told us of yet.
            self._seq = more[-1].seq
            heard += more
        news = tuple(heard)
        self._tell(news)
        return news

    def _tell(self, news: tuple[Change, ...]) -> None:
        if any(change.entity in DIRECTORY_KINDS for change in news):
            self._directory = None
        if news:
            self._turns_at = None
        for listener in self.listeners if news else ():
            listener(news)
