"""What a panel says, before a face draws it."""

from __future__ import annotations

from dataclasses import dataclass

from onewindow.text.cells import Column, Row


@dataclass(frozen=True, slots=True)
class RecordKey:
    """Which record a row is about."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class PanelView:
    """One panel, drawn by any face. The keys of its rows are RecordKeys."""

    name: str
    title: str
    """As the title line says it: '1 requests'."""
    summary: str
    """Counts for the title line: '3 open, 1 late'."""
    worst: str
    """The most pressing thing in one phrase, for the line of a folded panel; '' when all is calm."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    """What belongs here and which key adds it."""
    new_kind: str
    """The kind that `n` makes here."""
    kinds: frozenset[str]
    """A change of one of these kinds concerns this panel."""
    alarm: bool = False
    """Whether something here is late, broken or missing: the title says so with a '!'."""


def tally(*counts: tuple[int, str]) -> str:
    """Counts as one phrase without the zeros: `3 open, 1 late`; an empty word gives the bare number."""
    return ", ".join(f"{count} {what}".rstrip() for count, what in counts if count)


def pick(modes: tuple[str, ...], mode: str) -> str:
    """The mode that is meant: the first one of a panel for '' and for a word it does not know."""
    return mode if mode in modes else modes[0]
