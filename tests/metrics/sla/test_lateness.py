"""How late or how long left: one figure in working time, with its due moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from onewindow.metrics.policies.working_time import calendar
from onewindow.metrics.sla.clocks import Policy, SlaEvent, clocks
from onewindow.metrics.sla.lateness import (
    Lateness,
    is_late,
    lateness_of_clock,
    lateness_of_date,
    lateness_text,
)

HOUR = 3600
ZONE = ZoneInfo("Europe/Moscow")
OFFICE = calendar("Europe/Moscow", dict.fromkeys(range(5), ((9 * HOUR, 12 * HOUR), (13 * HOUR, 18 * HOUR))))
POLICY = Policy(OFFICE, HOUR, 2 * HOUR, 10 * HOUR)


def at(text: str) -> datetime:
    """Read `16 09:30` as Moscow time in November 2026, whose 16th is a Monday."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{day} {clock}+03:00")


def said(lateness: Lateness | None, now: str) -> str:
    return lateness_text(lateness, ZONE, at(now))


@pytest.mark.parametrize(
    ("now", "text", "late"),
    [
        ("16 09:00", "10 h left, Tu 11:00", False),
        ("16 12:30", "7 h left, Tu 11:00", False),
        ("17 10:59:01", "0 m left, Tu 11:00", False),
        ("17 11:00", "0 m left, Tu 11:00", False),
        ("17 11:00:01", "0 m late, Tu 11:00", True),
        ("17 11:59", "59 m late, Tu 11:00", True),
        ("17 14:59", "2 h late, Tu 11:00", True),
        ("22 12:00", "30 h late, Tu 11:00", True),
        ("24 09:00", "38 h late, 17.11 11:00", True),
    ],
)
def test_a_running_clock_says_its_working_time_and_its_due_moment(now: str, text: str, late: bool) -> None:
    clock = clocks([SlaEvent(at("16 09:00"), "opened", POLICY)], at(now)).resolution
    assert said(lateness_of_clock(clock), now) == text
    assert is_late(clock) is late


def test_on_a_day_off_what_is_left_is_in_working_time_and_the_moment_says_when_it_ends() -> None:
    sunday = "22 13:00"
    due_on_sunday = lateness_of_date(at("22 18:00"), at(sunday), OFFICE)
    assert said(due_on_sunday, sunday) == "0 m left, Su 18:00"
    assert not due_on_sunday.is_late
    due_on_monday = lateness_of_date(at("23 12:00"), at(sunday), OFFICE)
    assert said(due_on_monday, sunday) == "3 h left, Mo 12:00"
    due_on_friday = lateness_of_date(at("20 18:00"), at(sunday), OFFICE)
    assert said(due_on_friday, sunday) == "0 m late, Fr 18:00"
    assert due_on_friday.is_late


def test_a_paused_clock_says_what_is_left_to_the_minute_and_no_moment() -> None:
    story = [SlaEvent(at("16 09:00"), "opened", POLICY), SlaEvent(at("16 16:40"), "wait_client")]
    paused = lateness_of_clock(clocks(story, at("20 09:00")).resolution)
    assert paused is not None
    assert (paused.is_paused, paused.is_late, paused.due_at) == (True, False, None)
    assert said(paused, "20 09:00") == "paused, 3 h 20 m left"
    longer = replace(POLICY, resolution_s=20 * HOUR)
    early = [SlaEvent(at("13 16:00"), "opened", longer), SlaEvent(at("13 16:30"), "wait_client")]
    assert (
        said(lateness_of_clock(clocks(early, at("20 09:00")).resolution), "20 09:00") == "paused, 19 h left"
    )


def test_what_was_late_before_it_was_paused_stays_late() -> None:
    story = [SlaEvent(at("16 09:00"), "opened", POLICY), SlaEvent(at("17 14:00"), "wait_client")]
    assert said(lateness_of_clock(clocks(story, at("20 09:00")).resolution), "20 09:00") == "paused, 2 h late"


def test_what_was_met_or_has_no_target_has_no_figure() -> None:
    story = [SlaEvent(at("16 09:00"), "opened", POLICY), SlaEvent(at("16 10:00"), "resolve")]
    assert lateness_of_clock(clocks(story, at("20 09:00")).resolution) is None
    assert lateness_of_clock(None) is None
    assert said(None, "20 09:00") == "no clock"


def test_a_clock_that_ended_late_says_by_how_much_and_is_not_late_any_more() -> None:
    story = [SlaEvent(at("16 09:00"), "opened", POLICY), SlaEvent(at("17 14:00"), "resolve")]
    clock = clocks(story, at("20 09:00")).resolution
    assert said(lateness_of_clock(clock), "20 09:00") == "2 h late, Tu 11:00"
    assert not is_late(clock)


def test_a_date_without_any_calendar_counts_all_time() -> None:
    found = lateness_of_date(at("22 18:00"), at("22 13:00"), None)
    assert (found.seconds, said(found, "22 13:00")) == (5 * HOUR, "5 h left, Su 18:00")
