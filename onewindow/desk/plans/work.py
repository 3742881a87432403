"""Working through a plan: tick, skip, move and give away its steps, ask inside, deliver, close and stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from onewindow.desk.editing import changing
from onewindow.desk.plans.dates import calendar_for
from onewindow.desk.plans.step_results import validate_fits, versions_text
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.policies.working_days import shift_working_days, working_days_between
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.adoption import Plan, PlanPhase, PlanStep, ReadinessItem, Training
from onewindow.records.clients import Client
from onewindow.records.requests import Document
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.plans import progress as plans
from onewindow.store.problems import StoreProblem

T = TypeVar("T")


def tick(
    session: Session,
    step: PlanStep,
    *,
    result: str = "",
    document_id: int | None = None,
    training_id: int | None = None,
    passed_over: str = "",
) -> PlanStep:
    """Mark a step done with what it ended in; `result` of a step that ends in a date is an ISO date.

    Raises StoreProblem with one sentence when the result is not there, when a control point comes first and
    is not passed over with a reason by a lead, and when somebody inside is not ready.
    """
    if step.status != "open":
        raise StoreProblem(f"“{step.title}” is {step.status} already.")
    store = session.store
    values: dict[str, Value] = {"status": "done", "done_on": session.today().isoformat()}
    if passed_over:
        values["passed_over"] = passed_over
    if document_id:
        values["document_id"] = document_id
        result = result or _named(rows.find(store, Document, document_id))
    if training_id:
        values["training_id"] = training_id
        training = rows.find(store, Training, training_id)
        if training is not None and not result.strip() and training.client_id == step.client_id:
            validate_fits(store, step, training)
        result = result or _training_text(training)
    if step.result_kind == "version" and step.client_id and not result:
        result = versions_text(store, step.client_id)
    if step.result_kind == "volume" and step.phase_id and not result:
        phase = rows.get(store, PlanPhase, step.phase_id)
        result = f"{phase.delivered_volume}"
    values["result"] = (result or step.result)[:200]

    def work(transaction: Transaction) -> PlanStep:
        done = changing.change_in(session, transaction, step, values)
        if done.document_id and done.phase_id:
            phase = rows.get(store, PlanPhase, done.phase_id)
            transaction.update(phase, {"document_id": done.document_id})
        return done

    return _changed(session, f"step done: {step.title}", work)


def skip(session: Session, step: PlanStep, reason: str) -> PlanStep:
    """Leave a step out, with the reason; what was asked inside for it is dropped. Raises StoreProblem."""
    if step.status != "open":
        raise StoreProblem(f"“{step.title}” is {step.status} already.")

    def work(transaction: Transaction) -> PlanStep:
        for helper in plans.readiness_items(session.store, step.id):
            if helper.state == "asked":
                changing.change_in(session, transaction, helper, {"state": "dropped", "answer": reason[:200]})
        return changing.change_in(
            session, transaction, step, {"status": "skipped", "reason": reason.strip()[:200]}
        )

    return _changed(session, f"step skipped: {step.title}", work)


def move_step(
    session: Session, step: PlanStep, due_on: date, reason: str, *, alone: bool = False
) -> list[PlanStep]:
    """Give a step another date, with the reason; open steps that wait for it move along.

    All that moved are given back. They move by as many working days; `alone` leaves them.
    Raises StoreProblem.
    """
    if step.status != "open":
        raise StoreProblem(f"“{step.title}” is {step.status}; only open steps move.")
    if not reason.strip():
        raise StoreProblem("Say why the date moves; whoever waits for it reads it.")
    plan = rows.get(session.store, Plan, step.plan_id)
    calendar = _calendar(session, plan)
    opened = plans.open_steps(session.store, plan.id)
    moved = {step.id: due_on}
    if step.due_on and not alone:
        by = working_days_between(calendar, date.fromisoformat(step.due_on), due_on)
        for waiting in _waiting_for(step, opened):
            if waiting.due_on:
                moved[waiting.id] = _shifted(calendar, date.fromisoformat(waiting.due_on), by)
    return _move(session, plan, opened, moved, reason, f"step moved to {due_on:%d.%m.%Y}: {step.title}")


def move_plan(session: Session, plan: Plan, days: int, reason: str) -> list[PlanStep]:
    """Move all open steps of a plan by so many working days, back if negative. Raises StoreProblem."""
    if plan.status != "running":
        raise StoreProblem(f"The plan “{plan.title}” is {plan.status}.")
    if not reason.strip():
        raise StoreProblem("Say why the plan moves; the client reads it.")
    if not days:
        raise StoreProblem("By how many working days does it move? 5 is a week later, -5 a week earlier.")
    calendar = _calendar(session, plan)
    opened = plans.open_steps(session.store, plan.id)
    moved = {
        step.id: _shifted(calendar, date.fromisoformat(step.due_on), days) for step in opened if step.due_on
    }
    if not moved:
        raise StoreProblem("No open step of this plan has a date.")
    return _move(session, plan, opened, moved, reason, f"plan moved by {days:+d} working days: {plan.title}")


def _shifted(calendar: Calendar | None, day: date, days: int) -> date:
    try:
        return shift_working_days(calendar, day, days)
    except ValueError as error:
        raise StoreProblem(str(error)) from error


def assign(session: Session, step: PlanStep, staff_id: int) -> PlanStep:
    """Give a step to somebody."""
    person = session.directory.staff.get(staff_id)
    if person is None or person.archived_at is not None:
        raise StoreProblem("There is no such colleague any more.")
    return changing.change(session, step, {"assignee_id": staff_id}, f"step to {person.name}: {step.title}")


def set_mentor(session: Session, plan: Plan, staff_id: int) -> Plan:
    """Let somebody guide a plan."""
    name = session.directory.name(staff_id)
    return changing.change(session, plan, {"mentor_id": staff_id}, f"mentor {name}: {plan.title}")


def ask(
    session: Session,
    step: PlanStep,
    department: str,
    what: str,
    due_on: str | None = None,
    staff_id: int | None = None,
) -> ReadinessItem:
    """Ask a department inside to have something ready for a step; by the step's date if none is given."""
    if step.status != "open":
        raise StoreProblem(f"“{step.title}” is {step.status}; nothing is needed for it any more.")
    return changing.insert(
        session,
        ReadinessItem(
            client_id=step.client_id,
            plan_step_id=step.id,
            department=department.strip(),
            what=what.strip(),
            due_on=due_on or step.due_on,
            staff_id=staff_id,
        ),
    )


def mark_ready(
    session: Session, executor: ReadinessItem, answer: str = "", *, dropped: bool = False
) -> ReadinessItem:
    """Note that a department is ready, or that it is needed no more, which needs a reason."""
    if executor.state != "asked":
        raise StoreProblem(f"“{executor.what}” is {executor.state} already.")
    if dropped and not answer.strip():
        raise StoreProblem("Say why it is needed no more.")
    state = "dropped" if dropped else "ready"
    values: dict[str, Value] = {"state": state, "answer": answer.strip()[:200] or executor.answer}
    return changing.change(session, executor, values, f"{state}: {executor.what}")


def deliver(
    session: Session, phase: PlanPhase, volume: int, document_id: int | None = None
) -> tuple[PlanPhase, Plan]:
    """Record a part delivered of a phase; a negative one takes back what was counted wrong.

    The plan carries the sum of its phases. Raises StoreProblem for less than nothing delivered, and for a
    document that is not the client's.
    """
    if phase.delivered_volume + volume < 0:
        raise StoreProblem(f"Only {phase.delivered_volume} were delivered in “{phase.title}”.")
    # Only what adds is held to the agreed volume: a correction downwards must always be possible.
    if volume > 0 and phase.agreed_volume and phase.delivered_volume + volume > phase.agreed_volume:
        left = max(0, phase.agreed_volume - phase.delivered_volume)
        raise StoreProblem(
            f"{phase.agreed_volume} are agreed in “{phase.title}” and {left} are left; change that first."
        )
    if (
        document_id is not None
        and rows.get(session.store, Document, document_id).client_id != phase.client_id
    ):
        raise StoreProblem("That document is another client's.")
    plan = rows.get(session.store, Plan, phase.plan_id)

    def work(transaction: Transaction) -> tuple[PlanPhase, Plan]:
        values: dict[str, Value] = {"delivered_volume": phase.delivered_volume + volume}
        if document_id is not None:
            values["document_id"] = document_id
        after = changing.change_in(session, transaction, phase, values)
        # Read again in the transaction: another phase may have been delivered meanwhile.
        total = sum(phase_now.delivered_volume for phase_now in plans.phases(session.store, plan.id))
        return after, transaction.update(plan, {"delivered_volume": total})

    return _changed(session, f"delivered {volume} {plan.unit}: {phase.title}".replace("  ", " "), work)


def close(session: Session, plan: Plan) -> Plan:
    """End a plan whose steps are all done or skipped; after an onboarding the client becomes active.

    Raises StoreProblem for an open step and for somebody inside who is not ready.
    """
    if plan.status != "running":
        raise StoreProblem(f"The plan “{plan.title}” is {plan.status} already.")

    def work(transaction: Transaction) -> Plan:
        done = changing.change_in(session, transaction, plan, {"status": "done"})
        client = rows.find(session.store, Client, plan.client_id) if plan.client_id else None
        if (
            client is not None
            and plan.plan_kind == "onboarding"
            and client.stage in ("handover", "onboarding")
        ):
            changing.change_in(session, transaction, client, {"stage": "active"})
            transaction.relabel(f"{transaction.label}; {client.name} is active")
        return done

    return _changed(session, f"plan done: {plan.title}", work)


def stop(session: Session, plan: Plan, reason: str) -> Plan:
    """End a plan before its time, with the reason; its open steps are no longer anybody's work."""
    if plan.status != "running":
        raise StoreProblem(f"The plan “{plan.title}” is {plan.status} already.")
    if not reason.strip():
        raise StoreProblem("Say why the plan is stopped.")

    def work(transaction: Transaction) -> Plan:
        for helper in plans.open_readiness_items(session.store, plan.id):
            changing.change_in(session, transaction, helper, {"state": "dropped", "answer": reason[:200]})
        for step in plans.open_steps(session.store, plan.id):
            # Not by the rules of skipping: the plan as a whole ends, control points too.
            transaction.update(step, {"status": "skipped", "reason": f"plan stopped: {reason}"[:200]})
        values: dict[str, Value] = {"status": "stopped", "reason": reason.strip()[:200]}
        return changing.change_in(session, transaction, plan, values)

    return _changed(session, f"plan stopped: {plan.title}", work)


def _move(
    session: Session,
    plan: Plan,
    opened: list[PlanStep],
    moved: Mapping[int, date],
    reason: str,
    label: str,
) -> list[PlanStep]:
    def work(transaction: Transaction) -> list[PlanStep]:
        moved_steps = [
            changing.change_in(
                session,
                transaction,
                step,
                {"due_on": moved[step.id].isoformat(), "reason": reason.strip()[:200]},
            )
            for step in opened
            if step.id in moved
        ]
        steps = ownership.steps(session.store, plan.id)
        # All steps, done ones too: the plan ends with the last of them, whichever moved.
        last = max((stored_step.due_on for stored_step in steps if stored_step.due_on), default=plan.due_on)
        values: dict[str, Value] = {"due_on": last, "reason": reason.strip()[:200]}
        for phase in plans.phases(session.store, plan.id):
            ends = max(
                (
                    stored_step.due_on
                    for stored_step in steps
                    if stored_step.phase_id == phase.id and stored_step.due_on
                ),
                default=None,
            )
            if ends and ends != phase.due_on:
                transaction.update(phase, {"due_on": ends})
        changing.change_in(session, transaction, plan, values)
        return moved_steps

    return _changed(session, label, work)


def _waiting_for(step: PlanStep, steps: list[PlanStep]) -> list[PlanStep]:
    """The steps that wait for a step, also by way of others."""
    waiting: list[PlanStep] = []
    waited = {step.id}
    # To the end of the chains: whoever waits for one that waits moves too, in whatever order they stand.
    grown = True
    while grown:
        more = [other for other in steps if other.depends_on_id in waited and other.id not in waited]
        grown = bool(more)
        waiting += more
        waited |= {other.id for other in more}
    return waiting


def _calendar(session: Session, plan: Plan) -> Calendar | None:
    client = rows.find(session.store, Client, plan.client_id) if plan.client_id else None
    return calendar_for(session, client.tier if client is not None else "")


def _named(document: Document | None) -> str:
    return " ".join(filter(None, (document.title, document.number))) if document is not None else ""


def _training_text(training: Training | None) -> str:
    if training is None:
        return ""
    people = f"{training.people} people" if training.people != 1 else "1 person"
    return f"{training.title}, {people}"


def _changed(session: Session, label: str, work: Callable[[Transaction], T]) -> T:
    """Do it in one change, and let what a field is missing be a sentence of its own."""
    try:
        return session.change(label, work).result
    except FieldProblems as problem:
        said = " ".join(f"{text[:1].upper()}{text[1:]}" for text in problem.errors.values())
        raise StoreProblem(said) from problem
