"""What a write reads, asked before its turn comes, so that others wait for what it changes and no longer.

The answers of a snapshot count in the turn as far as nothing they were read from has changed since. The log
says what has: every change of a record is an event. Tables that are written without one (caches, counters,
the due times of requests) are asked again unless nobody has written at all. Within the turn nothing is asked
twice.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Generator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from onewindow.records.kinds import KINDS

if TYPE_CHECKING:
    from onewindow.store.engine import Row, Store, Value

T = TypeVar("T")

_Question = tuple[str, tuple[tuple[str, "Value"], ...]]

_MOST_ANSWERS = 400
_MOST_ROWS = 200
"""More rows than that are asked for again rather than kept."""
_MOST_EVENTS = 200
"""After so many changes of others it is cheaper to ask everything again than to see what is still right."""
_UNLOGGED = frozenset({"request"})
"""Tables of records that are also written without an event: the due times of requests."""
_KEPT_APART = "search"
"""What is part of the names of tables that triggers write."""

_WORDS = re.compile(r"\w+")
_WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM)\s+(\w+)")


class _Answer(NamedTuple):
    moment: int
    """When it was given, counted in writes; 0 is the snapshot."""
    tables: frozenset[str]
    rows: list[Row]


class _Worked(NamedTuple):
    """Something worked out from what it was given and from answers."""

    given: object
    asked: Mapping[_Question, list[Row]]
    found: object


class Foresight:
    """The answers to the queries of one write, in the thread of its store."""

    def __init__(self, store: Store) -> None:
        """Know nothing yet."""
        self._store = store
        self._answers: dict[_Question, _Answer] = {}
        self._written: dict[str, int] = {}
        """When each table was written last."""
        self._moment = 0
        self._version = 0
        self._newest: tuple[int, int] = (0, 0)
        self._worked: dict[str, _Worked] = {}
        self._asking: list[dict[_Question, list[Row] | None]] = []
        """What is asked by all that is being worked out, the innermost last; None: what cannot be kept."""

    @contextlib.contextmanager
    def before_the_turn(self) -> Generator[None]:
        """Keep the answers to all that is asked meanwhile, which is one snapshot."""
        store = self._store
        with store.read():
            self._version = store.scalar("PRAGMA data_version")
            row = store.one("SELECT seq, change_set_id FROM event ORDER BY seq DESC LIMIT 1")
            self._newest = (row[0], row[1]) if row else (0, 0)
            _tables(store)
            store.foresight = self
            try:
                yield
            finally:
                store.foresight = None

    @contextlib.contextmanager
    def in_the_turn(self) -> Generator[None]:
        """Answer from what is known and still right; inside a write that has just begun."""
        self._forget_what_changed()
        self._store.foresight = self
        try:
            yield
        finally:
            self._store.foresight = None

    def answer(self, sql: str, parameters: Mapping[str, Value]) -> list[Row] | None:
        """The rows of a query if they are known and right, else None."""
        question = (sql, tuple(parameters.items()))
        rows = self._known(question)
        if rows is None:
            return None
        for asked in self._asking:
            asked[question] = rows
        return rows.copy()

    def keep(self, sql: str, parameters: Mapping[str, Value], rows: list[Row]) -> None:
        """Keep what a statement gave; one that writes counts as a write."""
        if _writes(sql):
            self.note_write(sql)
            return
        question = (sql, tuple(parameters.items()))
        is_kept = _is_question(sql) and len(rows) <= _MOST_ROWS and len(self._answers) < _MOST_ANSWERS
        if is_kept:
            tables = _words(sql) & _tables(self._store)
            self._answers[question] = _Answer(self._moment, tables, rows.copy())
        for asked in self._asking:
            asked[question] = self._answers[question].rows if is_kept else None

    def note_write(self, sql: str) -> None:
        """Forget what was read from the table that a statement writes, or everything if it names none."""
        self._moment += 1
        found = _WRITES.match(sql)
        if found is None:
            self._answers.clear()
            self._worked.clear()
        else:
            self._written[found[1]] = self._moment

    def worked_out(self, name: str, given: object, work_out: Callable[[], T]) -> T:
        """What was worked out under a name, if it was from the same and all its queries still say the same.

        All that `work_out` depends on beside its queries must be in `given`; never change what it gives.
        """
        known = self._worked.get(name)
        if known is not None and known.given == given and self._still_say(known.asked):
            for asked in self._asking:
                asked.update(known.asked)
            return cast("T", known.found)
        asked: dict[_Question, list[Row] | None] = {}
        self._asking.append(asked)
        try:
            found = work_out()
        finally:
            self._asking.pop()
        answers = {question: rows for question, rows in asked.items() if rows is not None}
        if len(answers) == len(asked):
            self._worked[name] = _Worked(given, answers, found)
        return found

    def _known(self, question: _Question) -> list[Row] | None:
        known = self._answers.get(question)
        if known is None:
            return None
        if not self._written.keys().isdisjoint(known.tables):
            last = max(self._written[table] for table in known.tables if table in self._written)
            if last > known.moment:
                return None
        return known.rows

    def _still_say(self, answers: Mapping[_Question, list[Row]]) -> bool:
        """Whether queries give what they gave, those on tables that were written since asked again."""
        written = self._written.keys()
        for question, rows in answers.items():
            known = self._answers.get(question)
            if known is not None and known.rows is rows and written.isdisjoint(known.tables):
                continue
            sql, parameters = question
            if self._store.rows(sql, **dict(parameters)) != rows:
                return False
        return True

    def _forget_what_changed(self) -> None:
        """Find out what others have written since the snapshot."""
        if not self._answers:
            return
        store = self._store
        self._moment = 1
        if store.scalar("PRAGMA data_version") == self._version:
            return
        seq, change_set = self._newest
        news = store.rows(
            "SELECT change_set_id, entity FROM event WHERE seq >= :seq ORDER BY seq LIMIT :limit",
            seq=seq,
            limit=_MOST_EVENTS,
        )
        # In a file that was put back meanwhile the newest event is another one, or there is none.
        if not news or news[0][0] != change_set or len(news) == _MOST_EVENTS:
            self._answers.clear()
            self._worked.clear()
            return
        changed = {KINDS[kind].table for _, kind in news[1:] if kind in KINDS}
        self._written = dict.fromkeys(changed | _tables(store) - _logged(), 1)


def worked_out(store: Store, name: str, given: object, work_out: Callable[[], T]) -> T:
    """The same as `Foresight.worked_out` where a write is foreseen or under way, else worked out anew."""
    if store.foresight is None:
        return work_out()
    return store.foresight.worked_out(name, given, work_out)


def _tables(store: Store) -> frozenset[str]:
    """The tables of a file."""
    if store.tables is None:
        names = store.connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        store.tables = frozenset(name for (name,) in names.fetchall())
    return store.tables


@lru_cache(maxsize=1)
def _logged() -> frozenset[str]:
    """The tables in which no row changes without an event."""
    return frozenset(kind.table for kind in KINDS.values()) - _UNLOGGED


@lru_cache(maxsize=512)
def _words(sql: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(sql))


@lru_cache(maxsize=512)
def _is_question(sql: str) -> bool:
    return sql.lstrip().startswith("SELECT") and _KEPT_APART not in sql


@lru_cache(maxsize=512)
def _writes(sql: str) -> bool:
    return not sql.lstrip().startswith(("SELECT", "PRAGMA", "WITH"))
