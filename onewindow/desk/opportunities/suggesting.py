"""What to offer to one client or to many, ranked, with what forbids it; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from onewindow.desk.opportunities.facts import facts_of, products_of
from onewindow.desk.opportunities.ownership_shares import OwnershipShares
from onewindow.desk.session.context import Session
from onewindow.metrics.opportunities import ranking
from onewindow.metrics.opportunities.inputs import Suggestion
from onewindow.metrics.opportunities.ranking import Ranked, Record
from onewindow.metrics.opportunities.suppression import Reason, reasons
from onewindow.metrics.opportunities.triggers import suggestions
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.opportunities import outcomes

Progress = Callable[[int, int], None]
"""Hears how many clients of how many were looked at."""


@frozen_struct
class Suggested:
    """A suggestion for a client with its rank; `reasons` forbid it, () where nothing does."""

    client: Client
    ranked: Ranked
    reasons: tuple[Reason, ...]

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
    """What is suggested to one client, what is not offered behind the others. Raises NotFound."""
    with session.store.read(about=client_id):
        client = rows.get(session.store, Client, client_id)
        book = book or read_book(session)
        return _ranked(session, _of_page(session, [client], book), book)


def for_everybody(
    session: Session, owner_id: int | None = None, on_progress: Progress | None = None
) -> list[Suggested]:
    """What is suggested to all clients of an owner or of everybody, ranked, what is not offered last.

    Clients are read a thousand at a time.
    """
    book = read_book(session)
    total = outcomes.count_clients(session.store) if on_progress else 0
    made: list[tuple[Client, Suggestion, tuple[Reason, ...]]] = []
    after, done = 0, 0
    while page := outcomes.client_page(session.store, owner_id, after):
        made += _of_page(session, page, book)
        after, done = page[-1].id, done + len(page)
        if on_progress is not None:
            on_progress(done, max(done, total))
    return _ranked(session, made, book)


def _of_page(
    session: Session, clients: Sequence[Client], book: Book
) -> list[tuple[Client, Suggestion, tuple[Reason, ...]]]:
    products = products_of(session)
    return [
        (client, suggestion, reasons(facts, suggestion))
        for client, facts in facts_of(session, clients, book.shares)
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
