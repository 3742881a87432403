"""The rows that search works on, and the person's own clients among them."""

from __future__ import annotations

from collections.abc import Collection

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store, Value

_SMALL = 1000
"""So many clients are looked through one by one in a few milliseconds."""
_COLUMNS = "c.id, c.number, c.name, c.name_sort, c.tier, c.stage, c.owner_id, d.name, d.people, d.ids"


class SearchRow(NamedTuple):
    """What search needs of a client: the first part to show and order, the last three to match."""

    client_id: int
    number: int
    name: str
    name_sort: str
    tier: str
    stage: str
    owner_id: int | None
    names: str
    people: str
    ids: str

    @property
    def text(self) -> str:
        """Everything that words are looked for in."""
        return f"{self.names} {self.people} {self.ids}"


def search_rows(store: Store, clauses: str, /, **parameters: Value) -> list[SearchRow]:
    """Rows of clients `c` with their search texts `d`, by the SQL after the join."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM client c JOIN search_doc d ON d.client_id = c.id {clauses}", **parameters
    )
    return [SearchRow(*row) for row in rows]


class Portfolio:
    """The clients of one person, given by the person's id or by the clients' ids."""

    def __init__(self, store: Store, mine: int | Collection[int] | None) -> None:
        """Take whose clients they are; nothing is read yet."""
        self._store = store
        self._mine = mine
        self._rows: list[SearchRow] | None = None

    def has(self, row: SearchRow) -> bool:
        """Whether a client is one of them."""
        if self._mine is None:
            return False
        return row.owner_id == self._mine if isinstance(self._mine, int) else row.client_id in self._mine

    def rows(self) -> list[SearchRow]:
        """All of them, read once; none if they are too many to look through."""
        if self._rows is None:
            self._rows = self._among("") if self._is_small() else []
        return self._rows

    def last_touched(self, limit: int) -> list[SearchRow]:
        """The last touched first."""
        if self._mine is None:
            return []
        order = "ORDER BY s.last_touch_at DESC, s.client_id DESC LIMIT :limit"
        if isinstance(self._mine, int):
            return search_rows(
                self._store,
                f"JOIN client_stat s ON s.client_id = c.id WHERE s.owner_id = :mine {order}",
                mine=self._mine,
                limit=limit,
            )
        return self._among("JOIN client_stat s ON s.client_id = c.id", order, limit=limit)

    def _is_small(self) -> bool:
        if self._mine is None:
            return False
        if not isinstance(self._mine, int):
            return len(self._mine) <= _SMALL
        size = self._store.scalar(
            "SELECT COUNT(*) FROM"
            " (SELECT 1 FROM client WHERE owner_id = :mine AND archived_at IS NULL LIMIT :most) AS owned",
            mine=self._mine,
            most=_SMALL + 1,
        )
        return size <= _SMALL

    def _among(self, joined: str, ending: str = "", **parameters: Value) -> list[SearchRow]:
        if isinstance(self._mine, int):
            condition = "c.owner_id = :mine AND c.archived_at IS NULL"
            parameters["mine"] = self._mine
        else:
            ids: dict[str, Value] = {f"c{at}": client_id for at, client_id in enumerate(self._mine or ())}
            condition = f"c.id IN ({', '.join(f':{name}' for name in ids)})"
            parameters.update(ids)
        return search_rows(self._store, f"{joined} WHERE {condition} {ending}", **parameters)
