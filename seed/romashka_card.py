"""The card of the client that the documentation shows: the company, its four people, its requisites."""

from __future__ import annotations

from datetime import timedelta

from onewindow.records.clients import Asset, BillingDetails, Client, Consent, Contact, ContactNote
from seed import tax_numbers
from seed.firm import Account, Firm

NUMBER = 17
_BIK = "044525901"
_DAYS_WITH_US = 1990
_PEOPLE = (
    ("Ким Анна Сергеевна", "Анна", "директор", "по имени; не звонить до 10", "+79123456789", "a.kim"),
    (
        "Лаптева Ирина Юрьевна",
        "Ирина Юрьевна",
        "главный бухгалтер",
        "просит всё письмом",
        "+79162201408",
        "i.lapteva",
    ),
    (
        "Гурьев Степан Ильич",
        "Степан",
        "начальник склада",
        "шутит, звонить на рабочий",
        "+79254170833",
        "s.guryev",
    ),
    ("Мартынова Яна Олеговна", "Яна", "логист", "отвечает в чате", "+79037718246", "y.martynova"),
)


def introduce(firm: Firm, account: Account) -> None:
    """Make the card: the client itself, four people, full requisites."""
    day = firm.moments.day
    client = account.client.with_changes(
        {
            "tier": "A",
            "client_class": "regular",
            "stage": "active",
            "loss_reason": "",
            "owner_id": firm.staff["ivanova"].id,
            "deputy_id": firm.staff["petrov"].id,
            "since": day(_DAYS_WITH_US),
            "aliases": "Ромашка\nООО «Ромашка»\nRomashka",
            "slug": "romashka",
            "glossary": "забор = отгрузка со склада\nхвосты = неподписанные акты",
            "goal": "закрывать месяц за 2 дня",
            "goal_measure": "сейчас 4",
            "goal_reviewed_on": day(24),
            "segment": "опт",
            "payment_state": "paid",
            "paid_till": (firm.moments.today.replace(day=1) - timedelta(days=1)).isoformat(),
            "tags": "ключевой сезонный",
            "note": "Отгружают до десяти утра, днём на складе никого.",
        }
    )
    _accept(firm, account, client)
    at = firm.moments.at_text(account.joined, 11)
    for place, (name, called, role, manner, number, mailbox) in enumerate(_PEOPLE):
        contact = firm.sheets.add(
            Contact(
                client_id=client.id,
                name=name,
                address_as=called,
                role=role,
                manner=manner,
                phone=number,
                email=f"{mailbox}@romashka.example",
                birthday="1984-03-14" if place == 0 else None,
                is_main=int(place == 0),
            ),
            at,
        )
        account.contacts.append(contact)
        for purpose in ("personal_data", "marketing", "newsletter", "survey")[: 4 - place]:
            firm.sheets.add(
                Consent(
                    client_id=client.id,
                    contact_id=contact.id,
                    purpose=purpose,
                    decided_on=day(_DAYS_WITH_US),
                    source="договор п. 7",
                ),
                at,
            )
    firm.sheets.add(
        ContactNote(
            client_id=client.id,
            contact_id=account.main.id,
            noted_on=day(70),
            text="Летом ходит на байдарках, связи нет по две недели.",
        )
    )
    _billing_details(firm, client)
    firm.sheets.add(
        Asset(client_id=client.id, name="Терминал сбора данных № 3", serial="SN20817733", place="склад 1")
    )


def _accept(firm: Firm, account: Account, client: Client) -> None:
    firm.sheets.replace(client)
    account.client = client
    account.owner = firm.staff["ivanova"]
    account.trend, account.joined, account.left = "full", _DAYS_WITH_US, None


def _billing_details(firm: Firm, client: Client) -> None:
    values = {
        "legal_name": "ООО «Ромашка»",
        "tax_id": "7701234560",
        "kpp": "770101001",
        "ogrn": tax_numbers.ogrn(firm.random, "77", 2014),
        "legal_address": "101000, Москва, ул. Мясницкая, 12",
        "postal_address": "101000, Москва, а/я 40",
        "phone": "+74952201017",
        "email": "docs@romashka.example",
        "bank": "Банк «Содействие»",
        "bik": _BIK,
        "account": tax_numbers.account(firm.random, _BIK),
        "corr_account": tax_numbers.corr_account(_BIK),
        "consignee": "Склад «Ромашка», Подольск",
        "consignee_address": "Подольск, Складской проезд, 3",
        "head_name": "Ким Анна Сергеевна",
        "head_position": "директор",
        "acts_on": "устав",
    }
    old = {**values, "legal_address": "109012, Москва, ул. Ильинка, 4"}
    firm.sheets.add(
        BillingDetails(client_id=client.id, archived_at=firm.moments.at_text(410, 12)).with_changes(old),
        firm.moments.at_text(_DAYS_WITH_US, 12),
    )
    firm.sheets.add(BillingDetails(client_id=client.id).with_changes(values), firm.moments.at_text(410, 12))
