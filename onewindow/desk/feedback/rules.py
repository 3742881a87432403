"""What must hold for what clients say and may buy again: feedback and opportunities."""

from __future__ import annotations

from onewindow.desk.validation.record_rules import Context, RecordRules
from onewindow.records.clients import Client
from onewindow.records.voice import Feedback, Opportunity
from onewindow.store import rows
from onewindow.store.engine import Value


def _problems(_context: Context, record: Feedback) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 <= record.importance <= 3:
        errors["importance"] = "write 0 (idle wish) to 3 (cannot work without it)."
    if record.feedback_kind == "competitor" and not record.competitor:
        errors["competitor"] = "name the competitor they speak of."
    return errors


def _opportunity_problems(context: Context, record: Opportunity) -> dict[str, str]:
    if record.state in ("lost", "dismissed") and not record.reason:
        return {"reason": f"say why it was {record.state}."}
    if not record.id and record.state in ("accepted", "offered") and not context.is_import:
        client = rows.find(context.store, Client, record.client_id)
        if client is not None and client.stage == "lost":
            return {"client_id": f"{client.name} is lost; change the stage first if the client comes back."}
    return {}


def _filled_opportunity(context: Context, record: Opportunity) -> dict[str, Value]:
    closed = record.state in ("won", "lost", "dismissed")
    found: dict[str, Value] = {}
    if closed != bool(record.closed_on) and not (closed and _is_closing_untold(record, context)):
        found["closed_on"] = context.today if closed else None
    if not record.id and not record.begun_on and not context.is_import:
        found["begun_on"] = context.today
    return found


def _is_closing_untold(record: Opportunity, context: Context) -> bool:
    """Whether a file did not tell when a chance was closed: no later change makes that up."""
    if context.is_import:
        return True
    before = rows.find(context.store, Opportunity, record.id) if record.id else None
    return before is not None and before.state == record.state and before.closed_on is None


FEEDBACK = RecordRules[Feedback](problems=_problems)
OPPORTUNITY = RecordRules[Opportunity](problems=_opportunity_problems, filled=_filled_opportunity)
