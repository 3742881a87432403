"""Playbooks and plans as they are started and worked through; who could do a step, and how much they have."""

from __future__ import annotations

from onewindow.records.adoption import Plan, PlanPhase, PlanStep, Playbook, PlaybookStep, ReadinessItem
from onewindow.records.organization import Staff
from onewindow.store.engine import Store
from onewindow.store.requests.threads import OPEN
from onewindow.store.rows import build, column_list, fetch


def playbooks(store: Store, plan_kind: str) -> list[Playbook]:
    """The playbooks of a kind, the oldest first."""
    return fetch(
        store,
        Playbook,
        "WHERE plan_kind = :kind AND archived_at IS NULL ORDER BY id LIMIT 200",
        kind=plan_kind,
    )


def playbook_steps(store: Store, playbook_id: int) -> list[PlaybookStep]:
    """The steps of a playbook in their order."""
    return fetch(
        store,
        PlaybookStep,
        "WHERE playbook_id = :playbook AND archived_at IS NULL ORDER BY position, id LIMIT 200",
        playbook=playbook_id,
    )


def ended_in(store: Store, plan_id: int, training_id: int, but: int) -> list[PlanStep]:
    """The steps of a plan that ended in a lesson, all but one step."""
    return fetch(
        store,
        PlanStep,
        "WHERE plan_id = :plan AND training_id = :lesson AND id <> :step AND archived_at IS NULL",
        plan=plan_id,
        lesson=training_id,
        step=but,
    )


def running_of(store: Store, client_id: int, plan_kind: str) -> Plan | None:
    """The newest running plan of a kind at a client, if there is one."""
    plans = fetch(
        store,
        Plan,
        "WHERE client_id = :client AND plan_kind = :kind AND status = 'running' AND archived_at IS NULL"
        " ORDER BY started_on DESC, id LIMIT 1",
        client=client_id,
        kind=plan_kind,
    )
    return plans[0] if plans else None


def any_of(store: Store, client_id: int, plan_kind: str) -> bool:
    """Whether a client has or had a plan of a kind that was not stopped."""
    return bool(
        store.rows(
            "SELECT id FROM plan WHERE client_id = :client AND plan_kind = :kind AND status <> 'stopped'"
            " AND archived_at IS NULL LIMIT 1",
            client=client_id,
            kind=plan_kind,
        )
    )


def running_plans(store: Store, client_id: int) -> list[Plan]:
    """A client's plans that are not finished, the newest first."""
    return fetch(
        store,
        Plan,
        "WHERE client_id = :client AND status = 'running' AND archived_at IS NULL"
        " ORDER BY started_on DESC, id LIMIT 50",
        client=client_id,
    )


def phases(store: Store, plan_id: int) -> list[PlanPhase]:
    """The phases of a plan in their order."""
    return fetch(
        store,
        PlanPhase,
        "WHERE plan_id = :plan AND archived_at IS NULL ORDER BY position, id LIMIT 200",
        plan=plan_id,
    )


def readiness_items(store: Store, step_id: int) -> list[ReadinessItem]:
    """Who helps inside with a step, in the order in which they were asked."""
    return fetch(
        store,
        ReadinessItem,
        "WHERE plan_step_id = :step AND archived_at IS NULL ORDER BY id LIMIT 100",
        step=step_id,
    )


def open_steps(store: Store, plan_id: int) -> list[PlanStep]:
    """The steps of a plan that are still to be done, in their order."""
    return fetch(
        store,
        PlanStep,
        "WHERE plan_id = :plan AND status = 'open' AND archived_at IS NULL ORDER BY position, id LIMIT 200",
        plan=plan_id,
    )


def open_readiness_items(store: Store, plan_id: int) -> list[ReadinessItem]:
    """What departments inside still have to have ready for a plan, step by step."""
    rows = store.rows(
        f"SELECT {column_list(ReadinessItem, 'x')} FROM plan_step s CROSS JOIN executor x"
        " WHERE s.plan_id = :plan AND s.archived_at IS NULL AND x.plan_step_id = s.id"
        " AND x.state = 'asked' AND x.archived_at IS NULL LIMIT 200",
        plan=plan_id,
    )
    return [build(ReadinessItem, row) for row in rows]


def staff_of_role(store: Store, role: str) -> list[Staff]:
    """The colleagues who have a role and work here, by office."""
    return fetch(
        store,
        Staff,
        "WHERE role = :role AND archived_at IS NULL ORDER BY office, id LIMIT 5000",
        role=role,
    )


def open_work(store: Store, staff_id: int) -> int:
    """How many requests and steps of plans somebody has open."""
    requests = store.scalar(
        f"SELECT COUNT(*) FROM request WHERE assignee_id = :staff AND {OPEN} AND archived_at IS NULL",
        staff=staff_id,
    )
    steps = store.scalar(
        "SELECT COUNT(*) FROM plan_step WHERE assignee_id = :staff AND status = 'open'"
        " AND archived_at IS NULL",
        staff=staff_id,
    )
    return requests + steps


def running(store: Store, plan_kind: str, limit: int = 200) -> list[Plan]:
    """Everybody's running plans of a kind, those due first first."""
    return fetch(
        store,
        Plan,
        "WHERE plan_kind = :kind AND status = 'running' AND archived_at IS NULL"
        " ORDER BY due_on, id LIMIT :limit",
        kind=plan_kind,
        limit=limit,
    )


def begun(store: Store, plan_kind: str, since: str, till: str) -> list[Plan]:
    """The plans of a kind that were started between two dates, the earliest first."""
    return fetch(
        store,
        Plan,
        "WHERE plan_kind = :kind AND started_on BETWEEN :since AND :till AND archived_at IS NULL"
        " ORDER BY started_on, id LIMIT 20000",
        kind=plan_kind,
        since=since,
        till=till,
    )


def asked_of(store: Store, staff_id: int, till: str, limit: int = 50) -> list[ReadinessItem]:
    """What somebody has to have ready inside by a date, by date."""
    return fetch(
        store,
        ReadinessItem,
        "WHERE staff_id = :staff AND state = 'asked' AND due_on <= :till AND archived_at IS NULL"
        " ORDER BY due_on, id LIMIT :limit",
        staff=staff_id,
        till=till,
        limit=limit,
    )


def signed_contract_on(store: Store, client_id: int) -> str | None:
    """The day on which a client's first contract was signed, None without one."""
    return store.scalar(
        "SELECT MIN(signed_on) FROM document WHERE client_id = :client AND document_kind = 'contract'"
        " AND signed_on > '' AND archived_at IS NULL",
        client=client_id,
    )


def uncovered(store: Store, owner_id: int, till: str, limit: int = 20) -> list[PlanStep]:
    """Open steps that nobody does, due by a date, of the running plans for which somebody answers."""
    return _of_plans(store, "p.owner_id = :staff", "s.assignee_id IS NULL", owner_id, till, limit)


def late_of_mentored(store: Store, mentor_id: int, before: str, limit: int = 20) -> list[PlanStep]:
    """Open steps past their date in the own starts of the colleagues whom somebody guides."""
    where = "p.mentor_id = :staff AND p.employee_id IS NOT NULL"
    mine = "(s.assignee_id IS NULL OR s.assignee_id <> :staff) AND s.due_on < :till"
    return _of_plans(store, where, mine, mentor_id, before, limit)


def finished(store: Store, owner_id: int, limit: int = 20) -> list[Plan]:
    """Running plans for which somebody answers and of which no step is open any more."""
    return fetch(
        store,
        Plan,
        "WHERE owner_id = :owner AND status = 'running' AND archived_at IS NULL"
        " AND NOT EXISTS (SELECT s.id FROM plan_step s WHERE s.plan_id = plan.id AND s.status = 'open'"
        " AND s.archived_at IS NULL) ORDER BY due_on, id LIMIT :limit",
        owner=owner_id,
        limit=limit,
    )


def _of_plans(
    store: Store, plan_where: str, step_where: str, staff_id: int, till: str, limit: int
) -> list[PlanStep]:
    rows = store.rows(
        f"SELECT {column_list(PlanStep, 's')} FROM plan p CROSS JOIN plan_step s"
        f" WHERE {plan_where} AND p.status = 'running' AND p.archived_at IS NULL AND s.plan_id = p.id"
        f" AND s.status = 'open' AND {step_where} AND s.due_on <= :till AND s.archived_at IS NULL"
        " LIMIT :limit",
        staff=staff_id,
        till=till,
        limit=limit,
    )
    return [build(PlanStep, row) for row in rows]
