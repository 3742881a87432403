"""What clients own and how they learn to use it: licences, use by week, workplaces, lessons."""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.records.adoption import (
    Licence,
    Product,
    Training,
    TrainingState,
    Usage,
    Workplace,
)
from seed.agreements import currency, scaled
from seed.firm import Account, Firm

WEEKS = 104
_OWNED = {"A": 4, "B": 3, "C": 2, "D": 1}
_SEATS = {"A": (24, 60), "B": (10, 28), "C": (4, 12), "D": (1, 4)}
_OFFERED = (
    "sklad",
    "finansy",
    "marshrut",
    "portal",
    "sklad-tsd",
    "sklad-adres",
    "marshrut-gps",
    "portal-zakazy",
)
_EXTRA = ("sklad-4", "finansy-konsolidatsiya", "obuchenie", "soprovozhdenie")
_SHARES = {
    "growth": (0.35, 0.82),
    "steady": (0.6, 0.62),
    "decline": (0.85, 0.35),
    "full": (0.7, 0.96),
    "unused": (0.5, 0.0),
}
"""Share of the seats in use two years ago and now."""
_SEASON = {1: 0.45, 2: 0.7, 7: 0.75, 8: 0.4}
"""Share of the usual users by month; in the others all of them work."""
_LESSONS: dict[TrainingState, int] = {"planned": 2, "done": 5, "passed": 3, "missed": 1}
_SUBJECTS = {
    "ru": (
        "приёмка и размещение",
        "обучение склада",
        "закрытие месяца",
        "рейсы и окна",
        "портал для менеджеров",
    ),
    "bg": ("приемане и подреждане", "обучение на склада", "закриване на месеца", "курсове и часове"),
    "en": ("receiving and storing", "closing the month", "routes and time slots"),
}
_PLACES = {
    "ru": ("Приёмка", "Отгрузка", "Касса", "Бухгалтерия", "Кабинет директора", "Диспетчерская"),
    "bg": ("Приемане", "Експедиция", "Каса", "Счетоводство", "Управител", "Диспечер"),
    "en": ("Receiving", "Dispatch", "Till", "Accounts", "Director", "Planner"),
}
_UNUSED_WEEKS = 6


def equip(firm: Firm, account: Account, place: int) -> None:
    """Sell the client its products, and tell how they were used."""
    client = account.client
    if client.stage == "handover":
        owned = [_OFFERED[place % 3]]
    else:
        shift = place % 3
        owned = list(dict.fromkeys([_OFFERED[shift], *_OFFERED[place % 5 :]]))[: _OWNED[client.tier]]
        if place % 11 == 0:
            owned.append(_EXTRA[place // 11 % len(_EXTRA)])
    for number, slug in enumerate(owned):
        seats = firm.random.randint(*_SEATS[client.tier]) if number == 0 else firm.random.randint(2, 12)
        licence(firm, account, firm.products[slug], seats, place)
    _workplaces(firm, account)
    _lessons(firm, account)


def licence(firm: Firm, account: Account, product: Product, seats: int, place: int) -> Licence:
    """Give the client seats of a product, and the weeks of their use."""
    day = firm.moments.day
    users = use(firm, account, product, seats)
    releases = [r for (slug, _), r in firm.releases.items() if slug == product.slug]
    newest = releases[-1].version_name if releases else ""
    older = releases[0].version_name if releases else ""
    ends = account.contract.expires_on if account.contract else None
    unused = account.trend == "unused"
    last_used = _UNUSED_WEEKS * 7 + 3 if unused else account.last_day + firm.random.randrange(0, 4)
    started = account.client.stage != "handover"
    counts_volume = product.unit in ("order", "vehicle", "company")
    stored = firm.sheets.add(
        Licence(
            client_id=account.client.id,
            product_id=product.id,
            bought=seats,
            active=users,
            volume_limit=seats * 700 if counts_volume else None,
            starts_on=day(account.joined),
            ends_on=ends if place % 10 else None,
            amount=scaled(account, (product.price or 0) * seats),
            currency=currency(account),
            installed_version=(newest if firm.chance(0.6) else older) if started else "",
            last_used_on=day(min(last_used, account.joined)) if started else None,
            document_id=account.contract.id if account.contract else None,
        ),
        firm.moments.at_text(account.joined, 14),
    )
    account.licences.append(stored)
    return stored


def use(firm: Firm, account: Account, product: Product, seats: int) -> int:
    """Tell the weeks of use of a product; gives back the active users of the last one."""
    first = min(WEEKS, account.joined // 7)
    early, late = _SHARES[account.trend]
    users = 0
    for ago in range(first, account.last_day // 7 - 1, -1):
        share = early + (late - early) * (first - ago) / max(1, first)
        users = max(0, min(seats, round(seats * share * firm.random.uniform(0.94, 1.06))))
        if account.is_seasonal:
            users = round(users * _season(firm, ago))
        if account.trend == "unused" and ago < _UNUSED_WEEKS:
            users = 0
        week = firm.moments.last_week - ago
        _week(firm, account, product, week, users)
    return users


def _season(firm: Firm, ago: int) -> float:
    """Which share of its users a client with a season has in a week: few in January and in August."""
    monday = firm.moments.today - timedelta(weeks=ago)
    return _SEASON.get(monday.month, 1.0)


def _week(firm: Firm, account: Account, product: Product, week: int, users: int) -> None:
    volume = round(users * 130 * firm.random.uniform(0.8, 1.2))
    monday = date(1970, 1, 5) + timedelta(days=7 * week)
    firm.sheets.add(
        Usage(
            client_id=account.client.id, product_id=product.id, week=week, active_users=users, volume=volume
        ),
        f"{monday + timedelta(days=7)}T03:00:00Z",
    )


def _workplaces(firm: Firm, account: Account) -> None:
    if account.client.stage == "handover":
        return
    owned = account.licences[0]
    names = _PLACES[account.client.language]
    for place in range(min(owned.bought, firm.random.randrange(1, 6))):
        ago = max(account.last_day, account.joined - firm.random.randrange(3, 30))
        waits = account.client.stage == "onboarding" and firm.chance(0.4)
        firm.sheets.add(
            Workplace(
                client_id=account.client.id,
                product_id=owned.product_id,
                name=names[place],
                contact_id=firm.pick(account.contacts).id if firm.chance(0.6) else None,
                installed_version="" if waits else owned.installed_version,
                installed_on=None if waits else firm.moments.day(ago),
            ),
            firm.moments.at_text(ago, 12),
        )


def _lessons(firm: Firm, account: Account) -> None:
    client = account.client
    if client.stage == "handover":
        return
    for _ in range({"A": 4, "B": 3, "C": 2, "D": 1}[client.tier]):
        state = firm.weighted(_LESSONS) if client.stage != "lost" else "done"
        ago = (
            -firm.random.randrange(1, 15)
            if state == "planned"
            else account.last_day
            + firm.random.randrange(1, max(2, min(account.joined - account.last_day, 400)))
        )
        held = state in ("done", "passed")
        lesson(
            firm,
            account,
            Training(
                title=firm.pick(_SUBJECTS[client.language]),
                contact_id=firm.pick(account.contacts).id if firm.chance(0.7) else None,
                planned_on=firm.moments.day(ago),
                held_on=firm.moments.day(ago) if held else None,
                state=state,
                people=firm.random.randrange(1, 13),
            ),
            ago,
        )


def lesson(firm: Firm, account: Account, training: Training, ago: int) -> Training:
    """Put a lesson into the firm, held by somebody of the office."""
    teacher = firm.pick(firm.staff_by_role("support", account.owner.office))
    return firm.sheets.add(
        training.with_changes(
            {
                "client_id": account.client.id,
                "product_id": training.product_id or account.licences[0].product_id,
                "trainer_id": teacher.id,
            }
        ),
        firm.moments.at_text(max(ago, 0) + 7, 10),
    )
