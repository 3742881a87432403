"""What the rules of repeat sales look at: facts of one client, days as YYYY-MM-DD, money in minor units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from onewindow.records.feedback import OpportunityKind, OpportunityState
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct

UNKNOWN_PRODUCT = 0
"""Stands for no product where something is told apart by its product."""


class ProductFacts(NamedTuple):
    """A thing that is sold."""

    name: str
    price: int | None
    currency: str
    is_sold: bool


class Owned(NamedTuple):
    """A licence in force, or one that ended less than half a year ago."""

    product_id: int
    bought: int
    active: int
    volume_limit: int | None
    starts_on: str | None
    ends_on: str | None
    amount: int | None
    currency: str
    unchanged_since: str
    """The day on which the licence was last written."""
    document_id: int | None


class Week(NamedTuple):
    """One reported week of use of a product."""

    product_id: int
    week: int
    """Whole weeks since Monday 1970-01-05."""
    users: int
    volume: int


class Ask(NamedTuple):
    """Something that the client asked for: in a request, as a wish, or as a need heard in a talk."""

    product_id: int | None
    day: str
    words: str
    source: str
    """`wish`, `request` or `need`."""


class Wish(NamedTuple):
    """A wish for a feature that has been released."""

    product_id: int | None
    feature: str
    said_on: str
    released_on: str | None


class Contract(NamedTuple):
    """A contract that ends."""

    document_id: int
    title: str
    expires_on: str
    amount: int | None
    currency: str


class Order(NamedTuple):
    """What a client bought on one day, in the currency in which they paid most then."""

    day: str
    amount: int
    currency: str


class Lesson(NamedTuple):
    """A training that the client came to, on a novelty or a product."""

    product_id: int
    title: str
    day: str


class Peers(NamedTuple):
    """How many clients of a segment own a product, the client themselves left out."""

    segment: str
    product_id: int
    owners: int
    members: int


class Past(NamedTuple):
    """An opportunity that is on file."""

    title: str
    trigger: str
    kind: OpportunityKind
    product_id: int | None
    state: OpportunityState
    closed_on: str | None
    reason: str


@frozen_struct
class ClientFacts:
    """All that is known of one client on one day."""

    client_id: int
    today: date
    stage: str = "active"
    health: float | None = None
    """0 to 100, None while it is unknown."""
    owned: tuple[Owned, ...] = ()
    weeks: tuple[Week, ...] = ()
    """Reported weeks of use, of a product the oldest first."""
    function_weeks: tuple[tuple[int, int], ...] = ()
    """Product and week where some function of it was used; read of those who came to a training."""
    add_user_requests: tuple[Ask, ...] = ()
    asks: tuple[Ask, ...] = ()
    wishes: tuple[Wish, ...] = ()
    contracts: tuple[Contract, ...] = ()
    nps: tuple[tuple[str, int], ...] = ()
    """Day and mark of the answers of the last weeks."""
    orders: tuple[Order, ...] = ()
    """One a day, the oldest first."""
    lessons: tuple[Lesson, ...] = ()
    peers: tuple[Peers, ...] = ()
    past: tuple[Past, ...] = ()
    late_requests: int = 0
    broken_promises: int = 0
    unanswered_detractors: int = 0
    onboarding: str = ""
    """What of the onboarding is not finished, '' if all is."""
    has_consent: bool = True
    """Whether anybody there agreed to be offered something."""

    def owns(self, product_id: int) -> bool:
        """Whether a licence of the product is in force today."""
        return any(owned.product_id == product_id and self.is_in_force(owned) for owned in self.owned)

    def is_in_force(self, owned: Owned) -> bool:
        """Whether a licence counts today."""
        today = self.today.isoformat()
        return (owned.starts_on or "") <= today <= (owned.ends_on or today)


Products = Mapping[int, ProductFacts]
"""What is sold, by id."""


@frozen_struct
class Suggestion:
    """Something to offer to a client, with the evidence; nothing of it is stored until somebody decides."""

    client_id: int
    trigger: str
    kind: OpportunityKind
    product_id: int | None
    title: str
    evidence: str
    amount: int | None
    currency: str
    window_till: str
    """The last day on which it is worth while."""
