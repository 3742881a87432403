"""What becomes of an opportunity: an idea is taken, offered or declined; an offer is won or lost, and why."""

from __future__ import annotations

from onewindow.desk.editing import changing
from onewindow.desk.health.scoring import client_health
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.health.score import Health
from onewindow.records.clients import Client
from onewindow.records.feedback import Opportunity, OpportunityState
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem

FOLLOWING: dict[OpportunityState, tuple[OpportunityState, ...]] = {
    "suggested": ("accepted", "offered", "dismissed"),
    "accepted": ("offered", "won", "lost", "dismissed"),
    "offered": ("won", "lost", "dismissed"),
    "won": (),
    "lost": (),
    "dismissed": ("accepted", "offered"),
}
"""State -> what may become of it by a key or a verb; the form may put any mistake right."""
_ENDS = ("won", "lost", "dismissed")
_WORDS = {"suggested": "an idea", "accepted": "accepted", "offered": "offered"}
_NEEDED = {
    "won": "say what was agreed: the result of a won one is told in reports.",
    "lost": "say why it was lost.",
    "dismissed": "say why it is dismissed.",
}


def caution(client: Client, health: Health) -> str:
    """Why one thinks twice before offering more to a client: lost, or in the red; '' for all others."""
    if client.stage == "lost":
        return "the client is lost"
    return (
        f"the client is red (health {health.score:.0f})"
        if health.score is not None and health.band == "red"
        else ""
    )


def caution_of(session: Session, client_id: int) -> str:
    """The caution about a client by id, as a sentence; '' where there is none."""
    client = rows.get(session.store, Client, client_id)
    weights = session.directory.weights.weights(client)
    reason = caution(client, client_health(session.store, client, session.now(), weights=weights))
    return f"{client.name}: {reason}; mend that before offering more." if reason else ""


def refusal(opportunity: Opportunity, state: OpportunityState) -> str:
    """Why an opportunity cannot become this, in one sentence; '' if it can."""
    if state in FOLLOWING[opportunity.state]:
        return ""
    if opportunity.state == "suggested":
        return "an idea is not won or lost: take it, offer it, or decline it with a reason"
    return f"it is {_WORDS.get(opportunity.state, opportunity.state)} already"


def move(
    session: Session, opportunity: Opportunity, state: OpportunityState, reason: str = ""
) -> Opportunity:
    """Bring an opportunity to a state; its ends need the reason or result.

    Who takes or offers one that is nobody's has it from then on. Raises StoreProblem for a state that cannot
    follow, FieldProblems for a missing reason.
    """
    against = refusal(opportunity, state)
    if against:
        raise StoreProblem(f"“{opportunity.title}”: {against}.")
    reason = " ".join(reason.split())
    if state in _ENDS and not reason:
        raise FieldProblems({"reason": _NEEDED[state]})
    changes: dict[str, Value] = {"state": state, "reason": reason if state in _ENDS else ""}
    # An idea of the program belongs to nobody: it falls to whoever picks it up.
    if state in ("accepted", "offered") and opportunity.assignee_id is None:
        changes["assignee_id"] = session.me.id
    return changing.change(session, opportunity, changes, f"{naming.title_of(opportunity)}: {state}")
