"""The engine seam: one connection, reads in a snapshot, writes in a queue. SQLite is the first engine.

What a second engine must bring stands in `Store`: rows, execute, read, exclusive, changed, another, close.
Queries are written once, in the portable subset: named parameters, no SQL clock, no JSON functions,
no rowid.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path
from typing import IO, Any

from onewindow.store import files, schema
from onewindow.store.problems import Busy, StoreProblem
from onewindow.store.sqlite_library import has_wal_reset_bug, sqlite

try:
    import fcntl
except ImportError:  # Windows: SQLite's own locks are enough there, only less fair
    fcntl = None

Value = str | int | None
Row = tuple[Any, ...]

BUSY_SECONDS = 15
_WAL_RETRIES = 200
_WAL_PAUSE_SECONDS = 0.02
_CHECKPOINT_BYTES = 4 * 1024 * 1024
_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "cache_size=-16384",
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)


class Store:
    """One open file. A store belongs to one thread; another thread takes `another()`."""

    def __init__(self, path: Path, connection: sqlite.Connection) -> None:
        """Take an open, migrated connection; use `open_store`."""
        self.path = path
        self._connection = connection
        self._lock_file: IO[bytes] | None = None
        self._presence: IO[bytes] | None = _join(path)
        self._seen = self._data_version()

    def rows(self, sql: str, /, **parameters: Value) -> list[Row]:
        """All rows of a query. Always read to the end: an open cursor would keep the log from shrinking."""
        return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, /, **parameters: Value) -> Row | None:
        """The first row of a query, or None."""
        return self._connection.execute(sql, parameters).fetchone()

    def scalar(self, sql: str, /, **parameters: Value) -> Any:
        """The first value of the first row, or None."""
        row = self.one(sql, **parameters)
        return row[0] if row else None

    def execute(self, sql: str, /, **parameters: Value) -> int:
        """Run one statement inside a write and return how many rows it changed."""
        return self._connection.execute(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Iterable[Mapping[str, Value] | tuple[Value, ...]], /) -> None:
        """Run one statement for many rows inside a write."""
        self._connection.executemany(sql, rows)

    @contextlib.contextmanager
    def read(self) -> Generator[None]:
        """Several queries on one consistent snapshot; nests."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def exclusive(self) -> Generator[None]:
        """One write transaction: everything or nothing, one writer at a time, others wait up to 15 s.

        Raises Busy if the wait was in vain and StoreProblem if the disk is full; nothing is saved then.
        """
        with self._writer_queue():
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite.OperationalError as error:
                raise _explained(error) from error
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException as error:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                if isinstance(error, sqlite.OperationalError):
                    raise _explained(error) from error
                raise
            self._checkpoint_safely()

    def changed(self) -> bool:
        """Whether another process (or connection) wrote since the last call; costs microseconds."""
        version = self._data_version()
        if version == self._seen:
            return False
        self._seen = version
        return True

    def interrupt(self) -> None:
        """Stop the query that another thread runs on this store."""
        self._connection.interrupt()

    def another(self) -> Store:
        """A second connection to the same file, for another thread."""
        return Store(self.path, _connect(self.path))

    def bulk_load(self, fast: bool) -> None:
        """Trade durability of the running load for speed, and back; ends with one checkpoint."""
        self._connection.execute(f"PRAGMA synchronous={'OFF' if fast else 'FULL'}")
        self._connection.execute(f"PRAGMA cache_size={-262144 if fast else -16384}")
        if not fast:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @property
    def connection(self) -> sqlite.Connection:
        """The raw connection, for migrations, backups and bulk loads in this room."""
        return self._connection

    @property
    def others_present(self) -> bool:
        """Whether another process has this file open."""
        if fcntl is None or self._presence is None:
            return False
        try:
            fcntl.flock(self._presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.flock(self._presence, fcntl.LOCK_SH)
        return False

    def close(self) -> None:
        """Close the file; safe to call twice."""
        with contextlib.suppress(sqlite.Error):
            self._connection.execute("PRAGMA analysis_limit=400")
            self._connection.execute("PRAGMA optimize")
        self._connection.close()
        for file in (self._lock_file, self._presence):
            if file is not None:
                file.close()
        self._lock_file = self._presence = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _data_version(self) -> int:
        return self._connection.execute("PRAGMA data_version").fetchone()[0]

    @contextlib.contextmanager
    def _writer_queue(self) -> Generator[None]:
        """A fair queue before SQLite's polling lock; the kernel frees it when a process dies."""
        if fcntl is None:
            yield
            return
        if self._lock_file is None:
            self._lock_file = _lock_file(self.path, ".lock")
        if self._lock_file is None:
            yield
            return
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if time.monotonic() > deadline:
                    raise Busy(
                        "Somebody else keeps the file locked; nothing was saved, try again."
                    ) from error
                time.sleep(0.002)
        try:
            yield
        finally:
            fcntl.flock(self._lock_file, fcntl.LOCK_UN)

    def _checkpoint_safely(self) -> None:
        if not has_wal_reset_bug():
            return
        log = self.path.with_name(self.path.name + "-wal")
        with contextlib.suppress(OSError, sqlite.OperationalError):
            if log.stat().st_size > _CHECKPOINT_BYTES:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def open_store(path: Path, *, create: bool = False) -> Store:
    """Open a file, making and migrating it where needed.

    Raises StoreProblem for a missing file (unless `create`), a network mount, a file that is not ours, or one
    of a newer program; such a file is left as it was.
    """
    path = path.expanduser().absolute()
    files.refuse_network_mount(path)
    if not path.exists():
        if not create:
            raise StoreProblem(
                f"There is no file {path}; `onewindow demo` or `onewindow client add` makes one."
            )
        files.create_file(path)
    files.refuse_foreign_file(path)
    try:
        connection = _connect(path)
    except sqlite.DatabaseError as error:
        raise StoreProblem(
            f"{path} cannot be opened: {error}; restore a backup with `onewindow db restore`."
        ) from error
    return Store(path, connection)


def _connect(path: Path) -> sqlite.Connection:
    connection = sqlite.connect(path, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=256)
    try:
        version = schema.read_version(connection)
        _use_log(connection)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if has_wal_reset_bug():
            connection.execute("PRAGMA wal_autocheckpoint=0")
        if version < schema.SCHEMA_VERSION:
            schema.migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _use_log(connection: sqlite.Connection) -> None:
    """Switch to WAL; the busy handler is not called for that switch, hence the retries."""
    for _ in range(_WAL_RETRIES):
        try:
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
            if mode != "wal":
                mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        except sqlite.OperationalError:
            time.sleep(_WAL_PAUSE_SECONDS)
            continue
        if mode == "wal":
            return
        raise StoreProblem(
            "This disk does not allow several programs on one file (no WAL); choose another place."
        )
    raise Busy("Somebody else keeps the file locked; try again.")


def _explained(error: sqlite.OperationalError) -> StoreProblem:
    text = str(error)
    if "locked" in text or "busy" in text:
        return Busy("Somebody else keeps the file locked; nothing was saved, try again.")
    if "full" in text:
        return StoreProblem("The disk is full: nothing was saved; free some space and save again.")
    if "readonly" in text:
        return StoreProblem("The file may only be read by you; nothing was saved.")
    return StoreProblem(f"The store refused the change ({text}); nothing was saved.")


def _lock_file(path: Path, suffix: str) -> IO[bytes] | None:
    beside = path.with_name(path.name + suffix)
    try:
        files.create_file(beside)
        return beside.open("r+b")
    except (OSError, StoreProblem):
        return None


def _join(path: Path) -> IO[bytes] | None:
    """Take a shared lock on the file's presence mark, so that a restore can refuse while anybody is in."""
    if fcntl is None:
        return None
    file = _lock_file(path, ".open")
    if file is not None:
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return file
