"""The order of a day: total, breached requests first, then least slack, tier, age."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.today_order import LEVELS, Place, difference, place, tier_rank

KINDS = ("request", "promise", "task", "document", "survey_response")
PLACES = st.builds(
    place,
    is_late=st.booleans(),
    client_waits=st.booleans(),
    slack_s=st.none() | st.integers(-5, 5),
    tier=st.sampled_from(["A", "B", "C", "D", "", "Z"]),
    since=st.sampled_from(["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"]),
    kind=st.sampled_from(KINDS),
    record_id=st.integers(1, 3),
)


def at(kind: str = "request", slack: int | None = 60, tier: str = "B", record_id: int = 1) -> Place:
    return place(
        is_late=slack is not None and slack < 0,
        client_waits=kind in ("request", "promise", "survey_response"),
        slack_s=slack,
        tier=tier,
        since="2026-11-01T00:00:00Z",
        kind=kind,
        record_id=record_id,
    )


def test_the_day_begins_with_breached_requests_and_ends_with_what_has_no_time() -> None:
    wanted = [
        at("request", -60),
        at("promise", -6000),
        at("task", -60_000),
        at("request", 60),
        at("task", 120),
        at("task", None),
    ]
    assert sorted(wanted) == wanted
    assert min(wanted[::-1]) == wanted[0]
    assert [each.level for each in wanted] == [0, 1, 2, 3, 3, 4]


def test_of_equal_slack_the_better_tier_then_the_older_comes_first() -> None:
    assert at(tier="A") < at(tier="B") < at(tier="D") < at(tier="")
    assert tier_rank("A") == 0
    assert tier_rank("?") == tier_rank("") == 4


@given(st.lists(PLACES, max_size=12))
def test_the_order_is_total_and_does_not_depend_on_where_one_began(places: list[Place]) -> None:
    backwards = places[::-1]
    assert sorted(places) == sorted(backwards)
    for first in places:
        for second in places:
            assert (first < second) + (second < first) + (first == second) == 1


@given(PLACES, PLACES)
def test_slack_decides_within_a_level_and_a_level_before_it(first: Place, second: Place) -> None:
    if first.level == second.level and first.slack_s < second.slack_s:
        assert first < second
    if first.level < second.level:
        assert first < second


@given(PLACES, PLACES)
def test_why_one_stands_before_another_names_the_first_difference(first: Place, second: Place) -> None:
    said = difference(first, second)
    if first.level != second.level:
        assert said == f"{LEVELS[first.level]}, there {LEVELS[second.level]}"
    elif first.slack_s != second.slack_s:
        assert said in ("less time is left", "it is over for longer")
    elif first.tier != second.tier:
        assert "tier" in said
