"""Running plans: mine, everybody's, by kind; late ones first. Enter opens one whole."""

from __future__ import annotations

from typing import ClassVar

from onewindow.desk.plans import work as plan_work
from onewindow.desk.plans.plan_table import LIST_COLUMNS, LIST_HEADINGS, list_row
from onewindow.desk.plans.plan_view import PlanSnapshot
from onewindow.desk.plans.reports import readiness, running_snapshots
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Plan, PlanKind
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.plans.plan import PlanScreen
from onewindow.screens.plans.starting import start_question
from onewindow.store.changes import Change
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_VIEWS: tuple[tuple[str, tuple[PlanKind, ...]], ...] = (
    ("all kinds", ("onboarding", "project", "delivery", "employee")),
    ("onboarding", ("onboarding",)),
    ("projects", ("project",)),
    ("deliveries", ("delivery",)),
    ("new colleagues", ("employee",)),
)
_REREAD = frozenset({"plan", "plan_step", "plan_phase", "executor", "client"})


class PlansScreen(TableScreen[int | None]):
    """Gives back the id of a client whose window was asked for, else None."""

    scope = "plans"
    verbs: ClassVar = {
        "record.open": "open",
        "record.new": "start",
        "plans.mine": "mine/all",
        "record.why": "readiness",
    }

    def __init__(self, session: Session, client_id: int | None = None) -> None:
        """Begin with what is mine, else with everybody's; `client_id` is the client who is likely meant."""
        super().__init__(session, Table("plans", LIST_HEADINGS, LIST_COLUMNS))
        self._client_id = client_id
        self._view = 0
        self._is_mine = True
        self._snapshots: dict[int, PlanSnapshot] = {}

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._read()
        if not self._snapshots:
            self._mine_or_all()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what this or another process changed."""
        if any(change.entity in _REREAD for change in changes):
            self._read()

    def own_reason(self, action_id: str) -> str:
        """Some keys need a row."""
        current = self._current()
        if action_id in ("record.open", "plans.client", "record.done") and current is None:
            return "no row is under the cursor"
        if action_id == "record.done" and current is not None and not current.may_close:
            return "steps of this plan are open; enter shows them"
        if action_id == "plans.client" and current is not None and current.client is None:
            return "this plan has no client"
        return ""

    # inside

    def _read(self) -> None:
        me = self.session.me.id
        name, kinds = _VIEWS[self._view]
        snapshots = [
            snapshot
            for snapshot in running_snapshots(self.session, kinds)
            if not self._is_mine
            or me in (snapshot.plan.owner_id, snapshot.plan.mentor_id, snapshot.plan.employee_id)
        ]
        snapshots.sort(key=lambda snapshot: -sum(snapshot.is_late(step) for step in snapshot.steps))
        self._snapshots = {snapshot.plan.id: snapshot for snapshot in snapshots}
        self.table.set_empty(
            "No plan runs here. `onewindow plan start` begins one; a signed contract does too."
        )
        self.table.set_source(ListSource([list_row(self.session, snapshot) for snapshot in snapshots]))
        whose = "mine" if self._is_mine else "everybody's"
        self.table.set_title(f"plans: {name}", f"{len(snapshots)}, {whose}")
        self.show_hints()

    def _current(self) -> PlanSnapshot | None:
        key = self.table.cursor_key
        return self._snapshots.get(key.id) if isinstance(key, RecordKey) else None

    def _open(self) -> None:
        if current := self._current():
            open_over(
                self, PlanScreen(self.session, current.plan.id, tuple(self._snapshots)), self._asked_for
            )

    def _asked_for(self, client_id: int | None) -> None:
        if client_id is not None:
            self.dismiss(client_id)

    def _start(self) -> None:
        """Ask which playbook starts for whom, and open the new plan."""
        started: list[Plan] = []

        def closed(said: str | None) -> None:
            if said:
                self._read()
                open_over(self, PlanScreen(self.session, started[0].id), self._asked_for)

        open_over(self, start_question(self.session, self._client_id, started.append), closed)

    def _end(self) -> None:
        if current := self._current():
            plan_work.close(self.session, current.plan)
            self.say_undoable(f"Ended {current.plan.title}")

    def _why(self) -> None:
        rows = readiness(self._snapshots.values())
        lines = [
            f"{row.department}: {row.asked} asked, {row.late} of them late, {row.ready} ready" for row in rows
        ]
        open_over(self, TextView("Who inside is ready", lines or ["Nobody inside is asked for anything."]))

    def _filter(self) -> None:
        self._view = (self._view + 1) % len(_VIEWS)
        self.table.cursor = 0
        self._read()

    def _mine_or_all(self) -> None:
        self._is_mine = not self._is_mine
        self._read()

    def _client(self) -> None:
        current = self._current()
        if current is not None and current.client is not None:
            self.dismiss(current.client.id)

    routes: ClassVar = {
        "record.open": _open,
        "record.new": _start,
        "record.done": _end,
        "record.why": _why,
        "plans.filter": _filter,
        "plans.mine": _mine_or_all,
        "plans.client": _client,
    }
    BINDINGS = table_bindings(routes)
