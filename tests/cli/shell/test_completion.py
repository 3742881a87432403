"""What Tab offers, asked of click as the shells ask it, and of bash itself where there is one."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from command_line import CommandLine

from onewindow.cli.program import program
from onewindow.records.kinds import KINDS


def offered(cli: CommandLine, *line: str) -> list[str]:
    """What fits the last word of a line."""
    words = ["--db", str(cli.database), "--as", cli.login, *line[:-1]]
    completer = ShellComplete(program, {}, "onewindow", "_ONEWINDOW_COMPLETE")
    return [item.value for item in completer.get_completions(words, line[-1])]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("exp", ["export"]),
        ("survey", ["survey", "survey-response"]),
        ("contact ", ["add", "list", "show", "edit", "archive", "restore", "erase-private"]),
        ("feedback ex", ["export"]),
        ("client add --ti", ["--tier", "--time-zone"]),
        ("client add --tier ", ["A", "B", "C", "D"]),
        ("client list --format js", ["json", "jsonl"]),
        ("export client --format x", ["xlsx"]),
        ("export contact --format vc", ["vcard", "vcard3"]),
        ("export survey", ["survey", "survey-response", "survey-invitation"]),
        ("client show rom", ["romashka"]),
        ("show ром", ["romashka"]),
        ("client edit ро", ["romashka"]),
        ("client archive rom", ["romashka"]),
        ("request add ром", ["romashka"]),
        ("request add romashka Не", []),
        ("contact show ан", ["Анна Ким"]),
        ("contact list --client rom", ["romashka"]),
        ("client add --owner a", ["anna"]),
        ("request take R", ["R-1"]),
        ("request show R-", ["R-1"]),
        ("completion z", ["zsh"]),
        ("--lang ", ["en", "ru", "bg"]),
    ],
)
def test_tab_offers_what_fits(romashka: CommandLine, line: str, expected: list[str]) -> None:
    romashka.run("request", "add", "romashka", "Не печатает")
    assert offered(romashka, *line.split(" ")) == expected


def test_tab_offers_every_noun(cli: CommandLine) -> None:
    nouns = {kind.name.replace("_", "-") for kind in KINDS.values() if kind.typed}
    assert nouns < set(offered(cli, ""))
    assert {kind.name.replace("_", "-") for kind in KINDS.values()} | {"all"} == set(
        offered(cli, "export", "")
    )


def test_a_file_that_is_not_there_offers_nothing_and_makes_nothing(cli: CommandLine) -> None:
    assert offered(cli, "client", "show", "ro") == []
    assert not cli.database.exists()


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish here")
def test_fish_keeps_the_commas_of_a_name(romashka: CommandLine, tmp_path: Path) -> None:
    romashka.run("contact", "add", "romashka", "Пётр, сын Ильи")
    command = tmp_path / "bin" / "onewindow"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m onewindow "$@"\n')
    command.chmod(0o755)
    script = tmp_path / "onewindow.fish"
    script.write_text(romashka.out("completion", "fish") + "\n")
    surroundings = {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "ONEWINDOW_DB": str(romashka.database),
        "ONEWINDOW_USER": "anna",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(tmp_path),
    }
    lines = f'source {script}; complete -C "onewindow show rom"; complete -C "onewindow contact show пёт"'
    run = subprocess.run(
        ["fish", "--no-config", "-c", lines],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **surroundings},
    )
    assert [line.split("\t")[0] for line in run.stdout.splitlines()] == ["romashka", "Пётр, сын Ильи"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_and_keeps_a_name_one_word(romashka: CommandLine, tmp_path: Path) -> None:
    romashka.run("contact", "add", "romashka", "Пётр $(touch x)")
    command = tmp_path / "bin" / "onewindow"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m onewindow "$@"\n')
    command.chmod(0o755)
    script = tmp_path / "completion.bash"
    script.write_text(romashka.out("completion", "bash") + "\n")

    def completed(*words: str) -> list[str]:
        line = shlex.join(["onewindow", *words])
        lines = [
            f"source {shlex.quote(str(script))}",
            f"COMP_WORDS=({line}); COMP_CWORD={len(words)}; COMPREPLY=()",
            "_onewindow_completion onewindow",
            'printf "%s\\n" "${COMPREPLY[@]}"',
        ]
        surroundings = {
            "PATH": f"{command.parent}:{os.environ['PATH']}",
            "ONEWINDOW_DB": str(romashka.database),
            "ONEWINDOW_USER": "anna",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        run = subprocess.run(
            ["bash", "--norc", "-c", "\n".join(lines)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **surroundings},
            cwd=tmp_path,
        )
        assert run.stderr == ""
        return run.stdout.split("\n")[:-1]

    assert completed("client", "show", "ром") == ["romashka"]
    assert completed("client", "list", "--tier", "") == ["A", "B", "C", "D"]
    assert completed("contact", "show", "ан") == [r"Анна\ Ким"]
    (word,) = completed("contact", "show", "пётр")
    assert shlex.split(word) == ["Пётр $(touch x)"]
    assert not (tmp_path / "x").exists()
