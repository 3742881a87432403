"""Filters made ready to be asked: names looked up, each word turned into a test over a page of clients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from onewindow.desk.filters.names import Names, asks_for
from onewindow.desk.filters.words import (
    BANDS,
    CARD,
    NONE,
    Filter,
    FilterProblem,
    Term,
    compared,
    days_of,
    parse,
)
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store.clients import segment_inputs
from onewindow.store.clients.client_stats import UNKNOWN_HEALTH
from onewindow.store.engine import Row, Store
from onewindow.text.clean import clean
from onewindow.text.dates import week_monday
from onewindow.text.fold import fold

MOVING = frozenset({"used", "health", "consent", "payment", "product", "not-owning"})
"""Fields that change without a change of the card: with time, use, or what others feed in."""

_COLUMNS = {"office": "owner_id", **{word: described.name for word, described in CARD.items()}}
_HEALTH_COLUMNS = slice(-2, None)
_LAST_ID = 2**63 - 1

Ordered = TypeVar("Ordered", str, int)


@frozen_struct
class Page:
    """Some clients in a row with what the tests look at."""

    store: Store
    rows: Sequence[Row]
    today: date

    @property
    def low(self) -> int:
        """The least id."""
        return self.rows[0][0]

    @property
    def high(self) -> int:
        """The greatest id."""
        return self.rows[-1][0]


CardTest = Callable[[Any, date], bool]
"""Whether a value of a column fits on a day."""

Test = Callable[[Page], Callable[[Row], bool]]
"""Given a page, what tells of each of its rows whether the client fits."""


class ReadyFilter:
    """A filter whose names are looked up; ask it for the ids of the clients whom it lets through."""

    def __init__(self, written: Filter, names: Names, seen: tuple[int, ...] = ()) -> None:
        """Look up what the words name; raises FilterProblem for a name that nothing or too much has.

        `seen` are the segments that led here.
        """
        self.written = written
        self.fields: frozenset[str] = frozenset()
        """The fields of its words and of the segments that it names."""
        self.moving: frozenset[str] = frozenset()
        """Those of all these words that let others through though no card changed."""
        self.needs_health = False
        self._columns: list[str] = ["stage"]
        self._tests = self._made(written, names, seen)
        # Lost clients have no part in lists and messages, unless stages are asked for by name.
        self._drops_lost = "stage" not in self.fields

    def ids(self, store: Store, today: date, after: int = 0, last: int = _LAST_ID) -> Iterator[int]:
        """The ids of the clients behind `after`, in their order, a page read at a time."""
        while True:
            rows = segment_inputs.page(store, self._columns, after, last, with_health=self.needs_health)
            if not rows:
                return
            yield from (row[0] for row in self._kept(store, rows, today))
            # A page that is not full is the last one; asking for another would cost a query more.
            if len(rows) < segment_inputs.CLIENTS_AT_ONCE:
                return
            after = rows[-1][0]

    def lets_through(self, store: Store, client_id: int, today: date) -> bool:
        """Whether one client, who must not be archived, fits."""
        return any(True for _ in self.ids(store, today, client_id - 1, client_id))

    def among(self, store: Store, clients: Sequence[Client], today: date) -> set[int]:
        """The ids of those of some clients who fit by the card that is given, which may be one of the past.

        Only for filters without `MOVING` fields, which look at more than the card.
        """
        rows: list[Row] = [
            (client.id, *(getattr(client, name) for name in self._columns))
            for client in sorted(clients, key=lambda one: one.id)
        ]
        return {row[0] for row in self._kept(store, rows, today)}

    def _kept(self, store: Store, rows: list[Row], today: date) -> list[Row]:
        if self._drops_lost:
            rows = [row for row in rows if row[1] != "lost"]
        for test in self._tests:
            if not rows:
                break
            fits = test(Page(store, rows, today))
            rows = [row for row in rows if fits(row)]
        return rows

    def _made(self, written: Filter, names: Names, seen: tuple[int, ...]) -> list[Test]:
        """The tests, the cheap ones of the card first."""
        self.fields |= {term.field for term in written.terms}
        self.moving |= {term.text for term in written.terms if _is_moving(term)}
        owned = [term for term in written.terms if term.field == "product" and not term.is_negated]
        made: list[tuple[int, Test]] = []
        for term in written.terms:
            if term.field == "segment":
                cost, test = 1, self._of_segments(term, names, seen)
            elif term.field == "health":
                self.needs_health = True
                cost, test = 0, _remembered(_HEALTH_COLUMNS, _health_fits(term.values))
            elif term.field in _COLUMNS:
                cost, test = 0, _remembered(self._place(_COLUMNS[term.field]), _card_fits(term, names))
            else:
                cost, test = 2, _looked_up(term, names, owned)
            made.append((cost, _turned(test) if term.is_negated else test))
        return [test for _, test in sorted(made, key=lambda costed: costed[0])]

    def _place(self, column: str) -> int:
        """Where a column stands in a row, behind the id."""
        if column not in self._columns:
            self._columns.append(column)
        return self._columns.index(column) + 1

    def _of_segments(self, term: Term, names: Names, seen: tuple[int, ...]) -> Test:
        """Whether a client fits into one of the named segments."""
        parts: list[list[Test]] = []
        for value in term.values:
            segment = names.segment(term, value)
            # Segments may name segments; a circle of them would never end.
            if segment.id in seen:
                raise FilterProblem(
                    f"“{clean(segment.name)}” would be a part of itself; take {term.text} out of the filter."
                )
            parts.append(self._made(parse(segment.filter), names, (*seen, segment.id)))

        def test(page: Page) -> Callable[[Row], bool]:
            asked = [[test_page(page) for test_page in part] for part in parts]
            return lambda row: any(all(fits(row) for fits in part) for part in asked)

        return test


def _is_moving(term: Term) -> bool:
    """Whether a word means other clients when time goes by, when somebody else asks, or by what is fed in."""
    return (
        term.field in MOVING
        or (asks_for(term) == "reference" and "me" in term.values)
        or (asks_for(term) == "date" and any(days_of(compared(value)[1]) for value in term.values))
    )


def _turned(test: Test) -> Test:
    def turned(page: Page) -> Callable[[Row], bool]:
        fits = test(page)
        return lambda row: not fits(row)

    return turned


def _remembered(place: int | slice, fits: CardTest) -> Test:
    """A test of columns, worked out once for each of their values."""
    known: dict[Any, bool] = {}
    worked_out: list[date] = []

    def test(page: Page) -> Callable[[Row], bool]:
        # The answers hold for one day, because a filter may say “within 90 days”.
        if worked_out != [page.today]:
            known.clear()
            worked_out[:] = [page.today]

        def row_fits(row: Row) -> bool:
            value = row[place]
            is_fitting = known.get(value)
            if is_fitting is None:
                is_fitting = known[value] = fits(value, page.today)
            return is_fitting

        return row_fits

    return test


def _card_fits(term: Term, names: Names) -> CardTest:
    if term.field == "office":
        colleagues = names.of_offices(term)
        return lambda value, _: value in colleagues
    described = CARD[term.field]
    if described.name == "tags":
        tags = {fold(value) for value in term.values}
        return lambda value, _: not tags.isdisjoint([fold(tag) for tag in value.split()] or [""])
    match described.kind:
        case "reference":
            people = names.staff(term)
            return lambda value, _: value in people
        case "date":
            return lambda value, today: any(_day_fits(wanted, value, today) for wanted in term.values)
        case "number":
            limits = [compared(value) for value in term.values]
            return lambda value, _: (
                value is not None and any(_compare(sign, value, int(limit)) for sign, limit in limits)
            )
        case "choice" | "flag":
            choices = frozenset(term.values)
            return lambda value, _: str(value) in choices
        case _:
            folded = {fold(value) for value in term.values}
            return lambda value, _: fold(value) in folded


def _day_fits(wanted: str, day: str | None, today: date) -> bool:
    if wanted == NONE or day is None:
        return wanted == NONE and day is None
    sign, written = compared(wanted)
    days = days_of(written)
    if days is None:
        return _compare(sign, day[: len(written)], written)
    edge = (today - timedelta(days=days)).isoformat()
    return day > edge if sign == "<" else day < edge


def _health_fits(values: Sequence[str]) -> CardTest:
    bands = frozenset(values) & frozenset(BANDS)
    limits = [compared(value) for value in values if value not in bands]

    def fits(value: tuple[int, str], _: date) -> bool:
        score, band = value
        return band in bands or (
            score != UNKNOWN_HEALTH and any(_compare(sign, score, int(limit)) for sign, limit in limits)
        )

    return fits


def _compare(sign: str, value: Ordered, limit: Ordered) -> bool:
    is_above, is_same = value > limit, value == limit
    match sign:
        case "<":
            return not is_above and not is_same
        case "<=":
            return not is_above
        case ">":
            return is_above
        case ">=":
            return is_above or is_same
        case _:
            return is_same


def _looked_up(term: Term, names: Names, owned: Sequence[Term]) -> Test:
    """A test that asks another table once a page."""
    if term.field == "consent":
        wanted = [(value.partition("/")[0], value.partition("/")[2]) for value in term.values]
        return lambda page: _among(_agreed(page, wanted))
    if term.field == "used":
        products = (
            frozenset[int]().union(*(names.products(product_term) for product_term in owned))
            if owned
            else None
        )
        return lambda page: _among(_used(page, products, term.values))
    products = names.products(term)
    owning: Test = lambda page: _among(  # noqa: E731
        segment_inputs.owners_of(page.store, page.low, page.high, products, page.today.isoformat())
    )
    return _turned(owning) if term.field == "not-owning" else owning


def _among(ids: set[int]) -> Callable[[Row], bool]:
    return lambda row: row[0] in ids


def _agreed(page: Page, wanted: Sequence[tuple[str, str]]) -> set[int]:
    """The clients of whom somebody agreed: the newest decision for a purpose and channel counts.

    Of two on one day a refusal counts, as when a message is sent.
    """
    newest: defaultdict[tuple[int, int | None, str, str], tuple[str, bool]]
    newest = defaultdict(lambda: ("", False))
    for line in segment_inputs.consents_of(page.store, page.low, page.high):
        key = (line.client_id, line.contact_id, line.purpose, line.channel)
        decided, is_given = newest[key]
        if line.decided_on > decided:
            newest[key] = (line.decided_on, line.state == "given")
        elif line.decided_on == decided:
            newest[key] = (decided, is_given and line.state == "given")
    return {
        client
        for (client, _, purpose, channel), (_, is_given) in newest.items()
        if is_given and any(purpose == what and way in ("", channel) for what, way in wanted)
    }


def _used(page: Page, products: frozenset[int] | None, values: Sequence[str]) -> set[int]:
    """The clients whose last use of a product fits; of a week its last day counts, today at most."""
    today = page.today.isoformat()
    last = dict.fromkeys((row[0] for row in page.rows), "")
    for client, day, week in segment_inputs.last_used(page.store, page.low, page.high, products):
        if client not in last:
            continue
        sunday = "" if week is None else min((week_monday(week) + timedelta(days=6)).isoformat(), today)
        # Days as texts compare as dates do, and '' stands before all of them.
        last[client] = max(last[client], day or "", sunday)
    spans = [compared(value) for value in values if value != "never"]
    edges = [(sign, (page.today - timedelta(days=days_of(span) or 0)).isoformat()) for sign, span in spans]

    def fits(day: str) -> bool:
        if not day:
            return "never" in values
        return any(day > edge if sign == "<" else day < edge for sign, edge in edges)

    return {client for client, day in last.items() if fits(day)}
