"""Which policies and calendars stood when, as the log tells."""

from __future__ import annotations

from pathlib import Path

from store_samples import change, new_store

from onewindow.records.organization import SlaPolicy, WorkingCalendar
from onewindow.store.changes import Transaction
from onewindow.store.people.policy_log import states

_HOURS = '{"zone": "UTC", "weekly": {"mon": ["09:00-18:00"]}}'
_MADE = "2024-01-01T09:00:00Z"


def test_policies_of_another_file_that_one_second_brought_stood_together(tmp_path: Path) -> None:
    """A copy must judge old requests as its original does, and not by the first policy that came over."""

    def bring(transaction: Transaction, name: str, priority: str) -> None:
        calendar = WorkingCalendar(name=f"week of {name}", hours=_HOURS, created_at=_MADE)
        week = transaction.insert(calendar)
        transaction.insert(
            SlaPolicy(
                name=name,
                calendar_id=week.id,
                priority=priority,
                first_response_min=60,
                valid_from="2024-01-01",
                created_at=_MADE,
            )
        )

    with new_store(tmp_path) as store:
        change(store, lambda transaction: bring(transaction, "general", ""))
        change(store, lambda transaction: bring(transaction, "high", "high"))
        first, *_ = states(store)
        assert first.since[0] == _MADE
        assert {each.name for each in first.policies} == {"general", "high"}
