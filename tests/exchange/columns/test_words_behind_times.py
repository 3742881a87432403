"""Times of files with zones, at the end of a day, and the dates that other programs write for none."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from onewindow.exchange.columns.dates import is_empty_date, read_date

_HALF_PAST_ELEVEN = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-25 14:30 MSK", "25.11.2026 14:30 мск", "25.11.2026 14:30 МСК", "25.11.2026 12:30 МСК-2"),
        *("2026-11-25T14:30:00 Europe/Moscow", "2026-11-25T14:30:00+03:00[Europe/Moscow]"),
        *("Wed, 25 Nov 2026 14:30:00 +0300 (MSK)", "25.11.2026 14:30 (GMT+3)", "25.11.2026 14:30 UTC+03:00"),
        *("25.11.2026 14:30 (UTC+03:00) Moscow, St. Petersburg", "25.11.2026 14:30 по московскому времени"),
        *("25 ноября 2026 г. в 14:30 по Москве", "Wed Nov 25 14:30:00 MSK 2026", "20261125T113000Z"),
        *("Wed Nov 25 2026 14:30:00 GMT+0300 (Moscow Standard Time)", "2026-11-25t11:30:00z"),
        *(
            "11/25/2026 6:30 AM EST",
            "2026-11-25 12:30 CET",
            "25.11.2026 13:30 ч. EET",
            "14:30 MSK 2026-11-25",
        ),
    ],
)
def test_a_zone_behind_a_time_counts(text: str) -> None:
    found = read_date(text, "mdy" if "/" in text and "Europe" not in text else "dmy")
    assert found.moment(time(9), ZoneInfo("Asia/Tokyo")) == _HALF_PAST_ELEVEN


@pytest.mark.parametrize(
    "text", ["25.11.2026 14:30 IST", "25.11.2026 14:30 чушь", "2026-11-25 14:30 Europe/Nowhere"]
)
def test_what_may_be_another_instant_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone"):
        read_date(text)


def test_a_bulgarian_hour_is_no_zone() -> None:
    found = read_date("25.11.2026 г. 14:30 ч.")
    assert (found.day, found.clock, found.zone) == (date(2026, 11, 25), time(14, 30), None)


@pytest.mark.parametrize("text", ["25.11.2026 24:00", "2026-11-25T24:00:00Z", "24:00 25.11.2026"])
def test_24_00_ends_the_day_that_it_names(text: str) -> None:
    found = read_date(text)
    assert found.day == date(2026, 11, 25)
    assert found.moment(time(9), UTC) == datetime(2026, 11, 26, tzinfo=UTC)
    with pytest.raises(ValueError, match="is not a date"):
        read_date("25.11.2026 24:01")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12.03.58", date(1958, 3, 12)),
        ("24.11.26", date(1926, 11, 24)),
        ("23.11.26", date(2026, 11, 23)),
        ("12 марта 58", date(1958, 3, 12)),
        ("12.03.2058", date(2058, 3, 12)),
    ],
)
def test_two_figures_of_a_year_lie_behind_where_a_thing_has_happened(text: str, day: date) -> None:
    assert read_date(text, latest=date(2026, 11, 23)).day == day


@pytest.mark.parametrize(
    "text",
    [
        *(
            "01.01.0001",
            "01.01.0001 0:00:00",
            "0001-01-01T00:00:00",
            "30.12.1899",
            "1899-12-31",
            "01.01.1900",
        ),
        *(
            "1753-01-01 00:00:00.000",
            "31.12.9999",
            "9999-12-31T23:59:59Z",
            "31.12.3999 23:59:59",
            "1601-01-01",
        ),
        *(
            "0000-00-00",
            "0000-00-00 00:00:00",
            "00.00.0000",
            "  .  .    ",
            "__.__.____",
            "0",
            "1970-01-01 00:00:00",
        ),
    ],
)
def test_dates_that_programs_write_for_none_are_none(text: str) -> None:
    assert is_empty_date(text)


@pytest.mark.parametrize(
    "text", ["1970-01-01", "02.01.1900", "01.01.2001", "31.12.2026", "01.01.1970 09:30", "чушь"]
)
def test_other_dates_are_dates(text: str) -> None:
    assert not is_empty_date(text)
