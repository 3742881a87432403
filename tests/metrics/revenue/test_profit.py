"""What clients leave, by any group, and amounts in another currency."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.revenue.exchange import Rate, Rates
from onewindow.metrics.revenue.profit import EffortInput, Fact, MoneyInput, Profit, cost_of, profits
from onewindow.metrics.revenue.retention import Contribution

EURO = Rates("RUB", [Rate("EUR", "RUB", Decimal("98.5"), "2026-01-01")])


def money(part: str, amount: int, client: int = 1, currency: str = "RUB", work: str = "") -> MoneyInput:
    return MoneyInput(client, "2026-03-31", work, part, currency, amount)  # pyright: ignore[reportArgumentType]


def effort(minutes: int, rate: int | None = 60_000, client: int = 1, work: str = "paid") -> EffortInput:
    return EffortInput(client, "2026-03", work, minutes, rate, "RUB")


def alone(*facts: Fact, rates: Rates = EURO) -> Profit:
    return profits(facts, lambda _: ("all",), rates)["all"]


def test_everything_spent_is_taken_off_the_revenue() -> None:
    found = alone(
        money("revenue", 100_000),
        money("discounts", 5_000),
        money("goodwill", 700),
        money("direct_cost", 1_300),
        effort(90, 20_000),
    )
    assert found.contribution == Contribution(100_000, 30_000, 700, 5_000, 1_300)
    assert found.contribution.total == 63_000
    assert (found.minutes, found.spent) == (90, 32_000)
    assert found.margin == 0.63
    assert found.roi == 63_000 / 32_000


def test_without_revenue_there_is_no_margin_and_without_cost_no_return() -> None:
    assert alone(effort(60)).margin is None
    assert alone(effort(60)).roi == -1
    assert alone(money("revenue", 5)).roi is None
    assert alone(money("revenue", 5), money("discounts", 9)).margin == -0.8


def test_minutes_of_somebody_without_a_rate_are_told_and_cost_nothing() -> None:
    found = alone(effort(30, None), effort(10))
    assert (found.minutes, found.unpriced_minutes, found.contribution.work) == (40, 30, 10_000)


@pytest.mark.parametrize(("minutes", "cost"), [(0, 0), (1, 17), (29, 483), (30, 500), (31, 517), (60, 1_000)])
def test_cost_of_minutes_is_rounded_to_the_unit(minutes: int, cost: int) -> None:
    assert cost_of(minutes, 1_000) == cost


def test_an_amount_without_a_rate_is_left_out_and_named() -> None:
    found = alone(
        money("revenue", 1_000, currency="GBP"),
        money("direct_cost", 300, currency="GBP"),
        money("revenue", 7),
    )
    assert found.left_out == {"GBP": 700}
    assert found.contribution.total == 7


def test_members_without_facts_count_in_the_mean_and_groups_without_members_too() -> None:
    found = profits(
        [money("revenue", 300, client=1)],
        lambda fact: ("a",) if fact.client_id == 1 else ("b",),
        EURO,
        members={"a": [1, 2, 3], "b": [4], "c": []},
    )
    assert [(name, profit.clients) for name, profit in found.items()] == [("a", 3), ("b", 1), ("c", 0)]
    assert found["a"].per_client is not None
    assert found["a"].per_client.value == 100
    assert found["c"].per_client is None
    assert [found[name].is_few for name in "abc"] == [True, True, True]
    ten = profits([], lambda _: ("a",), EURO, members={"a": range(10)})
    assert not ten["a"].is_few


_FACTS = st.lists(
    st.one_of(
        st.builds(
            MoneyInput,
            st.integers(1, 5),
            st.sampled_from(["2026-01-31", "2026-02-28"]),
            st.sampled_from(["", "paid", "warranty"]),
            st.sampled_from(["revenue", "goodwill", "discounts", "direct_cost"]),
            st.sampled_from(["RUB", "EUR"]),
            st.integers(0, 10**9),
        ),
        st.builds(
            EffortInput,
            st.integers(1, 5),
            st.just("2026-01"),
            st.sampled_from(["", "paid"]),
            st.integers(1, 600),
            st.integers(1, 500_000),
            st.sampled_from(["RUB", "EUR"]),
        ),
    ),
    max_size=30,
)


@given(_FACTS)
def test_sums_agree_to_the_unit_however_they_are_grouped(facts: Sequence[Fact]) -> None:
    whole = profits(facts, lambda _: (0,), EURO, members={0: []})[0].contribution
    for name in ("client_id", "month", "work_kind"):
        parts = profits(facts, lambda fact, name=name: (getattr(fact, name),), EURO).values()
        assert sum(part.contribution.total for part in parts) == whole.total
        assert sum(part.contribution.revenue for part in parts) == whole.revenue


def test_the_rate_of_the_day_counts_and_the_first_one_before_it() -> None:
    rates = Rates(
        "RUB",
        [Rate("EUR", "RUB", Decimal(100), "2026-06-01"), Rate("EUR", "RUB", Decimal(90), "2026-01-01")],
    )
    days = ("2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01", "2027-01-01")
    assert [rates.convert(200, "EUR", day) for day in days] == [18_000, 18_000, 18_000, 20_000, 20_000]


def test_an_inverse_counts_and_minor_units_are_minded() -> None:
    rates = Rates(
        "EUR",
        [Rate("EUR", "RUB", Decimal(100), "2026-01-01"), Rate("JPY", "EUR", Decimal("0.006"), "2026-01-01")],
    )
    assert rates.convert(250_000, "RUB", "2026-02-01") == 2_500
    assert rates.convert(1_000, "JPY", "2026-02-01") == 600
    assert (
        Rates("JPY", [Rate("EUR", "JPY", Decimal(160), "2026-01-01")]).convert(250, "EUR", "2026-02-01")
        == 400
    )
    assert rates.convert(5, "EUR", "2026-02-01") == 5
    assert rates.convert(5, "GBP", "2026-02-01") is None


def test_halves_are_rounded_away_from_nothing() -> None:
    rates = Rates("RUB", [Rate("EUR", "RUB", Decimal("0.5"), "2026-01-01")])
    assert [rates.convert(amount, "EUR", "2026-01-01") for amount in (1, 3, -1, -3)] == [1, 2, -1, -2]
