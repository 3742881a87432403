"""Lengths of time in cells, amounts with minor units, and which cells can be values of a kind of field."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onewindow.exchange.columns.durations import read_length
from onewindow.exchange.columns.fits import fits
from onewindow.exchange.columns.numbers import plain_number, with_minor_units

_WORDS = {
    "second": "s sec secs second seconds с сек секунд секунда секунды секунди",
    "minute": "m м min mins minute minutes мин минута минуту минуты минут минути",
    "hour": "h hr hrs hour hours ч час часа часов часове",
    "day": "d day days д дн день дня дней ден дни",
    "week": "w week weeks н неделю недели недель седмица седмици",
}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}


def test_words_of_lengths_in_three_languages() -> None:
    said = {word: _SECONDS[unit] for unit, words in _WORDS.items() for word in words.split()}
    for form in ("2 {}", "2{}.", "2,0 {}", "1 {0} 1 {0}", "1 {0}, 1 {0}", "1 {0} and 1 {0}", "1 {0} и 1 {0}"):
        read = {word: read_length(form.format(word)) for word in said}
        assert read == {word: timedelta(seconds=2 * seconds) for word, seconds in said.items()}, form


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        *(("90", unit, 90 * seconds) for unit, seconds in _SECONDS.items() if unit != "week"),
        *(("1,5", "hour", 5400), ("0.25", "day", 21_600), ("1.5", "", None), ("1,2,3", "hour", None)),
        *(("1:30", "hour", 5400), ("1:30:05", "", 5405), ("100:00", "", 360_000), ("0:00:01.9", "", 1)),
        *(("1:60", "", None), ("1:30:60", "", None), ("1:59:59", "", 7199), ("1:5", "", None)),
        *(
            (f"2 {word} 1:00:00", "", 176_400)
            for word in ("d", "day", "days", "д", "дн.", "дней", "дня", "день")
        ),
        *(("2 дни 1:00", "", 176_400), ("1 ден, 1:00", "", 90_000), ("2 1:00", "", 176_400)),
        *(
            ("P1D", "", 86_400),
            ("PT4H", "", 14_400),
            ("pt5m", "", 300),
            ("P1DT1H1M1.9S", "", 90_061),
            ("P", "", None),
        ),
        *(("1 d 2 h 3 min 4 s", "", 93_784), ("1 ч 20", "", None), ("5 мая", "", None), ("", "hour", None)),
        # Ten years are enough for anything that somebody waits for.
        *(("3660", "day", 316_224_000), ("3661", "day", None), ("1 д 2 ч", "", 93_600)),
    ],
)
def test_lengths_as_programs_write_them(text: str, unit: str, seconds: int | None) -> None:
    found = read_length(text, unit)
    assert (found and found.total_seconds()) == seconds


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("100 руб. 50 коп.", "100,50 руб"),
        ("1 234 р 5 к", "1 234,05 руб"),
        ("7 рублей 05 копеек", "7,05 руб"),
        ("1 рубль 1 копейка", "1,01 руб"),
        ("2 рубля 20 коп", "2,20 руб"),
        ("100 лв. 50 ст.", "100,50 лв"),
        ("3 лева 5 стотинки", "3,05 лв"),
        ("1 234-50", "1 234,50"),
        ("1234=05", "1234,05"),
        ("1234-5", "1234-5"),
        ("12-34-56", "12-34-56"),
        ("100 руб.", "100 руб."),
        ("100 руб. 505 коп.", "100 руб. 505 коп."),
    ],
)
def test_whole_and_minor_units_that_are_told_apart(text: str, written: str) -> None:
    assert with_minor_units(text) == written


@pytest.mark.parametrize(
    ("text", "mark", "written"),
    [
        *(("1e3", None, "1000.0000"), ("1,2E+06", None, "1200000.0000"), ("-5E-2", None, "-0.0500")),
        *(("(100)", None, "-100"), ("( 1,5 ) лв", None, "-1.5000  лв"), ("x", None, "x"), ("", None, "")),
        *(
            ("1,234", None, "1234"),
            ("1,234", ",", "1.2340"),
            ("0,234", None, "0.2340"),
            ("1234,567", None, "1234.5670"),
        ),
        *(("1.234.567", None, "1234567"), ("1,234.5", None, "1234.5000"), ("1.234,5", None, "1234.5000")),
        *(
            ("1,23", None, "1.2300"),
            ("12,3456", None, "12.3456"),
            ("1'234", None, "1234"),
            ("5 шт.", None, "5 шт."),
        ),
        *(
            ("1,234,567", ",", "1234567"),
            ("7", ",", "7"),
            ("1,50000", None, "1.5000"),
            ("1_000", None, "1000"),
        ),
    ],
)
def test_one_number_written_without_groups(text: str, mark: str | None, written: str) -> None:
    assert plain_number(text, mark) == written  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("kind", "fitting", "others"),
    [
        (
            "date",
            "5.11.2026; 2026-11-05; 11/25/2026; 99/11/25; бессрочно; 0000-00-00",
            "soon; 12; x5.11.2026",
        ),
        ("time", "5.11.2026 14:07; 1793887629", "14:07; x"),
        ("money", "5; 1 200,50 руб.; -7; 1,2", "x; руб.; ; 5 x 5"),
        ("number", "5; 0.5", "5%; x"),
        ("week", "45", "x"),
        ("country", "Япония; Russia; България", "RU; JPN; 1234; 0643; Narnia"),
        ("currency", "RUB; евро; $", "тугрики; x"),
        ("flag", "да; no; 1; x", "maybe; 2"),
        ("email", "a@b.c; @", "a.b.c"),
        ("phone", "12345; +7 (9)1-23; тел 1 2 3 4 5", "1234; x"),
        ("long_text", "a; 5 я", "5; -; 12.5"),
        ("text", "a; 5; -", ""),
        ("choice", "a; 5; -", ""),
    ],
)
def test_cells_that_can_be_values_of_a_kind(kind: str, fitting: str, others: str) -> None:
    yes, no = fitting.split("; "), [cell for cell in others.split("; ") if cell]
    assert {cell: fits(kind, [cell]) for cell in (*yes, *no)} == {  # pyright: ignore[reportArgumentType]
        **dict.fromkeys(yes, True),
        **dict.fromkeys(no, False),
    }


def test_four_of_five_cells_are_enough_and_no_cell_says_nothing() -> None:
    assert fits("email", ["a@b.c"] * 4 + ["x"])
    assert not fits("email", ["a@b.c"] * 3 + ["x"])
    assert fits("email", ["a@b.c", "x"], least=0.5)
    assert not fits("text", [])
