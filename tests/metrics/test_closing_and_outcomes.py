"""Months of service and their papers, what followed an announcement, licences in use, volumes in words."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from onewindow.metrics.acceptance_documents import Closing, Month, closing_checklist, months_between
from onewindow.metrics.announcement_effects import Comparison, compared, first_use
from onewindow.metrics.announcement_effects import Group as Side
from onewindow.metrics.announcement_outcomes import (
    OpportunityInput,
    Party,
    SaleInput,
    comparisons,
    effect_of,
    parties,
    sums,
    was_won,
)
from onewindow.metrics.intervals import student_t95
from onewindow.metrics.licence_use import Licences, group_use
from onewindow.metrics.plan_times import Readiness, readiness_rows
from onewindow.metrics.sla.response_times import loss_by_response, times
from onewindow.metrics.today_order import (
    AHEAD,
    BREACHED,
    LATE,
    LATE_TO_CLIENT,
    NO_SLACK,
    UNTIMED,
    Place,
    difference,
    place,
    tier_rank,
)
from onewindow.metrics.volumes import Progress, divided


def test_two_years_of_months_at_most_and_across_a_new_year() -> None:
    assert len(months_between(date(2020, 1, 1), date(2026, 11, 23))) == 24
    assert months_between(date(2020, 1, 1), date(2026, 11, 23))[0] == "2024-11"
    assert months_between(date(2025, 11, 30), date(2026, 2, 1)) == ["2025-11", "2025-12", "2026-01"]
    assert months_between(date(2026, 1, 31), date(2026, 1, 31)) == []


@pytest.mark.parametrize(
    ("invoice", "act", "missing", "unsigned"),
    [
        ((), (), ("invoice", "act"), ()),
        ((True,), (True,), (), ()),
        ((False,), (False,), (), ("invoice", "act")),
        ((False, True), (True, False), (), ()),
        ((True,), (), ("act",), ()),
        ((), (False,), ("invoice",), ("act",)),
    ],
)
def test_a_month_is_closed_by_both_papers(
    invoice: tuple[bool, ...], act: tuple[bool, ...], missing: tuple[str, ...], unsigned: tuple[str, ...]
) -> None:
    papers = [Closing("invoice", "2026-08", each) for each in invoice]
    papers += [Closing("act", "2026-08", each) for each in act]
    (month,) = closing_checklist(["2026-08"], papers)
    assert month == Month("2026-08", missing, unsigned)  # pyright: ignore[reportArgumentType]
    assert month.is_closed is (not missing and not unsigned)


TOLD = {1: date(2026, 3, 1), 2: date(2026, 3, 10), 3: date(2026, 3, 1), 4: date(2026, 3, 1)}


def test_every_count_of_what_followed_is_its_own() -> None:
    effect = effect_of(
        TOLD,
        {"queued": 9, "told": 4, "read": 2, "answered": 1, "declined": 1},
        [(1, "2026-03-02"), (1, "2026-03-03"), (2, "2026-03-10")],
        [
            OpportunityInput(1, "2026-03-02", "won", "2026-03-20"),
            OpportunityInput(1, "2026-03-04", "won", "2026-04-20"),
            OpportunityInput(3, "2026-03-04", "lost", "2026-03-05"),
        ],
        [
            SaleInput(1, "2026-03-05", 100, "RUB"),
            SaleInput(1, "2026-03-06", 50, "RUB"),
            SaleInput(3, "2026-03-31", 7, "EUR"),
            SaleInput(4, "2026-04-01", 9, "EUR"),
        ],
        30,
    )
    assert effect.counts == {
        "read": 3, "answered": 1, "declined": 1, "asked us": 1, "opportunity": 2, "bought": 2
    }  # fmt: skip
    assert {name: (share.value, share.n) for name, share in effect.shares.items()} == {
        name: (count / 4, 4) for name, count in effect.counts.items()
    }
    assert (effect.notified, effect.requests, effect.opportunities, effect.won) == (4, 2, 3, 1)
    assert effect.money == {"RUB": 150, "EUR": 7}
    nothing = effect_of(TOLD, {}, [], [], [], 30)
    assert set(nothing.counts.values()) == {0}


@pytest.mark.parametrize(
    ("state", "closed_on", "won"),
    [
        ("won", "2026-03-01", False),
        ("won", "2026-03-02", True),
        ("won", "2026-03-31", True),
        ("won", "2026-04-01", False),
        ("won", None, False),
        ("lost", "2026-03-02", False),
    ],
)
def test_an_opportunity_is_won_within_its_days(state: str, closed_on: str | None, won: bool) -> None:
    item = OpportunityInput(1, "2026-03-01", state, closed_on)
    assert was_won(item, date(2026, 3, 1), 30) is won


def test_trained_clients_stand_against_the_others() -> None:
    opportunities = [
        OpportunityInput(1, "2026-03-02", "won", "2026-03-20"),
        OpportunityInput(2, "2026-03-11", "open", None),
        OpportunityInput(3, "2026-04-02", "won", "2026-03-03"),
    ]
    sales = [SaleInput(1, "2026-03-05", 100, "RUB"), SaleInput(3, "2026-03-05", 5, "EUR")]
    first, second = parties(TOLD, [1, 2, 99], opportunities, sales, 30)
    assert first == Party(2, 2, 1, 1, {"RUB": 100})
    assert second == Party(2, 0, 1, 1, {"EUR": 5})
    told = comparisons(first, second)
    assert {name: _shares(each) for name, each in told.items()} == {
        "opportunity": (1.0, 0.0),
        "won": (0.5, 0.5),
        "bought": (0.5, 0.5),
    }
    assert sums([]) == {}


def _shares(told: Comparison) -> tuple[float, float]:
    assert told.trained is not None
    assert told.untrained is not None
    return told.trained.value, told.untrained.value


@pytest.mark.parametrize(
    ("trained", "untrained", "verdict"),
    [
        (Side(0, 0), Side(9, 1), "nobody to compare with"),
        (Side(9, 1), Side(0, 0), "nobody to compare with"),
        (Side(9, 9), Side(40, 1), "too few to compare, fewer than 10 in a group"),
        (Side(40, 4), Side(9, 1), "too few to compare, fewer than 10 in a group"),
        (Side(10, 4), Side(10, 4), "no evidence of change"),
        (Side(40, 38), Side(40, 2), "more often after training"),
        (Side(40, 2), Side(40, 38), "less often after training"),
    ],
)
def test_a_comparison_says_what_the_numbers_allow(trained: Side, untrained: Side, verdict: str) -> None:
    assert compared(trained, untrained).verdict == verdict


def test_the_first_use_is_awaited_by_half_of_them() -> None:
    told = first_use([(0, True), (2, True), (4, True), (9, False)])
    assert (told.n, told.used, told.median) == (4, 3, 2)
    assert (first_use([]).n, first_use([]).used, first_use([]).median) == (0, 0, None)
    assert first_use([(3, False), (1, True)]).used == 1


def test_licences_of_a_group_add_up() -> None:
    told = group_use("A", [Licences(3, 1, 10, 4), Licences(2, 2, 5, 0), Licences(1, 0, 1, 1)])
    assert (told.group, told.clients, told.idle_clients, told.bought, told.active) == ("A", 6, 3, 16, 5)
    assert (told.share.value, told.share.n, told.unused) == (5 / 16, 16, 11)
    assert group_use("B", [Licences(1, 0, 4, -2)]).share.value == 0


@pytest.mark.parametrize(
    ("parts", "row"),
    [
        ([("asked", "2026-03-05"), ("ready", "2026-03-01")], (1, 0, 1, "2026-03-05")),
        ([("late", "2026-03-05"), ("asked", "2026-03-04"), ("asked", None)], (3, 1, 0, "2026-03-04")),
        ([("ready", "2026-03-01"), ("ready", None)], (0, 0, 2, None)),
    ],
)
def test_what_a_department_owes(
    parts: list[tuple[str, str | None]], row: tuple[int, int, int, str | None]
) -> None:
    assert readiness_rows([("Склад", *part) for part in parts]) == [Readiness("Склад", *row)]
    assert readiness_rows([("Склад", "dropped", "2026-03-01")]) == []


def test_departments_come_by_late_then_by_asked_then_by_name() -> None:
    owed = {"Б": "aal", "А": "aal", "В": "aaaar", "Г": "ll", "Д": "l", "Е": "r"}
    words = {"a": "asked", "l": "late", "r": "ready"}
    parts = [(name, words[letter], None) for name, letters in owed.items() for letter in letters]
    assert [row.department for row in readiness_rows(parts)] == ["Г", "А", "Б", "Д", "В", "Е"]


@pytest.mark.parametrize(
    ("is_late", "client_waits", "slack", "kind", "level"),
    [
        (True, False, -5, "request", BREACHED),
        (True, True, -5, "request", BREACHED),
        (True, True, -5, "promise", LATE_TO_CLIENT),
        (True, False, -5, "task", LATE),
        (False, True, 5, "request", AHEAD),
        (True, True, None, "request", UNTIMED),
    ],
)
def test_each_thing_to_do_has_its_level(
    is_late: bool, client_waits: bool, slack: int | None, kind: str, level: int
) -> None:
    told = place(
        is_late=is_late,
        client_waits=client_waits,
        slack_s=slack,
        tier="B",
        since="2026-11-23T09:15:00Z",
        kind=kind,
        record_id=7,
    )
    assert told == Place(level, NO_SLACK if slack is None else slack, 1, "2026-11-23T09:15:00Z", kind, 7)
    assert [tier_rank(tier) for tier in ("A", "B", "C", "D", "", "E", "AB")] == [0, 1, 2, 3, 4, 4, 4]


def test_the_first_thing_in_which_two_places_differ_is_said() -> None:
    here = Place(BREACHED, -60, 0, "2026-11-01", "request", 1)
    levels = ["the time of a request is over", "a client waits and the time is over", "the time is over"]
    levels += ["the time is ahead", "it has no time"]
    for first, second in product(range(5), range(5)):
        if first != second:
            told = difference(here._replace(level=first), here._replace(level=second))
            assert told == f"{levels[first]}, there {levels[second]}"
    assert difference(here, here._replace(slack_s=0)) == "it is over for longer"
    assert difference(here._replace(slack_s=0), here._replace(slack_s=9)) == "less time is left"
    assert difference(here, here._replace(tier=1)) == "the client's tier is better"
    assert difference(here, here._replace(since="2026-11-02")) == "it is older"
    same = "all else is equal, so the kind and the number decide"
    assert difference(here, here._replace(record_id=2)) == same


@pytest.mark.parametrize(
    ("total", "parts", "shares"),
    [
        (10, [1, 1, 1, 1], [3, 3, 2, 2]),
        (10, [0, 0, 0], [4, 3, 3]),
        (7, [1, 5, 4], [1, 3, 3]),
        (8, [1, 5, 4], [1, 4, 3]),
        (1, [1, 2, 2], [0, 1, 0]),
        (0, [3, 1], [0, 0]),
    ],
)
def test_the_largest_remainders_go_up_the_first_of_equal_ones(
    total: int, parts: list[int], shares: list[int]
) -> None:
    assert divided(total, parts) == shares


def test_more_than_agreed_leaves_nothing_to_deliver() -> None:
    assert [Progress(40, done).remaining for done in (39, 40, 41)] == [1, 0, 0]
    assert [Progress(1, 1).share, Progress(0, 1).share] == [1.0, None]


def test_students_t_is_that_of_the_tables() -> None:
    table = {1: 12.7062, 2: 4.3027, 3: 3.1824, 4: 2.7764, 5: 2.5706, 6: 2.4469, 7: 2.3646, 10: 2.2281}
    table |= {20: 2.0860, 29: 2.0452, 30: 2.0423, 40: 2.0211, 60: 2.0003, 120: 1.9799, 1000: 1.9623}
    student_t95.cache_clear()
    assert {freedom: round(student_t95(freedom), 4) for freedom in table} == table
    with pytest.raises(ValueError, match="at least one degree of freedom"):
        student_t95(0)


@pytest.mark.parametrize(("durations", "judged", "few"), [(9, 9, True), (10, 0, False), (0, 10, False)])
def test_a_group_is_few_below_ten_cases(durations: int, judged: int, few: bool) -> None:
    assert times([1.0] * durations, 0, judged).is_few is few


def test_who_was_answered_in_time_left_less_often() -> None:
    told = loss_by_response([(0.8, False), (0.9, True), (0.79, True)])
    assert told.in_time is not None
    assert told.late is not None
    assert told.gap is not None
    assert ((told.in_time.value, told.in_time.n), (told.late.value, told.late.n)) == ((0.5, 2), (1.0, 1))
    assert told.gap.value == 0.5
    for clients in ([(0.9, True)], [(0.1, True)], []):
        assert loss_by_response(clients).gap is None
