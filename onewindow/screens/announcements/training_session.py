"""One training session: who is invited, who comes, who came; marks write the clients' lessons."""

from __future__ import annotations

from typing import ClassVar, cast

from onewindow.desk.announcements import training_sessions
from onewindow.desk.announcements.as_text import seats_text
from onewindow.desk.announcements.rows import ATTENDANCE_COLUMNS, ATTENDANCE_HEADINGS, attendance_row
from onewindow.desk.editing.parsing import shown_fields
from onewindow.desk.meetings.unknown_caller import UnknownCaller
from onewindow.desk.session.context import Session
from onewindow.desk.templates.writing import addressee
from onewindow.desk.window.panels.when import when_at
from onewindow.records.adoption import AttendanceState, TrainingSession
from onewindow.records.clients import Client
from onewindow.records.fields import Record
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.finder_screen import ClientFinder
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.messages.writing import MessageActions
from onewindow.store import rows
from onewindow.store.adoption import training
from onewindow.store.adoption.training import AttendanceLine
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_KINDS = frozenset({"session", "attendance", "client", "contact"})
_FREE = frozenset({"record.new", "record.why", "attendance.resolve", "app.back"})
"""Only in the palette: a session ends once."""
_NOT_COMING = (("declined", "declined"), ("missed", "did not come"))


class TrainingSessionScreen(TableScreen[int | None]):
    """`n` invites, `m` accepted, `x` attended, `X` declined or missed; gives a client to open."""

    scope = "session"
    tells_times = True
    verbs: ClassVar = {
        "record.new": "invite",
        "attendance.acknowledge": "accepted",
        "record.done": "attended",
        "attendance.decline": "not coming",
        "record.why": "about it",
        "message.write": "letter",
    }

    def __init__(self, session: Session, lesson_id: int) -> None:
        """Show who is invited."""
        super().__init__(session, Table("session", ATTENDANCE_HEADINGS, ATTENDANCE_COLUMNS))
        self._lesson_id = lesson_id
        self._lines: dict[int, AttendanceLine] = {}
        self._letters = MessageActions(
            self, session, self._about_client, lambda text, is_warning: self.say(text, warning=is_warning)
        )

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.table.set_empty("Nobody is invited yet; n invites the audience or one client.")
        self._read()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again if what is shown changed."""
        if any(change.entity in _KINDS for change in changes):
            self._read()

    def own_reason(self, action_id: str) -> str:
        """Most keys need a client, and a session that is over invites nobody."""
        if action_id in ("record.new", "attendance.resolve") and self._lesson().state != "planned":
            return f"the session is {self._lesson().state} already"
        return "no client is under the cursor" if action_id not in _FREE and not self._lines else ""

    # inside

    def _lesson(self) -> TrainingSession:
        return rows.get(self.session.store, TrainingSession, self._lesson_id)

    def _read(self) -> None:
        moment = when_at(self.session, self.session.now())
        lesson, lines = self._lesson(), training.lines(self.session.store, self._lesson_id)
        self._lines = {line.attendance.id: line for line in lines}
        self.table.set_source(ListSource([attendance_row(moment, line) for line in lines]))
        seats = seats_text(training.counts(self.session.store, lesson.id), lesson.capacity)
        self.table.set_title(f"{lesson.title}, {moment.moment(lesson.starts_at)}, {lesson.state}", seats)
        self.show_hints()

    def _current(self) -> AttendanceLine:
        key = self.table.cursor_key
        if not isinstance(key, int) or key not in self._lines:
            raise StoreProblem("No client is under the cursor.")
        return self._lines[key]

    def _about_client(self) -> tuple[Client, Request | None]:
        return rows.get(self.session.store, Client, self._current().attendance.client_id), None

    def _mark(self, state: AttendanceState, note: str = "") -> str:
        line = self._current()
        training_sessions.mark(self.session, line.attendance, state, note=note)
        return f"{line.client}: {state}"

    def _accepted(self) -> None:
        self.say_undoable(self._mark("accepted"))

    def _attended(self) -> None:
        self.say_undoable(self._mark("attended"))

    def _not_coming(self) -> None:
        line = self._current()
        fields = (
            FieldSpec(
                "state",
                "the person",
                "choice",
                choices=_NOT_COMING,
                of=("attendance", "state"),
                never_empty=True,
            ),
            FieldSpec("note", "note"),
        )

        def answered(answers: Answers) -> str:
            return self._mark(cast("AttendanceState", answers["state"]), answers["note"])

        def closed(said: str | None) -> None:
            if said:
                self.say_undoable(said)

        open_over(
            self, Questions(f"{line.client} does not come", fields, answered, {"state": "declined"}), closed
        )

    def _invite(self) -> None:
        lesson = self._lesson()
        words = training_sessions.audience_of(self.session, lesson)
        options = [("one", "One client, found by name")]
        if words.strip():
            options.insert(0, ("all", f"Everybody in {words}"))

        def chosen(what: str | None) -> None:
            if what == "all":
                invited = training_sessions.invite(self.session, lesson)
                self.say_undoable(f"{invited.added} clients are invited")
            elif what == "one":
                open_over(self, ClientFinder(self.session), found_client)

        def found_client(client_id: int | UnknownCaller | None) -> None:
            if not isinstance(client_id, int):
                return
            client = rows.get(self.session.store, Client, client_id)
            person = addressee(self.session, client)
            try:
                training_sessions.add(self.session, lesson, client, person.id if person else None)
            except StoreProblem as problem:
                self.say(str(problem), warning=True)
                return
            self.say_undoable(f"{client.name} is invited")

        open_over(self, Chooser(f"Invite to {lesson.title}", options), chosen)

    def _close(self) -> None:
        options = [
            ("held", "It was held; who accepted and is not marked has missed it"),
            ("", "It is called off"),
        ]

        def chosen(what: str | None) -> None:
            if what == "held":
                training_sessions.close(self.session, self._lesson())
                self.say_undoable("Held")
            elif what == "":
                open_over(
                    self,
                    Questions("Call it off", (FieldSpec("text", "why", required=True),), cancelled),
                    said,
                )

        def cancelled(answers: Answers) -> str:
            training_sessions.cancel(self.session, self._lesson(), answers["text"])
            return "Called off"

        def said(text: str | None) -> None:
            if text:
                self.say_undoable(text)

        open_over(self, Chooser(self._lesson().title, options), chosen)

    def _edit(self) -> None:
        self._form()

    def _open(self) -> None:
        self._form()

    def _form(self) -> None:
        def closed(saved: Record | None) -> None:
            if saved is not None:
                self.say_undoable("Saved")

        attendance = self._current().attendance
        open_over(self, RecordForm(self.session, "attendance", attendance, attendance.client_id), closed)

    def _about(self) -> None:
        lesson = self._lesson()
        lines = [f"{label}: {text}" for label, text in shown_fields(self.session, lesson)]
        open_over(self, TextView(lesson.title, lines))

    def _letter(self) -> None:
        self._letters.write()

    def _client(self) -> None:
        self.dismiss(self._current().attendance.client_id)

    routes: ClassVar = {
        "record.new": _invite,
        "record.edit": _edit,
        "record.done": _attended,
        "record.open": _open,
        "record.why": _about,
        "attendance.acknowledge": _accepted,
        "attendance.decline": _not_coming,
        "attendance.resolve": _close,
        "message.write": _letter,
        "attendance.client": _client,
    }
    BINDINGS = table_bindings(routes)
