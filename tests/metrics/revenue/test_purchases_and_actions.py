"""Whether a client buys less, and which action is followed by a sale more often."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.intervals import FEWEST
from onewindow.metrics.revenue.action_outcomes import ActionInput, outcomes
from onewindow.metrics.revenue.purchases import purchase_trend

TILL = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        ([100] * 12, [80] * 12, "falling"),
        ([100] * 12, [120] * 12, "growing"),
        ([100] * 12, [91] * 12, "no evidence of change"),
        ([100] * 12, [90] * 12, "falling"),
        ([0, 2400, *[0] * 10], [*[0] * 10, 1200, 0], "no evidence of change"),
        ([0] * 12, [5] * 12, "new"),
        ([5] * 12, [0] * 12, "stopped"),
        ([0] * 12, [0] * 12, "nothing bought"),
    ],
)
def test_a_trend_needs_evidence_and_a_tenth(before: list[int], now: list[int], direction: str) -> None:
    found = purchase_trend(before, now)
    assert (found.before, found.now, found.direction) == (sum(before), sum(now), direction)


def test_the_mean_change_of_a_month_has_students_interval() -> None:
    # Differences -10, -20 six times each: mean -15, s = 5.2223, t(11) = 2.20099, half = 3.3181.
    found = purchase_trend([100] * 12, [90, 80] * 6)
    assert found.change.value == -15
    assert (round(found.change.low, 4), round(found.change.high, 4)) == (-18.3181, -11.6819)
    assert found.change.n == 12


@pytest.mark.parametrize(("before", "now"), [(11, 12), (12, 13)])
def test_another_number_of_months_is_refused(before: int, now: int) -> None:
    with pytest.raises(ValueError, match="12 months"):
        purchase_trend([1] * before, [1] * now)


def days_ago(days: int) -> str:
    return (TILL - timedelta(days=days)).isoformat()


def test_each_client_is_one_case_and_the_days_must_be_over() -> None:
    done = [ActionInput(client, "call", days_ago(60)) for client in range(1, 11)]
    done.append(ActionInput(11, "call", days_ago(59)))
    followed = {
        1: [days_ago(60)],
        2: [days_ago(59)],
        3: [days_ago(0)],
        4: [days_ago(59), days_ago(1)],
        12: [days_ago(1)],
    }
    (call,) = outcomes(done, followed, range(1, 31), TILL, 60)
    # The day itself does not count, the sixtieth does; client 11 acted too late to be judged or compared.
    assert (call.clients, call.hits) == (10, 3)
    assert (call.other_clients, call.other_hits) == (19, 1)
    assert call.share is not None
    assert (round(100 * call.share.low), round(100 * call.share.high)) == (11, 60)
    assert call.verdict == "no evidence of a difference"


@pytest.mark.parametrize(
    ("hits", "other_hits", "verdict"),
    [(20, 2, "more often after it"), (2, 20, "less often after it"), (10, 10, "no evidence of a difference")],
)
def test_a_difference_is_told_where_its_interval_leaves_out_nothing(
    hits: int, other_hits: int, verdict: str
) -> None:
    done = [ActionInput(client, "visit", days_ago(100)) for client in range(30)]
    followed = {client: [days_ago(90)] for client in (*range(hits), *range(30, 30 + other_hits))}
    (visit,) = outcomes(done, followed, range(60), TILL, 30)
    assert visit.verdict == verdict


def test_small_sides_are_not_compared() -> None:
    for with_it, verdict in (
        (FEWEST - 1, "too few to compare, fewer than 10 on a side"),
        (FEWEST, "more often after it"),
    ):
        done = [ActionInput(client, "gift", days_ago(100)) for client in range(with_it)]
        followed = {client: [days_ago(90)] for client in range(with_it)}
        (gift,) = outcomes(done, followed, range(40), TILL, 30)
        assert gift.verdict == verdict
    (everybody,) = outcomes([ActionInput(1, "gift", days_ago(50))], {}, [1], TILL, 30)
    assert everybody.verdict == "nobody to compare with"


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from(["call", "mail"]), st.integers(0, 200)), max_size=20
    )
)
def test_cases_and_others_are_all_clients_who_can_be_judged(found: list[tuple[int, str, int]]) -> None:
    done = list(
        {(client, kind): ActionInput(client, kind, days_ago(ago)) for client, kind, ago in found}.values()
    )
    for outcome in outcomes(done, {}, range(1, 10), TILL, 30):
        acted = {action.client_id for action in done if action.action == outcome.action}
        assert outcome.other_clients == 9 - len(acted)
        assert 0 < outcome.clients <= len(acted)
        assert (outcome.hits, outcome.other_hits) == (0, 0)
