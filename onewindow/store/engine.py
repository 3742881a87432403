"""The engine seam: one connection, reads in a snapshot, writes in a queue. SQLite is the first engine.

What a second engine must bring stands in `Store`: rows, execute, read, exclusive, changed, another, close.
Queries are written once, in the portable subset: named parameters, no SQL clock, no JSON functions,
no rowid.

Longer than 400 lines: `Store` is one class, whose turns, reads and checks of the file share one connection.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from onewindow.store import bringing_up, schema
from onewindow.store.file import locks, paths
from onewindow.store.ids import SYSTEM_IDS, Ids
from onewindow.store.problems import Busy, MovedFile, NewerFile, StoreProblem
from onewindow.store.sqlite_library import has_wal_reset_bug, sqlite

Value = str | int | None
Row = tuple[Any, ...]

Progress = Callable[[str, int, int], None]
"""Hears a phase of long work, and of how many things how many are done; (0, 0) where that is not known."""

BUSY_SECONDS = 15.0
"""How long a write waits while nobody else can write either, and an open during a restore."""
WORD_SECONDS = 0.5
"""Who waits longer to write hears of it, where somebody listens."""
_CROWD_MS = 100
"""Who writes so soon after somebody else may keep others waiting."""
_WAL_RETRIES = 200
_WAL_PAUSE_SECONDS = 0.02
_CHECKPOINT_BYTES = 4 * 1024 * 1024
_LOG_PAGES = 1000
"""When the log has so many pages that are not in the file, they are brought there, as SQLite does it."""
_LONG_LOG = 8
_TELLS_ITS_LOG = sqlite.sqlite_version_info >= (3, 51, 3)
"""Whether SQLite tells how long the log is without doing anything about it, and has no bug of resets."""
_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-16384",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)


_LONG_SECONDS = 2.0
"""Of a write that took so long its end is told too, as of large files."""
_STEPS_BETWEEN_TICKS = 1_000_000
"""Of SQLite's machine: some thirty milliseconds."""


def _tell_nobody(_phase: str, _done: int, _total: int) -> None:
    """Nobody waits."""


class Store:
    """One open file. A store belongs to one thread; another thread takes `another()`."""

    def __init__(self, path: Path, connection: sqlite.Connection, ids: Ids = SYSTEM_IDS) -> None:
        """Take an open, migrated connection of a process that joined the file; use `open_store`."""
        self.path = path
        self.ids = ids
        """Where new records get their ids."""
        self._connection = connection
        self._queue = locks.write_queue(path)
        self._is_open = True
        self.kept: dict[str, tuple[int, object]] = {}
        """What `kept_rules` keeps, by name, with the token of its rules."""
        self.rules_of_turn: int | None = None
        """The token of the rules in the turn to write that is under way, once somebody asked for it."""
        self.bring_up: Callable[[Store, int | None], None] | None = None
        """Brings up cache rows that are behind, for `store/bringing_up.py`; None where nobody does."""
        self.bring_up_after = 0.0
        """Not before this time (`time.monotonic`)."""
        self.bring_up_seconds = bringing_up.SECONDS_AT_MOST
        """So long a reading query may work at rows that are behind; 0: many of them are left to others."""
        self.is_behind = False
        """Whether the last such query left rows behind."""
        self.on_wait: Callable[[bool], None] | None = None
        """Hears True once a write has waited for half a second, False when it goes on; None: nobody does."""
        self._has_told_wait = False
        self.on_progress: Progress = _tell_nobody
        """Hears how far long work on this store is; whoever waits for it may set this."""
        self._is_writing = False
        self._known_version = 0
        self._is_newer = False
        self._was_told_moved = False
        self._place = paths.place_of(path)
        self._seen = self._known_version = self._data_version()

    def rows(self, sql: str, /, **parameters: Value) -> list[Row]:
        """All rows of a query. Always read to the end: an open cursor would keep the log from shrinking.

        Raises StoreProblem if the file or its disk does not give them, as the other queries do.
        """
        if not self._connection.in_transaction and bringing_up.concerns(sql):
            bringing_up.bring_up(self, bringing_up.asked_of(sql, parameters))
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite.DatabaseError as error:
            self._tell(error)

    def one(self, sql: str, /, **parameters: Value) -> Row | None:
        """The first row of a query, or None."""
        if not self._connection.in_transaction and bringing_up.concerns(sql):
            bringing_up.bring_up(self, bringing_up.asked_of(sql, parameters))
        try:
            return self._connection.execute(sql, parameters).fetchone()
        except sqlite.DatabaseError as error:
            self._tell(error)

    def scalar(self, sql: str, /, **parameters: Value) -> Any:
        """The first value of the first row, or None."""
        row = self.one(sql, **parameters)
        return row[0] if row else None

    def execute(self, sql: str, /, **parameters: Value) -> int:
        """Run one statement inside a write and return how many rows it changed."""
        try:
            return self._connection.execute(sql, parameters).rowcount
        except sqlite.DatabaseError as error:
            self._tell(error)

    def execute_many(self, sql: str, rows: Iterable[Mapping[str, Value] | tuple[Value, ...]], /) -> None:
        """Run one statement for many rows inside a write."""
        try:
            self._connection.executemany(sql, rows)
        except sqlite.DatabaseError as error:
            self._tell(error)

    @contextlib.contextmanager
    def read(self, *, about: int | None = None) -> Generator[None]:
        """Several queries on one consistent snapshot; nests.

        `about` is the client whose caches are read, where those of others are not.
        """
        if self._connection.in_transaction:
            yield
            return
        bringing_up.bring_up(self, about)
        try:
            self._connection.execute("BEGIN")
            yield
        except sqlite.DatabaseError as error:
            self._tell(error)
        finally:
            # Not COMMIT, which fails in a file that turned out to be damaged; nothing was written here.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def exclusive(self, *, newer_too: bool = False, patience: float | None = None) -> Generator[None]:
        """One write transaction: everything or nothing; writers take turns in the order in which they came.

        Raises Busy if nobody could write for `patience` seconds (None: `BUSY_SECONDS`), NewerFile if another
        process has brought the file to a schema that is not ours, and StoreProblem if the disk is full or a
        table refuses a value; nothing is saved then. `newer_too` writes into such a file too, as far as its
        tables take it: what somebody has half typed must not be lost for it.
        """
        seconds = BUSY_SECONDS if patience is None else patience
        # The queue comes before SQLite's lock, which is given to whoever polls first and lets others starve.
        with self._wait_told(), self._queue.turn(seconds, self._moves(), self._tell_wait, self._is_free):
            try:
                self._is_writing = True
                self._begin()
                self._validate_place()
                if not newer_too:
                    self._validate_schema()
                began = time.monotonic()
                yield
                if is_long := time.monotonic() - began > _LONG_SECONDS:
                    self.on_progress("saving all of it", 0, 0)
                self._connection.execute("COMMIT")
            except BaseException as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                if isinstance(error, _REFUSALS):
                    raise self._refused(error) from error
                raise
            finally:
                self._is_writing = False
                self.rules_of_turn = None
            if is_long:
                self.on_progress("putting the log away", 0, 0)
            # Inside the turn: a version with the bug of resets must not checkpoint while another writes.
            self._checkpoint_safely()
        self._checkpoint_after_the_turn()

    @contextlib.contextmanager
    def alone_in_bringing_up(self, seconds: float) -> Generator[None]:
        """Bring up cache rows while nobody else does; raises Busy if somebody else does for so long."""
        with self._queue.alone(seconds):
            yield

    @contextlib.contextmanager
    def as_it_stands(self) -> Generator[None]:
        """Read cache rows without bringing up those that are behind; nests."""
        kept, self.bring_up = self.bring_up, None
        try:
            yield
        finally:
            self.bring_up = kept

    @property
    def is_inside(self) -> bool:
        """Whether a read or a write is under way, which sees the file as it was when it began."""
        return self._connection.in_transaction

    @property
    def is_writing(self) -> bool:
        """Whether this store has its turn to write just now."""
        return self._is_writing

    def is_queued_for(self) -> bool:
        """Whether somebody waits for their turn to write while one has it."""
        return self._queue.is_waited_for()

    def is_waited_for(self, newest: int) -> bool:
        """Whether others are writing just now, or wait for it; inside a write.

        `newest` is the id of the last change set: after a pause there is no hurry, whoever wrote it.
        """
        if self.is_queued_for():
            return True
        before, self._known_version = self._known_version, self._data_version()
        return before != self._known_version and self.ids.is_fresh(newest, _CROWD_MS)

    def _begin(self) -> None:
        """Begin to write, when nobody else does any more: also one who knows nothing of the queue."""
        if self.on_wait is None:
            self._connection.execute("BEGIN IMMEDIATE")
            return
        try:
            self._connection.execute(f"PRAGMA busy_timeout={int(WORD_SECONDS * 1000)}")
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite.OperationalError as error:
            if not _is_busy(error):
                raise
            self._tell_wait()
            self._connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
            self._connection.execute("BEGIN IMMEDIATE")
        finally:
            self._connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")

    def _is_free(self) -> bool:
        """Whether nobody writes now, as SQLite's own lock tells it, whoever stands in the queue."""
        # A process that was stopped keeps its turn in the queue without SQLite's lock.
        try:
            self._connection.execute("PRAGMA busy_timeout=0")
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite.Error:
            return False
        else:
            self._connection.execute("ROLLBACK")
            return True
        finally:
            self._connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")

    def _tell_wait(self) -> None:
        if self.on_wait is not None and not self._has_told_wait:
            self._has_told_wait = True
            self.on_wait(True)

    @contextlib.contextmanager
    def _wait_told(self) -> Generator[None]:
        """Say that a write goes on, if it was said that it waits."""
        try:
            yield
        finally:
            if self._has_told_wait:
                self._has_told_wait = False
                if self.on_wait is not None:
                    self.on_wait(False)

    @contextlib.contextmanager
    def one_long_step(self, phase: str) -> Generator[None]:
        """Let `on_progress` hear again and again that one statement without a count is still at work."""
        self.on_progress(phase, 0, 0)
        self._connection.set_progress_handler(lambda: self.on_progress(phase, 0, 0), _STEPS_BETWEEN_TICKS)
        try:
            yield
        finally:
            self._connection.set_progress_handler(None, 0)

    def changed(self) -> bool:
        """Whether another process (or connection) wrote since the last call; costs microseconds.

        Raises NewerFile, once, when another process has brought the file to a schema that is not ours, and
        MovedFile, once, when the file is not where it was.
        """
        if not self._was_told_moved:
            self._was_told_moved = paths.place_of(self.path) != self._place
            self._validate_place()
        version = self._data_version()
        if version == self._seen:
            return False
        self._seen = version
        if not self._is_newer:
            self._validate_schema()
        return True

    def interrupt(self) -> None:
        """Stop the query that another thread runs on this store."""
        self._connection.interrupt()

    def another(self) -> Store:
        """A second connection to the same file, for another thread; raises MovedFile if it is not there."""
        self._validate_place()
        other = _open(self.path, self.ids)
        other.bring_up = self.bring_up
        return other

    def bulk_load(self, fast: bool) -> None:
        """Trade durability of the running load for speed, and back; ends with one checkpoint."""
        self._connection.execute(f"PRAGMA synchronous={'OFF' if fast else 'FULL'}")
        self._connection.execute(f"PRAGMA cache_size={-262144 if fast else -16384}")
        if not fast:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Bring what the log holds into the file and empty the log."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @property
    def connection(self) -> sqlite.Connection:
        """The raw connection, for migrations, backups and bulk loads in this room."""
        return self._connection

    @property
    def others_present(self) -> bool:
        """Whether another process has this file open."""
        return locks.others_present(self.path)

    def close(self) -> None:
        """Close the file; safe to call twice."""
        if not self._is_open:
            return
        self._is_open = False
        self._optimize_if_free()
        self._connection.close()
        self._queue.close()
        locks.leave(self.path)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _optimize_if_free(self) -> None:
        """Renew the planner's statistics; only who has written does, and nobody waits for it."""
        with contextlib.suppress(sqlite.Error), self._queue.turn_if_free() as is_free:
            if is_free:
                self._connection.execute("PRAGMA busy_timeout=0")
                self._connection.execute("PRAGMA analysis_limit=400")
                self._connection.execute("PRAGMA optimize")

    def _moves(self) -> Callable[[], bool]:
        """Something that says whether anybody has written since it was asked last."""
        last = self._data_version()

        def has_moved() -> bool:
            nonlocal last
            before, last = last, self._data_version()
            return last != before

        return has_moved

    def _data_version(self) -> int:
        return self.scalar("PRAGMA data_version")

    def _validate_place(self) -> None:
        """Raise MovedFile if another file, or none, is where ours was: what went in would be lost with it."""
        if paths.place_of(self.path) != self._place:
            raise MovedFile(
                f"{self.path} was moved, removed or replaced while it was open here: nothing more is saved."
                " Put it back, or start One Window again."
            )

    def _validate_schema(self) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > schema.SCHEMA_VERSION:
            self._is_newer = True
            raise NewerFile(
                f"A newer One Window has this file now (schema {version}, this program knows "
                f"{schema.SCHEMA_VERSION}): nothing more is saved here; start One Window again, updated."
            )

    def _tell(self, error: sqlite.DatabaseError) -> NoReturn:
        """Raise the sentence for what the file, the disk or the system refused; other errors stay so."""
        problem = self._sentence(error)
        if problem is None:
            raise error
        raise problem from error

    def _sentence(self, error: sqlite.DatabaseError) -> StoreProblem | None:
        from onewindow.store import failures  # a start does not wait for what tells of failures

        problem = failures.explained(error, self.path, writing=self._is_writing)
        if problem is None and any(sign in str(error) for sign in _TAKEN_AWAY):
            try:
                self._validate_schema()
            except StoreProblem as newer:
                return newer
        return problem

    def _refused(self, error: Exception) -> StoreProblem:
        """The sentence for a write that was not done, whatever refused it."""
        problem = self._sentence(error) if isinstance(error, sqlite.DatabaseError) else None
        return problem or _explained(error)

    def _checkpoint_after_the_turn(self) -> None:
        """Bring a log that has grown into the file while others may write already.

        Who commits would do it otherwise, in their own turn, so that all wait for it. Where others
        write on and on, none is ever quite done and the log grows; then it is done in a turn after all.
        """
        if not _TELLS_ITS_LOG:
            return
        with contextlib.suppress(sqlite.OperationalError):
            _, pages, done = self._connection.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
            if pages - done < _LOG_PAGES:
                return
            if pages < _LONG_LOG * _LOG_PAGES:
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                return
            with self._queue.turn(BUSY_SECONDS, self._moves(), is_free=self._is_free):
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _checkpoint_safely(self) -> None:
        if not has_wal_reset_bug():
            return
        log = self.path.with_name(self.path.name + "-wal")
        with contextlib.suppress(OSError, sqlite.OperationalError):
            if log.stat().st_size > _CHECKPOINT_BYTES:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def open_store(path: Path, *, create: bool = False, ids: Ids = SYSTEM_IDS) -> Store:
    """Open a file, making and migrating it where needed; its new records get their ids from `ids`.

    Raises StoreProblem for a missing file (unless `create`), a network mount, a file that is not ours, or one
    of a newer program; such a file is left as it was.
    """
    path = paths.resolved(path)
    try:
        paths.validate_local_disk(path)
        if not path.exists():
            if not create:
                raise StoreProblem(
                    f"There is no file {path}; `onewindow demo` or `onewindow client add` makes one."
                )
            paths.create_file(path)
        paths.validate_writable(path)
        header = paths.read_header(path)
    except OSError as error:
        raise StoreProblem(
            f"{path} cannot be opened: {error.strerror}; choose another place with --db."
        ) from error
    if header is None:
        paths.validate_content(path, create=create)
    else:
        schema.validate_owner(header.owner, header.version, is_empty=header.is_empty)
    return _open(path, ids)


def _open(path: Path, ids: Ids) -> Store:
    locks.join(path, BUSY_SECONDS)
    try:
        connection = _connect(path)
        _keep_above_the_newest(connection, ids)
        return Store(path, connection, ids)
    except BaseException:
        locks.leave(path)
        raise


def _connect(path: Path) -> sqlite.Connection:
    # Never making a file: one that was moved away meanwhile must not come back empty.
    connection = sqlite.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        cached_statements=256,
    )
    try:
        version = schema.read_version(connection)
        _use_log(connection)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if has_wal_reset_bug() or _TELLS_ITS_LOG:
            connection.execute("PRAGMA wal_autocheckpoint=0")
        if version < schema.SCHEMA_VERSION:
            schema.migrate(connection)
    except sqlite.DatabaseError as error:
        from onewindow.store import failures  # a start does not wait for what tells of failures

        # Before the file is closed, since its log, which shows what did not fit, goes then.
        problem = failures.explained(error, path)
        connection.close()
        raise problem or StoreProblem(f"{path} cannot be opened: {error}.") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_above_the_newest(connection: sqlite.Connection, ids: Ids) -> None:
    """Let ids go on above those of the file if the clock is behind them; a damaged file tells so later."""
    with contextlib.suppress(sqlite.DatabaseError):
        newest = connection.execute("SELECT COALESCE(MAX(id), 0) FROM change_set").fetchone()[0]
        if ids.is_behind(newest):
            ids.keep_above(newest)


def _use_log(connection: sqlite.Connection) -> None:
    """Switch to WAL; the busy handler is not called for that switch, hence the retries."""
    for _ in range(_WAL_RETRIES):
        try:
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            if mode != "wal":
                mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        except sqlite.OperationalError as error:
            if not _is_busy(error):
                raise
            time.sleep(_WAL_PAUSE_SECONDS)
            continue
        if mode == "wal":
            return
        raise StoreProblem(
            "This disk does not allow several programs on one file (no WAL); choose another place."
        )
    raise Busy("Somebody else keeps the file locked; try again.")


def _is_busy(error: Exception) -> bool:
    return "locked" in str(error) or "busy" in str(error)


_REFUSALS = (sqlite.DatabaseError, OverflowError)


_TAKEN_AWAY = ("no such", "has no column")
"""In what SQLite says of a table or column that a newer program took away."""


def _explained(error: Exception) -> StoreProblem:
    """What a table does not take, in words."""
    text = str(error)
    if text.startswith("UNIQUE constraint failed: "):
        columns = [
            name.rpartition(".")[2].removesuffix("_id") for name in text.partition(": ")[2].split(", ")
        ]
        names = " and ".join(filter(None, [", ".join(columns[:-1]), columns[-1].replace("_", " ")]))
        return StoreProblem(f"Another record has the same {names} already; nothing was saved.")
    if text.startswith("FOREIGN KEY"):
        return StoreProblem("A record that this one refers to does not exist; nothing was saved.")
    return StoreProblem(f"The store refused the change ({text}); nothing was saved.")
