"""Doing an action of the table in the window: each part below does the actions of some groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from onewindow import actions
from onewindow.records.kinds import KINDS
from onewindow.screens.frame.screen_stack import ListsAbove, follow
from onewindow.screens.window.client_window import WindowScreen
from onewindow.screens.window.intake_actions import IntakeDeeds
from onewindow.screens.window.list_actions import ListDeeds
from onewindow.screens.window.program_actions import ProgramDeeds
from onewindow.screens.window.record_actions import RecordDeeds
from onewindow.store.problems import StoreProblem

if TYPE_CHECKING:
    from onewindow.screens.requests.actions import RequestDeeds


_SCREENS = {
    "today": "go.today",
    "team": "go.team",
    "metrics": "go.metrics",
    "review": "go.review",
    "handovers": "go.handovers",
    "handover": "client.handover",
    "segment": "go.segments",
    "novelties": "go.novelties",
    "announcement": "go.novelties",
    "session": "go.novelties",
    "plans": "go.plans",
    "plan": "go.plans",
    "playbooks": "go.playbooks",
    "playbook": "go.playbooks",
    "standards": "go.standards",
    "quality": "go.quality",
    "import": "go.import",
    "alarms": "go.alarms",
    "adoption_screen": "go.adoption_screen",
    "settings": "app.settings",
    "outbox": "go.outbox",
    "catalogue": "all.request",
    "script": "message.script",
}
"""Scope of a screen over the window -> the action that opens it."""
_CHANGES = frozenset({"opportunity", "promises", "request", "message", "meeting", "touch"})
"""Groups of actions that write to the client on the screen, but for those that only look."""
_CHANGES_TOO = frozenset(
    {"record.new", "record.edit", "record.done", "card.fill", "card.hand_off", "call.take"}
)
_LOOKS = frozenset({"request.client", "message.script", "meeting.brief", "touch.why"})


class Deeds:
    """Finds the method of an action by its id (`record.new` is `record_new`) and says what went wrong."""

    def __init__(self, window: WindowScreen) -> None:
        """Serve one window."""
        self.window = window
        above = ListsAbove(window)
        self.records = RecordDeeds(
            window,
            above,
            self._capture,
            lambda: self.requests.request_resolve(),
        )
        self.intake = IntakeDeeds(window, self.records)
        self._program = ProgramDeeds(window, above, self.intake, self.reason)
        self._parts = (self.records, ListDeeds(window), self._program, self.intake)

    def _capture(self, client_id: int | None) -> None:
        self.intake.capture(client_id)

    @cached_property
    def requests(self) -> RequestDeeds:
        """What can be done with requests, loaded with the rules of answering when it is asked for first."""
        from onewindow.screens.requests.actions import RequestDeeds

        window, records = self.window, self.records
        return RequestDeeds(window, window.session, records.request_under_cursor, records.say_done)

    def _say(self, text: str, is_warning: bool) -> None:
        self.window.say(text, warning=is_warning)

    def do(self, action_id: str) -> None:
        """Do an action, go to the screen to which it belongs, or say why it cannot be done here."""
        place = _SCREENS.get(actions.by_id(action_id).scope)
        if place is not None:
            self._go_for(action_id, place)
            return
        reason = self.reason(action_id)
        if reason:
            self.window.say(reason, warning=True)
            return
        try:
            follow(self.window.host, action_id, self._method(action_id))
        except StoreProblem as problem:
            self.window.say(str(problem), warning=True)
        if self.window.tour is not None:
            self.window.tour.did(action_id)

    def _go_for(self, action_id: str, place: str) -> None:
        """Open the screen of an action that was asked for by name, and say which key does it there."""
        self.do(place)
        action, screen = actions.by_id(action_id), self.window.host.screen
        say = getattr(screen, "say", None)
        if screen is not self.window and say is not None:
            key = actions.main_key(action_id, self.window.session.settings.keys)
            say(f"{key} {action.verb}: {action.help}")

    def reasons(self, scope: str) -> dict[str, str]:
        """Why each action of a scope's hint bar can do nothing now; those that can are left out."""
        found: dict[str, str] = {}
        for hint in actions.hints(scope, self.window.session.settings.keys):
            reason = self.reason(hint.actions[0].id)
            if reason:
                found[hint.actions[0].id] = reason
        return found

    def reason(self, action_id: str) -> str:
        """One sentence why an action can do nothing here and now, or an empty text."""
        if archived := self._archived(action_id):
            return archived
        if action_id.startswith(("record.", "card.", "promises.", "opportunity.", "panel.view")):
            return self.records.reason(action_id)
        if action_id == "request.client":
            return "the client's window is open already"
        if action_id.startswith("request."):
            return self.requests.reason(action_id)
        if action_id.startswith(("message.", "meeting.", "touch.")) and self.window.picture is None:
            return "there is no client yet"
        return ""

    def _archived(self, action_id: str) -> str:
        """That the client on the screen is archived, for what would change it; '' for all else."""
        window = self.window
        if window.picture is None or window.picture.client.archived_at is None:
            return ""
        group, _, name = action_id.partition(".")
        if group == "record" and window.scope == "list":
            return ""
        is_new = group == "new" and name in KINDS and KINDS[name].of_client
        changes = is_new or group in _CHANGES or action_id in _CHANGES_TOO
        if action_id == "record.archive":
            changes = window.scope != "card"
        if not changes or action_id in _LOOKS:
            return ""
        from onewindow.desk.editing.archived_clients import is_archived_here  # no start needs it

        return is_archived_here(window.picture.client, window.why_key("record.archive"))

    def _method(self, action_id: str) -> Callable[[], None]:
        group, _, name = action_id.partition(".")
        if group == "all":
            return lambda: self.records.show_all(name)
        if group == "new":
            return lambda: self.records.new_of(name)
        method = action_id.replace(".", "_")
        if group == "request":
            return getattr(self.requests, method)
        if group == "opportunity":
            return getattr(self.records.opportunities(), method)
        if group in ("meeting", "touch"):
            from onewindow.screens.meetings.actions import MeetingDeeds

            return getattr(MeetingDeeds(self.window), method)
        if group == "message" or action_id == "go.outbox":
            from onewindow.screens.messages.writing import (
                LetterDeeds,  # a start needs nothing of what it brings
            )

            return getattr(
                LetterDeeds(self.window, self.window.session, self.records.about, self._say), method
            )
        return next(getattr(part, method) for part in self._parts if hasattr(part, method))
