"""Makes the rows of one light client after another, as tuples in the order of the columns to be filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from onewindow.metrics.policies.working_time import add_open_seconds
from onewindow.records.organization import Staff
from onewindow.store.engine import Value
from onewindow.text.dates import parse_utc, utc_text
from onewindow.text.fold import fold, sort_key
from seed import tax_numbers
from seed.crowd_tables import COLUMNS
from seed.firm import Firm
from seed.people import Person, person, phone
from seed.pools import pool

PATTERN = ("ru", "ru", "bg", "ru", "ru", "en", "ru", "bg", "ru", "ru")
"""Languages of the clients, again and again."""

_COUNTRIES = {
    "ru": ("RU", "", "RUB"),
    "bg": ("BG", "Europe/Sofia", "EUR"),
    "en": ("GB", "Europe/London", "GBP"),
}
_PEOPLE = 2_000
_STEP = 1_999
"""Coprime to the number of names, so that neighbours do not look alike."""
_TIERS = ("A", "B", "B", "C", "C", "C", "C", "C", "D", "D", "D", "D")
_STAGES = ("active",) * 26 + ("onboarding", "onboarding", "handover", "leaving", "lost")
_CLASSES = ("regular",) * 8 + ("one_off", "reseller")
_PAID = ("paid", "paid", "paid", "due", "overdue")
_PRIORITIES = ("normal", "normal", "normal", "low", "high", "urgent")
_CHANNELS = ("phone", "phone", "email", "messenger", "portal")
_WEEKS = 8
_BIK = "044525901"
_SLUGS = ("sklad", "finansy", "marshrut", "portal")

Rows = list[tuple[Value, ...]]


class Maker:
    """Rows by kind of record, for one chunk of clients at a time."""

    def __init__(self, firm: Firm, ids: Iterator[int], request_numbers: Iterator[int]) -> None:
        """Prepare what all clients share: names, days, texts."""
        self.rows: dict[str, Rows] = {}
        self._firm = firm
        self._ids = ids
        self._request_numbers = request_numbers
        self._random = Random(0)
        self._days = [firm.moments.day(ago) for ago in range(900)]
        self._ahead = [firm.moments.day(-ago) for ago in range(400)]
        self._workdays = [ago for ago in range(3, 500) if firm.moments.workday_ago(ago) == ago]
        self._people = {
            language: [person(firm.random, language) for _ in range(_PEOPLE)] for language in _COUNTRIES
        }
        self._cases = {language: _cases(language) for language in _COUNTRIES}
        self._products = [firm.products[slug] for slug in _SLUGS]
        self._targets = {key: (p.resolution_min or 0) * 60 for key, p in firm.policies.items()}

    def begin(self, random: Random) -> None:
        """Start a chunk with its own source of chance."""
        self._random = random
        self.rows = {record.kind: [] for record in COLUMNS}

    def client(self, number: int, place: int, language: str, owner: Staff) -> None:
        """Make one client with everything that belongs to it."""
        random, draw = self._random, self._random.random
        client_id, rows = next(self._ids), self.rows
        country, zone, currency = _COUNTRIES[language]
        words = pool("crowd")[language]
        name, named_city = _name(words, place)
        city = named_city or _one(words["cities"], draw())
        tier, stage = _one(_TIERS, draw()), _one(_STAGES, draw())
        since = int(draw() * 880) + 10
        slug = f"{fold(name).replace(' ', '-')}-{number}"
        rows["client"].append(
            (
                client_id,
                number,
                slug,
                name,
                sort_key(name),
                _one(_CLASSES, draw()),
                tier,
                stage,
                owner.id,
                self._days[since],
                ("розница", "опт", "производство")[place % 3],
                _one(words["industries"], draw()),
                country,
                city,
                language,
                zone,
                _one(_PAID, draw()),
                self._days[since // 2] if stage == "lost" else None,
            )
        )
        people = self._people[language]
        main = people[int(draw() * _PEOPLE)]
        contact_id = self._contact(client_id, main, language, country, slug, main_one=True)
        if draw() < 0.5:
            other = people[int(draw() * _PEOPLE)]
            self._contact(client_id, other, language, country, slug, main_one=False)
        self._billing_details(client_id, name, words, language, city, main)
        if draw() < 0.9:
            self._request(client_id, contact_id, tier, language, owner.id)
        if draw() < 0.1:
            self._request(client_id, contact_id, tier, language, owner.id)
        self._document(client_id, number, since, currency)
        product = self._products[int(draw() * len(self._products))]
        self._licence(client_id, product.id, since, currency, random)
        self._touch(client_id, contact_id, owner.id, language)
        self._sometimes(client_id, contact_id, owner.id, language, product.id, currency)

    def _contact(
        self, client_id: int, who: Person, language: str, country: str, slug: str, *, main_one: bool
    ) -> int:
        contact_id = next(self._ids)
        roles = pool("people")[language]["roles"]
        self.rows["contact"].append(
            (
                contact_id,
                client_id,
                who.name,
                who.address_as,
                roles[0 if main_one else contact_id % len(roles)],
                phone(self._random, country),
                f"{who.mailbox}@{slug}.example",
                language,
                int(main_one),
            )
        )
        return contact_id

    def _billing_details(
        self, client_id: int, name: str, words: dict[str, Any], language: str, city: str, head: Person
    ) -> None:
        random = self._random
        form = _one(words["forms"], random.random())
        tax, kpp, bank, bik, account, corr, iban, flags = "", "", "", "", "", "", "", ""
        if language == "ru":
            tax = tax_numbers.inn(random, tax_numbers.REGIONS.get(city, "50"), person=form == "ИП")
            kpp = "" if form == "ИП" else tax_numbers.kpp(tax)
            bank = "Банк «Содействие»"
            if random.random() < 0.8:
                bik, account = _BIK, tax_numbers.account(random, _BIK)
                corr = tax_numbers.corr_account(_BIK)
            if random.random() < 0.01:
                tax = f"{tax[:-1]}{(int(tax[-1]) + 1) % 10}"
                flags = '{"tax_id": "the check digits of the INN do not match"}'
        elif language == "bg":
            tax, bank = tax_numbers.eik(random), "Банка Витоша"
            iban = tax_numbers.iban(random, "BVIT")
        legal = f"{name} {form}" if language == "en" else f"{form} «{name}»"
        self.rows["requisites"].append(
            (
                next(self._ids),
                client_id,
                legal,
                tax,
                kpp,
                city,
                bank,
                bik,
                account,
                corr,
                iban,
                head.name,
                flags,
            )
        )

    def _request(self, client_id: int, contact_id: int, tier: str, language: str, owner: int) -> None:
        draw = self._random.random
        title, kind, text, result = _one(self._cases[language], draw())
        priority, channel = _one(_PRIORITIES, draw()), _one(_CHANNELS, draw())
        request_id, policy = next(self._ids), (tier, priority)
        number, minutes = next(self._request_numbers), int(draw() * 100) + 5
        hour, minute = 6 + int(draw() * 8), int(draw() * 60)
        row = (request_id, number, client_id, title, kind, priority)
        events = self.rows["request_event"]
        if draw() < 0.88:
            ago = _one(self._workdays, draw())
            opened = f"{self._days[ago]}T{hour:02}:{minute:02}:00Z"
            replied = f"{self._days[ago]}T{hour:02}:{minute // 2 + 30:02}:30Z" if minute < 59 else opened
            ended = f"{self._days[ago - 1]}T{hour:02}:{minute:02}:40Z"
            state: tuple[Value, ...] = ("resolved", "us", owner, contact_id, channel, text, result, minutes)
            due = self._due(parse_utc(opened), policy)
            self.rows["request"].append((*row, *state, opened, replied, ended, due, 20 + minute))
            events.append((next(self._ids), client_id, request_id, ended, "resolve", owner, result, ""))
        else:
            waits = draw() < 0.25
            at = self._recent()
            opened, replied = utc_text(at), utc_text(min(at + timedelta(minutes=20), self._firm.moments.now))
            status, actor = ("waiting", "client") if waits else ("open", "us")
            due = None if waits else self._due(at, policy)
            state = (status, actor, owner, contact_id, channel, text, "", minutes // 4)
            self.rows["request"].append((*row, *state, opened, replied, None, due, 20 + minute))
            if waits:
                events.append((next(self._ids), client_id, request_id, replied, "wait_client", owner, "", ""))
        events.append((next(self._ids), client_id, request_id, replied, "reply", owner, "", ""))
        detail = f'{{"tier": "{tier}", "priority": "{priority}", "request_kind": "{kind}"}}'
        events.append((next(self._ids), client_id, request_id, opened, "opened", owner, title, detail))

    def _recent(self) -> datetime:
        """Some second of the last four days."""
        moments = self._firm.moments
        return (moments.now - timedelta(seconds=1_500 + int(self._random.random() * 345_600))).astimezone(UTC)

    def _due(self, opened: datetime, policy: tuple[str, str]) -> str:
        return utc_text(add_open_seconds(self._firm.calendar, opened, self._targets[policy]))

    def _document(self, client_id: int, number: int, since: int, currency: str) -> None:
        draw = self._random.random
        amount = (int(draw() * 900) + 30) * 10_000
        if draw() < 0.9:
            expires = self._ahead[int(draw() * 360)]
            day = self._days[min(since, 300)]
            row = ("contract", f"{number % 97 + 1}/{day[2:4]}", "договор", "signed", day, None, day, expires)
        else:
            row = ("act", "", "акт за месяц", "missing", None, self._days[1 + int(draw() * 40)], None, None)
        self.rows["document"].append((next(self._ids), client_id, *row, amount, currency))

    def _licence(self, client_id: int, product_id: int, since: int, currency: str, random: Random) -> None:
        bought = int(random.random() ** 2 * 38) + 1
        users = max(1, int(bought * (0.3 + random.random() * 0.7)))
        step = random.choice((-1, 0, 0, 1)) if bought > 8 else 0
        last_week = self._firm.moments.last_week
        usage = self.rows["usage"]
        for ago in range(_WEEKS - 1, -1, -1):
            active = min(bought, max(0, users - step * ago))
            usage.append((next(self._ids), client_id, product_id, last_week - ago, active, active * 120))
        self.rows["licence"].append(
            (
                next(self._ids),
                client_id,
                product_id,
                bought,
                users,
                self._days[since],
                self._ahead[int(random.random() * 360)],
                bought * 2400000,
                currency,
                "",
                self._days[users % 6],
            )
        )

    def _touch(self, client_id: int, contact_id: int, owner: int, language: str) -> None:
        draw = self._random.random
        kind = ("call", "call", "mail", "message", "meeting")[int(draw() * 5)]
        text = _one(pool("contacting")[language].get(kind, ["—"]), draw())
        if "{" in text:
            goal = _one(pool("contacting")["goals"][language], draw())[0]
            text = text.format(goal=goal, product="Склад+")
        hour = 6 + int(draw() * 8)
        at = f"{self._days[1 + int(draw() * draw() * 300)]}T{hour:02}:{int(draw() * 60):02}:00Z"
        mood = ("", "calm", "glad", "worried")[int(draw() * 4)]
        self.rows["touch"].append(
            (
                next(self._ids),
                client_id,
                kind,
                text,
                at,
                contact_id,
                owner,
                ("in", "out")[hour % 2],
                mood,
                hour,
            )
        )

    def _sometimes(
        self, client_id: int, contact_id: int, owner: int, language: str, product_id: int, currency: str
    ) -> None:
        draw = self._random.random
        if draw() < 0.12:
            text, evidence, _, _ = _one(pool("contacting")["promises"][language]["spoken"], draw())
            due = self._ahead[int(draw() * 20)] if draw() < 0.9 else self._days[2]
            self.rows["promise"].append(
                (
                    next(self._ids),
                    client_id,
                    text,
                    "new" if draw() < 0.3 else "acknowledged",
                    due,
                    owner,
                    contact_id,
                    owner,
                    evidence.format(day=self._days[5][8:] + "." + self._days[5][5:7]),
                )
            )
        if draw() < 0.12:
            state = _one(("suggested", "accepted", "offered"), draw())
            self.rows["opportunity"].append(
                (
                    next(self._ids),
                    client_id,
                    "продление договора",
                    "renewal",
                    state,
                    product_id,
                    (int(draw() * 60) + 4) * 100000,
                    currency,
                    "договор кончается в этом квартале",
                    "renewal",
                    self._ahead[20 + int(draw() * 60)],
                )
            )
        if draw() < 0.1:
            row = _one(pool("voice")["feedback"][language], draw())
            feature = self._firm.features.get(row[4])
            self.rows["feedback"].append(
                (
                    next(self._ids),
                    client_id,
                    row[0],
                    row[1],
                    row[2],
                    contact_id,
                    self._days[5 + int(draw() * 400)],
                    self._firm.products[row[3]].id,
                    feature.id if feature else None,
                    owner,
                    row[5],
                )
            )


def _one(choices: Any, share: float) -> Any:
    return choices[int(share * len(choices))]


def _cases(language: str) -> list[tuple[str, str, str, str]]:
    """Titles, kinds, words and results of what light clients ask."""
    groups = pool("requests")[language]
    return [(item[0], group["kind"], item[1], item[2]) for group in groups for item in group["items"]]


def _name(words: dict[str, Any], place: int) -> tuple[str, str]:
    """A company's name of two parts, and the city in it.

    Later names get a city behind them, and then one more word before that.
    """
    firsts, seconds, cities = words["first"], words["second"], words["cities"]
    level, mixed = divmod(place, len(firsts) * len(seconds))
    first, second = divmod(mixed * _STEP % (len(firsts) * len(seconds)), len(seconds))
    name = firsts[first] + seconds[second]
    word, city = divmod(level, len(cities) + 1)
    if word:
        name = f"{name} {words['third'][word % len(words['third'])]}"
    return (f"{name} {cities[city - 1]}", cities[city - 1]) if city else (name, "")
