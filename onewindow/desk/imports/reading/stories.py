"""How rows of a kind are stored and change what is on file: plainly, for most kinds.

A kind of which rows tell more than its fields has a story of its own: requests have a life that is kept as
events, an event moves its request, a policy has versions. `writing/records.py` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from onewindow.desk.imports.reporting.changes import different
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.session.context import Session
from onewindow.records.fields import Record, columns
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value

R = TypeVar("R", bound=Record)


class Story(Generic[R]):
    """Stores rows of one import as they are."""

    def __init__(self, session: Session, transaction: Transaction) -> None:
        """Belong to one import."""
        self._session = session
        self._transaction = transaction

    def begun(self, record: R, row: ReadRow) -> R:  # noqa: ARG002
        """A new record with what it has from its beginning; notes in its row what is wrong with that."""
        return record

    def store(self, new: Sequence[R], rows: Sequence[ReadRow]) -> Sequence[R]:  # noqa: ARG002
        """Store new records, and what their rows tell beside them."""
        return self._transaction.insert_many(new)

    def changeable(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """What a row may still change of a record on file."""
        return dict(values)

    def is_known_already(self, known: R, meant: R) -> bool:  # noqa: ARG002
        """Whether another record on file, which came in before, says all that a row would change."""
        return False

    def stored_instead(self, known: R, meant: R) -> R | None:
        """Store what a change means where that is other records, as an edit does; None for a plain change.

        Raises FieldProblems where a record would have to be another one.
        """
        consequences = self._session.registry.of_record(known).consequences
        stored: list[R] = []
        for before, record in consequences.instead(self._session, self._transaction, known, meant):
            if before is None:
                stored.append(self._transaction.insert(record))
            else:
                changed = different(before, {name: getattr(record, name) for name in columns(type(record))})
                stored.append(self._transaction.update(before, changed) if changed else before)
        return stored[0] if stored else None

    def went_on(self, before: R, after: R, row: ReadRow, *, is_changed: bool) -> R:  # noqa: ARG002
        """What follows where a record was changed, or came back unchanged; gives it as it is then."""
        return after

    def finish(self) -> None:
        """What follows once all rows are stored."""
