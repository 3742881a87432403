"""One style of days for people: in short, the year only where it is another one."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.text.dates import shorten_days, weekday_date

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("every 28 working days, last 12.10.2026", "every 28 working days, last 12.10"),
        ("complaint R-979 settled, 27.10.2025", "complaint R-979 settled, 27.10.25"),
        ("with us since 14.08.1998; none since 2026-11-02", "with us since 14.08.1998; none since 02.11"),
        ("31.02.2026 and 2026-13-01 are no days", "31.02.2026 and 2026-13-01 are no days"),
        ("версия 1.12.10.2026.5 and R-2026-11-02-x", "версия 1.12.10.2026.5 and R-2026-11-02-x"),
    ],
)
def test_full_days_of_a_sentence_are_shortened(stored: str, shown: str) -> None:
    assert shorten_days(stored, TODAY) == shown


def test_a_day_with_its_weekday() -> None:
    assert weekday_date(date(2026, 11, 27), TODAY) == "Fr 27.11"
    assert weekday_date(date(2025, 11, 28), TODAY) == "Fr 28.11.25"
