"""Counts as people say them: one day, two days."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 day`, `2 days`; `many` where the plural is not the noun with an s."""
    return f"{number} {one if abs(number) == 1 else many or f'{one}s'}"
