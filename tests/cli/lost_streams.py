"""Runs every command of the program with a standard stream lost, in forks of one process; tells what came.

usage: lost_streams.py DATABASE HOME    a JSON line a command on stderr
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from onewindow.__main__ import main
from onewindow.cli.program import program

LOSSES = ("full", "closed", "gone", "no input", "nothing")
_HELP_EVERY = 8
"""Of the commands that need more words only some are asked for their help: it is written in one way."""
_NOT_TRIED = {"demo"}
"""It opens a window."""
_SECONDS = 60


def commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command that is none of groups; with --help where it asks for more words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or name in _NOT_TRIED:
            continue
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))
        elif any(parameter.required for parameter in command.params):
            yield (*words, name, "--help")
        else:
            yield (*words, name)


def lose(loss: str) -> None:
    """Lose streams as a shell would before the program begins."""
    if loss == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
    if loss == "gone":
        reading, writing = os.pipe()
        os.dup2(writing, 1)
        os.close(reading)
        os.close(writing)
    if loss in ("closed", "nothing"):
        os.close(1)
        sys.stdout = None  # type: ignore[assignment]
    if loss in ("no input", "nothing"):
        os.close(0)
        sys.stdin = None  # type: ignore[assignment]


def tried(words: tuple[str, ...], loss: str) -> dict[str, object]:
    """Run one command with a loss in a fork."""
    with tempfile.TemporaryFile() as said:
        pid = os.fork()
        if pid == 0:
            os.dup2(said.fileno(), 2)
            lose(loss)
            sys.argv = ["onewindow", *words]
            try:
                main()
            finally:
                # As the end of the interpreter would: what is still held is written, or complained of.
                for stream in (sys.stdout, sys.stderr):
                    stream.flush()
                code = sys.exc_info()[1]
                os._exit(code.code if isinstance(code, SystemExit) and isinstance(code.code, int) else 99)
        _, status = os.waitpid(pid, 0)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    return {"words": words, "loss": loss, "code": os.waitstatus_to_exitcode(status), "said": text}


if __name__ == "__main__":
    os.environ |= {"ONEWINDOW_DB": sys.argv[1], "HOME": sys.argv[2], "XDG_CONFIG_HOME": sys.argv[2]}
    os.chdir(Path(sys.argv[2]))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    report = os.fdopen(os.dup(2), "w", encoding="utf-8", buffering=1)
    for place, words in enumerate(commands(program)):
        if words[-1] != "--help" or place % _HELP_EVERY == 0:
            report.write(json.dumps(tried(words, LOSSES[place % len(LOSSES)])) + "\n")
