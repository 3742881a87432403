"""One thing that a person may say so that more of a file comes in, as a command and as a list say it."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from onewindow.desk.imports.reporting.changes import display_name


def pasted(words: Sequence[str]) -> str:
    """Words of a command quoted as the shell of this system wants them."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to say of a column, or of the whole import, and why."""

    why: str
    header: str = ""
    fields: tuple[str, ...] = ()
    """What the column is to fill; empty: what it fills already."""
    words: tuple[tuple[str, str], ...] = ()
    """What words of the column mean."""
    creates_clients: bool = False
    constant: tuple[str, str] | None = None
    """A field, and what it is in every row."""

    @property
    def options(self) -> list[str]:
        """What the command has to be given, word by word."""
        options = [word for name in self.fields for word in ("--map", f"{self.header}={display_name(name)}")]
        options += [
            part for word, value in self.words for part in ("--value", f"{self.header}:{word}={value}")
        ]
        options += ["--set", "=".join(self.constant)] if self.constant else []
        return [*options, "--create-clients"] if self.creates_clients else options

    @property
    def typed(self) -> str:
        """The same, as it can be pasted behind the command."""
        return pasted(self.options)

    @property
    def read_as(self) -> str:
        """What it comes to, as the list of the window says it."""
        parts = (
            [f"→ {', '.join(filter(None, map(display_name, self.fields))) or 'left out'}"]
            if self.fields
            else []
        )
        parts += [f"{word or '(empty)'} = {value}" for word, value in self.words]
        parts += ["{} = {} in every row".format(*self.constant)] if self.constant else []
        return ", ".join([*parts, "yes"] if self.creates_clients else parts)
