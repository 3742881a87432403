"""`onewindow import`: what it prints, what it leaves, what it gives back."""

from __future__ import annotations

from pathlib import Path

from command_line import CommandLine

_ONE_C = (
    "Код;Наименование;ИНН;Телефон;Клиент с;Куратор;Примечания отдела\n"
    "001;ООО Ромашка;7707083893;8 (495) 123-45-67;01.03.2019;anna;x\n"
    "002;ЗАО Вектор;7707083894;тел нет;весной;Петров;y\n"
    "003;;;;;;\n"
)


def _file(tmp_path: Path) -> str:
    path = tmp_path / "1c.csv"
    path.write_bytes(_ONE_C.encode("cp1251"))
    return str(path)


def test_a_dry_run_says_what_would_happen_and_leaves_no_trace(romashka: CommandLine, tmp_path: Path) -> None:
    before = romashka.run("history", "romashka").stdout

    rows = romashka.data("import", "clients", _file(tmp_path), "--dry-run")

    assert [(row["row"], row["verdict"]) for row in rows] == [(2, "update"), (3, "create"), (4, "error")]
    assert [client["name"] for client in romashka.data("client", "list")] == ["Ромашка"]
    assert romashka.run("history", "romashka").stdout == before
    assert romashka.data("import", "runs") == []


def test_an_import_sums_up_and_names_rejected_rows_and_left_out_columns(
    romashka: CommandLine, tmp_path: Path
) -> None:
    result = romashka.run("import", "clients", _file(tmp_path))

    assert "created    1\nupdated    1" in result.stdout
    assert "rejected   1" in result.stdout
    assert "row 4: it was rejected: it has no name." in result.stderr
    assert "Columns left out: Примечания отдела" in result.stderr
    run = romashka.data("import", "runs")[0]
    assert (run["file_name"], run["created"], run["rejected"]) == ("1c.csv", 1, 1)


def test_a_second_import_changes_nothing_and_the_first_is_taken_back(
    romashka: CommandLine, tmp_path: Path
) -> None:
    romashka.run("import", "clients", _file(tmp_path))
    stored = romashka.data("client", "list")

    again = romashka.data("import", "clients", _file(tmp_path))
    assert [row["verdict"] for row in again] == ["skip", "skip", "error"]
    assert romashka.data("client", "list") == stored

    report = romashka.data("import", "undo", "last")
    assert report["kept"] == []
    assert [client["name"] for client in romashka.data("client", "list")] == ["Ромашка"]
    assert "already" in romashka.refusal("import", "undo", str(report["run_id"]))


def test_columns_are_mapped_by_hand_and_read_from_stdin(cli: CommandLine) -> None:
    cli.run("import", "clients", "-", "--map", "Кто=name", "--map", "Где=city", stdin="Кто,Где\nЛютик,Уфа\n")

    assert [(c["name"], c["city"]) for c in cli.data("client", "list")] == [("Лютик", "Уфа")]
    wrong = cli.refusal("import", "clients", "-", "--map", "Кто=colour", code=2, stdin="Кто\nЛютик\n")
    assert "no field colour" in wrong


def test_contacts_without_a_client_column_belong_to_the_named_client(
    romashka: CommandLine, tmp_path: Path
) -> None:
    card = tmp_path / "people.vcf"
    card.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Пётр Лом\nTEL:+7 912 000-11-22\nEND:VCARD\n", encoding="utf-8"
    )

    assert (
        "every row of people.vcf was rejected" in romashka.run("import", "contacts", str(card), code=1).stderr
    )
    assert romashka.data("import", "runs") == []
    romashka.run("import", "contacts", str(card), "--client", "romashka")

    assert "Пётр Лом" in romashka.out("contact", "list", "--client", "romashka")


def _csv(folder: Path, name: str, rows: list[tuple[str, str, str]]) -> str:
    lines = [f"{number},{title},{city}" for number, title, city in rows]
    (folder / name).write_text("\n".join(["external_id,name,city", *lines]) + "\n", encoding="utf-8")
    return str(folder / name)


def test_an_undone_import_is_no_later_change_of_the_one_before(cli: CommandLine, tmp_path: Path) -> None:
    first = [(f"E{n}", f"Клиент {n}", "Казань") for n in range(6)]
    second = [(f"E{n}", f"Новый {n}", "Пермь") for n in range(3, 9)]
    cli.run("import", "clients", _csv(tmp_path, "p1.csv", first))
    cli.run("import", "clients", _csv(tmp_path, "p2.csv", second))
    cli.run("client", "edit", "Новый 5", "--city", "Омск")
    back = cli.data("import", "undo", "last")
    assert (back["file_name"], back["archived"], len(back["kept"])) == ("p2.csv", 3, 1)
    back = cli.data("import", "undo", "last")
    assert (back["file_name"], back["archived"]) == ("p1.csv", 5)
    (kept,) = back["kept"]
    assert kept["fields"] == ["city"]
    assert [client["city"] for client in cli.data("client", "list")] == ["Омск"]


def test_undo_last_names_the_import_that_was_undone_last(cli: CommandLine, tmp_path: Path) -> None:
    cli.run("client", "add", "Ромашка")
    assert cli.refusal("import", "undo", "last") == "There is no import to take back."
    for name in ("old.csv", "new.csv"):
        cli.run("import", "clients", _csv(tmp_path, name, [(name, name, "Казань")]))
    assert cli.data("import", "undo", "last")["file_name"] == "new.csv"
    assert cli.data("import", "undo", "last")["file_name"] == "old.csv"
    cli.run("import", "clients", _csv(tmp_path, "next.csv", [("n", "n", "Казань")]))
    run = cli.data("import", "runs")[0]["id"]
    cli.run("undo")
    message = cli.refusal("import", "undo", "last")
    assert "The import of next.csv was undone already" in message
    assert "no other is left" in message
    assert "next.csv was undone already" in cli.refusal("import", "undo", str(run))
