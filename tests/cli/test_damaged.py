"""A damaged file at the command line: one sentence from every noun, and where the damage is."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from command_line import CommandLine
from damaged_files import PAGE, holding_pages, root_page, zero

from onewindow.store.sqlite_library import sqlite


@pytest.fixture
def firm(romashka: CommandLine) -> CommandLine:
    """A file with a client, Анна Ким, two requests and a promise."""
    romashka.run("request", "add", "romashka", "Не печатает накладная")
    romashka.run("request", "add", "romashka", "Счёт за ноябрь")
    romashka.run("promise", "add", "romashka", "Скидка 5 %", "--kind", "term")
    return romashka


def _hurt(cli: CommandLine, *names: str) -> None:
    zero(cli.database, *(root_page(cli.database, name) for name in names))


def _faults(cli: CommandLine, *words: str) -> list[dict[str, str]]:
    diagnoses = json.loads(cli.run(*words, "--format", "json", code=1).stdout)
    return [diagnosis for diagnosis in diagnoses if diagnosis["level"] == "fault"]


@pytest.mark.parametrize(
    "words",
    [
        ("today",),
        ("client", "list"),
        ("client", "show", "romashka"),
        ("client", "add", "Вектор"),
        ("client", "check"),
        ("request", "list"),
        ("request", "add", "romashka", "x"),
        ("contact", "list"),
        ("search", "ромашка"),
        ("history", "romashka"),
        ("undo",),
        ("metrics",),
        ("health", "alarms"),
        ("export", "client"),
        ("db", "backup"),
        ("db", "rebuild"),
    ],
    ids=" ".join,
)
def test_every_noun_says_one_sentence_with_the_way_out(firm: CommandLine, words: tuple[str, ...]) -> None:
    _hurt(firm, "client", "event")
    message = firm.refusal(*words)
    assert str(firm.database) in message
    assert "damaged" in message
    assert "onewindow db salvage" in message
    assert "Something went wrong" not in message


@pytest.mark.parametrize("words", [("db", "check"), ("db", "check", "--thorough"), ("doctor",)], ids=" ".join)
def test_an_examination_names_what_is_damaged_and_what_mends_it(
    firm: CommandLine, words: tuple[str, ...]
) -> None:
    copy = firm.out("db", "backup")
    _hurt(firm, "promise", "request_client")
    page, index = root_page(firm.database, "promise"), root_page(firm.database, "request_client")
    faults = {fault["message"]: fault["remedy"] for fault in _faults(firm, *words) if fault["area"] == "file"}
    table = f"The table promise is damaged (page {page}): promises are lost."
    lists = f"The index request_client of request is damaged (page {index}); nothing is lost."
    assert faults == {table: f"onewindow db restore {copy}", lists: "onewindow db rebuild"}
    assert f"onewindow db salvage {firm.database}" in firm.run(*words, code=1).stdout


def test_what_a_file_is_can_be_told_although_it_is_damaged(firm: CommandLine) -> None:
    connection = sqlite.connect(firm.database)
    of_promises = connection.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'promise'").fetchall()
    connection.close()
    _hurt(firm, *(name for (name,) in of_promises if not name.startswith("sqlite_")))
    records = firm.data("db", "info")["records"]
    assert (records["request"], records["promise"]) == (2, None)
    with firm.database.open("r+b") as file:
        file.write(bytes(PAGE))
    info = firm.data("db", "info")
    assert "at its beginning" in info["damage"]
    assert info["bytes"] == firm.database.stat().st_size


def test_lists_search_and_indexes_are_made_again_where_only_they_are_hurt(firm: CommandLine) -> None:
    _hurt(firm, "client_stat", "search_doc", "search_trigram_data", "request_client", "event_entity")
    rebuilt = firm.data("db", "rebuild")
    assert rebuilt["clients"] == 1
    assert Path(rebuilt["set_aside"]).exists()
    assert firm.out("db", "check", "--thorough").endswith("The file is sound.")
    titles = {request["title"] for request in firm.data("request", "list")}
    assert titles == {"Не печатает накладная", "Счёт за ноябрь"}
    assert "Ромашка" in firm.out("search", "ромашка")
    done = firm.data("db", "history")
    assert done[0]["what"].startswith("made again from its records, all of them; the file before is ")
    assert done[0]["actor"] == "anna"


def test_a_rebuild_that_would_lose_records_changes_nothing(firm: CommandLine) -> None:
    _hurt(firm, "promise", "client_stat")
    before = {path.name: path.read_bytes() for path in firm.database.parent.glob("onewindow.db")}
    assert "onewindow db salvage" in firm.refusal("db", "rebuild")
    assert {path.name: path.read_bytes() for path in firm.database.parent.glob("onewindow.db")} == before
    assert not list(firm.database.parent.glob("*before*"))


def test_what_is_left_is_saved_told_and_put_back(firm: CommandLine, tmp_path: Path) -> None:
    zero(firm.database, *holding_pages(firm.database, "request"))
    new = tmp_path / "saved" / "new.db"
    new.parent.mkdir()
    text = firm.out("db", "salvage", "-o", str(new))
    rows = {line.rsplit(None, 2)[0]: line.split()[-2:] for line in text.splitlines()[1:] if "  " in line}
    assert rows["client"] == ["1", "0"]
    assert rows["request"] == ["0", "2"]
    assert "  R-1, of C-1, made 20" in text
    assert "by anna, a record with its number stands in" in text
    assert text.endswith(str(new))
    assert "is there already" in firm.refusal("db", "salvage", "-o", str(new))
    firm.run("db", "restore", str(new))
    titles = [request["title"] for request in firm.data("request", "list")]
    assert titles == ["R-1 (lost in the damage, stands in)", "R-2 (lost in the damage, stands in)"]
    assert firm.out("db", "check").endswith("The file is sound.")
    assert firm.data("db", "history")[1]["what"] == f"salvaged from {firm.database}: 2 records lost"


def test_a_salvage_for_machines_has_every_loss(firm: CommandLine) -> None:
    zero(firm.database, *holding_pages(firm.database, "promise"))
    salvage = firm.data("db", "salvage")
    assert salvage["path"] == str(firm.database.with_name("onewindow.salvaged.db"))
    (lost,) = salvage["lost"]
    assert (lost["kind"], lost["client"], lost["made_by"], lost["stands_in"]) == ("promise", 1, "anna", False)
    (kind,) = [row for row in salvage["kinds"] if row["kind"] == "promise"]
    assert kind == {"kind": "promise", "kept": 0, "lost": 1, "unknown": 0}
    assert salvage["problems"] == []
    # What is lost is known to the new file: its log speaks of a promise that is not there.
    saved = CommandLine(Path(salvage["path"]))
    assert saved.out("db", "check").endswith("The file is sound.")


def _break_values(cli: CommandLine, *statements: str) -> None:
    with closing(sqlite.connect(cli.database, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_check_names_every_value_that_cannot_be_read(firm: CommandLine) -> None:
    firm.run("client", "edit", "romashka", "--city", "Уфа")
    _break_values(
        firm,
        "UPDATE request SET opened_at = '2026-88-01T11:54:00Z' WHERE number = 1",
        "UPDATE client SET since = '2026)11-27', flags = '{\"tax_id'",
        "UPDATE event SET new = '{' WHERE seq = (SELECT MIN(seq) FROM event WHERE new IS NOT NULL)",
    )
    remedies = {
        fault["message"]: fault["remedy"]
        for fault in _faults(firm, "db", "check")
        if fault["area"] == "values"
    }
    assert [message.split(" is “")[0] for message in remedies if "event" not in message] == [
        "since of the client C-1",
        "flags of the client C-1",
        "opened_at of the request R-1",
    ]
    assert "since of the client C-1 is “2026)11-27”, which cannot be read." in remedies
    assert sum(message.startswith("new of the event ") for message in remedies) == 1
    assert set(remedies.values()) == {f"onewindow db salvage {firm.database}"}


@pytest.mark.parametrize(
    "words",
    [
        ("request", "list"),
        ("request", "why", "R-1"),
        ("request", "show", "R-1"),
        ("db", "rebuild"),
        ("metrics",),
    ],
    ids=" ".join,
)
def test_a_command_that_breaks_on_a_value_says_which_and_the_way_out(
    firm: CommandLine, words: tuple[str, ...]
) -> None:
    _break_values(firm, 'UPDATE calendar SET hours = \'{"zone": "Euro\'', "UPDATE request SET due_at = NULL")
    message = firm.refusal(*words)
    assert message.startswith(
        f"{firm.database} is damaged: it holds values that cannot be read, such as hours of"
    )
    assert '“{"zone": "Euro”' in message
    assert "`onewindow db check`" in message
    assert "onewindow db salvage" in message


def test_one_panel_that_cannot_be_read_costs_no_other(firm: CommandLine) -> None:
    _break_values(firm, "UPDATE policy SET valid_from = '20x0-01-01'")
    output = firm.out("client", "show", "romashka")
    assert "REQUESTS: cannot be read" in output
    assert "Скидка 5 %" in output


def test_a_fault_of_the_program_is_no_damage(firm: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise ValueError("a mistake of the program")

    monkeypatch.setattr("onewindow.desk.window.snapshot.load_snapshot", breaks)
    assert "Something went wrong inside One Window" in firm.refusal("client", "show", "romashka")


def test_a_schema_that_is_damaged_is_told_without_its_sql(firm: CommandLine) -> None:
    with closing(sqlite.connect(firm.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'CHECK', 'CH\x01CK') WHERE name = 'staff'"
        )
    message = firm.refusal("today")
    assert "is damaged (malformed database schema (staff)" in message
    assert "CREATE TABLE" not in message
    assert len(message) < 400
