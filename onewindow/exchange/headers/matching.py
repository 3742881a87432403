"""Which column of a file is which field of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onewindow.exchange.headers.part_words import CELLS
from onewindow.exchange.headers.time_words import time_of_request
from onewindow.exchange.headers.units import HeaderUnit, split_unit
from onewindow.records.column_words.tables import COLUMN_WORDS
from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS
from onewindow.text.fold import bare_letters

IGNORED_HEADER = "rejected because"
"""The column that a file of rejected rows has more than the file they came from."""
ALSO = "_also"
CALLED = "_called"
"""Behind the field of a client in a copy of ours: the name beside its id."""
"""Ends the name of a second column that says the same reference in another way: `client_id_also`."""

_BY_PEOPLE = frozenset({"client", "contact"})
"""Kinds whose files come from address books: a reference is called by its name, `owner` for owner_id, and a
label is no name of a column where the field has names of its own: `payment` tells no state there."""
_CARRIED = {"client": "requisites"}
"""Kind of record → the kind whose fields stand in the same rows."""
AND = "+"
"""Between the fields that one column fills, and between columns that fill one."""
UNDER = " / "
"""Between the name of a group of columns and that of a column under it."""
_LINE_FIELDS = ("quantity", "price")
_QUANTITY = "quantity; qty; units; количество; кол во; колво; кол; штук; количество на стоката; брой; бройки"
_PRICE = """
    price; unit price; price each; rate; price per unit; price per piece; цена; цена за единицу;
    цена за шт; цена за ед; цена за 1; единична цена; ед цена; цена за брой
"""
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# A second phone or e-mail that nobody numbered still has a place, and so has a second word for a client.
_SPARE = {
    "phone": "phone_2",
    "phone_2": "phone_3",
    "phone_3": "phone_4",
    "phone_4": "phone_5",
    "email": "email_2",
    "email_2": "email_3",
    "email_3": "email_4",
    "client_id": "client_id" + ALSO,
}
SINCE: Mapping[tuple[str, str], str] = {
    ("request", "responded_at"): "opened_at",
    ("request", "resolved_at"): "opened_at",
    ("request", "promised_at"): "opened_at",
    ("document", "due_on"): "issued_on",
}
"""Kind and field → the moment or day from which a length of time in it counts."""
_WEAK = {
    ("contact", "title"): 1,
    ("client", "title"): 1,
    **{("touch", word): 1 for word in ("время", "time", "час")},
    **{
        ("request", word): 1
        for word in ("датаивремя", "датавремя", "начало", "dateandtime", "datetime", "timestamp", "датаичас")
    },
}
"""Kind and word of headers that fill a field only where no other does: a title may be that of Mr. Kim.

Times of day go behind days.
"""
_TOLD_AS_OF_REQUESTS: Mapping[str, Mapping[str, str]] = {
    "request": {},
    "opportunity": {"opened_at": "begun_on"},
    "feedback": {"opened_at": "said_on"},
}
"""Kinds whose times are called as those of requests are, with the field for each that has another name."""
_NUMBERED = re.compile(r"(.+?) ([1-9]) - (.+)")
"""How Google numbers columns: `E-mail 1 - Value`, `Organization 1 - Name`."""
_DAY_AND_TIME = (
    *(("дата", "время"), ("дата", "час"), ("дата", "часы"), ("дата", "време"), ("день", "время")),
    *(("date", "time"), ("date", "hour"), ("day", "time")),
)
_TIMES_OF_DAY = frozenset({"время", "time", "час", "часы", "време", "hour", "timeofday", "времясуток"})
"""Words for columns of days and of times of day that belong together."""
_MORE_TIMES = frozenset({"changed_at", "date", "last_used_on"})
_EXTERNAL_ID = "external_id"
_NEVER_READ = frozenset({"flags", "name_sort"})


_LINE_WORDS = {
    "".join(filter(str.isalnum, word.casefold())): name
    for name, words in (("quantity", _QUANTITY), ("price", _PRICE))
    for word in words.split(";")
}


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What became of the headers: header → field, those nobody knows, those whose field was taken."""

    fields: dict[str, str]
    unmatched: list[str]
    ambiguous: dict[str, str]
    more: tuple[tuple[str, str], ...] = ()
    """Further fields of columns that fill several, as header and field."""


class MapProblem(ValueError):
    """A `--map` that cannot be followed, in one sentence."""


def match_headers(headers: Sequence[str], kind: str, mapped: Mapping[str, str] | None = None) -> HeaderMatch:
    """Find the field of each header of a file of some kind of record.

    What the user mapped goes first (`MapProblem` for a header or field that is not there; an
    empty field leaves the column out). Of two headers with one field the first wins, except that a second
    phone or e-mail becomes `phone_2`, `email_2`, and another word for a client `client_id_also`.
    """
    pairs = _checked_map(headers, kind, mapped or {})
    mapped = {header: fields[0] for header, fields in pairs.items()}
    more = tuple((header, field) for header, fields in pairs.items() for field in fields[1:])
    matched = {header: field for header, field in mapped.items() if field}
    taken = {*matched.values(), *(field for _, field in more)}
    late: dict[str, str] = {}
    unmatched: list[str] = []
    known = [(header, *_field_of(header, kind)) for header in headers if header not in mapped]
    for header, field, _ in sorted(known, key=lambda match: match[2]):
        if header == IGNORED_HEADER:
            continue
        if not field:
            unmatched.append(header)
        elif field in taken:
            late[header] = field
        else:
            matched[header] = field
            taken.add(field)
    ambiguous: dict[str, str] = {}
    for header, field in late.items():
        spare = _SPARE.get(field, "")
        while spare in taken:
            spare = _SPARE.get(spare, "")
        if spare in fields_of(kind):
            matched[header] = spare
            taken.add(spare)
        else:
            ambiguous[header] = field
    unmatched.sort(key=headers.index)
    in_order = {header: matched[header] for header in headers if header in matched}
    return HeaderMatch(in_order, unmatched, ambiguous, more)


def parse_map(pairs: Iterable[str]) -> dict[str, str]:
    """Read `--map HEADER=FIELD` pairs; a header that comes twice fills several fields: `client_id+title`.

    Raises `MapProblem` for a pair without `=`, or one that comes twice.
    """
    mapped: dict[str, str] = {}
    for pair in pairs:
        header, mark, field = pair.rpartition("=")
        header, field = header.strip(), field.strip()
        if not mark or not header:
            raise MapProblem(
                f"--map {pair}: write it as HEADER=FIELD, with the column name of the file first."
            )
        if header in mapped and (not field or field in mapped[header].split(AND)):
            raise MapProblem(f"--map {pair}: the column {header} is mapped twice; leave one of them.")
        mapped[header] = f"{mapped[header]}{AND}{field}" if header in mapped else field
    return mapped


def field_named(kind: str, word: str) -> str:
    """The field that a word means, by its name or by any name of a column; raises `MapProblem`."""
    for name in (word, f"{word}_id"):
        if name in fields_of(kind) or name in _LINE_FIELDS:
            return name
    field, _ = _field_of(word, kind)
    if not field:
        known = ", ".join(name for name in fields_of(kind) if not name.endswith(ALSO))
        raise MapProblem(f"a {KINDS[kind].display_name} has no field {word}; the fields are {known}.")
    return field


def line_fields(headers: Iterable[str]) -> dict[str, str]:
    """The columns of a file of lines that tell an amount as so many at a price, by header."""
    fields: dict[str, str] = {}
    for header in headers:
        name = _LINE_WORDS.get(normalise_header(header)) or _LINE_WORDS.get(
            normalise_header(split_unit(header)[0])
        )
        if name and name not in fields.values():
            fields[header] = name
    return fields if len(fields) == len(_LINE_FIELDS) else {}


def times_beside(headers: Sequence[str], days: Mapping[str, str]) -> dict[str, str]:
    """The columns with the times of day of columns with days, by header: the field of both.

    `Время` beside `Дата`, `Время создания` beside `Дата создания`. `headers` are those that fill nothing
    else, `days` tells the field of each column of days.
    """
    times: dict[str, str] = {}
    for header in headers:
        word = normalise_header(header)
        for day, field in days.items():
            of_day = normalise_header(day)
            pairs = ((of_day.replace(date, time, 1), date) for date, time in _DAY_AND_TIME)
            if field not in times.values() and (
                any(word == time and date in of_day for time, date in pairs)
                or (word in _TIMES_OF_DAY and len(days) == 1)
            ):
                times[header] = field
                break
    return times


def plain_header(header: str) -> str:
    """A header without the dressing of address books and programs: `E-mail 2 - Value` is e-mail 2.

    Other parts of a numbered thing are read of the first only: `Organization 1 - Title`.
    """
    match = _NUMBERED.fullmatch(header.strip())
    if match is None:
        return header.removeprefix("_embedded.")
    thing, number, part = match.groups()
    if part.casefold() == "value":
        return f"{thing} {number}"
    return f"{thing} {part}" if number == "1" else header


def normalise_header(header: str) -> str:
    """Give back only the letters and digits of a header, without case, and with ё as е."""
    return bare_letters(header)


def synonyms(kind: str) -> Mapping[str, str]:
    """Give back every normalised header known for a kind, with its field."""
    return _synonyms(kind)


def synonyms_as_written(kind: str) -> list[tuple[str, str]]:
    """Give back every field with each of its names as people write them."""
    as_written = [
        (field, name.strip()) for field, names in names_of_columns(kind).items() for name in names.split(";")
    ]
    if kind not in _BY_PEOPLE:
        for described in attributes(KINDS[kind].record):
            if described.name not in _NEVER_READ:
                as_written += [
                    (described.name, described.name.removesuffix("_id")),
                    (described.name, described.label),
                ]
    return [(field, name) for field, name in as_written if name]


def is_known(header: str) -> bool:
    """Whether columns are called so in files of some kind."""
    return normalise_header(header) in known_words() or bool(time_of_request(header))


@cache
def known_words() -> frozenset[str]:
    """Every normalised header known for any kind of record: what a row of column names is made of."""
    return frozenset(
        word for kind in COLUMN_WORDS if kind not in _CARRIED.values() for word in _synonyms(kind)
    )


@cache
def fields_of(kind: str) -> tuple[str, ...]:
    """Every field that a column of a file of this kind may fill, in the order in which messages list them."""
    table = names_of_columns(kind)
    if kind in _BY_PEOPLE:
        return tuple(table)
    own = (a.name for a in attributes(KINDS[kind].record) if a.name not in _NEVER_READ)
    also = ("client_id" + ALSO,) if "client_id" in table else ()
    return tuple(dict.fromkeys((*table, *own, *also)))


def cell_of(kind: str, field: str) -> str:
    """What the cells of a field are called in rows of a kind: `owner` for the owner_id of a client."""
    return field.removesuffix("_id") if kind in _BY_PEOPLE and field != _EXTERNAL_ID else field


@cache
def named_fields(kind: str) -> Mapping[str, str]:
    """The fields of a kind that have names of their own for their columns, with those names.

    Those of the written tables come first, in their order: what files have oftener stands further up there,
    and goes first where a typed word fits two fields.
    """
    beside = COLUMN_WORDS.get(kind, {})
    declared = {a.name: a for a in attributes(KINDS[kind].record)}
    names = dict.fromkeys(name for name in beside if name in declared or name == _EXTERNAL_ID)
    names |= dict.fromkeys(name for name, described in declared.items() if described.words)
    words = {name: beside.get(name) or f"{declared[name].label}; {declared[name].words}" for name in names}
    return words if _EXTERNAL_ID in words else {**words, _EXTERNAL_ID: "external id; id"}


@cache
def names_of_columns(kind: str) -> Mapping[str, str]:
    """Names of columns by what they fill: fields, those of a record that rows carry along, and mere cells."""
    by_cell = {cell_of(kind, field): names for field, names in named_fields(kind).items()}
    if kind in _BY_PEOPLE:
        others = (a for a in attributes(KINDS[kind].record) if not a.derived and a.words is not None)
        by_cell = {cell_of(kind, a.name): a.label for a in others} | by_cell
    for field, names in named_fields(_CARRIED[kind]).items() if kind in _CARRIED else ():
        by_cell.setdefault(field, names)
    return {**by_cell, **CELLS.get(kind, {})}


@cache
def _synonyms(kind: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for field, names in names_of_columns(kind).items():
        known.update({normalise_header(name): field for name in names.split(";")})
    if kind not in _BY_PEOPLE:
        for described in attributes(KINDS[kind].record):
            if described.name not in _NEVER_READ:
                for name in (described.name.removesuffix("_id"), described.label):
                    known.setdefault(normalise_header(name), described.name)
    known.update({normalise_header(field): field for field in fields_of(kind)})
    return known


def _field_of(header: str, kind: str) -> tuple[str, int]:
    """The field of a header, '' for none, and how it was found: the surest way has the smallest number.

    A header without a unit goes before one with, and an amount with its tax before one without.
    """
    header = plain_header(header)
    if field := _field_called(header, kind):
        return field, _WEAK.get((kind, normalise_header(header)), 0)
    word, unit = split_unit(header)
    field = _field_called(word, kind)
    if field and can_have_unit(kind, field, unit):
        return field, 2 if unit.tax == "without" else 1
    if field := _field_called(_IN_BRACKETS.sub("", header), kind):
        return field, 0
    group, mark, last = header.rpartition(UNDER)
    # A group tells whose phone it is, but of work only what is told.
    is_of_work = bool(mark and group) and kind not in _BY_PEOPLE
    return (_field_called(last, kind), 2) if is_of_work else ("", 0)


def _field_called(header: str, kind: str) -> str:
    field = _synonyms(kind).get(normalise_header(header), "")
    if field or kind not in _TOLD_AS_OF_REQUESTS:
        return field
    time_field = time_of_request(header)
    return _TOLD_AS_OF_REQUESTS[kind].get(time_field, time_field if kind == "request" else "")


def can_have_unit(kind: str, field: str, unit: HeaderUnit) -> bool:
    """Whether cells of a field can be in a unit: lengths of time since another moment, amounts, counts."""
    value_kind = _value_kind(kind, field)
    if unit.time:
        return (kind, field) in SINCE or field == "minutes"
    if unit.zone:
        return value_kind in ("date", "time") or field in _MORE_TIMES
    return value_kind == "money" or (value_kind == "number" and not (unit.currency or unit.tax))


def _checked_map(headers: Sequence[str], kind: str, mapped: Mapping[str, str]) -> dict[str, list[str]]:
    """The fields of each mapped column, an empty one for a column that is left out."""
    by_name = {normalise_header(header): header for header in reversed(headers)}
    checked: dict[str, list[str]] = {}
    for named, fields in mapped.items():
        header = named if named in headers else by_name.get(normalise_header(named))
        if header is None:
            raise MapProblem(
                f"--map {named}={fields}: the file has no column {named}; it has {', '.join(headers)}."
            )
        for field in fields.split(AND):
            try:
                name = field_named(kind, field) if field else ""
            except MapProblem as error:
                raise MapProblem(f"--map {named}={field}: {error}") from error
            others = [other for other in checked.values() if name and name in other]
            if others and not _is_text(kind, name):
                raise MapProblem(f"--map {named}={field}: another column is already mapped to {name}.")
            checked.setdefault(header, []).append(name)
    return checked


def _is_text(kind: str, field: str) -> bool:
    """Whether several columns may fill a field, one behind another."""
    return _value_kind(kind, field) in ("text", "long_text")


def _value_kind(kind: str, field: str) -> str:
    """Of what kind the values of a field are, '' for what is no field of the record."""
    return next((a.kind for a in attributes(KINDS[kind].record) if a.name == field), "")
