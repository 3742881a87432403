"""One plan on one screen: steps with people, dates and results, phases with volumes, who inside is ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from onewindow.desk.editing.history_text import history_lines
from onewindow.desk.plans import work as plan_work
from onewindow.desk.plans.plan_table import COLUMNS, HEADINGS, plan_rows
from onewindow.desk.plans.plan_view import PlanSnapshot, read_plan, summary, why_step
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import PlanPhase, PlanStep, ReadinessItem
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.plans.questions import PlanQuestions
from onewindow.store.changes import Change
from onewindow.store.history import history
from onewindow.store.problems import StoreProblem
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_TICK_SECONDS = 60.0
_REREAD = frozenset(
    {"plan", "plan_step", "plan_phase", "executor", "document", "training", "workplace", "staff"}
)


class PlanScreen(TableScreen[int | None]):
    """Gives back the id of the client whose window was asked for, else None."""

    scope = "plan"
    verbs: ClassVar = {"record.done": "done", "record.new": "ask inside", "client.forward": "next"}

    def __init__(self, session: Session, plan_id: int, queue: Sequence[int] = ()) -> None:
        """Show a plan; `queue` are the plans among which it stood, for next and previous. Raises NotFound."""
        super().__init__(session, Table("plan", HEADINGS, COLUMNS))
        self.snapshot: PlanSnapshot = read_plan(session, plan_id)
        self._queue = tuple(queue) or (plan_id,)
        self._asked = PlanQuestions(self, session, self._told)

    def on_mount(self) -> None:
        """Show what was read, and listen to changes and to the clock."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.set_interval(_TICK_SECONDS, self._reread)
        self._show()
        first = next(iter(self.snapshot.open_steps), None)
        if first is not None:
            self.table.move_to_key(RecordKey("plan_step", first.id))

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what this or another process changed."""
        if any(change.entity in _REREAD for change in changes):
            self._reread()

    def own_reason(self, action_id: str) -> str:
        """What a row of this kind, or a plan that has ended, does not allow."""
        current = self._current()
        if action_id in ("plan.skip", "plan.move", "plan.assign", "plan.over") and not isinstance(
            current, PlanStep
        ):
            return "put the cursor on a step"
        if action_id == "plan.ready" and not isinstance(current, ReadinessItem):
            return "put the cursor on somebody inside, below a step"
        if action_id == "plan.deliver" and self._phase() is None:
            return "this step belongs to no phase"
        if action_id == "plan.client" and self.snapshot.client is None:
            return "this plan has no client"
        if action_id in ("client.back", "client.forward") and len(self._queue) < 2:
            return "there is no other plan here"
        return ""

    # inside

    def _reread(self) -> None:
        try:
            self.snapshot = read_plan(self.session, self.snapshot.plan.id)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self._show()

    def _show(self) -> None:
        snapshot = self.snapshot
        self.table.set_empty("This plan has no steps.")
        self.table.set_source(ListSource(plan_rows(self.session, snapshot)))
        whose = f"{snapshot.client.name}: " if snapshot.client is not None else ""
        self.table.set_title(f"{whose}{snapshot.plan.title}", summary(self.session, snapshot))
        self.show_hints()
        if snapshot.may_close:
            self.say("All steps are done: x ends the plan" + self._afterwards())

    def _afterwards(self) -> str:
        client = self.snapshot.client
        is_new = client is not None and client.stage in ("handover", "onboarding")
        return ", and the client becomes active." if is_new and self._is_onboarding() else "."

    def _is_onboarding(self) -> bool:
        return self.snapshot.plan.plan_kind == "onboarding"

    def _told(self, text: str) -> None:
        self._reread()
        self.say_undoable(text)

    def _current(self) -> PlanStep | PlanPhase | ReadinessItem | None:
        key = self.table.cursor_key
        if not isinstance(key, RecordKey):
            return None
        inside = (item for group in self.snapshot.executors.values() for item in group)
        known = (*self.snapshot.steps, *self.snapshot.phases, *inside)
        return next((record for record in known if (record.kind, record.id) == key), None)

    def _step(self) -> PlanStep:
        current = self._current()
        if isinstance(current, ReadinessItem):
            return next(step for step in self.snapshot.steps if step.id == current.plan_step_id)
        if not isinstance(current, PlanStep):
            raise StoreProblem("Put the cursor on a step.")
        return current

    def _phase(self) -> PlanPhase | None:
        current = self._current()
        if isinstance(current, PlanStep):
            return next((phase for phase in self.snapshot.phases if phase.id == current.phase_id), None)
        return current if isinstance(current, PlanPhase) else None

    def _done(self) -> None:
        current = self._current()
        if self.snapshot.may_close:
            plan = plan_work.close(self.session, self.snapshot.plan)
            self._told(f"Ended {plan.title}{self._afterwards().rstrip('.')}")
        elif isinstance(current, ReadinessItem):
            self._asked.ready(current)
        elif isinstance(current, PlanPhase):
            self._asked.deliver(current, self.snapshot.plan)
        else:
            self._asked.done(self._step())

    def _skip(self) -> None:
        self._asked.skip(self._step())

    def _move(self) -> None:
        self._asked.move(self._step())

    def _assign(self) -> None:
        self._asked.assign(self._step())

    def _over(self) -> None:
        self._asked.over(self._step())

    def _ask(self) -> None:
        self._asked.ask(self._step())

    def _ready(self) -> None:
        current = self._current()
        if isinstance(current, ReadinessItem):
            self._asked.ready(current)

    def _deliver(self) -> None:
        phase = self._phase()
        if phase is not None:
            self._asked.deliver(phase, self.snapshot.plan)

    def _move_all(self) -> None:
        self._asked.move_all(self.snapshot.plan)

    def _mentor(self) -> None:
        self._asked.mentor(self.snapshot.plan)

    def _stop(self) -> None:
        self._asked.stop(self.snapshot.plan)

    def _edit(self) -> None:
        current = self._current()
        if current is not None:
            self._asked.edit(current)

    def _why(self) -> None:
        step = self._step()
        open_over(self, TextView(f"Why: {step.title}", why_step(self.session, self.snapshot, step)))

    def _history(self) -> None:
        record = self._current() or self.snapshot.plan
        lines = history_lines(self.session, history(self.session.store, record.kind, record.id))
        open_over(self, TextView(f"History: {naming.called(self.session, record)}", lines))

    def _previous(self) -> None:
        self._turn(-1)

    def _following(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        place = self._queue.index(self.snapshot.plan.id) + by
        if not 0 <= place < len(self._queue):
            self.say("There is no plan further on.", warning=True)
            return
        self.snapshot = read_plan(self.session, self._queue[place])
        self.table.cursor = 0
        self._show()

    def _client(self) -> None:
        if self.snapshot.client is not None:
            self.dismiss(self.snapshot.client.id)

    routes: ClassVar = {
        "record.done": _done,
        "record.new": _ask,
        "record.open": _edit,
        "record.edit": _edit,
        "record.why": _why,
        "record.history": _history,
        "client.back": _previous,
        "client.forward": _following,
        "plan.skip": _skip,
        "plan.move": _move,
        "plan.assign": _assign,
        "plan.ready": _ready,
        "plan.deliver": _deliver,
        "plan.move_all": _move_all,
        "plan.mentor": _mentor,
        "plan.over": _over,
        "plan.stop": _stop,
        "plan.client": _client,
    }
    BINDINGS = table_bindings(routes)
