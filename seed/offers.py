"""Offers in every state and language, the terms of each class, and what suggestions and figures stand on."""

from __future__ import annotations

import json

from onewindow.desk.metrics.table import METRICS
from onewindow.records.baselines import Baseline
from onewindow.records.feedback import PublicReview, Survey, SurveyInvitation
from onewindow.records.offers import ClassTerms, Offer, OfferLanguage, OfferLine, OfferState
from onewindow.records.opportunities import RetiredTrigger, SuggestionMark
from onewindow.records.requests import Document
from seed.agreements import currency, scaled
from seed.firm import Account, Firm

_STATES: tuple[OfferState, ...] = (
    *("draft", "to_approve", "approved", "refused", "sent", "accepted", "declined", "withdrawn"),
)
_TITLES = {
    "ru": "Вторая смена на складе",
    "bg": "Втора смяна в склада",
    "en": "A second shift at the warehouse",
}
_ANSWERS = {
    "ru": ("берём с января", "дорого, вернёмся весной"),
    "bg": ("вземаме от януари", "скъпо е, ще се върнем напролет"),
    "en": ("we start in January", "too dear, ask again in spring"),
}
_OFFERS = 24


def terms(firm: Firm) -> None:
    """Write down what each class gets."""
    for kept in (
        ClassTerms(
            client_class="regular",
            discount_percent=5,
            payment_days=14,
            instalments=2,
            loyalty="1 % за каждый год вместе, новое обучение первыми",
        ),
        ClassTerms(
            client_class="reseller",
            discount_percent=15,
            payment_days=30,
            instalments=3,
            extra_service="обучение двух человек",
            loyalty="скидка от оборота за квартал, общий стенд на выставке",
        ),
        ClassTerms(client_class="one_off", loyalty="бонусный час при второй покупке"),
    ):
        firm.sheets.add(kept, firm.moments.at_text(400, 9))


def make(firm: Firm, accounts: list[Account]) -> None:
    """Offer a second shift to some clients, so that every state stands somewhere."""
    product = next(iter(firm.products.values()))
    here = [account for account in accounts if account.client.stage == "active"]
    lead = next(person for person in firm.staff.values() if person.role == "lead")
    # Spread over all of them: those of one country stand together.
    for place, account in enumerate(here[:: max(1, len(here) // _OFFERS)][:_OFFERS]):
        state = _STATES[place % len(_STATES)]
        ago = 3 + place * 4
        language: OfferLanguage = account.client.language  # pyright: ignore[reportAssignmentType]
        price = scaled(account, product.price or 0)
        quantity = 2 + place % 4
        percent = 12 if state in ("to_approve", "approved", "refused") else 5 * (place % 2)
        total = quantity * price * (100 - percent) // 100
        was_sent = state in ("sent", "accepted", "declined")
        paper = None
        if was_sent:
            paper = firm.sheets.add(
                Document(
                    client_id=account.client.id,
                    document_kind="offer",
                    title=_TITLES[language],
                    state={"accepted": "signed", "declined": "cancelled"}.get(state, "sent"),  # pyright: ignore[reportArgumentType]
                    issued_on=firm.moments.day(ago),
                    amount=total,
                    currency=currency(account),
                ),
                firm.moments.at_text(ago, 12),
            )
        offer = firm.sheets.add(
            Offer(
                client_id=account.client.id,
                title=_TITLES[language],
                language=language,
                state=state,
                currency=currency(account),
                discount_percent=percent,
                payment_days=14,
                valid_till=firm.moments.day(ago - 30),
                approved_by_id=lead.id if state in ("approved", "refused") else None,
                reason={"refused": "скидка выше маржи", "withdrawn": "цены изменились"}.get(state, ""),
                sent_on=firm.moments.day(ago) if was_sent else None,
                document_id=paper.id if paper else None,
                answered_on=firm.moments.day(max(0, ago - 2)) if state in ("accepted", "declined") else None,
                answer=_ANSWERS[language][state == "declined"] if state in ("accepted", "declined") else "",
            ),
            firm.moments.at_text(ago, 12),
        )
        firm.sheets.add(
            OfferLine(
                client_id=account.client.id,
                offer_id=offer.id,
                title=product.name,
                product_id=product.id,
                quantity=quantity,
                price=price,
                currency=currency(account),
            ),
            firm.moments.at_text(ago, 12),
        )


_INVITED, _SHOWN = 30, 25
_PROMOTERS, _PASSIVES, _DETRACTORS = 71, 73, 64


def remember(firm: Firm, accounts: list[Account]) -> None:
    """Tell who was asked to answer, what was suggested before, and freeze a figure."""
    here = [account for account in accounts if account.client.stage == "active" and account.contacts]
    survey = firm.sheets.all(Survey)[0]
    product = next(iter(firm.products.values()))
    for place, account in enumerate(here[:_INVITED]):
        ago = 120 + place
        firm.sheets.add(
            SurveyInvitation(
                client_id=account.client.id,
                survey_id=survey.id,
                contact_id=account.main.id,
                at=firm.moments.at_text(ago, 9),
            ),
            firm.moments.at_text(ago, 9),
        )
    for place, account in enumerate(here[:_SHOWN]):
        ago = 130 + place
        firm.sheets.add(
            SuggestionMark(
                client_id=account.client.id,
                trigger="peers_own",
                product_id=product.id,
                shown_on=firm.moments.day(ago),
            ),
            firm.moments.at_text(ago, 9),
        )
    lead = next(person for person in firm.staff.values() if person.role == "lead")
    firm.sheets.add(
        RetiredTrigger(
            trigger="volume_limit",
            reason="объёмы считает новая программа, правило только шумело",
            retired_on=firm.moments.day(60),
            staff_id=lead.id,
        ),
        firm.moments.at_text(60, 9),
    )
    thanks = here[1]
    firm.sheets.add(
        PublicReview(
            client_id=thanks.client.id,
            quote="Внедрили за месяц, на склад приезжали сами.",
            link=f"https://reviews.example/{thanks.client.slug}",
            mood="positive",
            author=thanks.main.name,
            seen_on=firm.moments.day(20),
            reacted_on=firm.moments.day(19),
            reaction="Поблагодарили, попросили рассказать на встрече.",
            assignee_id=thanks.owner.id,
        ),
        firm.moments.at_text(20, 11),
    )
    _freeze(firm)


def _freeze(firm: Firm) -> None:
    """The loyalty of clients before the department worked as it does now."""
    metric = METRICS["nps"]
    answers = _PROMOTERS + _PASSIVES + _DETRACTORS
    firm.sheets.add(
        Baseline(
            name="до новой службы",
            metric="nps",
            since=firm.moments.day(700),
            till=firm.moments.day(200),
            definition=metric.definition,
            edition=metric.version,
            frozen_on=firm.moments.day(190),
            figures=json.dumps(
                [
                    {
                        "group": "all",
                        "part": "",
                        "n": answers,
                        "value": 100 * (_PROMOTERS - _DETRACTORS) / answers,
                        "low": -7.525782946823292,
                        "high": 14.160854036870688,
                        "parts": {
                            "promoters": _PROMOTERS,
                            "passives": _PASSIVES,
                            "detractors": _DETRACTORS,
                        },
                    }
                ]
            ),
        ),
        firm.moments.at_text(190, 9),
    )
