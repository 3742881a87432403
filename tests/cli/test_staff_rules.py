"""Who may change staff, under whose login one works, one login a person, and work for people who left."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from contextlib import closing

import pytest
from command_line import CommandLine


@pytest.fixture
def office(romashka: CommandLine) -> CommandLine:
    """Anna, who began the file, with a colleague who stays and one who left."""
    romashka.run("staff", "add", "Пётр Петров", "--login", "petrov")
    romashka.run("staff", "add", "Борис Орлов", "--login", "orlov")
    romashka.run("request", "add", "C-1", "дело")
    romashka.run("staff", "archive", "orlov")
    return romashka


def test_a_login_in_capitals_or_taken_apart_is_the_same_person(cli: CommandLine) -> None:
    cli.run("staff", "add", "Анна Ким", "--login", "Анна.Й")
    assert cli.data("staff", "show", "анна.й")["login"] == "анна.й"
    taken_apart = unicodedata.normalize("NFD", "АННА.Й")
    message = cli.refusal("staff", "add", "Анна Другая", "--login", taken_apart, code=2)
    assert "Анна Ким has this login already" in message


def test_an_old_file_with_both_spellings_keeps_both_people(cli: CommandLine) -> None:
    cli.run("staff", "add", "Анна Ким", "--login", "kim")
    cli.run("staff", "add", "Другая", "--login", "other")
    with closing(sqlite3.connect(cli.database)) as connection, connection:
        connection.execute("UPDATE staff SET login = 'KIM' WHERE login = 'other'")
    assert cli.data("staff", "show", "KIM")["name"] == "Другая"
    assert cli.data("staff", "show", "kim")["name"] == "Анна Ким"
    cli.run("staff", "edit", "KIM", "--office", "Казань")
    assert "“kim” and “KIM” differ in capitals only" in cli.run("db", "check").stdout


def test_the_first_person_changes_staff_whatever_the_role(office: CommandLine) -> None:
    office.run("staff", "edit", "anna", "--role", "lead")
    office.run("staff", "add", "Вера", "--login", "vera")
    office.run("staff", "edit", "vera", "--role", "admin")
    office.login = "vera"
    office.run("staff", "edit", "petrov", "--role", "lead")


@pytest.mark.parametrize(
    "words",
    [
        ("staff", "edit", "petrov", "--role", "admin"),
        ("staff", "edit", "anna", "--office", "x"),
        ("staff", "add", "Друг", "--login", "friend"),
        ("staff", "archive", "anna"),
        ("staff", "restore", "orlov"),
    ],
)
@pytest.mark.parametrize("role", ["account_manager", "lead", "sales"])
def test_nobody_else_changes_staff(office: CommandLine, words: tuple[str, ...], role: str) -> None:
    office.run("staff", "edit", "petrov", "--role", role)
    office.login = "petrov"
    message = office.run(*words, code=1 if words[1] in ("archive", "restore") else 2).stderr
    assert "only an admin changes staff; ask anna" in message


def test_everybody_changes_the_own_telephone_and_absence(office: CommandLine) -> None:
    office.login = "petrov"
    office.run("staff", "edit", "petrov", "--phone", "+79120000000")
    office.run("team", "away", "me", "01.12.2026 – 05.12.2026")


def test_the_last_admin_cannot_be_locked_out(office: CommandLine) -> None:
    assert "the last admin" in office.refusal("staff", "archive", "anna")
    office.run("staff", "edit", "petrov", "--role", "admin")
    office.login = "petrov"
    office.run("staff", "archive", "anna")
    assert "the last admin" in office.refusal("staff", "edit", "petrov", "--role", "lead", code=2)
    assert "the last admin" in office.refusal("staff", "archive", "petrov")


def test_only_an_admin_works_under_another_login(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "petrov")
    office.login = "anna"
    message = office.refusal("client", "list")
    assert "You are petrov here, and only an admin works under another's login." in message
    office.login = "petrov"
    office.run("client", "list")
    monkeypatch.setenv("LOGNAME", "anna")
    office.run("client", "list")


def test_nobody_works_under_the_login_of_somebody_who_left(office: CommandLine) -> None:
    office.login = "orlov"
    assert "Борис Орлов works here no more" in office.refusal("client", "list")


@pytest.mark.parametrize(
    "words",
    [
        ("request", "assign", "R-1", "orlov", "--reason", "он знает"),
        ("request", "edit", "R-1", "--assignee", "orlov"),
        ("client", "edit", "C-1", "--owner", "orlov"),
        ("client", "edit", "C-1", "--deputy", "orlov"),
        ("client", "add", "Лотос", "--owner", "orlov"),
        ("task", "add", "C-1", "позвонить", "--assignee", "orlov"),
        ("promise", "add", "C-1", "слово", "--due-on", "+3d", "--owner", "orlov"),
        ("staff", "edit", "petrov", "--deputy", "orlov"),
        ("team", "away", "petrov", "01.12.2026 – 05.12.2026 orlov"),
        ("meeting", "plan", "C-1", "01.12.2026 10:00 итоги", "--colleague", "orlov"),
        ("handover", "send", "C-1", "--to", "orlov"),
    ],
)
def test_who_left_gets_nothing_to_do(office: CommandLine, words: tuple[str, ...]) -> None:
    result = office.run(*words, code=2 if words[1] in ("add", "edit") else 1)
    assert "Борис Орлов works here no more" in result.stderr


def test_a_bulk_of_json_names_the_record_with_somebody_who_left(office: CommandLine) -> None:
    orlov = office.data("staff", "show", "orlov")["id"]
    records = [{"client": "C-1", "title": "a"}, {"client": "C-1", "title": "b", "assignee_id": orlov}]
    message = office.refusal("task", "add", "--json", "-", stdin=json.dumps(records))
    assert "record 2 of 2" in message
    assert "works here no more" in message
    assert office.data("task", "list") == []


def test_what_somebody_who_left_did_once_may_be_noted(office: CommandLine) -> None:
    office.run("touch", "add", "C-1", "Говорили в мае", "--staff", "orlov")
    office.run("promise", "add", "C-1", "слово", "--given-by", "orlov", "--due-on", "05.12.2026")


def test_an_import_flags_an_owner_who_left(office: CommandLine) -> None:
    source = office.database.with_name("clients.csv")
    source.write_text("name,owner\nЛотос,orlov\n", encoding="utf-8")
    report = office.data("import", "clients", str(source))
    assert "works here no more" in json.dumps(report, ensure_ascii=False)
    assert office.data("client", "show", "Лотос")["client"]["owner_id"] is None


def test_the_last_import_is_the_last_that_stands(office: CommandLine) -> None:
    for name, text in (("good.csv", "name\nЛотос\n"), ("later.csv", "name\nСигма\n")):
        source = office.database.with_name(name)
        source.write_text(text, encoding="utf-8")
        office.run("import", "clients", str(source))
    office.run("undo")
    assert office.data("import", "undo", "last")["file_name"] == "good.csv"
    assert "no other is left to take back" in office.refusal("import", "undo", "last")


def test_nobody_is_the_own_deputy(office: CommandLine) -> None:
    message = office.refusal("staff", "edit", "petrov", "--deputy", "petrov", code=2)
    assert message == "deputy_id: nobody stands in for oneself; name somebody else."
    assert office.data("staff", "show", "petrov")["deputy_id"] is None
    office.run("staff", "edit", "petrov", "--deputy", "anna")
    assert office.data("staff", "show", "petrov")["deputy_id"] == office.data("staff", "show", "anna")["id"]


def test_who_may_not_add_colleagues_is_told_so_before_anything_else(office: CommandLine) -> None:
    office.login = "petrov"
    message = office.refusal("staff", "add", "Вторая", "--login", "anna", code=2)
    assert message.startswith("only an admin changes staff; ask anna")
    message = office.refusal(
        "staff", "edit", "petrov", "--away-from", "10.12.2090", "--away-till", "5.12.2090", code=2
    )
    assert message == "away_till: it ends on 05.12.2090, before it begins on 10.12.2090."


@pytest.mark.parametrize("address", ["x@@y", "kim", "kim@firm", "kim @firm.example"])
def test_the_address_of_a_colleague_is_checked_as_all_are(office: CommandLine, address: str) -> None:
    message = office.refusal("staff", "add", "Новый", "--login", "nov", "--email", address, code=2)
    assert message.startswith("email: this is no mail address: ")
    assert office.refusal("staff", "edit", "petrov", "--email", address, code=2) == message
    office.run("staff", "edit", "petrov", "--email", "petrov@firm.example")


@pytest.mark.parametrize("login", ["a b", "a\tb", "a/b", "kim:kim"])
def test_a_login_that_no_system_has_is_refused(office: CommandLine, login: str) -> None:
    assert "no login has" in office.refusal("staff", "add", "Новый", "--login", login, code=2)
    office.run("staff", "add", "Новый", "--login", "o.new-one_2")
