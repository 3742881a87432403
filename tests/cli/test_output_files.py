"""No file that a command writes replaces another one unasked, and none ever replaces a database."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command_line import CommandLine

CLIENTS = "Название;ИНН\nВега;7707083893\n;7736050003\n"
"""One good row, and one that is refused."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text(CLIENTS, "utf-8")
    return path


@pytest.mark.parametrize("option", ["--report", "--rejected"])
@pytest.mark.parametrize("is_dry", [False, True])
def test_an_import_writes_over_nothing_and_stores_nothing_then(
    romashka: CommandLine, source: Path, tmp_path: Path, option: str, is_dry: bool
) -> None:
    other = tmp_path / "doc.txt"
    other.write_text("мой текст", "utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to(romashka.database)
    dry = ["--dry-run"] if is_dry else []
    before = romashka.database.read_bytes()[:16]
    for target, why in (
        (other, "there is such a file already"),
        (source, "it is the file that is read"),
        (romashka.database, "it is a database, or belongs to one"),
        (link, "it is a database, or belongs to one"),
        (Path(f"{romashka.database}.lock"), "it is a database, or belongs to one"),
    ):
        message = romashka.refusal("import", "clients", str(source), option, str(target), *dry)
        assert why in message
    for target in (source, romashka.database):
        romashka.refusal("import", "clients", str(source), option, str(target), "--force", *dry)
    assert other.read_text("utf-8") == "мой текст"
    assert source.read_text("utf-8") == CLIENTS
    assert romashka.database.read_bytes()[:16] == before
    assert [client["name"] for client in romashka.data("client", "list")] == ["Ромашка"]
    romashka.run("import", "clients", str(source), option, str(other), "--force", *dry)
    assert other.read_text("utf-8") != "мой текст"


def test_pages_agendas_and_meetings_replace_a_file_only_when_told(
    romashka: CommandLine, tmp_path: Path
) -> None:
    romashka.run("meeting", "plan", "romashka", "1.12 10:00 приёмка")
    romashka.run("review", "decide", "romashka", "fine", "тихо")
    (meeting,) = romashka.data("meeting", "list")
    taken = tmp_path / "taken.html"
    for command in (
        ("meeting", "ics", str(meeting["id"]), "--file"),
        ("review", "agenda", "--file"),
        ("client", "status", "romashka", "--as", "html", "-o"),
        ("export", "client", "-o"),
    ):
        taken.write_text("мой текст", "utf-8")
        assert "there is such a file already" in romashka.refusal(*command, str(taken))
        assert taken.read_text("utf-8") == "мой текст"
        message = romashka.refusal(*command, str(romashka.database), "--force")
        assert "it is a database, or belongs to one; name another file" in message
        romashka.run(*command, str(taken), "--force")
        assert taken.read_text("utf-8") != "мой текст"


def test_refused_rows_stand_once_and_never_in_a_folder_of_others(
    romashka: CommandLine, source: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        romashka.run("import", "clients", str(source))
    assert [path.name for path in sorted(tmp_path.glob("*.rejected*"))] == ["clients.rejected.csv"]
    source.write_text(f"{CLIENTS};7728168971\n", "utf-8")
    romashka.run("import", "clients", str(source))
    assert len([*tmp_path.glob("clients.rejected*.csv")]) == 2

    others = tmp_path / "others"
    others.mkdir()
    there = others / "clients.csv"
    there.write_text(CLIENTS, "utf-8")
    if os.getuid() == 0:
        os.chown(others, 4711, -1)
    else:
        others.chmod(0o555)
    message = romashka.run("import", "clients", str(there)).stderr
    others.chmod(0o755)
    assert [path.name for path in others.iterdir()] == ["clients.csv"]
    place = next(line for line in message.splitlines() if line.startswith("Rejected rows are in "))
    kept = Path(place.removeprefix("Rejected rows are in ").partition(": ")[0])
    assert kept.parent.name == "rejected"
    assert "7736050003" in kept.read_text("utf-8-sig")


@pytest.mark.parametrize("sign", ["", ";;", '"'])
def test_what_parts_no_cells_is_refused_by_name(romashka: CommandLine, source: Path, sign: str) -> None:
    message = romashka.refusal("import", "clients", str(source), "--delimiter", sign, code=2)
    assert "--delimiter takes one sign that stands between cells, or tab" in message


def test_an_export_says_what_it_keeps_back(romashka: CommandLine, tmp_path: Path) -> None:
    romashka.run("contact", "add", "romashka", "Ким Анна", "--birthday", "12.03.1980")
    message = romashka.run("export", "contact", "-o", str(tmp_path / "a.csv")).stderr
    assert "Left out as private: birthday of 1; --private takes it in." in message
    message = romashka.run("export", "contact", "--private", "-o", str(tmp_path / "b.csv")).stderr
    assert "private" not in message
