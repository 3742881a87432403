"""What holds for plans in the plain model: which steps come first, and who goes on with them."""

from __future__ import annotations

from tests.simulation.model import Draft, Refused, Row


def open_steps(draft: Draft, plan_id: int) -> list[Row]:
    """The steps of a plan that are still to be done."""
    return [
        step
        for step in draft.all("plan_step")
        if step["plan_id"] == plan_id and step["status"] == "open" and step["archived_at"] is None
    ]


def asked_of(draft: Draft, step_id: int) -> list[Row]:
    """What departments inside still have to have ready for a step."""
    return [
        each
        for each in draft.all("executor")
        if each["plan_step_id"] == step_id and each["state"] == "asked" and each["archived_at"] is None
    ]


def asked_for_plan(draft: Draft, plan_id: int) -> list[Row]:
    """What departments inside still have to have ready for a plan."""
    steps = [s for s in draft.all("plan_step") if s["plan_id"] == plan_id and s["archived_at"] is None]
    return [each for step in steps for each in asked_of(draft, step["id"])]


def end_step(draft: Draft, before: Row, after: Row, *, is_lead: bool) -> None:
    """Refuse the end of a step that is held up, and fill in the day on which it was done."""
    if before["status"] == "open" and after["status"] != "open":
        if draft.get("plan", after["plan_id"])["status"] != "running":
            raise Refused("the plan is over")
        if after["status"] == "skipped":
            if after["is_control_point"] and not is_lead:
                raise Refused("a control point is skipped by a lead")
        else:
            _refuse_held_up(draft, after, is_lead=is_lead)
    if (after["status"] == "done") != bool(after["done_on"]):
        day = draft.today if after["status"] == "done" else None
        draft.update("plan_step", after["id"], {"done_on": day})


def _refuse_held_up(draft: Draft, step: Row, *, is_lead: bool) -> None:
    points = [
        each
        for each in open_steps(draft, step["plan_id"])
        if each["is_control_point"] and each["position"] < step["position"]
    ]
    if points and not (step["passed_over"] and is_lead):
        raise Refused("a control point comes first")
    if asked_of(draft, step["id"]):
        raise Refused("somebody inside is not ready")


def start(draft: Draft, client_id: int, book: Row) -> None:
    """A playbook is started for a client; which days its steps have, and whose they are, is not foretold."""
    of_client = {"client_id": client_id}
    named = {"playbook_id": book["id"], "title": book["name"], "plan_kind": book["plan_kind"]}
    known = {"edition": book["edition"], "started_on": draft.today, "status": "running"}
    plan = draft.insert("plan", {**of_client, **named, **known}, loose=True)
    template = (each for each in draft.model.living("playbook_step") if each["playbook_id"] == book["id"])
    for place, each in enumerate(template, start=1):
        kept = {name: each[name] for name in ("title", "role", "due_after_days", "is_control_point")}
        own = {"plan_id": plan["id"], "position": place, "status": "open", "result_kind": "none"}
        step = draft.insert("plan_step", {**of_client, **own, **kept}, loose=True)
        if each["executors"]:
            department, what = each["executors"].split(": ")
            asked = {"department": department, "what": what, "state": "asked", "asked_on": draft.at[:10]}
            draft.insert("executor", {**of_client, "plan_step_id": step["id"], **asked}, loose=True)


def follow_contract(draft: Draft, before: Row | None, after: Row) -> None:
    """A client who is not brought in yet is, from the signature of a contract on; once."""
    if not _is_signed_contract(after) or (before is not None and _is_signed_contract(before)):
        return
    client = draft.get("client", after["client_id"])
    if client["stage"] not in ("handover", "onboarding"):
        return
    for plan in draft.all("plan"):
        is_onboarding = plan["client_id"] == client["id"] and plan["plan_kind"] == "onboarding"
        if is_onboarding and plan["status"] != "stopped" and plan["archived_at"] is None:
            return
    draft.update("client", client["id"], {"stage": "onboarding"})
    start(draft, client["id"], draft.model.living("playbook")[0])


def _is_signed_contract(row: Row) -> bool:
    is_contract = row["document_kind"] == "contract" and row["archived_at"] is None
    return is_contract and row["state"] == "signed"


def hand_on(draft: Draft, client_id: int, old: int, new: int) -> None:
    """What the former owner of a client has of the client's plans goes to the new one."""
    if old == new:
        return
    for plan in list(draft.all("plan")):
        if plan["client_id"] != client_id or plan["status"] != "running" or plan["archived_at"]:
            continue
        draft.update("plan", plan["id"], {n: new for n in ("owner_id", "mentor_id") if plan[n] == old})
        for step in open_steps(draft, plan["id"]):
            if step["assignee_id"] == old:
                draft.update("plan_step", step["id"], {"assignee_id": new})
