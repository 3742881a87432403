"""Closing documents by month: which months count, and when one is closed."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.acceptance_documents import Closing, closing_checklist, months_between


def test_full_months_since_the_start_count_the_running_one_does_not() -> None:
    assert months_between(date(2026, 8, 17), date(2026, 11, 23)) == ["2026-08", "2026-09", "2026-10"]
    assert months_between(date(2026, 11, 1), date(2026, 11, 30)) == []
    assert months_between(date(2020, 1, 1), date(2026, 2, 1), at_most=2) == ["2025-12", "2026-01"]


def test_a_month_lacks_what_is_not_there_and_the_best_of_several_counts() -> None:
    papers = [
        Closing("invoice", "2026-08", True),
        Closing("act", "2026-08", False),
        Closing("act", "2026-08", True),
        Closing("act", "2026-09", False),
    ]
    august, september, october = closing_checklist(["2026-08", "2026-09", "2026-10"], papers)
    assert august.is_closed
    assert (september.missing, september.unsigned) == (("invoice",), ("act",))
    assert october.missing == ("invoice", "act")


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_months_follow_one_another_and_all_are_over(start: date, today: date) -> None:
    months = months_between(start, today)
    assert months == sorted(set(months))
    assert len(months) <= 24
    assert all(month < today.isoformat()[:7] for month in months)
    assert all(month >= start.isoformat()[:7] for month in months)
