"""What must hold for playbooks and plans: steps end in their results, control points hold up what follows."""

from __future__ import annotations

from datetime import date

from onewindow.desk.plans.dates import step_dates
from onewindow.desk.plans.step_results import missing
from onewindow.desk.reference.record_entries import Consequences, Context, Done, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan, PlanPhase, PlanStep, Playbook, PlaybookStep, ReadinessItem
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, Value
from onewindow.store.plans import progress as plans

_ANY_DAY = date(2026, 1, 1)
"""Whether steps wait for each other is the same from any day."""


def _phase(_context: Context, record: PlanPhase) -> dict[str, str]:
    names = ("agreed_volume", "delivered_volume")
    return {name: "this cannot be negative." for name in names if (getattr(record, name) or 0) < 0}


def _filled_step(context: Context, record: PlanStep) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if not record.first_due_on and record.due_on:
        values["first_due_on"] = record.due_on
    if (record.status == "done") != bool(record.done_on):
        values["done_on"] = context.today if record.status == "done" else None
    return values


def _filled_plan(context: Context, record: Plan) -> dict[str, Value]:
    closed = record.status != "running"
    values: dict[str, Value] = {}
    if record.mentor_id and not record.owner_id:
        values["owner_id"] = record.mentor_id
    if closed != bool(record.closed_on):
        values["closed_on"] = context.today if closed else None
    return values


def _filled_readiness_item(context: Context, record: ReadinessItem) -> dict[str, Value]:
    ready = record.state == "ready"
    values: dict[str, Value] = {} if record.asked_on else {"asked_on": context.today}
    if ready != bool(record.ready_on):
        values["ready_on"] = context.today if ready else None
    return values


def open_control_points(store: Store, step: PlanStep) -> list[PlanStep]:
    """The open control points that hold a step up: those before it in its plan."""
    return [
        other
        for other in plans.open_steps(store, step.plan_id)
        if other.is_control_point and other.position < step.position and other.id != step.id
    ]


def _step(context: Context, step: PlanStep) -> dict[str, str]:
    store = context.store
    stored = rows.find(store, PlanStep, step.id) if step.id else None
    if stored is None or stored.status != "open":
        return {}
    if step.status == "open":
        if step.due_on != stored.due_on and not step.reason:
            return {"reason": "say why the date moves."}
        return {}
    plan = rows.get(store, Plan, step.plan_id)
    if plan.status != "running":
        return {"status": f"the plan “{plan.title}” is {plan.status}; its steps stay as they are."}
    if step.status == "skipped":
        if not step.reason:
            return {"reason": "say why the step is skipped."}
        if step.is_control_point and not context.is_lead:
            return {"status": "a control point is skipped by a lead only."}
        return {}
    # One reason at a time, the one first that has to be settled first.
    return _held_up(context, step) or _inside(store, step) or missing(store, step)


def _held_up(context: Context, step: PlanStep) -> dict[str, str]:
    points = open_control_points(context.store, step)
    if not points or (step.passed_over and context.is_lead):
        return {}
    named = f"{points[0].position}. {points[0].title}"
    if step.passed_over:
        return {"passed_over": f"only a lead passes over the open control point “{named}”."}
    return {"status": f"the control point “{named}” comes first; a lead can pass over it with a reason."}


def _inside(store: Store, step: PlanStep) -> dict[str, str]:
    for helper in plans.readiness_items(store, step.id):
        if helper.state == "asked":
            whose = helper.department or "somebody inside"
            return {"status": f"{whose} is not ready with “{helper.what}”: mark it ready or drop it first."}
    return {}


def _plan(context: Context, plan: Plan) -> dict[str, str]:
    stored = rows.find(context.store, Plan, plan.id) if plan.id else None
    if stored is None or stored.status != "running" or plan.status == "running":
        return {}
    if plan.status == "stopped":
        return {} if plan.reason else {"reason": "say why the plan is stopped."}
    left = plans.open_steps(context.store, plan.id)
    if left:
        named = f"{left[0].position}. {left[0].title}"
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        return {"status": f"the step “{named}”{more} is open: do or skip it first."}
    for helper in plans.open_readiness_items(context.store, plan.id):
        return {"status": f"{helper.department or 'somebody inside'} is not ready with “{helper.what}”."}
    return {}


def _playbook_step(context: Context, step: PlaybookStep) -> dict[str, str]:
    errors: dict[str, str] = {}
    if step.due_after_days < 0:
        errors["due_after_days"] = "working days count from 0."
    if step.result_kind == "volume" and not step.phase:
        errors["phase"] = "a step that ends in a volume needs the name of its phase."
    if (step.volume or 0) < 0:
        errors["volume"] = "this cannot be negative."
    if not step.depends_on_id or rows.find(context.store, Playbook, step.playbook_id) is None:
        return errors
    others = {other.id: other for other in plans.playbook_steps(context.store, step.playbook_id)}
    if step.depends_on_id not in others:
        errors["depends_on_id"] = "a step waits for one of the same playbook."
        return errors
    try:
        step_dates(None, [*({**others, step.id: step}.values())], _ANY_DAY)
    except ValueError as error:
        errors["depends_on_id"] = str(error)
    return errors


def _step_done(session: Session, _record: PlanStep) -> dict[str, Value]:
    return {"status": "done", "done_on": session.today().isoformat()}


def _is_done(record: Plan | PlanStep) -> bool:
    return record.status == "done"


def _plan_done(_session: Session, _record: Plan) -> dict[str, Value]:
    return {"status": "done"}


def _new_edition(session: Session, transaction: Transaction, step: PlaybookStep) -> PlaybookStep:
    """A playbook whose steps change is another edition: plans say from which one they came."""
    playbook = rows.get(session.store, Playbook, step.playbook_id)
    transaction.update(playbook, {"edition": playbook.edition + 1})
    return step


def _after_step(
    session: Session, transaction: Transaction, before: PlaybookStep | None, stored: PlaybookStep
) -> str:
    # Of a new step the edition counts where people add it: a file brings the steps of the edition it has.
    if before is not None:
        _new_edition(session, transaction, stored)
    return ""


PLAYBOOK_STEP = RecordEntry[Session, PlaybookStep](
    RecordRules(problems=_playbook_step), Consequences(stored=_new_edition, follow_ups=(_after_step,))
)
PLAN = RecordEntry[Session, Plan](
    RecordRules(problems=_plan, filled=_filled_plan),
    done=Done(_plan_done, is_done=_is_done),
    caches=frozenset({"row"}),
)
PLAN_PHASE = RecordEntry[Session, PlanPhase](RecordRules(problems=_phase))
PLAN_STEP = RecordEntry[Session, PlanStep](
    RecordRules(problems=_step, filled=_filled_step),
    done=Done(_step_done, is_done=_is_done),
    caches=frozenset({"row"}),
)
EXECUTOR = RecordEntry[Session, ReadinessItem](RecordRules(filled=_filled_readiness_item))
