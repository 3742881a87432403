"""`onewindow demo`: built once a day, and nobody's work in it is ever thrown away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from command_line import CommandLine

from onewindow.cli.shell.progress import Phases
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo of today, built once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    CommandLine(path).out("demo", "--no-open", "--db", str(path))
    return path


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    """A demo of today of one's own."""
    copy = tmp_path / "demo.db"
    copy.write_bytes(built.read_bytes())
    return copy


@pytest.fixture
def elsewhere(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the demo open."""
    script = (
        "import sys, pathlib; from onewindow.store.engine import open_store\n"
        "with open_store(pathlib.Path(sys.argv[1])): print('open', flush=True); sys.stdin.readline()"
    )
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.communicate("\n")


def _demo(path: Path, *words: str, code: int = 0) -> Result:
    return CommandLine(path, "ivanova").run("demo", "--no-open", "--db", str(path), *words, code=code)


def _make_old(path: Path) -> None:
    """Let everything in the demo have happened two days ago."""
    then = utc_text(datetime.now(UTC) - timedelta(days=2))
    with open_store(path) as store, store.exclusive():
        store.execute("UPDATE change_set SET at = :then", then=then)


def _work(path: Path) -> None:
    CommandLine(path, "ivanova").run("client", "add", "Мой клиент")


def _mine(path: Path) -> list[str]:
    with open_store(path) as store:
        return [name for (name,) in store.rows("SELECT name FROM client WHERE name LIKE 'Мой%'")]


def test_it_is_built_once_a_day(path: Path) -> None:
    made = path.stat().st_ino
    assert _demo(path).stdout == f"{path}\n"
    assert path.stat().st_ino == made
    _make_old(path)
    _demo(path)
    assert path.stat().st_ino != made
    assert not list(path.parent.glob("*.before-*"))


def test_it_is_never_built_over_real_data(cli: CommandLine) -> None:
    cli.run("client", "add", "Ромашка")
    message = cli.refusal("demo", "--no-open", "--force", "--db", str(cli.database))
    assert "no demo; name another file with --db" in message
    assert [client["name"] for client in cli.data("client", "list")] == ["Ромашка"]


def test_a_demo_in_which_somebody_worked_is_kept_however_old(path: Path) -> None:
    _work(path)
    _make_old(path)
    assert (
        "is kept, since somebody worked in it; `onewindow demo --force` builds another" in _demo(path).stderr
    )
    assert _mine(path) == ["Мой клиент"]


def test_a_draft_is_work_too(path: Path) -> None:
    with open_store(path) as store, store.exclusive():
        store.execute(
            "INSERT INTO draft (login, form, typed, updated_at, holder, held_at)"
            " VALUES ('ivanova', 'new client', '{}', :at, '', :at)",
            at=utc_text(datetime.now(UTC)),
        )
    _make_old(path)
    assert "is kept, since somebody worked in it" in _demo(path).stderr


def test_force_sets_the_work_aside_under_a_name_that_it_tells(path: Path) -> None:
    _work(path)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left = f".demo.db.{ended.pid}.part"
    killed = [path.with_name(f"{left}{suffix}") for suffix in ("", "-wal", ".lock", ".open")]
    building = path.with_name(f".demo.db.{os.getppid()}.part")
    for path_left in (*killed, building):
        path_left.write_bytes(b"half")
    message = _demo(path, "--force").stderr
    aside = Path(message.split(" is kept as ")[1].rstrip(".\n"))
    assert [killed_path for killed_path in killed if killed_path.exists()] == []
    assert building.exists()
    assert _mine(path) == []
    assert _mine(aside) == ["Мой клиент"]


def test_a_larger_demo_sets_the_work_aside_too(path: Path) -> None:
    _work(path)
    assert " is kept as " in _demo(path, "--clients", "130").stderr
    with open_store(path) as store:
        assert store.scalar("SELECT COUNT(*) FROM client") == 130


def test_a_file_in_use_is_never_replaced(path: Path, elsewhere: subprocess.Popen[str]) -> None:
    assert elsewhere.poll() is None
    made = path.stat().st_ino
    for words in (("--force",), ("--clients", "130")):
        assert (
            "is in use and is not replaced; close it, or name another file"
            in _demo(path, *words, code=1).stderr
        )
    _make_old(path)
    assert "is kept, since it is open elsewhere" in _demo(path).stderr
    assert path.stat().st_ino == made


def test_several_at_once_on_one_path_all_find_one_demo(tmp_path: Path) -> None:
    path = tmp_path / "new" / "demo.db"
    command = [sys.executable, "-m", "onewindow", "demo", "--no-open", "--db", str(path)]
    root = Path(__file__).parents[2]
    crowd = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root)
        for _ in range(3)
    ]
    outputs = [process.communicate() for process in crowd]
    assert [process.returncode for process in crowd] == [0, 0, 0], outputs
    assert [out for out, _ in outputs] == [f"{path}\n"] * 3
    with open_store(path) as store:
        assert store.scalar("SELECT COUNT(*) FROM client") == 120
    assert {entry.name for entry in path.parent.iterdir()} <= {"demo.db", "demo.db.lock", "demo.db.open"}


def test_phases_of_long_work_are_named_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    phases = Phases(every_seconds=0, always=True)
    phases("clients", 5, 20)
    phases("texts for the search", 7, 0)
    phases("search index", 0, 0)
    assert capsys.readouterr().err == "clients, 5 of 20\ntexts for the search, 7\nsearch index\n"
    silent = Phases(every_seconds=3600, always=True)
    silent("clients", 5, 20)
    assert capsys.readouterr().err == ""
