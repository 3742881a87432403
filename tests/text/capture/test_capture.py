"""The line that registers a request: what is understood in three languages, and that nothing is ever lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.capture.hints import guessed_department, guessed_kind
from onewindow.text.capture.line import Part, given_back, read_line, title_of, with_part
from onewindow.text.dates import to_local

ZONE = "Europe/Moscow"
NOW = datetime(2026, 11, 25, 16, 40, tzinfo=ZoneInfo(ZONE))
"""A Wednesday afternoon."""


def said(text: str, part: Part) -> str:
    """The words of a part as they were typed."""
    return text[part.start : part.end]


def understood(text: str) -> dict[str, str]:
    return {part.role: part.value for part in read_line(text, NOW) if part.role != "title"}


def title(text: str) -> str:
    return title_of(text, read_line(text, NOW))


def promised(text: str) -> str:
    at = understood(text).get("promised")
    return f"{to_local(at, ZONE):%d.%m %H:%M}" if at else ""


def test_the_whole_line() -> None:
    line = "ромашка врач не может войти !высокий @иванов #доступ до пт"

    assert title(line) == "ромашка врач не может войти"
    assert understood(line) == {
        "priority": "high",
        "assignee": "иванов",
        "kind": "access",
        "promised": "2026-11-27T15:00:00Z",
    }


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("акт до пт", "27.11 18:00"),
        ("акт до 15:00", "26.11 15:00"),
        ("акт до 17:30", "25.11 17:30"),
        ("акт до 15.30", "26.11 15:30"),
        ("акт до 19 часов", "25.11 19:00"),
        ("акт завтра к обеду", "26.11 12:00"),
        ("завтра к обеду прислать акт", "26.11 12:00"),
        ("акт к пятнице", "27.11 18:00"),
        ("акт не позднее понедельника", "30.11 18:00"),
        ("акт до конца дня", "25.11 18:00"),
        ("акт до конца недели", "27.11 18:00"),
        ("акт до 25 декабря в 10:00", "25.12 10:00"),
        ("акт до 1-го", "01.12 18:00"),
        ("акт до 05.01", "05.01 18:00"),
        ("перезвонить через 2 часа", "25.11 18:40"),
        ("перезвонить через полчаса", "25.11 17:10"),
        ("перезвонить завтра", "26.11 18:00"),
        ("акт до петък", "27.11 18:00"),
        ("акт до петък 14:00", "27.11 14:00"),
        ("акт до четвъртъка", "26.11 18:00"),
        ("акт до 2 дни", "27.11 18:00"),
        ("акт до края на седмицата", "27.11 18:00"),
        ("обаждане след 2 часа", "25.11 18:40"),
        ("обаждане утре в 10:00", "26.11 10:00"),
        ("фактура най късно до вторник", "01.12 18:00"),
        ("invoice by fri 14:00", "27.11 14:00"),
        ("invoice by 3pm", "26.11 15:00"),
        ("invoice by nov 30", "30.11 18:00"),
        ("invoice by end of day", "25.11 18:00"),
        ("call back in 2h", "25.11 18:40"),
        ("call back in an hour", "25.11 17:40"),
        ("call back tomorrow", "26.11 18:00"),
        ("invoice no later than monday", "30.11 18:00"),
        ("invoice +3d", "28.11 18:00"),
    ],
)
def test_promises_in_three_languages(text: str, moment: str) -> None:
    assert promised(text) == moment
    assert title(text) in (
        "акт",
        "прислать акт",
        "перезвонить",
        "обаждане",
        "фактура",
        "invoice",
        "call back",
    )


@pytest.mark.parametrize(
    "text",
    [
        "перенести обучение на завтра",
        "отчёт за пятницу",
        "не печатает со вчера",
        "добавить до 15 человек",
        "встреча прошла в 15:00 хорошо",
        "report for friday",
        "счёт 10.11 не пришёл до сих пор",
        "до",
    ],
)
def test_what_is_no_promise_stays_in_the_title(text: str) -> None:
    assert promised(text) == ""
    assert title(text) == text


@pytest.mark.parametrize(
    ("text", "role", "value"),
    [
        ("x !", "priority", "high"),
        ("x !!", "priority", "urgent"),
        ("x !срочно", "priority", "urgent"),
        ("x !спешно", "priority", "urgent"),
        ("x !urgent", "priority", "urgent"),
        ("x !висок", "priority", "high"),
        ("x !низкий", "priority", "low"),
        ("x #доступ", "kind", "access"),
        ("x #достъп", "kind", "access"),
        ("x #access", "kind", "access"),
        ("x #жалоба", "kind", "complaint"),
        ("x #оплакване", "kind", "complaint"),
        ("x #лид", "department", "sales"),
        ("x #lead", "department", "sales"),
        ("x #долг", "department", "finance"),
        ("x #дълг", "department", "finance"),
        ("x #debt", "department", "finance"),
        ("x #склад,", "tag", "склад"),
        ("x @иванов,", "assignee", "иванов"),
        ("x 8 912 345-67-89", "number", "8 912 345-67-89"),
        ("x kim@romashka.example", "number", "kim@romashka.example"),
    ],
)
def test_marks(text: str, role: str, value: str) -> None:
    assert understood(text) == {role: value}
    assert title(text) == "x"


@pytest.mark.parametrize("text", ["не работает!", "заказ #123", "C# @", "!так", "x !!!!", "по адресу@"])
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert title(text) == text
    assert understood(text) == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("врач не может войти", "access"),
        ("забыли пароль", "access"),
        ("нужен акт за октябрь", "documents"),
        ("программа не работает", "fault"),
        ("жалуется на срок", "complaint"),
        ("обучение новых людей", "training"),
        ("как сделать отчёт", "question"),
        ("няма достъп", "access"),
        ("издайте фактура", "documents"),
        ("програмата не работи", "fault"),
        ("оплакване от клиент", "complaint"),
        ("cannot login", "access"),
        ("the report crashed", "fault"),
        ("send the invoice", "documents"),
        ("упаковка помялась", ""),
    ],
)
def test_the_kind_is_guessed_from_words(text: str, kind: str) -> None:
    assert guessed_kind(text.split())[0] == kind


def test_a_lead_and_a_debt_are_heard() -> None:
    assert guessed_department(["спрашивает", "про", "задолженность"]) == ("finance", "задолженность")
    assert guessed_department(["потенциальный", "клиент"])[0] == "sales"
    assert guessed_department(["не", "печатает"]) == ("", "")


def test_a_part_given_back_is_title_again() -> None:
    text = "акт до пт !"
    parts = given_back(read_line(text, NOW), "promised")

    assert title_of(text, parts) == "акт до пт"
    assert [part.role for part in parts] == ["title", "priority"]


_WORDS = (
    "ромашка C-17 до пт 15:00 завтра к обеду ! !! !срочно @иванов #доступ #лид in 2h через час by fri 31.02"
    " до 99:99 25 декабря 8 912 345-67-89 a@b.cc «x» +9999y @ # \u202e \x1b[0m ё"
)
_PIECES = st.sampled_from([*_WORDS.split(), ""])
_LINES = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map(" ".join))


@given(_LINES, st.datetimes(timezones=st.just(ZoneInfo("Europe/Sofia"))))
def test_every_letter_is_in_one_part_and_no_word_is_lost(text: str, now: datetime) -> None:
    parts = read_line(text, now)

    assert "".join(said(text, part) for part in parts) == text
    assert all(part.start < part.end for part in parts)
    left = title_of(text, parts)
    for part in parts:
        if part.role == "title":
            for word in said(text, part).split():
                assert word.strip(" ,;:") in left


@given(_LINES, st.integers(0, 60), st.integers(0, 60))
def test_a_new_part_never_breaks_the_cover(text: str, start: int, length: int) -> None:
    parts = with_part(read_line(text, NOW), Part("client", start, start + length, "1"))

    assert "".join(said(text, part) for part in parts) == text


@given(st.lists(_PIECES, max_size=12).map(" ".join), st.integers(0, 10**7))
def test_what_is_promised_lies_ahead(text: str, seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)
    at = next((part.value for part in read_line(text, now) if part.role == "promised"), None)

    assert at is None or datetime.fromisoformat(at) > now


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("invoice by 2:30 pm tomorrow", "26.11 14:30"),
        ("invoice by 2:30 tomorrow", "26.11 02:30"),
        ("invoice by tomorrow 11:15 am", "26.11 11:15"),
        ("invoice by 12:00 am tomorrow", "26.11 00:00"),
        ("invoice by 12:30 pm tomorrow", "26.11 12:30"),
        ("акт до 15:00 завтра", "26.11 15:00"),
    ],
)
def test_a_time_of_day_takes_its_half_with_it(text: str, moment: str) -> None:
    assert promised(text) == moment
    assert title(text) in ("invoice", "акт")


def test_words_that_tell_a_fault_only_together_are_given_back_together() -> None:
    assert guessed_kind(["касса", "не", "работает", "вторую", "неделю"]) == ("fault", "не работает")
    assert guessed_kind(["касса", "не"]) == ("", "")
    assert guessed_kind(["касса", "зависла", "не", "работает"]) == ("fault", "зависла")
