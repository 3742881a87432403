"""The root of the command line: help, exit codes, one sentence, no toolkit of the window."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from command_line import CommandLine

from onewindow.cli.program import program
from onewindow.cli.shell.problems import exit_code_of

_MOST_MODULES = 420
"""Modules that a listing may import: a heavy library or a screen that slips in shows at once."""


def _process(tmp_path: Path, *words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onewindow", "--db", str(tmp_path / "p.db"), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **surroundings},
        stdin=subprocess.DEVNULL,
    )


def _commands(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [path]
    context = click.Context(command)
    commands: list[tuple[str, ...]] = [path]
    for name in command.list_commands(context):
        member = command.get_command(context, name)
        assert member is not None
        commands += _commands(member, (*path, name))
    return commands


def test_the_version_names_the_commit_where_it_is_known(cli: CommandLine) -> None:
    assert re.fullmatch(
        r"onewindow \d+\.\d+\.\d+(?: \([0-9a-f]{7,40}(?:-dirty)?\))?", cli.out("--version").strip()
    )


def test_every_command_has_help_of_its_own() -> None:
    for path in _commands(program):
        command: click.Command = program
        for name in path:
            assert isinstance(command, click.Group)
            command_of_name = command.get_command(click.Context(command), name)
            assert command_of_name is not None
            command = command_of_name
        assert command.help, path


def test_the_list_of_commands_names_every_noun(cli: CommandLine) -> None:
    text = cli.out("--help")
    for noun in ("client", "request", "import", "db", "demo", "search", "undo", "completion", "settings"):
        assert f"  {noun} " in text


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("clent", "list"), 2, "did you mean client?"),
        (("client", "edit", "x", "--teir", "A"), 2, "--tier"),
        (("client", "add"), 2, "say what the client is"),
        (("client", "list", "--format", "xml"), 2, "xml"),
        (("client", "show", "nobody"), 1, "nobody"),
        (("import", "clients", "missing.csv"), 1, "there is no such file"),
        (("import", "undo", "7"), 1, "7"),
        (("undo",), 1, "nothing to undo"),
        (("request", "why", "R-99"), 1, "R-99"),
    ],
)
def test_a_mistake_is_one_sentence(
    romashka: CommandLine, words: tuple[str, ...], code: int, message: str
) -> None:
    romashka.run("undo")
    romashka.run("undo")
    sentence = romashka.refusal(*words, code=code)

    assert message in sentence
    assert sentence[-1] in ".?"


def test_a_missing_file_is_not_made_by_looking(cli: CommandLine) -> None:
    assert "There is no file" in cli.refusal("client", "list")
    assert not cli.database.exists()


def test_an_unknown_login_is_refused(romashka: CommandLine) -> None:
    assert "did you mean anna" in romashka.refusal("--as", "ana", "client", "list")


def test_plurals_and_underscores_name_nouns(romashka: CommandLine) -> None:
    assert romashka.out("clients", "list") == romashka.out("client", "list")
    assert romashka.out("contact_note", "list") == romashka.out("contact-notes", "list")


def test_a_process_tells_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    done = _process(tmp_path, "client", "show", "nobody")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "Traceback" in _process(tmp_path, "--debug", "client", "show", "nobody").stderr


def test_without_a_terminal_the_text_of_a_client_is_printed(tmp_path: Path) -> None:
    assert _process(tmp_path, "client", "add", "Ромашка").returncode == 0

    done = _process(tmp_path)

    assert done.returncode == 0
    assert "Ромашка" in done.stdout
    assert "no terminal" in done.stderr


def test_a_reader_who_leaves_is_no_error(tmp_path: Path) -> None:
    _process(tmp_path, "client", "add", "Ромашка")
    command = f"{sys.executable} -m onewindow --db {tmp_path / 'p.db'} keys | true; echo ${{PIPESTATUS[0]}}"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "0"
    assert done.stderr == ""


def test_commands_import_no_toolkit_and_few_modules(tmp_path: Path) -> None:
    _process(tmp_path, "client", "add", "Ромашка")
    script = (
        "import sys\n"
        "from onewindow.cli.program import program\n"
        "try:\n"
        f"    program.main(['--db', {str(tmp_path / 'p.db')!r}, *sys.argv[1:]])\n"
        "except SystemExit:\n"
        "    pass\n"
        "unwanted = ('textual', 'rich', 'sqlite_utils', 'openpyxl', 'phonenumbers')\n"
        "heavy = [name for name in unwanted if name in sys.modules]\n"
        "print(len(sys.modules), heavy, file=sys.stderr)\n"
    )
    for words in (("client", "list"), ("show", "romashka"), ("request", "list"), ("--help",), ()):
        done = subprocess.run(
            [sys.executable, "-c", script, *words],
            capture_output=True,
            text=True,
            check=True,
            stdin=subprocess.DEVNULL,
        )
        count, _, heavy = done.stderr.splitlines()[-1].partition(" ")
        assert heavy == "[]", words
        assert int(count) <= _MOST_MODULES, words


def test_a_settings_file_is_written_once(cli: CommandLine, tmp_path: Path) -> None:
    assert cli.out("settings", "template", "--write") == str(tmp_path / "settings.toml")
    written = (tmp_path / "settings.toml").read_text(encoding="utf-8")
    assert written.rstrip("\n") == cli.out("settings", "template")
    assert "is there already" in cli.refusal("settings", "template", "--write")


def test_settings_and_keys_and_completion_are_printed(cli: CommandLine, tmp_path: Path) -> None:
    assert cli.out("settings", "path") == str(tmp_path / "settings.toml")
    assert cli.data("settings", "show")["currency"] == "RUB"
    assert "# currency = " in cli.out("settings", "template")
    assert "| key | does |" in cli.out("keys")
    for shell in ("bash", "zsh", "fish"):
        assert "_ONEWINDOW_COMPLETE" in cli.out("completion", shell)


def test_tab_offers_nouns_clients_and_choices(romashka: CommandLine) -> None:
    from click.shell_completion import ShellComplete

    def offered(line: list[str], incomplete: str) -> list[str]:
        words = ["--db", str(romashka.database), "--as", "anna", *line]
        completer = ShellComplete(program, {}, "onewindow", "_ONEWINDOW_COMPLETE")
        return [item.value for item in completer.get_completions(words, incomplete)]

    assert offered([], "req") == ["requisites", "request", "request-link"]
    assert offered(["client", "add", "--tier"], "") == ["A", "B", "C", "D"]
    assert offered(["request", "list", "--client"], "ром") == ["romashka"]


def test_a_settings_mistake_is_told_and_the_default_holds(romashka: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("currency = 5\n")

    result = romashka.run("settings", "show", "--format", "json")

    assert "line 1" in result.stderr
    assert '"currency": "RUB"' in result.stdout


def test_an_interrupt_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(KeyboardInterrupt(), debug=True) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("output_format", ["table", "json", "csv", "md"])
def test_a_terminal_gets_no_control_characters_and_a_pipe_gets_the_data(
    romashka: CommandLine, output_format: str
) -> None:
    hostile = "Зло\x1b[31m\u202eтекст"
    romashka.run("client", "add", hostile)
    columns = ("--columns", "name", "--format", output_format)
    assert output_format in ("table", "json") or hostile in romashka.out("client", "list", *columns)

    shown = _on_a_terminal(romashka.database, "client", "list", *columns)

    assert "Зло" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


def _on_a_terminal(database: Path, *words: str) -> str:
    """What a command writes to a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", "onewindow", "--db", str(database), "--as", "anna", *words]
    with subprocess.Popen(arguments, stdout=theirs, stdin=subprocess.DEVNULL) as process:
        os.close(theirs)
        chunks: list[bytes] = []
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:
                break
            if not chunk:
                break
            chunks.append(chunk)
        process.wait()
    os.close(ours)
    return b"".join(chunks).decode()


def test_a_group_alone_shows_its_help_line_by_line(cli: CommandLine) -> None:
    for noun in ("outbox", "policy", "db"):
        lines = cli.run(noun, code=2).stderr.splitlines()
        assert lines[0].startswith(f"Usage: onewindow {noun} ")
        assert any(line.startswith(("  list ", "  check ")) for line in lines)
