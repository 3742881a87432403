"""What is missing of a client, in the order of asking."""

from __future__ import annotations

import pytest

from onewindow.metrics.health.completeness import Gap, completeness, gaps, invoice_gaps, ready_to_invoice
from onewindow.records.clients import BillingDetails, Client, Contact

FIRM = BillingDetails(
    legal_name="ООО «Ромашка»",
    tax_id="7707083893",
    kpp="770701001",
    legal_address="Москва, ул. Вавилова, 19",
    email="buh@romashka.ru",
    bank="Банк",
    bik="044525225",
    account="40702810438000000001",
    corr_account="30101810400000000225",
    head_name="Ким Анна Сергеевна",
    head_position="директор",
)
ANNA = Contact(name="Анна Ким", address_as="Анна Сергеевна", phone="+79123456789", email="k@r.ru", is_main=1)
CLIENT = Client(
    name="Ромашка",
    owner_id=1,
    deputy_id=2,
    since="2021-03-01",
    goal="закрывать месяц за 2 дня",
    goal_measure="сейчас 4",
    segment="торговля",
    industry="мебель",
    city="Казань",
)


def places(found: list[Gap]) -> list[str]:
    return [f"{gap.kind}.{gap.field}" for gap in found]


def test_a_full_card_has_no_gap() -> None:
    assert gaps(CLIENT, FIRM, [ANNA], 1) == []
    assert completeness(CLIENT, FIRM, [ANNA], 1) == 100


def test_of_an_empty_card_the_invoice_is_asked_first() -> None:
    found = gaps(Client(name="Ромашка"), None, [], 0)
    assert places(found)[:4] == [
        "requisites.legal_name",
        "requisites.tax_id",
        "requisites.legal_address",
        "contact.name",
    ]
    assert found[1] == Gap("requisites", "tax_id", "tax id", "an invoice needs it")
    assert all(gap.label and gap.why for gap in found)
    assert completeness(Client(name="Ромашка"), None, [], 0) == 0


def test_each_gap_filled_raises_the_percentage() -> None:
    steps = [
        completeness(Client(name="x"), None, [], 0),
        completeness(Client(name="x"), FIRM, [], 0),
        completeness(Client(name="x"), FIRM, [ANNA], 0),
        completeness(CLIENT, FIRM, [ANNA], 0),
        completeness(CLIENT, FIRM, [ANNA], 1),
    ]
    assert steps == sorted(set(steps))


def test_a_person_who_left_is_nobody_to_call() -> None:
    gone = ANNA.with_changes({"left_on": "2026-01-01"})
    assert places(gaps(CLIENT, FIRM, [gone], 1)) == ["contact.name"]
    other = Contact(name="Борис Ли", phone="+79123456780", address_as="Борис", email="b@r.ru")
    assert gaps(CLIENT, FIRM, [gone, other], 1) == []


def test_a_messenger_is_as_good_as_a_phone() -> None:
    assert gaps(CLIENT, FIRM, [ANNA.with_changes({"phone": "", "messenger": "@anna"})], 1) == []


@pytest.mark.parametrize("field", ["legal_name", "tax_id", "kpp", "legal_address"])
def test_an_invoice_waits_for_each_of_its_fields(field: str) -> None:
    lacking = FIRM.with_changes({field: ""})
    assert ready_to_invoice(FIRM, "RU")
    if field == "tax_id":
        lacking = lacking.with_changes({"kpp": ""})
    assert not ready_to_invoice(lacking, "RU")
    assert places(invoice_gaps(lacking, "RU")) == [f"requisites.{field}"]


def test_a_tax_id_that_cannot_be_right_is_a_gap_with_its_reason() -> None:
    wrong = FIRM.with_changes({"tax_id": "7707083894"})
    (gap,) = invoice_gaps(wrong, "RU")
    assert gap.field == "tax_id"
    assert gap.why.startswith("it cannot be right: ")
    assert not ready_to_invoice(None)


def test_a_sole_trader_has_no_kpp() -> None:
    trader = FIRM.with_changes({"tax_id": "500100732259", "kpp": ""})
    assert ready_to_invoice(trader, "RU")


def test_a_bulgarian_firm_is_paid_by_iban() -> None:
    firm = BillingDetails(
        legal_name="Пример ЕООД",
        tax_id="BG175074752",
        legal_address="София",
        email="a@b.bg",
        bank="Банка",
        head_name="Иван Иванов",
        head_position="управител",
        currency="EUR",
    )
    client = CLIENT.with_changes({"country": "BG"})
    assert ready_to_invoice(firm, "BG")
    assert places(gaps(client, firm, [ANNA], 1)) == ["requisites.iban"]
    assert gaps(client, firm.with_changes({"iban": "BG80BNBG96611020345678"}), [ANNA], 1) == []
