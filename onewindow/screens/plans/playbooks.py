"""Playbooks: the list of them, and the steps of one, edited in place and tried on a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from onewindow.desk.editing import changing
from onewindow.desk.plans import playbooks
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Playbook, PlaybookStep
from onewindow.records.fields import Record
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store import rows
from onewindow.store.changes import Change
from onewindow.store.plans import progress as plans
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.text.typed_dates import parse_date
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_REREAD = frozenset({"playbook", "playbook_step"})


class _Edited(TableScreen[None]):
    """What both screens do with the record under the cursor."""

    record: ClassVar[type[Record]]

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.read()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what this or another process changed."""
        if any(change.entity in _REREAD for change in changes):
            self.read()

    def read(self) -> None:
        """Show the rows as they are now."""
        raise NotImplementedError

    def own_reason(self, action_id: str) -> str:
        """All but adding needs a row."""
        needs_row = action_id != "record.new"
        return "no row is under the cursor" if needs_row and self._current_id() is None else ""

    def _current_id(self) -> int | None:
        key = self.table.cursor_key
        return key.id if isinstance(key, RecordKey) else None

    def _edit(self) -> None:
        self._form(rows.get(self.session.store, self.record, self._current_id() or 0))

    def _form(self, record: Record | None, preset: Mapping[str, str] | None = None) -> None:
        def closed(saved: Record | None) -> None:
            if saved is not None:
                self.read()
                self.table.move_to_key(RecordKey(saved.kind, saved.id))

        open_over(self, RecordForm(self.session, self.record.kind, record, preset=preset), closed)

    def _archive(self) -> None:
        record = rows.get(self.session.store, self.record, self._current_id() or 0)
        changing.archive(self.session, record)
        self.say_undoable("Archived it")


class PlaybooksScreen(_Edited):
    """Every playbook: enter shows its steps, `n` begins a new one."""

    scope = "playbooks"
    record = Playbook
    verbs: ClassVar = {"record.open": "steps", "record.why": "check"}

    def __init__(self, session: Session) -> None:
        """Show all that are in use."""
        columns = (Column(width=12), Column(min_width=20), Column(width=8), Column(width=9), Column(width=22))
        super().__init__(session, Table("playbooks", ("kind", "name", "steps", "edition", ""), columns))

    def read(self) -> None:
        """Show the playbooks by kind and name."""
        playbooks_shown = playbooks.all_playbooks(self.session)
        self.table.set_empty(
            "No playbook yet. n begins one; `onewindow playbook import onboarding` takes a ready one."
        )
        self.table.set_source(
            ListSource(
                [
                    Row(
                        RecordKey("playbook", playbook.id),
                        (
                            Cell(playbook.plan_kind),
                            Cell(playbook.name),
                            Cell(str(len(plans.playbook_steps(self.session.store, playbook.id)))),
                            Cell(str(playbook.edition)),
                            Cell("starts with a contract" if playbook.starts_itself else "", "dim"),
                        ),
                    )
                    for playbook in playbooks_shown
                ]
            )
        )
        self.table.set_title("playbooks", str(len(playbooks_shown)))
        self.show_hints()

    def _open(self) -> None:
        open_over(self, PlaybookScreen(self.session, self._current_id() or 0))

    def _new(self) -> None:
        self._form(None)

    def _check(self) -> None:
        playbook = rows.get(self.session.store, Playbook, self._current_id() or 0)
        problems = playbooks.problems_of(self.session, playbook)
        open_over(self, TextView(f"Check: {playbook.name}", problems or ["Nothing is wrong."]))

    routes: ClassVar = {
        "record.open": _open,
        "record.new": _new,
        "record.edit": _Edited._edit,
        "record.archive": _Edited._archive,
        "record.why": _check,
    }
    BINDINGS = table_bindings(routes)


class PlaybookScreen(_Edited):
    """The steps of one playbook; `t` tries a start, `[` and `]` move the step up and down."""

    scope = "playbook"
    record = PlaybookStep
    verbs: ClassVar = {
        "record.new": "add",
        "playbook.try": "try a start",
        "client.back": "up",
        "client.forward": "down",
    }

    def __init__(self, session: Session, playbook_id: int) -> None:
        """Show a playbook as if it started today; raises NotFound."""
        columns = (
            Column(min_width=24),
            Column(width=15, drop_priority=1),
            Column(width=10),
            Column(width=12),
            Column(width=12),
            Column(width=16, drop_priority=2),
        )
        headings = ("step", "role", "days", "due", "ends in", "phase")
        super().__init__(session, Table("playbook", headings, columns))
        self._playbook = rows.get(session.store, Playbook, playbook_id)
        self._started: date = session.today()

    def read(self) -> None:
        """Show the steps with the dates that they would have."""
        self._playbook = rows.get(self.session.store, Playbook, self._playbook.id)
        try:
            tried = playbooks.tried_dates(self.session, self._playbook, self._started)
            dates = {step.id: f"{due:%a %d.%m}" for step, due in tried}
        except StoreProblem as problem:
            dates = {}
            self.say(str(problem), warning=True)
        steps = plans.playbook_steps(self.session.store, self._playbook.id)
        places = {step.id: place for place, step in enumerate(steps, start=1)}
        sign = "* " if self.session.settings.ascii else "◆ "
        self.table.set_empty("No steps yet. n adds one.")
        self.table.set_source(
            ListSource(
                [
                    Row(
                        RecordKey("playbook_step", step.id),
                        (
                            Cell(f"{place}. {sign if step.is_control_point else ''}{step.title}"),
                            Cell(step.role.replace("_", " ")),
                            Cell(_days(step, places)),
                            Cell(dates.get(step.id, "")),
                            Cell(step.result_kind if step.result_kind != "none" else "", "dim"),
                            Cell(step.phase, "dim"),
                        ),
                    )
                    for place, step in enumerate(steps, start=1)
                ]
            )
        )
        self.table.set_title(
            self._playbook.name,
            f"{len(steps)} steps, edition {self._playbook.edition}, start {self._started:%d.%m.%Y}",
        )
        self.show_hints()

    def own_reason(self, action_id: str) -> str:
        """Adding and trying need no row."""
        return "" if action_id == "playbook.try" else super().own_reason(action_id)

    def _new(self) -> None:
        steps = plans.playbook_steps(self.session.store, self._playbook.id)
        position = max((step.position for step in steps), default=0) + 1
        self._form(None, {"playbook_id": str(self._playbook.id), "position": str(position)})

    def _try_start(self) -> None:
        def answered(values: Answers) -> str:
            try:
                self._started = parse_date(values.get("day", ""), self.session.today())
            except ValueError as error:
                raise StoreProblem(str(error)) from error
            return f"As if it started on {self._started:%d.%m.%Y}"

        def closed(said: str | None) -> None:
            if said:
                self.read()
                self.say(said)

        field = FieldSpec("day", "start", required=True, hint="28.12, next monday")
        open_over(self, Questions("Try a start", (field,), answered), closed)

    def _up(self) -> None:
        self._shift(-1)

    def _down(self) -> None:
        self._shift(1)

    def _shift(self, by: int) -> None:
        step = rows.get(self.session.store, PlaybookStep, self._current_id() or 0)
        playbooks.move(self.session, step, by)
        self.read()
        self.table.move_to_key(RecordKey("playbook_step", step.id))

    routes: ClassVar = {
        "record.open": _Edited._edit,
        "record.new": _new,
        "record.edit": _Edited._edit,
        "record.archive": _Edited._archive,
        "playbook.try": _try_start,
        "client.back": _up,
        "client.forward": _down,
    }
    BINDINGS = table_bindings(routes)


def _days(step: PlaybookStep, places: Mapping[int, int]) -> str:
    """`5` after the start, `3: +4` four days after the third step."""
    place = places.get(step.depends_on_id or 0)
    return str(step.due_after_days) if place is None else f"{place}: +{step.due_after_days}"
