"""The tour: small actions on one's own clients, each ticked when it was done, left and taken up at will."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.actions import Rebound, main_key
from onewindow.desk.session.context import PROGRAM, Session
from onewindow.records.requests import RequestEvent
from onewindow.records.structs import frozen_struct
from onewindow.store import changes, rows
from onewindow.store.changes import Change
from onewindow.store.people import organization
from onewindow.text.placeholders import fill, places_in

OFFERED, DONE = "offered", "done"


@frozen_struct
class TourStep:
    """One step: what to press, why it is worth it, and how it is seen that it was done."""

    name: str
    words: str
    """Action ids in braces become the keys of this user."""
    worth: str
    action: str = ""
    """The action that does it, counted once the window is back in front."""
    inserts: str = ""
    """The kind of record that it makes."""
    opens_client: bool = False


STEPS: tuple[TourStep, ...] = (
    TourStep(
        "open a client",
        "{go.list} goes to your clients; {move.down} and {record.open} open another one.",
        "One screen has the whole client, without tabs.",
        opens_client=True,
    ),
    TourStep(
        "find",
        "{go.find}, some letters of a name, a person, a phone or a number, then {finder.open}.",
        "Any alphabet, the wrong layout and slips are understood.",
        action="go.find",
    ),
    TourStep(
        "capture a request",
        "{go.requests}, {record.new}: write what the client asks; {capture.save} keeps it.",
        "!high, @colleague, by fri are read as you type.",
        inserts="request",
    ),
    TourStep(
        "ask why",
        "{record.why} on the request shows its time line by line; {app.back} comes back.",
        "Terms, health and promises explain themselves like that.",
        action="record.why",
    ),
    TourStep(
        "reply",
        "{request.reply} on the request: write what you answer; {form.save} logs it.",
        "The clock of the first answer ends; the timeline has it.",
        inserts="reply",
    ),
    TourStep(
        "promise",
        "{go.promises}, {record.new}: what is promised, till when; {form.save} keeps it.",
        "Promises stand first; Today tells you before they are due.",
        inserts="promise",
    ),
    TourStep(
        "undo",
        "{edit.undo} takes the promise back, as any change; {edit.redo} makes it again.",
        "So try things: nothing you do here is final.",
        action="edit.undo",
    ),
    TourStep(
        "today",
        "{go.today} has what to do next, over all clients; {app.back} comes back.",
        "Begin your day there: the first row is the most urgent.",
        action="go.today",
    ),
)
"""The steps in their order."""


class Tour:
    """One person's tour: at which step they are, kept in the file so that it goes on after a restart."""

    def __init__(self, session: Session) -> None:
        """Take the tour up where it was left; a finished one begins again."""
        self._session = session
        name = state(session)
        self.steps: Sequence[TourStep] = steps_for(session)
        names = [step.name for step in self.steps]
        self._at = names.index(name) if name in names else 0
        self._seen = False
        self._keep(self.step.name if self.step else DONE)

    @property
    def step(self) -> TourStep | None:
        """What is to be done now; None when all is done."""
        return self.steps[self._at] if self._at < len(self.steps) else None

    def lines(self, rebound: Rebound) -> tuple[str, str]:
        """What to press now with this user's keys, and why."""
        step = self.step
        if step is None:
            return ("That was the tour.", f"{main_key('app.palette', rebound)} guide tells what your day is.")
        return filled(step, rebound), f"{self._at + 1}/{len(self.steps)} {step.name}. {step.worth}"

    def note_action(self, action_id: str) -> None:
        """Somebody pressed the key of an action."""
        if self.step is not None and action_id == self.step.action:
            self._seen = True

    def note_back(self) -> bool:
        """The window is in front again; tell whether a step that was seen is done with that."""
        if self._seen:
            self.go_on()
            return True
        return False

    def note_client(self) -> bool:
        """Another client was opened; tell whether that was the step."""
        if self.step is not None and self.step.opens_client:
            self.go_on()
            return True
        return False

    def note_changes(self, news: Sequence[Change]) -> bool:
        """Something was written; tell whether it was what the step asked for, and by this person."""
        step = self.step
        if step is None or not step.inserts:
            return False
        if any(self._fits(step.inserts, change) for change in news if change.op == "insert"):
            self.go_on()
            return True
        return False

    def go_on(self) -> None:
        """To the next step; it is kept."""
        self._at, self._seen = self._at + 1, False
        self._keep(self.step.name if self.step else DONE)

    def _fits(self, wanted: str, change: Change) -> bool:
        store = self._session.store
        if changes.actor_of(store, change.seq) != self._session.me.login:
            return False
        if wanted == "reply":
            event = (
                rows.find(store, RequestEvent, change.entity_id) if change.entity == "request_event" else None
            )
            return event is not None and event.event_kind == "reply"
        return change.entity == wanted

    def _keep(self, value: str) -> None:
        keep(self._session, value)


def filled(step: TourStep, rebound: Rebound) -> str:
    """The words of a step with the keys of this user."""
    return fill(step.words, {name: main_key(name, rebound) for name in places_in(step.words)})


def steps_for(session: Session) -> tuple[TourStep, ...]:
    """The steps that a role can do: who may change nothing makes nothing."""
    if session.me.role != "quality":
        return STEPS
    return tuple(step for step in STEPS if not step.inserts and step.action != "edit.undo")


def state(session: Session) -> str:
    """The name of the step this person is at, `offered` or `done`; '' if they never heard of the tour."""
    return organization.setting(session.store, _setting(session)) or ""


def keep(session: Session, value: str) -> None:
    """Keep how far this person is; it is no change of anybody's data and not undone."""
    if state(session) == value:
        return
    changes.write(
        session.store,
        lambda transaction: organization.set_setting(transaction, _setting(session), value),
        actor=PROGRAM,
        at=session.now_text(),
        label="tour",
    )


def offer(session: Session) -> str:
    """The sentence that offers the tour to somebody who never heard of it, once; else ''."""
    if state(session):
        return ""
    keep(session, OFFERED)
    key = main_key("app.palette", session.settings.keys)
    return f"New here? {key} tour shows the window in ten minutes, on your own clients."


def _setting(session: Session) -> str:
    return f"tour:{session.me.login}"
