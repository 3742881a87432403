"""The register of standards: where each is in its cycle, when it is looked at, how its state is closed."""

from __future__ import annotations

from typing import ClassVar

from onewindow.desk.plans import standards
from onewindow.desk.plans.standards import StandardStatus
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.fields import Record
from onewindow.records.standards import Standard
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store.changes import Change
from onewindow.text.dates import short_day
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_SOON_DAYS = 14


class StandardsScreen(TableScreen[None]):
    """`x` closes the state with a check, `X` notes what is not right yet, `z` looks at it and lets it be."""

    scope = "standards"
    verbs: ClassVar = {
        "record.open": "read",
        "record.done": "check passed",
        "standards.failed": "check failed",
        "standards.review": "holds",
    }

    def __init__(self, session: Session) -> None:
        """Show all standards, those to be looked at first first."""
        columns = (
            Column(min_width=24),
            Column(width=10),
            Column(width=14, drop_priority=2),
            Column(width=14),
            Column(width=26, drop_priority=1),
        )
        super().__init__(
            session, Table("standards", ("standard", "state", "owner", "review", "last check"), columns)
        )
        self._statuses: dict[int, StandardStatus] = {}

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._read()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what this or another process changed."""
        if any(change.entity in ("standard", "standard_check") for change in changes):
            self._read()

    def own_reason(self, action_id: str) -> str:
        """All but adding needs a row."""
        needs_row = action_id != "record.new"
        return "no row is under the cursor" if needs_row and self._current() is None else ""

    # inside

    def _read(self) -> None:
        statuses = standards.register(self.session)
        self._statuses = {status.standard.id: status for status in statuses}
        self.table.set_empty("No standard yet. n writes the first one.")
        self.table.set_source(ListSource([self._row(status) for status in statuses]))
        due = sum(status.days <= 0 for status in statuses)
        self.table.set_title(
            "standards", f"{len(statuses)}, {due} to be looked at" if due else str(len(statuses))
        )
        self.show_hints()

    def _row(self, status: StandardStatus) -> Row:
        late = status.days < 0
        when = f"{-status.days} d late" if late else "today" if not status.days else f"in {status.days} d"
        last = status.last
        told = (
            f"{last.cycle} {last.outcome} {self._day(last.checked_on)}"
            if last is not None
            else "never checked"
        )
        return Row(
            RecordKey("standard", status.standard.id),
            (
                Cell(status.standard.title),
                Cell(status.standard.cycle),
                Cell(self.session.directory.surname(status.standard.owner_id)),
                Cell(when, "late" if late else "warn" if status.days <= _SOON_DAYS else ""),
                Cell(told, "dim"),
            ),
            "!" if late else " ",
        )

    def _day(self, stored: str | None) -> str:
        """A stored day in short, '' for none."""
        return short_day(stored or "", self.session.today())

    def _current(self) -> Standard | None:
        key = self.table.cursor_key
        status = self._statuses.get(key.id) if isinstance(key, RecordKey) else None
        return status.standard if status is not None else None

    def _show(self) -> None:
        if standard := self._current():
            open_over(self, TextView(standard.title, standards.standard_lines(self.session, standard)))

    def _new(self) -> None:
        open_over(self, RecordForm(self.session, "standard"), self._saved)

    def _edit(self) -> None:
        open_over(self, RecordForm(self.session, "standard", self._current()), self._saved)

    def _saved(self, record: Record | None) -> None:
        if record is not None:
            self._read()
            self.table.move_to_key(RecordKey("standard", record.id))

    def _passed(self) -> None:
        self._check(is_passed=True)

    def _failed(self) -> None:
        self._check(is_passed=False)

    def _check(self, *, is_passed: bool) -> None:
        standard = self._current()
        if standard is None:
            return

        def answered(values: Answers) -> str:
            note = values.get("note", "")
            _, after = standards.check(self.session, standard, "passed" if is_passed else "failed", note)
            return f"{after.title}: {after.cycle}, review by {self._day(after.review_on)}"

        def closed(said: str | None) -> None:
            if said:
                self.say_undoable(said)

        word = "closes" if is_passed else "stays in"
        title = f"{standard.title}: {word} “{standard.cycle}”"
        field = FieldSpec("note", "what you saw", required=True, hint="what, and of how many")
        open_over(self, Questions(title, (field,), answered), closed)

    def _review(self) -> None:
        if standard := self._current():
            after = standards.review(self.session, standard)
            self.say_undoable(f"It holds; looked at again by {self._day(after.review_on)}")

    routes: ClassVar = {
        "record.open": _show,
        "record.new": _new,
        "record.edit": _edit,
        "record.done": _passed,
        "standards.failed": _failed,
        "standards.review": _review,
    }
    BINDINGS = table_bindings(routes)
