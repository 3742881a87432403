"""What a panel says, before a face draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.text.layout.cells import Column, Row, fit_columns
from onewindow.text.layout.lazy_rows import LazyRows

SHORT = 60
"""Up to so many rows are made at once: they are cheap, and their columns can be fitted to all of them."""


class RecordKey(NamedTuple):
    """Which record a row is about."""

    kind: str
    id: int


@frozen_struct
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
    rows: Sequence[Row]
    empty: str
    """What belongs here and which key adds it."""
    new_kind: str
    """The kind that `n` makes here."""
    kinds: frozenset[str]
    """A change of one of these kinds concerns this panel."""
    alarming: tuple[str, ...] = ()
    """The parts of the summary that say what is late, broken or missing, in their order: the red ones."""


def tally(*counts: tuple[int, str]) -> str:
    """Counts as one phrase without the zeros: `3 open, 1 late`; an empty word gives the bare number."""
    return ", ".join(phrases(*counts))


def phrases(*counts: tuple[int, str]) -> tuple[str, ...]:
    """The same counts one by one: `3 open` and `1 late`."""
    return tuple(f"{count} {what}".rstrip() for count, what in counts if count)


def pick(modes: tuple[str, ...], mode: str) -> str:
    """The mode that is meant: the first one of a panel for '' and for a word it does not know."""
    return mode if mode in modes else modes[0]


def rows_of(items: Sequence[Any], draw: Callable[[Any], Row]) -> Sequence[Row]:
    """The rows of records in their order, of a long list only when they are looked at."""
    if len(items) <= SHORT:
        return tuple(draw(item) for item in items)
    # Rows that nobody scrolls to are never made: a client may have thousands of touches.
    return LazyRows(items, draw, lambda item: RecordKey(item.kind, item.id))


def fitted(view: PanelView) -> PanelView:
    """The same panel with no column wider than its cells, so that the long texts get the room.

    The columns of a long list stay as wide as they are meant to be: what it shows is made while it scrolls.
    """
    if len(view.rows) > SHORT:
        return view
    # A column that is empty in every row gives its room to the texts.
    kept = [at for at in _places(view) if any(row.cells[at].text for row in view.rows)]
    if not kept:
        return view
    rows = view.rows
    if len(kept) < len(view.columns):
        rows = tuple(row._replace(cells=tuple(row.cells[at] for at in kept)) for row in rows)
    return replace(view, columns=fit_columns([view.columns[at] for at in kept], rows), rows=rows)


def _places(view: PanelView) -> range:
    return range(min((len(row.cells) for row in view.rows), default=0))
