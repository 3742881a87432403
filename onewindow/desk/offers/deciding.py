"""What becomes of an offer: submitted, approved or refused by a lead, sent, answered or withdrawn."""

from __future__ import annotations

from datetime import date

from onewindow.desk.editing import changing
from onewindow.desk.offers.drafting import WholeOffer, read_offer
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.feedback import Opportunity
from onewindow.records.offers import Offer
from onewindow.records.requests import Document
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem


def submit(session: Session, offer_id: int) -> Offer:
    """Give an offer to a lead to decide, because it goes beyond the class. Raises StoreProblem."""
    whole = read_offer(session, offer_id)
    _validate_state(whole.offer, "draft", "refused")
    _validate_lines(whole)
    if not whole.deviations:
        raise StoreProblem("Nothing to approve: the offer keeps to the terms of the class. Send it.")
    return _set(session, whole.offer, "submit", {"state": "to_approve", "reason": "", "approved_by_id": None})


def decide(session: Session, offer_id: int, *, is_approved: bool, reason: str = "") -> Offer:
    """Approve or refuse an offer that waits; only a lead may, and a refusal has its reason."""
    offer = rows.get(session.store, Offer, offer_id)
    if not session.is_lead:
        raise StoreProblem("Only a lead decides what goes beyond the terms of the class.")
    _validate_state(offer, "to_approve", "draft")
    reason = " ".join(reason.split())
    if not is_approved and not reason:
        raise FieldProblems({"reason": "say why it is refused."})
    state = "approved" if is_approved else "refused"
    return _set(
        session,
        offer,
        "approve" if is_approved else "refuse",
        {"state": state, "approved_by_id": session.me.id, "reason": reason},
    )


def why_unsent(whole: WholeOffer, today: date) -> str:
    """What keeps an offer from being sent, as a sentence; '' if nothing does."""
    offer = whole.offer
    if offer.state not in ("draft", "approved"):
        waits = " a lead decides first" if offer.state == "to_approve" else ""
        return f"The offer is {offer.state.replace('_', ' ')}{':' + waits if waits else ''}."
    if not whole.lines:
        return "The offer has no lines yet: add what is offered and its price."
    if any(line.price == 0 for line in whole.lines):
        free = next(line.title for line in whole.lines if line.price == 0)
        return f"“{free}” has no price yet."
    if offer.valid_till and offer.valid_till < today.isoformat():
        return f"The offer was valid till {offer.valid_till}: give it another day first."
    if whole.deviations and offer.state != "approved":
        return f"A lead decides first: {'; '.join(whole.deviations)}."
    return ""


def send(session: Session, offer_id: int, location: str = "") -> Offer:
    """Note that the client has the offer: it is registered as a document, its opportunity counts as offered.

    Raises StoreProblem with what keeps it from being sent.
    """
    whole = read_offer(session, offer_id)
    if against := why_unsent(whole, session.today()):
        raise StoreProblem(against)
    today = session.today().isoformat()

    def work(transaction: Transaction) -> Offer:
        document = changing.insert_in(
            session,
            transaction,
            Document(
                client_id=whole.client.id,
                document_kind="offer",
                title=whole.offer.title,
                state="sent",
                issued_on=today,
                expires_on=whole.offer.valid_till,
                amount=whole.sum.total,
                currency=whole.offer.currency,
                location=location,
            ),
        )
        _move_opportunity(session, transaction, whole.offer, "offered")
        values = {"state": "sent", "sent_on": today, "document_id": document.id}
        return changing.change_in(session, transaction, whole.offer, values)

    return session.change(f"send the offer “{whole.offer.title[:60]}”", work).result


def answer(session: Session, offer_id: int, *, is_accepted: bool, words: str = "") -> Offer:
    """Note what the client answered; a refusal has its reason, and the opportunity is won or lost with it."""
    offer = rows.get(session.store, Offer, offer_id)
    _validate_state(offer, "sent")
    words = words.strip()
    if not is_accepted and not words:
        raise FieldProblems({"answer": "say why the client declined."})
    state = "accepted" if is_accepted else "declined"

    def work(transaction: Transaction) -> Offer:
        _move_opportunity(session, transaction, offer, "won" if is_accepted else "lost", words)
        if offer.document_id:
            paper = rows.get(session.store, Document, offer.document_id)
            values = {"state": "signed"} if is_accepted else {"state": "cancelled"}
            changing.change_in(session, transaction, paper, values)
        return changing.change_in(
            session,
            transaction,
            offer,
            {"state": state, "answered_on": session.today().isoformat(), "answer": words},
        )

    return session.change(f"the client {state} “{offer.title[:60]}”", work).result


def withdraw(session: Session, offer_id: int, reason: str) -> Offer:
    """Take an offer back that is not answered yet; its document is cancelled. The reason is kept."""
    offer = rows.get(session.store, Offer, offer_id)
    if offer.state in ("accepted", "declined", "withdrawn"):
        raise StoreProblem(f"The offer is {offer.state} already.")
    reason = " ".join(reason.split())
    if not reason:
        raise FieldProblems({"reason": "say why it is withdrawn."})

    def work(transaction: Transaction) -> Offer:
        if offer.document_id:
            paper = rows.get(session.store, Document, offer.document_id)
            changing.change_in(session, transaction, paper, {"state": "cancelled"})
        return changing.change_in(session, transaction, offer, {"state": "withdrawn", "reason": reason})

    return session.change(f"withdraw the offer “{offer.title[:60]}”", work).result


def _set(session: Session, offer: Offer, verb: str, values: dict[str, object]) -> Offer:
    return session.change(
        f"{verb} the offer “{offer.title[:60]}”",
        lambda transaction: changing.change_in(session, transaction, offer, values),  # pyright: ignore[reportArgumentType]
    ).result


def _move_opportunity(
    session: Session, transaction: Transaction, offer: Offer, state: str, reason: str = ""
) -> None:
    """The opportunity that an offer is for follows it, unless it is over already."""
    if offer.opportunity_id is None:
        return
    opportunity = rows.get(session.store, Opportunity, offer.opportunity_id)
    if opportunity.state in ("won", "lost", "dismissed", state):
        return
    values = {"state": state, **({"reason": reason} if reason else {})}
    changing.change_in(session, transaction, opportunity, values)


def _validate_state(offer: Offer, *allowed: str) -> None:
    if offer.state not in allowed:
        is_now = offer.state.replace("_", " ")
        raise StoreProblem(f"The offer is {is_now}; that is for one that is {' or '.join(allowed)}.")


def _validate_lines(whole: WholeOffer) -> None:
    if not whole.lines:
        raise StoreProblem("The offer has no lines yet: add what is offered and its price.")
