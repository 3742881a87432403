"""What must hold for repeat sales: an end has its reason, the day of it follows the state."""

from __future__ import annotations

from onewindow.desk.opportunities.stages import caution_of
from onewindow.desk.reference.record_entries import Context, Done, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.feedback import Opportunity
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem


def _problems(context: Context, record: Opportunity) -> dict[str, str]:
    if record.state in ("lost", "dismissed") and not record.reason:
        return {"reason": f"say why it was {record.state}."}
    if not record.id and record.state in ("accepted", "offered") and not context.is_import:
        client = rows.find(context.store, Client, record.client_id)
        if client is not None and client.stage == "lost":
            return {"client_id": f"{client.name} is lost; change the stage first if the client comes back."}
    return {}


def _filled(context: Context, record: Opportunity) -> dict[str, Value]:
    closed = record.state in ("won", "lost", "dismissed")
    values: dict[str, Value] = {}
    # The day follows the state both ways: what is opened again was never closed.
    if closed != bool(record.closed_on) and not (closed and _is_closing_untold(record, context)):
        values["closed_on"] = context.today if closed else None
    if not record.id and not record.begun_on and not context.is_import:
        values["begun_on"] = context.today
    return values


def _is_closing_untold(record: Opportunity, context: Context) -> bool:
    """Whether a file did not tell when a chance was closed: no later change makes that up."""
    if context.is_import:
        return True
    before = rows.find(context.store, Opportunity, record.id) if record.id else None
    return before is not None and before.state == record.state and before.closed_on is None


def _never_just_done(_session: Session, _record: Opportunity) -> dict[str, Value]:
    raise StoreProblem("An opportunity is won with what was agreed, lost with the reason: say it in panel 5.")


OPPORTUNITY = RecordEntry[Session, Opportunity](
    RecordRules(problems=_problems, filled=_filled, caution=caution_of),
    done=Done(_never_just_done),
)
