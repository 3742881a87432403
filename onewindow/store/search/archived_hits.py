"""Archived clients among those whom a query finds: who remembers one must not think that there never was one.

The daily search knows nothing of them. They are few and looked through one by one, the last archived first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onewindow.store.engine import Row, Store, Value
from onewindow.store.search import terms
from onewindow.store.search.docs import documents
from onewindow.store.search.finding import ANYWHERE, INSIDE, LAYOUT, NUMBER, Hit, find_clients, rank_of
from onewindow.store.search.match_reason import explain
from onewindow.store.search.portfolio import SearchRow
from onewindow.store.search.terms import Reading, ShortNumber

_SHOWN = 5
_LOOKED_THROUGH = 300
_LETTERS = 2
"""A single letter is the beginning of too many names."""
_COLUMNS = "SELECT id, number, name, name_sort, tier, stage, owner_id, archived_at FROM client WHERE "
_BY_NUMBER = {
    "C": "number = :number AND archived_at IS NOT NULL",
    "R": "id = (SELECT client_id FROM request WHERE number = :number) AND archived_at IS NOT NULL",
}


def find_all(
    store: Store, query: str, mine: int | Collection[int] | None = None, limit: int = 20
) -> list[Hit]:
    """What `find_clients` finds, and archived clients: behind those in daily view who fit as well.

    They stand before what only sounds alike. A whole C-17 or R-1042 of an archived client finds that one
    alone. Raises SearchInterrupted as `find_clients` does.
    """
    text = query.encode("utf-8", "ignore").decode()[: terms.LONGEST_QUERY].strip()
    asked = terms.short_number(text)
    archived = find_archived(store, text)
    if asked is not None and asked.is_certain and archived:
        return archived
    hits = [*find_clients(store, query, mine, limit), *archived]
    return sorted(hits, key=lambda hit: (max(hit.rank, ANYWHERE), bool(hit.archived_at)))


def find_archived(store: Store, text: str) -> list[Hit]:
    """The archived clients whom a text means by number, name, person, phone, mail or code, five at most."""
    if len(text) < _LETTERS:
        return []
    with store.read():
        asked = terms.short_number(text)
        if asked is not None and (numbered := _by_number(store, asked)):
            return numbered
        if asked is not None and asked.is_certain:
            return []
        last = store.rows(
            f"{_COLUMNS} archived_at IS NOT NULL ORDER BY archived_at DESC, id DESC LIMIT :most",
            most=_LOOKED_THROUGH,
        )
        return _matching(store, text, last) if last else []


def _by_number(store: Store, asked: ShortNumber) -> list[Hit]:
    return [
        _hit(row, NUMBER, f"{kind}-{asked.number}")
        for kind in asked.kinds
        for row in store.rows(_COLUMNS + _BY_NUMBER[kind], number=asked.number)
    ]


def _matching(store: Store, text: str, clients: Sequence[Row]) -> list[Hit]:
    ids: dict[str, Value] = {f"c{at}": row[0] for at, row in enumerate(clients)}
    among = f"IN ({', '.join(f':{name}' for name in ids)})"
    docs = {
        doc.client_id: doc for doc in documents(store, lambda column: f"{column} {among}", ids, archived=True)
    }
    by_id = {row[0]: row for row in clients}
    matches = _found(text, [SearchRow._make((*row[:7], *docs[row[0]][1:])) for row in clients])
    why = explain(store, [(row, reading) for row, reading, _ in matches])
    return [_hit(by_id[row.client_id], rank, why[row.client_id]) for row, _, rank in matches]


def _found(text: str, rows: list[SearchRow]) -> list[tuple[SearchRow, Reading, int]]:
    """The rows that fit, best first, each with the reading by which it does."""
    beginning = terms.name_beginning(text)
    best: dict[int, tuple[SearchRow, Reading, int]] = {}
    for reading in terms.readings(text):
        inside = terms.inside_words(reading)
        for row in rows:
            if terms.matches(inside, row.text):
                rank = rank_of(row, reading, beginning)
                best.setdefault(row.client_id, (row, inside if rank == INSIDE else reading, rank))
    if not best:
        for reading in terms.other_layouts(text):
            for row in rows:
                if terms.matches(reading, row.text):
                    best.setdefault(row.client_id, (row, reading, LAYOUT))
    return sorted(best.values(), key=lambda hit: hit[2])[:_SHOWN]


def _hit(row: Row, rank: int, why: str) -> Hit:
    client_id, number, name, _, tier, stage, owner_id, archived_at = row
    return Hit(client_id, number, name, tier, stage, owner_id, f"archived, {why}", rank, archived_at)
