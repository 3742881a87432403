"""What follows for plans from what happens elsewhere: a contract is signed, a client gets another owner."""

from __future__ import annotations

from onewindow.desk.plans import starting
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan
from onewindow.records.clients import Client
from onewindow.records.requests import Document
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.plans import progress as plans
from onewindow.text.plural import counted

NEW_STAGES = ("handover", "onboarding")
"""The stages of clients who are not brought in yet."""


def after_document(
    session: Session, transaction: Transaction, before: Document | None, stored: Document
) -> str:
    """Start the onboarding of a new client whose contract was signed."""
    # Only the step to "signed" starts it: an edit of a contract that was signed long ago must not.
    was_signed = before is not None and _is_signed_contract(before)
    if was_signed or not _is_signed_contract(stored):
        return ""
    return "onboarding starts" if _begin(session, transaction, stored.client_id) else ""


def after_client(session: Session, transaction: Transaction, before: Client | None, stored: Client) -> str:
    """Give a new owner what the former one had to do in the plans of the client."""
    if before is None or stored.owner_id == before.owner_id:
        return ""
    moved = _hand_on(session, transaction, before, stored)
    return f"{counted(moved, 'step of plans goes', 'steps of plans go')} along" if moved else ""


def _is_signed_contract(document: Document) -> bool:
    return (
        document.document_kind == "contract" and document.state == "signed" and document.archived_at is None
    )


def _begin(session: Session, transaction: Transaction, client_id: int) -> Plan | None:
    client = rows.find(session.store, Client, client_id)
    if client is None or client.stage not in NEW_STAGES:
        return None
    if plans.any_of(session.store, client_id, "onboarding"):
        return None
    return starting.start_onboarding_in(session, transaction, client)


def _hand_on(session: Session, transaction: Transaction, before: Client, client: Client) -> int:
    """Give the open steps of the former owner, and what they answer for, to the new one."""
    if client.owner_id is None or before.owner_id is None:
        return 0
    moved = 0
    for plan in plans.running_plans(session.store, client.id):
        changes = {
            name: client.owner_id
            for name in ("owner_id", "mentor_id")
            if getattr(plan, name) == before.owner_id
        }
        if changes:
            transaction.update(plan, changes)
        for step in plans.open_steps(session.store, plan.id):
            if step.assignee_id == before.owner_id:
                transaction.update(step, {"assignee_id": client.owner_id})
                moved += 1
    return moved
