"""Runs the command line in this process and says what it printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from onewindow.cli.program import program


@dataclass
class CommandLine:
    """Runs commands as one person on one file."""

    database: Path
    login: str = "anna"

    def run(self, *words: str, stdin: str | bytes | None = None, code: int = 0) -> Result:
        """The result of a command that must end with that exit code."""
        arguments = ["--db", str(self.database), "--as", self.login, *words]
        result = CliRunner().invoke(program, arguments, input=stdin)
        assert result.exit_code == code, result.output + result.stderr
        return result

    def out(self, *words: str, stdin: str | bytes | None = None) -> str:
        """What a command printed, without the last line break."""
        return self.run(*words, stdin=stdin).stdout.rstrip("\n")

    def data(self, *words: str, stdin: str | bytes | None = None) -> Any:
        """What a command printed as JSON."""
        return json.loads(self.run(*words, "--format", "json", stdin=stdin).stdout)

    def refusal(self, *words: str, code: int = 1, stdin: str | None = None) -> str:
        """The one sentence on stderr of a command that fails with that code."""
        result = self.run(*words, code=code, stdin=stdin)
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
        return result.stderr.rstrip("\n")
