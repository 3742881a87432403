"""NPS, CSAT and CES."""

from __future__ import annotations

import pytest

from onewindow.metrics.feedback.ces import ONE_TO_SEVEN, ZERO_TO_FIVE, EffortScale, ces
from onewindow.metrics.feedback.csat import csat
from onewindow.metrics.feedback.nps import nps, nps_group, nps_of_counts


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"), [((10, 5, 5), 25, -11.7, 55.2), ((60, 25, 15), 45, 29.3, 58.0)]
)
def test_nps_vectors(counts: tuple[int, int, int], value: float, low: float, high: float) -> None:
    score = nps_of_counts(*counts).score
    assert score is not None
    assert (score.value, round(score.low, 1), round(score.high, 1)) == (value, low, high)
    assert score.n == sum(counts)


def test_nps_of_few_answers_is_only_counts() -> None:
    found = nps([10, 9, 8, 7, 6, 0, 10, 10, 10])
    assert (found.promoters, found.passives, found.detractors, found.n) == (5, 2, 2, 9)
    assert found.score is None
    assert nps([10] * 10).score is not None


def test_nps_groups() -> None:
    names = [nps_group(score) for score in range(11)]
    assert names == ["detractor"] * 7 + ["passive"] * 2 + ["promoter"] * 2


@pytest.mark.parametrize(("good", "n", "low", "high"), [(8, 10, 49.0, 94.3), (45, 50, 78.6, 95.7)])
def test_csat_vectors(good: int, n: int, low: float, high: float) -> None:
    found = csat([4, 5] * (good // 2) + [5] * (good % 2) + [3] * (n - good))
    assert found is not None
    assert (found.value, round(100 * found.low, 1), round(100 * found.high, 1)) == (good / n, low, high)


def test_ces_counts_the_two_easiest_points_of_its_scale() -> None:
    hard = ces([0, 1, 2, 5])
    assert hard is not None
    assert (hard.effort.value, hard.easy.value, hard.easy.n) == (2, 0.5, 4)
    seven = ces([1, 2, 3, 7], ONE_TO_SEVEN)
    assert seven is not None
    assert seven.easy.value == 0.5
    agree = ces([1, 5, 6, 7], EffortScale(1, 7, low_is_easy=False))
    assert agree is not None
    assert agree.easy.value == 0.5


def test_no_answers_no_score() -> None:
    assert csat([]) is None
    assert ces([]) is None
    assert nps([]).score is None


def test_answers_outside_their_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 10"):
        nps([11])
    with pytest.raises(ValueError, match="from 0 to 5"):
        csat([6])
    with pytest.raises(ValueError, match="0 to 5"):
        ces([6], ZERO_TO_FIVE)
    with pytest.raises(ValueError, match="1 to 7"):
        ces([0], ONE_TO_SEVEN)
    with pytest.raises(ValueError, match="four points"):
        EffortScale(1, 3)
