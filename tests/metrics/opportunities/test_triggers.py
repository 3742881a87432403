"""The rules of repeat sales: each at its border, one step below and one above."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from statistics import linear_regression, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.opportunities.buying_triggers import renewal_step
from onewindow.metrics.opportunities.inputs import (
    Ask,
    ClientFacts,
    Contract,
    Lesson,
    Order,
    Owned,
    Peers,
    ProductFacts,
    Suggestion,
    Week,
    Wish,
)
from onewindow.metrics.opportunities.triggers import TRIGGERS, suggestions
from onewindow.metrics.opportunities.use_triggers import limit_day, seats_wanted
from onewindow.text.dates import week_number

TODAY = date(2026, 11, 23)
"""A Monday, so that the last whole week ended yesterday."""
WEEK = week_number(TODAY)
STORE, PORTAL = 1, 2
PRODUCTS = {
    STORE: ProductFacts("Склад", 120_000, "RUB", is_sold=True),
    PORTAL: ProductFacts("Портал", 50_000, "RUB", is_sold=True),
}


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def licence(**values: object) -> Owned:
    known = {
        "product_id": STORE,
        "bought": 10,
        "active": 0,
        "volume_limit": None,
        "starts_on": ago(300),
        "ends_on": None,
        "amount": None,
        "currency": "RUB",
        "unchanged_since": ago(100),
        "document_id": None,
    }
    return Owned(**{**known, **values})  # pyright: ignore[reportArgumentType]


def suggested(trigger: str, **values: object) -> list[Suggestion]:
    facts = ClientFacts(**{"client_id": 7, "today": TODAY, **values})  # pyright: ignore[reportArgumentType]
    return [made for made in suggestions(facts, PRODUCTS) if made.trigger == trigger]


def weeks(*users: int, last: int = WEEK - 1, volumes: tuple[int, ...] = ()) -> tuple[Week, ...]:
    first = last - len(users) + 1
    return tuple(
        Week(STORE, first + place, count, volumes[place] if volumes else 0)
        for place, count in enumerate(users)
    )


@pytest.mark.parametrize(("active", "fires"), [(79, False), (80, True), (81, True)])
def test_eight_tenths_of_the_seats_are_busy(active: int, fires: bool) -> None:
    made = suggested("seats_busy", owned=(licence(bought=100),), weeks=weeks(active, active))
    assert bool(made) == fires


def test_the_busy_share_holds_for_fourteen_days() -> None:
    owned = (licence(),)
    assert not suggested("seats_busy", owned=owned, weeks=weeks(9))
    assert not suggested("seats_busy", owned=owned, weeks=weeks(9, 7, 9))
    assert not suggested("seats_busy", owned=owned, weeks=weeks(9, 9, last=WEEK)), "8 days of this one"
    (made,) = suggested("seats_busy", owned=owned, weeks=weeks(7, 9, 9))
    assert made.evidence == "9 of 10 paid seats of Склад are in use, 80 % or more for 14 days"
    assert (made.title, made.kind, made.amount) == ("2 more licences of Склад", "licences", 240_000)
    assert not suggested("seats_busy", owned=owned, weeks=weeks(9, 9, last=WEEK - 3)), "too old"


@pytest.mark.parametrize(("days", "fires"), [(13, False), (14, True), (15, True)])
def test_without_weeks_the_licence_tells_how_long_it_is_busy(days: int, fires: bool) -> None:
    made = suggested("seats_busy", owned=(licence(active=8, unchanged_since=ago(days)),))
    assert bool(made) == fires


def test_the_price_of_seats_is_what_the_client_paid_last() -> None:
    owned = (licence(amount=1_000_000, currency="EUR"),)
    (made,) = suggested("seats_busy", owned=owned, weeks=weeks(9, 9))
    assert (made.amount, made.currency) == (200_000, "EUR")


@given(st.integers(0, 500), st.integers(1, 500))
def test_more_seats_bring_the_use_back_to_eight_tenths(active: int, paid: int) -> None:
    more = seats_wanted(active, paid)
    assert more >= 1
    assert 10 * active <= 8 * (paid + more)
    assert more == 1 or 10 * active > 8 * (paid + more - 1)


def growing(step: int, start: int = 100) -> tuple[Week, ...]:
    return weeks(*[1] * 8, volumes=tuple(start + step * place for place in range(8)))


def test_the_volume_meets_its_limit_before_the_licence_ends() -> None:
    # 100, 110 … 170 in the last week; 200 is three weeks behind its Sunday, 22.11.
    for ends, fires in (("2026-12-12", False), ("2026-12-13", True), ("2026-12-14", True)):
        owned = (licence(volume_limit=200, ends_on=ends),)
        assert bool(suggested("volume_limit", owned=owned, weeks=growing(10))) == fires, ends
    (made,) = suggested(
        "volume_limit", owned=(licence(volume_limit=200, ends_on="2027-03-01"),), weeks=growing(10)
    )
    assert made.window_till == "2026-12-13"
    assert made.evidence.startswith(
        "170 a week of 200; the line through 8 weeks meets the limit by 13.12.2026"
    )


def test_a_volume_that_stands_or_falls_meets_no_limit() -> None:
    owned = (licence(volume_limit=200, ends_on="2029-01-01"),)
    assert not suggested("volume_limit", owned=owned, weeks=growing(0))
    assert not suggested("volume_limit", owned=owned, weeks=growing(-5))
    assert not suggested("volume_limit", owned=owned, weeks=weeks(1, 1, 1, 1, volumes=(100, 120, 140, 160)))
    assert suggested("volume_limit", owned=owned, weeks=growing(0, start=200)), "it is there already"


@given(st.lists(st.integers(0, 1000), min_size=8, max_size=8), st.integers(1, 3000))
def test_the_line_is_that_of_least_squares(volumes: list[int], limit: int) -> None:
    met = limit_day(weeks(*[1] * 8, volumes=tuple(volumes)), limit, TODAY)
    line = linear_regression(range(8), volumes)
    if volumes[-1] >= limit:
        assert met == TODAY - timedelta(days=1)
    elif line.slope <= 1e-9:
        assert met is None
    else:
        days = 7 * max(0.0, (limit - line.intercept) / line.slope - 7)
        if met is None:
            assert days > 3659
        else:
            assert days - 0.001 <= (met - TODAY).days + 1 <= days + 1.001


@pytest.mark.parametrize(("days", "fires"), [(28, True), (29, True), (30, False)])
def test_two_requests_for_a_user_in_thirty_days(days: int, fires: bool) -> None:
    asks = tuple(Ask(STORE, day, "добавить пользователя", "request") for day in (ago(1), ago(days)))
    made = suggested("more_users", owned=(licence(),), add_user_requests=asks)
    assert bool(made) == fires
    assert not suggested("more_users", owned=(licence(),), add_user_requests=asks[:1])


@pytest.mark.parametrize(("now", "fires"), [(119, False), (120, True), (121, True)])
def test_a_fifth_more_users_in_sixty_days(now: int, fires: bool) -> None:
    series = weeks(100, *[100] * 7, now)
    assert bool(suggested("more_users", owned=(licence(bought=500),), weeks=series)) == fires
    early = weeks(100, *[now] * 9)
    assert not suggested("more_users", owned=(licence(bought=500),), weeks=early), "63 days ago"


def test_what_was_asked_for_and_is_not_owned() -> None:
    def asked(product: int, days: int) -> tuple[Ask, ...]:
        return (Ask(product, ago(days), "портал бы", "wish"),)

    owned = (licence(),)
    for days, fires in ((178, True), (179, True), (180, False)):
        assert bool(suggested("asked_module", owned=owned, asks=asked(PORTAL, days))) == fires
    assert not suggested("asked_module", owned=owned, asks=asked(STORE, 1))
    ended = (licence(ends_on=ago(1)),)
    assert suggested("asked_module", owned=ended, asks=asked(STORE, 1)), "it is owned no longer"
    (made,) = suggested("asked_module", owned=owned, asks=(*asked(PORTAL, 9), *asked(PORTAL, 3)))
    assert made.evidence == "a wish of 20.11.2026: “портал бы”; they do not own it"
    assert (made.kind, made.product_id, made.amount) == ("module", PORTAL, 50_000)


def test_a_wish_that_came_out() -> None:
    for days, fires in ((-1, False), (0, True), (179, True), (180, False)):
        wishes = (Wish(STORE, "выгрузка в 1С", ago(200), ago(days)),)
        assert bool(suggested("wish_released", owned=(licence(),), wishes=wishes)) == fires, days
    (made,) = suggested("wish_released", wishes=(Wish(PORTAL, "выгрузка", ago(20), None),))
    assert (made.kind, made.title) == ("module", "Портал with “выгрузка”")


@pytest.mark.parametrize(
    ("left", "step"), [(-1, 0), (0, 30), (30, 30), (31, 60), (60, 60), (61, 90), (90, 90), (91, 0)]
)
def test_a_renewal_stands_in_one_of_three_steps(left: int, step: int) -> None:
    assert renewal_step(ago(-left), TODAY) == step
    made = suggested("renewal", owned=(licence(ends_on=ago(-left), amount=900_000),))
    assert [one.amount for one in made] == ([900_000] if step else [])
    contract = Contract(5, "contract 40/26", ago(-left), 70_000, "RUB")
    assert bool(suggested("renewal", contracts=(contract,))) == bool(step)


def test_a_renewal_that_goes_on_already_is_none() -> None:
    ends, next_one = licence(ends_on=ago(-20)), licence(starts_on=ago(-21), ends_on=ago(-400))
    assert suggested("renewal", owned=(ends,))
    assert not suggested("renewal", owned=(ends, next_one))
    contract = Contract(5, "contract 40/26", ago(-20), 70_000, "RUB")
    made = suggested("renewal", owned=(ends._replace(document_id=5),), contracts=(contract,))
    assert [one.product_id for one in made] == [STORE], "one paper is renewed once"


@pytest.mark.parametrize(
    ("mark", "days", "health", "fires"),
    [
        (8, 1, 90, False),
        (9, 1, 90, True),
        (10, 30, 90, True),
        (10, 31, 90, False),
        (9, 1, 75, False),
        (9, 1, 75.1, True),
        (9, 1, None, False),
    ],
)
def test_a_promoter_of_thirty_days_in_good_health(
    mark: int, days: int, health: float | None, fires: bool
) -> None:
    assert bool(suggested("promoter", nps=((ago(days), mark),), health=health)) == fires


def test_of_two_marks_the_newest_counts() -> None:
    assert not suggested("promoter", nps=((ago(9), 10), (ago(2), 6)), health=90.0)


@pytest.mark.parametrize(("days", "fires"), [(88, True), (89, True), (90, False)])
def test_trained_within_ninety_days_and_used_since(days: int, fires: bool) -> None:
    lessons = (Lesson(STORE, "приёмка", ago(days)),)
    used = weeks(*[3] * 14)
    assert bool(suggested("trained", owned=(licence(),), lessons=lessons, weeks=used)) == fires
    assert not suggested("trained", owned=(licence(),), lessons=lessons, weeks=weeks(0, 0))
    by_function = suggested(
        "trained", lessons=(Lesson(PORTAL, "портал", ago(8)),), function_weeks=((PORTAL, WEEK),)
    )
    assert [made.kind for made in by_function] == ["module"]


def orders(*days: int) -> tuple[Order, ...]:
    return tuple(Order(ago(day), 1_000 + day, "RUB") for day in days)


@pytest.mark.parametrize(("last", "fires"), [(99, False), (100, False), (101, True)])
def test_an_order_is_overdue_behind_a_quarter_more_than_the_median_gap(last: int, fires: bool) -> None:
    assert bool(suggested("reorder", orders=orders(last + 160, last + 80, last))) == fires
    assert not suggested("reorder", orders=orders(last + 80, last)), "two orders are no habit"


@given(st.lists(st.integers(0, 1500), min_size=1, max_size=12, unique=True))
def test_reorder_agrees_with_the_definition(days: list[int]) -> None:
    days.sort(reverse=True)
    gaps = [before - after for before, after in pairwise(days)]
    due = len(days) >= 3 and days[-1] > 1.25 * median(gaps)
    assert bool(suggested("reorder", orders=orders(*days))) == due


@pytest.mark.parametrize(("owners", "fires"), [(59, False), (60, True), (61, True)])
def test_six_tenths_of_the_others_own_it(owners: int, fires: bool) -> None:
    made = suggested("peers_own", owned=(licence(),), peers=(Peers("склады", PORTAL, owners, 100),))
    assert bool(made) == fires
    assert not suggested("peers_own", owned=(licence(),), peers=(Peers("склады", STORE, owners, 100),))


def test_of_four_others_a_share_says_nothing() -> None:
    assert not suggested("peers_own", peers=(Peers("x", PORTAL, 4, 4),))
    assert suggested("peers_own", peers=(Peers("x", PORTAL, 5, 5),))


def test_nothing_is_suggested_to_the_lost_nor_by_a_retired_rule() -> None:
    values = {"owned": (licence(),), "weeks": weeks(9, 9)}
    assert not suggested("seats_busy", **values, stage="lost")
    facts = ClientFacts(7, TODAY, **values)  # pyright: ignore[reportArgumentType]
    assert [made.trigger for made in suggestions(facts, PRODUCTS)] == ["seats_busy"]
    assert suggestions(facts, PRODUCTS, {"seats_busy"}) == []


SERIES = st.lists(st.integers(0, 30), max_size=14)


@given(SERIES, SERIES, st.integers(0, 40), st.integers(1, 40), st.integers(-10, 120))
def test_rules_of_anything_suggest_each_thing_once_with_a_window_and_evidence(
    users: list[int], volumes: list[int], limit: int, bought: int, left: int
) -> None:
    told = [*users, *[0] * 14][:14]
    worked = [*volumes, *[0] * 14][:14]
    facts = ClientFacts(
        7,
        TODAY,
        health=90.0,
        owned=(licence(bought=bought, volume_limit=limit, ends_on=ago(-left)),),
        weeks=weeks(*told, volumes=tuple(worked)),
    )
    made = suggestions(facts, PRODUCTS)
    assert len({(one.trigger, one.product_id) for one in made}) == len(made)
    for one in made:
        assert one.trigger in TRIGGERS
        assert one.evidence
        assert one.window_till >= TODAY.isoformat()
        assert one.amount is None or one.amount >= 0
    busy = all(10 * count >= 8 * bought for count in told[-2:]) and left >= 0
    assert any(one.trigger == "seats_busy" for one in made) == busy
