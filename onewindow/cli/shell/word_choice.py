"""A choice of the command line that is typed by its own name or by any word that names it in a file.

Words of files are loaded when a word is none of the choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click


class WordChoice(click.Choice[str]):
    """One of some choices of a field; `--priority срочно` is `--priority urgent`."""

    def __init__(self, choices: Sequence[str], kind: str, field: str) -> None:
        """Offer some choices, perhaps not all, of a field of a kind of record."""
        super().__init__(choices)
        self._kind = kind
        self._field = field

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The choice that was typed; fails as any choice does for a word that names none."""
        if value not in self.choices:
            from onewindow.text.choices import read_word  # most people type the choice itself

            value = read_word(self._kind, self._field, tuple(self.choices), str(value)) or value
        return super().convert(value, param, ctx)
