"""Every spelling of a day and a time of day that files have: names of months, weekdays, figures, clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from onewindow.exchange.columns.dates import OrderEvidence, ReadDate, is_empty_date, read_date

_MONTHS = (
    "january jan январь января янв януари яну",
    "february feb февраль февраля фев февр февруари",
    "march mar март марта мар",
    "april apr апрель апреля апр април",
    "may май мая",
    "june jun июнь июня июн юни",
    "july jul июль июля июл юли",
    "august aug август августа авг",
    "september sep sept сентябрь сентября сен сент сеп септември септ",
    "october oct октябрь октября окт октомври",
    "november nov ноябрь ноября ноя нояб ное ноември ноем",
    "december dec декабрь декабря дек декември",
)
_WEEKDAYS = """
    Monday Mon понедельник пн понеделник пон Tuesday Tue Tues вторник вт Wednesday Wed среда среду ср сряда
    Thursday Thu Thur Thurs четверг чт четвъртък Friday Fri пятница пятницу пт петък
    Saturday Sat суббота субботу сб събота Sunday Sun воскресенье вс неделя нд нед
"""


@pytest.mark.parametrize("month", range(1, 13))
def test_names_of_months_in_three_languages(month: int) -> None:
    for name in _MONTHS[month - 1].split():
        for text in (f"5 {name} 2026", f"5 {name.upper()} 2026 г.", f"5-{name}-26", f"{name} 5, 2026"):
            assert read_date(text).day == date(2026, month, 5), text
        for text in (f"{name} 2026", f"{name.title()} 2026 г.", f"{name}, 2026 год", f"{name}. 2026 година"):
            assert read_date(text).day == date(2026, month, 1), text


def test_a_weekday_before_a_day_says_nothing() -> None:
    for name in _WEEKDAYS.split():
        for text in (f"{name} 5.11.2026", f"{name}, 5 ноября 2026", f"{name}. 5.11.2026"):
            assert read_date(text).day == date(2026, 11, 5), text
    assert read_date("Jeu., 5.11.2026").day == date(2026, 11, 5)
    with pytest.raises(ValueError, match="“уж 5 ноября 2026” is not a date"):
        read_date("уж 5 ноября 2026")


_DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        # Days alone, also with words that say no other day.
        *(
            (f"{word} 05.11.2026", ReadDate(_DAY))
            for word in ("до", "ДО", "по", "не позднее", "by", "until", "till")
        ),
        *((f"{word} 05.11.2026", ReadDate(_DAY)) for word in ("before", "от", "на", "за", "from", "on")),
        *(
            (text, ReadDate(_DAY))
            for text in ("2026-11-5", "05-11-2026", "20261105", "5/11/26", "2026/11/05")
        ),
        *(
            (text, ReadDate(_DAY))
            for text in ("5.11.2026г", "5.11.2026 г.", "5-го ноября 2026", "5th of Nov 2026")
        ),
        *((text, ReadDate(_DAY)) for text in ("2026-W45-4", "2026W454", "2026w45-4", "46331")),
        # The first day of a month or of a week that stands alone.
        *((text, ReadDate(date(2026, 11, 1))) for text in ("2026-11", "11.2026", "11/2026", "ноябрь 2026")),
        ("2026-W45", ReadDate(date(2026, 11, 2))),
        # Years of two figures.
        *((("5.11.69", ReadDate(date(2069, 11, 5)))), ("5.11.70", ReadDate(date(1970, 11, 5)))),
        # Times of day.
        *(
            (text, ReadDate(_DAY, time(14, 7)))
            for text in ("5.11.2026 14:07", "5.11.2026, 14.07", "5.11.2026T14:07")
        ),
        *(
            (text, ReadDate(_DAY, time(14, 7)))
            for text in ("5 ноября 2026 г. в 14:07", "Nov 5, 2026 at 2:07 PM")
        ),
        *(
            (text, ReadDate(_DAY, time(14, 7)))
            for text in ("14:07 5.11.2026", "14:07, 05.11.2026", "2:07pm 5.11.2026")
        ),
        *(
            (text, ReadDate(_DAY, time(14, 7)))
            for text in ("20261105T1407", "20261105T140700", "5.11.2026 0:00:00 14:07")
        ),
        *((text, ReadDate(_DAY, time(14, 7))) for text in ("2026-11-05 00:00:00 1899-12-30 14:07:00",)),
        *((text, ReadDate(_DAY, time(14, 7))) for text in ("2026-11-05 00:00:00.000 1899-12-31T14:07",)),
        ("5.11.2026 14:07:09", ReadDate(_DAY, time(14, 7, 9))),
        ("5.11.2026 14:07:09,513", ReadDate(_DAY, time(14, 7, 9))),
        ("2026-11-05T14:07:09.513Z", ReadDate(_DAY, time(14, 7, 9), UTC)),
        ("46331,5", ReadDate(_DAY, time(12))),
        ("46331.75", ReadDate(_DAY, time(18))),
        ("5.11.2026 12:30 a.m.", ReadDate(_DAY, time(0, 30))),
        ("5.11.2026 12:30 P.M.", ReadDate(_DAY, time(12, 30))),
        ("5.11.2026 1:30 am", ReadDate(_DAY, time(1, 30))),
        # Seconds and milliseconds since 1970 are moments.
        ("1793887629", ReadDate(_DAY, time(14, 7, 9), UTC)),
        ("1793887629513", ReadDate(_DAY, time(14, 7, 9), UTC)),
        # Zones, also without a time.
        ("2026-11-05Z", ReadDate(_DAY, None, UTC)),
        ("2026-11-05T24:00", ReadDate(_DAY, time(), None, ends_day=True)),
        ("Thu Nov 5 14:07:09 UTC 2026", ReadDate(_DAY, time(14, 7, 9), UTC)),
        ("Nov 5 14:07 2026", ReadDate(_DAY, time(14, 7))),
        ("14:07 UTC 5.11.2026", ReadDate(_DAY, time(14, 7), UTC)),
    ],
)
def test_spellings_of_a_day_and_a_time(text: str, read: ReadDate) -> None:
    assert read_date(text) == read


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", "dmy", date(2026, 4, 3)),
        ("03/04/2026", "mdy", date(2026, 3, 4)),
        ("26/03/04", "ymd", date(2026, 3, 4)),
        ("2026-03-04", "mdy", date(2026, 3, 4)),
        ("03.04.2026", "mdy", date(2026, 4, 3)),
        ("13/04/2026", "mdy", date(2026, 4, 13)),
        ("04/13/2026", "dmy", date(2026, 4, 13)),
    ],
)
def test_the_order_of_a_column_counts_where_figures_leave_it_open(text: str, order: str, day: date) -> None:
    assert read_date(text, order).day == day  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "text",
    [
        *("29999", "60000", "0", "123456789", "12345678901", "18991105", "21001105", "20261305"),
        *("5.11.2026 14:60", "5.11.2026 24:01", "5.11.2026 13:00 pm", "5.11.2026 0:30 am", "5.11.2026 x"),
        *("2026-W54", "2026-W45-8", "13.2026", "мартобря 2026", "5 foo 2026", "2026", "5.11", "31.11.2026"),
        *("99999999999999", "9" * 400),
    ],
)
def test_what_is_no_day_is_refused_by_its_first_letters(text: str) -> None:
    with pytest.raises(ValueError, match=f"^“{text[:40]}” is not a (date|time zone)$"):
        read_date(text)


def test_moments_take_clock_and_zone_of_the_column_where_the_cell_has_none() -> None:
    moscow = ZoneInfo("Europe/Moscow")
    told = {
        text: read_date(text).moment(time(9), moscow).astimezone(UTC)
        for text in ("5.11.2026", "5.11.2026 14:07", "2026-11-05T14:07Z", "5.11.2026 24:00")
    }
    assert list(told.values()) == [
        datetime(2026, 11, 5, 6, tzinfo=UTC),
        datetime(2026, 11, 5, 11, 7, tzinfo=UTC),
        datetime(2026, 11, 5, 14, 7, tzinfo=UTC),
        datetime(2026, 11, 5, 21, tzinfo=UTC),
    ]


def test_a_short_year_lies_behind_the_latest_day_only_where_it_must() -> None:
    latest = date(2026, 11, 5)
    read = [read_date(text, latest=latest).day for text in ("5.11.26", "6.11.26", "6.11.2026", "1.1.71")]
    assert read == [latest, date(1926, 11, 6), date(2026, 11, 6), date(1971, 1, 1)]


_NONE_OR_NO_END = """
    1.1.1; 01.01.0001; 01.01.1601; 1753-01-01; 30.12.1899; 31.12.1899; 01.01.1900; 31.12.2999; 31.12.3999;
    31.12.4712; 31.12.9999; 1970-01-01 00:00; 01.01.1970 00:00:00; 0; 00.00.0000; 0000-00-00 00:00:00; . .;
    __.__.____; -; T; 0000-00-00T00:00:00Z; 00.00.0000 +00:00; бессрочно; Бессрочный; безсрочно; безсрочен;
    NEVER; perpetual; без срока; Без  срок; не закрыта; не закрыт; no end; Not closed
"""


def test_what_others_write_for_no_day_and_for_no_end() -> None:
    cells = [cell.strip() for cell in _NONE_OR_NO_END.split(";")]
    cells.remove("1.1.1")
    assert [cell for cell in cells if not is_empty_date(cell)] == []
    days = (
        "01.01.1970; 1970-01-01 00:01; 02.01.1601; 1753-01-02; 29.12.1899; 02.01.1900; 30.12.2999; 31.12.3998"
    )
    others = f"{days}; 31.12.4711; 30.12.9999; 1.1.2001; 1900; когда-нибудь; срочно; 1970 год".split("; ")
    assert [cell for cell in others if is_empty_date(cell)] == []


@pytest.mark.parametrize(
    ("cells", "order", "unclear"),
    [
        (["12/12/2026"], "dmy", ""),
        (["12/11/2026"], None, "12/11/2026"),
        (["12/13/2026"], "mdy", ""),
        (["13/12/2026"], "dmy", ""),
        (["13/13/2026"], "dmy", ""),
        (["Mon 12/13/2026"], "mdy", ""),
        (["3/4/26", "5/6/26"], None, "3/4/26"),
        (["3/4/26", "5/16/26"], "mdy", "3/4/26"),
        (["3/4", "x", ""], "dmy", ""),
        (["16.04.2026", "04/16/2026"], "mdy", ""),
    ],
)
def test_what_the_cells_of_a_column_tell_of_its_order(
    cells: list[str], order: str | None, unclear: str
) -> None:
    evidence = OrderEvidence()
    for cell in cells:
        evidence.see(cell)
    assert (evidence.order, evidence.unclear) == (order, unclear)
