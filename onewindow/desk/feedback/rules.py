"""What must hold for what clients say and may buy again: feedback and opportunities."""

from __future__ import annotations

from onewindow.desk.editing.done_words import quoted
from onewindow.desk.feedback.opportunities import caution_of
from onewindow.desk.reference.record_entries import Context, Display, Done, RecordEntry, RecordRules
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback, Opportunity
from onewindow.store import feedback as feedback_store
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem


def _problems(_context: Context, record: Feedback) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 <= record.importance <= 3:
        errors["importance"] = "write 0 (idle wish) to 3 (cannot work without it)."
    if record.feedback_kind == "competitor" and not record.competitor:
        errors["competitor"] = "name the competitor they speak of."
    return errors


def _filled(context: Context, record: Feedback) -> dict[str, Value]:
    """Of what state of the feature the client was told, and what came of it, as the other fields say it."""
    before = rows.find(context.store, Feedback, record.id) if record.id else None
    values: dict[str, Value] = {}
    was_told = before.told_on if before else None
    told_status, outcome = record.told_status, record.outcome
    if record.told_on is None:
        told_status = told_status if record.outcome == "declined" else ""
    elif record.told_on != was_told and told_status == (before.told_status if before else ""):
        feature = rows.find(context.store, Feature, record.feature_id) if record.feature_id else None
        told_status = feature.status if feature else ""
    if outcome != "declined":
        outcome = "open" if record.told_on is None else "reacted" if record.reaction.strip() else "told"
    if told_status != record.told_status:
        values["told_status"] = told_status
    if outcome != record.outcome:
        values["outcome"] = outcome
    return values


def _filled_feature(context: Context, record: Feature) -> dict[str, Value]:
    before = rows.find(context.store, Feature, record.id) if record.id else None
    if before is None or before.status == record.status:
        return {}
    return {"status_on": context.today}


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


def _notified_values(session: Session, _record: Feedback) -> dict[str, Value]:
    return {"told_on": session.today().isoformat()}


def _same_wishes(session: Session, record: Feedback) -> list[Feedback]:
    """Who is told of what came out is told of it once, however often it was wished for."""
    if record.feature_id is None:
        return []
    return [wish for wish in feedback_store.untold(session.store, record) if wish.id != record.id]


def _notified_text(session: Session, record: Feedback) -> str:
    """What came out, as the row of the day calls it; of what is tied to nothing, the client's own words."""
    whom = naming.label(session, "client", record.client_id) or "the client"
    return f"{whom} was told of {quoted(naming.label(session, 'feature', record.feature_id) or record.quote)}"


def _never_just_done(_session: Session, _record: Opportunity) -> dict[str, Value]:
    raise StoreProblem("An opportunity is won with what was agreed, lost with the reason: say it in panel 5.")


FEEDBACK = RecordEntry[Session, Feedback](
    RecordRules(problems=_problems, filled=_filled),
    done=Done(_notified_values, _same_wishes, is_done=lambda record: bool(record.told_on)),
    display=Display(done=_notified_text),
)
OPPORTUNITY = RecordEntry[Session, Opportunity](
    RecordRules(problems=_opportunity_problems, filled=_filled_opportunity, caution=caution_of),
    done=Done(_never_just_done),
)
FEATURE = RecordEntry[Session, Feature](RecordRules(filled=_filled_feature))
