"""An offer as people and programs read it: pairs for eyes, one object with its lines."""

from __future__ import annotations

from onewindow.desk.offers.deciding import why_unsent
from onewindow.desk.offers.drafting import WholeOffer
from onewindow.desk.session.context import Session
from onewindow.text.dates import short_day
from onewindow.text.money import format_money


def state_text(session: Session, whole: WholeOffer) -> str:
    """How an offer stands, with who decided it and what the client said."""
    offer = whole.offer
    today = session.today()
    text = offer.state.replace("_", " ")
    if offer.state in ("approved", "refused"):
        text += f" by {session.directory.name(offer.approved_by_id)}"
    if offer.sent_on and offer.state == "sent":
        text += f" {short_day(offer.sent_on, today)}"
    if offer.answered_on:
        text += f" {short_day(offer.answered_on, today)}"
    # The reason of an approval is not what the client said of the offer later.
    said = offer.answer if offer.state in ("sent", "accepted", "declined") else offer.reason
    return f"{text}: {said}" if said else text


def next_step(session: Session, whole: WholeOffer) -> str:
    """What comes next, in a few words; '' where it is over."""
    offer = whole.offer
    if offer.state in ("accepted", "declined", "withdrawn"):
        return ""
    if offer.state == "sent":
        return "the client answers"
    if offer.state == "to_approve":
        return "a lead approves or refuses it"
    if offer.state == "refused":
        return "change the terms, or submit it again"
    against = why_unsent(whole, session.today())
    if not against:
        return "send it"
    return "submit it to a lead" if whole.lines and whole.deviations and offer.state == "draft" else against


def terms_texts(whole: WholeOffer) -> list[str]:
    """The options of an offer, one text each; [] for an offer that is paid at once in full."""
    offer, currency = whole.offer, whole.offer.currency
    found: list[str] = []
    if offer.discount_percent:
        found.append(f"discount {offer.discount_percent} %, {format_money(whole.sum.discount, currency)}")
    if offer.instalments > 1:
        first, rest = whole.sum.instalments[0], whole.sum.instalments[-1]
        amounts = format_money(first, currency)
        amounts += "" if first == rest else f", then {format_money(rest, currency)}"
        found.append(f"{offer.instalments} instalments of {amounts}")
    if offer.payment_days:
        found.append(f"{offer.payment_days} days to pay")
    found += [f"{name} “{said}”" for name, said in _gifts(whole) if said]
    return found


def offer_pairs(session: Session, whole: WholeOffer) -> list[tuple[str, str]]:
    """Everything of an offer, name by name."""
    offer, currency = whole.offer, whole.offer.currency
    lines = [
        (
            "line",
            f"{line.title}: {line.quantity} × {format_money(line.price, currency)}"
            f" = {format_money(line.quantity * line.price, currency)}",
        )
        for line in whole.lines
    ]
    return [
        ("offer", offer.title),
        ("client", whole.client.name),
        ("state", state_text(session, whole)),
        *lines,
        *(("terms", text) for text in terms_texts(whole)),
        ("total", format_money(whole.sum.total, currency)),
        *((("valid till", short_day(offer.valid_till, session.today())),) if offer.valid_till else ()),
        *(("beyond the class", text) for text in whole.deviations),
        *((("next", step),) if (step := next_step(session, whole)) else ()),
    ]


def offer_row(session: Session, whole: WholeOffer) -> dict[str, object]:
    """The same as plain fields; money in minor units."""
    offer = whole.offer
    return {
        "id": offer.id,
        "client_id": whole.client.id,
        "client": whole.client.name,
        "title": offer.title,
        "state": offer.state,
        "currency": offer.currency,
        "lines": [
            {
                "title": line.title,
                "product_id": line.product_id,
                "quantity": line.quantity,
                "price": line.price,
            }
            for line in whole.lines
        ],
        "sum": whole.sum.lines,
        "discount": whole.sum.discount,
        "total": whole.sum.total,
        "instalments": list(whole.sum.instalments),
        "deviations": list(whole.deviations),
        "valid_till": offer.valid_till,
        "sent_on": offer.sent_on,
        "answered_on": offer.answered_on,
        "answer": offer.answer,
        "next": next_step(session, whole),
    }


def _gifts(whole: WholeOffer) -> tuple[tuple[str, str], ...]:
    return (("bonus", whole.offer.bonus), ("service", whole.offer.extra_service))
