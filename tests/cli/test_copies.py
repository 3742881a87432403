"""A copy of one file brought into another that has records of its own: numbers, names, colleagues."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def copy(romashka: CommandLine, tmp_path: Path) -> Path:
    """A copy of a file with C-1 Ромашка, Анна Ким, R-1 and C-2 Вектор."""
    romashka.run("client", "add", "Вектор")
    romashka.run("request", "add", "C-1", "не печатает")
    romashka.run("import", "clients", "-", "--source", "crm", stdin="id,name\nK-7,Вектор\n")
    romashka.run("export", "all", str(tmp_path / "copy"), "--private")
    return tmp_path / "copy"


@pytest.fixture
def other(tmp_path: Path) -> CommandLine:
    """A file of somebody else with a C-1 of its own."""
    other = CommandLine(tmp_path / "other.db", "anna")
    other.run("client", "add", "Чужой Ромашка")
    other.run("request", "add", "C-1", "своё")
    return other


def test_a_number_that_is_taken_makes_the_next_free_one_and_the_row_is_flagged(
    copy: Path, other: CommandLine
) -> None:
    verdicts = other.data("import", "clients", str(copy / "client.jsonl"))

    assert [verdict["verdict"] for verdict in verdicts] == ["create", "create"]
    assert [verdict["reason"] for verdict in verdicts] == [
        "number: C-1 is another’s here, so it is C-3 now",
        "",
    ]
    clients = other.data("client", "list")
    assert {client["number"]: client["name"] for client in clients} == {
        1: "Чужой Ромашка", 2: "Вектор", 3: "Ромашка",
    }  # fmt: skip


def test_what_refers_to_a_renumbered_record_follows_it(copy: Path, other: CommandLine) -> None:
    other.run("import", "all", str(copy))

    assert [contact["name"] for contact in other.data("contact", "list", "--client", "C-3")] == ["Анна Ким"]
    requests = {
        request["title"]: (request["number"], request["client_id"])
        for request in other.data("request", "list")
    }
    renamed = {client["number"]: client["id"] for client in other.data("client", "list")}
    assert requests["не печатает"][1] == renamed[3]
    assert requests["не печатает"][0] != requests["своё"][0]
    assert other.out("db", "check") == "The file is sound."


def test_two_records_of_one_short_name_stay_apart(romashka: CommandLine, tmp_path: Path) -> None:
    romashka.run("export", "client", "-o", str(tmp_path / "c.csv"))
    other = CommandLine(tmp_path / "other.db")
    other.run("client", "add", "Romashka")

    other.run("import", "clients", str(tmp_path / "c.csv"))

    slugs = [client["slug"] for client in other.data("client", "list")]
    assert sorted(slugs) == ["romashka", "romashka-2"]


def test_a_colleague_of_the_same_login_is_the_same_and_keeps_the_work(
    romashka: CommandLine, tmp_path: Path
) -> None:
    romashka.run("export", "all", str(tmp_path / "copy"))
    other = CommandLine(tmp_path / "other.db", romashka.login)

    out = other.run("import", "all", str(tmp_path / "copy")).output

    assert "rejected" not in out.partition("\n")[2]
    assert [client["name"] for client in other.data("client", "list", "--mine")] == ["Ромашка"]
    assert len(other.data("staff", "list")) == len(romashka.data("staff", "list"))


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_people_of_a_copy_bring_clients_of_their_own_names_and_ids(
    romashka: CommandLine, tmp_path: Path, ending: str
) -> None:
    for kind in ("contact", "client"):
        romashka.run("export", kind, "-o", str(tmp_path / f"{kind}.{ending}"))
    other = CommandLine(tmp_path / "other.db")

    other.run("import", "contacts", str(tmp_path / f"contact.{ending}"), "--create-clients")
    assert [client["name"] for client in other.data("client", "list")] == ["Ромашка"]

    other.run("import", "clients", str(tmp_path / f"client.{ending}"))
    assert [(client["name"], client["city"]) for client in other.data("client", "list")] == [
        ("Ромашка", "Казань")
    ]


def test_people_of_a_copy_never_come_to_another_client_of_the_same_short_name(
    romashka: CommandLine, tmp_path: Path
) -> None:
    copy = tmp_path / "contact.csv"
    romashka.run("export", "contact", "-o", str(copy))
    copy.write_bytes(copy.read_bytes().replace(b",romashka,", b",vektor,"))
    other = CommandLine(tmp_path / "other.db")
    other.run("client", "add", "Вектор")
    assert [client["slug"] for client in other.data("client", "list")] == ["vektor"]

    result = other.run("import", "contacts", str(tmp_path / "contact.csv"), code=1)

    assert "there is no client “Ромашка”" in result.stderr
    assert other.data("contact", "list", "--client", "C-1") == []


def test_the_manifest_lists_what_can_be_imported_and_says_what_cannot(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())

    assert "import_run" not in {entry["kind"] for entry in manifest["files"]}
    assert [entry["kind"] for entry in manifest["only_to_read"]] == ["import_run"]
    assert {"snooze", "touch_mark", "health_week", "external_id"} <= {
        entry["kind"] for entry in manifest["files"]
    }
    assert manifest["not_in_it"][0] == "the history of changes, and with it undo"


def test_ids_of_other_programs_come_with_their_source(copy: Path, tmp_path: Path) -> None:
    other = CommandLine(tmp_path / "new.db")
    other.run("import", "all", str(copy))

    again = other.data("import", "clients", "-", "--source", "crm", stdin="id,name\nK-7,Вектор Плюс\n")

    assert [again_row["verdict"] for again_row in again] == ["update"]
    assert other.out("undo").startswith("undone")


def test_only_a_copy_brings_what_nobody_types(cli: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "marks.csv"
    table.write_text("client,subject,due_on,state\nРомашка,cadence,2026-01-01,done\n", "utf-8")

    result = cli.run("import", "touch-marks", str(table), code=1)

    assert "only a copy of a One Window has such records" in result.stderr


def test_a_folder_that_is_no_copy_is_named(cli: CommandLine, tmp_path: Path, copy: Path) -> None:
    assert "no such file or directory; give the folder that" in cli.refusal("import", "all", str(tmp_path))
    (copy / "touch.jsonl").unlink()
    assert "touch.jsonl is not there" in cli.refusal("import", "all", str(copy))
    (copy / "manifest.json").write_text('{"files": 3}')
    assert "lists no files" in cli.refusal("import", "all", str(copy))


def test_a_table_that_is_no_copy_is_refused(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "weeks.csv").write_text("client_id,week\n1,2\n")
    assert "it has no column score" in cli.refusal("import", "health-weeks", str(tmp_path / "weeks.csv"))
    names = "client_id,week,score,band,coverage,points,taken_at"
    (tmp_path / "weeks.csv").write_text(f"{names}\n7267000000000000001,2950,7,blue,5,{{}},x\n")
    refusal = cli.refusal("import", "health-weeks", str(tmp_path / "weeks.csv"))
    assert "“blue” is no band of health" in refusal


def test_a_whole_copy_says_which_private_texts_it_left_out(romashka: CommandLine, tmp_path: Path) -> None:
    romashka.run("contact", "edit", "Анна Ким", "--birthday", "1980-05-12")

    message = romashka.run("export", "all", str(tmp_path / "files")).stderr

    assert "Left out as private: birthday of 1; --private takes it in." in message


@pytest.mark.parametrize("form", ["vcard", "vcard3"])
def test_our_cards_come_back_to_firms_of_one_name(cli: CommandLine, tmp_path: Path, form: str) -> None:
    for phone in ("8 912 111-11-11", "8 912 222-22-22"):
        cli.run("client", "add", "Фортуна")
        number = len(cli.data("client", "list"))
        cli.run("contact", "add", f"C-{number}", f"Анна {number}", "--phone", phone)
    cards = tmp_path / "people.vcf"
    cli.run("export", "contact", "--format", form, "-o", str(cards))

    assert [row["verdict"] for row in cli.data("import", "contacts", str(cards))] == ["skip", "skip"]

    other = CommandLine(tmp_path / "other.db")
    other.run("import", "contacts", str(cards), "--create-clients")
    assert [client["name"] for client in other.data("client", "list")] == ["Фортуна", "Фортуна"]
    people = other.data("contact", "list", "--client", "C-2")
    assert [person["name"] for person in people] == ["Анна 2"]


def test_a_card_of_a_firm_is_told_and_a_third_phone_is_kept(romashka: CommandLine, tmp_path: Path) -> None:
    cards = tmp_path / "p.vcf"
    tel = "".join(f"TEL:+7916123450{n}\r\n" for n in range(3))
    cards.write_bytes(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Лютик АО\r\nEND:VCARD\r\n"
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Пётр Один\r\nORG:Ромашка\r\n{tel}END:VCARD\r\n".encode()
    )

    firm, person = romashka.data("import", "contacts", str(cards))

    assert (firm["verdict"], firm["reason"]) == (
        "skip",
        "“Лютик АО” is a firm, no person; “import clients” takes it",
    )
    assert person["verdict"] == "create"
    (made,) = [contact for contact in romashka.data("contact", "list") if contact["name"] == "Пётр Один"]
    assert (made["phone"], made["phone_2"]) == ("+79161234500", "+79161234501")
    assert "+79161234502" in romashka.out("export", "contact-note", "--private", "--format", "jsonl")


def test_an_export_says_what_it_left_out(romashka: CommandLine, tmp_path: Path) -> None:
    for title in ("первый", "второй", "третий"):
        romashka.run("request", "add", "C-1", title)
    romashka.run("request", "resolve", "R-1", "готово")
    romashka.run("client", "add", "Вектор")

    message = romashka.run("export", "request", "-o", str(tmp_path / "r.csv")).stderr
    assert message.splitlines()[1:] == ["Left out: 1 request closed or archived; --all adds it."]

    whole = romashka.run("export", "request", "--all", "-o", str(tmp_path / "all.csv")).stderr
    assert "Left out" not in whole
    of_vektor = romashka.run("export", "request", "--client", "C-2", "-o", str(tmp_path / "v.csv")).stderr
    assert "Left out" not in of_vektor
