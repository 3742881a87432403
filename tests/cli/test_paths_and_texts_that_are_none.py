"""Paths that are no files and texts that are no text: one sentence each, and nothing waits for ever."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CommandLine

from onewindow.settings import load

_SECONDS = 20


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A folder of things that are no files."""
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket")
    finally:
        os.chdir(here)
    return tmp_path


@pytest.fixture
def line(tmp_path: Path) -> CommandLine:
    made = CommandLine(tmp_path / "t.db")
    made.run("client", "add", "Ромашка")
    return made


STRANGE = ["loop", "loop/inside", "folder", "pipe", "socket", "/dev/null", "/dev/zero", "/dev/full"]


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_database_is_refused_in_one_sentence(name: str, strange: Path) -> None:
    line = CommandLine(strange / name)
    for words in (
        ("client", "list"),
        ("client", "add", "X"),
        ("db", "check"),
        ("db", "backup", str(strange)),
    ):
        message = line.refusal(*words)
        assert name.partition("/inside")[0] in message
        assert "went wrong" not in message


@pytest.mark.parametrize("name", [*STRANGE[:5], "/dev/zero", "/dev/full"])
def test_what_is_no_file_is_not_imported(name: str, strange: Path, line: CommandLine) -> None:
    message = line.refusal("import", "clients", str(strange / name), code=2 if name == "folder" else 1)
    assert Path(name).name in message
    assert "went wrong" not in message


@pytest.mark.parametrize("name", ["loop", "pipe", "/dev/zero"])
def test_what_is_no_file_gives_no_records_and_no_playbook(
    name: str, strange: Path, line: CommandLine
) -> None:
    for words in (("client", "add", "--json"), ("playbook", "import")):
        assert "went wrong" not in line.refusal(*words, str(strange / name))


@pytest.mark.parametrize("name", ["loop", "folder", "pipe", "socket", "/dev/zero"])
def test_settings_that_are_no_file_leave_the_defaults(name: str, strange: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"from onewindow.settings import load; from pathlib import Path;"
         f"print(load(Path({str(strange / name)!r}))[1][0])"],
        capture_output=True, text=True, check=True, timeout=_SECONDS,
    )  # fmt: skip
    assert "cannot be read" in done.stdout
    assert done.stdout.rstrip().endswith("defaults are used")


def test_a_name_of_thousands_of_parts_is_an_unknown_setting(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("a." * 5000 + "b = 1\nlanguage = 'ru'\n", encoding="utf-8")
    settings, problems = load(path)
    assert settings.language in ("ru", "auto")
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"language = 'ru'\n\x00", "not valid TOML"),
        (b"#" * 50_000_000, "larger than 256 KB"),
        (b"\xff\xfel\x00", "not UTF-8"),
    ],
    ids=["null", "large", "utf-16"],
)
def test_settings_that_are_no_text_are_told(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    (problem,) = load(path)[1]
    assert message in str(problem)


def test_a_long_list_with_a_mistake_behind_it_is_read_in_moments(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("keys = [\n" + "'x',\n" * 30_000 + "]\nnothing = 1\n", encoding="utf-8")
    assert load(path)[1]


HALF = "Ромашка \\ud83d"


def _names(line: CommandLine) -> list[str]:
    return sorted(client["name"] for client in line.data("client", "list"))


def test_half_a_character_in_json_is_taken_with_the_mark_of_the_unreadable(
    line: CommandLine, tmp_path: Path
) -> None:
    line.run("client", "add", "--json", "-", stdin=f'{{"name": "{HALF}1"}}')
    (tmp_path / "in.json").write_text(f'[{{"name": "{HALF}2", "tags": "a\\udc00"}}]', encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(f'{{"name": "{HALF}3"}}\n{{"name": "{HALF}4"}}\n', encoding="utf-8")
    for name in ("in.json", "in.jsonl"):
        line.run("import", "clients", str(tmp_path / name))
    assert _names(line) == ["Ромашка", *(f"Ромашка \ufffd{n}" for n in range(1, 5))]


def test_a_whole_emoji_in_two_escapes_stays_one(line: CommandLine) -> None:
    line.run("client", "add", "--json", "-", stdin='{"name": "\\ud83d\\ude00"}')
    assert "😀" in _names(line)


def test_half_a_character_in_the_name_of_a_field_is_an_unknown_field(line: CommandLine) -> None:
    message = line.refusal("client", "add", "--json", "-", stdin='{"\\ud83d": "x", "name": "В"}')
    assert "there is no such field" in message


def test_null_characters_are_no_part_of_a_text(line: CommandLine) -> None:
    line.run("client", "add", "--json", "-", stdin=json.dumps({"name": "а\x00б"}))
    assert "\x00" not in "".join(_names(line))


@pytest.mark.parametrize(
    "variable", ["ONEWINDOW_USER", "LOGNAME", "ONEWINDOW_CONFIG", "TZ", "COLUMNS", "LANG"]
)
def test_an_environment_that_is_no_text_ends_in_no_fault(
    variable: str, line: CommandLine, tmp_path: Path
) -> None:
    environ = {**os.environb, variable.encode(): b"/x\xff", b"HOME": str(tmp_path).encode()}
    done = subprocess.run(
        [sys.executable, "-m", "onewindow", "--db", str(line.database), "client", "list"],
        capture_output=True, text=True, env=environ, check=False, timeout=_SECONDS,
    )  # fmt: skip
    assert "went wrong" not in done.stderr
    assert done.returncode in (0, 1)
