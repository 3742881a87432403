"""Churn, survival, lifetime, lifetime value and revenue."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.revenue.churn import churn
from onewindow.metrics.revenue.lifetime import lifetime, lifetime_from_churn
from onewindow.metrics.revenue.ltv import ltv_per_client, ltv_sum
from onewindow.metrics.revenue.retention import Retention, Work, contribution, retention
from onewindow.metrics.revenue.survival import Spell, kaplan_meier, restricted_mean

ENDED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
STILL_HERE = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
REMISSION = [Spell(time, ended=True) for time in ENDED] + [Spell(time, ended=False) for time in STILL_HERE]
"""Freireich 1963, weeks of remission under 6-MP, the textbook example of survival analysis."""


def test_churn_vector() -> None:
    found = churn(250, 150)
    assert (found.lost, found.share.value) == (100, 0.4)
    assert (round(100 * found.share.low, 1), round(100 * found.share.high, 1)) == (34.1, 46.2)


@pytest.mark.parametrize(("start", "still", "months"), [(0, 0, 12), (5, 6, 12), (5, -1, 12), (5, 5, 0)])
def test_a_churn_without_clients_is_refused(start: int, still: int, months: int) -> None:
    with pytest.raises(ValueError, match=r"still there|month"):
        churn(start, still, months)


def test_forty_percent_a_year_is_thirty_months() -> None:
    found = lifetime_from_churn(churn(250, 150))
    assert (found.method, found.months) == ("1/churn", 30)
    assert found.high is not None
    assert found.low < 30 < found.high
    assert lifetime_from_churn(churn(100, 60, period_months=1)).months == 2.5


def test_no_churn_gives_only_a_lower_bound() -> None:
    found = lifetime_from_churn(churn(20, 20))
    assert (found.months, found.high) == (None, None)
    assert round(found.low / 12, 1) == 6.2


def test_the_textbook_curve() -> None:
    curve = kaplan_meier(REMISSION)
    table = [
        (point.time, point.at_risk, *(round(x, 4) for x in (point.share, point.error, point.low, point.high)))
        for point in curve.points
    ]
    assert table == [
        (6, 21, 0.8571, 0.0764, 0.6197, 0.9516),
        (7, 17, 0.8067, 0.0869, 0.5631, 0.9228),
        (10, 15, 0.7529, 0.0963, 0.5032, 0.8894),
        (13, 12, 0.6902, 0.1068, 0.4316, 0.8491),
        (16, 11, 0.6275, 0.1141, 0.3675, 0.8049),
        (22, 7, 0.5378, 0.1282, 0.2678, 0.7468),
        (23, 6, 0.4482, 0.1346, 0.1881, 0.6801),
    ]
    assert (curve.n, curve.ended, curve.longest, curve.median()) == (21, 9, 35, 23)
    assert (curve.share_at(5.9), curve.share_at(6)) == (1.0, curve.points[0].share)


def test_the_textbook_restricted_mean() -> None:
    found = restricted_mean(kaplan_meier(REMISSION))
    assert round(found.value, 2) == 23.29
    assert round((found.value - found.low) / 1.96, 2) == 2.83
    assert restricted_mean(kaplan_meier(REMISSION), 6).value == 6


def test_a_horizon_beyond_what_was_seen_is_refused() -> None:
    with pytest.raises(ValueError, match="horizon"):
        restricted_mean(kaplan_meier(REMISSION), 36)
    gone = kaplan_meier([Spell(2, ended=True), Spell(4, ended=True)])
    assert restricted_mean(gone, 10).value == 3
    assert gone.median() == 2
    assert gone.points[-1].share == gone.points[-1].high == 0
    for wrong in ([], [Spell(-1, ended=True)]):
        with pytest.raises(ValueError, match="survival curve"):
            kaplan_meier(wrong)


spells = st.lists(st.builds(Spell, st.integers(0, 40), st.booleans()), min_size=1, max_size=40)


@given(spells)
def test_a_curve_only_falls_and_holds_its_interval(known: list[Spell]) -> None:
    curve = kaplan_meier(known)
    shares = [1.0, *(point.share for point in curve.points)]
    assert shares == sorted(shares, reverse=True)
    for point in curve.points:
        assert 0 <= point.low <= point.share + 1e-12
        assert point.share <= point.high + 1e-12 <= 1 + 1e-9
    area = restricted_mean(curve)
    assert 0 <= area.low <= area.value + 1e-9
    assert area.value <= curve.longest + 1e-9


@given(st.lists(st.integers(1, 40), min_size=1, max_size=40))
def test_when_all_have_left_it_is_the_plain_mean(lengths: list[int]) -> None:
    found = restricted_mean(kaplan_meier([Spell(length, ended=True) for length in lengths]))
    assert isclose(found.value, sum(lengths) / len(lengths))


def test_lifetime_prefers_dates_and_says_which_method_it_took() -> None:
    fallback = churn(250, 150)
    by_dates = lifetime(REMISSION, fallback)
    assert (by_dates.method, by_dates.horizon) == ("kaplan-meier", 35)
    assert round(by_dates.months or 0, 2) == 23.29
    assert lifetime([Spell(3, ended=False)], fallback) == lifetime_from_churn(fallback)


def test_ltv_vector() -> None:
    one = ltv_per_client(1550, payments_per_month=1, margin=1, lifetime_months=30)
    assert one == 46_500
    assert ltv_sum(one, 35) == 1_627_500
    assert ltv_per_client(1000, 0.5, 0.3, 10) == 1500


@pytest.mark.parametrize("wrong", [(-1.0, 1.0, 1.0), (1.0, 1.1, 1.0), (1.0, 1.0, -1.0)])
def test_senseless_values_are_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="negative"):
        ltv_per_client(100, *wrong)
    with pytest.raises(ValueError, match="negative"):
        ltv_sum(100, -1)


def test_retention_leaves_new_clients_out_and_growth_out_of_grr() -> None:
    found = retention({1: 100, 2: 100, 3: 200, 4: 0}, {1: 150, 2: 50, 4: 999, 5: 999})
    assert found is not None
    assert (found.clients, found.grr, found.nrr) == (3, 0.375, 0.5)
    assert retention({}, {1: 5}) is None


def test_contribution_takes_everything_off() -> None:
    found = contribution(
        10_000, [Work(90, 2_000), Work(10, 1_000)], goodwill=500, discounts=300, direct_cost=200
    )
    assert (found.work, found.total) == (3_167, 5_833)
    assert contribution(0, [Work(60, 100)]).total == -100


def test_retention_counts_from_the_smallest_payment_and_who_went_as_nothing() -> None:
    assert retention({1: 1, 2: 3}, {1: 1, 2: 3}) == Retention(2, 1.0, 1.0)
    assert retention({1: 1, 2: 3}, {2: 3}) == Retention(2, 0.75, 0.75)
    assert retention({1: 1, 2: 3}, {1: -2, 2: 3}) == Retention(2, 0.75, 0.75)
    assert retention({1: 0, 2: -4}, {1: 5}) is None
