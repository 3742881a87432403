"""Whole numbers that people type after an option: how many rows, minutes, steps."""

from __future__ import annotations

import click

MOST = 1_000_000_000
"""More rows than any file has, and far below where SQLite's whole numbers end."""


class Count(click.IntRange):
    """A whole number from `min` up to MOST; the help names only the bound that people can meet."""

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; UsageError, which names the option, when it is none or out of bounds."""
        number: int = super().convert(value, param, ctx)  # pyright: ignore[reportArgumentType]
        if number > MOST:
            self.fail(f"{number} is too large; {MOST} is the most.", param, ctx)
        return number
