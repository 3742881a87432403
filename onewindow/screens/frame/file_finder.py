"""A box in which the path of a file is typed, pasted, or chosen from what fits."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.message import Message

from onewindow.desk.session.typed_path import Entry, common_beginning, completions, path_of
from onewindow.screens.frame.box import Box
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.finder import Finder
from onewindow.widgets.rows import Cell, Column, ListSource, Row

_COLUMNS = (Column(min_width=20), Column(width=10, align="right"))
_KIB = 1024


class FileFinder(Box[str | None]):
    """Enter goes into a folder or takes a file, whose path is the result; tab completes what is typed."""

    DEFAULT_CSS = """
    FileFinder > Vertical { width: 90%; max-width: 100; }
    FileFinder Finder { height: auto; max-height: 100%; }
    FileFinder Finder > RowList { height: 12; }
    """
    scope = "finder"
    BINDINGS = bindings_of({"files.complete": "complete"})

    class Found(Message):
        """The folder has been read."""

        def __init__(self, typed: str, entries: list[Entry]) -> None:
            super().__init__()
            self.typed = typed
            self.entries = entries

    def __init__(self, title: str, typed: str = "") -> None:
        """Ask under a title, beginning with a path."""
        super().__init__()
        self._title = title
        self._typed = typed
        self._entries: list[Entry] = []
        self._shown_for: str | None = None
        self._enter_waits = False
        self.finder = Finder(
            _COLUMNS,
            hint="path of a file; ~ is your home; paste one",
            empty=("Nothing here begins like this.",),
        )

    @property
    def title_text(self) -> str:
        """What is asked."""
        return self._title

    def works(self, action_id: str) -> bool:
        """Paths are completed here."""
        return action_id == "files.complete" or super().works(action_id)

    def contents(self) -> ComposeResult:
        """The line and what fits."""
        yield self.finder

    def on_mount(self) -> None:
        """List the folder of the first path."""
        if self._typed:
            self.finder.set_query(self._typed)
        self._read(self._typed)

    def on_finder_typed(self, message: Finder.Typed) -> None:
        """Look for what fits."""
        if message.query != self._typed:
            self._read(message.query)

    def on_finder_chosen(self, message: Finder.Chosen) -> None:
        """Take the row under the cursor, or the file that is typed whole."""
        self._take(message.key)

    def on_finder_chosen_nothing(self) -> None:
        """Take the file that is typed."""
        self._take(None)

    def on_finder_closed(self) -> None:
        """Give nothing back."""
        self.dismiss(None)

    def on_file_finder_found(self, message: Found) -> None:
        """Show what fits, unless something else is typed by now."""
        if message.typed != self._typed:
            return
        self._entries, self._shown_for = message.entries, message.typed
        self.finder.set_results(ListSource([_row(entry) for entry in message.entries]))
        if self._enter_waits:
            self._enter_waits = False
            self._take(self.finder.rows.cursor_key)

    def action_complete(self) -> None:
        """Complete the path as far as it can be only one."""
        if self._shown_for != self._typed:
            return
        completed = common_beginning(self._typed, self._entries)
        if completed != self._typed:
            self.finder.set_query(completed)
        elif not self._entries:
            self.say("Nothing here begins like this.", warning=True)
        else:
            self.say(f"{len(self._entries)} begin like this; the arrows and enter choose one.")

    def _take(self, key: object) -> None:
        typed = self._typed.strip()
        if typed and _is_file(typed):
            self.dismiss(str(path_of(typed)))
            return
        if self._shown_for != self._typed:
            self._enter_waits = True
            return
        entry = next((known for known in self._entries if known.typed == key), None)
        if entry is None:
            self.say(f"There is no file {typed or 'here'}." if typed else "Type a path.", warning=True)
        elif entry.is_folder:
            self.finder.set_query(entry.typed)
        else:
            self.dismiss(str(path_of(entry.typed)))

    def _read(self, typed: str) -> None:
        self._typed, self._enter_waits = typed, False
        # A folder may lie on a slow disk, and no key waits for that.
        self.run_worker(
            lambda: self.post_message(self.Found(typed, completions(typed))),
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )


def _is_file(typed: str) -> bool:
    try:
        return path_of(typed).is_file()
    except (OSError, ValueError):
        return False


def _row(entry: Entry) -> Row:
    size = "" if entry.is_folder else _size(entry.size)
    name = f"{entry.name}/" if entry.is_folder else entry.name
    return Row(entry.typed, (Cell(name, "accent" if entry.is_folder else ""), Cell(size, "dim")))


def _size(count: int) -> str:
    if count < _KIB:
        return f"{count} B"
    return f"{count / _KIB:.0f} KB" if count < _KIB * _KIB else f"{count / _KIB / _KIB:.1f} MB"
