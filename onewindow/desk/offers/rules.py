"""What must hold for offers, their lines and the terms of classes."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.reference.record_entries import (
    Changed,
    Consequences,
    Context,
    RecordEntry,
    RecordRules,
)
from onewindow.desk.session.context import Session
from onewindow.records.offers import ClassTerms, Offer, OfferLine
from onewindow.store import offers, rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem

_MOST_INSTALMENTS = 60
_MOST_DAYS = 730
TERMS = ("discount_percent", "payment_days", "instalments", "bonus", "extra_service")
"""What of an offer is compared with the terms of the class."""
_BOUND = frozenset({*TERMS, "title", "opportunity_id", "currency", "text", "valid_till", "language"})
SETTLED = frozenset({"sent", "accepted", "declined", "withdrawn"})
"""States in which the client has the offer as it is, or will not get it: its terms stay."""
_SEEN = frozenset({"to_approve", "approved", "refused"})
"""States in which a lead saw the offer as it is, or will see it."""
_SEEN_OF_LINES = ("title", "product_id", "quantity", "price")
_AGAIN: Mapping[str, Value] = {"state": "draft", "approved_by_id": None, "reason": ""}


def _limits(record: Offer | ClassTerms) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 <= record.discount_percent <= 100:
        errors["discount_percent"] = "a discount is 0 to 100 percent."
    if not 0 <= record.payment_days <= _MOST_DAYS:
        errors["payment_days"] = f"give 0 to {_MOST_DAYS} days to pay."
    if not 1 <= record.instalments <= _MOST_INSTALMENTS:
        errors["instalments"] = f"there are 1 to {_MOST_INSTALMENTS} instalments; 1 is paid at once."
    return errors


def _offer_problems(context: Context, record: Offer) -> dict[str, str]:
    errors = _limits(record)
    before = rows.find(context.store, Offer, record.id) if record.id else None
    # A file of ours brings an offer as it was, lines and all.
    if before is not None and before.state in SETTLED and not context.is_import:
        changed = [name for name in sorted(_BOUND) if getattr(before, name) != getattr(record, name)]
        errors |= dict.fromkeys(
            changed, f"the offer is {before.state} and stays as it is; draft another one."
        )
    if before is not None and before.client_id != record.client_id and not context.is_import:
        errors["client_id"] = "the offer and its lines are for another client; draft one for this client."
    return errors


def _reset(_context: Context, now: Offer, meant: Offer, wanted: Mapping[str, Value]) -> dict[str, Value]:
    """An approval, and a refusal too, holds for the terms that the lead saw."""
    if "state" in wanted or now.state not in _SEEN:
        return {}
    if all(getattr(now, name) == getattr(meant, name) for name in (*TERMS, "currency")):
        return {}
    return dict(_AGAIN)


def _line_problems(context: Context, record: OfferLine) -> dict[str, str]:
    if record.quantity < 1:
        return {"quantity": "offer one piece at least."}
    offer = rows.find(context.store, Offer, record.offer_id)
    if offer is None:
        return {"offer_id": "there is no such offer."}
    if offer.client_id != record.client_id:
        return {"offer_id": "this offer is for another client."}
    if offer.currency != record.currency:
        return {"currency": f"the offer is in {offer.currency}; a line of it is too."}
    if offer.state in SETTLED and not context.is_import:
        return {"offer_id": f"the offer is {offer.state}: its lines stay; draft another one."}
    return {}


def _validate_moving_line(context: Context, record: OfferLine) -> None:
    """A line is part of what the client has, and comes back only into what no lead has seen without it."""
    offer = rows.find(context.store, Offer, record.offer_id)
    if offer is None or context.is_import:
        return
    if offer.state in SETTLED:
        raise StoreProblem(f"The offer is {offer.state}: its lines stay; draft another one.")
    if offer.state in _SEEN and record.archived_at is not None:
        is_now = offer.state.replace("_", " ")
        raise StoreProblem(f"The offer is {is_now} without this line; add the line anew.")


def _reset_offer(transaction: Transaction, line: OfferLine) -> None:
    """What a lead saw had other lines: the offer is a draft again."""
    offer = rows.find(transaction.store, Offer, line.offer_id)
    if offer is not None and offer.state in _SEEN:
        transaction.update(offer, _AGAIN)


def _line_added(_session: Session, transaction: Transaction, line: OfferLine) -> OfferLine:
    _reset_offer(transaction, line)
    return line


def _line_changed(_session: Session, transaction: Transaction, change: Changed[OfferLine]) -> OfferLine:
    if any(getattr(change.before, name) != getattr(change.after, name) for name in _SEEN_OF_LINES):
        _reset_offer(transaction, change.after)
    return change.after


def _line_taken_out(_session: Session, transaction: Transaction, line: OfferLine) -> tuple[()]:
    _reset_offer(transaction, line)
    return ()


def _terms_problems(context: Context, record: ClassTerms) -> dict[str, str]:
    errors = _limits(record)
    twin = offers.terms_of_class(context.store, record.client_class)
    if twin is not None and twin.id != record.id and record.archived_at is None:
        errors["client_class"] = "this class has its terms already; change those."
    return errors


OFFER = RecordEntry[Session, Offer](
    RecordRules(problems=_offer_problems, besides=_reset), caches=frozenset({"row"})
)
OFFER_LINE = RecordEntry[Session, OfferLine](
    RecordRules(problems=_line_problems, validate_moving=_validate_moving_line),
    Consequences(stored=_line_added, changed=_line_changed, also_archived=_line_taken_out),
)
CLASS_TERMS = RecordEntry[Session, ClassTerms](RecordRules(problems=_terms_problems))
