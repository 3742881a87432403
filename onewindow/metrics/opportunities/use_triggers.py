"""What the use of products asks for: seats that fill up, a volume that meets its limit, more people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil
from statistics import fmean

from onewindow.metrics.opportunities.inputs import ClientFacts, Owned, Products, Suggestion, Week
from onewindow.text.dates import day_in_full, week_monday, week_number, week_sunday
from onewindow.text.plural import counted

BUSY_TENTHS = 8
"""So many tenths of the paid seats in use ask for more."""
BUSY_DAYS = 14
ADD_USER_REQUESTS, ADD_USER_DAYS = 2, 30
GROWTH_TENTHS, GROWTH_DAYS = 2, 60
FIT_WEEKS, FIT_LEAST = 8, 5
"""The line goes through the volumes of eight whole weeks, of which five at least must be told."""
_OFFER_DAYS = 30
_FRESH_WEEKS = 2
"""An older report says nothing of now."""


def seats_busy(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:
    """Eight tenths of the paid seats or more have been in use for 14 days."""
    for product_id, licences in _in_force(facts).items():
        paid, days = sum(licence.bought for licence in licences), 0
        weeks = _reported(facts, product_id)
        if weeks:
            active, days = weeks[-1].users, _busy_days(weeks, paid, facts.today)
        else:
            # Without weeks the licence itself tells: it stands as it was last written.
            active = sum(licence.active for licence in licences)
            if _is_busy(active, paid):
                since = max(date.fromisoformat(licence.unchanged_since) for licence in licences)
                days = (facts.today - since).days
        if days >= BUSY_DAYS:
            more = seats_wanted(active, paid)
            ends = min((licence.ends_on for licence in licences if licence.ends_on), default="9")
            name = _name(products, product_id)
            yield Suggestion(
                client_id=facts.client_id,
                trigger="seats_busy",
                kind="licences",
                product_id=product_id,
                title=f"{counted(more, 'more licence')} of {name}",
                evidence=f"{active} of {paid} paid seats of {name} are in use,"
                f" {BUSY_TENTHS * 10} % or more for {counted(days, 'day')}",
                amount=_price(licences, products, product_id, more),
                currency=_currency(licences, products, product_id),
                window_till=min(ends, (facts.today + timedelta(days=_OFFER_DAYS)).isoformat()),
            )


def seats_wanted(active: int, paid: int) -> int:
    """How many seats more bring the use back to eight tenths of them, one at least."""
    return max(1, -(-active * 10 // BUSY_TENTHS) - paid)


def volume_limit(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:
    """The volume of a week, drawn on by a line through eight weeks, meets its limit before the licence ends.

    A limit is that of one week, as volumes are reported.
    """
    for product_id, licences in _in_force(facts).items():
        limit = sum(licence.volume_limit or 0 for licence in licences)
        ends = min((licence.ends_on for licence in licences if licence.ends_on), default=None)
        if not limit or ends is None:
            continue
        met = limit_day(_reported(facts, product_id), limit, facts.today)
        if met is None or met.isoformat() > ends:
            continue
        name, last = _name(products, product_id), _whole_weeks(facts, product_id)[-1].volume
        day = "already" if met <= facts.today else f"by {day_in_full(met.isoformat())}"
        yield Suggestion(
            client_id=facts.client_id,
            trigger="volume_limit",
            kind="volume",
            product_id=product_id,
            title=f"more volume of {name}",
            evidence=f"{last} a week of {limit}; the line through {FIT_WEEKS} weeks meets the limit {day},"
            f" the licence ends on {day_in_full(ends)}",
            amount=_price(licences, products, product_id, 1),
            currency=_currency(licences, products, product_id),
            window_till=max(met, facts.today).isoformat(),
        )


def limit_day(weeks: Sequence[Week], limit: int, today: date) -> date | None:
    """The day on which the line through the volumes of the last eight whole weeks meets a limit.

    It is today or earlier where the volume is there already, None where it never is, or too little is told.
    """
    this_week = week_number(today)
    known = [week for week in weeks if this_week - FIT_WEEKS <= week.week < this_week]
    if len(known) < FIT_LEAST:
        return None
    if known[-1].volume >= limit:
        return week_sunday(known[-1].week)
    middle, level = fmean(week.week for week in known), fmean(week.volume for week in known)
    spread = sum((week.week - middle) ** 2 for week in known)
    slope = sum((week.week - middle) * (week.volume - level) for week in known) / spread
    if slope <= 0:
        return None
    # From the end of the last week on: a line below its own last point meets the limit no earlier.
    ahead = max(0.0, middle + (limit - level) / slope - known[-1].week)
    days = ceil(7 * ahead)
    return None if days > 3660 else week_sunday(known[-1].week) + timedelta(days=days)


def more_users(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:
    """Two requests for a new user within 30 days, or a fifth more active users within 60."""
    asked = [ask for ask in facts.add_user_requests if _days_ago(facts, ask.day) < ADD_USER_DAYS]
    if len(asked) >= ADD_USER_REQUESTS:
        about = {ask.product_id for ask in asked}
        product_id = about.pop() if len(about) == 1 else None
        newest = max(date.fromisoformat(ask.day) for ask in asked)
        words = ", ".join(f"“{ask.words}”" for ask in asked[:2])
        yield _users(
            facts,
            products,
            product_id,
            len(asked),
            f"{len(asked)} requests for a new user in {ADD_USER_DAYS} days: {words}",
            newest,
        )
    for product_id in _in_force(facts):
        grown = growth(_reported(facts, product_id), facts.today)
        if grown is not None:
            before, now = grown
            yield _users(
                facts,
                products,
                product_id,
                now.users - before.users,
                f"active users went from {before.users} to {now.users} in"
                f" {counted(now.week - before.week, 'week')}, {_percent(before.users, now.users)}",
                week_monday(now.week),
            )


def growth(weeks: Sequence[Week], today: date) -> tuple[Week, Week] | None:
    """The first and the last report of 60 days between which the users grew by a fifth or more."""
    if not weeks or week_number(today) - weeks[-1].week > _FRESH_WEEKS:
        return None
    now = weeks[-1]
    before = next(week for week in weeks if 7 * (now.week - week.week) <= GROWTH_DAYS)
    grew = before.users > 0 and 10 * (now.users - before.users) >= GROWTH_TENTHS * before.users
    return (before, now) if grew and before.week < now.week else None


def _users(
    facts: ClientFacts, products: Products, product_id: int | None, more: int, evidence: str, since: date
) -> Suggestion:
    licences = _in_force(facts).get(product_id or 0, [])
    of = f" of {_name(products, product_id)}" if product_id else ""
    return Suggestion(
        client_id=facts.client_id,
        trigger="more_users",
        kind="licences",
        product_id=product_id,
        title=f"licences for {counted(more, 'more person', 'more people')}{of}",
        evidence=evidence,
        amount=_price(licences, products, product_id, more) if product_id else None,
        currency=_currency(licences, products, product_id),
        window_till=(since + timedelta(days=GROWTH_DAYS)).isoformat(),
    )


def _in_force(facts: ClientFacts) -> dict[int, list[Owned]]:
    """The licences that count today and have seats, by product."""
    owned: dict[int, list[Owned]] = {}
    for licence in facts.owned:
        if licence.bought > 0 and facts.is_in_force(licence):
            owned.setdefault(licence.product_id, []).append(licence)
    return owned


def _reported(facts: ClientFacts, product_id: int) -> list[Week]:
    this_week = week_number(facts.today)
    return [week for week in facts.weeks if week.product_id == product_id and week.week <= this_week]


def _whole_weeks(facts: ClientFacts, product_id: int) -> list[Week]:
    this_week = week_number(facts.today)
    return [week for week in _reported(facts, product_id) if week.week < this_week]


def _is_busy(active: int, paid: int) -> bool:
    return 10 * active >= BUSY_TENTHS * paid


def _busy_days(weeks: Sequence[Week], paid: int, today: date) -> int:
    """How many days the reported weeks up to the newest have been busy without a gap; 0 if it is old."""
    newest = weeks[-1].week
    if week_number(today) - newest > _FRESH_WEEKS:
        return 0
    first = newest + 1
    for week in reversed(weeks):
        if week.week != first - 1 or not _is_busy(week.users, paid):
            break
        first = week.week
    return max(0, (min(today, week_sunday(newest)) - week_monday(first)).days + 1)


def _days_ago(facts: ClientFacts, day: str) -> int:
    return (facts.today - date.fromisoformat(day)).days


def _percent(before: int, now: int) -> str:
    return f"+{100 * (now - before) // before} %"


def _name(products: Products, product_id: int | None) -> str:
    product = products.get(product_id or 0)
    return product.name if product else "a product"


def _price(licences: Sequence[Owned], products: Products, product_id: int | None, seats: int) -> int | None:
    """What so many seats cost: as the client paid last, else by the list; None where neither is known."""
    paid = [licence for licence in licences if licence.amount]
    if paid:
        last = max(paid, key=lambda licence: licence.starts_on or "")
        return round(seats * (last.amount or 0) / last.bought)
    product = products.get(product_id or 0)
    return seats * product.price if product and product.price is not None else None


def _currency(licences: Sequence[Owned], products: Products, product_id: int | None) -> str:
    paid = [licence for licence in licences if licence.amount]
    if paid:
        return max(paid, key=lambda licence: licence.starts_on or "").currency
    product = products.get(product_id or 0)
    return product.currency if product else ""
