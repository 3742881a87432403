"""Places of templates are filled once, and what is empty stays visible."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.placeholders import fill, places_in, unfilled
from onewindow.text.spoken_dates import spoken_date, spoken_time

TODAY = date(2026, 11, 25)


def test_a_template_is_filled() -> None:
    assert fill("{contact}, номер { request }.", {"contact": "Анна", "request": "R-7"}) == "Анна, номер R-7."


def test_an_empty_place_waits_for_a_person() -> None:
    text = fill("до {due}, {due} {me}", {"due": "", "me": "Иванова"})
    assert text == "до ⟨due⟩, ⟨due⟩ Иванова"
    assert unfilled(text, {"due", "me"}) == ["due"]
    assert unfilled("⟨см. рисунок⟩", {"due"}) == []


def test_doubled_braces_are_plain_ones() -> None:
    assert fill("{{contact}} {contact}", {"contact": "А"}) == "{contact} А"
    assert places_in("{{contact}} {me}{me} {") == ["me"]


@pytest.mark.parametrize("hostile", ["{me}", "{me.__class__}", "{0}", "{{me}}", "%s", "\\1"])
def test_braces_in_a_value_fill_nothing(hostile: str) -> None:
    assert fill("{title}|{me}", {"title": hostile, "me": "тайна"}) == f"{hostile}|тайна"


def test_attributes_cannot_be_reached() -> None:
    assert places_in("{me.__class__}") == ["me.__class__"]
    assert fill("{me.__class__}", {"me": "x"}) == "⟨me.__class__⟩"


@given(st.text())
def test_text_without_braces_stays_as_it_is(text: str) -> None:
    plain = text.replace("{", "").replace("}", "")
    assert fill(plain, {}) == plain


@pytest.mark.parametrize(
    ("language", "same_year", "other_year"),
    [
        ("ru", "5 марта", "5 марта 2027 г."),
        ("bg", "5 март", "5 март 2027 г."),
        ("en", "5 March", "5 March 2027"),
    ],
)
def test_a_date_is_said_in_the_language(language: str, same_year: str, other_year: str) -> None:
    assert spoken_date(date(2026, 3, 5), language, TODAY) == same_year
    assert spoken_date(date(2027, 3, 5), language, TODAY) == other_year


def test_a_time_is_said_with_its_date() -> None:
    at = datetime(2026, 11, 25, 18, 0)  # noqa: DTZ001  a local time
    assert spoken_time(at, "ru", at) == "25 ноября, 18:00"
