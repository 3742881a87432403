"""Whose clients depend on which colleague being there."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.store.engine import Store


def client_ids(store: Store, staff_ids: Iterable[int]) -> set[int]:
    """The clients who have one of some colleagues as owner, as deputy, or as the deputy of their owner."""
    covered: set[int] = set()
    for staff_id in set(staff_ids):
        owners = store.rows(
            "SELECT id FROM staff WHERE deputy_id = :staff OR absences LIKE :named",
            staff=staff_id,
            named=f'%"deputy_id": {staff_id}%',
        )
        for (owner_id,) in ((staff_id,), *owners):
            covered |= _ids(store, "owner_id", owner_id)
        covered |= _ids(store, "deputy_id", staff_id)
    return covered


def _ids(store: Store, column: str, staff_id: int) -> set[int]:
    rows = store.rows(
        f"SELECT id FROM client WHERE {column} = :staff AND archived_at IS NULL", staff=staff_id
    )
    return {row[0] for row in rows}
