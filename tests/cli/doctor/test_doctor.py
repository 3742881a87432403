"""`onewindow doctor`: what is wrong around the file, each thing with the command that mends it."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import CommandLine

from onewindow.desk.doctor.diagnosis import Diagnosis, sized
from onewindow.desk.doctor.file_examination import examine_file
from onewindow.desk.doctor.machine_examination import examine_clock, examine_versions
from onewindow.desk.doctor.terminal_examination import Terminal, examine_terminal
from onewindow.settings import Settings
from onewindow.store.engine import open_store

UTF8 = {"LANG": "ru_RU.UTF-8"}
GOOD = {"TERM": "xterm-256color", **UTF8}


def _examined(cli: CommandLine, *words: str, code: int = 0) -> list[Diagnosis]:
    result = cli.run("doctor", *words, "--format", "json", code=code)
    return [Diagnosis(**diagnosis) for diagnosis in json.loads(result.stdout)]


def _of(area: str, diagnoses: list[Diagnosis]) -> list[Diagnosis]:
    return [diagnosis for diagnosis in diagnoses if diagnosis.area == area]


def _terminal(environ: dict[str, str], **values: object) -> dict[str, Diagnosis]:
    diagnoses = examine_terminal(Terminal(environ=environ, **values))  # pyright: ignore[reportArgumentType]
    return {diagnosis.area: diagnosis for diagnosis in diagnoses}


def test_a_good_terminal_has_nothing_to_mend() -> None:
    by_area = _terminal({**GOOD, "COLORTERM": "truecolor"}, columns=120, lines=40)
    assert {diagnosis.level for diagnosis in by_area.values()} == {"ok"}
    assert by_area["colours"].message == "16 million colours."
    assert _terminal(GOOD)["colours"].message == "256 colours."


@pytest.mark.parametrize(
    ("environ", "area", "level", "remedy"),
    [
        (UTF8, "terminal", "warning", "export TERM=xterm-256color"),
        ({"TERM": "dumb", **UTF8}, "terminal", "warning", "export TERM=xterm-256color"),
        ({"TERM": "linux", **UTF8}, "colours", "note", "export TERM=xterm-256color"),
        ({**GOOD, "NO_COLOR": "1"}, "colours", "note", "unset NO_COLOR"),
        ({**GOOD, "TMUX": "/tmp/x"}, "clipboard", "note", "tmux set -g set-clipboard on"),  # noqa: S108
        ({**GOOD, "STY": "1.pts"}, "clipboard", "note", ""),
        ({"TERM": "xterm"}, "locale", "warning", "export LANG=C.UTF-8"),
        ({**GOOD, "LC_ALL": "C"}, "locale", "warning", "export LC_ALL=C.UTF-8"),
        ({**GOOD, "LANG": "ru_RU.koi8r"}, "locale", "warning", "export LANG=C.UTF-8"),
    ],
)
def test_what_is_wrong_with_a_terminal(environ: dict[str, str], area: str, level: str, remedy: str) -> None:
    diagnosis = _terminal(environ)[area]
    assert (diagnosis.level, diagnosis.remedy) == (level, remedy)


def test_a_small_window_and_other_letters_are_warned_of() -> None:
    small = _terminal(GOOD, columns=79, lines=24)["size"]
    assert (small.level, small.remedy) == ("warning", r"printf '\033[8;24;80t'")
    assert _terminal(GOOD, columns=80, lines=23)["size"].level == "warning"
    assert _terminal(GOOD, encoding="cp1251")["letters"].level == "warning"
    assert _terminal(GOOD, encoding="UTF8")["letters"].level == "ok"


def test_every_sentence_about_a_terminal() -> None:
    poor = _terminal({"TERM": "dumb"}, columns=79, lines=24, encoding="cp1251")
    assert [diagnosis.message for diagnosis in poor.values()] == [
        "TERM is dumb: the window cannot be drawn, plain text is printed instead.",
        "16 colours; nearly every terminal can show 256.",
        "79 columns, 24 lines: the window needs 80 and 24.",
        "The output is written as cp1251: some letters will be question marks.",
        "The locale is not set: other programs in this terminal may not show all letters.",
    ]
    good = _terminal({**GOOD, "TMUX": "1", "NO_COLOR": "1"}, columns=80, lines=24)
    assert [diagnosis.message for diagnosis in good.values()] == [
        "TERM is xterm-256color.",
        "No colours, because NO_COLOR is set.",
        "80 columns, 24 lines.",
        "tmux passes on what the window copies only if it is told to.",
        "The output is UTF-8.",
        "The locale is ru_RU.UTF-8.",
    ]


def test_a_pipe_is_no_terminal_and_windows_needs_no_locale() -> None:
    piped = _terminal({}, is_terminal=False)
    assert piped["terminal"].level == "note"
    assert piped.keys().isdisjoint({"size", "colours"})
    assert "locale" not in _terminal({}, is_windows=True)


def test_a_clock_that_stands_and_an_unknown_zone_are_told() -> None:
    stopped = next(examine_clock(datetime(1970, 1, 1, tzinfo=UTC), Settings(), {}))
    assert (stopped.level, stopped.area) == ("fault", "clock")
    now = datetime(2026, 11, 23, tzinfo=UTC)
    (wrong,) = examine_clock(now, Settings(), {"TZ": "Moskau"})
    assert (wrong.level, wrong.remedy) == ("warning", "export TZ=Europe/Moscow")
    (right,) = examine_clock(now, Settings(time_zone="Europe/Sofia"), {"TZ": "Moskau"})
    assert (right.level, right.message) == ("ok", "Times are shown in Europe/Sofia.")


def test_versions_name_all_that_the_program_stands_on() -> None:
    messages = " ".join(diagnosis.message for diagnosis in examine_versions())
    for name in ("One Window", "Python 3.", "Textual 8.", "SQLite 3."):
        assert name in messages


def test_warnings_end_with_nought_and_faults_with_one(romashka: CommandLine) -> None:
    result = romashka.run("doctor")
    assert "warning  backup" in result.stdout
    assert "mend: onewindow db backup\n" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("No faults, ")
    Path(romashka.out("db", "backup")).write_bytes(b"broken")
    result = romashka.run("doctor", code=1)
    assert "The newest backup is not good" in result.stdout
    assert result.stderr == "1 fault; each says what mends it.\n"


def test_a_missing_file_is_no_fault_and_is_not_made(cli: CommandLine) -> None:
    (file,) = _of("file", _examined(cli))
    assert (file.level, file.remedy) == ("warning", "onewindow client add NAME")
    assert not cli.database.exists()
    cli.database.with_name(cli.database.name + "-wal").write_bytes(b"x")
    assert [diagnosis.level for diagnosis in _of("file", _examined(cli, code=1))] == ["fault"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is empty"), (b"plain text, no database" * 20, "is not a One Window file")],
)
def test_a_file_that_is_none_of_ours_is_a_fault(cli: CommandLine, content: bytes, message: str) -> None:
    cli.database.write_bytes(content)
    (file,) = _of("file", _examined(cli, code=1))
    assert file.level == "fault"
    assert message in file.message
    assert cli.database.read_bytes() == content


def test_a_file_of_another_schema_says_what_to_do(romashka: CommandLine) -> None:
    def with_version(version: int) -> None:
        content = bytearray(romashka.database.read_bytes())
        content[60:64] = version.to_bytes(4, "big")
        romashka.database.write_bytes(content)

    with_version(0)
    (old,) = _of("file", _examined(romashka))
    assert (old.level, old.remedy) == ("note", "onewindow db migrate")
    with_version(999)
    (new,) = _of("file", _examined(romashka, code=1))
    assert (new.level, new.remedy) == ("fault", "python -m pip install --upgrade onewindow")


def test_nothing_is_written_beside_the_file(romashka: CommandLine, tmp_path: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    romashka.run("doctor")
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_rights_that_are_too_wide_come_with_the_command_that_narrows_them(
    romashka: CommandLine, tmp_path: Path
) -> None:
    tmp_path.chmod(0o700)
    romashka.database.chmod(0o666)
    (wide,) = _of("rights", _examined(romashka))
    assert (wide.level, wide.remedy) == ("warning", f"chmod o-rwx {romashka.database}")
    romashka.database.chmod(0o600)
    assert [diagnosis.level for diagnosis in _of("rights", _examined(romashka))] == ["ok"]
    tmp_path.chmod(0o770)
    remedies = [diagnosis.remedy for diagnosis in _of("rights", _examined(romashka))]
    assert remedies == [f"chmod g+s {tmp_path}", f"chmod 660 {romashka.database}"]
    tmp_path.chmod(0o1777)
    (open_to_all,) = _of("rights", _examined(romashka))
    assert "may write in" in open_to_all.message
    tmp_path.chmod(0o700)


def test_an_old_backup_is_warned_of(romashka: CommandLine) -> None:
    copy = Path(romashka.out("db", "backup"))
    fresh, same_disk = _of("backup", _examined(romashka))
    assert fresh.level == "ok"
    assert "less than an hour old" in fresh.message
    assert (same_disk.level, same_disk.remedy) == ("note", "onewindow db backup /OTHER/DISK/")
    four_days_ago = time.time() - 4 * 86400
    os.utime(copy, (four_days_ago, four_days_ago))
    old = _of("backup", _examined(romashka))[0]
    assert (old.level, old.remedy) == ("warning", "onewindow db backup")
    assert "4 days old" in old.message


def test_a_clock_behind_the_last_change_is_told(romashka: CommandLine, tmp_path: Path) -> None:
    now = datetime.now(UTC)

    def clock(at: datetime) -> str:
        diagnoses = examine_file(romashka.database, tmp_path / "backups", at)
        return next(diagnosis.level for diagnosis in diagnoses if diagnosis.area == "clock")

    assert clock(now) == "ok"
    assert clock(now - timedelta(hours=1)) == "warning"


def test_a_mistake_in_the_settings_is_told_with_its_line(romashka: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("\ncurrency = 5\n")
    (mistake,) = _of("settings", _examined(romashka))
    assert mistake.level == "warning"
    assert "line 2: currency" in mistake.message
    assert mistake.remedy == f"${{EDITOR:-vi}} +2 {file}"


def test_a_drill_restores_the_newest_backup_and_compares(romashka: CommandLine, tmp_path: Path) -> None:
    (none,) = _of("drill", _examined(romashka, "--drill", code=1))
    assert none.remedy == "onewindow db backup"
    romashka.run("db", "backup")
    sound, same = _of("drill", _examined(romashka, "--drill"))
    assert (sound.level, same.level) == ("ok", "ok")
    assert "nothing was changed since" in same.message
    romashka.run("client", "add", "Вектор")
    behind = _of("drill", _examined(romashka, "--drill"))[1]
    assert behind.level == "ok"
    assert "changes were made since" in behind.message
    assert [client["name"] for client in romashka.data("client", "list")] == ["Ромашка", "Вектор"]
    assert not list(Path(os.environ.get("TMPDIR", "/tmp")).glob("onewindow-drill-*/onewindow.db"))  # noqa: S108
    other = CommandLine(tmp_path / "other.db")
    other.run("client", "add", "Чужой")
    (foreign,) = _of("drill", _examined(other, "--drill", code=1))
    assert foreign.level == "fault"
    assert "There is no backup in" in foreign.message


def test_a_drill_tells_that_the_newest_backup_is_of_a_time_that_was_given_up(romashka: CommandLine) -> None:
    earlier = romashka.out("db", "backup", str(romashka.database.with_name("earlier.db")))
    romashka.run("client", "add", "Вектор")
    romashka.run("db", "backup")
    romashka.run("db", "restore", earlier)
    given_up = _of("drill", _examined(romashka, "--drill", code=1))[-1]
    assert given_up.level == "fault"
    assert "was an older one restored since?" in given_up.message


def test_a_drill_finds_what_a_glance_at_the_backup_does_not(romashka: CommandLine) -> None:
    copy = Path(romashka.out("db", "backup"))
    spoilt = copy.with_name("spoilt.db")
    shutil.copy(copy, spoilt)
    with open_store(spoilt) as store, store.exclusive():
        store.execute("UPDATE client_stat SET completeness = 99")
    shutil.move(spoilt, copy)
    assert _of("backup", _examined(romashka))[0].level == "ok"
    (drill,) = [
        diagnosis
        for diagnosis in _of("drill", _examined(romashka, "--drill", code=1))
        if diagnosis.level == "fault"
    ]
    assert "completeness 99" in drill.message


def test_sizes_are_short() -> None:
    counts = (0, 999, 1000, 12_345, 3_400_000, 1_200_000_000, 2_000_000_000_000)
    assert [sized(count) for count in counts] == [
        *("0 B", "999 B", "1.0 KB", "12 KB", "3.4 MB", "1.2 GB", "2000 GB"),
    ]
