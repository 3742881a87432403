"""Files that the tests of the desk begin with: worked out once in a process, and copied in a millisecond."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from rich_client import Clock, RichClient

from onewindow.desk.session.context import Session
from onewindow.store.sqlite_library import sqlite


@dataclass(frozen=True)
class Begun:
    """A file kept in memory, with the client whose records are in it, None for one without."""

    content: sqlite.Connection
    rich: RichClient | None

    def copy_to(self, path: Path) -> None:
        """Write the file; it is another one than its copies, as a new file would be."""
        own = sqlite.connect(path, isolation_level=None)
        self.content.backup(own)
        own.execute("UPDATE file_identity SET id = lower(hex(randomblob(8)))")
        own.close()

    def rich_client(self, session: Session, clock: Clock) -> RichClient | None:
        """The client for a session on a copy, with a memory of its own of what was made."""
        if self.rich is None:
            return None
        return replace(
            self.rich,
            session=session,
            clock=clock,
            made={kind: list(records) for kind, records in self.rich.made.items()},
        )


def keep(session: Session, rich: RichClient | None) -> Begun:
    """The file of a session as it is now."""
    content = sqlite.connect(":memory:", isolation_level=None, check_same_thread=False)
    with sqlite.connect(str(session.store.path)) as now:
        now.backup(content)
    now.close()
    return Begun(content, rich)
