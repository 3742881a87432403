"""What a list asks for: by which day each kind is filtered, both ends of a span, values, and words."""

from __future__ import annotations

from datetime import date

import pytest
from rich_client import RichClient

from onewindow.desk.editing.filters import record_filter, when_field
from onewindow.desk.session.context import Session
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Touch

BY_DAY = {
    "announcement": "sent_on",
    "attendance": "at",
    "client": "since",
    "delivery": "at",
    "document": "issued_on",
    "feedback": "said_on",
    "handover": "sent_on",
    "licence": "ends_on",
    "observation": "observed_on",
    "opportunity": "expected_on",
    "plan": "started_on",
    "plan_step": "due_on",
    "promise": "due_on",
    "release": "released_on",
    "request": "opened_at",
    "revenue": "on_date",
    "session": "starts_at",
    "survey_response": "at",
    "task": "due_on",
    "touch": "at",
    "training": "planned_on",
    "usage": "week",
}


def test_a_span_of_days_means_the_day_of_the_kind() -> None:
    named = {name: when_field(name) for name in KINDS}
    assert {name: field for name, field in named.items() if field != "created_at"} == BY_DAY
    assert all(hasattr(KINDS[name].record(), field) for name, field in named.items())


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (None, None, True),
        ("2026-11-21", "2026-11-21", True),
        ("2026-11-21", None, True),
        (None, "2026-11-21", True),
        ("2026-11-22", None, False),
        (None, "2026-11-20", False),
        ("2026-11-19", "2026-11-20", False),
    ],
)
def test_both_ends_of_a_span_belong_to_it(
    first: str | None, last: str | None, fits: bool, session: Session
) -> None:
    # The evening of the 20th in London is the 21st in Moscow.
    touch = Touch(text="поговорили", at="2026-11-20T21:30:00Z")
    days = ((first and date.fromisoformat(first)) or None, (last and date.fromisoformat(last)) or None)
    asked = record_filter(session, "touch", {}, {}, days)
    assert (asked.fits is None or asked.fits(touch)) == fits


def test_a_week_is_its_monday_and_what_has_no_day_is_in_no_span(
    session: Session, rich_client: RichClient
) -> None:
    usage = rich_client.made["usage"][0]
    on = record_filter(session, "usage", {}, {}, (date(2026, 11, 23), date(2026, 11, 23)))
    assert on.fits is not None
    assert [on.fits(each) for each in (usage, rich_client.made["usage"][1])] == [True, False]
    undated = record_filter(session, "opportunity", {}, {}, (date(2000, 1, 1), None))
    assert undated.fits is not None
    assert not undated.fits(rich_client.made["opportunity"][0])


def test_one_value_is_asked_of_the_store_and_several_of_each_record(
    session: Session, rich_client: RichClient
) -> None:
    late, other, waiting, closed = rich_client.made["request"]
    asked = record_filter(session, "request", {"priority": ["urgent"]}, {}, (None, None))
    assert (dict(asked.equal), asked.fits, asked.any_state) == ({"priority": "urgent"}, None, False)
    either = record_filter(
        session, "request", {"status": ["new", "open"]}, {"title": ["ОТЧЁТ"]}, (None, None)
    )
    assert either.fits is not None
    assert [either.fits(each) for each in (late, other, waiting, closed)] == [True, False, False, False]
    assert (dict(either.equal), either.any_state) == ({}, True)
    words = record_filter(session, "request", {}, {"title": ["сотруднику доступ", "пароля"]}, (None, None))
    assert words.fits is not None
    assert [words.fits(each) for each in (late, other, waiting, closed)] == [False, True, False, True]
    empty = record_filter(session, "request", {}, {"tags": [""]}, (None, None))
    assert empty.fits is not None
    assert empty.fits(late)
