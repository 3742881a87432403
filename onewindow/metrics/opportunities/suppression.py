"""Why something is not offered now, though a rule suggests it: what is mended first, and what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from onewindow.metrics.opportunities.inputs import ClientFacts, Past, Suggestion
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import day_in_full
from onewindow.text.plural import counted

COOLDOWN_DAYS = 90
REFUSED_DAYS = 180
LEAST_HEALTH = 50.0


@frozen_struct
class Reason:
    """One reason why nothing is offered: its name for machines, and the sentence with its numbers."""

    name: str
    text: str


NAMES = (
    *("breach", "broken_promise", "health", "detractor", "onboarding", "no_consent"),
    *("refused", "cooldown", "under_way"),
)
"""Every reason, in the order in which they are told."""


def reasons(facts: ClientFacts, suggestion: Suggestion) -> tuple[Reason, ...]:
    """All that forbids to offer something to a client today, () where nothing does."""
    return (*client_reasons(facts), *_of_the_past(facts, suggestion))


def client_reasons(facts: ClientFacts) -> tuple[Reason, ...]:
    """What forbids to offer anything to a client today."""
    return tuple(_of_client(facts))


def _of_client(facts: ClientFacts) -> Iterator[Reason]:
    if facts.late_requests:
        yield Reason("breach", f"{counted(facts.late_requests, 'open request')} past the due time")
    if facts.broken_promises:
        yield Reason("broken_promise", f"{counted(facts.broken_promises, 'promise')} broken")
    if facts.health is None:
        yield Reason("health", "health is unknown")
    elif facts.health < LEAST_HEALTH:
        yield Reason("health", f"health {facts.health:.0f} is below {LEAST_HEALTH:.0f}")
    if facts.unanswered_detractors:
        marks = counted(facts.unanswered_detractors, "low NPS mark")
        yield Reason("detractor", f"{marks} without an answer")
    if facts.onboarding:
        yield Reason("onboarding", facts.onboarding)
    if not facts.has_consent:
        yield Reason("no_consent", "nobody there agreed to be offered something")


def _of_the_past(facts: ClientFacts, suggestion: Suggestion) -> Iterator[Reason]:
    same = [past for past in facts.past if _is_same_offer(past, suggestion)]
    for past in _closed(same, "lost"):
        till = _after(past, REFUSED_DAYS)
        if facts.today < till:
            why = f": {past.reason}" if past.reason else ""
            yield Reason(
                "refused", f"refused on {day_in_full(past.closed_on or '')}{why}; again {_day(till)}"
            )
            break
    # A decision about another rule is no answer to this one; one by hand that declines it is.
    decided = [
        past
        for past in same
        if past.trigger == suggestion.trigger or (not past.trigger and past.state == "dismissed")
    ]
    for past in _closed(decided, "dismissed", "won"):
        till = _after(past, COOLDOWN_DAYS)
        if facts.today < till:
            why = f": {past.reason}" if past.reason and past.state == "dismissed" else ""
            on = day_in_full(past.closed_on or "")
            yield Reason("cooldown", f"{past.state} on {on}{why}; again {_day(till)}")
            break
    for past in same:
        if past.state in ("suggested", "accepted", "offered"):
            word = "an idea on file" if past.state == "suggested" else past.state
            yield Reason("under_way", f"under way already: “{past.title}”, {word}")
            break


def _is_same_offer(past: Past, suggestion: Suggestion) -> bool:
    """Whether an opportunity is the same offer: by its rule or its kind, for the same product.

    One without a product is the same by its rule, or by a kind that says enough by itself.
    """
    by_rule, by_kind = past.trigger == suggestion.trigger, past.kind == suggestion.kind
    if past.product_id and suggestion.product_id:
        return past.product_id == suggestion.product_id and (by_rule or by_kind)
    return by_rule or (by_kind and past.kind in _TELLING_KINDS)


_TELLING_KINDS = ("licences", "volume", "renewal", "reorder", "upgrade")
"""Kinds of which a client hardly gets two offers at a time; modules and services are many."""


def _closed(past: list[Past], *states: str) -> list[Past]:
    """Those that ended so, the last one first."""
    ended = [one for one in past if one.state in states and one.closed_on]
    return sorted(ended, key=lambda one: one.closed_on or "", reverse=True)


def _after(past: Past, days: int) -> date:
    return date.fromisoformat(past.closed_on or "") + timedelta(days=days)


def _day(day: date) -> str:
    return f"from {day_in_full(day.isoformat())}"
