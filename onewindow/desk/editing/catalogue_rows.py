"""All records of one kind as a table: which columns it has, which rows, and in which order."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import neg

from onewindow.desk.editing.parsing import shown_text
from onewindow.desk.session.context import Session
from onewindow.desk.session.private_facts import without_hidden
from onewindow.records.by_name import client_id_of, number_of
from onewindow.records.fields import Attribute, Record, attribute_of, attributes
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.structs import frozen_struct
from onewindow.store import catalogue
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.fold import fold, sort_key
from onewindow.text.layout.cells import Align, Cell, Column, Row

NEWEST, OLDEST = "newest", "oldest"
SORTABLE = 2000
"""More rows than these are not sorted by a column: that would read every record."""
_IDS_AT_ONCE = 20_000
_RECORDS_AT_ONCE = 200
_MOST_COLUMNS = 8
_MOST_HEADING = 12
_WIDTHS = {
    "date": 10,
    "time": 16,
    "reference": 16,
    "money": 14,
    "number": 8,
    "week": 10,
    "flag": 7,
    "phone": 18,
    "email": 22,
}
"""Cells of a column by the kind of its field; choices take what their words need."""
_RIGHT = frozenset({"money", "number"})
_SEARCHED = frozenset({"text", "long_text", "phone", "email"})


class TooManyToSort(StoreProblem):
    """The rows are too many to be read and sorted."""


@frozen_struct
class TableColumn:
    """One column: the field it shows, None for the short number, and its room."""

    title: str
    attribute: Attribute | None
    column: Column


@frozen_struct
class Selection:
    """Which records are wanted, and in which order: newest, oldest, or the name of a column's field.

    Newest is what happened last, where the kind knows when that was; else what was entered last.
    """

    kind: str
    client_id: int | None = None
    archived: bool = False
    contains: str = ""
    order: str = NEWEST

    @property
    def record(self) -> type[Record]:
        """The class of the records."""
        return KINDS[self.kind].record

    @property
    def order_text(self) -> str:
        """The order in words."""
        kind = KINDS[self.kind]
        if self.order in (NEWEST, OLDEST):
            by = f" by {attribute_of(kind.record, kind.when).label}" if kind.when else ""
            return f"{self.order} first{by}"
        return f"by {attribute_of(kind.record, self.order).label}"


@frozen_struct
class Piece:
    """Some ids of a selection in its order; the first piece replaces what was shown."""

    ids: Sequence[int]
    first: bool
    last: bool


def table_columns(kind: Kind, *, of_one_client: bool) -> tuple[TableColumn, ...]:
    """The short number, the title, the client, then choices, dates, references and numbers in their order."""
    columns: list[TableColumn] = []
    if kind.prefix:
        columns.append(TableColumn("no.", None, Column(width=8)))
    title = attribute_of(kind.record, kind.title)
    columns.append(TableColumn(title.label, title, Column(min_width=20)))
    for described in attributes(kind.record):
        if len(columns) == _MOST_COLUMNS:
            break
        hidden = described.derived or described.name == title.name
        if hidden or (described.name == "client_id" and of_one_client):
            continue
        width = _width(described)
        if width:
            width = max(width, min(len(described.label), _MOST_HEADING))
            # The first columns say most, so the last ones vanish first.
            column = Column(width, drop_priority=_MOST_COLUMNS - len(columns), align=_side(described))
            columns.append(TableColumn(described.label, described, column))
    return tuple(columns)


def _width(described: Attribute) -> int:
    if described.kind == "choice":
        return max(6, *(len(choice) for choice in described.choices))
    return _WIDTHS.get(described.kind, 0)


def _side(described: Attribute) -> Align:
    return "right" if described.kind in _RIGHT else "left"


class RecordTable:
    """The rows of a selection as a list reads them, a page at a time; the key of a row is the record's id."""

    def __init__(self, session: Session, selection: Selection) -> None:
        """Begin empty; `take` fills it."""
        self.session = session
        self.selection = selection
        self.is_complete = False
        self.columns = table_columns(KINDS[selection.kind], of_one_client=selection.client_id is not None)
        self._ids = array("q")
        self._labels: dict[tuple[str, int], str] = {}

    @property
    def count(self) -> int:
        """How many rows are known so far."""
        return len(self._ids)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """The rows of some places."""
        ids = self._ids[start:stop].tolist()
        read = catalogue.by_ids(self.session.store, self.selection.record, ids)
        by_id = {r.id: r for r in without_hidden(self.session, read)}
        return [self._row(by_id[one]) if one in by_id else Row(one, ()) for one in ids]

    def index_of(self, key: object, near: int) -> int | None:
        """Where a record is, or None."""
        if not isinstance(key, int):
            return None
        if 0 <= near < len(self._ids) and self._ids[near] == key:
            return near
        return self._ids.index(key) if key in self._ids else None

    def take(self, piece: Piece) -> None:
        """Put a piece below what is known."""
        if piece.first:
            self._ids = array("q")
        self._ids.extend(piece.ids)
        self.is_complete = piece.last

    def note(self, record_ids: Iterable[int]) -> bool:
        """Take in what changed, without reading the rest; False where all rows must be read again."""
        self._labels.clear()
        order = self.selection.order
        if not self.is_complete or order not in (NEWEST, OLDEST) or KINDS[self.selection.kind].when:
            return False
        ids = sorted(set(record_ids))
        # Ids grow with time, so that order of entry is order of ids, upwards or, negated, downwards.
        key = neg if order == NEWEST else int
        wanted = set(_wanted(self.session, self.selection, ids, self._labels))
        for one in ids:
            place = bisect_left(self._ids, key(one), key=key)
            known = place < len(self._ids) and self._ids[place] == one
            if known and one not in wanted:
                del self._ids[place]
            elif not known and one in wanted:
                self._ids.insert(place, one)
        return True

    def _row(self, record: Record) -> Row:
        record = self.session.registry.of_record(record).display.row(record)
        cells = tuple(
            Cell(_shown(self.session, record, column.attribute, self._labels)) for column in self.columns
        )
        gone = record.archived_at is not None
        return Row(record.id, cells, mark="a" if gone else " ", style="dim" if gone else "")


def pieces(session: Session, store: Store, selection: Selection) -> Iterator[Piece]:
    """The ids of a selection, read from `store` (of any thread). Raises TooManyToSort."""
    labels: dict[tuple[str, int], str] = {}
    beside = session.beside(store)
    pages = _found(beside, selection, labels)
    if selection.order != NEWEST:
        yield Piece(_sorted(beside, selection, pages, labels), first=True, last=True)
        return
    first = True
    for ids in pages:
        yield Piece(ids, first, last=False)
        first = False
    yield Piece((), first, last=True)


def _found(
    session: Session, selection: Selection, labels: dict[tuple[str, int], str]
) -> Iterator[Sequence[int]]:
    """The ids that belong to the selection, page by page, the newest first."""
    if not selection.contains:
        yield from _by_page(session, selection, _IDS_AT_ONCE)
        return
    for ids in _by_page(session, selection, _RECORDS_AT_ONCE):
        yield _wanted(session, selection, ids, labels)


def _by_page(session: Session, selection: Selection, size: int) -> Iterator[list[int]]:
    before = catalogue.LAST_ID
    while True:
        ids = catalogue.newest_ids(
            session.store,
            selection.record,
            before=before,
            client_id=selection.client_id,
            archived=_with_archived(session, selection),
            limit=size,
        )
        if ids:
            yield ids
        if len(ids) < size:
            return
        before = ids[-1]


def _with_archived(session: Session, selection: Selection) -> bool:
    """Whether archived ones are shown."""
    return selection.archived or session.registry.of(selection.kind).display.shows_archived


def _wanted(
    session: Session, selection: Selection, ids: Sequence[int], labels: dict[tuple[str, int], str]
) -> list[int]:
    """Those of the ids that belong to the selection."""
    words = fold(selection.contains)
    wanted: list[int] = []
    with_archived = _with_archived(session, selection)
    for record in catalogue.by_ids(session.store, selection.record, ids):
        here = selection.client_id is None or client_id_of(record) == selection.client_id
        visible = with_archived or record.archived_at is None
        if here and visible and (not words or words in _searched_text(session, selection, record, labels)):
            wanted.append(record.id)
    return wanted


def _searched_text(
    session: Session, selection: Selection, record: Record, labels: dict[tuple[str, int], str]
) -> str:
    columns = table_columns(KINDS[selection.kind], of_one_client=selection.client_id is not None)
    texts = [_shown(session, record, column.attribute, labels) for column in columns]
    texts += [str(getattr(record, a.name)) for a in attributes(type(record)) if a.kind in _SEARCHED]
    return fold(" ".join(texts))


def _sorted(
    session: Session,
    selection: Selection,
    pages: Iterable[Sequence[int]],
    labels: dict[tuple[str, int], str],
) -> list[int]:
    ids: list[int] = []
    for page in pages:
        ids += page
        if selection.order != OLDEST and len(ids) > SORTABLE:
            raise TooManyToSort(
                f"More than {SORTABLE} rows are too many to sort by a column; filter them first."
            )
    if selection.order == OLDEST:
        return ids[::-1]
    described = attribute_of(selection.record, selection.order)
    keys: dict[int, tuple[bool, str | int]] = {}
    for start in range(0, len(ids), _RECORDS_AT_ONCE):
        for record in catalogue.by_ids(
            session.store, selection.record, ids[start : start + _RECORDS_AT_ONCE]
        ):
            keys[record.id] = _order_key(session, record, described, labels)
    return sorted(keys, key=lambda one: (keys[one], -one))


def _order_key(
    session: Session, record: Record, described: Attribute, labels: dict[tuple[str, int], str]
) -> tuple[bool, str | int]:
    """Empty values last; amounts by size, choices in the order of their list, words as in a phone book."""
    value = getattr(record, described.name)
    if value is None or value == "":
        return True, "" if described.kind not in _RIGHT else 0
    if described.kind in _RIGHT or described.kind == "flag":
        return False, value
    if described.kind == "choice":
        places = {choice: place for place, choice in enumerate(described.choices)}
        return False, f"{places.get(value, len(places)):03}"
    if described.kind in ("date", "time", "week"):
        return False, value
    return False, sort_key(_shown(session, record, described, labels))


def _shown(
    session: Session, record: Record, described: Attribute | None, labels: dict[tuple[str, int], str]
) -> str:
    if described is None:
        return f"{KINDS[record.kind].prefix}-{number_of(record)}"
    if described.kind != "reference":
        return shown_text(session, record, described)
    value = getattr(record, described.name)
    if not value:
        return ""
    key = described.refers or "", value
    if key not in labels:
        labels[key] = shown_text(session, record, described)
    return labels[key]
