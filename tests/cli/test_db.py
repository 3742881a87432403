"""`onewindow db`: what is told of a file, what is found, and copies that can be trusted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from command_line import CommandLine
from store_processes import finish, line, start

from onewindow.store.engine import open_store


def _spoil(database: Path, statement: str) -> None:
    """Change a file behind the back of the program."""
    with open_store(database) as store:
        store.connection.execute("PRAGMA foreign_keys=OFF")
        with store.exclusive():
            store.execute(statement)


def _diagnosed(cli: CommandLine, *words: str, code: int = 1) -> list[tuple[str, str]]:
    """Level and area of everything that a check told."""
    import json

    diagnoses = json.loads(cli.run("db", "check", *words, "--format", "json", code=code).stdout)
    return [(diagnosis["level"], diagnosis["area"]) for diagnosis in diagnoses]


def test_a_sound_file_is_said_to_be_sound(romashka: CommandLine) -> None:
    assert romashka.out("db", "check") == "The file is sound."
    assert romashka.out("db", "check", "--thorough") == "The file is sound."
    assert romashka.data("db", "check") == []


def test_caches_that_differ_are_found_and_mended(romashka: CommandLine) -> None:
    _spoil(romashka.database, "UPDATE client_stat SET completeness = 99")
    result = romashka.run("db", "check", code=1)
    assert "the lists say completeness 99" in result.stdout
    assert "mend: onewindow db rebuild" in result.stdout
    assert result.stderr == "The file is not sound: 1 fault; each says what mends it.\n"
    assert romashka.data("db", "rebuild") == {"clients": 1}
    assert romashka.out("db", "check") == "The file is sound."


def test_a_reference_to_nothing_names_the_backup_to_restore(romashka: CommandLine) -> None:
    copy = romashka.out("db", "backup")
    _spoil(romashka.database, "UPDATE client SET owner_id = 7")
    result = romashka.run("db", "check", code=1)
    assert "A row of client refers to a staff that does not exist." in result.stdout
    assert f"mend: onewindow db restore {copy}" in result.stdout


def test_documents_whose_file_is_gone_are_found(romashka: CommandLine, tmp_path: Path) -> None:
    paper = tmp_path / "акт № 1.pdf"
    paper.write_text("x")
    places = {
        "here": str(paper),
        "as address": paper.as_uri(),
        "link": "https://example.org/nothing.pdf",
        "share": "file://server/nothing.pdf",
        "relative": "nothing.pdf",
        "gone": str(tmp_path / "nothing.pdf"),
        "gone address": f"file://{tmp_path}/no%20thing.pdf",
    }
    for title, place in places.items():
        romashka.run("document", "add", "romashka", title, "--location", place)
    result = romashka.run("db", "check", code=1)
    lines = [line for line in result.stdout.splitlines() if "documents" in line]
    assert [line.partition("“")[2].partition("”")[0] for line in lines] == ["gone", "gone address"]
    assert f"{tmp_path}/no thing.pdf" in lines[1]
    assert result.stdout.count("mend: onewindow document edit ") == 2
    paper.unlink()
    assert len(_diagnosed(romashka)) == 4


def test_what_a_killed_restore_or_salvage_left_goes_with_the_next_one(
    romashka: CommandLine, tmp_path: Path
) -> None:
    copy = romashka.out("db", "backup", str(tmp_path / "copies") + "/")
    for verb in (("restore", copy), ("salvage", copy, "--output", str(tmp_path / "onewindow.db.new"))):
        name = Path(verb[-1]).name if verb[0] == "salvage" else "onewindow.db"
        dead, alive = tmp_path / f".{name}.999999999.part", tmp_path / f".{name}.1.part"
        for suffix in ("", "-wal", "-shm"):
            dead.with_name(dead.name + suffix).write_bytes(b"x")
        alive.write_bytes(b"x")
        romashka.run("db", *verb)
        assert not list(tmp_path.glob(f"{dead.name}*"))
        assert alive.exists()


def test_leftovers_are_told_and_are_no_fault(romashka: CommandLine, tmp_path: Path) -> None:
    copy = romashka.out("db", "backup", str(tmp_path / "copies") + "/")
    aside = romashka.out("db", "restore", copy)
    output = romashka.run("db", "check").stdout
    assert f"mend: onewindow --db {aside} db history" in output
    assert f"rm {aside}" not in output
    (tmp_path / ".onewindow.db.999999999.part").write_bytes(b"x" * 2048)
    (tmp_path / "onewindow.db.before-2026-01-01T0000-wal").write_bytes(b"x")
    (tmp_path / "onewindow.db.old.lock").touch()
    (tmp_path / "other.db-wal").write_bytes(b"x")
    assert sorted(_diagnosed(romashka, code=0)) == [
        ("note", "leftovers"),
        ("note", "leftovers"),
        ("note", "leftovers"),
        ("warning", "leftovers"),
    ]
    text = romashka.out("db", "check")
    assert f"mend: onewindow --db {aside} db history" in text
    assert "(2.0 KB) is a copy that was not finished" in text
    assert text.endswith("The file is sound.")


def test_a_log_without_its_file_is_a_fault(romashka: CommandLine) -> None:
    copy = romashka.out("db", "backup")
    romashka.database.unlink()
    assert "There is no file" in romashka.refusal("db", "check")
    log = romashka.database.with_name("onewindow.db-wal")
    log.write_bytes(b"x" * 100)
    result = romashka.run("db", "check", code=1)
    assert "is gone, but the log of its newest changes" in result.stdout
    assert f"mend: onewindow db restore {copy}" in result.stdout
    assert log.exists()


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough" * 10])
def test_backups_that_cannot_be_read_are_found(romashka: CommandLine, damage: bytes) -> None:
    newest = Path(romashka.out("db", "backup"))
    older = newest.with_name("onewindow-2020-01-01T0900.db")
    older.write_bytes(damage)
    assert _diagnosed(romashka) == [("fault", "backups")]
    older.write_bytes(newest.read_bytes()[:8192])
    assert _diagnosed(romashka, code=0) == []
    assert _diagnosed(romashka, "--thorough") == [("fault", "backups")]
    older.unlink()
    newest.write_bytes(newest.read_bytes()[:8192])
    assert _diagnosed(romashka) == [("fault", "backups")]


def test_backups_go_where_the_settings_say_and_are_thinned_out(romashka: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('backups = "copies"\n')
    copies = tmp_path / "copies"
    copies.mkdir()
    whole = Path(romashka.out("db", "backup", str(tmp_path / "whole.db"))).read_bytes()
    for days in range(60):
        (copies / f"onewindow-{date(2020, 3, 1) - timedelta(days)}T0900.db").write_bytes(whole)
    backup = romashka.data("db", "backup")
    assert Path(backup["path"]).parent == copies
    assert backup["bytes"] == Path(backup["path"]).stat().st_size
    assert backup["last_change"] > 0
    assert backup["in_folder"][0] == Path(backup["path"]).name
    assert len(backup["in_folder"]) == len(list(copies.iterdir())) < 12
    info = romashka.data("db", "info")
    assert info["backups"] == {
        "folder": str(copies),
        "copies": len(backup["in_folder"]),
        "newest": backup["in_folder"][0],
    }
    assert "copies" in romashka.out("db", "info")


def test_a_backup_is_made_and_none_restored_while_somebody_works(romashka: CommandLine) -> None:
    other = start("stay", romashka.database)
    assert line(other) == "open"
    copy = romashka.out("db", "backup")
    assert "close One Window everywhere first" in romashka.refusal("db", "restore", copy)
    assert romashka.data("db", "info")["others_present"] is True
    finish(other)
    romashka.run("client", "add", "Вектор")
    restored = romashka.data("db", "restore", copy)
    assert restored["path"] == str(romashka.database)
    assert Path(restored["set_aside"]).exists()
    assert [client["name"] for client in romashka.data("client", "list")] == ["Ромашка"]


def test_the_newest_backup_is_verified_without_a_name(romashka: CommandLine) -> None:
    assert "`onewindow db backup` makes one" in romashka.refusal("db", "verify")
    copy = Path(romashka.out("db", "backup"))
    assert romashka.out("db", "verify") == f"{copy} is good."
    assert romashka.data("db", "verify") == {"path": str(copy), "good": True, "problems": []}
    copy.write_bytes(copy.read_bytes()[:5000])
    result = romashka.run("db", "verify", "--format", "json", code=1)
    assert '"good": false' in result.stdout
    assert "damaged" in result.stderr


def test_the_schema_is_told_before_and_after(romashka: CommandLine) -> None:
    now = int(romashka.out("db", "migrate"))
    assert romashka.data("db", "migrate") == {"schema_before": now, "schema_version": now}


def test_a_mistake_in_the_settings_is_told_once(romashka: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("currency = 5\n")
    assert romashka.run("db", "info").stderr.count("line 1") == 1


def test_backups_of_two_databases_in_one_folder_leave_each_other_alone(tmp_path: Path) -> None:
    firms = {"a/firm.db": "Фирма А", "b/firm.db": "Фирма Б", "a/other.db": "Фирма В"}
    lines = {name: CommandLine(tmp_path / name) for name in firms}
    copies: dict[str, list[str]] = {name: [] for name in firms}
    for name, cli in lines.items():
        cli.run("client", "add", firms[name])
    for _ in range(2):
        for name, cli in lines.items():
            copies[name].append(Path(cli.out("db", "backup", str(tmp_path / "copies"))).name)
    assert {path.name for path in (tmp_path / "copies").iterdir()} == {copy[-1] for copy in copies.values()}
    for name, cli in lines.items():
        newest = Path(tmp_path / "copies" / copies[name][-1])
        assert newest.name.startswith(f"{Path(name).stem}-")
        restored = CommandLine(tmp_path / "restored" / name)
        restored.run("db", "restore", str(newest))
        assert [client["name"] for client in restored.data("client", "list")] == [firms[name]]
        backup = cli.data("db", "backup", str(tmp_path / "copies"))
        assert Path(backup["path"]).name in backup["in_folder"]
        assert {name.split("-")[1] for name in backup["in_folder"]} == {newest.name.split("-")[1]}


def test_a_restore_stands_in_the_history_and_is_not_undone(romashka: CommandLine) -> None:
    copy = romashka.out("db", "backup")
    romashka.run("client", "add", "Вектор")
    aside = Path(romashka.out("db", "restore", copy))
    (done,) = [action for action in romashka.data("db", "history") if "restored" in action["what"]]
    assert done["actor"] == "anna"
    assert done["what"] == f"restored from {copy}; the file before is {aside.name}"
    assert done["at"][:10] >= "2026"
    assert romashka.data("db", "info")["last_change"]["label"] == done["what"]
    assert "restored" not in romashka.out("undo")
    romashka.run("db", "rebuild")
    assert romashka.data("db", "history")[0]["what"] == "lists, search and indexes made again"
    assert romashka.out("db", "check").endswith("The file is sound.")


def test_a_quality_specialist_neither_restores_nor_rebuilds(romashka: CommandLine) -> None:
    copy = romashka.out("db", "backup")
    romashka.run("staff", "add", "Olga", "--login", "olga", "--role", "quality")
    olga = CommandLine(romashka.database, "olga")
    before = romashka.database.read_bytes()
    assert "ask a lead" in olga.refusal("db", "restore", copy)
    assert "ask a lead" in olga.refusal("db", "rebuild")
    assert romashka.database.read_bytes() == before
    assert olga.out("db", "check") == "The file is sound."
