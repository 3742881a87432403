"""Short numbers of new records, and short Latin names of clients, for those who bring none that is free."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.imports.writing.slugs import SlugBook
from onewindow.records.fields import Record
from onewindow.records.kinds import Kind
from onewindow.store.changes import count_at_least, next_number
from onewindow.store.engine import Store
from onewindow.store.imports import matches


class Numbering:
    """Gives new records of a kind their numbers; what a file brings stays where it is free."""

    def __init__(self, store: Store, kind: Kind) -> None:
        """Ask the store only for the numbers that are wanted."""
        self._store = store
        self._kind = kind
        self._slugs = SlugBook(store)
        self._renumbered: dict[int, str] = {}

    def numbered(self, new: Sequence[Record]) -> list[Record]:
        """The records with their numbers, in the same order; of kinds without numbers as they are."""
        if not self._kind.prefix:
            return list(new)
        changes = self._numbers(new)
        for place, slug in self._free_slugs(new).items():
            changes.setdefault(place, {})["slug"] = slug
        return [
            record.with_changes(changes[place]) if place in changes else record
            for place, record in enumerate(new)
        ]

    def take_renumbered(self) -> dict[int, str]:
        """By id of a record, that another one had the number which it brought; each is said once."""
        renumbered, self._renumbered = self._renumbered, {}
        return renumbered

    def _numbers(self, new: Sequence[Record]) -> dict[int, dict[str, object]]:
        """The numbers of those, by place, who bring none that is free."""
        brought = [int(getattr(record, "number", 0)) for record in new]
        given = {number for number in brought if number}
        taken = matches.short_numbers_among(self._store, self._kind.record, given)
        lacking: list[int] = []
        for place, number in enumerate(brought):
            if not number or number in taken:
                lacking.append(place)
            taken.add(number)  # of two in one file the first keeps it
        if lacking and given:
            # Else the next number of the book may be one that a row further down brings.
            count_at_least(self._store, self._kind, max(given))
        first = next_number(self._store, self._kind, len(lacking)) if lacking else 0
        numbers = {place: first + nth for nth, place in enumerate(lacking)}
        prefix = self._kind.prefix
        for place, number in numbers.items():
            if brought[place]:
                had, is_now = f"{prefix}-{brought[place]}", f"{prefix}-{number}"
                self._renumbered[new[place].id] = f"number: {had} is another’s here, so it is {is_now} now"
        return {place: {"number": number} for place, number in numbers.items()}

    def _free_slugs(self, new: Sequence[Record]) -> dict[int, str]:
        """The slugs of those, by place, whose own is taken or stands for one to be made."""
        brought = [str(getattr(record, "slug", "") or "") for record in new]
        used = matches.slugs_among(self._store, [slug for slug in brought if slug not in ("", "-")])
        nameless = [place for place, slug in enumerate(brought) if slug == "-" or slug in used]
        slugs = self._slugs.slugs_for([str(getattr(new[place], "name", "")) for place in nameless])
        return dict(zip(nameless, slugs, strict=True))
