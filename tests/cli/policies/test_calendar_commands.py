"""`onewindow calendar …`: parts of a calendar as people write them, what is open when, and refusals."""

from __future__ import annotations

import json

from command_line import CommandLine

WEEK = "пн–пт 9–13, 14–18"


def test_a_calendar_is_made_of_its_parts(cli: CommandLine) -> None:
    cli.run(
        *("calendar", "add", "Москва", "--zone", "Europe/Moscow", "--hours", WEEK, "--holidays", "RU"),
        *("--close", "2027-01-12 переезд", "--open", "2027-01-16 10:00-15:00"),
    )
    shown = cli.out("calendar", "show", "Москва", "--month", "2027-01").splitlines()
    assert "  mon-fri 9:00-13:00 14:00-18:00" in shown
    assert "Th 07.01.27  closed  Рождество Христово" in shown
    assert "Tu 12.01.27  closed  переезд" in shown
    assert "Sa 16.01.27  10:00-15:00  differs from its weekday" in shown
    days = json.loads(cli.out("calendar", "show", "Москва", "--year", "2027", "--format", "json"))
    assert len(days) == 365
    assert days[15] == {
        "date": "2027-01-16",
        "weekday": "sat",
        "hours": "10:00-15:00",
        "open_seconds": 18_000,
        "differs": True,
        "reason": "",
    }


def test_editing_a_part_leaves_the_others(cli: CommandLine) -> None:
    cli.run("calendar", "add", "София", "--zone", "Europe/Sofia", "--hours", WEEK, "--close", "2027-03-01")
    result = cli.run("calendar", "edit", "София", "--hours", "mon-sat 10-16", "--from", "2027-02-01")
    assert result.stderr == ""
    result = cli.run("calendar", "edit", "София", "--hours", "mon-fri 8-18")
    assert result.stderr == (
        "Other hours count from now on; a date that was closed or opened counts so, a past one too."
        " What was late stays late.\n"
    )
    assert cli.out("calendar", "show", "София").splitlines()[1:5] == [
        "  Europe/Sofia",
        "  mon-fri 8:00-18:00",
        "  from 2027-02-01: mon-sat 10:00-16:00",
        "  2027-03-01 closed",
    ]
    cli.run("calendar", "edit", "София", "--usual", "2027-03-01")
    assert "2027-03-01" not in cli.out("calendar", "show", "София", "--format", "json")
    cli.run("undo")
    assert "2027-03-01" in cli.out("calendar", "show", "София", "--format", "json")


def test_what_makes_no_sense_is_refused_and_nothing_is_stored(cli: CommandLine) -> None:
    assert "open interval" in cli.refusal("calendar", "add", "Никогда", "--hours", "closed", code=2)
    assert "no weekday" in cli.refusal("calendar", "add", "X", "--hours", "funday 9-18", code=2)
    refusal = cli.refusal("calendar", "add", "X", "--hours", WEEK, "--zone", "Europe/Nowhere", code=2)
    assert "time zone" in refusal
    assert "no country" in cli.refusal("calendar", "add", "X", "--hours", WEEK, "--holidays", "QQ", code=2)
    cli.refusal("calendar", "add", "X", "--zone", "Europe/Sofia", code=2)
    assert [calendar["name"] for calendar in cli.data("calendar", "list")] == ["working week"]


def test_open_time_is_counted_with_its_arithmetic(cli: CommandLine) -> None:
    cli.run("calendar", "add", "Москва", "--zone", "Europe/Moscow", "--hours", "mon-fri 9-17")
    asked = ("calendar", "open-time", "13.11.2026 16:30", "16.11.2026 09:30")
    assert "which" not in cli.out(*asked, "--calendar", "Москва")
    assert cli.out(*asked, "--calendar", "Москва").splitlines()[-1] == "Open time: 1 h (3600 s)"
    assert "say which --calendar" in cli.refusal(*asked, code=2)
    assert "before" in cli.refusal("calendar", "open-time", "16.11", "13.11", "--calendar", "Москва", code=2)


def test_holidays_are_renewed_from_today_on(cli: CommandLine) -> None:
    number = cli.out("calendar", "add", "Москва", "--hours", WEEK, "--holidays", "RU")
    assert cli.out("calendar", "refresh") == number
    assert cli.out("calendar", "refresh", "working week") == ""


def test_open_time_names_the_years_whose_holidays_are_not_known(cli: CommandLine) -> None:
    cli.run("calendar", "add", "Москва", "--zone", "Europe/Moscow", "--hours", WEEK, "--holidays", "RU")
    cli.run("calendar", "add", "Всегда", "--zone", "Europe/Moscow", "--hours", "пн-вс 0:00-23:59")
    known = cli.out("calendar", "open-time", "31.12.2026 00:00", "10.01.2027 00:00", "--calendar", "Москва")
    assert "not known" not in known
    late = ("31.12.2049 00:00", "10.01.2051 00:00")
    assert cli.out("calendar", "open-time", *late, "--calendar", "Москва").splitlines()[-2] == (
        "    public holidays are not known for 2049–2051, which counts as if there were none"
    )
    assert "not known" not in cli.out("calendar", "open-time", *late, "--calendar", "Всегда")
    two_days = cli.out(
        "calendar", "open-time", "23.11.2026 12:00", "25.11.2026 12:00", "--calendar", "Всегда"
    )
    assert two_days.splitlines()[-1] == "Open time: 48 h (172800 s)"


def test_a_worked_saturday_is_open_and_the_monday_for_it_closed(cli: CommandLine) -> None:
    cli.run("calendar", "add", "Москва", "--zone", "Europe/Moscow", "--hours", WEEK, "--holidays", "RU")
    counted = cli.out("calendar", "open-time", "01.11.2025 00:00", "04.11.2025 00:00", "--calendar", "Москва")
    assert "Sat 1 Nov 09:00" in counted
    assert counted.splitlines()[-1] == "Open time: 8 h (28800 s)"


def test_a_calendar_by_which_policies_count_stays(cli: CommandLine) -> None:
    cli.run("calendar", "add", "Москва 9–18", "--zone", "Europe/Moscow", "--hours", WEEK)
    cli.run("calendar", "add", "София", "--zone", "Europe/Sofia", "--hours", WEEK)
    cli.run("policy", "add", "Важные", "--calendar", "Москва 9–18", "--priority", "high", "--first", "1h")
    cli.run("policy", "add", "Тихие", "--calendar", "Москва 9–18", "--priority", "low", "--first", "1h")
    assert cli.refusal("calendar", "archive", "Москва 9–18") == (
        "2 policies count by “Москва 9–18” (“Тихие”, “Важные”); give them another calendar or end them first."
    )
    cli.run("policy", "change", "Важные", "--calendar", "София")
    assert "1 policy counts by" in cli.refusal("calendar", "archive", "Москва 9–18")
    cli.run("policy", "change", "Тихие", "--end")
    cli.run("calendar", "archive", "Москва 9–18")
    assert [calendar["name"] for calendar in cli.data("calendar", "list") if "9–18" in calendar["name"]] == []


def test_an_archived_calendar_comes_back_by_its_name(cli: CommandLine) -> None:
    made = cli.out("calendar", "add", "Москва 9–18", "--zone", "Europe/Moscow", "--hours", WEEK)
    cli.run("calendar", "archive", "Москва 9–18")
    assert cli.refusal("calendar", "show", "Москва 9–18") == (
        f"“Москва 9–18” is archived: bring it back with restore, or name it by its id, {made}."
    )
    assert cli.out("calendar", "restore", "москва 9–18") == made
    assert cli.data("calendar", "show", "Москва 9–18")["id"] == made


def test_of_two_of_one_name_the_archived_one_comes_back(romashka: CommandLine) -> None:
    first = romashka.out("task", "add", "C-1", "Позвонить")
    romashka.run("task", "archive", first)
    second = romashka.out("task", "add", "C-1", "Позвонить")
    assert romashka.out("task", "restore", "Позвонить") == first
    assert romashka.out("task", "restore", second) == second
    romashka.run("staff", "add", "Пётр Петров", "--login", "petrov")
    romashka.run("staff", "archive", "petrov")
    romashka.run("staff", "restore", "Петров")
    assert romashka.data("staff", "show", "petrov")["archived_at"] is None
