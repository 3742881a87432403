"""All surveys; enter shows what one came to, with intervals, names and who was answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.message import Message

from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.surveys.as_text import result_lines
from onewindow.desk.surveys.preview import preview_lines
from onewindow.desk.surveys.questions import questions_of
from onewindow.desk.surveys.results import results
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.feedback import Survey
from onewindow.records.fields import Record
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store import rows, surveys
from onewindow.store.changes import Change
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table


class SurveysScreen(TableScreen[None]):
    """`enter` reads the result, `v` the survey as a client sees it, `n` writes a new one."""

    scope = "surveys"
    verbs: ClassVar = {"record.open": "result", "record.new": "new", "panel.view": "as the client sees it"}

    class Read(Message):
        """A result has been worked out."""

        def __init__(self, title: str, lines: list[str]) -> None:
            super().__init__()
            self.title = title
            self.lines = lines

    class Failed(Message):
        """The answers could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Show all surveys, the newest first."""
        columns = (
            Column(min_width=24),
            Column(width=12, drop_priority=2),
            Column(width=9, drop_priority=1),
            Column(width=9),
        )
        super().__init__(session, Table("surveys", ("survey", "kind", "channel", "questions"), columns))
        self._reader = BesideReader(session.store)

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._read()

    def on_unmount(self) -> None:
        """Stop listening and reading."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what this or another process changed."""
        if any(change.entity == "survey" for change in changes):
            self._read()

    def own_reason(self, action_id: str) -> str:
        """All but adding needs a row."""
        needs_row = action_id != "record.new"
        return "no row is under the cursor" if needs_row and self._current() is None else ""

    # inside

    def _read(self) -> None:
        found = surveys.surveys(self.session.store)
        self.table.set_empty("No survey yet. n writes the first one.")
        self.table.set_source(ListSource([self._row(survey) for survey in found]))
        self.table.set_title("surveys", str(len(found)))
        self.show_hints()

    def _row(self, survey: Survey) -> Row:
        gift = " (paid for)" if survey.incentive.strip() else ""
        return Row(
            RecordKey("survey", survey.id),
            (
                Cell(survey.title + gift),
                Cell(survey.survey_kind, "dim"),
                Cell(survey.channel, "dim"),
                Cell(str(len(questions_of(survey)))),
            ),
        )

    def _current(self) -> Survey | None:
        key = self.table.cursor_key
        return rows.find(self.session.store, Survey, key.id) if isinstance(key, RecordKey) else None

    def _result(self) -> None:
        survey = self._current()
        if survey is None:
            return
        session = self.session

        # Answers may be many: they are read beside the keys.
        def loads(store: Store) -> Iterator[list[str]]:
            beside = session.beside(store)
            yield result_lines(beside, results(beside, survey, by="tier"), "tier")

        self.say("Reading the answers…")
        self._reader.ask(
            loads,
            lambda lines: self.post_message(self.Read(survey.title, lines)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def on_surveys_screen_read(self, message: Read) -> None:
        """Show a result."""
        open_over(self, TextView(message.title, message.lines))

    def on_surveys_screen_failed(self, message: Failed) -> None:
        """Say why there is none."""
        self.say(str(message.problem), warning=True)

    def _preview(self) -> None:
        if survey := self._current():
            open_over(self, TextView(survey.title, preview_lines(survey)))

    def _new(self) -> None:
        open_over(self, RecordForm(self.session, "survey"), self._saved)

    def _edit(self) -> None:
        open_over(self, RecordForm(self.session, "survey", self._current()), self._saved)

    def _saved(self, record: Record | None) -> None:
        if record is not None:
            self._read()
            self.table.move_to_key(RecordKey("survey", record.id))

    routes: ClassVar = {
        "record.open": _result,
        "record.new": _new,
        "record.edit": _edit,
        "panel.view": _preview,
    }
    BINDINGS = table_bindings(routes)
