"""What is known of a demo file: when it was built, and whether somebody has worked in it since."""

from __future__ import annotations

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store

BUILDER = "demo"
"""The actor of what a demo is built with."""


class DemoState(NamedTuple):
    """A file as `onewindow demo` finds it."""

    is_demo: bool
    """False also of a file whose clients are real."""
    clients: int
    made_at: str
    """UTC text, '' for a file without any history."""
    worked_at: str
    """When somebody last changed something or left a draft (UTC text), '' if nobody did."""


def read_demo_state(store: Store, mark: str, program: str) -> DemoState:
    """How a file stands: a demo has a setting called `mark`; what the `program` changes is nobody's work."""
    changed, made_at = store.rows(
        "SELECT MAX(CASE WHEN actor NOT IN (:builder, :program) THEN at END), MIN(at) FROM change_set",
        builder=BUILDER,
        program=program,
    )[0]
    typed = store.scalar("SELECT MAX(updated_at) FROM draft WHERE thrown_after IS NULL")
    return DemoState(
        is_demo=store.scalar("SELECT 1 FROM setting WHERE name = :name LIMIT 1", name=mark) is not None,
        clients=store.scalar("SELECT COUNT(*) FROM client"),
        made_at=made_at or "",
        worked_at=max(changed or "", typed or ""),
    )
