"""What to offer to one client or to many, ranked, with what forbids it; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from onewindow.desk.opportunities.facts import facts_of, products_of
from onewindow.desk.opportunities.ownership_shares import OwnershipShares
from onewindow.desk.session.context import Session
from onewindow.metrics.opportunities import ranking
from onewindow.metrics.opportunities.inputs import Suggestion
from onewindow.metrics.opportunities.ranking import Ranked, Record
from onewindow.metrics.opportunities.suppression import Reason, reasons
from onewindow.metrics.opportunities.triggers import TRIGGERS, suggestions
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.opportunities import outcomes

_DENSE = 8
"""To read a client alone costs about so many times what it costs among others."""

Progress = Callable[[int, int], None]
"""Hears how many clients of how many were looked at."""


@frozen_struct
class Suggested:
    """A suggestion for a client with its rank; `reasons` forbid it, () where nothing does."""

    kind: ClassVar[str] = "suggestion_mark"
    """What its rows are called in keys, though nothing of it is on file."""

    client: Client
    ranked: Ranked
    reasons: tuple[Reason, ...]

    @property
    def id(self) -> int:
        """A number that tells the suggestions of a client apart: by their rule and product."""
        made = self.suggestion
        return (made.product_id or 0) * len(TRIGGERS) + list(TRIGGERS).index(made.trigger)

    @property
    def suggestion(self) -> Suggestion:
        """What is suggested."""
        return self.ranked.suggestion

    @property
    def is_suppressed(self) -> bool:
        """Whether it is not offered now."""
        return bool(self.reasons)


@frozen_struct
class Book:
    """What the rules need beside the facts of clients; read once for many of them."""

    shares: OwnershipShares
    records: Mapping[str, Record]
    """What came of each rule so far."""
    left_out: frozenset[str]
    """Rules that are retired."""


def read_book(session: Session) -> Book:
    """The shares of ownership, the record of each rule and the retired ones, as they are now."""
    counts = outcomes.trigger_counts(session.store)
    return Book(
        OwnershipShares(session),
        {name: Record(each.noted + each.seen, each.won) for name, each in counts.items()},
        frozenset(retirement.trigger for retirement in outcomes.retired(session.store)),
    )


def for_client(session: Session, client_id: int, book: Book | None = None) -> list[Suggested]:
    """What is suggested to one client, what is not offered behind the others; nothing to an archived one.

    Raises NotFound.
    """
    with session.store.read(about=client_id):
        client = rows.get(session.store, Client, client_id)
        if client.archived_at is not None:
            return []
        book = book or read_book(session)
        return _ranked(session, _of_page(session, [client], book), book)


@frozen_struct
class Step:
    """How far the reading of many clients is; `found` is everything, ranked, at its end."""

    done: int
    total: int
    found: list[Suggested] | None = None


def steps(session: Session, owner_id: int | None = None) -> Iterator[Step]:
    """What is suggested to all clients of an owner or of everybody, with how far it is a thousand at a time.

    The last step has it all: ranked, what is not offered last.
    """
    book = read_book(session)
    total = outcomes.count_clients(session.store, owner_id)
    made: list[tuple[Client, Suggestion, tuple[Reason, ...]]] = []
    after, done = 0, 0
    while page := outcomes.client_page(session.store, owner_id, after):
        made += _of_page(session, page, book)
        after, done = page[-1].id, done + len(page)
        yield Step(done, max(done, total))
    yield Step(done, done, _ranked(session, made, book))


def for_everybody(
    session: Session, owner_id: int | None = None, on_progress: Progress | None = None
) -> list[Suggested]:
    """What the last of the steps has found; `on_progress` hears how far it is."""
    found: list[Suggested] = []
    for step in steps(session, owner_id):
        found = step.found or found
        if on_progress is not None:
            on_progress(step.done, step.total)
    return found


def _of_page(
    session: Session, clients: Sequence[Client], book: Book
) -> list[tuple[Client, Suggestion, tuple[Reason, ...]]]:
    products = products_of(session)
    # The clients of one owner lie far apart: between the first and the last everybody's would be read.
    between = outcomes.count_between(session.store, clients[0].id, clients[-1].id)
    spans = [clients] if between <= _DENSE * len(clients) else [[client] for client in clients]
    return [
        (client, suggestion, reasons(facts, suggestion))
        for span in spans
        for client, facts in facts_of(session, span, book.shares)
        for suggestion in suggestions(facts, products, book.left_out)
    ]


def _ranked(
    session: Session, made: Sequence[tuple[Client, Suggestion, tuple[Reason, ...]]], book: Book
) -> list[Suggested]:
    # By identity: two suggestions may be equal in all that they say.
    whose = {id(suggestion): (client, why) for client, suggestion, why in made}
    ordered = ranking.ranked([suggestion for _, suggestion, _ in made], book.records, session.today())
    listed = [Suggested(whose[id(row.suggestion)][0], row, whose[id(row.suggestion)][1]) for row in ordered]
    return sorted(listed, key=lambda suggested: suggested.is_suppressed)
