"""The arithmetic behind what is under the cursor, in plain lines, the result last."""

from __future__ import annotations

from datetime import timedelta
from functools import singledispatch

from onewindow.desk.alarms.sources import explained
from onewindow.desk.editing.parsing import shown_fields
from onewindow.desk.health.history import before_this_week
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks
from onewindow.desk.window.card_texts import card_completeness
from onewindow.desk.window.panels import adoption, documents, feedback, promises
from onewindow.desk.window.panels.opportunities import amount_text, state_word, suggestion_of
from onewindow.desk.window.panels.requests import who_acts
from onewindow.desk.window.panels.timeline import DETRACTOR_UP_TO, is_unanswered
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import When, when
from onewindow.desk.window.snapshot import WEEK_DAYS, ClientSnapshot
from onewindow.metrics.health.completeness import gaps
from onewindow.metrics.health.score import (
    AMBER_UP_TO,
    RED_UP_TO,
    UNANSWERED_DETRACTOR,
    UNUSED_LICENCES,
    explain,
)
from onewindow.metrics.health.signals import UNUSED_AFTER_DAYS
from onewindow.metrics.product_trends import explain_idle, explain_trend, idle, trend
from onewindow.metrics.promises import is_open, tally
from onewindow.records.adoption import Licence, PlanStep
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Feedback, Opportunity, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Document, Request
from onewindow.store import rows
from onewindow.store.handover import promises as promise_store
from onewindow.store.requests import threads
from onewindow.text.plural import counted

_WEEKS_SHOWN = 12


def why(session: Session, snapshot: ClientSnapshot, key: RecordKey | str) -> list[str]:
    """The lines behind a record, or behind "health" or "completeness" of the client.

    Texts are raw. Raises NotFound for a record that is not on file, KeyError for any other word.
    """
    if isinstance(key, str):
        return {"health": _health, "completeness": _completeness}[key](session, snapshot)
    suggested = suggestion_of(snapshot, key)
    if suggested is not None:
        from onewindow.desk.opportunities.as_text import why_lines  # what explains the others needs no rules

        return why_lines(session, suggested)
    record = rows.get(session.store, KINDS[key.kind].record, key.id)
    title = session.directory.product(record.product_id) if isinstance(record, Licence) else ""
    return [title or naming.title_of(record), *_arithmetic(record, session, snapshot)]


def _health(session: Session, snapshot: ClientSnapshot) -> list[str]:
    before = before_this_week(session.store, snapshot.client.id, snapshot.read_at)
    chosen = session.directory.weights.chosen(snapshot.client)
    weights_text = (
        f"the weights are those of “{chosen.name}”" if chosen else "the weights are the program's own"
    )
    if chosen is not None and chosen.segment_id is not None:
        weights_text += f", for the segment “{naming.label(session, 'segment', chosen.segment_id)}”"
    lines = [
        "Each signal from 0 to 1 is weighed by its weight and by how fresh it is; the sum is out of 100.",
        *explain(snapshot.health, before.points if before else None),
    ]
    if before is not None:
        score = "unknown" if before.score is None else f"{before.score} {before.band}"
        lines.append(f"the last snapshot, of {when(session, snapshot).day_of(before.taken_at)}, was {score}")
    return [
        *lines,
        weights_text,
        f"red up to {RED_UP_TO:.0f}, amber up to {AMBER_UP_TO:.0f}, green above",
        "",
        "Alarms:",
        *explained(session.store, snapshot.client, snapshot.read_at),
    ]


def _completeness(_: Session, snapshot: ClientSnapshot) -> list[str]:
    missing = gaps(snapshot.client, snapshot.billing_details, snapshot.contacts, len(snapshot.licences))
    lines = [f"missing: {gap.label} – {gap.why}" for gap in missing]
    return [*(lines or ["nothing is missing"]), f"card {card_completeness(snapshot)} % complete"]


@singledispatch
def _arithmetic(record: Record, session: Session, snapshot: ClientSnapshot) -> list[str]:  # noqa: ARG001
    return _fields(session, record)


def _fields(session: Session, record: Record) -> list[str]:
    return [f"{label}: {text}" for label, text in shown_fields(session, record) if label != "client"]


@_arithmetic.register
def _request(record: Request, session: Session, snapshot: ClientSnapshot) -> list[str]:
    events = snapshot.events.get(record.id) or threads.events(session.store, record.id)
    lines = clocks.explain(
        session.directory.policies,
        record,
        snapshot.client.tier,
        events,
        snapshot.read_at,
        session.zone,
        snapshot.queued_answers.get(record.id, ""),
    )
    acts = [] if record.status in ("resolved", "declined") else [f"next: {who_acts(session, record)}"]
    return [f"{record.priority} {record.request_kind}, {record.status}", *acts, *lines]


@_arithmetic.register
def _client(record: Client, session: Session, snapshot: ClientSnapshot) -> list[str]:  # noqa: ARG001
    from onewindow.desk.cadence import outreach  # what explains all the others does not need it

    return outreach.why(session, record)


@_arithmetic.register
def _licence(record: Licence, session: Session, snapshot: ClientSnapshot) -> list[str]:
    moment = when(session, snapshot)
    lines = [f"{record.active} of {record.bought} licences in use"]
    if record.bought > 0:
        lines[0] += f" = {100 * record.active / record.bought:.0f} %"
    weeks = snapshot.usage.get(record.product_id, [])
    lines += _weeks(moment, weeks)
    use = adoption.use_of(weeks)
    if use.change is not None and use.last is not None:
        before = use.last - use.change
        lines.append(f"change in {adoption.CHANGE_WEEKS} weeks: {use.last} − {before} = {use.change:+d}")
    full = weeks[:-1]
    lines += [*explain_trend(trend(full)), *explain_idle(idle(full))] if weeks else []
    if record.last_used_on:
        lines.append(f"last used on {moment.day(record.last_used_on)}, {moment.away(record.last_used_on)}")
        limit = UNUSED_LICENCES.limit
        lines.append(f"paid licences without use for {UNUSED_AFTER_DAYS} days hold health at {limit:.0f}")
    if record.ends_on:
        lines.append(f"ends on {moment.day(record.ends_on)}, {moment.away(record.ends_on)}")
    return lines


def _weeks(moment: When, weeks: list[int | None]) -> list[str]:
    """The reported figures week by week, the oldest first; the list ends with this week."""
    monday = moment.today - timedelta(days=moment.today.weekday())
    lines: list[str] = []
    for back, users in reversed(list(enumerate(reversed(weeks[-_WEEKS_SHOWN:])))):
        begins = monday - timedelta(days=WEEK_DAYS * back)
        said = "not reported" if users is None else f"{users} user" if users == 1 else f"{users} users"
        lines.append(f"week from {moment.day(begins.isoformat())}: {said}")
    return lines


@_arithmetic.register
def _promise(record: Promise, session: Session, snapshot: ClientSnapshot) -> list[str]:
    moment = when(session, snapshot)
    lines = [part for part in (promises.parties(session, snapshot, record),) if part]
    if record.due_on:
        lines.append(_days(moment, "due on", record.due_on))
        if is_open(record):
            lines.append(f"marked from {promises.SOON_DAYS} days before its date on")
    elif not record.valid_till:
        lines.append("no date: it holds always")
    if record.valid_till:
        lines.append(_days(moment, "valid till", record.valid_till))
    kept, broken = tally(record)
    if kept + broken:
        lines.append(f"kept {counted(kept, 'time')} of {kept + broken}")
    for event in promise_store.events(session.store, record.id):
        who = session.directory.surname(event.staff_id)
        lines.append(
            " ".join(
                part
                for part in (f"{event.outcome} on {moment.day(event.happened_on)}", who, event.note)
                if part
            )
        )
    stands = promises.status_text(moment, record)
    return [*lines, record.status if stands in ("", record.status) else f"{record.status}: {stands}"]


@_arithmetic.register
def _document(record: Document, session: Session, snapshot: ClientSnapshot) -> list[str]:
    moment, within = when(session, snapshot), session.settings.expiring_within_days
    lines: list[str] = []
    if record.due_on:
        lines.append(_days(moment, "needed by", record.due_on))
    days = moment.days_to(record.expires_on)
    if record.expires_on and days is not None:
        lines.append(_days(moment, "valid till", record.expires_on))
        if documents.is_expiring(record):
            lines.append(
                f"marked from {within} days before its end on: {days} <= {within}? {_yes(days <= within)}"
            )
    if documents.is_overdue(moment, record):
        lines.append("it was sent or drafted and should be back by now")
    lines += _order(record, session, snapshot)
    lines += _fields(session, record)
    if record.document_kind in ("invoice", "act"):
        # Only these two kinds are explained by them.
        from onewindow.desk.clients.acceptance_documents import checklist_of, months_lines

        lines += ["", "closing documents of the last months of service, the newest first:"]
        lines += months_lines(checklist_of(session, session.store, snapshot.client))
    return lines


def _order(record: Document, session: Session, snapshot: ClientSnapshot) -> list[str]:
    """From order to payment, for the order itself and for each paper that belongs to one."""
    if record.document_kind not in ("contract", "specification", "invoice", "act"):
        return []
    from onewindow.desk.clients.orders import order_of, order_text  # as below

    order = order_of(session, snapshot.client, record)
    if order is None:
        return []
    today = when(session, snapshot).today
    return [f"{naming.title_of(order.document)}, {order.line.state}: {order_text(order, today)}"]


@_arithmetic.register
def _opportunity(record: Opportunity, session: Session, snapshot: ClientSnapshot) -> list[str]:
    moment = when(session, snapshot)
    lines = [f"evidence: {line}" for line in record.evidence.splitlines() if line.strip()]
    lines = lines or ["no evidence was written down"]
    if record.trigger:
        lines.insert(0, f"suggested by the rule “{record.trigger}”")
    if amount_text(record):
        lines.append(f"amount {amount_text(record)}")
    if record.window_till:
        lines.append(_days(moment, "good till", record.window_till))
    reason = f": {record.reason}" if record.reason else ""
    return [*lines, f"{state_word(record)}{reason}"]


@_arithmetic.register
def _feedback(record: Feedback, session: Session, snapshot: ClientSnapshot) -> list[str]:
    lines = _fields(session, record)
    feature = snapshot.features.get(record.feature_id or 0)
    if feature is not None:
        lines.append(f"its feature «{feature.title}» is {feature.status.replace('_', ' ')}")
    if feedback.is_to_tell(snapshot, record):
        lines.append("the client does not know it yet: tell them, then mark it done")
    elif record.told_status:
        lines.append(f"the client was told that it is {record.told_status.replace('_', ' ')}")
    return lines


@_arithmetic.register
def _step(record: PlanStep, session: Session, snapshot: ClientSnapshot) -> list[str]:
    from onewindow.desk.plans.plan_view import read_plan, why_step  # asked for by a key, never while reading

    moment = when(session, snapshot)
    lines = why_step(session, read_plan(session, record.plan_id), record)
    if record.due_on and record.status == "open":
        lines.append(_days(moment, "due on", record.due_on))
    return lines


@_arithmetic.register
def _answer(record: SurveyResponse, session: Session, snapshot: ClientSnapshot) -> list[str]:
    lines = _fields(session, record)
    survey = next((answer for answer in snapshot.answers if answer.id == record.id), None)
    if survey is not None and survey.metric == "nps":
        lines.append(f"NPS: 9–10 promoter, 7–8 passive, 0–{DETRACTOR_UP_TO} detractor")
        if is_unanswered(survey):
            limit = UNANSWERED_DETRACTOR.limit
            lines.append(
                f"a detractor needs an answer in 2 working days; until then health is at most {limit:.0f}"
            )
    return lines


def _days(moment: When, what: str, stored: str) -> str:
    """A date, today's date and what lies between them."""
    days = moment.days_to(stored)
    if days is None:
        return f"{what} {stored}"
    today = moment.day(moment.today.isoformat())
    return f"{what} {moment.day(stored)}, today is {today}: {moment.away(stored)}"


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
