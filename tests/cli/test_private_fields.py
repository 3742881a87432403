"""Private facts are for who looks after the client and leads; and no field of JSON is dropped silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import CommandLine

from onewindow.records.fields import COMMON, attributes
from onewindow.records.kinds import KINDS, Kind

SECRET, BORN = "болеет за «Спартак»", "1985-03-14"


@pytest.fixture
def office(romashka: CommandLine) -> CommandLine:
    """C-1 is Anna's; Sergey of sales and Olga, a lead, look on."""
    romashka.run("contact", "edit", "Анна Ким", "--birthday", BORN)
    romashka.run("contact-note", "add", "C-1", SECRET, "--contact", "Анна Ким")
    romashka.run("staff", "add", "Сергей", "--login", "sergey", "--role", "sales")
    romashka.run("staff", "add", "Ольга", "--login", "olga", "--role", "lead")
    return romashka


def _everything(office: CommandLine, folder: Path) -> str:
    note = office.data("contact-note", "list", "--all")
    words: list[tuple[str, ...]] = [
        ("contact-note", "list", "--all"),
        ("contact-note", "list", "--all", "--format", "json"),
        ("contact", "list", "--columns", "name,birthday"),
        ("contact", "show", "Анна Ким"),
        ("contact", "show", "Анна Ким", "--format", "json"),
        ("export", "contact", "--private"),
        ("export", "contact-note", "--private", "--all"),
        ("export", "contact", "--private", "--format", "vcard4"),
        ("client", "show", "C-1"),
        ("show", "C-1", "--format", "json"),
        ("history", "C-1"),
        ("history", "C-1", "--format", "jsonl"),
        ("history", "contact", "Анна Ким", "--format", "json"),
        ("search", "Спартак"),
        ("meeting", "brief", "C-1"),
    ]
    words += [("contact-note", "show", str(item["id"])) for item in note]
    office.run("export", "all", str(folder), "--private")
    everything = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    from click.testing import CliRunner

    from onewindow.cli.program import program

    for arguments in words:
        result = CliRunner().invoke(program, ["--db", str(office.database), "--as", office.login, *arguments])
        everything += result.output
    return everything


def test_sales_reads_no_private_fact_anywhere(office: CommandLine, tmp_path: Path) -> None:
    office.login = "sergey"
    everything = _everything(office, tmp_path / "copy")
    assert "Спартак" not in everything
    assert BORN not in everything
    assert "14.03" not in everything


@pytest.mark.parametrize("login", ["anna", "olga"])
def test_who_looks_after_the_client_and_leads_read_them(
    office: CommandLine, tmp_path: Path, login: str
) -> None:
    office.login = login
    everything = _everything(office, tmp_path / "copy")
    assert SECRET in everything
    assert BORN in everything


def test_a_record_without_its_birthday_given_back_does_not_empty_it(office: CommandLine) -> None:
    office.login = "sergey"
    printed = office.data("contact", "show", "Анна Ким")
    assert printed["birthday"] is None
    office.run("contact", "edit", "--json", "-", stdin=json.dumps({**printed, "role": "директор"}))
    assert "private" in office.run("contact", "edit", "Анна Ким", "--birthday", "1990-01-01", code=1).stderr
    office.login = "anna"
    kept = office.data("contact", "show", "Анна Ким")
    assert (kept["birthday"], kept["role"]) == (BORN, "директор")


def test_private_facts_are_erased_for_good(office: CommandLine, tmp_path: Path) -> None:
    note = office.data("contact-note", "list")[0]["id"]
    office.login = "sergey"
    assert "private" in office.refusal("contact-note", "erase-private", str(note))
    office.login = "anna"
    office.run("contact-note", "erase-private", str(note))
    office.run("contact", "erase-private", "Анна Ким")
    everything = _everything(office, tmp_path / "copy")
    assert "Спартак" not in everything
    assert BORN not in everything


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.typed], ids=lambda kind: kind.name)
def test_a_field_of_the_program_is_refused_by_name_in_json(romashka: CommandLine, kind: Kind) -> None:
    known = kind
    noun = known.name.replace("_", "-")
    derived = [a.name for a in attributes(known.record) if a.derived]
    for name in (*derived, *(name for name in COMMON if name not in ("id", "external_id"))):
        if (known.name, name) == ("request", "opened_at"):
            continue
        result = romashka.run(noun, "add", "--json", "-", stdin=json.dumps({name: "чушь"}), code=1)
        assert name.removesuffix("_id") in result.stderr, name
        assert "leave it out" in result.stderr or "printed" in result.stderr or name == "archived_at", name


def test_a_request_keeps_the_time_at_which_it_was_opened(romashka: CommandLine) -> None:
    record = {"client": "C-1", "title": "вчера", "opened_at": "2026-01-12T08:00:00Z"}
    romashka.run("request", "add", "--json", "-", stdin=json.dumps(record))
    assert romashka.data("request", "show", "R-1")["opened_at"] == "2026-01-12T08:00:00Z"
    for wrong in ("чушь", "2999-01-01T00:00:00Z"):
        message = romashka.refusal(
            "request", "add", "--json", "-", stdin=json.dumps({**record, "opened_at": wrong})
        )
        assert "opened_at" in message
    assert len(romashka.data("request", "list", "--all")) == 1


def test_an_edit_by_json_says_which_field_is_the_programs(romashka: CommandLine) -> None:
    printed = romashka.data("contact", "show", "Анна Ким")
    for name, value in (("version", 7), ("created_at", "2020-01-01T00:00:00Z"), ("flags", {"phone": "x"})):
        message = romashka.refusal(
            "contact", "edit", "--json", "-", stdin=json.dumps({**printed, name: value})
        )
        assert name in message
