"""What people do with a handover: accept or return it, ask sales and answer, say a word on an item."""

from __future__ import annotations

from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.handover import changes as card
from onewindow.desk.handover.changes import Choice
from onewindow.desk.handover.summary import HandoverSnapshot, read_handover
from onewindow.desk.plans.starting import start_onboarding_in
from onewindow.desk.session.context import Session
from onewindow.metrics.handover.completeness import TOPICS, ItemState, Line
from onewindow.records.clients import Client, Promise
from onewindow.records.handover import DECIDED, Handover, HandoverItem, HandoverState, term_item
from onewindow.store import listing, rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.handover import packages as handovers
from onewindow.store.problems import NotFound, StoreProblem

_TAKES_BACK = ("handover", "lost")
"""Stages from which accepting brings a client into onboarding."""


def may_decide(session: Session, handover: Handover) -> str:
    """Why this person may not decide a handover, '' if they may: that is the receiver's, or a lead's."""
    me = session.me
    if me.role == "quality":
        return "quality specialists observe a handover and do not decide it"
    if handover.receiver_id in (None, me.id) or session.is_lead:
        return ""
    return f"{session.directory.name(handover.receiver_id)} receives this client, or a lead decides"


def accept(session: Session, handover: Handover, *, with_debts: bool = False) -> Handover:
    """Take the client over: the package goes to their card, the receiver becomes owner, onboarding starts.

    With debts each missing item becomes a question to the salesperson. Raises StoreProblem while blockers are
    missing and no debts are taken, while a conflict with the card is open, or if this person may not decide.
    """
    # Read again: somebody may have decided since it was shown.
    snapshot = read_handover(session, handover.id)
    _validate_undecided(session, snapshot.handover)
    missing = snapshot.checklist.missing
    if snapshot.checklist.blockers and not with_debts:
        names = ", ".join(line.title for line in snapshot.checklist.blockers)
        raise StoreProblem(f"Nothing starts without {names}: accept with debts, or return it with a reason.")
    if with_debts and not missing:
        raise StoreProblem("Nothing is missing, so there are no debts; accept it.")

    def work(transaction: Transaction) -> Handover:
        # The card first: what follows reads it.
        _take_over_in(session, transaction, snapshot)
        if with_debts:
            for line in missing:
                _debt_in(session, transaction, snapshot, line)
        stored = _decided_in(
            session, transaction, snapshot, "accepted_with_debts" if with_debts else "accepted"
        )
        _begin_in(session, transaction, stored)
        return stored

    verb = "accepted with debts" if with_debts else "accepted"
    return session.change(f"{verb}: {snapshot.client.name}, {handover.deal}", work).result


def send_back(session: Session, handover: Handover, reason: str) -> Handover:
    """Return a handover to sales with a reason; the card stays as it is."""
    if not reason.strip():
        raise StoreProblem("Say why it is returned: sales mends what it knows.")
    snapshot = read_handover(session, handover.id)
    _validate_undecided(session, snapshot.handover)
    return session.change(
        f"returned: {snapshot.client.name}, {handover.deal}",
        lambda transaction: _decided_in(session, transaction, snapshot, "returned", reason.strip()),
    ).result


def send_again(session: Session, handover: Handover) -> Handover:
    """Send a returned handover again, when what was missing is on the card; its clock starts again."""
    now = rows.get(session.store, Handover, handover.id)
    if now.state != "returned":
        raise StoreProblem("Only a handover that was returned is sent again.")
    values: dict[str, Value] = {
        "state": "sent",
        "sent_on": session.today().isoformat(),
        "sent_at": session.now_text(),
        "decided_on": None,
        "decided_at": None,
        "decided_by_id": None,
    }
    return session.change(
        f"sent again: {handover.deal}", lambda transaction: change_in(session, transaction, now, values)
    ).result


def take_over(session: Session, handover: Handover) -> int:
    """Bring the last package of an accepted handover to the card; gives back how many fields that changed."""
    snapshot = read_handover(session, handover.id)
    if snapshot.handover.state not in DECIDED:
        raise StoreProblem("Its changes go to the card when it is accepted.")
    count = len(snapshot.open_differences)
    if not count:
        raise StoreProblem("The card has all of the package already.")
    session.change(
        f"package taken over: {snapshot.client.name}",
        lambda transaction: _take_over_in(session, transaction, snapshot),
    )
    return count


def choose(session: Session, snapshot: HandoverSnapshot, place: int, field: str, choice: Choice) -> None:
    """Say whose value of a field counts, the package's or the card's; `place` is the change it belongs to."""
    if not snapshot.packages or not 0 <= place < len(snapshot.changes):
        raise NotFound("The package has no such change.")
    package = snapshot.packages[0]
    changed = card.choose(snapshot.changes, place, field, choice)
    session.change(
        f"the {choice}'s {field} counts: {snapshot.client.name}",
        lambda transaction: transaction.update(package, {"changes": card.to_json(changed)}),
    )


# questions


def ask(session: Session, handover: Handover, question: str, topic: str = "") -> HandoverItem:
    """Ask the salesperson something, at any time; their clock starts. Raises StoreProblem without words."""
    if not question.strip():
        raise StoreProblem("Write what you want to know.")
    item = _question(session, handover, question.strip(), topic)
    return session.change(
        f"asked sales: {question.strip()[:60]}", lambda transaction: insert_in(session, transaction, item)
    ).result


def answer(session: Session, item: HandoverItem, text: str) -> HandoverItem:
    """Answer a question of the service; its clock ends."""
    if not text.strip():
        raise StoreProblem("Write the answer.")
    if item.state != "asked":
        raise StoreProblem("This question is answered already; ask again if the answer is not enough.")
    values: dict[str, Value] = {"state": "answered", "answer": text.strip()}
    return session.change(
        f"answered: {item.title[:60]}", lambda transaction: change_in(session, transaction, item, values)
    ).result


def settle(session: Session, item: HandoverItem) -> HandoverItem:
    """Say that an answer is enough, so that it leaves the day of who asked."""
    if item.state != "answered":
        raise StoreProblem("Sales has not answered this yet." if item.state == "asked" else "It is settled.")
    return session.change(
        f"settled: {item.title[:60]}",
        lambda transaction: change_in(session, transaction, item, {"state": "present"}),
    ).result


def ask_again(session: Session, item: HandoverItem, more: str = "") -> HandoverItem:
    """Ask once more, because the answer is not enough: a question of its own with a clock of its own.

    The answer before it stays as it was, with its time.
    """
    if item.item_kind != "question" or item.state not in ("answered", "present"):
        raise StoreProblem("Only a question that was answered is asked again.")
    handover = rows.get(session.store, Handover, item.handover_id)
    title = more.strip() or item.title
    again = _question(session, handover, title, item.topic).with_changes(
        {"reopens_id": item.id, "target_min": item.target_min, "asked_of_id": item.asked_of_id}
    )

    def work(transaction: Transaction) -> HandoverItem:
        if item.state == "answered":
            change_in(session, transaction, item, {"state": "present"})
        return insert_in(session, transaction, again)

    return session.change(f"asked again: {title[:60]}", work).result


# the checklist


def say(session: Session, handover: Handover, topic: str, state: ItemState | None, reason: str = "") -> None:
    """Say a word on an item that counts before what is computed; None takes it back.

    Raises StoreProblem for an unknown item, or for “not needed” without a reason.
    """
    if topic not in TOPICS:
        raise StoreProblem(f"There is no item “{topic}”; there are {', '.join(TOPICS)}.")
    if state is not None and not reason.strip():
        raise StoreProblem("Say why, so that nobody has to ask.")
    snapshot = read_handover(session, handover.id)
    known = next((i for i in snapshot.items if i.item_kind == "check" and i.topic == topic), None)

    def work(transaction: Transaction) -> None:
        values: dict[str, Value] = {"state": state or "open", "reason": reason.strip()}
        if known is not None:
            change_in(session, transaction, known, values)
        elif state is not None:
            item = HandoverItem(client_id=handover.client_id, handover_id=handover.id)
            insert_in(
                session, transaction, item.with_changes({"title": TOPICS[topic], "topic": topic, **values})
            )

    state_words = (state or "computed again").replace("_", " ")
    session.change(f"{TOPICS[topic]}: {state_words}", work)


def link_term(session: Session, handover: Handover, promise: Promise) -> HandoverItem:
    """Hand a special term over that was typed, so that the receiver acknowledges it."""
    return session.change(
        f"special term: {promise.text[:60]}",
        lambda transaction: insert_in(session, transaction, term_item(handover, promise)),
    ).result


def rate(session: Session, handover: Handover, mark: int, said: str = "") -> Handover:
    """Keep the client's one mark of how they were handed over, 0 to 5; it counts for both departments."""
    values: dict[str, Value] = {"satisfaction": mark, "satisfaction_said": said.strip()}
    return session.change(
        f"the client's mark of the handover: {mark}",
        lambda transaction: change_in(session, transaction, handover, values),
    ).result


# inside


def _validate_undecided(session: Session, handover: Handover) -> None:
    if handover.state != "sent":
        raise StoreProblem(f"This handover is {handover.state.replace('_', ' ')} already.")
    reason = may_decide(session, handover)
    if reason:
        raise StoreProblem(f"{reason[0].upper()}{reason[1:]}.")


def _question(session: Session, handover: Handover, title: str, topic: str) -> HandoverItem:
    return HandoverItem(
        client_id=handover.client_id,
        handover_id=handover.id,
        title=title,
        item_kind="question",
        topic=topic,
        state="asked",
        asked_by_id=session.me.id,
        asked_of_id=handover.sales_id,
        target_min=handover.answer_min,
    )


def _debt_in(session: Session, transaction: Transaction, snapshot: HandoverSnapshot, line: Line) -> None:
    """Make a missing item a question, unless it is asked already."""
    if line.topic and any(item.topic == line.topic for item in snapshot.debts):
        return
    missing = ", ".join(line.missing)
    title = f"{line.title}: {missing}" if missing and missing != line.title else line.title
    question = _question(session, snapshot.handover, title[:1000], line.topic)
    insert_in(session, transaction, question)


def _take_over_in(session: Session, transaction: Transaction, snapshot: HandoverSnapshot) -> None:
    if not snapshot.packages:
        return
    done = card.apply_in(session, transaction, snapshot.client.id, snapshot.changes)
    text = card.to_json(done)
    if text != snapshot.packages[0].changes:
        transaction.update(snapshot.packages[0], {"changes": text})


def _decided_in(
    session: Session,
    transaction: Transaction,
    snapshot: HandoverSnapshot,
    state: HandoverState,
    reason: str = "",
) -> Handover:
    handover = snapshot.handover
    values: dict[str, Value] = {
        "state": state,
        "reason": reason,
        "decided_on": session.today().isoformat(),
        "decided_at": transaction.at,
        "decided_by_id": session.me.id,
        "items_present": snapshot.checklist.present,
        "items_needed": snapshot.checklist.needed,
    }
    if state == "returned":
        values["returns"] = handover.returns + 1
    elif handover.receiver_id is None:
        values["receiver_id"] = session.me.id
    return change_in(session, transaction, handover, values)


def _begin_in(session: Session, transaction: Transaction, handover: Handover) -> None:
    """Make the receiver the owner of a client who is new, and begin their onboarding."""
    client = rows.get(transaction.store, Client, handover.client_id)
    values: dict[str, Value] = {}
    if client.stage in _TAKES_BACK:
        values["stage"] = "handover"
        values["owner_id"] = handover.receiver_id or client.owner_id
    elif client.owner_id in (None, handover.sales_id):
        # Their owner gave them away, or they had none.
        values["owner_id"] = handover.receiver_id
        if client.deputy_id == handover.receiver_id and client.owner_id is not None:
            values["deputy_id"] = client.owner_id
    client = change_in(session, transaction, client, values) if values else client
    for item in _terms(transaction, handover):
        if item.owner_id in (None, handover.sales_id):
            change_in(session, transaction, item, {"owner_id": handover.receiver_id})
    if client.stage == "handover":
        start_onboarding_in(session, transaction, client)


def _terms(transaction: Transaction, handover: Handover) -> list[Promise]:
    items = handovers.items(transaction.store, handover.id)
    terms_by_id = listing.by_ids(transaction.store, Promise, [i.promise_id for i in items if i.promise_id])
    return list(terms_by_id.values())
