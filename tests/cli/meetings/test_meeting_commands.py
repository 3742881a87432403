"""`onewindow meeting` as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine
from ical_reader import read_event


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    line = CommandLine(tmp_path / "own.db")
    line.run("client", "add", "Ромашка", "--owner", "anna", "--time-zone", "Europe/Moscow")
    line.run("contact", "add", "--client", "romashka", "Анна Ким", "--email", "a.kim@romashka.example")
    return line


def test_a_meeting_is_planned_moved_and_written_as_a_calendar(line: CommandLine, tmp_path: Path) -> None:
    made = line.run("meeting", "plan", "romashka", "+3d 15:00 итоги квартала онлайн 45м")
    meeting = made.stdout.strip()
    assert line.out("meeting", "people", meeting).splitlines()[0] == "client: Анна Ким"
    target = tmp_path / "встреча.ics"
    assert line.out("meeting", "ics", meeting, "--file", str(target)) == str(target)
    first = read_event(target.read_bytes())
    assert "Say why" in line.refusal("meeting", "postpone", meeting, "+4d", "15:00")
    output = line.out("meeting", "postpone", meeting, "+4d 15:00", "--because", "занят")
    assert "postponed 1 ×" in output
    again = read_event(line.run("meeting", "ics", meeting).stdout_bytes)
    assert first["UID"] == again["UID"]
    assert (first["SEQUENCE"].raw, again["SEQUENCE"].raw) == ("0", "1")
    assert line.out("meeting", "held", meeting, "всё", "решили").isdigit()
    assert "held already" in line.refusal("meeting", "cancel", meeting, "поздно")
    (counted,) = line.data("meeting", "counts")
    assert (counted["held"], counted["postponed"]) == (1, 1)


def test_the_brief_comes_as_text_and_as_markdown(line: CommandLine) -> None:
    assert "WHO\n  Анна Ким" in line.out("meeting", "brief", "romashka")
    assert "## who\n\n- Анна Ким" in line.out("meeting", "brief", "romashka", "--format", "md")


def test_slots_are_utc_for_machines(line: CommandLine) -> None:
    slots = line.data("meeting", "slots", "romashka", "--limit", "3")
    assert len(slots) == 3
    assert all(slot["starts_at"].endswith("Z") for slot in slots)
