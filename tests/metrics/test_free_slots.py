"""Free slots lie in the time of both sides, and in nothing that is taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.free_slots import Span, common, overlaps, slots, without

DAY = datetime(2026, 11, 27, tzinfo=UTC)


def span(begin: float, end: float) -> Span:
    return DAY + timedelta(hours=begin), DAY + timedelta(hours=end)


def test_the_lunch_of_one_side_and_a_meeting_of_the_other_are_left_out() -> None:
    both = common([span(9, 13), span(14, 18)], [span(10, 18)])
    assert both == [span(10, 13), span(14, 18)]
    free = without(both, [span(10, 11.25), span(16, 20)])
    assert free == [span(11.25, 13), span(14, 16)]
    assert slots(free, 60, 9) == [DAY + timedelta(hours=at) for at in (11.5, 12, 14, 14.5, 15)]


SPANS = st.lists(st.integers(0, 48), min_size=2, max_size=8, unique=True).map(
    lambda cuts: [span(a / 2, b / 2) for a, b in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False)]
)


@given(SPANS, SPANS, SPANS, st.sampled_from([15, 30, 60, 90]))
def test_every_slot_is_in_both_and_free(
    ours: list[Span], theirs: list[Span], taken: list[Span], minutes: int
):
    found = slots(without(common(ours, theirs), taken), minutes, 100)
    assert found == sorted(set(found))
    for at in found:
        meeting = (at, at + timedelta(minutes=minutes))
        for side in (ours, theirs):
            assert any(begin <= at and meeting[1] <= end for begin, end in side)
        assert not any(overlaps(meeting, each) for each in taken)
    # What is free on the half hour is found.
    for half in range(48):
        at = DAY + timedelta(minutes=30 * half)
        meeting = (at, at + timedelta(minutes=minutes))
        inside = all(any(b <= at and meeting[1] <= e for b, e in side) for side in (ours, theirs))
        if inside and not any(overlaps(meeting, each) for each in taken):
            assert at in found
