"""Novelties: announcements and how they stand, training sessions, and releases that nobody announced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal, get_args

from textual.message import Message

from onewindow.desk.announcements import announcing, as_text, effect_report, rows
from onewindow.desk.announcements.announcing import Audience
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import when_at
from onewindow.records.adoption import Announcement, Release, TrainingSession
from onewindow.records.fields import Record
from onewindow.screens.announcements.announcement import AnnouncementScreen
from onewindow.screens.announcements.training_session import TrainingSessionScreen
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store.adoption import training
from onewindow.store.announcements import announcement_records
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.cells import Row
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

View = Literal["announcements", "sessions", "releases"]
VIEWS: tuple[View, ...] = get_args(View)
_KINDS = frozenset({"announcement", "delivery", "session", "attendance", "release", "message"})
_HEADS = {
    "announcements": (rows.ANNOUNCEMENT_HEADINGS, rows.ANNOUNCEMENT_COLUMNS),
    "sessions": (rows.SESSION_HEADINGS, rows.SESSION_COLUMNS),
    "releases": (rows.RELEASE_HEADINGS, rows.RELEASE_COLUMNS),
}
_EMPTY = {
    "announcements": "Nothing was announced yet. n writes an announcement: what, to whom, by which channel.",
    "sessions": "No training session yet. n makes one: subject, time, place, seats, and whom to invite.",
    "releases": "No release is on file. n notes one: product, version, what is new.",
}
_KIND_OF = {"announcements": "announcement", "sessions": "session", "releases": "release"}
_NEEDS_ROW = frozenset({"record.open", "record.edit", "record.done", "record.why", "record.archive"})
_Item = Announcement | TrainingSession | Release
_Read = tuple[Sequence[_Item], list[Row], str]


class ReleasesScreen(TableScreen[Chosen | None]):
    """`f` changes the view, `enter` opens a row, `x` queues and sends, `w` says what followed."""

    scope = "novelties"
    tells_times = True
    verbs: ClassVar = {
        "record.open": "clients",
        "record.done": "queue, send",
        "record.new": "new",
        "record.why": "report",
    }

    class Looked(Message):
        """It is known whom an announcement reaches."""

        def __init__(self, item: Announcement, audience: Audience) -> None:
            super().__init__()
            self.item = item
            self.audience = audience

    class Failed(Message):
        """An audience could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Begin with the announcements."""
        super().__init__(session, Table("novelties", *_HEADS["announcements"]))
        self.view: View = "announcements"
        self._items: dict[int, _Item] = {}
        self._reader = BesideReader(session.store)

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._read()

    def on_unmount(self) -> None:
        """Stop reading and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again if an announcement, a session or a release changed."""
        if any(change.entity in _KINDS for change in changes):
            self._read()

    def position(self) -> dict[str, str]:
        """Which view is shown, and the row under the cursor."""
        return {**super().position(), "view": self.view}

    def restore(self, position: Mapping[str, str]) -> bool:
        """Show the view that was shown."""
        for view in VIEWS:
            if view == position.get("view"):
                self.view = view
        self._read()
        return super().restore(position)

    def own_reason(self, action_id: str) -> str:
        """Some keys need a row, and only announcements are sent."""
        if action_id in _NEEDS_ROW and not self._items:
            return "no row is under the cursor"
        if action_id == "record.done" and self.view != "announcements":
            return "only an announcement is queued and sent; f goes to them"
        return ""

    # what is shown

    def _read(self) -> None:
        read = {
            "announcements": self._read_announcements,
            "sessions": self._read_sessions,
            "releases": self._read_releases,
        }
        items, drawn, count = read[self.view]()
        self._items = {item.id: item for item in items}
        self.table.set_headings(*_HEADS[self.view])
        self.table.set_empty(_EMPTY[self.view])
        self.table.set_source(ListSource(drawn))
        self.table.set_title(f"novelties: {self.view}", count)
        self.show_hints()

    def _read_announcements(self) -> _Read:
        announced = announcement_records.announcements(self.session.store)
        statuses = [as_text.status_of(self.session, announcement) for announcement in announced]
        waits = sum(status.counts.get("queued", 0) for status in statuses)
        return (
            announced,
            [rows.announcement_row(e) for e in statuses],
            f"{len(announced)}, {waits} clients wait",
        )

    def _read_sessions(self) -> _Read:
        moment = when_at(self.session, self.session.now())
        sessions = training.sessions(self.session.store)
        drawn = [
            rows.session_row(self.session, moment, planned, training.counts(self.session.store, planned.id))
            for planned in sessions
        ]
        return (
            sessions,
            drawn,
            f"{len(sessions)}, {sum(planned.state == 'planned' for planned in sessions)} to come",
        )

    def _read_releases(self) -> _Read:
        moment = when_at(self.session, self.session.now())
        announced = announcement_records.announcements(self.session.store)
        releases = announcement_records.releases(self.session.store)
        drawn = [
            rows.release_row(
                self.session, moment, release, [one for one in announced if one.release_id == release.id]
            )
            for release in releases
        ]
        return releases, drawn, f"{len(releases)}"

    def _current(self) -> _Item:
        key = self.table.cursor_key
        if not isinstance(key, int) or key not in self._items:
            raise StoreProblem("No row is under the cursor.")
        return self._items[key]

    # what is done

    def _open(self) -> None:
        item = self._current()
        if isinstance(item, Announcement):
            open_over(self, AnnouncementScreen(self.session, item.id), self._asked_for_client)
        elif isinstance(item, TrainingSession):
            open_over(self, TrainingSessionScreen(self.session, item.id), self._asked_for_client)
        else:
            self._edit()

    def _asked_for_client(self, client_id: int | None) -> None:
        if client_id is not None:
            self.dismiss(Chosen(client_id, RecordKey("client", client_id)))

    def _new(self) -> None:
        preset: dict[str, str] = {}
        item = self._items.get(self.table.cursor_key) if isinstance(self.table.cursor_key, int) else None
        kind = _KIND_OF[self.view]
        if isinstance(item, Release):
            # What was released is what one announces next.
            kind = "announcement"
            preset = {"product_id": str(item.product_id), "release_id": str(item.id), "text": item.notes}
        self._form(kind, None, preset)

    def _edit(self) -> None:
        item = self._current()
        self._form(item.kind, item, None)

    def _form(self, kind: str, record: Record | None, preset: dict[str, str] | None) -> None:
        def closed(saved: Record | None) -> None:
            if saved is not None:
                self.say_undoable("Saved")

        open_over(self, RecordForm(self.session, kind, record, preset=preset), closed)

    def _archive(self) -> None:
        changing.archive(self.session, self._current())
        self.say_undoable("Archived")

    def _forward(self) -> None:
        """Queue it for whom it reaches, after a look at who that is; then put it into the outbox."""
        item = self._current()
        if not isinstance(item, Announcement):
            return
        self.say("Looking whom it reaches …")
        # An audience may be everybody, and keys must not wait for that.
        self._reader.ask(
            lambda store: [announcing.audience(self.session.beside(store), item)],
            lambda audience: self.post_message(self.Looked(item, audience)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def on_releases_screen_looked(self, message: Looked) -> None:
        """Offer what can be done with an announcement."""
        item, audience = message.item, message.audience
        waits = announcement_records.counts(self.session.store, item.id).get("queued", 0)
        options = [("look", f"Look whom it reaches: {audience.reached} of {audience.total} clients")]
        if audience.reached:
            options.insert(0, ("queue", f"Queue it for {audience.reached} clients"))
        if waits and not announcing.is_by_hand(item):
            options.insert(0, ("send", f"Put what waits into the outbox: {waits} clients"))

        def chosen(what: str | None) -> None:
            if what == "queue":
                self.say_undoable(f"Queued for {announcing.queue(self.session, item).added} clients")
            elif what == "send":
                self._put_out(item)
            elif what == "look":
                open_over(self, TextView(item.title, as_text.audience_lines(item, audience)))

        open_over(self, Chooser(item.title, options), chosen)

    def on_releases_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    def _put_out(self, item: Announcement) -> None:
        sent = announcing.put_out(self.session, item)
        held = "; ".join(f"{count} stay: {why}" for why, count in sent.held.items())
        self.say(f"{sent.messages} messages are in the outbox. {held}".strip(), warning=bool(held))

    def _why(self) -> None:
        item, session = self._current(), self.session
        if isinstance(item, Release):
            lines = item.notes.splitlines() or ["It is not written down what is new."]
            open_over(self, TextView(as_text.release_text(session, item), lines))
            return
        if isinstance(item, Announcement):
            days = effect_report.EFFECT_DAYS
            lines = as_text.effect_lines(effect_report.effect(session, item, days), days)
            lessons = training.of_announcement(session.store, item.id)
            audience, product_id = item.audience, item.product_id
        else:
            lines, lessons, product_id = [], [item], item.product_id
            audience = effect_report.audience_of(session, lessons, None)
        if any(lesson.state == "held" for lesson in lessons):
            products = () if product_id is None else (product_id,)
            within = effect_report.WITHIN_DAYS
            repeats = effect_report.repeat_sales(session, lessons, audience, products, within)
            lines += ["", "Trained against not trained:", *as_text.repeat_lines(repeats, within)]
        open_over(self, TextView(item.title, lines or ["It was not held yet: there is nothing to count."]))

    def _view_next(self) -> None:
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self.table.cursor = 0
        self._read()

    routes: ClassVar = {
        "record.open": _open,
        "record.new": _new,
        "record.edit": _edit,
        "record.done": _forward,
        "record.archive": _archive,
        "record.why": _why,
        "novelties.view": _view_next,
    }
    BINDINGS = table_bindings(routes)
