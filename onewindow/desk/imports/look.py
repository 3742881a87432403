"""A first look at a file that may come in: what it is, what its columns are read as, its first values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath

from onewindow.desk.imports.matching.kinds import NAME_PARTS, importable
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.desk.imports.reading.columns import columns_of
from onewindow.desk.imports.reading.shaping import shaper
from onewindow.exchange.headers.matching import match_headers
from onewindow.exchange.own_files import OWN_COLUMNS
from onewindow.exchange.reading_notes import ReadingNotes
from onewindow.exchange.rows import RowTable
from onewindow.exchange.tables.opening import read_rows
from onewindow.records.fields import attributes
from onewindow.records.kinds import IMPORTED_KINDS, KINDS

LOOKED_AT = 200
"""Rows whose cells are kept to be shown."""
_VALUES = 3
_NEEDED = 2.0
"""What it counts that all fields are there without which there is no such record."""
_NAMED = 3.0
"""What it counts that the file is called after a kind: so much as three columns that fit."""
_LIKELY = (
    *("client", "contact", "request", "document", "revenue", "feedback", "opportunity", "touch", "licence"),
    *("product", "usage", "survey_response"),
)
"""Which kinds come first where several fit alike."""
KIND_WORDS: Mapping[str, str] = {
    "client": "client account compan customer subscriber клиент контрагент клиенти компан фирм абонент",
    "contact": "contact people person контакт лица люди",
    "request": "request ticket issue обращен заявк тикет",
    "document": "document invoice contract договор счет документ фактур",
    "revenue": "revenue payment transaction платеж оплат выручк плащан",
    "opportunity": "opportunit deal сделк",
    "touch": "touch activit call звонк касани активност",
    "feedback": "feedback отзыв пожелан обратн",
    "licence": "licence license subscription лиценз подписк абонамент",
    "product": "product продукт товар",
    "usage": "usage использован",
    "survey_response": "survey nps csat опрос анкет",
    "task": "task задач",
    "promise": "promise обещан",
}
"""How kinds are called in other languages and programs: beginnings of words, in names of files too."""

_KIND_OF_FORMAT: Mapping[str, str] = {"vcard": "contact", "mail": "request"}
"""Formats of files that can only be of one kind."""
_NAMED_AS: Mapping[str, str] = {"staff": "contact"}
"""Kinds of people whose names stand in columns that are called as those of another kind."""
_STANDS_FOR: Mapping[str, Mapping[str, Collection[str]]] = {
    "contact": {"name": NAME_PARTS},
    "staff": {"name": NAME_PARTS},
    "document": {"title": ("number",)},
}
"""By kind the fields that a record must have, and those from which an import makes them."""


@dataclass(frozen=True, slots=True)
class FileLook:
    """What can be said of a file before anything is tried."""

    kind: str
    fitting: int
    """How many of its columns fit the kind."""
    headers: tuple[str, ...]
    file_format: str
    notes: ReadingNotes
    cells: Mapping[int, Mapping[str, str]]
    """The cells of the first rows by column, under the number of the row."""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The fields that a column fills."""

    def first_values(self, header: str) -> list[str]:
        """The first different values of a column."""
        values = dict.fromkeys(text for row in self.cells.values() if (text := row.get(header, "").strip()))
        return list(values)[:_VALUES]


def look_at(data: bytes, name: str, kind: str, options: ImportOptions) -> FileLook:
    """Read the beginning of a file; without a kind the likeliest is taken.

    Raises FileProblem, and MapProblem for a map that cannot be.
    """
    table = read_rows(data, name, options.read_as)
    cells = {row.number: row.values for row in islice(table.rows, LOOKED_AT)}
    kind = kind or likeliest_kind(table, name)
    columns = columns_of(table, kind, options.mapped)
    # What people say of cells is refused now, not after the whole file has been read.
    shaper(kind, columns, options.shape, FieldFormats(), table.headers)
    fields: dict[str, tuple[str, ...]] = {}
    for header, name_of_field in columns.pairs:
        fields[header] = (*fields.get(header, ()), name_of_field)
    return FileLook(kind, len(fields), tuple(table.headers), table.file_format, table.notes, cells, fields)


def likeliest_kind(table: RowTable, name: str) -> str:
    """The kind of record that the columns of a file, and its name, fit best."""
    if table.file_format in _KIND_OF_FORMAT:
        return _KIND_OF_FORMAT[table.file_format]
    order = (*_LIKELY, *(kind for kind in IMPORTED_KINDS if kind not in _LIKELY))
    stem = PurePath(name).stem.casefold().replace("_", " ").replace("-", " ").split()
    return max(order, key=lambda kind: _fit(kind, table.headers, stem))


def _fit(kind: str, headers: Sequence[str], stem: Sequence[str]) -> float:
    words = KIND_WORDS.get(kind, KINDS[kind].plural.casefold()).split()
    named = _NAMED if any(part.startswith(word) for part in stem for word in words) else 0.0
    if set(headers) >= OWN_COLUMNS:
        known = importable(kind).keys() | OWN_COLUMNS
        return named + sum(1 if header in known else -1 for header in headers)
    fields = set(match_headers(headers, kind).fields.values())
    if kind in _NAMED_AS:
        # Its own words know no parts of names; those of the other kind do.
        fields |= set(NAME_PARTS) & set(match_headers(headers, _NAMED_AS[kind]).fields.values())
    for name, parts in _STANDS_FOR.get(kind, {}).items():
        if not fields.isdisjoint(parts):
            fields.add(name)
    needed = [described.name for described in attributes(KINDS[kind].record) if described.required]
    there = sum(not fields.isdisjoint((name, name.removesuffix("_id"))) for name in needed)
    return named + len(fields) + _NEEDED * there / len(needed)
