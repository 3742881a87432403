"""The team on the command line."""

from __future__ import annotations

from command_line import CommandLine


def test_the_load_and_the_queues_are_tables_for_people_and_machines(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "не печатает")
    assert "anna" in romashka.out("team")
    rows = romashka.data("team")
    assert [(row["login"], row["open"]) for row in rows] == [("", 0), ("anna", 1)]
    assert [row["title"] for row in romashka.data("team", "requests", "anna")] == ["не печатает"]
    assert [row["number"] for row in romashka.data("team", "queue", "unanswered")] == ["R-1"]
    assert romashka.data("team", "queue", "lead") == []
    assert "не печатает" in romashka.out("team", "requests", "anna")


def test_work_is_given_away_and_an_absence_noted(romashka: CommandLine) -> None:
    romashka.run("staff", "add", "Борис Ли", "--login", "boris")
    romashka.run("request", "add", "romashka", "не печатает")
    romashka.run("request", "add", "romashka", "вход")
    assert "name the requests" in romashka.refusal("team", "assign", "boris", "--because", "x", code=2)
    said = romashka.out("team", "assign", "boris", "--all-of", "anna", "--because", "отпуск")
    assert said == "2 requests to Борис Ли."
    romashka.run("undo")
    assert len(romashka.data("team", "requests", "anna")) == 2
    romashka.run("team", "assign", "boris", "R-1", "--because", "знает принтер")
    romashka.run("team", "away", "anna", "сегодня – завтра Борис")
    (row,) = [row for row in romashka.data("team") if row["login"] == "anna"]
    assert row["deputy"] == "Борис Ли"
    assert row["away_from"] is not None
    romashka.run("team", "back", "anna")
    assert "write the days" in romashka.refusal("team", "away", "anna", " ", code=2)


def test_a_queue_may_be_a_persons_and_says_what_else_it_can_be(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "нет доступа")
    assert "нет доступа" in romashka.out("team", "queue", "anna")
    assert romashka.out("team", "queue", "anna") == romashka.out("team", "requests", "anna")
    said = romashka.refusal("team", "queue", "никто", code=2)
    assert "a queue is one of late, unanswered, nobody, lead, or a person's" in said


def test_who_looks_for_absences_is_told_their_command(romashka: CommandLine) -> None:
    assert "did you mean team away?" in romashka.refusal("absence", code=2)
    assert "did you mean team away?" in romashka.refusal("team", "absence", "anna", code=2)
