"""The absences of a colleague, each with the one who stands in: kept as one document in the staff record."""

from __future__ import annotations

import json
from collections.abc import Iterable

from onewindow.records.organization import Staff
from onewindow.records.structs import frozen_struct

_FOR_EVER = "9999-12-31"


@frozen_struct
class Absence:
    """Days on which somebody is away (YYYY-MM-DD, both included; no last day: until further notice)."""

    first: str
    last: str | None = None
    deputy_id: int | None = None
    """Who stands in this time; None for the usual deputy."""

    @property
    def end(self) -> str:
        """The last day, far ahead where nobody knows it."""
        return self.last or _FOR_EVER

    def overlaps(self, other: Absence) -> bool:
        """Whether two absences share a day."""
        return self.first <= other.end and other.first <= self.end


def absences_of(person: Staff) -> tuple[Absence, ...]:
    """All absences by their first day; a record from before there was a list has one at most."""
    if not person.absences:
        return (Absence(person.away_from, person.away_till),) if person.away_from else ()
    try:
        kept = [
            Absence(str(written["from"]), written.get("till"), written.get("deputy_id"))
            for written in json.loads(person.absences)
        ]
    except (ValueError, TypeError, KeyError, AttributeError):
        return (Absence(person.away_from, person.away_till),) if person.away_from else ()
    return tuple(sorted(kept, key=lambda absence: absence.first))


def absence_on(person: Staff, day: str) -> Absence | None:
    """The absence that covers a day, None for one on which somebody is here."""
    if not person.absences and not person.away_from:
        return None
    return next((absence for absence in absences_of(person) if absence.first <= day <= absence.end), None)


def current_or_next(person: Staff, today: str) -> Absence | None:
    """The absence that goes on today, else the next one; None where none is left."""
    return next((absence for absence in absences_of(person) if absence.end >= today), None)


def deputy_on(person: Staff, day: str) -> int | None:
    """Who stands in for somebody on a day: who was named for that absence, else the usual deputy."""
    absence = absence_on(person, day)
    return (absence.deputy_id if absence else None) or person.deputy_id


def as_document(absences: Iterable[Absence]) -> str:
    """Absences as the staff record keeps them, '' for none."""
    kept = [
        {"from": absence.first, "till": absence.last, "deputy_id": absence.deputy_id}
        for absence in sorted(absences, key=lambda absence: absence.first)
    ]
    return json.dumps(kept) if kept else ""


def absence_values(absences: Iterable[Absence], today: str) -> dict[str, str | None]:
    """What the staff record keeps of absences: all of them, and the days of the one that is nearest."""
    kept = sorted(absences, key=lambda absence: absence.first)
    nearest = next((absence for absence in kept if absence.end >= today), kept[-1] if kept else None)
    return {
        "absences": as_document(kept),
        "away_from": nearest.first if nearest else None,
        "away_till": nearest.last if nearest else None,
    }
