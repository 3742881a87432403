"""The words of a package from sales: its sections and the fields of each, in three languages."""

from __future__ import annotations

from functools import cache

from onewindow.exchange.headers.matching import normalise_header, synonyms
from onewindow.records.clients import BillingDetails, Client
from onewindow.records.fields import attributes, typed_attributes
from onewindow.records.handover import Handover
from onewindow.records.kinds import KINDS

SECTION_KINDS = {
    "deal": "handover",
    "client": "client",
    "requisites": "client",
    "contract": "document",
    "invoice": "document",
    "act": "document",
    "document": "document",
    "contact": "contact",
    "consent": "consent",
    "term": "promise",
    "goal": "client",
    "product": "licence",
    "meeting": "handover",
}
"""Section -> the kind of record whose headers its fields share."""

SECTION_HEADER = "section; part; раздел; секция; часть; раздел пакета; част"
DEAL_HEADER = "deal; deal name; сделка; название сделки; deal id; id сделки; номер сделки"

_SECTIONS = {
    "deal": "deal; handover; package; сделка; передача; пакет; предаване",
    "client": "client; card; company; клиент; карточка; компания; карта; фирма",
    "requisites": "requisites; bank details; реквизиты; реквизити",
    "contract": "contract; contracts; договор; договоры; договори",
    "invoice": "invoice; invoices; счет; счета; фактура; фактури; инвойс",
    "act": "act; acts; акт; акты; актове; протокол; протоколи",
    "document": "document; documents; документ; документы; документи; спецификация; specification",
    "contact": "contact; contacts; people; контакт; контакты; контакти; контактное лицо; контактные лица",
    "consent": "consent; consents; согласие; согласия; съгласие; съгласия",
    "term": """
        term; terms; special term; special terms; promise; promises; условие; условия; особое условие;
        особые условия; договоренность; договоренности; специално условие; специални условия; обещание;
        обещания
    """,
    "goal": "goal; goals; цель; цели; цел",
    "product": """
        product; products; licence; licences; license; licenses; продукт; продукты; лицензия; лицензии;
        продукти; лиценз; лицензи
    """,
    "meeting": """
        meeting; introduction; introduction meeting; встреча; знакомство; встреча знакомство; среща;
        запознаване; среща запознаване
    """,
}

_DOCUMENT = {
    "number": "contract number; invoice number; act number; номер; номер договора; номер счета; номер акта",
    "signed_on": "signed; signed on; подписан; дата подписания; подписан на",
}
_OWN: dict[str, dict[str, str]] = {
    "deal": {
        "deal": DEAL_HEADER + "; title; name; название; наименование; име; заглавие",
        "external_id": "id; external id; crm id; внешний id; ид",
        "sales": """
            sales; salesperson; sold by; seller; продавец; менеджер продаж; менеджер по продажам; кто продал;
            продажи; търговец; кой продаде
        """,
        "receiver": """
            receiver; account manager; who receives; принимает; кому; менеджер сопровождения; получатель;
            приема; отговорник
        """,
        "contract_number": "contract number; contract no; номер договора; договор; номер на договора",
        "sent_on": "sent on; date; sent; дата; дата передачи; передан; дата на предаване",
    },
    "client": {"glossary": "glossary; own words; словарь; свои слова; речник"},
    "requisites": {
        "acts_on": "acts on; acts on the ground of; действует на основании; основание; действа на основание",
        "currency": "currency; валюта",
    },
    "goal": {
        "goal_reviewed_on": "goal reviewed on; reviewed on; пересмотрена; дата пересмотра; прегледана на",
        "goal": "goal; text; what; цель; текст; цел",
        "goal_measure": """
            measure; measure of the goal; how measured; мера; показатель; как измерим; как поймем; критерий;
            измерител; показател; мярка
        """,
    },
    "meeting": {
        "meeting_on": "date; meeting on; on; held on; дата; дата встречи; когда; дата на среща; кога",
        "meeting_form": "form; format; place; форма; формат; где; форма на среща",
        "meeting_led_by": "led by; who led it; host; вел; кто вел; ведущий; кто провел; кой води; водещ",
        "meeting_notes": """
            notes; what was said; agenda; text; что обсудили; что сказано; заметки; повестка; текст; итоги;
            комментарий; какво беше казано; бележки
        """,
        "meeting_people": "people; participants; who took part; участники; кто был; участници",
        "meeting_initiative": "initiative; whose wish; инициатива; чья инициатива; по чия инициатива",
    },
    "term": {
        "text": "text; term; what; условие; текст; что обещано; особое условие; название",
        "due_on": "due; due on; date; deadline; срок; дата; до; краен срок",
        "given_by": "given by; promised by; кто обещал; обещал; кой обеща",
        "given_to": "given to; promised to; кому; кому обещано; на кого",
        "evidence": "evidence; proof; подтверждение; основание; где записано; доказательство; доказателство",
        "in_contract": "in contract; в договоре; в договора",
        "promise_kind": "kind; вид; тип",
    },
    "contact": {
        "consents": "consents; consent; согласия; согласие; съгласия; съгласие",
        "consent_source": """
            consent source; source; where he said so; источник; источник согласия; где согласился; източник
        """,
        "consent_on": "consent date; consent since; дата согласия; согласие с; дата на съгласието",
    },
    "consent": {
        "contact": "contact; name; who; person; контакт; имя; фио; кто; име; лице",
        "purpose": "purpose; for; what; цель; на что; назначение; вид; цел; за какво",
        "channel": "channel; канал",
        "state": "state; status; состояние; статус; ответ; дано; състояние",
        "decided_on": "date; since; on; дата; с; когда; от",
        "source": "source; where; источник; основание; где; източник",
    },
    "product": {
        "product": "product; name; title; продукт; название; наименование; лицензия; продукт име; име; тариф",
    },
    "contract": _DOCUMENT,
    "invoice": _DOCUMENT,
    "act": _DOCUMENT,
}
_MAIN = {
    "deal": "deal",
    "client": "name",
    "requisites": "legal_name",
    "contract": "number",
    "invoice": "number",
    "act": "number",
    "document": "title",
    "contact": "name",
    "consent": "purpose",
    "term": "text",
    "goal": "goal",
    "product": "product",
    "meeting": "meeting_notes",
}
_VALUE = "value; text; name; title; значение; текст; название; наименование; имя; стойност; име"
_RENAMED = {"product_id": "product", "given_by_id": "given_by", "given_to_id": "given_to"}
_CARD = frozenset(
    {a.name for a in typed_attributes(Client) if a.package != "stays" and a.kind != "reference"}
    | {"external_id", "tax_id"}
)
"""Fields of the client; the tax id is told with its name, and finds it."""
LEGAL = frozenset(a.name for a in typed_attributes(BillingDetails) if a.kind != "reference")
"""Fields of the requisites; a line of the section client may carry them too."""
_GOAL = frozenset(a.name for a in typed_attributes(Client) if a.package == "goal")
_FLAT = ("deal", "client", "requisites", "contact", "goal", "term", "product", "meeting")
_FLAT_WORDS = {
    "контакт": ("contact", "name"),
    "контактное лицо": ("contact", "name"),
    "contact": ("contact", "name"),
    "contact name": ("contact", "name"),
    "contact person": ("contact", "name"),
    "лице за контакт": ("contact", "name"),
    "фио": ("contact", "name"),
    "должность": ("contact", "role"),
    "job title": ("contact", "role"),
    "длъжност": ("contact", "role"),
    "согласия": ("contact", "consents"),
    "consents": ("contact", "consents"),
    "съгласия": ("contact", "consents"),
    "особые условия": ("term", "text"),
    "special terms": ("term", "text"),
    "специални условия": ("term", "text"),
    "продукт": ("product", "product"),
    "product": ("product", "product"),
    "продукты": ("product", "product"),
    "количество лицензий": ("product", "bought"),
    "licences": ("product", "bought"),
    "лицензий": ("product", "bought"),
}
"""Headers of such a file, each with section and field."""


@cache
def section_of(word: str) -> str | None:
    """The section that a word of a file, or the name of a sheet, means; None for none."""
    return _section_words().get(normalise_header(word))


def is_section_header(header: str) -> bool:
    """Whether a column says to which section each row belongs."""
    return normalise_header(header) in _words(SECTION_HEADER)


def is_deal_header(header: str) -> bool:
    """Whether a column says to which deal each row belongs."""
    return normalise_header(header) in _words(DEAL_HEADER)


def field_of(section: str, header: str) -> str | None:
    """The field of a section that a header means; None if the section has none such."""
    word = normalise_header(header)
    field = _fields(section).get(word)
    if field is None and section in ("client", "requisites"):
        field = _client_field(word)
        if section == "requisites" and field in _CARD - {"tax_id"}:
            field = "legal_name" if field == "name" else None
    if field is None and word in _words(_VALUE):
        return _MAIN[section]
    return field


def flat_field_of(header: str) -> tuple[str, str] | None:
    """Section and field of a header of a file with a whole package in each row; None if it says nothing."""
    word = normalise_header(header)
    for spelling, place in _FLAT_WORDS.items():
        if normalise_header(spelling) == word:
            return place
    if word in _words(_OWN["deal"]["external_id"]):
        return "deal", "external_id"
    client = _client_field(word)
    if client is not None and word not in _words(DEAL_HEADER):
        if client in _GOAL:
            return "goal", client
        return ("client" if client in _CARD and client != "tax_id" else "requisites"), client
    for section in _FLAT:
        own = {word_: name for name, words in _OWN.get(section, {}).items() for word_ in _words(words)}
        if word in own and word not in _words(_VALUE):
            return section, own[word]
    return None


def _client_field(word: str) -> str | None:
    field = synonyms("client").get(word)
    return field if field in _CARD | LEGAL else None


@cache
def _fields(section: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, words in _OWN.get(section, {}).items():
        known.update(dict.fromkeys(_words(words), name))
        known[normalise_header(name)] = name
    kind = SECTION_KINDS[section]
    if kind == "client" or section == "meeting":
        return known
    never = {"client_id", "external_id_also", "document_id"} | {
        a.name for a in attributes(KINDS[kind].record) if a.package == "stays"
    }
    if section == "deal":
        # Its own words are few, since those of files of handovers mean other things in a package.
        never |= {a.name for a in attributes(Handover) if a.derived or a.kind == "reference"}
        never |= {"external_id", "client_id_also", *_OWN["deal"], *_OWN["meeting"]}
    for word, name in synonyms(kind).items():
        if name not in never:
            known.setdefault(word, _RENAMED.get(name, name))
    return known


@cache
def _section_words() -> dict[str, str]:
    return {word: section for section, words in _SECTIONS.items() for word in _words(words)}


@cache
def _words(words: str) -> frozenset[str]:
    return frozenset(normalise_header(word) for word in words.split(";"))
