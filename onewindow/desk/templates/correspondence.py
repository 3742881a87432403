"""What goes out in the client's own language: the billing details as one block."""

from __future__ import annotations

from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.records.clients import BillingDetails
from onewindow.text.clean import clean
from onewindow.text.identifiers.phones import format_phone

_FIELDS = (
    "tax_id", "kpp", "ogrn", "legal_address", "postal_address", "phone", "email", "bank", "bik", "account",
    "corr_account", "iban", "swift", "consignee", "consignee_address", "head", "acts_on",
)  # fmt: skip
_WORDS: dict[str, tuple[str, ...]] = {
    "RU": (
        "ИНН", "КПП", "ОГРН", "Юридический адрес", "Почтовый адрес", "Телефон", "E-mail", "Банк", "БИК",
        "Р/с", "К/с", "IBAN", "SWIFT", "Грузополучатель", "Адрес грузополучателя", "Руководитель",
        "Действует на основании",
    ),
    "BG": (
        "ЕИК", "КПП", "ОГРН", "Седалище и адрес", "Адрес за кореспонденция", "Телефон", "E-mail", "Банка",
        "BIC", "Сметка", "Кореспондентска сметка", "IBAN", "SWIFT", "Получател", "Адрес на получателя",
        "Представляван от", "На основание",
    ),
    "": (
        "Tax id", "KPP", "OGRN", "Legal address", "Postal address", "Phone", "E-mail", "Bank", "BIC",
        "Account", "Correspondent account", "IBAN", "SWIFT", "Consignee", "Consignee's address",
        "Represented by", "Acting on",
    ),
}  # fmt: skip


def billing_details_block(snapshot: ClientSnapshot) -> str:
    """The requisites line by line as a document needs them, labelled as in the client's country, cleaned.

    '' if there are none; what is empty is left out.
    """
    return billing_details_text(snapshot.billing_details, snapshot.client.country)


def billing_details_text(billing_details: BillingDetails | None, country: str) -> str:
    """The same of requisites alone; `country` (RU, BG) decides the words."""
    if billing_details is None:
        return ""
    words = _WORDS.get(country, _WORDS[""])
    lines = [clean(billing_details.legal_name)]
    for field, word in zip(_FIELDS, words, strict=True):
        value = _value(billing_details, field)
        if value:
            lines.append(f"{word}: {clean(value)}")
    return "\n".join(lines)


def _value(billing_details: BillingDetails, field: str) -> str:
    if field == "head":
        return ", ".join(part for part in (billing_details.head_position, billing_details.head_name) if part)
    value = str(getattr(billing_details, field))
    return format_phone(value) if field == "phone" else value
