"""The words of offers in three languages: the template if nobody gives another one, and small words."""

from __future__ import annotations

from collections.abc import Mapping

PLACES: Mapping[str, str] = {
    "client": "name of the client",
    "contact": "how the person written to wants to be called",
    "title": "what is offered",
    "date": "the day on which it was sent, else today",
    "valid_till": "till when the offer holds",
    "text": "words of its own of the offer",
    "products": "what the products offered are, by their own descriptions",
    "owned": "what the client has already",
    "promises": "special terms and promises that hold for the client",
    "lines": "the table of lines with prices",
    "total": "what is to be paid",
    "options": "discount, instalments, days to pay, bonus, service: one a line",
    "me": "my name",
    "phone": "my telephone",
    "email": "my mail address",
}
"""Every place that a template of offers may have, and what fills it."""

TEMPLATES: Mapping[str, str] = {
    "ru": """# {title}

{contact}, это предложение для компании «{client}». Оно действует до {valid_till}.

{text}

{products}

**Что у вас уже есть:** {owned}

**Наши договорённости:** {promises}

{lines}

**Итого: {total}**

{options}

{me}, {phone}, {email}
{date}
""",
    "bg": """# {title}

{contact}, това е предложение за „{client}“. Валидно е до {valid_till}.

{text}

{products}

**Какво вече имате:** {owned}

**Нашите договорености:** {promises}

{lines}

**Общо: {total}**

{options}

{me}, {phone}, {email}
{date}
""",
    "en": """# {title}

{contact}, this is an offer to {client}. It holds until {valid_till}.

{text}

{products}

**What you have already:** {owned}

**What we agreed on:** {promises}

{lines}

**Total: {total}**

{options}

{me}, {phone}, {email}
{date}
""",
}

HEADINGS: Mapping[str, tuple[str, str, str, str]] = {
    "ru": ("Наименование", "Кол-во", "Цена", "Сумма"),
    "bg": ("Наименование", "Бр.", "Цена", "Сума"),
    "en": ("What", "How many", "Price", "Sum"),
}
"""Headings of the table of lines."""

OPTIONS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "sum": "Без скидки",
        "discount": "Скидка {percent} %",
        "instalments": "Рассрочка: число платежей {count}, первый {first}, остальные по {rest}",
        "payment_days": "Срок оплаты, дней: {days}",
        "bonus": "Бонус: {words}",
        "extra_service": "Дополнительно: {words}",
    },
    "bg": {
        "sum": "Без отстъпка",
        "discount": "Отстъпка {percent} %",
        "instalments": "Разсрочено плащане: брой вноски {count}, първата {first}, останалите по {rest}",
        "payment_days": "Срок за плащане, дни: {days}",
        "bonus": "Бонус: {words}",
        "extra_service": "Допълнително: {words}",
    },
    "en": {
        "sum": "Before the discount",
        "discount": "Discount of {percent} %",
        "instalments": "Instalments: {count}, the first of {first}, then {rest} each",
        "payment_days": "Days to pay: {days}",
        "bonus": "Bonus: {words}",
        "extra_service": "Beside it: {words}",
    },
}
