"""A list of everything says which rows are archived, and no clock runs in them."""

from __future__ import annotations

from command_line import CommandLine


def test_an_archived_request_is_marked_and_has_no_time_left(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "печать")
    romashka.run("request", "add", "romashka", "вход")
    romashka.run("request", "delete", "R-1")
    output = romashka.out("request", "list", "--all", "--columns", "id,time,archived_at")
    first, second = output.splitlines()[-2:]
    assert "left" not in first
    assert first.split()[0] == "R-1"
    assert len(first.split()) == 3  # id, then day and hour of the archiving
    assert "left" in second
    listed = {row["number"]: row for row in romashka.data("request", "list", "--all")}
    assert listed[1]["slack_seconds"] is None
    assert listed[1]["archived_at"] is not None


def test_lists_of_everything_have_a_column_for_it(romashka: CommandLine) -> None:
    romashka.run("client", "add", "Альфа")
    romashka.run("client", "delete", "alfa")
    for noun in ("client", "request", "contact"):
        assert "archived_at" in romashka.out(noun, "list", "--all")
        assert "archived_at" not in romashka.out(noun, "list")
    listed = romashka.out("client", "list", "--all", "--columns", "name,archived_at").splitlines()[-2:]
    assert {line.split()[0]: len(line.split()) for line in listed} == {"Ромашка": 1, "Альфа": 3}


def test_my_clients_name_how_many_lost_ones_are_left_out(romashka: CommandLine) -> None:
    romashka.run("client", "edit", "romashka", "--owner", "anna")
    romashka.run("client", "add", "Альфа", "--owner", "anna", "--stage", "lost", "--loss-reason", "цена")
    result = romashka.run("client", "list", "--mine")
    assert "Альфа" not in result.stdout
    assert result.stderr == "1 lost client is left out; --all lists them too.\n"
    whole = romashka.run("client", "list", "--mine", "--all")
    assert "Альфа" in whole.stdout
    assert whole.stderr == ""
