"""What the parts of the generator share: the firm's own records, and the working set of one client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from onewindow.desk.reference.policy_book import PolicyBook
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.adoption import (
    Announcement,
    Feature,
    Licence,
    Playbook,
    PlaybookStep,
    Product,
    Release,
)
from onewindow.records.clients import Client, Contact, Promise
from onewindow.records.feedback import Survey
from onewindow.records.organization import SlaPolicy, Staff
from onewindow.records.requests import Document, Request
from seed.moments import Moments
from seed.pools import pool
from seed.sheets import Sheets

T = TypeVar("T")


@dataclass
class Firm:
    """The firm while it is being built."""

    sheets: Sheets
    random: Random
    moments: Moments
    calendar: Calendar
    """Opening hours that the service policies count by."""
    staff: dict[str, Staff] = field(default_factory=dict[str, Staff])
    """By login."""
    products: dict[str, Product] = field(default_factory=dict[str, Product])
    """By slug."""
    releases: dict[tuple[str, str], Release] = field(default_factory=dict[tuple[str, str], Release])
    """By the product's slug and the version."""
    features: dict[str, Feature] = field(default_factory=dict[str, Feature])
    surveys: dict[str, Survey] = field(default_factory=dict[str, Survey])
    announcements: dict[str, Announcement] = field(default_factory=dict[str, Announcement])
    playbooks: dict[str, tuple[Playbook, list[PlaybookStep]]] = field(
        default_factory=dict[str, tuple[Playbook, list[PlaybookStep]]]
    )
    """By kind of plan."""
    policies: dict[tuple[str, str], SlaPolicy] = field(default_factory=dict[tuple[str, str], SlaPolicy])
    """By tier and priority."""
    policy_book: PolicyBook = field(default_factory=lambda: PolicyBook((), {}))
    """The policies as the desk reads them."""

    def chance(self, share: float) -> bool:
        """True in this share of the calls."""
        return self.random.random() < share

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[int(self.random.random() * len(choices))]

    def weighted(self, choices: dict[T, int]) -> T:
        """One of them, by weight."""
        return self.random.choices(list(choices), list(choices.values()))[0]

    def staff_by_role(self, role: str, office: str = "") -> list[Staff]:
        """Colleagues with a role, those of the office if it has any."""
        with_role = [person for person in self.staff.values() if person.role == role]
        return [person for person in with_role if person.office == office] or with_role


@dataclass
class Account:
    """One of the clients with a full history, and what the parts of the generator know of it."""

    client: Client
    owner: Staff
    """Who looks after it; also for a client that nobody owns yet."""
    trend: str
    """How its use goes: growth, steady, decline, full, unused."""
    joined: int
    """Days ago on which it came."""
    left: int | None
    """Days ago on which it left, None while it is here."""
    told_till: int = 0
    """Days ago at which the generated touches end, because the later ones are told by hand."""
    contacts: list[Contact] = field(default_factory=list[Contact])
    contract: Document | None = None
    documents: list[Document] = field(default_factory=list[Document])
    licences: list[Licence] = field(default_factory=list[Licence])
    requests: list[Request] = field(default_factory=list[Request])
    promises: list[Promise] = field(default_factory=list[Promise])

    @property
    def is_seasonal(self) -> bool:
        """Whether its use has low months: a few of those whose use neither grows nor falls."""
        return self.trend == "steady" and self.client.number % 4 == 0

    @property
    def main(self) -> Contact:
        """The person whom we call first."""
        return self.contacts[0]

    @property
    def last_day(self) -> int:
        """The latest day of its history, in days ago."""
        return self.left or 0

    def texts(self, name: str) -> Any:
        """A pool of text in the client's language."""
        return pool(name)[self.client.language]
