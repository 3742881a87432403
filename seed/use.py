"""Which functions of the programs clients use, and who of them came to the lessons."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from onewindow.records.adoption import FeatureUse, Licence, Product, Trainee, Training, TrainingState, Usage
from seed.firm import Account, Firm

_WEEKS = 10
_FUNCTIONS = {
    "sklad": ("приёмка", "размещение", "отбор", "отгрузка", "инвентаризация", "печать этикеток", "остатки"),
    "sklad-tsd": ("сканирование", "приёмка с терминала", "инвентаризация с терминала"),
    "sklad-adres": ("карта ячеек", "подсказка места", "пополнение зоны отбора"),
    "finansy": ("платежи", "бюджет", "закрытие месяца", "сверка с банком", "отчёт для директора"),
    "marshrut": ("план рейсов", "окна доставки", "загрузка машин", "карта"),
    "marshrut-gps": ("трек рейса", "отклонения"),
    "portal": ("каталог", "заказы", "документы", "переписка"),
    "portal-zakazy": ("быстрый заказ", "повтор заказа"),
}
"""Functions by slug of the product, the most used first."""
_COMES: dict[TrainingState, tuple[TrainingState, ...]] = {
    "planned": ("planned",),
    "done": ("done", "done", "missed"),
    "passed": ("passed", "passed", "done", "missed"),
    "missed": ("missed",),
}
_AT_A_LESSON = 4
_UNTOUCHED = 9
"""One client of so many has a module that nobody opened."""


def tell(firm: Firm, accounts: list[Account]) -> None:
    """Tell the weeks of functions and the people at lessons of these clients."""
    random = Random("adoption")
    slugs = {product.id: product for product in firm.products.values()}
    lessons: dict[int, list[Training]] = {}
    for training in firm.sheets.all(Training):
        lessons.setdefault(training.client_id, []).append(training)
    _leave_untouched(firm, accounts)
    for account in accounts:
        if account.client.stage not in ("handover", "lost"):
            for licence in account.licences:
                _functions(firm, random, account, slugs[licence.product_id], licence.active)
        for training in lessons.get(account.client.id, ()):
            if training.people > 1:
                _people(firm, random, account, training)


def _leave_untouched(firm: Firm, accounts: list[Account]) -> None:
    """Let a few clients own a module that nobody there has ever opened."""
    for account in accounts:
        if (
            account.client.number % _UNTOUCHED
            or account.client.stage != "active"
            or len(account.licences) < 3
        ):
            continue
        licence = account.licences[-1]
        untouched = licence.with_changes({"active": 0, "last_used_on": None})
        account.licences[-1] = untouched
        firm.sheets.replace(untouched)
        weeks = firm.sheets.all(Usage)
        weeks[:] = [week for week in weeks if (week.client_id, week.product_id) != _pair(untouched)]


def _pair(licence: Licence) -> tuple[int, int]:
    return licence.client_id, licence.product_id


def _functions(firm: Firm, random: Random, account: Account, product: Product, users: int) -> None:
    """The functions that a client uses: some never, one no longer, the rest by fewer and fewer people."""
    known = _FUNCTIONS.get(product.slug, ())
    stopped = random.randrange(len(known)) if known and random.random() < 0.4 else -1
    for place, name in enumerate(known):
        if place and random.random() < 0.3:
            continue
        share = max(0.15, 1 - 0.17 * place)
        last = random.randrange(4, _WEEKS) if place == stopped else account.last_day // 7
        for ago in range(_WEEKS, last - 1, -1):
            people = min(users, round(users * share * random.uniform(0.85, 1.1)))
            if people <= 0:
                continue
            week = firm.moments.last_week - ago
            monday = date(1970, 1, 5) + timedelta(weeks=week)
            firm.sheets.add(
                FeatureUse(
                    client_id=account.client.id,
                    product_id=product.id,
                    name=name,
                    week=week,
                    users=people,
                    uses=round(people * random.uniform(6, 60)),
                ),
                f"{monday + timedelta(days=7)}T03:00:00Z",
            )


def _people(firm: Firm, random: Random, account: Account, training: Training) -> None:
    """Those of the client whom we know by name and who were asked to a lesson."""
    count = min(len(account.contacts), training.people, random.randrange(1, _AT_A_LESSON + 1))
    for contact in random.sample(account.contacts, count):
        state = random.choice(_COMES[training.state])
        firm.sheets.add(
            Trainee(
                client_id=account.client.id,
                training_id=training.id,
                contact_id=contact.id,
                state=state,
                note="был на больничном" if state == "missed" and account.client.language == "ru" else "",
            ),
            training.created_at,
        )
