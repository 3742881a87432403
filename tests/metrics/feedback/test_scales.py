"""Each answer of a survey in its group, and the ends of effort scales."""

from __future__ import annotations

import pytest

from onewindow.metrics.feedback.ces import ONE_TO_SEVEN, ZERO_TO_FIVE, EffortScale, ces
from onewindow.metrics.feedback.nps import MIN_ANSWERS, nps, nps_group, nps_of_counts


def test_every_answer_from_0_to_10_has_its_group() -> None:
    assert [nps_group(score) for score in range(11)] == ["detractor"] * 7 + ["passive"] * 2 + ["promoter"] * 2
    for outside in (-1, 11):
        with pytest.raises(ValueError, match=f"An NPS answer is a number from 0 to 10, not {outside}."):
            nps_group(outside)


def test_ten_answers_make_a_score_and_nine_only_counts() -> None:
    few = nps([10, 9, 8, 7, 6, 0, 10, 10, 10])
    assert (few.promoters, few.passives, few.detractors, few.n, few.score) == (5, 2, 2, 9, None)
    enough = nps_of_counts(6, 1, 3)
    assert MIN_ANSWERS == enough.n == 10
    assert enough.score is not None
    assert (enough.score.value, enough.score.n) == (30, 10)
    assert (round(enough.score.low, 1), round(enough.score.high, 1)) == (-24.1, 70.3)
    turned = nps_of_counts(3, 1, 6).score
    assert turned is not None
    assert turned.value == -30


@pytest.mark.parametrize(
    ("scale", "easy"),
    [
        (ZERO_TO_FIVE, [0, 1]),
        (ONE_TO_SEVEN, [1, 2]),
        (EffortScale(0, 5, low_is_easy=False), [4, 5]),
        (EffortScale(1, 4), [1, 2]),
    ],
)
def test_the_two_easiest_points_of_a_scale_are_easy(scale: EffortScale, easy: list[int]) -> None:
    points = range(scale.lowest, scale.highest + 1)
    assert [point for point in points if scale.easy(point)] == easy


def test_effort_is_asked_from_0_to_5_or_from_1_to_7() -> None:
    assert [(each.lowest, each.highest, each.low_is_easy) for each in (ZERO_TO_FIVE, ONE_TO_SEVEN)] == [
        (0, 5, True),
        (1, 7, True),
    ]


def test_a_scale_has_four_points_at_least() -> None:
    assert EffortScale(1, 4).highest == 4
    with pytest.raises(ValueError, match="An effort scale needs at least four points"):
        EffortScale(1, 3)


def test_effort_is_a_mean_within_its_scale_and_a_share_of_easy_answers() -> None:
    told = ces([0, 1, 2, 5])
    assert told is not None
    assert (told.effort.value, told.effort.n, told.effort.low, told.effort.high) == (2.0, 4, 0, 5)
    assert (told.easy.value, told.easy.n) == (0.5, 4)
    assert ces([]) is None
    for outside in (-1, 6):
        with pytest.raises(ValueError, match=f"An answer on this effort scale is 0 to 5, not {outside}."):
            ces([3, outside])
    assert ces([7, 1], ONE_TO_SEVEN) is not None
