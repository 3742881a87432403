"""Numbers and days that nothing can be counted with are refused by name, wherever they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine

_HUGE = "99999999999999999999"


_LISTS = (
    ("client", "list"),
    ("client", "check"),
    ("search", "x"),
    ("history", "C-1"),
    ("db", "history"),
    ("outbox", "list"),
    ("touch-plan", "list"),
    ("adoption", "list"),
    ("health", "alarms"),
    ("today",),
    ("export", "client"),
    ("segment", "list"),
    ("review", "list"),
)


def test_no_list_is_longer_than_a_number_that_can_be_counted_to(romashka: CommandLine) -> None:
    for words in _LISTS:
        message = romashka.run(*words, "--limit", _HUGE, code=2).stderr
        assert "--limit" in message
        assert "too large" in message
        romashka.run(*words, "--limit", "1000000000")


_DAYS = (
    ("metrics", "--to"),
    ("metrics", "--from"),
    ("metrics", "loss", "--to"),
    ("handover", "report", "--to"),
    ("touch", "add", "--client", "C-1", "--text", "x", "--at"),
    ("task", "add", "C-1", "x", "--due-on"),
    ("request", "add", "C-1", "x", "--promised-at"),
    ("client", "edit", "C-1", "--since"),
    ("client", "edit", "C-1", "--paid-till"),
    ("policy", "which", "--tier", "A", "--priority", "normal", "--on"),
    ("request", "promise", "R-1"),
)


@pytest.mark.parametrize("day", ["31.12.9999", "0001-01-01", "9999-12-31", "01.01.1899", "+9000y"])
def test_a_day_at_the_ends_of_the_calendar_is_refused(romashka: CommandLine, day: str) -> None:
    romashka.run("request", "add", "C-1", "печать")
    for words in _DAYS:
        message = romashka.run(*words, day, code=2).stderr
        assert "years go from 1900 to 2199" in message or "is not a date" in message, words


def test_meetings_stored_times_and_files_know_the_same_ends(romashka: CommandLine, tmp_path: Path) -> None:
    assert "years go from" in romashka.refusal("meeting", "plan", "C-1", "31.12.9999 23:30 итоги")
    given = '{"client_id": "C-1", "text": "x", "at": "0001-01-01T00:00:00Z"}'
    message = romashka.run("touch", "add", "--json", "-", stdin=given, code=1).stderr
    assert "at: 01.01.0001 is out of reach" in message
    file = tmp_path / "клиенты.csv"
    file.write_text("name,since\nДалёкий,9999-12-31\n", encoding="utf-8")
    romashka.run("import", "clients", str(file))
    assert "9999" not in romashka.out("client", "list", "--format", "csv", "--columns", "name,since")
