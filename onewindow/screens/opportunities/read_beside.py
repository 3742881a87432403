"""A table whose rows are read in a thread, again when what they are of changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.message import Message

from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen
from onewindow.store.changes import Change
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.widgets.table import Table


class ReadBeside(TableScreen[Chosen | None]):
    """A subclass gives `pieces`, read in the thread, and `take`, which shows each; `rereads` are kinds."""

    rereads: ClassVar[frozenset[str]]

    class Piece(Message):
        """Something was read for a question."""

        def __init__(self, question: int, piece: Any) -> None:
            super().__init__()
            self.question, self.piece = question, piece

    class Failed(Message):
        """It could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session, table: Table) -> None:
        """Show a table that is empty until something is read."""
        super().__init__(session, table)
        self._reader = BesideReader(session.store)
        self._question = 0
        self.is_complete = False
        """Whether everything that was asked for last is on the screen."""

    def on_mount(self) -> None:
        """Begin to read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.table.set_empty("Reading…")
        self.read()

    def on_unmount(self) -> None:
        """Stop reading and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what this or another process changed."""
        if any(change.entity in self.rereads for change in changes):
            self.read()

    def read(self) -> None:
        """Ask for everything; returns at once."""
        self._question += 1
        self.is_complete = False
        question, session = self._question, self.session

        def loads(store: Store) -> Iterator[Any]:
            yield from self.pieces(session.beside(store))

        self._reader.ask(
            loads,
            lambda piece: self.post_message(self.Piece(question, piece)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def on_read_beside_piece(self, message: Piece) -> None:
        """Show what was read."""
        if message.question == self._question:
            self.take(message.piece)

    def on_read_beside_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.table.set_empty(str(message.problem))
        self.say(str(message.problem), warning=True)

    def pieces(self, session: Session) -> Iterator[Any]:
        """What is shown, read in a thread with a session of its own."""
        raise NotImplementedError

    def take(self, piece: Any) -> None:
        """Show one of the pieces."""
        raise NotImplementedError
