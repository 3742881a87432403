"""The whole window as values with stable English names: for `onewindow client show --format json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onewindow.desk.health.alarm import Alarm
from onewindow.desk.session.context import Session
from onewindow.desk.sla.clocks import pressing_clock
from onewindow.desk.sla.lateness import lateness_values
from onewindow.desk.sla.reassignments import reassignments_of_client
from onewindow.desk.window.card_texts import card_completeness
from onewindow.desk.window.panels import adoption, documents, feedback, plan_rows, promises
from onewindow.desk.window.panels.requests import lateness_in
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import Answer, ClientSnapshot
from onewindow.metrics.health.completeness import gaps, ready_to_invoice
from onewindow.metrics.health.score import Health
from onewindow.metrics.sla.clocks import Clocks
from onewindow.metrics.sla.lateness import breached_before
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.adoption import Licence, Plan
from onewindow.records.feedback import Feedback
from onewindow.records.fields import Record, attributes
from onewindow.records.requests import Document, Request
from onewindow.store.rows import values_of
from onewindow.text.dates import utc_text

Values = dict[str, Any]


def window_json(session: Session, snapshot: ClientSnapshot) -> Values:
    """Raw field values, ids, computed clocks and health; times are UTC text, money minor units.

    Private fields (birthdays) and private notes are left out, as in every export.
    """
    moment, client = when(session, snapshot), snapshot.client
    passes = reassignments_of_client(session.store, client.id)
    missing = gaps(client, snapshot.billing_details, snapshot.contacts, len(snapshot.licences))
    return {
        "read_at": utc_text(snapshot.read_at),
        "client": record_values(client),
        "owner": session.directory.name(client.owner_id),
        "deputy": session.directory.name(client.deputy_id),
        "health": _health(snapshot.health),
        "alarms": [alarm_values(alarm) for alarm in snapshot.alarms],
        "handover": snapshot.handover._asdict() if snapshot.handover else None,
        "completeness": card_completeness(snapshot),
        "gaps": [
            {"kind": gap.kind, "field": gap.field, "label": gap.label, "why": gap.why} for gap in missing
        ],
        "ready_to_invoice": ready_to_invoice(snapshot.billing_details, client.country),
        "contacts": [record_values(contact) for contact in snapshot.contacts],
        "requisites": record_values(snapshot.billing_details) if snapshot.billing_details else None,
        "consents": [record_values(consent) for consent in snapshot.consents],
        "promises": [
            {
                **record_values(promise),
                "is_current": promises.is_current(moment, promise),
                "is_late": promises.is_late(moment, promise),
            }
            for promise in snapshot.promises
        ],
        "passes": {"people": passes.people, "departments": passes.departments},
        "requests": [_request(session, snapshot, request) for request in snapshot.requests],
        "closed_requests": [record_values(request) for request in snapshot.closed_requests],
        "tasks": [record_values(task) for task in snapshot.tasks],
        "documents": [_document(snapshot, moment, document) for document in _documents(snapshot)],
        "licences": [_licence(session, snapshot, licence) for licence in snapshot.licences],
        "plans": [_plan(snapshot, moment, plan) for plan in snapshot.plans],
        "trainings": [record_values(training) for training in snapshot.trainings],
        "feedback": [_quote(snapshot, quote) for quote in snapshot.feedback],
        "opportunities": [record_values(opportunity) for opportunity in snapshot.opportunities],
        "suggestions": _suggestions(session, snapshot),
        "touches": [record_values(touch) for touch in snapshot.touches],
        "survey_answers": [_answer(answer) for answer in snapshot.answers],
    }


def record_values(record: Record) -> Values:
    """The stored fields of a record by name, without private ones."""
    private = {a.name for a in attributes(type(record)) if a.private}
    return {name: value for name, value in values_of(record).items() if name not in private}


def _suggestions(session: Session, snapshot: ClientSnapshot) -> list[Values]:
    from onewindow.desk.opportunities.as_text import values  # most readers have none worked out

    return [values(session, one, rank) for rank, one in enumerate(snapshot.suggestions or (), 1)]


def _health(health: Health) -> Values:
    return {
        "score": health.score,
        "band": health.band,
        "coverage": health.coverage,
        "before_caps": health.raw,
        "caps": [{"limit": cap.limit, "reason": cap.reason} for cap in health.caps],
        "signals": [
            {
                "name": part.signal.name,
                "value": part.signal.value,
                "weight": part.signal.weight,
                "freshness": part.signal.freshness,
                "points": part.points,
                "possible": part.possible,
                "note": part.signal.note,
            }
            for part in health.contributions
        ],
    }


def alarm_values(alarm: Alarm) -> Values:
    """An alarm as plain fields."""
    return {"kind": alarm.kind, "text": alarm.text, "since": alarm.since, "weight": alarm.weight}


def _request(session: Session, snapshot: ClientSnapshot, request: Request) -> Values:
    clocks = snapshot.clocks.get(request.id)
    pressing = pressing_clock(clocks) if clocks else None
    return {
        **record_values(request),
        "clocks": clocks_values(clocks) if clocks else None,
        "pressing_clock": pressing.name if pressing else None,
        **lateness_values(lateness_in(session, snapshot, request)),
    }


def clocks_values(clocks: Clocks) -> Mapping[str, Values]:
    """The clocks of a request by name."""
    return {clock.name: clock_values(clock) for clock in clocks}


def clock_values(clock: Clock) -> Values:
    """How one clock stands: seconds of working time, instants as UTC text."""
    return {
        "state": clock.state,
        "due_at": utc_text(clock.due_at) if clock.due_at else None,
        "target_seconds": clock.target_s,
        "elapsed_seconds": clock.elapsed_s,
        "remaining_seconds": clock.remaining_s,
        "breached": clock.breached,
        "breached_at": utc_text(clock.breached_at) if clock.breached_at else None,
        "breached_before": breached_before(clock),
        "ended_at": utc_text(clock.ended_at) if clock.ended_at else None,
    }


def _documents(snapshot: ClientSnapshot) -> list[Document]:
    """Every document once: what is missing or ends may lie behind the newest ones that were read."""
    # By id: one document may be in all three, and stands once.
    every = {d.id: d for d in (*snapshot.missing, *snapshot.expiring, *snapshot.documents)}
    return list(every.values())


def _document(snapshot: ClientSnapshot, moment: When, document: Document) -> Values:
    return {
        **record_values(document),
        "is_missing": document.state == "missing",
        "is_expiring": document in snapshot.expiring and documents.is_expiring(document),
        "is_overdue": documents.is_overdue(moment, document),
    }


def _licence(session: Session, snapshot: ClientSnapshot, licence: Licence) -> Values:
    weeks = snapshot.usage.get(licence.product_id, [])
    return {
        **record_values(licence),
        "product": session.directory.product(licence.product_id),
        "weekly_users": list(weeks),
        "users_change": adoption.use_of(weeks).change,
    }


def _plan(snapshot: ClientSnapshot, moment: When, plan: Plan) -> Values:
    steps = snapshot.steps.get(plan.id, [])
    return {
        **record_values(plan),
        "steps": [{**record_values(step), "is_late": plan_rows.is_late(moment, step)} for step in steps],
    }


def _quote(snapshot: ClientSnapshot, quote: Feedback) -> Values:
    feature = snapshot.features.get(quote.feature_id or 0)
    return {
        **record_values(quote),
        "feature": record_values(feature) if feature else None,
        "is_to_tell": feedback.is_to_tell(snapshot, quote),
    }


def _answer(answer: Answer) -> Values:
    return {
        "id": answer.id,
        "at": answer.at,
        "survey": answer.survey,
        "metric": answer.metric,
        "score": answer.score,
        "scale_max": answer.scale_max,
        "comment": answer.comment,
        "contact_id": answer.contact_id,
        "is_followed_up": bool(answer.followed_up),
    }
