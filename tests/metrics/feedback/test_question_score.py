"""What the answers to one question come to: the number of its metric, counts alone below ten."""

from __future__ import annotations

import pytest

from onewindow.metrics.feedback.question_score import ClosedLoop, score_of
from onewindow.records.survey_questions import Question

NPS = Question(1, "q", "nps", 0, 10, "higher_is_better")
CSAT = Question(1, "q", "csat", 0, 5, "higher_is_better")
CES = Question(1, "q", "ces", 1, 7, "lower_is_better")
OTHER = Question(1, "q", "other", 1, 3, "higher_is_better")


def test_nps_in_points_with_its_groups() -> None:
    score = score_of(NPS, [10] * 10 + [8] * 5 + [3] * 5)
    assert score.value is not None
    assert (score.value.value, round(score.value.low, 1), round(score.value.high, 1)) == (25, -11.7, 55.2)
    assert (score.n, score.share) == (20, None)
    assert dict(score.groups) == {"promoter": 10, "passive": 5, "detractor": 5}


def test_csat_is_the_share_of_the_two_best_marks() -> None:
    score = score_of(CSAT, [5] * 8 + [3] * 2)
    assert score.value is not None
    assert score.average is not None
    assert (score.value.value, round(100 * score.value.low, 1), round(100 * score.value.high, 1)) == (
        0.8,
        49.0,
        94.3,
    )
    assert score.average.value == 4.6


def test_ces_is_the_mean_with_the_share_of_easy_answers() -> None:
    score = score_of(CES, [1, 2] * 3 + [7] * 6)
    assert score.value is not None
    assert score.share is not None
    assert (score.value.value, score.share.value) == (4.25, 0.5)


def test_any_other_scale_has_a_mean() -> None:
    score = score_of(OTHER, [1, 2, 3] * 4)
    assert score.value is not None
    assert (score.value.value, score.share) == (2, None)


@pytest.mark.parametrize(("n", "is_few"), [(0, True), (9, True), (10, False)])
def test_below_ten_answers_there_are_only_counts(n: int, is_few: bool) -> None:
    score = score_of(NPS, [10] * n)
    assert (score.is_few, score.value is None, score.average is None) == (is_few, is_few, is_few)
    assert score.groups.get("promoter", 0) == n
    assert score.counts == ({10: n} if n else {})


def test_a_mark_beyond_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 7, and an answer 0"):
        score_of(CES, [3, 0])


def test_low_marks_that_were_followed_up() -> None:
    loop = ClosedLoop(5, 3, 2)
    assert loop.rate is not None
    assert loop.in_time_rate is not None
    assert (loop.rate.value, loop.in_time_rate.value, loop.rate.n) == (0.6, 0.4, 5)
    assert (round(loop.rate.low, 3), round(loop.rate.high, 3)) == (0.231, 0.882)
    assert ClosedLoop(0, 0, 0).rate is None
    assert ClosedLoop(0, 0, 0).in_time_rate is None
