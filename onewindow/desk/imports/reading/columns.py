"""Which columns of a file fill which fields, and how they write dates and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from onewindow.desk.imports.matching.kinds import CONTACT_FIELDS, NAME_PARTS, cell_field, importable
from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.exchange.columns.dates import DateOrder
from onewindow.exchange.columns.formats import survey_columns
from onewindow.exchange.headers.matching import (
    ALSO,
    CALLED,
    IGNORED_HEADER,
    HeaderMatch,
    can_have_unit,
    line_fields,
    match_headers,
    times_beside,
)
from onewindow.exchange.headers.units import NO_UNIT, HeaderUnit, split_unit
from onewindow.exchange.own_files import OWN_COLUMNS
from onewindow.exchange.rows import RowTable
from onewindow.exchange.vcard.cards import OUR_CLIENT

_DATE_DIGITS = 8
"""A number of so many digits is a day, 20261116 or seconds since 1970; a shorter one counts weeks."""
_LINE_NUMBERS = ("quantity", "price")
_CALLED_ALIKE = frozenset({"staff", "product"})
"""Kinds of which a word means the same in every file of ours: a login, the short name of a product."""
_JOINED = {"touch": ("text", "\n"), "opportunity": ("reason", "; ")}
"""By kind the text that several columns tell, and what stands between: subject and description of what was
said, why deals were won and why others were lost."""


@dataclass(frozen=True, slots=True)
class FileColumns:
    """What becomes of the columns of a file."""

    fields: dict[str, str]
    """Header → field."""
    left_out: tuple[str, ...]
    is_own: bool
    """Whether a One Window wrote the file, so that ids are ours and money may be in minor units."""
    more: tuple[tuple[str, str], ...] = ()
    """Further fields of columns that fill several, as header and field."""

    between: str = " "
    """What stands between the texts of several columns that fill one field."""

    parts: tuple[str, ...] = ()
    """Headers of the parts of a name that make the whole name of a record."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Header and field of all that is read; a field that several columns fill comes several times."""
        return [*self.fields.items(), *self.more]

    @property
    def multiplies(self) -> bool:
        """Whether an amount comes as so many at a price, at least where its own cell is empty."""
        return {*_LINE_NUMBERS} <= {field for _, field in self.pairs}

    @property
    def has_lines(self) -> bool:
        """Whether rows are lines of documents: amounts come as so many at a price only."""
        return self.multiplies and "amount" not in self.fields.values()


def columns_of(table: RowTable, kind: str, mapped: Mapping[str, str]) -> FileColumns:
    """Match the headers of a table with the fields of a kind; raises MapProblem for a map that cannot be."""
    headers = [header for header in table.headers if header != IGNORED_HEADER]
    if not mapped and table.is_own:
        return FileColumns(_own_fields(headers, kind), (), True)
    match = match_headers(headers, kind, mapped)
    fields, more = dict(match.fields), match.more
    if kind == "contact" and table.file_format == "vcard" and OUR_CLIENT in headers:
        fields[OUR_CLIENT] = "client_id"
    if kind == "client":
        fields.update(_contact_fields(table, match))
    if "amount" in importable(kind):
        fields, counts = _with_lines(headers, fields, mapped)
        more += counts
    is_letter = table.file_format == "mail" and fields.get("subject") == "text" and "text" not in fields
    fields |= _times_of_day(kind, headers, fields, mapped)
    parts = _parts_of_name(match.unmatched) if kind == "staff" else {}
    fields |= parts
    if is_letter and "text" not in mapped:
        # A touchpoint has one text, and a letter says what it is about in two.
        fields["text"] = "text"
    between = "\n\n" if is_letter else " "
    joined, sign = _JOINED.get(kind, ("", ""))
    if joined and joined not in mapped.values():
        said = [
            header for header, field in match.ambiguous.items() if field == joined and header not in fields
        ]
        others = [
            field for field in (*fields.values(), *(field for _, field in match.more)) if field != joined
        ]
        if said and not is_letter and len(others) == len(set(others)):
            between = sign
        fields |= dict.fromkeys(said, joined)
    left_out = tuple(header for header in headers if header not in fields and mapped.get(header) != "")
    return FileColumns(fields, left_out, False, more, between, tuple(parts))


def _own_fields(headers: Sequence[str], kind: str) -> dict[str, str]:
    """The columns of a copy of ours: fields under their names, and words of what an id means beside it.

    A colleague and a product are the same here if they are called so, and a client has its name.
    """
    described = importable(kind)
    known = {*described, *OWN_COLUMNS}
    fields = {header: header for header in headers if header in known}
    for field in described.values():
        word = field.name.removesuffix("_id")
        is_common_word = field.refers in _CALLED_ALIKE or field.name == "client_id"
        if field.refers and is_common_word and field.name in fields and word in headers:
            fields[word] = field.name + ALSO
    if "client_id" in fields and "client_name" in headers:
        fields["client_name"] = "client_id" + CALLED
    return fields


def _times_of_day(
    kind: str, headers: Sequence[str], fields: Mapping[str, str], mapped: Mapping[str, str]
) -> dict[str, str]:
    """The columns that hold the time of day of another column's day, which fill its field with it."""
    known = importable(kind)
    days = {
        header: field
        for header, field in fields.items()
        if (described := known.get(field)) is not None and described.kind == "time"
    }
    spare = [header for header in headers if header not in fields and header not in mapped]
    return times_beside(spare, days)


def _parts_of_name(headers: Sequence[str]) -> dict[str, str]:
    """The columns with first, last and middle names that fill nothing else."""
    fields = match_headers(headers, "contact").fields
    return {header: field for header, field in fields.items() if field in NAME_PARTS}


def _with_lines(
    headers: Sequence[str], fields: dict[str, str], mapped: Mapping[str, str]
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The columns, with quantity and price for what a price alone would be read as.

    Beside them the columns that fill a field of their own as well: how many seats a licence has.
    """
    of_lines = line_fields(header for header in headers if header not in mapped)
    double = {header for header in of_lines if fields.get(header, "amount") != "amount"}
    lines = {header: name for header, name in of_lines.items() if header not in double}
    return {**fields, **lines}, tuple((header, of_lines[header]) for header in double)


def with_days_of_weeks(columns: FileColumns, kind: str, reopen: Callable[[], RowTable]) -> FileColumns:
    """The same columns, but what is called a week and holds days is read as days."""
    header = next((header for header, field in columns.fields.items() if field == "week"), "")
    if not header or "date" not in importable(kind) or "date" in columns.fields.values():
        return columns
    first = next((text for row in reopen().rows if (text := row.values[header].strip())), "")
    if not first or (first.isdecimal() and len(first) < _DATE_DIGITS):
        return columns
    return replace(columns, fields={**columns.fields, header: "date"})


def formats_of(
    reopen: Callable[[], RowTable],
    table: RowTable,
    name: str,
    kind: str,
    columns: FileColumns,
    order: DateOrder | None,
) -> FieldFormats:
    """How the file writes dates and numbers, from a first look at all its rows.

    Raises FileProblem for a column of dates whose order cannot be told and was not given.
    """
    dates = [header for header, field in columns.pairs if _is_date(kind, field)]
    numbers = [header for header, field in columns.pairs if _is_number(kind, field)]
    minor = columns.is_own and table.file_format in ("json", "jsonl")
    is_literal = columns.is_own or table.is_literal
    units = {} if is_literal else _units(kind, columns)
    if not dates and not numbers:
        return FieldFormats(minor_units=minor, is_literal=is_literal)
    survey = survey_columns(
        reopen().rows, name, dates=dates, numbers=numbers, file_format=table.file_format, order=order
    )
    return FieldFormats(
        {field: survey.dates[header] for header, field in columns.pairs if header in survey.dates},
        {field: survey.marks[header] for header, field in columns.pairs if header in survey.marks},
        minor,
        is_literal=is_literal,
        units=units,
    )


def _units(kind: str, columns: FileColumns) -> dict[str, HeaderUnit]:
    """What the headers say of the units of their cells, by field."""
    units = ((field, split_unit(header)[1]) for header, field in columns.pairs)
    return {
        field: unit
        for field, unit in units
        if unit != NO_UNIT and (field in _LINE_NUMBERS or can_have_unit(kind, field, unit))
    }


def _is_date(kind: str, field: str) -> bool:
    described = cell_field(kind, field)
    return described is not None and described.kind in ("date", "time")


def _is_number(kind: str, field: str) -> bool:
    described = cell_field(kind, field)
    return field in _LINE_NUMBERS or (described is not None and described.kind in ("money", "number", "week"))


def _contact_fields(table: RowTable, match: HeaderMatch) -> dict[str, str]:
    # A vCard of a firm has the firm's name and the person's; in other tables a second name is an alias.
    spare: Sequence[str] = [*match.unmatched, *(match.ambiguous if table.file_format == "vcard" else ())]
    fields = match_headers(spare, "contact").fields
    kept = {header: field for header, field in fields.items() if field in CONTACT_FIELDS}
    if not any(field in ("name", *NAME_PARTS) for field in kept.values()):
        return {}
    return {header: f"contact.{field}" for header, field in kept.items()}
