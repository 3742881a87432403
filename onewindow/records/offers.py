"""Offers to clients: what is offered on which terms, and the terms that each class has as a rule."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from onewindow.records.fields import Record, attribute, record

OfferState = Literal[
    "draft", "to_approve", "approved", "refused", "sent", "accepted", "declined", "withdrawn"
]
OfferLanguage = Literal["ru", "bg", "en"]
TermsClass = Literal["regular", "reseller", "one_off"]


@record
class ClassTerms(Record):
    """What clients of a class get as a rule, and how their loyalty is rewarded; more needs a lead."""

    kind: ClassVar[str] = "class_terms"

    client_class: TermsClass = attribute(
        "class", "choice", default="regular", choices=get_args(TermsClass), required=True
    )
    discount_percent: int = attribute("discount at most", "number", default=0, help="in percent")
    payment_days: int = attribute("days to pay at most", "number", default=0)
    instalments: int = attribute("instalments at most", "number", default=1, help="1: paid at once")
    bonus: str = attribute("bonus", help="бонусные часы, подарок")
    extra_service: str = attribute("service beside it", help="обучение двух человек, выезд")
    loyalty: str = attribute(
        "how loyalty is rewarded", "long_text", help="what holds them: 1 % for each year, training first"
    )


@record
class Offer(Record):
    """What is offered to a client: the terms, the words before the lines, and what became of it."""

    kind: ClassVar[str] = "offer"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    title: str = attribute("what is offered", required=True)
    opportunity_id: int | None = attribute("opportunity", "reference", refers="opportunity")
    language: OfferLanguage = attribute("language", "choice", default="ru", choices=get_args(OfferLanguage))
    state: OfferState = attribute(
        "state", "choice", default="draft", choices=get_args(OfferState), derived=True
    )
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
    discount_percent: int = attribute("discount", "number", default=0, help="in percent of all lines")
    payment_days: int = attribute("days to pay", "number", default=0)
    instalments: int = attribute("instalments", "number", default=1, help="1: paid at once")
    bonus: str = attribute("bonus", help="бонусные часы, подарок")
    extra_service: str = attribute("service beside it", help="обучение двух человек, выезд")
    text: str = attribute("words of its own", "long_text", help="stand before the lines")
    valid_till: str | None = attribute("valid till", "date", when="ahead", default=None)
    approved_by_id: int | None = attribute("decided by", "reference", refers="staff", derived=True)
    reason: str = attribute("why it is approved or refused", derived=True)
    sent_on: str | None = attribute("sent on", "date", default=None, derived=True)
    document_id: int | None = attribute("registered as", "reference", refers="document", derived=True)
    answered_on: str | None = attribute("answered on", "date", default=None, derived=True)
    answer: str = attribute("what the client answered", "long_text", derived=True)


@record
class OfferLine(Record):
    """One line of an offer: so many of a product at a price."""

    kind: ClassVar[str] = "offer_line"

    client_id: int = attribute("client", "reference", refers="client", required=True, default=0)
    offer_id: int = attribute("offer", "reference", refers="offer", required=True, default=0)
    title: str = attribute("what", required=True)
    product_id: int | None = attribute("product", "reference", refers="product")
    quantity: int = attribute("how many", "number", default=1)
    price: int = attribute("price a piece", "money", default=0)
    currency: str = attribute("currency", "currency", default="RUB", limit=3)
