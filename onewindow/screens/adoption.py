"""One client's adoption: a year of each product in bars, functions, versions, workplaces, people, lessons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.events import Resize

from onewindow.desk.adoption import rows as adoption_rows
from onewindow.desk.adoption import training_results
from onewindow.desk.adoption.summary import ProductUse, read_adoption
from onewindow.desk.editing.parsing import shown_fields
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Training, Workplace
from onewindow.records.fields import Lean, Record
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store import rows
from onewindow.store.changes import Change, record_of
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import short_day
from onewindow.text.typed_dates import parse_date
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_KINDS = frozenset(
    {"usage", "feature_use", "licence", "workplace", "training", "learner", "contact", "product", "release"}
)
_NEEDS_ROW = frozenset(
    {"record.open", "record.edit", "record.done", "adoption.missed", "adoption.date", "record.why"}
)
_YEAR, _HALF = 52, 26
_WIDE = 112
"""From so many cells on a whole year of bars has room."""


class AdoptionScreen(TableScreen[None]):
    """`n` books a lesson, `x` says how it went or what was installed, `t` moves it, `w` tells the numbers."""

    scope = "adoption_screen"
    verbs: ClassVar[Mapping[str, str]] = {
        "record.new": "book lesson",
        "record.done": "held, installed",
        "adoption.missed": "missed",
        "adoption.date": "move",
        "record.new_other": "workplace",
        "record.open": "open",
        "record.why": "why",
    }

    def __init__(self, session: Session, client_id: int) -> None:
        """Show a client; raises NotFound."""
        super().__init__(session, Table("adoption", adoption_rows.HEADINGS, adoption_rows.columns(_HALF)))
        self.snapshot = read_adoption(session, client_id)
        self._weeks = _HALF

    def on_mount(self) -> None:
        """Show what was read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.table.set_empty("No licences, people or lessons yet; n books a lesson, N adds a workplace.")
        self._show()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def on_resize(self, event: Resize) -> None:
        """Show a year of bars where there is room, else half a year."""
        weeks = _YEAR if event.size.width >= _WIDE else _HALF
        if weeks != self._weeks:
            self._weeks = weeks
            self.table.set_headings(adoption_rows.HEADINGS, adoption_rows.columns(weeks))
            self._show()

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what changed of this client."""
        mine = (self.snapshot.client.id, None)
        if any(change.client_id in mine and change.entity in _KINDS for change in changes):
            self.snapshot = read_adoption(self.session, self.snapshot.client.id)
            self._show()

    def own_reason(self, action_id: str) -> str:
        """Why an action can do nothing on this row."""
        key = self.table.cursor_key
        if action_id not in _NEEDS_ROW:
            return ""
        if key is None:
            return "no row is under the cursor"
        kind = key.kind if isinstance(key, RecordKey) else ""
        if action_id in ("adoption.missed", "adoption.date") and kind != "training":
            return "only a lesson can be missed or moved"
        if action_id == "record.done" and kind not in ("training", "workplace"):
            return "lessons are held and workplaces installed; go to one of them"
        if action_id in ("record.open", "record.edit") and not kind:
            return "this row is counted and has no card of its own"
        return ""

    # inside

    def _show(self) -> None:
        self.table.set_source(ListSource(adoption_rows.rows_of(self.session, self.snapshot, self._weeks)))
        parts = [self.snapshot.client.name, adoption_rows.summary(self.snapshot), f"{self._weeks} weeks"]
        self.table.set_title("adoption", ", ".join(part for part in parts if part))
        self.show_hints()

    def _key(self) -> RecordKey:
        key = self.table.cursor_key
        if not isinstance(key, RecordKey):
            raise StoreProblem("This row is counted and has no card of its own.")
        return key

    def _lesson(self) -> Training:
        return rows.get(self.session.store, Training, self._key().id)

    def _product(self) -> ProductUse | None:
        key = self.table.cursor_key
        for product in self.snapshot.products:
            if isinstance(key, RecordKey) and any(licence.id == key.id for licence in product.licences):
                return product
        return None

    def _new(self) -> None:
        """Book a lesson for people of the client."""
        fields = (
            FieldSpec("title", "subject", required=True, hint="what it is about"),
            FieldSpec("day", "day", hint="a day, or from now: +3d"),
            FieldSpec(
                "people",
                "who learns",
                hint="surnames, with commas",
                help="Names; all, or untaught for who had none yet.",
            ),
        )
        self._ask("Book a lesson", fields, self._book)

    def _book(self, given: Answers) -> str:
        day = self._day(given.get("day", ""), "", "ahead")
        lesson = Training(
            client_id=self.snapshot.client.id,
            title=given["title"].strip(),
            planned_on=day or None,
            trainer_id=self.session.me.id,
        )
        stored = training_results.book(self.session, lesson, given.get("people", ""))
        self.table.move_to_key(RecordKey("training", stored.id))
        return f"Booked “{stored.title}”"

    def _new_place(self) -> None:
        self._form("workplace", None)

    def _open(self) -> None:
        product = self._product()
        if product is not None:
            open_over(self, TextView(product.name, adoption_rows.product_lines(self.session, product)))
        else:
            self._edit()

    def _edit(self) -> None:
        key = self._key()
        self._form(key.kind, record_of(self.session.store, key.kind, key.id))

    def _why(self) -> None:
        product = self._product()
        if product is not None:
            open_over(self, TextView(product.name, adoption_rows.product_lines(self.session, product)))
            return
        key = self.table.cursor_key
        if not isinstance(key, RecordKey):
            self.say("Functions are those that any client used; those never touched stand last.")
            return
        record = record_of(self.session.store, key.kind, key.id)
        lines = [f"{label}: {text}" for label, text in shown_fields(self.session, record)]
        open_over(self, TextView(naming.called(self.session, record), lines))

    def _done(self) -> None:
        key = self._key()
        if key.kind == "workplace":
            self._install(rows.get(self.session.store, Workplace, key.id))
        else:
            self._held(self._lesson())

    def _held(self, lesson: Training) -> None:
        known = training_results.people_of(self.session, lesson)
        came = ", ".join(part for part in (known.get("planned", ""), known.get("done", "")) if part)
        fields = (
            FieldSpec("passed", "passed", hint="surnames, with commas"),
            FieldSpec("came", "came", hint="all if left out"),
            FieldSpec("missed", "missed"),
            FieldSpec("day", "held on", hint="today if left out"),
        )
        values = {"passed": known.get("passed", ""), "came": came, "missed": known.get("missed", "")}

        def answered(given: Answers) -> str:
            result = training_results.Result(given["passed"], given["came"], given["missed"])
            today = self.session.today().isoformat()
            settled = training_results.settle(
                self.session, lesson, result, self._day(given["day"], today, "behind")
            )
            return f"“{settled.title}” {settled.state}"

        self._ask(f"How was “{lesson.title}”?", fields, answered, values)

    def _missed(self) -> None:
        lesson = self._lesson()
        known = training_results.people_of(self.session, lesson)
        names = ", ".join(name for name in known.values() if name)
        fields = (FieldSpec("missed", "who missed it", hint="all if left out"),)

        def answered(given: Answers) -> str:
            training_results.settle(
                self.session, lesson, training_results.Result(missed=given["missed"] or "all")
            )
            return f"“{lesson.title}” missed"

        self._ask(f"Who missed “{lesson.title}”?", fields, answered, {"missed": names})

    def _date(self) -> None:
        lesson = self._lesson()
        fields = (FieldSpec("day", "new day", required=True, hint="a day, or from now: +3d"),)

        def answered(given: Answers) -> str:
            moved = training_results.move(self.session, lesson, self._day(given["day"], "", "ahead"))
            return f"“{moved.title}” on {short_day(moved.planned_on or '', self.session.today())}"

        self._ask(f"When is “{lesson.title}”?", fields, answered)

    def _install(self, place: Workplace) -> None:
        newest = {product.product_id: product.newest for product in self.snapshot.products}
        fields = (
            FieldSpec("version", "version", required=True),
            FieldSpec("day", "installed on", hint="today if left out"),
        )

        def answered(given: Answers) -> str:
            day = self._day(given["day"], self.session.today().isoformat(), "behind")
            training_results.install(self.session, place, given["version"], day)
            return f"{place.name}: version {given['version']}"

        values = {"version": newest.get(place.product_id or 0, "")}
        self._ask(f"What was installed at {place.name}?", fields, answered, values)

    def _day(self, typed: str, empty: str, lean: Lean) -> str:
        if not typed.strip():
            return empty
        try:
            return parse_date(typed.strip(), self.session.today(), lean).isoformat()
        except ValueError as error:
            raise StoreProblem(str(error)) from error

    def _ask(
        self,
        title: str,
        fields: tuple[FieldSpec, ...],
        answered: Callable[[Answers], str],
        values: Answers | None = None,
    ) -> None:
        def closed(said: str | None) -> None:
            if said:
                self.say_undoable(said)

        open_over(self, Questions(title, fields, answered, values), closed)

    def _form(self, kind: str, record: Record | None) -> None:
        def closed(saved: Record | None) -> None:
            if saved is not None:
                self.say_undoable("Saved")

        open_over(self, RecordForm(self.session, kind, record, self.snapshot.client.id), closed)

    routes: ClassVar = {
        "record.new": _new,
        "record.new_other": _new_place,
        "record.open": _open,
        "record.edit": _edit,
        "record.done": _done,
        "adoption.missed": _missed,
        "adoption.date": _date,
        "record.why": _why,
    }
    BINDINGS = table_bindings(routes)
