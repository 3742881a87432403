"""SLA clocks in words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from onewindow.metrics.policies.working_time import calendar
from onewindow.metrics.sla.as_text import closed_text, result_text, why
from onewindow.metrics.sla.clocks import Policy, SlaEvent, clocks
from onewindow.metrics.sla.lateness import duration_text

HOUR = 3600
ZONE = ZoneInfo("Europe/Moscow")
WORK = ((9 * HOUR, 12 * HOUR), (13 * HOUR, 18 * HOUR))
MOSCOW = calendar("Europe/Moscow", dict.fromkeys(range(5), WORK), {"2026-11-12": ()})
POLICY = Policy(MOSCOW, HOUR, 2 * HOUR, 10 * HOUR)


def at(text: str) -> datetime:
    """Read `16 09:30` as Moscow time in November 2026, whose 16th is a Monday."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{day} {clock}+03:00")


def story(*texts: str) -> list[SlaEvent]:
    split = [text.rsplit(" ", 1) for text in texts]
    return [SlaEvent(at(when), kind, POLICY if kind == "opened" else None) for when, kind in split]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59, "59 s"), (60, "1 m"), (3600, "1 h"), (12_059, "3 h 20 m"), (-90, "1 m")],
)
def test_durations(seconds: int, text: str) -> None:
    assert duration_text(seconds) == text


@pytest.mark.parametrize(
    ("told", "now", "text"),
    [
        (story("16 09:00 opened"), "16 17:00", "3 h left, Tu 11:00"),
        (story("16 09:00 opened"), "17 14:20", "2 h late, Tu 11:00"),
        (story("16 09:00 opened", "16 16:40 wait_client"), "18 09:00", "paused, 3 h 20 m left"),
        (story("16 09:00 opened", "17 14:00 wait_client"), "18 09:00", "paused, 2 h late"),
        (story("16 09:00 opened", "16 16:40 resolve"), "18 09:00", "met"),
        (story("16 09:00 opened", "17 14:00 resolve"), "18 09:00", "breached, 2 h late"),
    ],
)
def test_the_state_in_words(told: list[SlaEvent], now: str, text: str) -> None:
    assert result_text(clocks(told, at(now)).resolution, ZONE, at(now)) == text


def test_late_in_closed_time_is_still_late() -> None:
    clock = clocks(story("13 17:00 opened"), at("14 12:00")).first_response
    assert result_text(clock, ZONE, at("14 12:00")) == "0 m late, Fr 18:00"
    ended = clocks(story("13 17:00 opened", "14 12:00 reply"), at("14 12:00")).first_response
    assert result_text(ended, ZONE, at("14 12:00")) == "breached, ended after its term"


def test_a_raised_target_does_not_hide_the_breach() -> None:
    told = [
        *story("16 09:00 opened"),
        SlaEvent(at("17 14:00"), "policy", Policy(MOSCOW, HOUR, HOUR, 20 * HOUR)),
    ]
    now = at("17 14:00")
    said = result_text(clocks(told, now).resolution, ZONE, now)
    assert said == "8 h left, We 14:00, breached before"


def test_why_prints_the_arithmetic_line_by_line() -> None:
    told = story("11 16:30 opened", "13 10:00 reply", "13 10:00 wait_client", "16 10:00 resume")
    told.append(SlaEvent(at("16 11:00"), "policy", Policy(MOSCOW, HOUR, HOUR, 12 * HOUR)))
    assert why(told, at("16 12:30"), "Europe/Moscow") == [
        "Resolution within 12 h of working time, Europe/Moscow",
        "We 11.11 16:30  Opened",
        "    We 11.11 16:30–18:00 + 1 h 30 m = 1 h 30 m",
        "    closed: night, holiday Th 12.11",
        "    Fr 13.11 09:00–10:00 + 1 h = 2 h 30 m",
        "Fr 13.11 10:00  Answered",
        "Fr 13.11 10:00  Waiting for the client, the clock stands",
        "Mo 16.11 10:00  The waiting is over",
        "    not counted: 8 h of working time",
        "    Mo 16.11 10:00–11:00 + 1 h = 3 h 30 m",
        "Mo 16.11 11:00  Policy changed: 12 h from now on, 3 h 30 m used already",
        "    Mo 16.11 11:00–12:00 + 1 h = 4 h 30 m",
        "Mo 16.11 12:30  Now",
        "    closed: break",
        "    Mo 16.11 13:00–18:00 + 5 h = 9 h 30 m",
        "    closed: night",
        "    Tu 17.11 09:00–11:30 + 2 h 30 m = 12 h",
        "Due Tu 17.11 11:30",
        "Resolution: 7 h left, Tu 11:30",
    ]


def test_why_counts_only_to_the_due_instant_when_late() -> None:
    assert why(story("14 08:00 opened"), at("18 12:00"), "Europe/Sofia", "first_response") == [
        "First response within 1 h of working time, Europe/Moscow; times are shown in Europe/Sofia",
        "Sa 14.11 07:00  Opened",
        "    closed: day off Sa 14.11, day off Su 15.11",
        "    Mo 16.11 08:00–09:00 + 1 h = 1 h",
        "Due Mo 16.11 09:00",
        "First response: 18 h late, Mo 09:00",
    ]


def test_why_of_a_request_opened_before_the_day_begins() -> None:
    lines = why(story("16 08:00 opened", "16 09:30 reply"), at("18 12:00"), "Europe/Moscow", "first_response")
    assert lines[1:] == [
        "Mo 16.11 08:00  Opened",
        "    closed: not open yet",
        "    Mo 16.11 09:00–09:30 + 30 m = 30 m",
        "Mo 16.11 09:30  Answered",
        "Due Mo 16.11 10:00",
        "First response: met",
    ]


def test_why_folds_long_stories() -> None:
    told = [SlaEvent(at("02 09:00"), "opened", Policy(MOSCOW, resolution_s=400 * HOUR))]
    lines = why(told, at("02 09:00"), "Europe/Moscow")
    assert len(lines) < 40
    assert "    … and 88 more stretches = 384 h" in lines
    assert lines[-3].endswith("= 400 h")


def test_why_without_a_target_says_so() -> None:
    assert why(story("16 09:00 opened"), at("16 10:00"), "Europe/Moscow", "next_response") == [
        "Next response: no target"
    ]


def test_why_names_a_day_that_was_closed_after_time_had_run_on_it() -> None:
    """Monday counted until it was closed on Tuesday: its hours are given back, and the day is named."""
    closed = MOSCOW.with_dates({**MOSCOW.exceptions, "2026-11-16": ()}, {"2026-11-16": "авария"})
    told = [
        *story("16 09:00 opened"),
        SlaEvent(at("17 10:00"), "policy", Policy(closed, HOUR, HOUR, 12 * HOUR), recount=lambda _: closed),
    ]
    lines = why(told, at("17 10:00"), ZONE.key)
    assert "    closed: авария Mo 16.11, night" not in lines
    assert any(line.startswith("    closed: ") and "авария Mo 16.11" in line for line in lines), lines
    assert not any("Mo 16.11 09:00–" in line for line in lines)


def test_why_leaves_out_what_moved_no_clock_and_what_is_still_to_come() -> None:
    told = story(
        "16 09:00 opened", "16 09:30 reply", "16 10:00 wait_client", "16 11:00 resume", "16 15:00 reply"
    )

    assert why(told, at("16 14:00"), "Europe/Moscow") == [
        "Resolution within 10 h of working time, Europe/Moscow",
        "Mo 16.11 09:00  Opened",
        "    Mo 16.11 09:00–10:00 + 1 h = 1 h",
        "Mo 16.11 10:00  Waiting for the client, the clock stands",
        "Mo 16.11 11:00  The waiting is over",
        "    not counted: 1 h of working time",
        "    Mo 16.11 11:00–12:00 + 1 h = 2 h",
        "    closed: break",
        "    Mo 16.11 13:00–14:00 + 1 h = 3 h",
        "Mo 16.11 14:00  Now",
        "    Mo 16.11 14:00–18:00 + 4 h = 7 h",
        "    closed: night",
        "    Tu 17.11 09:00–12:00 + 3 h = 10 h",
        "Due Tu 17.11 12:00",
        "Resolution: 7 h left, Tu 12:00",
    ]


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("16 08:59", "16 09:00", "not open yet"),
        ("16 12:00", "16 13:00", "break"),
        ("16 12:59:59", "16 13:00", "break"),
        ("16 18:00", "16 23:00", "evening"),
        ("16 18:00", "17 09:00", "night"),
        ("20 18:00", "23 09:00", "night, day off 21.11, day off 22.11"),
    ],
)
def test_what_a_closed_stretch_is(start: str, end: str, text: str) -> None:
    assert closed_text(MOSCOW, at(start), at(end), lambda day: f"{day:%d.%m}") == text


def test_what_closed_before_the_first_minute_depends_on_the_minute() -> None:
    early = calendar("Europe/Moscow", dict.fromkeys(range(5), ((9 * HOUR + 30 * 60, 18 * HOUR),)))
    assert closed_text(early, at("16 09:29"), at("16 09:30"), str) == "not open yet"
