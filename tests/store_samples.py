"""Small real stores: a minimal valid record of every kind, and a file that has one of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from onewindow.records.clients import Client
from onewindow.records.fields import Attribute, Record, attributes
from onewindow.records.kinds import KINDS
from onewindow.store.changes import Transaction, write
from onewindow.store.engine import Store, open_store

R = TypeVar("R", bound=Record)
T = TypeVar("T")

NOW = "2026-11-23T09:15:00Z"
_READ_BY_RULES = {"hours": '{"zone": "Europe/Moscow", "weekly": {"mon": ["09:00-18:00"]}}', "day": "31.12"}
"""What rules read must be something that they can read."""


def new_store(directory: Path) -> Store:
    """An open store on a fresh file."""
    return open_store(directory / "onewindow.db", create=True)


def change(
    store: Store,
    work: Callable[[Transaction], T],
    *,
    actor: str = "anna",
    at: str = NOW,
    label: str = "change",
) -> T:
    """Do some work in one write and give back its result."""
    return write(store, work, actor=actor, at=at, label=label).result


def new_client(store: Store, name: str = "Ромашка", *, at: str = NOW, actor: str = "anna") -> Client:
    """A stored client with nothing but a name."""
    return change(
        store, lambda t: t.insert(Client(name=name)), at=at, actor=actor, label=f"new client {name}"
    )


def minimal(record: type[R], references: dict[str, int]) -> R:
    """The smallest record of a class that its table takes; `references` has an id for each kind."""
    values = {a.name: _smallest(a, references) for a in attributes(record) if a.default in ("", 0)}
    return record(**{name: value for name, value in values.items() if value is not None})  # pyright: ignore[reportArgumentType]


def one_of_each(store: Store) -> dict[str, Record]:
    """Insert one minimal record of every kind in one write and give them back by kind."""
    stored: dict[str, Record] = {}

    def insert(transaction: Transaction, kind: str) -> None:
        if kind in stored:
            return
        record = KINDS[kind].record
        for each in attributes(record):
            if each.refers and not each.optional:
                insert(transaction, each.refers)
        stored[kind] = transaction.insert(minimal(record, {name: other.id for name, other in stored.items()}))

    def work(transaction: Transaction) -> None:
        for kind in KINDS:
            insert(transaction, kind)

    change(store, work, label="one of each")
    return stored


def _smallest(attribute: Attribute, references: dict[str, int]) -> object:
    if attribute.refers:
        return references[attribute.refers]
    if attribute.kind == "date":
        return NOW[:10]
    if attribute.kind == "time":
        return NOW
    if attribute.kind == "choice":
        return attribute.default if attribute.default in attribute.choices else attribute.choices[0]
    if attribute.kind in ("text", "long_text", "json", "hours") and attribute.required:
        return _READ_BY_RULES.get(attribute.name, "{}" if attribute.kind == "json" else "x")
    return attribute.default
