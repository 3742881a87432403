"""A file that comes in: how it is read, what its rows would become, and the import itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from onewindow import actions
from onewindow.desk.imports import lists
from onewindow.desk.imports.lists import Filter, SortedRows, Taken, TakenKey
from onewindow.desk.imports.look import FileLook
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.proposal import Proposal
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.reporting.window_words import in_window
from onewindow.desk.imports.trial import Trial
from onewindow.desk.session.context import Session
from onewindow.screens.frame.box import open_over, rebound_of
from onewindow.screens.frame.navigation import PLACES
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.imports import background_work
from onewindow.screens.imports.background_work import Going, ImportWork, Job
from onewindow.screens.imports.reading_choices import ImportChoices
from onewindow.screens.imports.views import progress_text, report_view, row_view
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.lazy_rows import LazyRows
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_WIDE = 150
_SHARE_FOCUSED, _SHARE = 0.62, 0.4
"""Of the height: what the lines of how it is read get at most, with the keys on them and without."""
_CHANGING = frozenset({"record.open", "edit.undo", "edit.redo"})


class ImportScreen(TableScreen[None]):
    """`enter` changes how a line is read or shows a row, `tab` changes the list, `ctrl+s` imports."""

    DEFAULT_CSS = """
    ImportScreen {
        & > Container { height: 1fr; layout: vertical; }
        & > Container > #taken { height: auto; }
        & > Container > #rows { height: 1fr; }
        &.-wide > Container { layout: horizontal; }
        &.-wide > Container > #taken { width: 45%; height: 1fr; margin: 0 1 0 0; }
        &.-wide > Container > #rows { width: 1fr; }
    }
    """
    scope = "import"
    verbs: ClassVar = {
        "record.open": "change",
        "import.run": "import",
        "panel.next": "other list",
        "panel.view": "report",
    }

    def __init__(self, session: Session, path: str = "") -> None:
        """Prepare the import of a file, or ask for one."""
        taken = Table("how it is read", lists.TAKEN_HEADINGS, lists.TAKEN_COLUMNS)
        taken.id = "taken"
        super().__init__(session, taken)
        self.taken = taken
        self.rows = Table("rows", lists.ROW_HEADINGS, lists.ROW_COLUMNS)
        self.rows.id = "rows"
        self.path = path
        self.options = ImportOptions()
        self.look: FileLook | None = None
        self.filter: Filter = ""
        self._kind = ""
        self._profile = ""
        self._data: bytes | None = None
        self._trial: Trial | None = None
        self._sorted: SortedRows | None = None
        self._done: ImportReport | None = None
        self._is_importing = False
        self._is_taking_back = False
        self._is_busy = False
        self._work = ImportWork(session, self.post_message)
        self._choices = ImportChoices(self, self)

    def compose(self) -> ComposeResult:
        """Both lists, the hints below."""
        with Container():
            yield self.taken
            yield self.rows
        yield self.hint_bar

    @property
    def first_focus(self) -> Widget:
        """How the file is read."""
        return self.taken

    def on_mount(self) -> None:
        """Look at the file, or ask for it."""
        super().on_mount()
        self._show()
        if self.path:
            self._prepare()
        else:
            self.call_after_refresh(self._ask_first)

    def on_unmount(self) -> None:
        """Stop working; an import that is not done yet leaves nothing."""
        self._work.close()

    def on_resize(self) -> None:
        """Put the lists beside each other where there is room."""
        self.set_class(self.size.width >= _WIDE, "-wide")
        self._share_height()

    def on_descendant_focus(self) -> None:
        """Let the list that has the keys have the room."""
        self.table = self.rows if self.rows.has_focus else self.taken
        self._share_height()
        self.show_hints()

    def position(self) -> dict[str, str]:
        """The file, and what its rows were said to be."""
        return {"file": self.path, "kind": self._kind}

    def restore(self, position: Mapping[str, str]) -> bool:
        """Prepare the import of the file again."""
        self._kind = position.get("kind", "")
        if path := position.get("file", ""):
            self.take_file(path, kind=self._kind)
        return True

    # what is chosen

    def take_file(self, path: str, kind: str = "") -> None:
        """Take another file; how it is read starts from the beginning."""
        self.path, self._data, self._kind, self._profile = path, None, kind, ""
        self.options = ImportOptions()
        self._prepare()

    def take_kind(self, kind: str) -> None:
        """Read the file as another kind; '' as the likeliest. Columns fill other fields then."""
        self._kind = kind
        self.take_options(ImportOptions(dates=self.options.dates, source=self.options.source))

    def take_options(self, options: ImportOptions) -> None:
        """Read the file otherwise, and try it again."""
        self.options = options
        self._prepare()

    def take_profile(self, name: str, kind: str, options: ImportOptions) -> None:
        """Read the file as a profile says."""
        self._profile, self._kind = name, kind
        self.take_options(options)

    # what the thread says

    def on_looked(self, message: background_work.Looked) -> None:
        """Show how the file is read."""
        if message.question == self._work.question:
            self._data, self.look = message.data, message.look
            self._show()

    def on_tried(self, message: background_work.Tried) -> None:
        """Show what would come in."""
        if message.question == self._work.question:
            self._trial, self._sorted = message.trial, message.sorted
            self._is_busy = not message.trial.is_whole
            self._show()

    def on_imported(self, message: background_work.Imported) -> None:
        """Show what came in."""
        if message.question != self._work.question:
            return
        self._is_importing = self._is_busy = False
        self._done, self._sorted = message.report, message.sorted
        self._show()
        counts = message.sorted.counts
        if message.report.run_id is None:
            self.say(" ".join(filter(None, (f"Nothing came in: {counts}.", message.said))), warning=True)
        else:
            back = f"; {self._key('edit.undo')} takes it back."
            self.say(" ".join(filter(None, (f"Imported: {counts}{back}", message.said))))
        self._note_changes()

    def on_taken_back(self, message: background_work.TakenBack) -> None:
        """Say what was taken back, and prepare the import again."""
        if message.question != self._work.question:
            return
        self._is_taking_back = False
        self.say(f"Undone: {message.label}")
        self._prepare()
        self._note_changes()

    def on_failed(self, message: background_work.Failed) -> None:
        """Say what is wrong; what was known of the file stays."""
        if message.question != self._work.question:
            return
        self._is_importing = self._is_taking_back = self._is_busy = False
        self._show()
        if not message.was_stopped and self._done is None:
            self._trial = self._sorted = None
            self.rows.set_source(ListSource())
            self.rows.set_empty(in_window(message.text))
        self.say(in_window(message.text), warning=True)

    def on_going(self, message: Going) -> None:
        """Say how far it is."""
        if message.question == self._work.question and self._is_busy:
            self._show_title(progress_text(message))

    def _note_changes(self) -> None:
        """Let who listens read again now, and not at the next look at the file."""
        try:
            self.session.poll()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)

    # what is shown

    def _show(self) -> None:
        self.taken.show_rows(lists.taken_rows(self._taken))
        name = Path(self.path).name
        self.taken.set_title("how it is read", f"import of {name}" if name else "import of a file")
        if self.look is not None and self._sorted is not None:
            names: Mapping[int, str] = self._report.names if self._report is not None else {}
            draw = lists.row_drawer(self._sorted.flagged, self._records, self.look, names)
            filtered = self._sorted.of(self.filter)
            self.rows.set_source(ListSource(LazyRows(filtered, draw, lambda row: row.row)))
            self.rows.set_empty("No rows." if not self.filter else f"No {self._filter_word} rows.")
        else:
            self.rows.set_source(ListSource())
            self.rows.set_empty("Reading…" if self._is_busy else "Choose a file: enter on the first line.")
        self._show_title()
        self._share_height()
        self.show_hints()

    def _show_title(self, going: str = "") -> None:
        known = self._sorted
        name = "rows" if not self.filter else f"{self._filter_word} rows"
        if self._is_importing:
            self.rows.set_title("importing", f"{going or '…'}  {self._key('app.back')} stops it")
            return
        if going or known is None or self._is_busy:
            self.rows.set_title(name, going)
            return
        when = "came in: " if self._done is not None else ""
        self.rows.set_title(name, f"{when}{known.counts}", alarming=(known.refused,))

    def _share_height(self) -> None:
        if self.has_class("-wide"):
            self.taken.styles.height = "1fr"
            return
        room = max(4, self.size.height - 1)
        share = _SHARE if self.rows.has_focus else _SHARE_FOCUSED
        self.taken.styles.height = max(3, min(self.taken.count + self.taken.lead_lines, int(room * share)))

    @property
    def proposals(self) -> Sequence[Proposal]:
        """What the dry run proposes, until the file is in."""
        return self._trial.report.proposals if self._trial is not None and self._done is None else ()

    @property
    def _report(self) -> ImportReport | None:
        if self._done is not None:
            return self._done
        return self._trial.report if self._trial is not None else None

    @property
    def _records(self) -> Mapping[int, Mapping[str, str]]:
        return self._trial.records if self._trial is not None else {}

    @property
    def _filter_word(self) -> str:
        return lists.SPOKEN[self.filter]

    @property
    def _taken(self) -> Taken:
        report = self._report if self._trial is None or self._trial.is_whole else None
        return Taken(
            path=self.path,
            look=self.look,
            options=self.options,
            is_kind_chosen=bool(self._kind),
            profile=self._profile,
            report=report,
        )

    def _key(self, action_id: str) -> str:
        return actions.main_key(action_id, rebound_of(self))

    # what is done

    def reason(self, action_id: str) -> str:
        """No place in the window is gone to, which would close this screen, while the import is running."""
        if self._is_importing and action_id in PLACES:
            return f"the import is running; {self._key('app.back')} stops it"
        if self._is_taking_back and action_id in (*PLACES, "app.back"):
            return "it is being taken back: a moment"
        return super().reason(action_id)

    def own_reason(self, action_id: str) -> str:
        """What the import does not allow now."""
        if action_id == "import.run":
            return self._no_import()
        if (self._is_importing or self._is_taking_back) and action_id in _CHANGING:
            return "the import is running" if self._is_importing else "it is being taken back: a moment"
        if action_id in ("import.filter", "panel.view") and self._report is None:
            return "nothing is known of the rows yet"
        if action_id == "record.open" and self.table.cursor_key is None:
            return "no row is under the cursor"
        return ""

    def _no_import(self) -> str:
        if self.look is None:
            return "choose a file first: enter on the first line"
        if self._is_importing:
            return "the import is running"
        if self._done is not None and self._done.run_id is not None:
            return f"it is in already; {self._key('edit.undo')} takes it back"
        if self._is_busy or self._trial is None:
            return "the rows are still being looked at" if self._is_busy else "the file cannot be read so"
        if self._trial.report.is_refused:
            return "no row would come in"
        return "" if self._trial.report.total else "there are no rows"

    def _ask_first(self) -> None:
        if not self.path and self.is_current:
            self._choices.ask_file()

    def _prepare(self) -> None:
        self._trial = self._sorted = self._done = None
        self.filter = ""
        self._is_busy = True
        self._work.prepare(Job(Path(self.path), self._kind, self.options, self._data))
        self._show()

    def _run(self) -> None:
        if self.look is None or self._trial is None:
            return
        self._is_importing = self._is_busy = True
        total = self._trial.report.total
        self._work.bring_in(Job(Path(self.path), self.look.kind, self.options, self._data), total)
        self._show()

    def _open(self) -> None:
        key = self.table.cursor_key
        if self.table is self.rows:
            self._open_row(key)
        elif isinstance(key, TakenKey) and key.what == "column":
            self._choices.ask_column(key.which)
        elif isinstance(key, TakenKey) and key.what == "taken":
            self._choices.ask(key.which)
        elif isinstance(key, TakenKey) and key.what == "proposal":
            self._choices.take_proposal(int(key.which))
        else:
            self._report_view()

    def _open_row(self, key: object) -> None:
        if (report := self._report) is None or self.look is None:
            return
        if (view := row_view(report, key, self._records, self.look)) is not None:
            open_over(self, view)

    def _filter(self) -> None:
        if self._sorted is not None:
            self.filter = self._sorted.after(self.filter)
            self.rows.cursor = 0
            self._show()

    def _other_list(self) -> None:
        self.set_focus(self.taken if self.rows.has_focus else self.rows)

    def _report_view(self) -> None:
        if (report := self._report) is not None:
            open_over(self, report_view(report))

    def _undo(self) -> None:
        if self._done is not None and self._done.run_id is not None:
            self._is_busy = self._is_taking_back = True
            self._work.take_back()
        else:
            super()._undo()

    def _back(self) -> None:
        if self._is_importing:
            self._work.stop()
            self._show_title("stopping …")
        else:
            self.dismiss(None)

    routes: ClassVar = {
        "record.open": _open,
        "import.run": _run,
        "import.filter": _filter,
        "panel.next": _other_list,
        "panel.previous": _other_list,
        "panel.view": _report_view,
    }
    BINDINGS = table_bindings(routes)
