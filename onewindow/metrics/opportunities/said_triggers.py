"""What clients said and learnt: a module they asked for, a wish that came true, praise, a training in use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from onewindow.metrics.opportunities.inputs import ClientFacts, Products, Suggestion
from onewindow.text.dates import day_in_full, week_number
from onewindow.text.plural import counted

ASKED_DAYS = 180
"""So long something that was asked for, or released, is worth an offer."""
PROMOTER_FROM, PROMOTER_DAYS, PROMOTER_HEALTH = 9, 30, 75.0
TRAINED_DAYS = 90


def asked_module(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:
    """Something was asked for that is on sale and that the client does not own."""
    seen: set[int] = set()
    for ask in sorted(facts.asks, key=lambda ask: ask.day, reverse=True):
        product = products.get(ask.product_id or 0)
        if product is None or ask.product_id is None or ask.product_id in seen:
            continue
        if not product.is_sold or facts.owns(ask.product_id) or _days_ago(facts, ask.day) >= ASKED_DAYS:
            continue
        seen.add(ask.product_id)
        yield Suggestion(
            client_id=facts.client_id,
            trigger="asked_module",
            kind="module",
            product_id=ask.product_id,
            title=product.name,
            evidence=f"{_SOURCES[ask.source]} of {day_in_full(ask.day)}: “{ask.words}”; they do not own it",
            amount=product.price,
            currency=product.currency,
            window_till=_after(ask.day, ASKED_DAYS),
        )


_SOURCES = {"wish": "a wish", "request": "a request", "need": "a need heard in a talk"}


def wish_released(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:
    """A feature that the client wished for has come out."""
    seen: set[str] = set()
    for wish in sorted(facts.wishes, key=lambda wish: wish.said_on, reverse=True):
        if wish.feature in seen or (wish.released_on or "") > facts.today.isoformat():
            continue
        if wish.released_on and _days_ago(facts, wish.released_on) >= ASKED_DAYS:
            continue
        seen.add(wish.feature)
        product = products.get(wish.product_id or 0)
        is_new = product is not None and wish.product_id is not None and not facts.owns(wish.product_id)
        out = f", out since {day_in_full(wish.released_on)}" if wish.released_on else ", released"
        yield Suggestion(
            client_id=facts.client_id,
            trigger="wish_released",
            kind="module" if is_new else "upgrade",
            product_id=wish.product_id,
            title=f"{product.name} with “{wish.feature}”" if product else f"“{wish.feature}”",
            evidence=f"wished for “{wish.feature}” on {day_in_full(wish.said_on)}{out}",
            amount=product.price if product else None,
            currency=product.currency if product else "",
            window_till=_after(wish.released_on or facts.today.isoformat(), ASKED_DAYS),
        )


def promoter(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:  # noqa: ARG001  as all rules
    """A mark of 9 or 10 within 30 days, and a health above 75."""
    if facts.health is None or facts.health <= PROMOTER_HEALTH or not facts.nps:
        return
    day, mark = max(facts.nps)
    if mark >= PROMOTER_FROM and 0 <= _days_ago(facts, day) <= PROMOTER_DAYS:
        yield Suggestion(
            client_id=facts.client_id,
            trigger="promoter",
            kind="other",
            product_id=None,
            title="a glad client: offer more, and ask whom they would tell of us",
            evidence=f"NPS {mark} on {day_in_full(day)}, health {facts.health:.0f}",
            amount=None,
            currency="",
            window_till=_after(day, PROMOTER_DAYS),
        )


def trained(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:
    """They came to a training within 90 days and have used what was taught since."""
    seen: set[int] = set()
    for lesson in sorted(facts.lessons, key=lambda lesson: lesson.day, reverse=True):
        ago = _days_ago(facts, lesson.day)
        if lesson.product_id in seen or not 0 <= ago < TRAINED_DAYS:
            continue
        first, last = week_number(date.fromisoformat(lesson.day)), week_number(facts.today)
        weeks = {(week.product_id, week.week) for week in facts.weeks if week.users or week.volume}
        weeks.update(facts.function_weeks)
        used = sum(product_id == lesson.product_id and first <= week <= last for product_id, week in weeks)
        product = products.get(lesson.product_id)
        if not used or product is None:
            continue
        seen.add(lesson.product_id)
        is_owned = facts.owns(lesson.product_id)
        yield Suggestion(
            client_id=facts.client_id,
            trigger="trained",
            kind="licences" if is_owned else "module",
            product_id=lesson.product_id,
            title=f"more of {product.name}" if is_owned else product.name,
            evidence=f"came to “{lesson.title}” on {day_in_full(lesson.day)}"
            f" and used it in {counted(used, 'week')} since",
            amount=product.price,
            currency=product.currency,
            window_till=_after(lesson.day, TRAINED_DAYS),
        )


def _days_ago(facts: ClientFacts, day: str) -> int:
    return (facts.today - date.fromisoformat(day)).days


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
