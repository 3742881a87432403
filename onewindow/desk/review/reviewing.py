"""The review of a portfolio: clients in order of risk, one decision each, kept as soon as it is made.

A round is stored with its first decision. Where one stands in it is not stored: it is the first client who
has no decision yet, so that leaving, or losing the program, loses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from onewindow.desk.cadence.due_rules import RuleBook, read_rules
from onewindow.desk.editing import changing
from onewindow.desk.editing.parsing import read_value
from onewindow.desk.health.alarm import unpack
from onewindow.desk.requests.warnings import leads_for
from onewindow.desk.segments.membership import member_ids
from onewindow.desk.session.context import Session
from onewindow.metrics import review_order
from onewindow.metrics.review_order import ReviewInputs, Risk
from onewindow.records.clients import Client
from onewindow.records.fields import attribute_of
from onewindow.records.organization import Segment
from onewindow.records.requests import Snooze, Task, Touch
from onewindow.records.reviews import Decision, ReviewDecision, ReviewRound
from onewindow.records.structs import frozen_struct
from onewindow.store import reviews, rows
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem
from onewindow.store.queue.today import snoozes_of
from onewindow.store.reviews import ReviewedClient
from onewindow.text.dates import format_date, parse_utc, to_local, utc_text, week_number

FALL_WEEKS = 4
DECISIONS: tuple[Decision, ...] = ("touch", "snooze", "escalate", "fine")
REASONS: dict[Decision, tuple[str, ...]] = {
    "touch": ("давно не говорили", "спросить об использовании", "обсудить продление", "показать новинку"),
    "snooze": ("ждём релиз", "отпуск у клиента", "сезон, не до нас"),
    "escalate": ("просит скидку", "уходит к конкуренту", "нужен ресурс", "не отвечает"),
    "fine": ("всё в порядке", "цели достигнуты", "работа идёт по плану"),
}
"""Short reasons that are offered; any other may be typed."""
UNSAID: dict[Decision, str] = {
    "touch": "get in touch",
    "snooze": "put off",
    "escalate": "a lead should look",
    "fine": "fine",
}
"""What stands for the reason of a decision that was made by one key; the reason may be said afterwards."""
ESCALATED = "escalated in review"
"""The kind of a lead's task that comes from a review."""
_TOUCH_DAYS = 2
_SNOOZE_DAYS = 14
_YEAR = 365


@frozen_struct
class Scope:
    """Whose clients are walked: of an owner, or of a segment."""

    owner_id: int | None = None
    segment_id: int | None = None


@frozen_struct
class Reviewed:
    """One client of a round with their place in it."""

    facts: ReviewedClient
    standing: ReviewInputs
    risk: Risk
    decision: ReviewDecision | None
    """What was decided in this round."""

    @property
    def client_id(self) -> int:
        """The client's id."""
        return self.facts.client_id


@frozen_struct
class Walk:
    """A round as it stands: all its clients in order of risk. Without a decision there is no round yet."""

    scope: Scope
    name: str
    title: str
    """Whose clients, and since when if it has begun."""
    round: ReviewRound | None
    clients: tuple[Reviewed, ...]

    @property
    def open(self) -> tuple[Reviewed, ...]:
        """Those without a decision."""
        return tuple(reviewed for reviewed in self.clients if reviewed.decision is None)

    @property
    def overdue(self) -> int:
        """How many were not reviewed for longer than the standard of their cadence."""
        return sum(review_order.is_overdue(reviewed.standing) for reviewed in self.clients)


def read_walk(session: Session, scope: Scope) -> Walk:
    """The round of this person over a scope that has not ended, or a new one; on one snapshot of the file."""
    with session.store.read():
        review = _open_round(session, scope)
        decided = (
            {decision.client_id: decision for decision in reviews.decisions(session.store, review.id)}
            if review
            else {}
        )
        facts = _facts(session, scope)
        book = read_rules(session.store, session.today())
        # All clients at once: a round may span the whole file.
        inside = book.inside(session.store, 1, 2**63 - 1) if book.segments else {}
        # Large or small is measured by this very portfolio.
        half = review_order.median_value(client_facts.value for client_facts in facts)
        clients: list[Reviewed] = []
        for client_facts in facts:
            standing = _standing(session, book, client_facts, inside.get(client_facts.client_id, set()), half)
            risk = review_order.risk(standing)
            clients.append(Reviewed(client_facts, standing, risk, decided.get(client_facts.client_id)))
        whose = _whose(session, scope)
        name = review.name if review else f"{whose}, {session.today():%d.%m.%Y}"
        title = f"{whose}, since {day_here(session, review.started_at)}" if review else whose
    clients.sort(
        key=lambda reviewed: review_order.rank(
            reviewed.risk, reviewed.standing, reviewed.facts.name_sort, reviewed.client_id
        )
    )
    return Walk(scope, name, title, review, tuple(clients))


def day_here(session: Session, at: str) -> str:
    """The day of a moment where I am, as the window writes days."""
    return format_date(to_local(at, session.zone).date().isoformat(), session.today())


def decide(
    session: Session, walk: Walk, client_id: int, decision: Decision, reason: str, till: str = ""
) -> ReviewDecision:
    """Store a decision and do what it says, in one transaction that one undo takes back.

    touch: a task of the owner by `till` (else in two days); snooze: out of my day until `till` (else two
    weeks); escalate: a task of a lead; fine: nothing more. `till` is typed as people do. An earlier
    decision of the same round is replaced. Raises StoreProblem.
    """
    if not reason.strip():
        raise StoreProblem("Say why, in a word or two; the lead reads it in the agenda.")
    client = rows.get(session.store, Client, client_id)
    day = _till(session, decision, till)
    lead_id = _lead(session, client) if decision == "escalate" else None
    known = next((reviewed.decision for reviewed in walk.clients if reviewed.client_id == client_id), None)

    def work(transaction: Transaction) -> ReviewDecision:
        # A round begins with its first decision: one that was only looked at leaves nothing.
        review = _open_round(session, walk.scope) or changing.insert_in(
            session,
            transaction,
            ReviewRound(
                name=walk.name,
                staff_id=session.me.id,
                owner_id=walk.scope.owner_id,
                segment_id=walk.scope.segment_id,
                started_at=session.now_text(),
            ),
        )
        # Before the new one, so that its task and snooze do not stand beside each other.
        if known is not None:
            _take_back(session, transaction, known)
        task_id = _do(session, transaction, client, decision, reason.strip(), day, lead_id)
        return changing.insert_in(
            session,
            transaction,
            ReviewDecision(
                client_id=client.id,
                review_round_id=review.id,
                decision=decision,
                reason=reason.strip(),
                till=day if decision != "fine" else None,
                staff_id=session.me.id,
                task_id=task_id,
                at=session.now_text(),
            ),
        )

    return session.change(f"review: {client.name}, {decision}", work).result


def finish(session: Session, review: ReviewRound) -> ReviewRound:
    """End a round; the next one begins with all clients again."""
    if review.ended_at:
        raise StoreProblem(f"The review “{review.name}” has ended already.")
    return changing.change(session, review, {"ended_at": session.now_text()}, f"review ended: {review.name}")


def last_round(session: Session, scope: Scope) -> ReviewRound | None:
    """The newest round of this person over a scope, ended or not."""
    rounds = reviews.rounds(session.store, session.me.id)
    return next((review for review in rounds if Scope(review.owner_id, review.segment_id) == scope), None)


def last_decisions(session: Session, client_id: int, limit: int = 3) -> list[str]:
    """The last decisions about a client, a line each."""
    decisions = reviews.of_client(session.store, client_id, limit)
    return [
        f"{decision.at[:10]} {decision.decision}{f' till {decision.till}' if decision.till else ''}:"
        f" {decision.reason} ({session.directory.surname(decision.staff_id)})"
        for decision in decisions
    ]


def _facts(session: Session, scope: Scope) -> list[ReviewedClient]:
    today = session.today()
    week = week_number(today) - FALL_WEEKS
    year = ((today - timedelta(days=_YEAR)).isoformat(), today.isoformat())
    if scope.segment_id is None:
        return reviews.of_owner(session.store, scope.owner_id or session.me.id, week, year)
    segment = rows.get(session.store, Segment, scope.segment_id)
    return reviews.of_clients(session.store, member_ids(session, segment.filter), week, year)


def _standing(
    session: Session, book: RuleBook, facts: ReviewedClient, inside: set[int], half: int
) -> ReviewInputs:
    alarms = unpack(facts.alarms)
    fall = facts.before - facts.health if facts.before is not None and facts.health is not None else 0
    days = None
    if facts.reviewed_at:
        days = (session.now() - parse_utc(facts.reviewed_at)).days
    cadence = book.cadence_of(facts.tier, inside)
    return ReviewInputs(
        alarm=alarms[0].weight if alarms else 0,
        band=facts.band,
        fall=fall,
        is_late=facts.next_due_at < session.now_text(),
        value=facts.value,
        median_value=half,
        days_since=days,
        standard_days=cadence.review_days if cadence else 0,
        tier=facts.tier,
    )


def _open_round(session: Session, scope: Scope) -> ReviewRound | None:
    return next(
        (
            review
            for review in reviews.open_rounds(session.store, session.me.id)
            if (review.owner_id, review.segment_id) == (scope.owner_id, scope.segment_id)
        ),
        None,
    )


def _whose(session: Session, scope: Scope) -> str:
    if scope.segment_id is not None:
        return rows.get(session.store, Segment, scope.segment_id).name
    return session.directory.name(scope.owner_id)


def _till(session: Session, decision: Decision, typed: str) -> str:
    if not typed.strip():
        ahead = _SNOOZE_DAYS if decision == "snooze" else _TOUCH_DAYS
        return (session.today() + timedelta(days=ahead)).isoformat()
    try:
        day = str(read_value(session, attribute_of(ReviewDecision, "till"), typed) or "")
    except ValueError as error:
        raise StoreProblem(f"Till when? {error}") from error
    if day <= session.today().isoformat():
        raise StoreProblem(f"“{typed}” is not ahead; write a date to come: пн, +1w, 15.12.")
    return day


def _lead(session: Session, client: Client) -> int:
    owner = session.directory.staff.get(client.owner_id or 0)
    leads = [person for person in leads_for(session, owner) if person.archived_at is None]
    if not leads:
        raise StoreProblem("There is no lead on file to escalate to; give somebody the role of a lead.")
    return leads[0].id


def _do(
    session: Session,
    transaction: Transaction,
    client: Client,
    decision: Decision,
    reason: str,
    day: str,
    lead_id: int | None,
) -> int | None:
    """What a decision says beyond being noted; gives back the task that it made."""
    review = Touch(
        client_id=client.id,
        touch_kind="review",
        text=f"{decision}: {reason}",
        at=session.now_text(),
        staff_id=session.me.id,
        direction="internal",
    )
    changing.insert_in(session, transaction, review)
    if decision == "snooze":
        # Back at the beginning of that day where I am, not in UTC.
        morning = datetime.combine(date.fromisoformat(day), time(0), session.local_now().tzinfo)
        changing.insert_in(
            session,
            transaction,
            Snooze(
                client_id=client.id,
                staff_id=session.me.id,
                subject_kind="client",
                subject_id=client.id,
                till=utc_text(morning),
                reason=reason,
            ),
        )
    if decision not in ("touch", "escalate"):
        return None
    task = Task(
        client_id=client.id,
        title=f"{client.name}: {reason}",
        assignee_id=lead_id if decision == "escalate" else client.owner_id or session.me.id,
        due_on=day,
        task_kind=ESCALATED if decision == "escalate" else "touch from review",
    )
    return changing.insert_in(session, transaction, task).id


def _take_back(session: Session, transaction: Transaction, known: ReviewDecision) -> None:
    """Take away a decision that is replaced, with the task or snooze it made, if nobody has done it yet."""
    task = rows.find(session.store, Task, known.task_id) if known.task_id else None
    if task is not None and task.status == "open" and task.archived_at is None:
        transaction.archive(task)
    if known.decision == "snooze":
        for snooze in snoozes_of(session.store, "client", known.client_id, session.now_text()):
            if snooze.staff_id == session.me.id:
                transaction.archive(snooze)
    transaction.archive(known)


def ordered(decisions: Sequence[ReviewDecision], decision: Decision) -> list[ReviewDecision]:
    """The decisions of one kind, in the order in which they were made."""
    return [made for made in decisions if made.decision == decision]
