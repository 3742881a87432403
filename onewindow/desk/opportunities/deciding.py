"""What people decide of a suggestion: it becomes an opportunity on file, taken, offered or declined.

`decide` is also the seam for whoever writes the offer itself: it gives back the opportunity that an offer is
made for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from onewindow.desk.editing import changing
from onewindow.desk.opportunities import suggesting
from onewindow.desk.opportunities.suggesting import Suggested
from onewindow.desk.session.context import PROGRAM, Session
from onewindow.desk.session.naming import resolve_client
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.opportunities.suppression import COOLDOWN_DAYS
from onewindow.metrics.opportunities.triggers import TRIGGERS
from onewindow.records.feedback import Opportunity, OpportunityState
from onewindow.records.opportunities import SuggestionMark
from onewindow.store.changes import Transaction
from onewindow.store.opportunities import outcomes
from onewindow.store.problems import NotFound, StoreProblem

_SEPARATOR = "/"
DECIDED: tuple[OpportunityState, ...] = ("accepted", "offered", "dismissed")
"""What a suggestion may become."""


def key_of(session: Session, suggested: Suggested) -> str:
    """By what people name a suggestion on the command line: `C-17/seats_busy/sklad`."""
    made = suggested.suggestion
    product = session.directory.products.get(made.product_id or 0)
    # A product that was made by hand may have no short name.
    name = (product.slug or str(product.id)) if product else ""
    parts = (f"C-{suggested.client.number}", made.trigger, name)
    return _SEPARATOR.join(part for part in parts if part)


def is_key(word: str) -> bool:
    """Whether a typed word names a suggestion and no opportunity on file."""
    parts = word.split(_SEPARATOR)
    return len(parts) in (2, 3) and parts[1] in TRIGGERS


def by_key(session: Session, word: str) -> Suggested:
    """The suggestion that a key names; the product may be left out where one rule suggests only one.

    Raises NotFound for a client who is not there and for what no rule suggests now.
    """
    client, trigger, *product = word.split(_SEPARATOR)
    chosen = resolve_client(session, client)
    made = [
        suggested
        for suggested in suggesting.for_client(session, chosen.id)
        if suggested.suggestion.trigger == trigger
    ]
    keys = {key_of(session, suggested): suggested for suggested in made}
    if product:
        made = [suggested for key, suggested in keys.items() if key.split(_SEPARATOR)[2:] == product]
    if not made:
        raise NotFound(f"No rule suggests “{word}” now; `opportunity suggest --client {client}` lists what.")
    if len(made) > 1:
        raise NotFound(f"“{word}” may be {' or '.join(keys)}; write one of them.")
    return made[0]


def refusal(suggested: Suggested, state: OpportunityState) -> str:
    """Why a suggestion cannot become this, in one sentence; '' if it can.

    Nothing is offered while something forbids it; to take it, or to decline it, is always possible.
    """
    if state != "offered" or not suggested.reasons:
        return ""
    return f"it is not offered now: {suggested.reasons[0].text}"


def decide(session: Session, suggested: Suggested, state: OpportunityState, reason: str = "") -> Opportunity:
    """Put a suggestion on file as an opportunity, accepted, offered or dismissed; one undo takes it back.

    Who takes or offers it has it. A dismissed one comes again after its cooldown. Raises StoreProblem where
    something forbids to offer it or where it is on file already, FieldProblems for a dismissal without a
    reason.
    """
    against = refusal(suggested, state)
    if against:
        raise StoreProblem(f"“{suggested.suggestion.title}”: {against}.")
    reason = " ".join(reason.split())
    if state == "dismissed" and not reason:
        raise FieldProblems({"reason": "say why it is dismissed."})
    made = suggested.suggestion
    opportunity = Opportunity(
        client_id=made.client_id,
        title=made.title,
        opportunity_kind=made.kind,
        state=state,
        product_id=made.product_id,
        amount=made.amount,
        currency=made.currency or session.settings.currency,
        evidence=made.evidence,
        trigger=made.trigger,
        window_till=made.window_till,
        assignee_id=session.me.id if state != "dismissed" else None,
        reason=reason,
    )

    def work(transaction: Transaction) -> Opportunity:
        # Looked up here: two windows may show the same suggestion.
        taken = _on_file(session, opportunity)
        if taken is not None:
            state_text = "an idea on file" if taken.state == "suggested" else taken.state
            raise StoreProblem(f"“{taken.title}”: it is {state_text} already, as opportunity {taken.id}.")
        return changing.insert_in(session, transaction, opportunity)

    return session.change(f"opportunity {made.title}: {state}", work).result


def _on_file(session: Session, made: Opportunity) -> Opportunity | None:
    """The open opportunity that the same rule made of the same product, or contract, before."""
    same_rule = outcomes.open_of_rule(session.store, made.client_id, made.trigger)
    # Of what has no product, such as several contracts, only the title tells which it is.
    return next(
        (
            past
            for past in same_rule
            if past.product_id == made.product_id and (made.product_id or past.title == made.title)
        ),
        None,
    )


def note_shown(session: Session, shown: Sequence[Suggested]) -> int:
    """Note which suggestions a person sees, each once in its cooldown; gives back how many are new.

    Win rates count of those that were shown. It is the program that writes it, so `u` leaves it alone.
    """
    open_ones = [suggested for suggested in shown if not suggested.reasons]
    if not open_ones or session.me.role == "quality":
        return 0
    today = session.today()
    since = (today - timedelta(days=COOLDOWN_DAYS)).isoformat()
    known = outcomes.marks(session.store, {suggested.client.id for suggested in open_ones}, since)
    fresh = [
        suggested.suggestion
        for suggested in open_ones
        if (suggested.client.id, suggested.suggestion.trigger, suggested.suggestion.product_id or 0)
        not in known
    ]
    if not fresh:
        return 0

    def work(transaction: Transaction) -> None:
        for made in fresh:
            mark = SuggestionMark(
                client_id=made.client_id,
                trigger=made.trigger,
                product_id=made.product_id,
                shown_on=today.isoformat(),
            )
            transaction.insert(mark)

    session.change("suggestions shown", work, actor=PROGRAM)
    return len(fresh)
