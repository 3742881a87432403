"""The client list by row number: a window on a list of any length, read by key from the nearest known row.

Memory does not grow with the clients: a few pages and a bounded number of known rows are kept. A far jump
walks over the keys in between, which the rows of a screen never need.
"""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.desk.health.scoring import BAND_TONES
from onewindow.store.clients import client_list
from onewindow.store.clients.client_list import ClientLine, Key, ListFilter, Order
from onewindow.store.clients.client_stats import CALM, Band
from onewindow.store.engine import Store
from onewindow.text.layout.cells import Cell, Column, Row

COLUMNS = (
    Column(0, min_width=8),
    Column(5, drop_priority=1, align="right"),
    Column(4, align="right"),
)
"""Name, health, open or late requests."""

# A page is what a screen shows: the rows above and below, and the way back after a jump.
_PAGES_KEPT = 6
_PLACES_KEPT = 256
# A key is some bytes, a row is not: a far jump walks over keys in few queries of bounded memory.
_KEYS_AT_ONCE = 2000
_LETTERS: dict[Band, str] = {"red": "r", "amber": "a", "green": "g", "unknown": "?"}


class ClientListSource:
    """The rows of a filter in an order, as a list widget reads them; the key of a row is the client's id.

    It shows the file as it was when it read it: after a change call `refresh`, then let the list read again.
    """

    def __init__(self, store: Store, listed: ListFilter, order: Order | None = None, *, now: str) -> None:
        """Take the filter's usual order unless another is named; `now` (UTC text) decides what is late."""
        self.store = store
        self.listed = listed
        self.order: Order = order or client_list.ORDERS[listed.name][0]
        self.now = now
        self._count: int | None = None
        self._pages: dict[tuple[int, int], list[ClientLine]] = {}
        self._places: dict[int, Key] = {}

    def refresh(self, now: str) -> None:
        """Forget what was read, because the clients or the time have changed."""
        self.now = now
        self._count = None
        self._pages.clear()
        self._places.clear()

    @property
    def count(self) -> int:
        """How many rows there are."""
        if self._count is None:
            self._count = client_list.count(self.store, self.listed)
        return self._count

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Return the rows from `start` up to but not including `stop`."""
        return [client_row(line) for line in self.lines(start, stop)]

    def lines(self, start: int, stop: int) -> Sequence[ClientLine]:
        """Return the clients from row `start` up to but not including `stop`; fewer where the list ends."""
        start, stop = max(0, start), min(stop, self.count)
        if start >= stop:
            return []
        lines = self._pages.pop((start, stop), None)
        if lines is None:
            with self.store.read():
                lines = client_list.page(
                    self.store,
                    self.listed,
                    self.order,
                    self.now,
                    after=self._key(start - 1),
                    limit=stop - start,
                )
            if lines:
                self._know(start, lines[0].key)
                self._know(start + len(lines) - 1, lines[-1].key)
        # Popped and put back at the end: the first of the dict is the one that was used longest ago.
        self._pages[start, stop] = lines
        if len(self._pages) > _PAGES_KEPT:
            del self._pages[next(iter(self._pages))]
        return lines

    def index_of(self, key: object, near: int) -> int | None:
        """Return the row of the client with this id, None if the filter does not let them through."""
        if not isinstance(key, int):
            return None
        known = self._shown_at(key, near)
        if known is not None:
            return known
        with self.store.read():
            place = client_list.key_of(self.store, self.listed, self.order, key)
            if place is None:
                return None
            index = client_list.rank_of(self.store, self.listed, self.order, place)
        self._know(index, place)
        return index

    def _shown_at(self, client_id: int, near: int) -> int | None:
        """The row of a client on one of the pages read, the row where they were first of all."""
        for (start, stop), lines in self._pages.items():
            if (
                start <= near < stop
                and near - start < len(lines)
                and lines[near - start].client_id == client_id
            ):
                return near
        for (start, _), lines in self._pages.items():
            for place, line in enumerate(lines):
                if line.client_id == client_id:
                    return start + place
        return None

    def _key(self, index: int) -> Key | None:
        """The key of a row, None before the first; walks there from the nearest known row or end."""
        if index < 0:
            return None
        ends: dict[int, Key | None] = {-1: None, self.count: None}
        known = ends | self._places
        # Not by OFFSET, which walks over every row before: a page after a key is found by an index.
        at = min(known, key=lambda place: abs(place - index))
        key, backward = known[at], at > index
        while at != index:
            step = min(abs(at - index), _KEYS_AT_ONCE)
            walked = client_list.keys(
                self.store, self.listed, self.order, from_key=key, limit=step, backward=backward
            )
            if not walked:
                return key
            key = walked[-1]
            at += -step if backward else step
        return key

    def _know(self, index: int, key: Key) -> None:
        self._places.pop(index, None)
        self._places[index] = key
        if len(self._places) > _PLACES_KEPT:
            del self._places[next(iter(self._places))]


def client_row(line: ClientLine) -> Row:
    """A client as a line of the list: name, health and letter of the band, late or else open requests.

    `!` marks one with late requests, `?` one with an alarm.
    """
    health = _LETTERS[line.band] if line.health is None else f"{line.health} {_LETTERS[line.band]}"
    late = line.late_count > 0
    requests = f"{line.late_count}!" if late else str(line.open_count or "")
    return Row(
        key=line.client_id,
        cells=(
            Cell(line.name),
            Cell(health, BAND_TONES[line.band]),
            Cell(requests, "late" if late else ""),
        ),
        mark="!" if late else "?" if line.calm < CALM else " ",
        style="dim" if line.stage == "lost" else "",
    )
