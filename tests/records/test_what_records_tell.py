"""Small rules that records carry themselves: absences, the order of what happened, leads, licences, terms."""

from __future__ import annotations

import dataclasses
import json
from itertools import permutations

import pytest

from onewindow.records.absences import (
    Absence,
    absence_on,
    absence_values,
    absences_of,
    as_document,
    current_or_next,
    deputy_on,
)
from onewindow.records.adoption import Licence, is_in_force
from onewindow.records.by_name import client_id_of, number_of, value_if_any, value_of
from onewindow.records.choice_words import words_of
from onewindow.records.clients import Client, Promise, is_lead
from onewindow.records.event_order import in_order, in_order_of_each, went_back
from onewindow.records.fields import attribute_of
from onewindow.records.handover import Handover, term_item
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, RequestEvent

_SPRING = Absence("2026-03-02", "2026-03-06")
_SUMMER = Absence("2026-07-06", "2026-07-19", deputy_id=9)
_OPEN = Absence("2026-11-23")
_BORIS = Staff(name="Boris", login="boris", deputy_id=4, absences=as_document([_OPEN, _SPRING, _SUMMER]))


def test_absences_are_kept_and_come_back_by_their_first_day() -> None:
    assert absences_of(_BORIS) == (_SPRING, _SUMMER, _OPEN)
    assert [each["from"] for each in json.loads(_BORIS.absences)] == [
        "2026-03-02",
        "2026-07-06",
        "2026-11-23",
    ]
    assert as_document([]) == ""


@pytest.mark.parametrize("written", ["", "{", "[1]", '[{"till": "2026-01-02"}]', "7"])
def test_a_list_that_cannot_be_read_leaves_the_absence_of_the_old_fields(written: str) -> None:
    away = Staff(
        name="Boris", login="boris", absences=written, away_from="2026-01-01", away_till="2026-01-02"
    )
    assert absences_of(away) == (Absence("2026-01-01", "2026-01-02"),)
    assert absences_of(away.with_changes({"away_from": None})) == ()


@pytest.mark.parametrize(
    ("day", "absence", "deputy", "next_one"),
    [
        ("2026-03-01", None, 4, _SPRING),
        ("2026-03-02", _SPRING, 4, _SPRING),
        ("2026-03-06", _SPRING, 4, _SPRING),
        ("2026-03-07", None, 4, _SUMMER),
        ("2026-07-06", _SUMMER, 9, _SUMMER),
        ("2026-07-19", _SUMMER, 9, _SUMMER),
        ("2026-07-20", None, 4, _OPEN),
        ("2026-11-22", None, 4, _OPEN),
        ("2026-11-23", _OPEN, 4, _OPEN),
        ("2027-11-23", _OPEN, 4, _OPEN),
    ],
)
def test_an_absence_covers_its_first_and_its_last_day(
    day: str, absence: Absence | None, deputy: int, next_one: Absence
) -> None:
    assert absence_on(_BORIS, day) == absence
    assert deputy_on(_BORIS, day) == deputy
    assert current_or_next(_BORIS, day) == next_one


def test_who_was_never_away_is_here_on_every_day() -> None:
    assert absence_on(Staff(name="Anna", login="anna"), "2026-03-02") is None
    assert current_or_next(Staff(name="Anna", login="anna"), "2026-03-02") is None


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        (Absence("2026-02-20", "2026-03-01"), False),
        (Absence("2026-02-20", "2026-03-02"), True),
        (Absence("2026-03-03", "2026-03-05"), True),
        (Absence("2026-03-06"), True),
        (Absence("2026-03-07"), False),
    ],
)
def test_absences_overlap_where_they_share_a_day(other: Absence, shares: bool) -> None:
    assert (_SPRING.overlaps(other), other.overlaps(_SPRING)) == (shares, shares)


@pytest.mark.parametrize(
    ("today", "nearest"),
    [
        ("2026-03-06", ("2026-03-02", "2026-03-06")),
        ("2026-03-07", ("2026-07-06", "2026-07-19")),
        ("2026-07-20", ("2026-11-23", None)),
    ],
)
def test_the_days_of_the_nearest_absence_stand_in_the_record(
    today: str, nearest: tuple[str, str | None]
) -> None:
    values = absence_values([_OPEN, _SUMMER, _SPRING], today)
    assert (values["away_from"], values["away_till"]) == nearest
    assert values["absences"] == _BORIS.absences


def test_after_all_absences_the_last_one_stands_in_the_record() -> None:
    values = absence_values([_SUMMER, _SPRING], "2026-08-01")
    assert (values["away_from"], values["away_till"]) == ("2026-07-06", "2026-07-19")
    assert absence_values([], "2026-08-01") == {"absences": "", "away_from": None, "away_till": None}


def _event(
    number: int, minute: int, kind: str = "note", *, after: object = None, of: int = 1
) -> RequestEvent:
    return RequestEvent(
        id=number,
        request_id=of,
        event_kind=kind,  # pyright: ignore[reportArgumentType]
        at=f"2026-11-23T09:{minute:02}:00Z",
        detail="" if after is None else json.dumps({"after": after}),
    )


def _ids(events: list[RequestEvent]) -> list[int]:
    return [event.id for event in events]


def test_events_come_by_time_then_id_and_the_opening_first_whatever_its_time() -> None:
    events = [_event(3, 5), _event(2, 5), _event(4, 1), _event(1, 30, "opened")]
    for given in permutations(events):
        assert _ids(in_order(given)) == [1, 4, 2, 3]


def test_what_was_noted_after_another_stands_right_behind_it_with_its_own_effects() -> None:
    events = [
        _event(1, 0, "opened"),
        _event(2, 20),
        _event(3, 10, after="2"),
        _event(4, 5, after="3"),
        _event(5, 15, after="2"),
        _event(6, 40),
        _event(7, 30, after="99"),
    ]
    for given in (events, events[::-1]):
        assert _ids(in_order(given)) == [1, 2, 3, 4, 5, 7, 6]


@pytest.mark.parametrize("after", ["", "first", 2, ["2"], {"2": 2}])
def test_a_cause_that_is_no_id_moves_nothing(after: object) -> None:
    assert _ids(in_order([_event(2, 20), _event(3, 10, after=after)])) == [3, 2]


def test_events_that_name_each_other_stay_in_the_order_of_time() -> None:
    assert _ids(in_order([_event(2, 20, after="3"), _event(3, 10, after="2"), _event(1, 30)])) == [3, 2, 1]


def test_events_of_several_requests_come_request_by_request() -> None:
    events = [_event(4, 1, of=2), _event(3, 2, of=1), _event(2, 0, of=2), _event(1, 9, "opened", of=1)]
    assert _ids(in_order_of_each(events)) == [1, 3, 2, 4]


def test_a_time_before_the_latest_so_far_went_back() -> None:
    first, ahead, back, further, same, on = (
        _event(n, minute) for n, minute in enumerate((0, 30, 10, 20, 30, 31))
    )
    told = list(went_back([first, ahead, back, further, same, on]))
    assert told == [(back, ahead), (further, ahead)]


@pytest.mark.parametrize(
    ("stage", "tags", "is_one"),
    [
        ("handover", "lead", True),
        ("handover", "vip lead", True),
        ("handover", "leader", False),
        ("handover", "", False),
        ("active", "lead", False),
    ],
)
def test_a_lead_is_one_that_sales_has_not_handed_over(stage: str, tags: str, is_one: bool) -> None:
    assert is_lead(Client(name="x", stage=stage, tags=tags)) is is_one  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "days"),
    [
        ("2026-11-23", "2026-11-24", [False, True, True, False]),
        (None, "2026-11-23", [True, True, False, False]),
        ("2026-11-24", None, [False, False, True, True]),
        (None, None, [True, True, True, True]),
    ],
)
def test_a_licence_counts_from_its_first_to_its_last_day(
    starts_on: str | None, ends_on: str | None, days: list[bool]
) -> None:
    licence = Licence(product_id=1, starts_on=starts_on, ends_on=ends_on)
    assert [is_in_force(licence, f"2026-11-{day}") for day in (22, 23, 24, 25)] == days


def test_a_special_term_is_handed_over_as_a_line_of_its_handover() -> None:
    line = term_item(Handover(id=7, client_id=3), Promise(id=5, client_id=3, text="two engineers on Mondays"))
    told = (line.client_id, line.handover_id, line.title, line.item_kind, line.promise_id)
    assert told == (3, 7, "two engineers on Mondays", "term", 5)


def test_fields_are_read_by_name() -> None:
    request = Request(client_id=3, number=17)
    assert (value_of(request, "number"), value_if_any(request, "number")) == (17, 17)
    assert (value_if_any(request, "slug"), value_if_any(request, "slug", 0)) == ("", 0)
    assert (client_id_of(request), client_id_of(Client(name="x")), client_id_of(None)) == (3, None, None)
    assert (number_of(request), number_of(_BORIS)) == (17, 0)
    with pytest.raises(AttributeError):
        value_of(request, "slug")
    with pytest.raises(KeyError):
        attribute_of(Request, "slug")


@pytest.mark.parametrize(
    ("kind", "field", "choice", "word"),
    [
        ("contact", "preferred_channel", "phone", "звонок"),
        ("training", "state", "passed", "сдано"),
        ("learner", "state", "passed", "сдано"),
        ("message", "purpose", "service", "обслуживание"),
        ("announcement", "purpose", "service", "обслуживание"),
        ("request", "priority", "urgent", "срочно"),
        ("", "channel", "phone", "звонок"),
    ],
)
def test_choices_that_mean_the_same_have_the_same_words(
    kind: str, field: str, choice: str, word: str
) -> None:
    words = [each.strip() for each in words_of(kind, field)[choice].split(";")]
    assert word in words


def test_a_record_is_what_was_given_and_stays_so() -> None:
    request = Request(title="x", number=17)
    assert request.with_changes({"number": 18}) == Request(title="x", number=18)
    assert request != Request(title="x", number=18)
    assert request != Client(name="x")
    assert hash(request) == hash(Request(title="y", number=17))
    for change in ({"nummer": 1}, {"title": "y", "colour": "red"}):
        with pytest.raises(TypeError):
            request.with_changes(change)
    with pytest.raises(TypeError, match="Request has no field colour, nummer"):
        Request(nummer=1, colour="red")  # pyright: ignore[reportCallIssue]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'title'"):
        request.title = "y"  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'title'"):
        del request.title  # pyright: ignore[reportAttributeAccessIssue]
    assert repr(Staff(name="Anna")).startswith("Staff(id=0, version=1, created_at='', updated_at=''")
