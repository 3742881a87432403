"""What an id in a file means: a word by which an import finds the record again, and its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from onewindow.desk.session.context import Session
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.store.listing import by_ids

_OWN_WORDS: Mapping[str, str] = {"client": "slug", "staff": "login", "product": "slug", "document": "number"}
"""The field that tells records of a kind apart better than their title does."""


def reference_column(field: str) -> str:
    """The column that says what a reference means: `owner` beside owner_id."""
    return field.removesuffix("_id")


def reference_names(session: Session, kind: str, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """For ids of a kind the word that finds the record (slug, login, R-1042, name …) and its name."""
    record = KINDS[kind].record
    word = _word_of(kind)
    title = KINDS[kind].title
    records = by_ids(session.store, record, ids)
    return {record_id: (word(named), str(getattr(named, title))) for record_id, named in records.items()}


def _word_of(kind: str) -> Callable[[Record], str]:
    if kind == "request":
        return lambda record: f"R-{getattr(record, 'number', 0)}"
    own, title = _OWN_WORDS.get(kind, ""), KINDS[kind].title
    return lambda record: str(getattr(record, own, "") or getattr(record, title))
