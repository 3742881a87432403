"""What is worked out from the rules of a file, kept until one changes; every write asks for it several times.

The token changes with each transaction that touches a rule, and goes back with it when that fails. It is read
from the file, so that the rules of other processes count from their commit on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store

T = TypeVar("T")

RULE_KINDS = frozenset(kind.name for kind in KINDS.values() if kind.is_rule)
"""The kinds of records that `kept` may be given something worked out from, and no other."""

_TOKEN = "rules"  # noqa: S105  the name of a counter


def kept(store: Store, name: str, work_out: Callable[[], T]) -> T:
    """What `work_out` gives, worked out again only when a rule has changed since; never change it.

    `name` stands for all that `work_out` depends on beside the rules: give the day with it if it counts.
    """
    now = token(store)
    known = store.kept.get(name)
    if known is not None and known[0] == now:
        return cast("T", known[1])
    value = work_out()
    store.kept[name] = (now, value)
    return value


def token(store: Store) -> int:
    """Another number after each change of a rule; asked once in a turn to write."""
    if store.rules_of_turn is not None:
        return store.rules_of_turn
    number: int = store.scalar("SELECT n FROM counter WHERE name = :name", name=_TOKEN) or 0
    if store.is_writing:
        store.rules_of_turn = number
    return number


def note_change(store: Store, entity: str, change_set_id: int) -> None:
    """Let all processes forget what they kept, if a record of that kind is a rule; inside a write."""
    if entity not in RULE_KINDS:
        return
    store.execute(
        "INSERT INTO counter (name, n) VALUES (:name, :token)"
        " ON CONFLICT (name) DO UPDATE SET n = excluded.n WHERE counter.n <> excluded.n",
        name=_TOKEN,
        token=change_set_id,
    )
    store.rules_of_turn = None
    store.kept.clear()  # which another change of this transaction, with the same token, may have left behind
