"""Requests that belong together: a part of its own, a link, a duplicate that becomes one with another."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.people.absences import who_works_here
from onewindow.desk.reference.policy_book import read_policies
from onewindow.desk.requests.replies import change_open, validate_open
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks, event_details, event_log
from onewindow.records.clients import Client
from onewindow.records.requests import OPEN_HAND_OFFS, Request, RequestEvent, RequestLink, RequestRelation
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, Value
from onewindow.store.problems import StoreProblem
from onewindow.store.requests import hand_offs, threads
from onewindow.store.requests import links as request_links

RELATION_WORDS: dict[RequestRelation, tuple[str, str]] = {
    "related": ("belongs to", "belongs to"),
    "duplicate": ("says the same as", "is said again in"),
    "split": ("was split from", "gave a part to"),
    "repeat": ("repeats", "is repeated by"),
    "caused_by": ("was caused by", "caused"),
}
"""How a link reads from its first request, and from the other one."""
_ANSWERS = ("reply", "no_answer_needed", "resolve", "decline")
"""What answers everything that the client has said before."""


def split(session: Session, request: Request, title: str, text: str = "") -> Request:
    """Make a part of a request a request of its own, with its own clock, linked to the first.

    It is the same person's who works on the first. Raises StoreProblem if that is closed.
    """
    if not title.strip():
        raise StoreProblem("Write what the part is called.")
    part = Request(
        client_id=request.client_id,
        title=title.strip(),
        text=text,
        request_kind=request.request_kind,
        priority=request.priority,
        assignee_id=who_works_here(session, request.assignee_id) if request.assignee_id else None,
        contact_id=request.contact_id,
        channel=request.channel,
        product_id=request.product_id,
        work_kind=request.work_kind,
        parent_id=request.id,
    )

    def work(transaction: Transaction) -> Request:
        stored = insert_in(session, transaction, part)
        _link_in(session, transaction, stored, request, "split", "")
        transaction.relabel(f"split {naming.title_of(stored)} from R-{request.number}")
        return stored

    return change_open(session, request, "split", f"split {naming.title_of(request)}", work)


def link(
    session: Session, request: Request, other: Request, relation: RequestRelation = "related", note: str = ""
) -> RequestLink:
    """Say how two requests of one client belong together; raises StoreProblem if that is known already."""
    _validate_same_client(request, other)
    known = (
        *request_links.from_request(session.store, request.id),
        *request_links.to_request(session.store, request.id),
    )
    if any(
        linked.relation == relation and other.id in (linked.request_id, linked.other_id) for linked in known
    ):
        raise StoreProblem(
            f"R-{request.number} and R-{other.number} are linked as {relation.replace('_', ' ')} already."
        )
    return session.change(
        f"R-{request.number} {RELATION_WORDS[relation][0]} R-{other.number}",
        lambda transaction: _link_in(session, transaction, request, other, relation, note),
    ).result


def merge(session: Session, duplicate: Request, target: Request) -> Request:
    """Close a duplicate as merged into another request, and return that one; one undo takes it all back.

    The target shows what happened to both, and takes over what somebody waits for: the client's message
    that nobody has answered, an earlier promised date, open hand-offs and open tasks. What the duplicate had
    missed the target has missed: reports and health count only one of both, late once. The facts of the
    duplicate stay as they are, so that its clocks can still be read. Raises StoreProblem where one of both is
    closed or they belong to different clients.
    """
    _validate_same_client(duplicate, target)
    validate_open(target, "merge anything into")

    def work(transaction: Transaction) -> Request:
        store = transaction.store
        validate_open(rows.get(store, Request, target.id), "merge anything into")
        # What it owes is owed as it stands on file, however somebody saw it a while ago.
        owed, events = rows.get(store, Request, duplicate.id), threads.events(store, duplicate.id)
        for part in hand_offs.of_request(store, duplicate.id):
            if part.state in OPEN_HAND_OFFS:
                transaction.update(part, {"request_id": target.id})
        for task in request_links.tasks_of(store, duplicate.id):
            if task.status == "open":
                transaction.update(task, {"request_id": target.id})
        # Chains stay one step long: whoever looks for the whole request finds it at once.
        for older in request_links.merged_into(store, duplicate.id):
            transaction.update(older, {"merged_into_id": target.id})
        missed = _missed(session, store, owed, events)
        merged = _take_over(session, transaction, owed, target, events)
        closed: dict[str, Value] = {
            "status": "resolved",
            "next_actor": "client",
            "merged_into_id": target.id,
            "result": owed.result or f"merged into R-{target.number}",
        }
        text = f"merged into R-{target.number}"
        noted = event_log.add_event(session, transaction, owed, "merge", text, {"request_id": str(target.id)})
        change_in(session, transaction, noted, closed)
        text = naming.title_of(owed)
        return event_log.add_event(
            session, transaction, merged, "merge", text, {"request_id": str(duplicate.id)} | missed
        )

    label = f"merged {naming.title_of(duplicate)} into R-{target.number}"
    return change_open(session, duplicate, "merge", label, work)


def _take_over(
    session: Session,
    transaction: Transaction,
    duplicate: Request,
    target: Request,
    events: list[RequestEvent],
) -> Request:
    """Let the target owe what the duplicate owed: an answer, a date, the work of another department."""
    values: dict[str, Value] = {}
    if duplicate.promised_at and (not target.promised_at or duplicate.promised_at < target.promised_at):
        values["promised_at"] = duplicate.promised_at
    if duplicate.status == "handed_off" and target.status in ("new", "open"):
        values |= {"status": "handed_off", "next_actor": "internal", "department": duplicate.department}
    if duplicate.needs_lead:
        values["needs_lead"] = 1
    unanswered = _unanswered_at(events)
    answers = [e.at for e in threads.events(transaction.store, target.id) if e.event_kind in _ANSWERS]
    if unanswered and answers and answers[-1] >= unanswered:
        unanswered = ""  # what was said there since answers both
    if unanswered and target.status == "waiting":
        values |= {"status": "open", "next_actor": "us"}
    elif unanswered and "status" not in values and target.status != "handed_off":
        values["next_actor"] = "us"
    said = f"from R-{duplicate.number}" if "promised_at" in values else ""
    moved = change_in(session, transaction, target, values, said)
    if not unanswered:
        return moved
    # Not before the target began: a clock cannot run before the opening of its request.
    at = max(unanswered, target.opened_at)
    detail = {"request_id": str(duplicate.id)}
    return event_log.add_event(session, transaction, moved, "client_message", duplicate.title, detail, at)


def _missed(
    session: Session, store: Store, duplicate: Request, events: Sequence[RequestEvent]
) -> dict[str, str]:
    """What a duplicate had missed before it was merged, as the detail of an event of the target."""
    # From the transaction's store, not the session's memory: rules may have changed while this waited.
    now, book = session.now(), read_policies(store)
    tier = rows.get(store, Client, duplicate.client_id).tier
    counted = clocks.request_clocks(book, duplicate, tier, events, clocks.at_least(now, events, book))
    return event_details.missed_detail(counted, duplicate.late_from, now)


def _unanswered_at(events: list[RequestEvent]) -> str:
    """When the client said the oldest thing that nobody has answered (UTC text), '' if all is answered."""
    since = ""
    for event in events:
        if event.event_kind in ("opened", "client_message"):
            since = since or event.at
        elif event.event_kind in _ANSWERS:
            since = ""
    return since


def _link_in(
    session: Session,
    transaction: Transaction,
    request: Request,
    other: Request,
    relation: RequestRelation,
    note: str,
) -> RequestLink:
    made = RequestLink(
        client_id=request.client_id, request_id=request.id, other_id=other.id, relation=relation, note=note
    )
    stored = insert_in(session, transaction, made)
    for one, two, spoken in (
        (request, other, RELATION_WORDS[relation][0]),
        (other, request, RELATION_WORDS[relation][1]),
    ):
        text = " ".join(part for part in (f"{spoken} {naming.title_of(two)}", note) if part)
        event_log.add_event(session, transaction, one, "link", text, {"request_id": str(two.id)})
    return stored


def _validate_same_client(request: Request, other: Request) -> None:
    if request.id == other.id:
        raise StoreProblem(f"R-{request.number} is one request; name another one.")
    if request.client_id != other.client_id:
        raise StoreProblem(f"R-{request.number} and R-{other.number} belong to different clients.")
