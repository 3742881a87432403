"""`onewindow touch-plan` as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    line = CommandLine(tmp_path / "own.db")
    line.run("client", "add", "Ромашка", "--owner", "anna", "--since", "01.02.2020")
    line.run("touch-cadence", "add", "Всем", "--every-days", "5", "--touch-kind", "visit")
    line.run(
        "touch", "add", "romashka", "--text", "говорили", "--at", "2020-03-02 10:00", "--direction", "out"
    )
    return line


def test_a_touch_is_listed_explained_and_logged(line: CommandLine) -> None:
    (row,) = line.data("touch-plan", "list")
    assert (row["client"], row["due_on"], row["touch_kind"]) == ("Ромашка", "2020-03-09", "visit")
    assert row["days_late"] > 2000
    assert "Last personal touch: call on 02.03.20" in line.out("touch-plan", "why", "romashka")
    assert line.out("touch-plan", "done", "romashka", "съездили,", "всё", "хорошо").isdigit()
    (touch,) = [
        touchpoint
        for touchpoint in line.data("touch", "list", "--all")
        if touchpoint["touch_kind"] == "visit"
    ]
    assert touch["text"] == "съездили, всё хорошо"
    assert line.data("touch-plan", "list") == []
    assert line.out("touch-plan", "list") == "Nothing is due."
    assert len(line.data("touch-plan", "list", "--days", "31", "--all")) == 1


def test_a_touch_is_put_off_and_skipped(line: CommandLine) -> None:
    assert "is not ahead" in line.refusal("touch-plan", "put-off", "romashka", "01.01.2020", "потом")
    assert line.out("touch-plan", "put-off", "romashka", "+3w", "просил").startswith("Put off: every 5")
    assert line.data("touch-plan", "list") == []
    assert line.out("touch-plan", "skip", "romashka", "лето").startswith("Skipped: ")
    assert "skipped by" in line.out("touch-plan", "why", "romashka")
