"""What is not used: the days and weeks at which it counts, and how grave each alarm is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from onewindow.metrics.health import alarm_weights
from onewindow.metrics.health.missed_training import PlannedTraining, first_day, unfinished
from onewindow.metrics.health.product_use import OwnedUse, is_untouched, never_used, together, unused
from onewindow.metrics.health.silence import Periods, Signs

TODAY = date(2026, 11, 29)
IN_USE = OwnedUse(1, 10, 4, "2026-01-01", "2026-11-20", [4] * 10)
IDLE = OwnedUse(2, 5, 0, "2026-01-01", None, [None] * 10)


@pytest.mark.parametrize(("last", "weight"), [("2026-10-30", 65), ("2026-10-31", None), (None, None)])
def test_a_product_is_unused_thirty_days_after_its_last_use(last: str | None, weight: int | None) -> None:
    found = unused(replace(IN_USE, last_used_on=last), TODAY)
    assert (found and found.weight) == weight
    assert found is None or found.since == "2026-10-30"


def test_a_pause_counts_once_it_is_longer_than_the_pauses_made_before() -> None:
    assert unused(replace(IN_USE, weeks=[3] * 8 + [0]), TODAY) is None
    found = unused(replace(IN_USE, weeks=[3] * 8 + [0, 0]), TODAY)
    assert found is not None
    assert found.pause is not None
    assert (found.weight, found.pause.weeks, found.pause.usual) == (45, 2, 0)


@pytest.mark.parametrize(
    ("changes", "untouched"),
    [
        ({}, True),
        ({"starts_on": "2026-10-30"}, True),
        ({"starts_on": "2026-10-31"}, False),
        ({"starts_on": None}, False),
        ({"active": 1}, False),
        ({"last_used_on": "2026-01-02"}, False),
        ({"weeks": [None, 1]}, False),
    ],
)
def test_licences_are_untouched_after_a_month_without_any_use(
    changes: dict[str, object], untouched: bool
) -> None:
    assert is_untouched(replace(IDLE, **changes), TODAY) == untouched


def test_untouched_products_are_told_only_where_others_are_used() -> None:
    assert never_used([IN_USE, IDLE], TODAY) == [IDLE]
    assert never_used([IDLE], TODAY) == []
    assert never_used([IDLE, replace(IDLE, product_id=3)], TODAY) == []
    assert never_used([IDLE, replace(IDLE, active=1)], TODAY) == []


def test_licences_of_one_product_are_added_up() -> None:
    more = OwnedUse(1, 5, 2, "2025-06-01", "2026-11-25", IN_USE.weeks)
    assert together(IN_USE, more) == OwnedUse(1, 15, 6, "2025-06-01", "2026-11-25", IN_USE.weeks)
    unknown = OwnedUse(1, 5, 0, None, None, IN_USE.weeks)
    assert together(unknown, unknown).last_used_on is None
    assert together(IN_USE, unknown).starts_on == "2026-01-01"


@pytest.mark.parametrize(("days", "weight"), [(91, 45), (94, 45), (95, 46), (135, 55), (180, 65), (900, 65)])
def test_the_longer_nobody_was_in_touch_the_graver(days: int, weight: int) -> None:
    assert alarm_weights.no_touch(days, 90) == weight


def test_a_fall_by_half_and_rare_silence_are_graver() -> None:
    assert [alarm_weights.decline(share) for share in (-0.49, -0.5, -0.9)] == [50, 60, 60]
    assert [alarm_weights.silence(likely) for likely in (0.04, 0.01, 0.0099)] == [40, 40, 50]
    assert not alarm_weights.is_expected_to_act("lost")
    assert alarm_weights.is_expected_to_act("active")


@pytest.mark.parametrize(
    ("lesson", "found"),
    [
        (PlannedTraining("Склад", "2026-11-22", "planned"), ""),
        (PlannedTraining("Склад", "2026-11-21", "planned"), "no result"),
        (PlannedTraining("Склад", None, "planned"), ""),
        (PlannedTraining("Склад", "2026-09-01", "done"), ""),
        (PlannedTraining("Склад", "2026-10-01", "missed"), "missed"),
        (PlannedTraining("склад", "2026-09-30", "missed"), ""),
    ],
)
def test_a_lesson_without_an_end_is_told(lesson: PlannedTraining, found: str) -> None:
    others = [
        lesson,
        PlannedTraining("Склад", "2026-10-01", "done"),
        PlannedTraining("Касса", "2026-11-01", "done"),
    ]
    assert unfinished(lesson, others, TODAY) == found
    assert first_day(TODAY) == "2026-08-31"


def test_signs_of_life_are_counted_in_whole_periods_of_four_weeks() -> None:
    days = ["2026-09-01", "2026-10-20", "2026-11-01", "2026-11-02", "2026-11-29", "2026-12-05"]
    # Periods: from 2.11. on, from 5.10., from 7.9., and the one of the first sign, which is not whole.
    assert Periods(TODAY).signs(days) == Signs([3, 2, 0], "2026-12-05")
    assert Periods(TODAY).signs(["2026-11-29"]) == Signs([], "2026-11-29")
