"""The rules that suggest something to offer: one table, each a pure function of what is known of a client."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from onewindow.metrics.opportunities import buying_triggers, said_triggers, use_triggers
from onewindow.metrics.opportunities.inputs import ClientFacts, Products, Suggestion
from onewindow.records.structs import frozen_struct

Rule = Callable[[ClientFacts, Products], Iterable[Suggestion]]


@frozen_struct
class Trigger:
    """One rule: what it is called, and the sentence that says when it suggests something."""

    label: str
    says: str
    rule: Rule


TRIGGERS: Mapping[str, Trigger] = {
    "seats_busy": Trigger(
        "seats are busy",
        "80 % or more of the paid seats of a product are in use for 14 days",
        use_triggers.seats_busy,
    ),
    "volume_limit": Trigger(
        "volume meets its limit",
        "a line through the volumes of eight weeks meets the limit before the licence ends",
        use_triggers.volume_limit,
    ),
    "more_users": Trigger(
        "more users",
        "two requests for a new user in 30 days, or 20 % more active users in 60",
        use_triggers.more_users,
    ),
    "asked_module": Trigger(
        "asked for it",
        "a wish, a request or a need of the last 180 days names a product that they do not own",
        said_triggers.asked_module,
    ),
    "wish_released": Trigger(
        "a wish came true",
        "a feature that they wished for was released, 180 days ago at most",
        said_triggers.wish_released,
    ),
    "renewal": Trigger(
        "renewal",
        "a licence or contract ends within 90, 60 or 30 days and nothing goes on behind it",
        buying_triggers.renewal,
    ),
    "promoter": Trigger(
        "a glad client",
        "NPS 9 or 10 within 30 days, and a health above 75",
        said_triggers.promoter,
    ),
    "trained": Trigger(
        "trained and uses it",
        "they came to a training of the last 90 days and have used its product since",
        said_triggers.trained,
    ),
    "reorder": Trigger(
        "an order is overdue",
        "the last order is longer ago than 1.25 of their own median gap, three orders at least",
        buying_triggers.reorder,
    ),
    "peers_own": Trigger(
        "others like them own it",
        "60 % or more of a segment, five others at least, own it and this client of it does not",
        buying_triggers.peers_own,
    ),
}
"""Every rule by the name that opportunities keep of it."""


def suggestions(facts: ClientFacts, products: Products, left_out: Collection[str] = ()) -> list[Suggestion]:
    """What all rules suggest to a client, but for those left out; one of each rule and product."""
    if facts.stage == "lost":
        return []
    made: dict[tuple[str, int | None], Suggestion] = {}
    for name, trigger in TRIGGERS.items():
        if name not in left_out:
            for suggestion in trigger.rule(facts, products):
                made.setdefault((name, suggestion.product_id), suggestion)
    return list(made.values())
