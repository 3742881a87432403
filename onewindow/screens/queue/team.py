"""Team: the load of each person against their limit, absences, and the queues that a lead looks through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, get_args

from textual.message import Message

from onewindow.desk.queue import team
from onewindow.desk.queue.team import Member, Team, reader_of
from onewindow.desk.queue.team_rows import (
    COLUMNS,
    HEADINGS,
    NOBODY,
    REQUEST_COLUMNS,
    REQUEST_HEADINGS,
    member_row,
    moment_of,
    queue_place,
    request_row,
)
from onewindow.desk.requests.replies import why_due
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.sla.lateness import read_lateness
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.requests.request_screen import RequestScreen
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.store.queue import team as queues
from onewindow.store.queue import today as seen
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.table import Table

View = Literal["people", "late", "unanswered", "for a lead"]
VIEWS: tuple[View, ...] = get_args(View)
_TICK_SECONDS = 20.0
_REREAD = frozenset({"request", "staff", "client", "policy", "calendar"})
_MOST_OFFERED = 2000


class TeamScreen(TableScreen[Chosen | None]):
    """`f` changes the view, `enter` shows a person's requests, `space` marks some, `a` gives them away."""

    scope = "team"
    tells_times = True

    class Read(Message):
        """Some people have been read; `question` is the number of the question that this answers."""

        def __init__(self, question: int, team: Team) -> None:
            super().__init__()
            self.question = question
            self.team = team

    class Failed(Message):
        """The people could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Begin with the people."""
        super().__init__(session, Table("team", HEADINGS, COLUMNS))
        self.view: View = "people"
        self.team = Team((), is_complete=False)
        self._inside: Member | None = None
        """Whose requests are shown, None for the view itself."""
        self._requests: dict[int, Request] = {}
        self._reader = BesideReader(session.store)
        self._question = 0

    def on_mount(self) -> None:
        """Begin to read, and listen to changes and to the clock."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.set_interval(_TICK_SECONDS, self.reread)
        self.reread()

    def on_unmount(self) -> None:
        """Stop reading and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again if work or people changed."""
        if any(change.entity in _REREAD for change in changes):
            self.reread()

    def reread(self) -> None:
        """Read the people in a thread, the queue on the screen at once."""
        self._question += 1
        question, loads = self._question, reader_of(self.session)
        self._reader.ask(
            loads,
            lambda found: self.post_message(self.Read(question, found)),
            lambda problem: self.post_message(self.Failed(problem)),
        )
        self._show()

    def on_team_screen_read(self, message: Read) -> None:
        """Show the people once all are read, or as far as they are the first time."""
        if message.question != self._question:
            return
        if message.team.is_complete or not self.team.is_complete:
            self.team = message.team
            self._inside = self._again(self._inside)
            self._show()

    def on_team_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    def _again(self, member: Member | None) -> Member | None:
        if member is None or member.staff is None:
            return member
        known = member.staff
        return next((m for m in self.team.members if m.staff and m.staff.id == known.id), member)

    # what is shown

    @property
    def shows_people(self) -> bool:
        """Whether the rows are people and not requests."""
        return self.view == "people" and self._inside is None

    def _show(self) -> None:
        moment = moment_of(self.session)
        if self.shows_people:
            self.table.set_headings(HEADINGS, COLUMNS)
            is_ascii = glyphs_of(self).ascii
            rows = [
                member_row(self.session, moment, member, is_ascii=is_ascii) for member in self.team.members
            ]
            self.table.set_empty("Reading…")
        else:
            requests = self._read_requests()
            clients = seen.clients_seen(self.session.store, [request.client_id for request in requests])
            self.table.set_headings(REQUEST_HEADINGS, REQUEST_COLUMNS)
            lateness = read_lateness(self.session, requests)
            requests.sort(
                key=lambda request: queue_place(
                    request, clients.get(request.client_id), lateness.get(request.id)
                )
            )
            self._requests = {request.id: request for request in requests}
            rows = [
                request_row(
                    self.session, moment, request, clients.get(request.client_id), lateness.get(request.id)
                )
                for request in requests
            ]
            self.table.set_empty("No request stands here.")
        self.table.show_rows(rows)
        self._show_title()
        self.show_hints()

    def _read_requests(self) -> list[Request]:
        store, inside = self.session.store, self._inside
        if inside is not None:
            return queues.open_of(store, inside.staff.id if inside.staff else None)
        if self.view == "late":
            return queues.late(store, self.session.now_text())
        return queues.unanswered(store) if self.view == "unanswered" else queues.for_a_lead(store)

    def _title(self) -> str:
        if self._inside is not None:
            whose = self._inside.staff.name if self._inside.staff else NOBODY
            return f"team: requests of {whose}"
        return "team" if self.view == "people" else f"team: {self.view}"

    def _summary(self, count: int) -> str:
        if not self.shows_people:
            return f"first {count}" if count >= queues.LIMIT else str(count)
        loads = [member.load for member in self.team.members]
        text = f"{sum(load.open for load in loads)} open, {sum(load.late for load in loads)} late"
        uncovered = sum(member.uncovered for member in self.team.members)
        text += f", {uncovered} clients uncovered" if uncovered else ""
        return text if self.team.is_complete else f"{text}, reading"

    def position(self) -> dict[str, str]:
        """Which requests or people are shown, and the row under the cursor."""
        return {**super().position(), "view": self.view}

    def restore(self, position: Mapping[str, str]) -> bool:
        """Show what was shown, with the cursor where it was."""
        wanted = position.get("view")
        for view in VIEWS:
            if view == wanted:
                self.view = view
        self._enter(None)
        return super().restore(position)

    # what is done

    def own_reason(self, action_id: str) -> str:
        """Some keys are for people, some for requests."""
        if action_id == "team.view":
            return ""
        if not self.table.count:
            return "no row is under the cursor"
        if action_id == "team.mark" and self.shows_people:
            return "requests are marked, not people; enter shows a person's"
        if action_id == "team.absence" and (not self.shows_people or self._person() is None):
            return "an absence is of a person"
        return ""

    def _person(self) -> Staff | None:
        key = self.table.cursor_key
        if isinstance(key, RecordKey) and key.kind == "staff":
            return self.session.directory.staff.get(key.id)
        return None

    def _member(self) -> Member | None:
        key = self.table.cursor_key
        if not isinstance(key, RecordKey):
            return None
        return next((m for m in self.team.members if (m.staff.id if m.staff else 0) == key.id), None)

    def _open(self) -> None:
        if self.shows_people:
            self._enter(self._member())
            return
        key = self.table.cursor_key
        if isinstance(key, RecordKey) and key.id in self._requests:
            open_over(
                self, RequestScreen(self.session, key.id, tuple(self._requests)), self._asked_for_client
            )

    def _asked_for_client(self, client_id: int | None) -> None:
        if client_id is not None:
            self.dismiss(Chosen(client_id, RecordKey("client", client_id)))

    def _enter(self, member: Member | None) -> None:
        self._inside = member
        self.table.set_marked(())
        self.table.cursor = 0
        self._show()

    def _view_next(self) -> None:
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self._enter(None)

    def _mark(self) -> None:
        self.table.action_toggle_mark()
        self._show_title()

    def _show_title(self) -> None:
        marked = len(self.table.marked_keys)
        summary = self._summary(self.table.count) + (f", {marked} marked" if marked else "")
        self.table.set_title(self._title(), summary)

    def _assign(self) -> None:
        """Give the marked requests, or the one under the cursor, or all of a person, to somebody."""
        chosen = self._chosen_requests()
        if not chosen:
            self.say("There is no request to give away.")
            return
        what = f"R-{chosen[0].number} {chosen[0].title}" if len(chosen) == 1 else f"{len(chosen)} requests"

        def to(staff_id: str | None) -> None:
            if staff_id is not None:
                self._ask_reason(what, chosen, int(staff_id))

        colleagues = naming.suggest(self.session, "staff", "", limit=_MOST_OFFERED)
        open_over(self, Chooser(f"Give {what} to whom?", colleagues, people=True), to)

    def _chosen_requests(self) -> list[Request]:
        if self.shows_people:
            member = self._member()
            if member is None:
                return []
            return queues.open_of(self.session.store, member.staff.id if member.staff else None)
        marked = {key.id for key in self.table.marked_keys if isinstance(key, RecordKey)}
        key = self.table.cursor_key
        wanted = marked or ({key.id} if isinstance(key, RecordKey) else set())
        return [request for request in self._requests.values() if request.id in wanted]

    def _ask_reason(self, what: str, chosen: list[Request], staff_id: int) -> None:
        def answered(answers: Answers) -> str:
            said = team.reassign(self.session, chosen, staff_id, answers["reason"])
            self.table.set_marked(())
            return said

        whom = naming.label(self.session, "staff", staff_id)
        fields = (FieldSpec("reason", "why", required=True, hint="the reason, in a few words"),)
        open_over(self, Questions(f"{what} to {whom}", fields, answered), self._said)

    def _absence(self) -> None:
        person = self._person()
        if person is None:
            return

        def answered(answers: Answers) -> str:
            changed = team.set_absence(self.session, person, answers["text"])
            return team.absence_said(self.session, person, changed)

        help_text = "First day – last day, who stands in. The same first day changes that absence."
        hint = "day – day name; empty ends the nearest one"
        fields = (FieldSpec("text", "days, who stands in", hint=hint, help=help_text),)
        open_over(self, Questions(f"Absence of {person.name}", fields, answered), self._said)

    def _said(self, text: str | None) -> None:
        if text:
            self.say(text)

    def _why(self) -> None:
        key = self.table.cursor_key
        if isinstance(key, RecordKey) and key.kind == "request" and key.id in self._requests:
            open_over(self, TextView("Why", why_due(self.session, self._requests[key.id])))
            return
        lines = [
            "open: requests that are neither resolved nor declined, those that wait for clients too.",
            "late: past the time of the clock that ends first. today: due before midnight.",
            "unanswered: no human has answered yet. oldest: since the opening of the oldest one.",
            "load: open against the limit on the person's card (“open requests at most”);",
            f"full from {team.NEARLY_FULL:.0%} of it, over above it. Going over is warned of, not forbidden.",
            "uncovered: clients of an absent person for whom neither their deputy nor the client's is here.",
        ]
        open_over(self, TextView("What these numbers mean", lines))

    def _back(self) -> None:
        if self.table.marked_keys:
            self.table.set_marked(())
            self._show_title()
        elif self._inside is not None:
            self._enter(None)
        else:
            self.dismiss(None)

    routes: ClassVar = {
        "record.open": _open,
        "team.view": _view_next,
        "team.mark": _mark,
        "team.assign": _assign,
        "team.absence": _absence,
        "record.why": _why,
    }
    BINDINGS = table_bindings(routes)
