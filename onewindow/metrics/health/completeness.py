"""What is still not known of a client, in the order in which to ask for it: an invoice comes first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.fields import attribute_of
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct

FOR_INVOICE = "an invoice needs it"
FOR_CONTRACT = "a contract and an act need it"
FOR_CALL = "somebody has to answer when we call"
FOR_CARE = "the client needs one of us who answers for it"
FOR_SUCCESS = "without it nobody sees whether the client succeeds"
FOR_OFFER = "the right terms and offers depend on it"
IS_WRONG = "it cannot be right: {reason}"


@frozen_struct
class Gap:
    """One thing to fill: the field of a kind of record, what people call it, and what it is good for."""

    kind: str
    field: str
    label: str
    why: str


_Item = tuple[str, str, bool, str]
"""Kind, field, whether it is known, and what it is good for; plain, because an import weighs each client."""


def gaps(
    client: Client, billing_details: BillingDetails | None, contacts: Iterable[Contact], licence_count: int
) -> list[Gap]:
    """What is missing, first what should be filled first. Contacts who have left do not count."""
    return _missing(_items(client, billing_details, contacts, licence_count))


def completeness(
    client: Client, billing_details: BillingDetails | None, contacts: Iterable[Contact], licence_count: int
) -> int:
    """How much of what should be known is known, in whole percent, rounded down: 100 means no gap."""
    items = _items(client, billing_details, contacts, licence_count)
    return 100 * [is_known for _, _, is_known, _ in items].count(True) // len(items)


def invoice_gaps(billing_details: BillingDetails | None, country: str = "") -> list[Gap]:
    """What an outgoing invoice still needs; `country` is the client's, whose rules a tax id follows."""
    return _missing(_for_invoice(billing_details, country))


def ready_to_invoice(billing_details: BillingDetails | None, country: str = "") -> bool:
    """Whether an invoice can be written to these requisites."""
    return not invoice_gaps(billing_details, country)


def _items(
    client: Client, billing_details: BillingDetails | None, contacts: Iterable[Contact], licence_count: int
) -> list[_Item]:
    people = [contact for contact in contacts if contact.left_on is None]
    return [
        *_for_invoice(billing_details, client.country),
        *_for_call(people),
        ("client", "owner_id", client.owner_id is not None, FOR_CARE),
        *_for_contract(billing_details, client.country),
        ("licence", "product_id", licence_count > 0, FOR_SUCCESS),
        ("client", "goal", bool(client.goal), FOR_SUCCESS),
        ("client", "goal_measure", bool(client.goal_measure), FOR_SUCCESS),
        ("client", "deputy_id", client.deputy_id is not None, FOR_CARE),
        ("client", "since", client.since is not None, FOR_OFFER),
        ("client", "segment", bool(client.segment), FOR_OFFER),
        ("client", "industry", bool(client.industry), FOR_OFFER),
        ("client", "city", bool(client.city), FOR_OFFER),
    ]


def _for_invoice(billing_details: BillingDetails | None, country: str) -> list[_Item]:
    filled = billing_details or _NOTHING_ON_FILE
    problem = _tax_id_problem(filled.tax_id, country) if filled.tax_id else None
    why = IS_WRONG.format(reason=problem) if problem else FOR_INVOICE
    items = [
        ("requisites", "legal_name", bool(filled.legal_name), FOR_INVOICE),
        ("requisites", "tax_id", bool(filled.tax_id) and not problem, why),
    ]
    if _has_kpp(filled, country):
        items.append(("requisites", "kpp", bool(filled.kpp), FOR_INVOICE))
    items.append(("requisites", "legal_address", bool(filled.legal_address), FOR_INVOICE))
    return items


def _for_call(people: list[Contact]) -> list[_Item]:
    main = next((contact for contact in people if contact.is_main), people[0] if people else None)
    if main is None:
        return [("contact", "name", False, FOR_CALL)]
    return [
        ("contact", "name", True, FOR_CALL),
        ("contact", "phone", bool(main.phone or main.messenger), FOR_CALL),
        ("contact", "email", bool(main.email), FOR_CALL),
        ("contact", "address_as", bool(main.address_as), FOR_CALL),
    ]


def _for_contract(billing_details: BillingDetails | None, country: str) -> list[_Item]:
    filled = billing_details or _NOTHING_ON_FILE
    values = vars(filled)
    fields = ("email", "bank", *_account_fields(filled, country), "head_name", "head_position")
    return [("requisites", field, bool(values[field]), FOR_CONTRACT) for field in fields]


def _account_fields(billing_details: BillingDetails, country: str) -> tuple[str, ...]:
    """How money finds the client: a Russian account by BIK, any other by IBAN."""
    is_russian = country == "RU" or bool(billing_details.bik)
    return ("bik", "account", "corr_account") if is_russian and not billing_details.iban else ("iban",)


def _has_kpp(billing_details: BillingDetails, country: str) -> bool:
    """Whether there is a KPP: firms in Russia have one (and ten digits of INN), sole traders have none."""
    if country not in ("", "RU") or not billing_details.tax_id or billing_details.iban:
        return False
    from onewindow.text.identifiers.checks import compact  # a start on a client without a number needs none

    return len(compact(billing_details.tax_id)) == 10


def _tax_id_problem(tax_id: str, country: str) -> str | None:
    # A start on a client without a number needs no checks.
    from onewindow.text.identifiers.checks import tax_id_problem

    return tax_id_problem(tax_id, country)


@cache
def _label(kind: str, field: str) -> str:
    described = attribute_of(KINDS[kind].record, field).label
    return {"contact": f"contact: {described}", "licence": "licences"}.get(kind, described)


def _missing(items: Iterable[_Item]) -> list[Gap]:
    return [
        Gap(kind, field, _label(kind, field), why) for kind, field, is_known, why in items if not is_known
    ]


_NOTHING_ON_FILE = BillingDetails()
