"""Dates and numbers as several countries write them, decided for a whole column."""

from __future__ import annotations

from datetime import date, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.exchange.columns.dates import OrderEvidence, read_date
from onewindow.exchange.columns.formats import survey_columns
from onewindow.exchange.columns.numbers import DecimalMark, MarkEvidence, plain_number
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import SourceRow
from onewindow.text.money import parse_number

_DAY = date(2017, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        *("2017-03-05", "05.03.2017", "5.3.17", "05/03/2017", "5 марта 2017 г.", "5 март 2017", "5-Mar-17"),
        *("Mar 5, 2017", "March 5th 2017", "20170305", "2017/3/5", "Sun, 5 Mar 2017", "5 мар. 2017"),
        *("2017-W09-7", "1488672000", "1488672000000"),
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    assert read_date(text).day == _DAY


@pytest.mark.parametrize("text", ["03/05/2017", "3/5/17", "3-5-2017"])
def test_the_month_comes_first_where_the_column_says_so(text: str) -> None:
    assert read_date(text, "mdy").day == _DAY


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2017-03-05T14:07:09Z", time(14, 7, 9)),
        ("2017-03-05 14:07:09 UTC", time(14, 7, 9)),
        ("05.03.2017 14:07", time(14, 7)),
        ("05/03/2017 2:07 PM", time(14, 7)),
        ("5 марта 2017 г., 14:07", time(14, 7)),
        ("2017-03-05 12:00 am", time(0, 0)),
    ],
)
def test_the_time_of_day_is_read_with_the_date(text: str, clock: time) -> None:
    assert (read_date(text).day, read_date(text).clock) == (_DAY, clock)


def test_the_distance_from_utc_is_kept() -> None:
    assert read_date("2017-03-05T14:07:09+03:00").zone == timezone(timedelta(hours=3))
    assert read_date("2017-03-05 14:07").zone is None


@pytest.mark.parametrize(
    "text", ["", "весной", "32.01.2017", "29.02.2017", "05.03.2017 25:00", "12345", "5 мартобря 2017"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        read_date(text)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2017", "13/04/2017"], "dmy"),
        (["03/04/2017", "04/13/2017"], "mdy"),
        (["03/04/2017", "04/05/2017"], None),
        (["03/04/2017", "13/04/2017", "04/13/2017"], None),
        (["03.04.2017", "04.05.2017"], "dmy"),
        (["05/05/2017", ""], "dmy"),
        (["2017-03-04", "март 2017"], "dmy"),
    ],
)
def test_a_column_decides_its_order_or_not_at_all(cells: list[str], order: str | None) -> None:
    evidence = OrderEvidence()
    for cell in cells:
        evidence.see(cell.strip())
    assert evidence.order == order


def test_an_unclear_column_is_named_with_the_option_that_decides() -> None:
    rows = [SourceRow(2, {"Close Date": "03/04/2017"})]

    with pytest.raises(FileProblem) as refused:
        survey_columns(rows, "d.csv", dates=["Close Date"], numbers=[], file_format="csv")

    sentence = str(refused.value)
    assert "column Close Date" in sentence
    assert "--dates" in sentence
    decided = survey_columns(rows, "d.csv", dates=["Close Date"], numbers=[], file_format="csv", order="mdy")
    assert decided.dates == {"Close Date": "mdy"}


def _mark_of(cells: list[str]) -> DecimalMark | None:
    evidence = MarkEvidence()
    for cell in cells:
        evidence.see(cell)
    return evidence.mark


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1 200,50", "1 200"], ["1200.50", "1200"]),
        (["1,200.50", "1,200"], ["1200.50", "1200"]),
        (["1.200,50", "1.200"], ["1200.50", "1200"]),
        (["1'200.50", "7"], ["1200.50", "7"]),
        (["12.5", "1.200"], ["12.5", "1.2"]),
        (["1,200", "3,400,000"], ["1200", "3400000"]),
        (["-1 200,50 руб.", "(12,5)"], ["-1200.50", "-12.5"]),
    ],
)
def test_a_column_decides_its_decimal_mark(cells: list[str], numbers: list[str]) -> None:
    mark = _mark_of(cells)
    read = [parse_number(plain_number(cell, mark).replace(" руб.", "")) for cell in cells]
    assert read == [parse_number(number) for number in numbers]


@given(st.integers(0, 10**9), st.sampled_from([(" ", ","), (",", "."), (".", ","), ("", "."), ("", ",")]))
def test_amounts_come_back_from_every_spelling(cents: int, marks: tuple[str, str]) -> None:
    groups, decimal = marks
    text = f"{cents // 100:,}".replace(",", groups) + f"{decimal}{cents % 100:02}"

    assert parse_number(plain_number(text, _mark_of([text, f"0{decimal}05"]))) * 100 == cents


@pytest.mark.parametrize(
    ("file_format", "cells", "marks"),
    [
        ("csv", ("1,5", "2"), {"n": ","}),
        ("csv", ("1.5", "2"), {"n": "."}),
        ("csv", ("1", "2"), {}),
        ("json", ("1", "2"), {"n": "."}),
        ("xlsx", ("1", "2"), {"n": "."}),
    ],
)
def test_the_decimal_mark_of_a_column_is_told_where_it_matters(
    file_format: str, cells: tuple[str, ...], marks: dict[str, str]
) -> None:
    rows = [SourceRow(place, {"n": cell}) for place, cell in enumerate(cells, 2)]
    found = survey_columns(rows, "a.csv", dates=(), numbers=("n",), file_format=file_format)
    assert (dict(found.marks), dict(found.dates)) == (marks, {})
