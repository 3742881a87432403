"""Why an action of the window can do nothing here and now: its key is dim, and pressing it says this."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from onewindow import actions
from onewindow.desk.window.panels.registry import PANELS
from onewindow.records.kinds import DONE_KINDS, KINDS
from onewindow.screens.window.client_window import WindowScreen

if TYPE_CHECKING:
    from onewindow.screens.requests.actions import RequestActions

_CHANGES = frozenset({"feedback", "opportunity", "promises", "request", "message", "meeting", "touch"})
"""Groups of actions that write to the client on the screen, but for those that only look."""
_CHANGES_TOO = frozenset(
    {"record.new", "record.edit", "record.done", "card.fill", "card.hand_off", "call.take"}
)
_LOOKS = frozenset({"request.client", "message.script", "meeting.brief", "touch.why"})
_NEEDS_ROW = frozenset(
    {"record.done", "record.archive", "record.follow", "record.history", "record.why", "record.edit"}
    | {"promises.acknowledge", "promises.kept", "promises.broken"}
    | {"opportunity.accept", "opportunity.offer", "opportunity.decline"}
    | {"feedback.join", "feedback.reply", "feedback.decline"}
)


def modes_of(window: WindowScreen) -> tuple[str, ...]:
    """The ways in which the place that has the focus can show its rows."""
    kind = PANELS.get(window.scope)
    return kind.modes if kind else ()


class WindowReasons:
    """Looks at one window; what may be done to a request is asked of `requests`, loaded when it is needed."""

    def __init__(self, window: WindowScreen, requests: Callable[[], RequestActions]) -> None:
        """Serve one window."""
        self.window, self._requests = window, requests

    def reasons(self, scope: str) -> dict[str, str]:
        """Why each action of a scope's hint bar can do nothing now; those that can are left out."""
        reasons: dict[str, str] = {}
        for hint in actions.hints(scope, self.window.session.settings.keys):
            reason = self.reason(hint.actions[0].id)
            if reason:
                reasons[hint.actions[0].id] = reason
        return reasons

    def reason(self, action_id: str) -> str:
        """One sentence why an action can do nothing here and now, or an empty text."""
        if archived := self._archived(action_id):
            return archived
        if action_id.startswith(("record.", "card.", "promises.", "opportunity.", "feedback.", "panel.view")):
            return self._of_records(action_id)
        if action_id == "request.client":
            return "the client's window is open already"
        if action_id.startswith("request."):
            return self._requests().reason(action_id)
        if action_id.startswith(("message.", "meeting.", "touch.")) and self.window.snapshot is None:
            return "there is no client yet"
        return ""

    def _of_records(self, action_id: str) -> str:
        """Why nothing can be done to the record under the cursor; '' where something can."""
        window = self.window
        if action_id in _NEEDS_ROW and window.scope != "list" and window.selected_key() is None:
            return "no row is under the cursor"
        if window.snapshot is None and action_id not in ("record.new", "record.new_other"):
            return "there is no client yet"
        if action_id.startswith("feedback."):
            key = window.selected_key()
            is_quote = window.scope == "feedback" and key is not None and key.kind == "feedback"
            return "" if is_quote else "put the cursor on a quote in panel 4"
        if action_id.startswith("opportunity."):
            return "" if window.scope == "opportunities" else "put the cursor on an opportunity in panel 5"
        if action_id == "record.done":
            key = window.selected_key()
            kind = key.kind if key is not None else "client"
            if kind in DONE_KINDS:
                return ""
            ways = f"{window.why_key('record.archive')} archives it"
            if KINDS[kind].typed:
                what = "changes its stage" if kind == "client" else "edits it"
                ways += f", {window.why_key('record.edit')} {what}"
            return f"a {KINDS[kind].display_name} is never “done”: {ways}"
        if action_id == "panel.view" and len(modes_of(window)) < 2:
            return "this place has one view only"
        return ""

    def _archived(self, action_id: str) -> str:
        """That the client on the screen is archived, for what would change it; '' for all else."""
        window = self.window
        if window.snapshot is None or window.snapshot.client.archived_at is None:
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

        return is_archived_here(window.snapshot.client, window.why_key("record.archive"))
