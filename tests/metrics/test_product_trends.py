"""Decline, growth and non-use: what is called so, and how seldom chance alone is."""

from __future__ import annotations

from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.product_trends import WEEKS, explain_idle, explain_trend, idle, may_have_moved, trend

_STEADY = [50, 48, 51, 49, 50, 52, 47, 50, 49, 51, 50, 48]
_weeks = st.lists(st.none() | st.integers(0, 500), max_size=30)


@pytest.mark.parametrize(
    ("recent", "direction"),
    [
        ([30, 28, 31, 29], "decline"),
        ([70, 75, 72, 71], "growth"),
        ([50, 49, 51, 48], "steady"),
        ([50, 20, 51, 48], "steady"),  # one low week
        ([12, 10, 50, 49], "steady"),  # two weeks of holidays
        ([45, 44, 45, 43], "steady"),  # lower, but by less than a fifth
        ([30, 29, None, 31], "decline"),
    ],
)
def test_a_lasting_change_is_told_from_a_low_week(recent: list[int | None], direction: str) -> None:
    found = trend([*_STEADY, *recent])

    assert found is not None
    assert found.direction == direction


def test_the_numbers_are_medians_and_an_interval_of_the_shift() -> None:
    found = trend([*_STEADY, 30, 28, 31, 29])

    assert found is not None
    assert (found.earlier, found.recent, found.earlier_weeks, found.recent_weeks) == (50, 29.5, 12, 4)
    assert found.low <= found.recent - found.earlier <= found.high < 0
    assert round(found.share, 6) == -0.41
    assert explain_trend(found) == [
        "median of the last 4 weeks 29.5, of 12 weeks before 50: -41 %",
        "shift -22 to -18 users a week, with 98 % confidence",
        "decline: the interval leaves out 0",
    ]


@pytest.mark.parametrize(
    "weeks", [[], [50] * 11, [*[50] * 7, 1, 1, 1, 1], [*[50] * 12, 1, 1, None, None]], ids=str
)
def test_too_few_weeks_say_nothing(weeks: list[int | None]) -> None:
    assert trend(weeks) is None
    assert "too few weeks" in explain_trend(trend(weeks))[0]


def test_small_numbers_of_users_move_by_two_at_least() -> None:
    one_less = trend([*[3] * 12, 2, 2, 2, 2])
    all_gone = trend([*[3] * 12, 0, 0, 0, 0])

    assert one_less is not None
    assert one_less.direction == "steady"
    assert all_gone is not None
    assert all_gone.direction == "decline"


def test_what_fell_a_year_ago_too_is_a_season() -> None:
    weeks = [*_STEADY, 30, 28, 31, 29]
    a_year_ago = [*_STEADY, 29, 31, 30, 30]

    seasonal = trend(weeks, a_year_ago)
    worse = trend([*_STEADY, 12, 10, 11, 12], a_year_ago)
    no_help = trend(weeks, [*_STEADY, 60, 61, 60, 60])

    assert seasonal is not None
    assert (seasonal.direction, round(seasonal.season, 6)) == ("steady", 0.6)
    assert any("a year ago" in line for line in explain_trend(seasonal))
    assert worse is not None
    assert worse.direction == "decline"
    assert no_help is not None
    assert no_help.direction == "decline"


@pytest.mark.parametrize("mean", [2, 5, 20, 60])
def test_chance_alone_is_called_a_decline_less_than_once_in_a_hundred_times(mean: int) -> None:
    random = Random(mean)
    found = [trend([_poisson(random, mean) for _ in range(WEEKS)]) for _ in range(1500)]

    alarms = sum(each is not None and each.direction == "decline" for each in found)
    assert alarms / len(found) < 0.01


def test_use_that_halves_is_nearly_always_seen() -> None:
    random = Random(7)
    found = [
        trend([_poisson(random, 30) for _ in range(12)] + [_poisson(random, 15) for _ in range(4)])
        for _ in range(300)
    ]

    assert sum(each is not None and each.direction == "decline" for each in found) / len(found) > 0.95


@given(_weeks)
def test_a_trend_is_a_decline_only_below_and_a_growth_only_above(weeks: list[int | None]) -> None:
    found = trend(weeks)
    if found is None:
        return
    assert found.low <= found.high
    if found.direction == "decline":
        assert found.recent < found.earlier
        assert found.high < 0
    if found.direction == "growth":
        assert found.recent > found.earlier
        assert found.low > 0


@given(_weeks)
def test_a_trend_of_the_mirrored_weeks_is_mirrored(weeks: list[int | None]) -> None:
    mirrored = [None if users is None else 1000 - users for users in weeks]
    one, other = trend(weeks), trend(mirrored)
    if one is None or other is None:
        assert one == other
        return
    assert (one.low, one.high) == (-other.high, -other.low)


@given(_weeks, st.lists(st.none() | st.integers(0, 500), min_size=WEEKS, max_size=WEEKS))
def test_a_quick_look_misses_no_trend(weeks: list[int | None], before: list[int | None]) -> None:
    found = trend(weeks, before)
    if found is not None and found.direction != "steady":
        assert may_have_moved(weeks)


@given(_weeks)
def test_growth_and_decline_are_not_made_by_constant_use(weeks: list[int | None]) -> None:
    found = trend([None if users is None else 7 for users in weeks])
    assert found is None or found.direction == "steady"


@pytest.mark.parametrize(
    ("weeks", "pause", "warning"),
    [
        ([5] * 12 + [0], 1, False),
        ([5] * 12 + [0, 0], 2, True),
        ([5, 0, 0, 0] * 6, 3, False),  # once a month is how they work
        ([5, 0, 0, 0] * 6 + [0, 0, 0, 0], 7, True),
        ([5] * 12, 0, False),
        ([5] * 12 + [0, None, 0], 2, True),  # a week without a report is no week without use
    ],
    ids=str,
)
def test_a_pause_is_held_against_his_own_pauses(weeks: list[int | None], pause: int, warning: bool) -> None:
    found = idle(weeks)

    assert found is not None
    assert (found.weeks, found.warning) == (pause, warning)
    assert bool(explain_idle(found)) == bool(pause)


def test_a_rhythm_needs_six_weeks_with_use() -> None:
    assert idle([5] * 5 + [0] * 9) is None
    assert idle([]) is None
    assert explain_idle(None) == []


def _poisson(random: Random, mean: float) -> int:
    """Knuth's algorithm: how many uniform numbers multiply to less than e^-mean."""
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def test_a_trend_needs_three_weeks_of_the_last_four_and_eight_of_the_twelve_before() -> None:
    enough = trend([*[None] * 4, *[50] * 8, 30, 29, 31, None])

    assert enough is not None
    assert (enough.earlier_weeks, enough.recent_weeks) == (8, 3)
    assert trend([*[None] * 5, *[50] * 7, 30, 29, 31, None]) is None
    assert trend([*[None] * 4, *[50] * 8, 30, 29, None, None]) is None


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        (10, 8, "decline"),  # two users and a fifth: just enough of both
        (10, 9, "steady"),
        (5, 3, "decline"),  # two users
        (5, 4, "steady"),  # a fifth, but of one user only
        (100, 80, "decline"),  # a fifth
        (100, 81, "steady"),
        (10, 12, "growth"),
        (10, 11, "steady"),
    ],
)
def test_a_fifth_and_two_users_are_the_least_that_counts(before: int, now: int, direction: str) -> None:
    found = trend([*[before] * 12, *[now] * 4])

    assert found is not None
    assert found.direction == direction


def test_a_change_that_is_too_small_is_told_from_one_of_which_nothing_is_known() -> None:
    small = trend([*[50] * 12, *[45] * 4])
    unclear = trend([*[40, 60] * 6, 40, 60, 50, 60])

    assert explain_trend(small)[-1] == "no alarm: less than 20 % or 2 users"
    assert explain_trend(unclear)[-1] == "no evidence of change"
    assert explain_trend(trend([50] * 16))[-1] == "no evidence of change"
