"""What is done with plans: started from a playbook, their steps ticked, skipped, moved, and their ends."""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.desk.plans import starting as plans
from onewindow.desk.plans import work as plan_work
from onewindow.records.adoption import Plan, PlanStep, ReadinessItem
from tests.simulation import plan_rules as rules
from tests.simulation.model import Draft, Refused, Row
from tests.simulation.record_work import save
from tests.simulation.step import Step, Work, seen


def start(work: Work) -> Step | None:
    """A playbook is started for a client."""
    row, book = work.pick("client"), work.pick("playbook")
    if row is None or book is None:
        return None
    client, playbook = work.look("client", row["id"]), work.look("playbook", book["id"], stale=0)
    session = work.person.session
    return Step(
        f"start {book['name']} for client {row['number']}",
        lambda: plans.start(session, client, playbook),
        lambda draft: rules.start(draft, row["id"], book),
    )


def work_on_step(work: Work) -> Step | None:
    """A step is done, left out, given to somebody or moved, as it was seen now or earlier."""
    row = work.pick("plan_step", lambda each: each["status"] == "open" or work.chance(0.1))
    if row is None:
        return None
    step: PlanStep = work.look("plan_step", row["id"], stale=0.3)
    match work.one_of("tick", "tick", "tick", "skip", "assign", "move"):
        case "tick":
            return _tick(work, step)
        case "skip":
            return _skip(work, step)
        case "assign":
            to: int = work.one_of(*work.firm.people[:3]).session.me.id
            return Step(
                f"step {step.title} to {to}",
                lambda: plan_work.assign(work.person.session, step, to),
                lambda draft: draft.save("plan_step", seen(step), {"assignee_id": to}) and None,
            )
        case _:
            return _move(work, step)


def _tick(work: Work, step: PlanStep) -> Step:
    session, passed = work.person.session, work.one_of("", "", work.word())

    def foretell(draft: Draft) -> None:
        if step.status != "open":
            raise Refused("it is over")
        values = {"status": "done", "done_on": draft.today} | ({"passed_over": passed} if passed else {})
        before, after = draft.save("plan_step", seen(step), values)
        rules.end_step(draft, before, after, is_lead=session.me.role == "lead")

    return Step(f"tick {step.title}", lambda: plan_work.tick(session, step, passed_over=passed), foretell)


def _skip(work: Work, step: PlanStep) -> Step:
    session, reason = work.person.session, work.word()

    def foretell(draft: Draft) -> None:
        if step.status != "open":
            raise Refused("it is over")
        for each in rules.asked_of(draft, step.id):
            draft.update("executor", each["id"], {"state": "dropped", "answer": reason})
        before, after = draft.save("plan_step", seen(step), {"status": "skipped", "reason": reason})
        rules.end_step(draft, before, after, is_lead=session.me.role == "lead")

    return Step(f"skip {step.title}", lambda: plan_work.skip(session, step, reason), foretell)


def _move(work: Work, step: PlanStep) -> Step:
    """One step gets another day; the plan ends with the last of its steps."""
    session, reason = work.person.session, work.word()
    begun = date.fromisoformat(work.model.rows["plan"][step.plan_id]["started_on"])
    day = begun + timedelta(days=work.one_of(20, 40, 60))

    def foretell(draft: Draft) -> None:
        if step.status != "open":
            raise Refused("it is over")
        if any(each["id"] == step.id for each in rules.open_steps(draft, step.plan_id)):
            draft.update("plan_step", step.id, {"due_on": day.isoformat(), "reason": reason})
        living = (
            each
            for each in draft.all("plan_step")
            if each["plan_id"] == step.plan_id and each["archived_at"] is None
        )
        plan = draft.get("plan", step.plan_id)
        last = max((each["due_on"] for each in living if each["due_on"]), default=plan["due_on"])
        draft.update("plan", plan["id"], {"due_on": last, "reason": reason})

    return Step(
        f"move {step.title} to {day}",
        lambda: plan_work.move_step(session, step, day, reason, alone=True),
        foretell,
    )


def answer_inside(work: Work) -> Step | None:
    """A department is ready with its part of a step, or is needed no more, which wants a reason."""
    row = work.pick("executor", lambda each: each["state"] == "asked" or work.chance(0.1))
    if row is None:
        return None
    part: ReadinessItem = work.look("executor", row["id"], stale=0.3)
    session, answer, dropped = work.person.session, work.one_of("", work.word()), work.chance(0.3)

    def foretell(draft: Draft) -> None:
        if part.state != "asked" or (dropped and not answer):
            raise Refused("it is over, or there is no reason")
        values = {"state": "dropped" if dropped else "ready", "answer": answer or part.answer}
        _, after = draft.save("executor", seen(part), values)
        is_ready = after["state"] == "ready"
        if is_ready != bool(after["ready_on"]):
            draft.update("executor", part.id, {"ready_on": draft.today if is_ready else None})

    return Step(
        f"ready: {part.what}, dropped: {dropped}",
        lambda: plan_work.mark_ready(session, part, answer, dropped=dropped),
        foretell,
    )


def end_plan(work: Work) -> Step | None:
    """A plan is closed, which takes that nothing is open, or stopped before its time."""
    row = work.pick("plan", lambda each: each["status"] == "running" or work.chance(0.1))
    if row is None:
        return None
    plan: Plan = work.look("plan", row["id"], stale=0.3)
    return _close(work, plan) if work.chance(0.7) else _stop(work, plan)


def _close(work: Work, plan: Plan) -> Step:
    session = work.person.session

    def foretell(draft: Draft) -> None:
        if plan.status != "running":
            raise Refused("it is over")
        before, _ = save(draft, "plan", seen(plan), {"status": "done"})
        if before["status"] == "running":
            _refuse_open(draft, before)
        client = draft.get("client", before["client_id"])
        if before["plan_kind"] == "onboarding" and client["stage"] in ("handover", "onboarding"):
            draft.update("client", client["id"], {"stage": "active"})

    return Step(f"close plan {plan.title}", lambda: plan_work.close(session, plan), foretell)


def _refuse_open(draft: Draft, plan: Row) -> None:
    if rules.open_steps(draft, plan["id"]) or rules.asked_for_plan(draft, plan["id"]):
        raise Refused("something of it is open")


def _stop(work: Work, plan: Plan) -> Step:
    session, reason = work.person.session, work.word()

    def foretell(draft: Draft) -> None:
        if plan.status != "running":
            raise Refused("it is over")
        for each in rules.asked_for_plan(draft, plan.id):
            draft.update("executor", each["id"], {"state": "dropped", "answer": reason})
        for step in rules.open_steps(draft, plan.id):
            skipped = {"status": "skipped", "reason": f"plan stopped: {reason}"}
            draft.update("plan_step", step["id"], skipped)
        save(draft, "plan", seen(plan), {"status": "stopped", "reason": reason})

    return Step(f"stop plan {plan.title}", lambda: plan_work.stop(session, plan, reason), foretell)
