"""One step of somebody: what is done through the desk, and what the model foretells of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from tests.simulation.model import Draft, Model, Row
from tests.simulation.people import Firm, Person, row_of


@dataclass
class Step:
    """Something that somebody does."""

    text: str
    """For people who read what happened before a failure."""
    act: Callable[[], object]
    foretell: Callable[[Draft], None]
    """Raises Refused where the rules do not allow it."""


@dataclass
class Work:
    """What an operation may look at when it chooses what to do."""

    firm: Firm
    person: Person
    model: Model

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self.firm.chance.random() < share

    def one_of(self, *choices: Any) -> Any:
        """One of some values."""
        return self.firm.chance.choice(choices)

    def word(self) -> str:
        """A word that nothing else has."""
        return self.firm.word()

    def pick(self, kind: str, where: Callable[[Row], bool] = bool, *, archived: bool = False) -> Row | None:
        """A row of a kind, mostly a newer one; None if there is none."""
        found = self.model.rows[kind].values() if archived else self.model.living(kind)
        fitting = [row for row in found if where(row)]
        if not fitting:
            return None
        if self.chance(0.5):
            fitting = fitting[-6:]
        return self.firm.chance.choice(fitting)

    def look(self, kind: str, record_id: int, *, stale: float = 0.2) -> Any:
        """A record as this person sees it: sometimes as it was when he read it last."""
        known = self.person.seen.get((kind, record_id))
        if known is not None and self.chance(stale):
            return known
        found: Record = rows.get(self.person.session.store, KINDS[kind].record, record_id)
        self.person.seen[kind, record_id] = found
        return found


def seen(record: Record) -> Row:
    """A record that somebody saw, as the model has it."""
    return row_of(record)
