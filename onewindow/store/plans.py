"""Playbooks and plans as they are started and worked through; who could do a step, and how much he has."""

from __future__ import annotations

from onewindow.records.adoption import Plan, Playbook, PlaybookStep
from onewindow.store.engine import Store
from onewindow.store.requests import OPEN
from onewindow.store.rows import fetch


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


def running_of(store: Store, client_id: int, plan_kind: str) -> Plan | None:
    """The newest running plan of a kind at a client, if there is one."""
    found = fetch(
        store,
        Plan,
        "WHERE client_id = :client AND plan_kind = :kind AND status = 'running' AND archived_at IS NULL"
        " ORDER BY started_on DESC, id LIMIT 1",
        client=client_id,
        kind=plan_kind,
    )
    return found[0] if found else None


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
