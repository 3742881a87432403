"""The clients with a full history: who they are, their people, their requisites."""

from __future__ import annotations

import json
from datetime import date, timedelta

from onewindow.records.clients import (
    CHANNELS,
    Asset,
    BillingDetails,
    Client,
    ClientClass,
    Consent,
    ConsentState,
    Contact,
    ContactNote,
    PaymentState,
    Stage,
    Tier,
)
from onewindow.text.fold import fold, sort_key
from onewindow.text.identifiers.checks import check_identifiers
from seed import romashka_card, tax_numbers
from seed.firm import Account, Firm
from seed.people import person, phone
from seed.pools import pool, table

_STAGES: dict[Stage, set[int]] = {
    "handover": {20, 35, 58, 76, 95, 110},
    "onboarding": {5, 23, 27, 37, 50, 63, 71, 84, 99, 104, 112, 118},
    "leaving": {8, 42, 66, 88, 101},
    "lost": {14, 31, 46, 69, 79, 92, 107, 115, 119},
}
"""Numbers of the clients that are not simply active."""
_STAGE_OF: dict[int, Stage] = {number: stage for stage, numbers in _STAGES.items() for number in numbers}
_UNOWNED = {95, 110}
_BAD_NUMBERS = {12: "tax_id", 33: "tax_id", 61: "account", 90: "phone"}
_OWN_PORTFOLIO = 41
_SOFIA_CITIES = {
    "София",
    "Варна",
    "Пловдив",
    "Смолян",
    "Русе",
    "Плевен",
    "Бургас",
    "Троян",
    "Созопол",
    "Сливен",
    "Мелник",
}
_BRITISH_CITIES = {"London", "Leeds", "Bristol"}
_VOLGA_CITIES = {
    "Казань",
    "Альметьевск",
    "Набережные Челны",
    "Самара",
    "Нижний Новгород",
    "Уфа",
    "Ижевск",
    "Чебоксары",
    "Саранск",
    "Саратов",
    "Пенза",
    "Оренбург",
}
_TIERS: dict[Tier, int] = {"A": 15, "B": 35, "C": 50, "D": 20}
_PAYMENTS: dict[PaymentState, int] = {"paid": 70, "due": 18, "overdue": 12}
_CONSENTS: dict[ConsentState, int] = {"given": 8, "refused": 1, "withdrawn": 1}
_TRENDS = {"growth": 28, "steady": 40, "decline": 16, "full": 8, "unused": 8}
_BANKS = {"Банк «Содействие»": "044525901", "Волжский кредит": "049205702", "Невский торговый": "044030803"}
_BG_BANKS = {"Първа търговска каса": "PTKS", "Банка Витоша": "BVIT"}
_REMARKS = ("Два юридических лица, платит второе.", "Пропуск заказывать за день.", "Сезон: март–май.")
_STREETS = {
    "ru": ["ул. Садовая", "ул. Заводская", "пр-т Мира", "ул. Лесная", "ул. Гагарина"],
    "bg": ["ул. „Шипка“", "бул. „България“", "ул. „Оборище“"],
    "en": ["Mill Lane", "High Street", "Wharf Road"],
}


def meet(firm: Firm) -> list[Account]:
    """Make the clients of `companies.tsv` with contacts, consents, requisites and things, in that order."""
    accounts: list[Account] = []
    owners = _Owners(firm)
    for number, row in enumerate(table("companies"), 1):
        account = _client(firm, owners, number, row)
        accounts.append(account)
        if number == romashka_card.NUMBER:
            romashka_card.introduce(firm, account)
            continue
        _contacts(firm, account)
        _billing_details(firm, account, row["form"])
        _assets(firm, account)
    _relations(firm, accounts)
    return accounts


class _Owners:
    """Gives each client to the nearest office; the first manager of Moscow holds a fixed share."""

    def __init__(self, firm: Firm) -> None:
        self._firm = firm
        self._given: dict[str, int] = {}

    def of(self, city: str) -> str:
        if city in _SOFIA_CITIES | _BRITISH_CITIES:
            names = ("dimitrova", "georgiev")
        elif city in _VOLGA_CITIES:
            names = ("galieva", "zakirov")
        elif self._given.get("ivanova", 0) < _OWN_PORTFOLIO:
            names = ("ivanova",)
        else:
            names = ("petrov", "sokolova")
        login = min(names, key=lambda name: self._given.get(name, 0))
        self._given[login] = self._given.get(login, 0) + 1
        return login


def _stage(number: int) -> Stage:
    return _STAGE_OF.get(number, "active")


def _class(firm: Firm, row: dict[str, str], stage: Stage) -> ClientClass:
    if row["industry"].startswith("внедр"):
        return "reseller"
    if row["form"] in ("ИП", "ЕТ") or (stage == "lost" and firm.chance(0.4)):
        return "one_off"
    return "regular"


def _place(city: str) -> tuple[str, str, str]:
    """Country, language and time zone of a city."""
    if city in _SOFIA_CITIES:
        return "BG", "bg", "Europe/Sofia"
    if city in _BRITISH_CITIES:
        return "GB", "en", "Europe/London"
    return "RU", "ru", {"Екатеринбург": "Asia/Yekaterinburg", "Владивосток": "Asia/Vladivostok"}.get(city, "")


def _days_here(firm: Firm, stage: Stage) -> tuple[int, int | None]:
    if stage == "handover":
        return firm.random.randrange(1, 6), None
    if stage == "onboarding":
        return firm.random.randrange(8, 44), None
    if stage == "lost":
        return firm.random.randrange(400, 720), firm.random.randrange(20, 300)
    return firm.random.randrange(70, 1500), None


def _client(firm: Firm, owners: _Owners, number: int, row: dict[str, str]) -> Account:
    stage, (country, language, zone) = _stage(number), _place(row["city"])
    owner = firm.staff[owners.of(row["city"])]
    joined, left = _days_here(firm, stage)
    goal, measure = firm.pick(pool("contacting")["goals"][language])
    day = firm.moments.day
    slug = fold(row["name"]).replace(" ", "-")
    if any(known.slug == slug for known in firm.sheets.all(Client)):
        slug += "-2"
    has_goal = stage in ("active", "onboarding") and firm.chance(0.8)
    payment = firm.weighted(_PAYMENTS) if stage in ("active", "onboarding", "leaving") else "unknown"
    client = Client(
        number=number,
        slug=slug,
        name=row["name"],
        name_sort=sort_key(row["name"]),
        client_class=_class(firm, row, stage),
        tier=firm.weighted(_TIERS),
        stage=stage,
        loss_reason=firm.pick(pool("contacting")["loss"]["reasons"]) if stage == "lost" else "",
        owner_id=None if number in _UNOWNED else owner.id,
        deputy_id=owner.deputy_id if firm.chance(0.8) and number not in _UNOWNED else None,
        since=day(joined),
        lost_on=day(left) if left is not None else None,
        aliases=f"{row['form']} {row['name']}\n{slug}" if firm.chance(0.25) else "",
        glossary=firm.pick(pool("contacting")["glossary"]["lines"]) if firm.chance(0.25) else "",
        goal=goal if has_goal else "",
        goal_measure=measure if has_goal and firm.chance(0.8) else "",
        goal_reviewed_on=day(firm.random.randrange(5, 240)) if has_goal else None,
        segment=firm.pick(("розница", "опт", "производство")),
        industry=row["industry"],
        country=country,
        city=row["city"],
        website=f"https://{slug}.example" if firm.chance(0.7) else "",
        language=language,
        time_zone=zone,
        tags=firm.pick(("", "", "сезонный", "филиалы", "маркировка", "экспорт холодный-склад")),
        payment_state=payment,
        paid_till=_paid_till(firm, payment),
        note=firm.pick(_REMARKS) if firm.chance(0.2) else "",
    )
    trend = "unused" if stage == "leaving" else firm.weighted(_TRENDS)
    stored = firm.sheets.add(client, firm.moments.at_text(joined, 10))
    return Account(client=stored, owner=owner, trend=trend, joined=joined, left=left)


def _paid_till(firm: Firm, payment: PaymentState) -> str | None:
    days = {"paid": -firm.random.randrange(10, 250), "due": -firm.random.randrange(1, 9), "overdue": 17}
    return firm.moments.day(days[payment]) if payment in days else None


def _contacts(firm: Firm, account: Account) -> None:
    client, people = account.client, account.texts("people")
    count = {"A": 4, "B": 3, "C": 2, "D": 1}[client.tier] + int(firm.chance(0.3))
    at = firm.moments.at_text(account.joined, 11)
    day = firm.moments.day
    for place in range(count):
        who = person(firm.random, client.language)
        born = date(firm.random.randrange(1962, 2001), 1, 1) + timedelta(firm.random.randrange(365))
        has_left = place == count - 1 and place > 1 and firm.chance(0.4)
        contact = firm.sheets.add(
            Contact(
                client_id=client.id,
                name=who.name,
                address_as=who.address_as,
                role=people["roles"][place] if place < 2 else firm.pick(people["roles"]),
                manner=firm.pick(people["manner"]) if firm.chance(0.6) else "",
                preferred_channel=firm.pick(CHANNELS) if firm.chance(0.3) else "phone",
                phone=phone(firm.random, client.country),
                phone_2=phone(firm.random, client.country) if firm.chance(0.15) else "",
                email=f"{who.mailbox}@{client.slug}.example" if firm.chance(0.85) else "",
                messenger=f"@{who.mailbox.replace('.', '_')}" if firm.chance(0.4) else "",
                language=client.language,
                birthday=born.isoformat() if firm.chance(0.4) else None,
                is_main=int(place == 0),
                left_on=day(min(60, account.joined)) if has_left else None,
            ),
            at,
        )
        account.contacts.append(contact)
        if firm.chance(0.3):
            _private_note(firm, account, contact)
        _consents(firm, account, contact)


def _private_note(firm: Firm, account: Account, contact: Contact) -> None:
    ago = firm.random.randrange(account.last_day, account.joined + 1)
    firm.sheets.add(
        ContactNote(
            client_id=account.client.id,
            contact_id=contact.id,
            noted_on=firm.moments.day(ago),
            text=firm.pick(account.texts("people")["notes"]),
        ),
        firm.moments.at_text(ago, 15),
    )


def _consents(firm: Firm, account: Account, contact: Contact) -> None:
    for purpose in ("personal_data", "newsletter", "marketing", "survey"):
        if purpose != "personal_data" and not firm.chance(0.55):
            continue
        state: ConsentState = "given" if purpose == "personal_data" else firm.weighted(_CONSENTS)
        firm.sheets.add(
            Consent(
                client_id=account.client.id,
                contact_id=contact.id,
                purpose=purpose,
                channel=firm.pick(("email", "email", "phone", "messenger", "sms")),
                state=state,
                decided_on=firm.moments.day(account.joined),
                source=firm.pick(
                    ("договор п. 7", "анкета при знакомстве", "форма на сайте", "звонок, записан")
                ),
            ),
            firm.moments.at_text(account.joined, 12),
        )


def _billing_details(firm: Firm, account: Account, form: str) -> None:
    client = account.client
    if client.stage == "handover" and firm.chance(0.5):
        return
    values = _numbers(firm, client, form)
    head = account.main
    street = f"{firm.pick(_STREETS[client.language])}, {firm.random.randrange(1, 120)}"
    legal = client.name if form in client.name else f"{form} «{client.name}»"
    address = f"{client.city}, {street}"
    incomplete = firm.chance(0.2)
    values |= {
        "legal_name": legal if client.language != "en" else f"{client.name} {form}",
        "legal_address": address,
        "postal_address": "" if incomplete else address,
        "phone": phone(firm.random, client.country),
        "email": f"docs@{client.slug}.example",
        "head_name": "" if incomplete and firm.chance(0.5) else head.name,
        "head_position": head.role,
        "acts_on": {"ru": "устав", "bg": "устав", "en": "articles"}[client.language],
        "consignee": f"Склад «{client.name}»" if client.tier in "AB" else "",
        "consignee_address": f"{client.city}, складской проезд, {firm.random.randrange(1, 30)}"
        if client.tier in "AB"
        else "",
        "currency": {"RU": "RUB", "BG": "EUR"}.get(client.country, "GBP"),
    }
    if incomplete:
        values |= dict.fromkeys(("bik", "account", "corr_account", "iban"), "")
    spoilt = _BAD_NUMBERS.get(client.number)
    if spoilt and values.get(spoilt):
        last = int(values[spoilt][-1])
        values[spoilt] = values[spoilt][:-1] + ("" if spoilt == "phone" else str((last + 1) % 10))
    flags = check_identifiers(values, client.country) if client.number in _BAD_NUMBERS else {}
    text = json.dumps(flags, ensure_ascii=False) if flags else ""
    firm.sheets.add(
        BillingDetails(client_id=client.id, flags=text).with_changes(values),
        firm.moments.at_text(account.joined, 13),
    )


def _numbers(firm: Firm, client: Client, form: str) -> dict[str, str]:
    random = firm.random
    if client.country == "BG":
        bank = firm.pick(list(_BG_BANKS))
        eik = tax_numbers.eik(random)
        iban = tax_numbers.iban(random, _BG_BANKS[bank])
        return {
            "tax_id": f"BG{eik}" if firm.chance(0.5) else eik,
            "bank": bank,
            "iban": iban,
            "swift": f"{_BG_BANKS[bank]}BGSF",
        }
    if client.country == "GB":
        return {"tax_id": f"GB{random.randrange(100_000_000, 999_999_999)}", "bank": "Harbour & Co"}
    region = tax_numbers.REGIONS.get(client.city, "50")
    inn = tax_numbers.inn(random, region, person=form == "ИП")
    bank = firm.pick(list(_BANKS))
    return {
        "tax_id": inn,
        "kpp": "" if form == "ИП" else tax_numbers.kpp(inn),
        "ogrn": tax_numbers.ogrn(random, region, random.randrange(2003, 2024), person=form == "ИП"),
        "bank": bank,
        "bik": _BANKS[bank],
        "account": tax_numbers.account(random, _BANKS[bank]),
        "corr_account": tax_numbers.corr_account(_BANKS[bank]),
    }


def _assets(firm: Firm, account: Account) -> None:
    things = ("Терминал сбора данных", "Принтер этикеток", "Сервер склада", "Весы с модулем связи")
    for place in range(firm.random.randrange(3) if firm.chance(0.4) else 0):
        ago = firm.random.randrange(account.last_day, account.joined + 1)
        warranty = 365 - ago
        firm.sheets.add(
            Asset(
                client_id=account.client.id,
                name=f"{firm.pick(things)} № {place + 1}",
                serial=f"SN{firm.random.randrange(10**7, 10**8)}",
                place=firm.pick(("склад 1", "приёмка", "офис", "стойка в серверной")),
                installed_version=firm.pick(("1.4", "2.0", "")),
                installed_on=firm.moments.day(ago),
                warranty_till=firm.moments.day(-warranty),
            ),
            firm.moments.at_text(ago, 14),
        )


def _relations(firm: Firm, accounts: list[Account]) -> None:
    """Who recommended us to whom, and who competes with whom."""
    pairs = (("referrer_id", 8, 21), ("competitor_of_id", 3, 44))
    for name, count, shift in pairs:
        for place in range(count):
            left, right = accounts[place * 13 + 1], accounts[(place * 13 + 1 + shift) % len(accounts)]
            changed = left.client.with_changes({name: right.client.id})
            left.client = changed
            firm.sheets.replace(changed)
