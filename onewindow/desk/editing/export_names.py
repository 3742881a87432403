"""What an id in a file means: a word by which an import finds the record again, and its name."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.desk.session.context import Session
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS, Kind
from onewindow.store.listing import by_ids


def reference_column(field: str) -> str:
    """The column that says what a reference means: `owner` beside owner_id."""
    return field.removesuffix("_id")


def reference_names(session: Session, kind: str, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """For ids of a kind the word that finds the record (slug, login, R-1042, name …) and its name."""
    described = KINDS[kind]
    records = by_ids(session.store, described.record, ids)
    return {
        record_id: (_word_of(described, named), str(getattr(named, described.title)))
        for record_id, named in records.items()
    }


def _word_of(kind: Kind, record: Record) -> str:
    word = str(getattr(record, kind.word) if kind.word else "")
    if word and kind.prefix and kind.word == "number":
        return f"{kind.prefix}-{word}"
    return word or str(getattr(record, kind.title))
