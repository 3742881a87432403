"""The order of suggestions, and what came of rules: win rates, retirement, forecast, whitespace."""

from __future__ import annotations

import random
from datetime import date, timedelta
from math import isclose
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.opportunities.forecast import Chance, Open, forecast
from onewindow.metrics.opportunities.inputs import Suggestion
from onewindow.metrics.opportunities.ranking import Record, ranked, urgency
from onewindow.metrics.opportunities.whitespace import matrix
from onewindow.metrics.opportunities.win_rates import WinRate

TODAY = date(2026, 11, 23)


def made(
    client: int, amount: int | None, left: int = 30, currency: str = "RUB", trigger: str = "a"
) -> Suggestion:
    till = (TODAY + timedelta(days=left)).isoformat()
    return Suggestion(client, trigger, "licences", 1, "x", "y", amount, currency, till)


def test_p_is_won_and_one_of_shown_and_five() -> None:
    assert isclose(Record().chance, 0.2)
    assert isclose(Record(shown=10, won=2).chance, 3 / 15)
    assert isclose(Record(shown=95, won=0).chance, 0.01)


def test_urgency_halves_with_every_thirty_days() -> None:
    for left, factor in ((-5, 1.0), (0, 1.0), (30, 0.5), (60, 0.25), (90, 0.125)):
        assert urgency((TODAY + timedelta(days=left)).isoformat(), TODAY) == factor


def test_the_rank_is_p_times_value_times_urgency() -> None:
    records = {"a": Record(10, 2), "b": Record(35, 0)}
    rows = ranked(
        [made(1, 100), made(2, 400, left=90), made(3, 1_000, trigger="b"), made(4, None, left=0)],
        records,
        TODAY,
    )
    # 0.2·100·½ = 10, 0.2·400·⅛ = 10, 1/40·1000·½ = 12.5; equal ones by likelihood, without an amount last
    assert [row.suggestion.client_id for row in rows] == [3, 1, 2, 4]
    measure = 400
    assert [round(row.score * measure, 9) for row in rows] == [12.5, 10, 10, 0]


def test_each_currency_is_measured_by_its_own_median() -> None:
    rows = ranked([made(1, 9_000_000), made(2, 300_000, currency="EUR"), made(3, 3_000_000)], {}, TODAY)
    assert [row.suggestion.client_id for row in rows] == [1, 2, 3]
    assert [row.value for row in rows] == [1.5, 1.0, 0.5]


@given(st.lists(st.tuples(st.none() | st.integers(0, 10**9), st.integers(-9, 120)), max_size=20))
def test_ranking_keeps_all_and_orders_them(amounts: list[tuple[int | None, int]]) -> None:
    given_ = [made(place, amount, left) for place, (amount, left) in enumerate(amounts)]
    rows = ranked(given_, {}, TODAY)
    assert sorted(row.suggestion.client_id for row in rows) == list(range(len(given_)))
    scores = [row.score for row in rows]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("won", "shown", "retire"),
    [
        (0, 39, False),
        (0, 40, False),
        (0, 72, False),
        (0, 73, True),
        (1, 110, True),
        (1, 108, False),
        (3, 60, False),
    ],
)
def test_a_rule_is_to_retire_when_its_upper_bound_is_under_five_percent(
    won: int, shown: int, retire: bool
) -> None:
    rate = WinRate(shown, won, 0, 0, shown - won)
    assert rate.is_to_retire == retire
    assert rate.of_shown is not None
    assert (rate.of_shown.high < 0.05) == retire


def test_the_win_rate_of_deals_is_of_those_that_are_over() -> None:
    # 8 800 deals: 4 238 won, 2 473 lost, 2 089 open.
    rate = WinRate(8_800, 4_238, 2_473, 0, 2_089).of_closed
    assert rate is not None
    assert (round(rate.value, 4), rate.n) == (0.6315, 6_711)
    assert WinRate(0, 0, 0, 0, 0).of_shown is None


def test_a_forecast_is_amount_times_chance() -> None:
    chances = {"offered": Chance(7, 18), "accepted": Chance(1, 8)}
    assert (chances["offered"].share, chances["accepted"].share) == (0.4, 0.2)
    rows = forecast(
        [
            Open("offered", 1_000, "RUB", "2026-12"),
            Open("accepted", 500, "RUB", "2027-01"),
            Open("offered", 70, "EUR", ""),
            Open("suggested", 9_999, "RUB", "2026-12"),
        ],
        chances,
    )
    assert [(row.currency, row.month, row.n, row.open_amount, round(row.expected, 6)) for row in rows] == [
        ("EUR", "", 1, 70, 28),
        ("RUB", "", 2, 1_500, 500),
        ("RUB", "2026-12", 1, 1_000, 400),
        ("RUB", "2027-01", 1, 500, 100),
    ]
    for row in rows:
        assert 0 <= row.low <= row.expected <= row.high <= row.open_amount


def test_nineteen_of_twenty_forecasts_hold_what_comes() -> None:
    chance, draw = Chance(38, 98), random.Random(4)
    group = [Open("offered", amount, "RUB", "") for amount in range(100, 4_100, 100)]
    (row,) = forecast(group, {"offered": chance})
    held = 0
    for _ in range(2_000):
        share = draw.betavariate(chance.hits + 1, chance.n - chance.hits + 1)
        came = sum(one.amount for one in group if draw.random() < share)
        held += row.low <= came <= row.high
    assert 0.93 < held / 2_000 < 0.97


def test_the_whitespace_is_every_product_in_every_segment() -> None:
    cells = matrix({"склады": 10, "пусто": 0}, {"склады": {2: 6}}, {1: "Склад", 2: "Портал"})
    assert [(cell.segment, cell.product_id, cell.owners, cell.missing) for cell in cells] == [
        ("склады", 2, 6, 4),
        ("склады", 1, 0, 10),
        ("пусто", 2, 0, 0),
        ("пусто", 1, 0, 0),
    ]
    shares = [cell.share for cell in cells]
    assert shares[0] is not None
    assert (shares[0].value, round(shares[0].low, 3), round(shares[0].high, 3)) == (0.6, 0.313, 0.832)
    assert shares[2:] == [None, None]
    assert fmean(share.value for share in shares if share) == 0.3
