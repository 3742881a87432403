"""Search as you type: the clients that a few letters mean, the person's own and the best match first.

It asks in tiers, from the cheap and exact to the guesses, and stops when there is enough. No query orders by
rank or reads without a limit: at most a hundred rows are sorted here.
"""

from __future__ import annotations

from collections.abc import Collection

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.store.search import terms
from onewindow.store.search import words as search_words
from onewindow.store.search.index import with_terms
from onewindow.store.search.match_reason import explain
from onewindow.store.search.portfolio import Portfolio, SearchRow, search_rows
from onewindow.store.search.terms import Reading, ShortNumber
from onewindow.store.sqlite_library import sqlite
from onewindow.text.names.firm_names import said_name

NUMBER, WHOLE_NAME, NAME_BEGINS, NAME, ANYWHERE, INSIDE, LAYOUT, ALIKE, MISTYPED = range(9)
"""How well a client matches, best first: the ranks of hits."""

_FEW = 5
_SIFTED = 3
_EXPANDED_WORDS = 2
_AFTER = "~"
_BY_NUMBER = {
    "C": "WHERE c.number = :number",
    "R": "WHERE c.id = (SELECT client_id FROM request WHERE number = :number AND archived_at IS NULL)",
}
_EXTERNAL_IDS = (("client", "id"), ("request", "client_id"), ("contact", "client_id"))


class SearchInterrupted(StoreProblem):
    """Another thread stopped this search, because its answer is not wanted any more."""


@frozen_struct
class Hit:
    """A found client; `why` says what matched (`name`, `contact Анна Ким`, `phone …6789`, `R-1042`)."""

    client_id: int
    number: int
    name: str
    tier: str
    stage: str
    owner_id: int | None
    why: str
    rank: int
    archived_at: str = ""
    """When the client was archived (UTC text), '' for one in daily view."""


class _Found(NamedTuple):
    row: SearchRow
    rank: int
    reading: Reading
    why: str


def find_clients(
    store: Store, query: str, mine: int | Collection[int] | None = None, limit: int = 20
) -> list[Hit]:
    """The clients in daily view that a query means, `limit` at most.

    `mine` is the id of the person who asks, or the ids of their clients, who come first. An empty query gives
    them, the last touched first. Raises SearchInterrupted after `store.interrupt()` from another thread.
    """
    text = query.encode("utf-8", "ignore").decode()[: terms.LONGEST_QUERY].strip()
    try:
        with store.read():
            if text:
                return _Search(store, mine, limit).run(text)
            recent = Portfolio(store, mine).last_touched(limit)
            return [_hit(_Found(row, NUMBER, (), "own client")) for row in recent]
    except sqlite.OperationalError as error:
        if "interrupt" in str(error):
            raise SearchInterrupted("The search was stopped.") from error
        raise


def find_named(
    store: Store, words: str, mine: int | None = None, limit: int = 12, *, whole_only: bool = False
) -> list[Hit]:
    """The clients in daily view whose names or other names have all these words, one's own clients first.

    Ranks up to NAME mean whole words, ANYWHERE means words that begin so. Nothing is guessed, so an unknown
    word finds nobody. `whole_only` looks for whole names only, which costs one look into an index.
    """
    with store.read():
        return _Search(store, mine, limit).named(words[: terms.LONGEST_QUERY], whole_only=whole_only)


class _Search:
    """One search: what is found so far, each client by the best tier."""

    def __init__(self, store: Store, mine: int | Collection[int] | None, limit: int) -> None:
        self._store = store
        self._portfolio = Portfolio(store, mine)
        self._limit = limit
        self._found: dict[int, _Found] = {}

    def run(self, text: str) -> list[Hit]:
        """Go through the tiers for a query and give the best of what they found, in order."""
        asked = terms.short_number(text)
        if asked:
            self._by_number(asked)
            if asked.is_certain and self._found:
                return self._best()
        self._by_external_id(text)
        readings = terms.readings(text)
        beginning = terms.name_beginning(text)
        for reading in readings:
            self._add_ranked(self._own(reading), reading, beginning)
        if beginning:
            self._by_beginning(beginning)
        for reading in readings:
            if not self._has_enough:
                self._by_words(reading, beginning)
        if not self._found:
            for reading in terms.other_layouts(text):
                if self._has_known_word(reading):
                    self._anywhere(reading, LAYOUT)
        if readings and len(self._found) < _FEW:
            self._guess(readings)
        return self._best()

    def named(self, text: str, *, whole_only: bool) -> list[Hit]:
        """Look at names only."""
        beginning = terms.name_beginning(text)
        reading = terms.reading_of(text)
        if not beginning or not reading:
            return []
        self._by_beginning(beginning)
        if not whole_only:
            rows = with_terms(self._store, reading, self._limit, in_names=True)
            self._add([row for row in rows if terms.matches(reading, row.names)], reading, NAME)
        whole_words, name = terms.whole_words(reading), said_name(text)
        ranked: dict[int, _Found] = {}
        for client_id, hit in self._found.items():
            if said_name(hit.row.name) == name:
                rank = WHOLE_NAME
            else:
                rank = NAME if terms.matches(whole_words, hit.row.names) else ANYWHERE
            if rank == WHOLE_NAME or not whole_only:
                ranked[client_id] = _Found(hit.row, rank, reading, "name")
        self._found = ranked
        return [_hit(rows) for rows in sorted(ranked.values(), key=self._order)[: self._limit]]

    def _best(self) -> list[Hit]:
        best = sorted(self._found.values(), key=self._order)[: self._limit]
        why = explain(self._store, [(match.row, match.reading) for match in best if not match.why])
        return [_hit(match, why.get(match.row.client_id, "")) for match in best]

    def _order(self, match: _Found) -> tuple[int, bool, int, str, str, int]:
        row, rank = match.row, match.rank
        group = WHOLE_NAME if rank <= WHOLE_NAME else max(rank, ANYWHERE)
        return group, not self._portfolio.has(row), rank, row.tier, row.name_sort, row.client_id

    @property
    def _has_enough(self) -> bool:
        return len(self._found) >= self._limit

    def _by_number(self, asked: ShortNumber) -> None:
        """C-17 or R-1042; a bare 1042 may be the beginning of something else."""
        rank = NUMBER if len(asked.kinds) == 1 else NAME_BEGINS
        for kind in asked.kinds:
            rows = search_rows(self._store, _BY_NUMBER[kind], number=asked.number)
            self._add(rows, (), rank, f"{kind}-{asked.number}")

    def _by_external_id(self, text: str) -> None:
        """The whole id that another program gave a client, a request or a contact."""
        for table, client in _EXTERNAL_IDS:
            rows = search_rows(
                self._store,
                f"WHERE c.id IN (SELECT {client} FROM {table} WHERE external_id = :text"
                " AND archived_at IS NULL LIMIT :limit)",
                text=text,
                limit=self._limit,
            )
            self._add(rows, (), NUMBER, f"external id {text}")

    def _by_beginning(self, beginning: str) -> None:
        """Names that begin so; one letter is enough."""
        rows = search_rows(
            self._store,
            "WHERE c.id IN"
            " (SELECT client_id FROM search_doc WHERE name >= :name AND name < :after LIMIT :limit)",
            name=beginning,
            after=beginning + _AFTER,
            limit=self._limit,
        )
        self._add_ranked(rows, terms.reading_of(beginning), beginning)

    def _by_words(self, reading: Reading, beginning: str) -> None:
        """Everybody: parts of words; if these are common, beginnings of words, then those in names.

        Each of the three contains the next, so what is rare is found whole by one question.
        """
        many = self._limit * _SIFTED
        rows = with_terms(self._store, terms.inside_words(reading), many)
        self._add_ranked(rows, reading, beginning)
        if len(rows) < many:
            return
        if terms.is_vague(reading):
            self._add_ranked(with_terms(self._store, reading, self._limit), reading, beginning)
        if sum(match.rank <= NAME for match in self._found.values()) < _FEW:
            rows = with_terms(self._store, reading, self._limit, in_names=True)
            self._add_ranked(rows, reading, beginning)

    def _anywhere(self, reading: Reading, rank: int) -> None:
        if reading and not self._has_enough:
            self._add(self._own(reading), reading, rank)
            self._add(with_terms(self._store, reading, self._limit), reading, rank)

    def _has_known_word(self, reading: Reading) -> bool:
        return any(search_words.is_known(self._store, term[0].strip()) for term in reading)

    def _own(self, reading: Reading) -> list[SearchRow]:
        return [row for row in self._portfolio.rows() if terms.matches(reading, row.text)]

    def _guess(self, readings: tuple[Reading, ...]) -> None:
        """Words that sound alike; if nothing was found at all, long numbers by their end, then slips."""
        words = [term[0].strip() for term in readings[-1]]
        if len(words) == 1 or not self._found:
            alike = [search_words.spelt_alike(self._store, word) for word in words]
            if any(alike):
                self._anywhere(terms.widened(readings[-1], alike), ALIKE)
        if self._found:
            return
        if (shorter := terms.without_code(readings[0])) != readings[0]:
            self._anywhere(shorter, INSIDE)
            if self._found:
                return
        unknown = [word for word in words if word.isalpha() and not search_words.is_known(self._store, word)]
        chosen = sorted(unknown or words, key=len, reverse=True)[:_EXPANDED_WORDS]
        meant = [search_words.mistyped(self._store, word) if word in chosen else [] for word in words]
        if any(meant):
            self._anywhere(terms.widened(readings[-1], meant), MISTYPED)

    def _add(self, rows: list[SearchRow], reading: Reading, rank: int, why: str = "") -> None:
        for row in rows:
            self._found.setdefault(row.client_id, _Found(row, rank, reading, why))

    def _add_ranked(self, rows: list[SearchRow], reading: Reading, beginning: str) -> None:
        for row in rows:
            rank = rank_of(row, reading, beginning)
            met = terms.inside_words(reading) if rank == INSIDE else reading
            self._add([row], met, rank)


def rank_of(row: SearchRow, reading: Reading, beginning: str) -> int:
    """How well a client matches a reading: WHOLE_NAME … ANYWHERE, and INSIDE for all others."""
    if beginning and row.names.startswith(beginning):
        return WHOLE_NAME if terms.name_beginning(row.name) == beginning else NAME_BEGINS
    if terms.matches(reading, row.names):
        return NAME
    return ANYWHERE if terms.matches(reading, row.text) else INSIDE


def _hit(match: _Found, why: str = "") -> Hit:
    row = match.row
    return Hit(
        row.client_id,
        row.number,
        row.name,
        row.tier,
        row.stage,
        row.owner_id,
        match.why or why,
        match.rank,
    )
