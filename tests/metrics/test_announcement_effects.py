"""Trained against not trained: the published intervals of a difference, and how soon a thing is used."""

from __future__ import annotations

import pytest

from onewindow.metrics.announcement_effects import Group, compared, first_use

# R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10: counts, difference, interval.
PUBLISHED = [
    ((56, 70), (48, 80), 0.2000, 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.6000, 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.5714, 0.0582, 0.8062),
    ((5, 56), (0, 29), 0.0893, -0.0381, 0.1926),
    ((0, 10), (0, 20), 0.0000, -0.1611, 0.2775),
    ((0, 10), (0, 10), 0.0000, -0.2775, 0.2775),
    ((10, 10), (0, 20), 1.0000, 0.6791, 1.0000),
    ((10, 10), (0, 10), 1.0000, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("first", "second", "difference", "low", "high"), PUBLISHED)
def test_the_difference_of_two_shares_has_the_published_interval(
    first: tuple[int, int], second: tuple[int, int], difference: float, low: float, high: float
) -> None:
    found = compared(Group(first[1], first[0]), Group(second[1], second[0])).difference
    assert found is not None
    told = ((found.value, difference), (found.low, low), (found.high, high))
    assert all(abs(ours - published) < 6e-5 for ours, published in told)


def test_the_verdict_says_only_what_the_interval_allows() -> None:
    assert compared(Group(70, 56), Group(80, 48)).verdict == "more often after training"
    assert compared(Group(80, 48), Group(70, 56)).verdict == "less often after training"
    assert compared(Group(56, 5), Group(29, 0)).verdict == "no evidence of change"
    assert compared(Group(9, 9), Group(80, 1)).verdict == "too few to compare, fewer than 10 in a group"
    nobody = compared(Group(0, 0), Group(80, 1))
    assert (nobody.trained, nobody.difference, nobody.verdict) == (None, None, "nobody to compare with")


def test_who_has_not_used_it_yet_waits_on() -> None:
    found = first_use([(0, True), (1, True), (2, True), (8, False), (8, False), (8, False)])
    assert (found.n, found.used, found.median) == (6, 3, 2)
    assert first_use([(0, True), (3, False), (3, False)]).median is None
    # Of five, two used it after 1 and 4 weeks while two were seen for 2 weeks only: 4/5, then 4/5 · 1/2.
    assert first_use([(1, True), (2, False), (2, False), (4, True), (9, False)]).median == 4
    assert first_use([]).n == 0


@pytest.mark.parametrize(
    ("trained", "untrained", "is_enough"),
    [(9, 10, False), (10, 9, False), (10, 10, True), (11, 10, True), (10, 80, True)],
)
def test_ten_in_each_group_are_enough_to_compare(trained: int, untrained: int, is_enough: bool) -> None:
    verdict = compared(Group(trained, trained), Group(untrained, 0)).verdict
    few = "too few to compare, fewer than 10 in a group"
    assert verdict == ("more often after training" if is_enough else few)
